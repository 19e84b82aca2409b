"""Somebody says that a place is read wrongly; its company hears it without a name, and settles it."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE, follow
from tests.journeys.test_roles import look_around


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_guest_says_what_is_wrong_and_the_company_settles_it(open_page, site, picture, axe, scripts):
    company = look_around(open_page, "company", viewport=DESKTOP)
    follow(company, company.locator("main a[href$='/check']").first.click)
    place = re.search(r"/places/([^/]+)/check", company.url)[1]
    expect(company.get_by_role("heading", name="What we read in your text")).to_be_visible()
    lines = [float(text.replace(",", ".")) for text in company.locator("table.ipf-sum tbody td.ipf-number").all_inner_texts()]
    total = float(re.search(r"[\d.,]+", company.locator("table.ipf-sum tfoot td").inner_text())[0].replace(",", "."))
    assert lines and round(sum(lines), 1) == total
    assert axe(company) == []
    picture(company, "journey-company-check")
    follow(company, company.get_by_role("link", name="An example student").click)
    expect(company.locator(".match-examples [aria-current]")).to_have_text("An example student")

    guest = open_page(f"/match/places/{place}", viewport=PHONE, language="en", scripts=scripts)
    follow(guest, guest.get_by_role("link", name="This is wrong").click)
    words = f"This is work for mbo 3, says a guest {'with' if scripts else 'without'} scripts."
    guest.get_by_label("In your own words").fill(words)
    follow(guest, guest.get_by_role("button", name="Send").click)
    expect(guest.get_by_text("Choose what is wrong.").first).to_be_visible()
    expect(guest.get_by_label("In your own words")).to_have_value(words)
    guest.get_by_label("The level is wrong").check()
    if scripts:
        assert axe(guest) == []
    picture(guest, f"journey-wrong-{'js' if scripts else 'nojs'}")
    follow(guest, guest.get_by_role("button", name="Send").click)
    expect(guest.get_by_text("Thank you.", exact=False).first).to_be_visible()
    assert guest.url == f"{site}/match/places/{place}"

    company.goto(f"{site}/start")
    follow(company, company.get_by_role("link", name="Said to be wrong").click)
    said = company.locator("article", has_text=words)
    expect(said.get_by_text("To look at")).to_be_visible()
    assert axe(company) == []
    follow(company, said.get_by_role("button", name="Settled").click)
    expect(said.get_by_role("button", name="Settled")).to_have_count(0)
    picture(company, "journey-corrections")

    office = look_around(open_page, "cluster", viewport=PHONE)
    office.goto(f"{site}/corrections")
    expect(office.locator("article", has_text=words).get_by_text("a guest", exact=True)).to_be_visible()
    assert office.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_place_and_a_programme_lead_to_each_other(open_page, site, picture):
    page = open_page("/vacancies", viewport=PHONE, language="en")
    addresses = page.locator("#results .ipf-card-title a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    for address in addresses:
        page.goto(site + address)
        taught = page.locator("main article.ipf-card a[href^='/programmes/']")
        if taught.count():
            break
    picture(page, "journey-around-place")
    follow(page, taught.first.click)
    expect(page.get_by_role("heading", name="Places that ask what you learn here")).to_be_visible()
    back = page.locator("main article.ipf-card a[href^='/vacancies/']")
    assert back.count() >= 1
    follow(page, back.first.click)
    expect(page.get_by_role("heading", name="Programmes that prepare for this")).to_be_visible()
