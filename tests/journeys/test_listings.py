"""A school keeps its listings true: skills read while typing, a changed date told to followers; on a phone without scripts too."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE, follow
from tests.journeys.test_roles import look_around

HERE = "/listings/voorbeeld-elektrotechniek-4"


def test_skills_are_read_while_one_types_and_a_changed_date_is_told(open_page, site, picture, axe):
    student = look_around(open_page, "student", viewport=PHONE, scripts=False)
    student.goto(site + "/programmes/voorbeeld-elektrotechniek-4")
    follow(student, student.get_by_role("button", name="Follow", exact=True).click)
    expect(student.get_by_role("button", name="Stop following")).to_be_visible()

    page = look_around(open_page, "school", viewport=DESKTOP)
    page.goto(site + "/listings")
    assert axe(page) == []
    picture(page, "journey-listings")
    page.goto(f"{site}{HERE}/task/text")
    area = page.locator("textarea[name=description_nl]")
    area.press("End")
    area.press_sequentially(" Je leert lassen.")
    expect(page.locator("#clinic")).to_contain_text("from “lassen”")
    expect(area).to_be_focused()
    follow(page, page.locator("#clinic button[name=strike]").first.click)
    page.goto(site + HERE)
    assert axe(page) == []
    picture(page, "journey-listing")
    follow(page, page.get_by_role("link", name="bol (at school), Drachten").click)
    follow(page, page.locator(".list-part").get_by_role("link").first.click)
    page.locator("input[name=capacity]").fill("30")
    last = page.locator("input[name=apply_until]")
    last.fill(re.sub(r"-04-01$", "-03-15", last.input_value()))
    follow(page, page.get_by_role("button", name="Save").click)
    expect(page.locator("main")).to_contain_text("15 March")

    student.goto(site + "/following")
    expect(student.locator("main")).to_contain_text("apply until: 15 March")
    picture(student, "journey-following-plain")


def test_without_scripts_a_programme_is_begun_refused_and_read_for_skills(open_page, site, picture):
    page = look_around(open_page, "school", viewport=PHONE, scripts=False)
    page.goto(site + "/listings/new")
    page.get_by_label("Name, in Dutch").fill("Voorbeeld: lassen van dun plaatwerk")
    follow(page, page.get_by_role("button", name="Begin").click)
    slug = re.search(r"/listings/([a-z0-9-]+)/task", page.url)[1]
    page.locator("textarea[name=description_nl]").fill("Je leert lassen met een robot.")
    follow(page, page.locator("button[name=check]").click)
    expect(page.locator("#clinic")).to_contain_text("lassen")
    expect(page.locator("textarea[name=description_nl]")).to_have_value("Je leert lassen met een robot.")
    follow(page, page.locator("#clinic button[name=teach]").first.click)
    page.goto(f"{site}/listings/{slug}")
    follow(page, page.get_by_role("button", name="Hand in for a second person").click)
    expect(page.locator(".ipf-errors")).to_contain_text("An mbo diploma has a crebo: five digits.")
    picture(page, "journey-listing-refused-plain")
