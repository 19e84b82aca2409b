"""A company writes a place: read while typing, refused with the crebo named, kept as a draft; on a phone without scripts too."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE, follow
from tests.journeys.test_roles import look_around

TEXT = "Je gaat een PLC programmeren en storingen zoeken. Wij zijn een team van jonge honden. " * 2


def begin(page, site):
    page.goto(site + "/posting/new")
    page.get_by_label("Title").fill("Robotcellen bouwen")
    page.locator("input[name=kind][value=bol_internship]").check()
    page.locator("input[name=text_language][value=nl]").check()
    follow(page, page.locator("main form button[type=submit]").first.click)
    return re.search(r"/posting/([a-z0-9-]+)/task", page.url)[1]


def test_the_text_is_read_while_one_types_and_the_focus_stays(open_page, site, picture, axe):
    page = look_around(open_page, "company", viewport=DESKTOP)
    slug = begin(page, site)
    area = page.locator("textarea[name=description]")
    area.press_sequentially(TEXT[:90])
    expect(page.locator("#clinic")).to_contain_text("jonge honden")
    expect(page.locator("#clinic")).to_contain_text("Stops publishing.")
    expect(area).to_be_focused()
    expect(area).to_have_value(TEXT[:90])
    assert axe(page) == []
    picture(page, "journey-posting-text")
    follow(page, page.locator("#clinic button[name=must]").first.click)
    expect(page.locator("textarea[name=description]")).to_have_value(TEXT[:90].strip())
    page.goto(f"{site}/posting/{slug}")
    assert axe(page) == []
    picture(page, "journey-posting-list")
    follow(page, page.get_by_role("button", name="Publish").click)
    expect(page.locator(".ipf-errors")).to_contain_text("jonge honden")


def test_without_scripts_an_unrecognised_crebo_is_named_and_the_draft_stays(open_page, site, picture):
    page = look_around(open_page, "company", viewport=PHONE, scripts=False)
    slug = begin(page, site)
    page.locator("textarea[name=description]").fill(TEXT.replace("jonge honden", "vakmensen"))
    follow(page, page.locator("button[name=check]").click)
    expect(page.locator("#clinic")).to_contain_text("PLC programmeren")
    expect(page.locator("textarea[name=description]")).to_have_value(TEXT.replace("jonge honden", "vakmensen").strip())
    page.locator("textarea[name=learn]").fill("Je leert hoe een robotcel veilig draait, en hoe je een storing vindt.")
    follow(page, page.locator("button[name=on]").click)
    page.goto(f"{site}/posting/{slug}/task/target")
    page.locator("input[name=crebos]").fill("99999")
    follow(page, page.locator("button[name=on]").click)
    page.goto(f"{site}/posting/{slug}")
    follow(page, page.get_by_role("button", name="Publish").click)
    expect(page.locator(".ipf-errors")).to_contain_text("99999")
    assert page.locator(".ipf-errors a[href*='s-bb.nl']").count() == 1
    picture(page, "journey-posting-refused-plain")
    page.goto(f"{site}/posting/{slug}/preview")
    expect(page.get_by_role("heading", name="Robotcellen bouwen")).to_be_visible()
