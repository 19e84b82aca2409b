"""What everyone does: choose a language and colours, use the keyboard, print, look around, meet a page that is not there."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE, TABLET, follow

TITLES = {"nl": "Opleidingen", "fy": "Opliedings", "en": "Programmes"}


def test_the_language_switch_keeps_the_page_and_its_filters(open_page):
    page = open_page("/programmes?level=master")
    for language in ("en", "fy", "nl"):
        follow(page, page.locator(f".ipf-languages a[hreflang={language}]").click)
        assert "level=master" in page.url
        assert page.locator("html").get_attribute("lang") == language
        assert TITLES[language].lower() in page.locator("h1").inner_text().lower()


def test_dark_and_light_can_be_chosen_and_are_kept(open_page, site):
    page = open_page("/companies")
    follow(page, page.locator(".ipf-themes button[value=dark]").click)
    assert page.url.endswith("/companies")
    page.goto(site + "/skills")
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"


def test_the_keyboard_alone_opens_the_menu_and_reaches_the_content(open_page):
    page = open_page("/", viewport=PHONE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "ipf-skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
    page.locator(".ipf-menu > summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".ipf-nav a").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".ipf-nav a").first).to_be_hidden()


def test_a_slash_jumps_to_the_search_field(open_page):
    page = open_page("/programmes", viewport=DESKTOP)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"


@pytest.mark.parametrize("viewport", [PHONE, TABLET, DESKTOP], ids=lambda size: str(size["width"]))
def test_the_landing_page_fits_at_every_width(open_page, picture, viewport):
    page = open_page("/", viewport=viewport)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    picture(page, f"landing-{viewport['width']}")


def test_a_page_that_is_not_there_offers_a_way_on(open_page, axe, site):
    page = open_page("/programmes/not-a-programme", language="en")
    assert "This page is not here" in page.locator("h1").inner_text()
    assert axe(page) == []
    follow(page, page.locator("main .btn").first.click)
    assert page.url == site + "/"


def test_text_twice_as_large_still_fits(open_page, site):
    page = open_page("/", viewport={"width": 640, "height": 900})
    for path in ("/", "/vacancies", "/profile", "/match/places"):
        page.goto(site + path)
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), path


@pytest.mark.parametrize("who", ["student", "company", "school", "cluster"])
def test_one_click_looks_around_and_one_click_leaves(open_page, who):
    page = open_page("/", language="en")
    page.locator(f"form[action='/demo/{who}'] button").first.click()
    page.wait_for_url("**/start")
    expect(page.locator("h1")).to_be_visible()
    page.locator(".ipf-account > summary").click()
    follow(page, page.locator("form[action='/sign-out'] button").click)
    assert page.locator(".ipf-account").count() == 0
