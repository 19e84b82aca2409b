"""Every page in both colour modes, on a phone and on a desk: axe finds nothing, nothing sticks out, and a picture is kept."""

import pytest

from tests.journeys.conftest import DESKTOP, PHONE, follow
from tests.web.pages import public_addresses

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SIGNED_IN = ["/start", "/account", "/profile/overview"]
STAFF = ["/corrections"]
NEVER_SAME = ["/organisation/people"]


def name_of(address: str) -> str:
    return address.strip("/").replace("/", "-").replace("?", "-") or "home"


def say_where_one_stands(page):
    """Mbo 4, with the three skills of the story."""
    page.locator("#start-point").select_option("mbo_4")
    follow(page, page.locator(".home-start button").click)
    page.goto(page.url.split("/profile")[0] + "/profile/skills")
    field = page.locator("input[type=search]").first
    field.fill("PLC programmeren, CAD, mechatronica")
    follow(page, lambda: field.press("Enter"))


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("dark", "viewport"), [(False, PHONE), (True, DESKTOP)], ids=["light-phone", "dark-desktop"])
def test_every_public_page_is_accessible_and_fits(app, world, open_page, axe, picture, site, dark, viewport):
    page = open_page("/", viewport=viewport, dark=dark)
    say_where_one_stands(page)
    found = {}
    for address in public_addresses(app):
        page.goto(site + address)
        wrong = axe(page)
        if (too_wide := page.evaluate(OVERFLOW)) > 0:
            wrong.append(f"{too_wide} px stick out")
        if wrong:
            found[address] = wrong
        picture(page, f"{name_of(address)}-{'dark' if dark else 'light'}-{viewport['width']}")
    assert found == {}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("who", ["student", "company", "school", "cluster"])
def test_the_pages_of_each_role_are_accessible_and_fit(open_page, axe, picture, site, who):
    found = {}
    for dark, viewport in ((False, DESKTOP), (True, PHONE)):
        page = open_page("/", viewport=viewport, dark=dark)
        page.locator(f"form[action='/demo/{who}'] button").first.click()
        page.wait_for_url("**/start")
        for address in [*SIGNED_IN, *(STAFF if who != "student" else []), *(NEVER_SAME if who == "company" else [])]:
            page.goto(site + address)
            wrong = axe(page)
            if (too_wide := page.evaluate(OVERFLOW)) > 0:
                wrong.append(f"{too_wide} px stick out")
            if wrong:
                found[f"{who} {address} {'dark' if dark else 'light'}"] = wrong
            picture(page, f"{who}-{name_of(address)}-{'dark' if dark else 'light'}-{viewport['width']}")
    assert found == {}
