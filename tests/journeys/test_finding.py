"""A guest searches with a slip of the pen, keeps a place, and finds it back; with and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, follow


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_guest_finds_keeps_and_finds_back(open_page, picture, site, scripts):
    page = open_page("/vacancies?q=mechatronika", viewport=PHONE, scripts=scripts, language="en")
    expect(page.get_by_text("We looked for “mechatronica”")).to_be_visible()
    expect(page.locator("link[type='application/atom+xml']")).to_have_attribute("href", re.compile("q=mechatronika"))
    first = page.locator("main .ipf-card-title a").first
    name = first.inner_text()
    picture(page, f"journey-search-{'js' if scripts else 'nojs'}")
    follow(page, first.click)
    follow(page, page.get_by_role("button", name="Keep this place").click)
    expect(page.get_by_role("button", name="Keep no longer")).to_be_visible()
    page.goto(site + "/saved")
    expect(page.locator("main .ipf-card-title a")).to_have_text([name])
    picture(page, f"journey-kept-{'js' if scripts else 'nojs'}")
    page.goto(site + "/vacancies?q=bakker")
    expect(page.get_by_text("“bakker” is in no place.")).to_be_visible()
    assert page.locator("main .ipf-card-title a").count() == 0
