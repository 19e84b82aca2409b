"""The map in a browser: its words stay apart at every width, a station leads to its programme, and filters need no scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE, TABLET, follow
from tests.journeys.test_every_page import OVERFLOW

OVERLAPS = """() => {
    const picture = [...document.querySelectorAll(".map-picture")].find(one => one.getClientRects().length);
    const scale = picture.getBoundingClientRect().width / picture.viewBox.baseVal.width;
    const lines = [...picture.querySelectorAll("tspan")].map(line => [line.textContent, line.getBoundingClientRect()]);
    const found = [], frame = picture.getBoundingClientRect();
    lines.forEach(([words, box], at) => {
        if (box.left < frame.left - 1 || box.right > frame.right + 1) found.push("cut off: " + words);
        for (const [other, next] of lines.slice(at + 1)) {
            const inset = 4 * scale;  /* a line box is higher than its letters */
            const beside = box.left < next.right && next.left < box.right;
            const level = box.top + inset < next.bottom - inset && next.top + inset < box.bottom - inset;
            if (beside && level) found.push(words + " / " + other);
        }
    });
    return found;
}"""


@pytest.mark.parametrize("viewport", [PHONE, TABLET, DESKTOP], ids=["phone", "tablet", "desktop"])
@pytest.mark.parametrize("language", ["nl", "fy", "en"])
def test_no_words_of_the_map_overlap_and_the_page_does_not_stick_out(open_page, picture, viewport, language):
    page = open_page("/routes/map?from=mbo_4&to=ut-msc-robotics", viewport=viewport, language=language)
    expect(page.locator("svg.map-picture:visible")).to_have_count(1)
    page.evaluate("document.fonts.ready")
    assert page.evaluate(OVERLAPS) == []
    assert page.evaluate(OVERFLOW) <= 0
    if language == "nl":
        picture(page, f"map-{viewport['width']}")


@pytest.mark.parametrize("way", ["with-scripts", "without-scripts"])
def test_a_station_leads_to_its_programme(open_page, way):
    page = open_page("/routes/map", scripts=way == "with-scripts", language="en")
    station = page.locator("svg.map-picture:visible a", has_text="Robotics (MSc)").first
    follow(page, station.click)
    expect(page.locator("h1")).to_have_text("Robotics (MSc)")
    follow(page, page.get_by_role("link", name="On the map").click)
    assert page.locator("svg.map-picture:visible a.is-goal").count() == 1


def test_the_keyboard_reaches_a_station_and_opens_it(open_page):
    page = open_page("/routes/map?level=engd_phd", language="en")
    page.locator(".map-sheet").focus()
    page.keyboard.press("Tab")
    name = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert "EngD" in name or "Doctorate" in name or "PhD" in name
    follow(page, lambda: page.keyboard.press("Enter"))
    assert "/programmes/" in page.url


@pytest.mark.parametrize("way", ["with-scripts", "without-scripts"])
def test_a_phone_narrows_the_map_and_turns_it_into_a_list(open_page, way):
    page = open_page("/routes/map", viewport=PHONE, scripts=way == "with-scripts", language="en")
    before = page.locator("svg.map-picture:visible a").count()
    page.locator(".ipf-filters summary").click()
    page.locator("select[name=level]").select_option("mbo_4")
    if way == "without-scripts":
        follow(page, page.locator(".ipf-filters button").click)
    page.wait_for_url("**level=mbo_4**")
    page.wait_for_function(f"document.querySelectorAll('svg.map-narrow a').length < {before}")
    after = page.locator("svg.map-picture:visible a").count()
    assert 0 < after < before
    follow(page, page.get_by_role("link", name=re.compile("The same as a list")).click)
    assert page.locator(".map-list-line li > a").count() == after
    assert page.evaluate(OVERFLOW) <= 0


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_in_the_picture_or_the_list(open_page, axe, dark):
    page = open_page("/routes/map?from=vmbo_kb&to=hanze-major-mechatronics", dark=dark)
    assert axe(page) == []
    page.goto(page.url + "&view=list")
    assert axe(page) == []
