"""A student finds places, sees why, and the way there; with and without scripts, with and without an account."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE, follow
from tests.journeys.test_every_page import say_where_one_stands


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_guest_finds_fitting_places_with_reasons_and_the_way_there(open_page, picture, site, scripts):
    page = open_page("/", viewport=PHONE, scripts=scripts)
    say_where_one_stands(page)
    expect(page.get_by_text("PLC", exact=False).first).to_be_visible()

    page.goto(site + "/match/places")
    cards = page.locator("main article.ipf-card")
    assert cards.count() >= 3
    fits = [int(re.search(r"(\d+)\s*%", text)[1]) for text in page.locator("main article .ipf-fit-number").all_inner_texts()]
    assert fits == sorted(fits, reverse=True) and fits[0] >= 40
    reasons = cards.first.inner_text().lower()
    assert "plc" in reasons or "mechatroni" in reasons or "cad" in reasons
    picture(page, f"journey-matches-{'js' if scripts else 'nojs'}")

    follow(page, cards.first.locator("a").first.click)
    assert page.locator("table tfoot").count() >= 1
    learn = page.locator("main a[href^='/programmes/']").first
    routes = page.locator("main a[href^='/routes']").first
    assert learn.count() == 1 and routes.count() == 1
    follow(page, routes.click)
    assert page.locator("h1").count() == 1
    picture(page, f"journey-routes-{'js' if scripts else 'nojs'}")


def test_the_shown_sum_is_the_shown_total(open_page, site):
    page = open_page("/", language="en")
    say_where_one_stands(page)
    page.goto(site + "/match/places")
    follow(page, page.locator("main article.ipf-card a").first.click)
    table = page.locator("table.ipf-sum").first
    lines = [float(text.replace(",", ".")) for text in table.locator("tbody td.ipf-number").all_inner_texts()]
    total = float(re.search(r"[\d.,]+", table.locator("tfoot td").last.inner_text())[0].replace(",", "."))
    assert len(lines) >= 2
    assert round(sum(lines), 1) == total


def test_a_guest_makes_an_account_and_keeps_the_profile(open_page, site):
    page = open_page("/", viewport=DESKTOP, language="en")
    say_where_one_stands(page)
    page.goto(site + "/sign-up")
    page.get_by_label("name", exact=False).first.fill("Tsjikke Proef")
    page.get_by_label("E-mail", exact=False).first.fill("tsjikke@voorbeeld.example")
    page.locator("input[type=password]").first.fill("kievit op de dyk")
    page.locator("input[type=checkbox]").first.check()
    follow(page, page.locator("main form button[type=submit]").first.click)
    page.goto(site + "/demo/mail")
    follow(page, page.locator("main a[href*='/confirm/']").first.click)
    button = page.locator("main form[action*='/confirm/'] button, main form button").first
    if button.count():
        follow(page, button.click)
    page.goto(site + "/sign-in")
    page.get_by_label("E-mail", exact=False).first.fill("tsjikke@voorbeeld.example")
    page.locator("input[type=password]").first.fill("kievit op de dyk")
    follow(page, page.locator("main form button[type=submit]").first.click)
    page.goto(site + "/profile/overview")
    text = page.locator("main").inner_text().lower()
    assert "mbo 4" in text and "mechatronics" in text
