"""A new company from its registration to a place that is taken, and a second place on which nobody answers."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE, follow

PASSWORD = "ljip yn de greide"
COMPANY, CREBO = "Proefbedrijf Wobbe", "25344"
TITLE = "Robotcellen bouwen en testen"
WORK = "Je bouwt mee aan robotcellen, sluit sensoren aan en programmeert een PLC. Daarna test je de cel met een monteur. " * 2

PAGES = {
    "what": {},
    "text": {"description": WORK, "learn": "Je leert hoe een robotcel veilig draait en hoe je een storing vindt."},
    "skills": {},
    "target": {"crebos": CREBO},
    "period": {},
    "places": {"places": "1", "answer_days": "5"},
    "guidance": {"mentor_name": "Wobbe Proef", "mentor_hours": "2"},
    "pay": {},
    "safety": {},
}
"""The pages of the posting in their order, with what is typed on each."""
TICKED = {
    "places": ("placing_mode", "company_chooses"),
    "pay": ("expenses", "yes"),
    "safety": ("minors", "with_supervision"),
}


def sign_up(open_page, site, name, address, **how):
    """Somebody with a confirmed account."""
    page = open_page("/sign-up", language="en", **how)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("E-mail address").fill(address)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("input[type=checkbox]").check()
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/check-mail")
    page.goto(site + "/demo/mail")
    follow(page, page.locator("main a[href*='/confirm/']").first.click)
    follow(page, page.locator("main form button").first.click)
    return page


def sign_in(page, site, address):
    page.goto(site + "/sign-in")
    page.get_by_label("E-mail address").fill(address)
    page.locator("input[type=password]").fill(PASSWORD)
    follow(page, page.get_by_role("button", name="Sign in").click)


def register(page, site, picture):
    """Register the company: an odd number is refused and nothing is lost; a colleague is invited; nobody sees it yet."""
    page.goto(site + "/organisations/new")
    page.get_by_label("Name of the organisation").fill(COMPANY)
    page.get_by_label("KVK number").fill("1234")
    page.get_by_label("Town").select_option("Drachten")
    page.get_by_label("What is it?").select_option("company")
    follow(page, page.locator("main form button[type=submit]").click)
    expect(page.get_by_text("A KVK number has 8 digits.").first).to_be_visible()
    assert page.get_by_label("Name of the organisation").input_value() == COMPANY
    page.get_by_label("KVK number").fill("12345678")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/people")
    assert "Waits for a check" in page.locator("main").inner_text()
    page.get_by_label("E-mail address").fill("collega@bedrijf.example")
    follow(page, page.locator("main form button[type=submit]").last.click)
    assert "collega@bedrijf.example" in page.locator("main").inner_text()
    picture(page, "journey-new-company-people")
    page.goto(site + "/companies?q=Proefbedrijf")
    assert COMPANY not in page.locator("main").inner_text()


def declare(page, site):
    """Say that the address is recognised; somebody else looks it up."""
    page.goto(site + "/start")
    follow(page, page.get_by_role("link", name="Page, addresses and recognitions").click)
    follow(page, page.get_by_role("link", name="Add a recognition").click)
    page.get_by_label("Qualification (crebo)").fill(CREBO)
    page.get_by_label("Leerbedrijf-ID").fill("400000123")
    page.get_by_label("(you)").check()
    follow(page, page.get_by_role("button", name="Add it to the list").click)
    expect(page.locator(".com-list li", has_text=CREBO).get_by_text("To check")).to_be_visible()


def write_place(page, site, axe):
    """Fill in every page of the posting; gives the address of its list of pages."""
    page.goto(site + "/posting/new")
    page.get_by_label("Title").fill(TITLE)
    page.locator("input[name=kind][value=bol_internship]").check()
    page.locator("input[name=text_language][value=nl]").check()
    follow(page, page.get_by_role("button", name="Begin").click)
    slug = re.search(r"/posting/([a-z0-9-]+)/task", page.url)[1]
    page.goto(f"{site}/posting/{slug}/task/what")
    for task, values in PAGES.items():
        assert page.url.endswith(f"/task/{task}")
        for name, value in values.items():
            page.locator(f"main [name={name}]").fill(value)
        if task in TICKED:
            name, value = TICKED[task]
            page.locator(f"input[name={name}][value={value}]").check()
        follow(page, page.get_by_role("button", name="Save and go on" if task != "safety" else "Save").first.click)
    assert axe(page) == []
    return page.url


def respond(page, site, slug, words):
    """From the match page to a response that is sent; gives the address of its page."""
    page.goto(f"{site}/match/places/{slug}")
    follow(page, page.locator(f"main a[href='/vacancies/{slug}/respond']").first.click)
    page.locator("textarea[name=message]").fill(words)
    page.get_by_label("Yes", exact=True).check()
    follow(page, page.get_by_role("button", name="Save and look it over").click)
    follow(page, page.get_by_role("button", name="Send my response").click)
    expect(page.get_by_text("It is the company's turn", exact=False).first).to_be_visible()
    return page.url


@pytest.mark.timeout(300)
def test_from_registration_to_a_place_that_is_taken_and_from_silence_to_the_end(open_page, site, command, picture, axe):
    company = sign_up(open_page, site, "Wobbe Proef", "wobbe@bedrijf.example", viewport=DESKTOP)
    sign_in(company, site, "wobbe@bedrijf.example")
    register(company, site, picture)
    declare(company, site)
    pages = write_place(company, site, axe)
    slug = pages.rpartition("/")[2]
    follow(company, company.get_by_role("button", name="Publish").click)
    expect(company.locator(".ipf-errors")).to_contain_text(f"not recognised, or not checked yet, for crebo {CREBO}")
    assert company.locator(".ipf-errors a[href*='s-bb.nl']").count() == 1
    picture(company, "journey-posting-refused")

    admin = sign_up(open_page, site, "Beheerder Proef", "beheer@platform.example", viewport=DESKTOP)
    command("people", "grant", "platform_admin", "beheer@platform.example")
    sign_in(admin, site, "beheer@platform.example")
    admin.goto(site + "/organisations/pending")
    follow(admin, admin.locator("form[action$='proefbedrijf-wobbe/accept'] button").click)
    admin.goto(site + "/recognitions")
    follow(
        admin, admin.locator("main li, main tr, main article", has_text=COMPANY).locator("a[href^='/recognitions/']").first.click
    )
    admin.get_by_label("It is recognised for this qualification").check()
    admin.get_by_label("Looked up at SBB").check()
    follow(admin, admin.get_by_role("button", name="Write it down").click)

    company.goto(pages)
    follow(company, company.get_by_role("button", name="Publish").click)
    expect(company.get_by_role("link", name="The page students see")).to_be_visible()
    picture(company, "journey-posting-published")
    company.locator("summary", has_text="Copy, keep as a template").click()
    follow(company, company.get_by_role("button", name="Make a copy").click)
    copy = re.search(r"/posting/([a-z0-9-]+)", company.url)[1]
    company.goto(f"{site}/posting/{copy}")
    follow(company, company.get_by_role("button", name="Publish").click)
    expect(company.get_by_role("link", name="The page students see")).to_be_visible()

    student = sign_up(open_page, site, "Jildou Proef", "jildou@skoalle.example", viewport=PHONE)
    sign_in(student, site, "jildou@skoalle.example")
    mine = respond(student, site, slug, "I want to learn how a robot cell is programmed.")
    picture(student, "journey-response-sent")
    assert axe(student) == []
    code = student.locator(".ipf-facts dd").first.inner_text()
    silent = respond(student, site, copy, "This one looks good too.")

    company.goto(site + "/received")
    assert axe(company) == []
    follow(company, company.get_by_role("link", name=code).first.click)
    assert "Jildou" not in company.locator("main").inner_text() and "skoalle.example" not in company.content()
    picture(company, "journey-response-company")
    assert axe(company) == []
    student.goto(mine)
    follow(student, student.locator(".resp-parts li", has_text="Your name").get_by_role("button").click)
    company.reload()
    assert "Jildou Proef" in company.locator("main").inner_text() and "skoalle.example" not in company.content()
    for title in ("Invite for a talk", "Offer the place"):
        company.locator("summary", has_text=title).click()
        follow(company, company.get_by_role("button", name=title).click)
    student.goto(mine)
    follow(student, student.get_by_role("link", name="Accept the place").click)
    student.locator("input[name=withdraw]").uncheck()
    assert axe(student) == []
    follow(student, student.get_by_role("button", name="Accept the place").click)
    expect(student.get_by_text("You have this place").first).to_be_visible()
    company.goto(site + "/start")
    assert "1 of 1" in company.locator("main tr", has=company.locator(f"a[href='/vacancies/{slug}']")).inner_text()

    key = silent.rpartition("/")[2]
    said = command("responses", "terms", "--only", key, "--after", "5", "--after", "10", "--after", "15", "--after", "16")
    assert re.findall(r"reminded (\d), ended (\d)", said) == [("1", "0"), ("1", "0"), ("0", "1"), ("0", "0")]
    student.goto(silent)
    trail = student.locator(".resp-trail").inner_text()
    for line in ("The response was sent", "Reminder after 5 working days", "Reminder after 10 working days", "so it ended"):
        assert line in trail
    expect(student.get_by_text("It counts against the company").first).to_be_visible()
    picture(student, "journey-response-expired")
    company.goto(f"{site}/received?state=late")
    assert company.locator("main table a").count() == 1
