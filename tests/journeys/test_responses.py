"""A student responds to a place and gets it, a company answers: in a real browser without scripts, on both sides."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE, follow

COMPANY = "voorbeeld-robotica"


def enter(page, who):
    """Look around as somebody of the example environment."""
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + "/sign-in")
    follow(page, page.locator(f"form[action$='/demo/{who}'] button").first.click)


def own_place(page, site):
    """The address of a place of the example company to which one can respond oneself."""
    page.goto(f"{site}/companies/{COMPANY}")
    links = page.locator("main article.ipf-card a[href^='/vacancies/']")
    for address in [links.nth(n).get_attribute("href") for n in range(links.count())]:
        page.goto(site + address)
        if page.locator(f"main a[href='{address}/respond']").count() and page.get_by_text("Respond to this place").count():
            return address
    pytest.fail("the example company has no place that one responds to")


def test_a_student_responds_from_the_match_page_and_a_company_answers_without_scripts(open_page, picture, site):
    student = open_page("/", viewport=PHONE, language="en", scripts=False)
    enter(student, "student")
    address = own_place(student, site)
    student.goto(f"{site}/match/places/{address.rpartition('/')[2]}")
    follow(student, student.locator(f"main a[href='{address}/respond']").first.click)
    student.locator("textarea[name=message]").fill("I want to learn how a robot cell is programmed.")
    student.get_by_label("Yes", exact=True).check()
    follow(student, student.get_by_role("button", name="Save and look it over").click)
    picture(student, "response-draft-plain")
    follow(student, student.get_by_role("button", name="Send my response").click)
    expect(student.get_by_text("It is the company's turn", exact=False).first).to_be_visible()
    picture(student, "response-sent-plain")
    code = student.locator(".ipf-facts dd").first.inner_text()

    company = open_page("/", viewport=DESKTOP, language="en", scripts=False)
    enter(company, "company")
    company.goto(site + "/received")
    picture(company, "responses-list-plain")
    follow(company, company.get_by_role("link", name=code).first.click)
    assert "Sytse" not in company.locator("main").inner_text()
    picture(company, "response-company-plain")
    follow(student, student.locator(".resp-parts li", has_text="Your name").get_by_role("button").click)
    company.reload()
    assert "Sytse" in company.locator("main").inner_text()
    for title in ("Invite for a talk", "Offer the place"):
        company.locator("summary", has_text=title).click()
        follow(company, company.get_by_role("button", name=title).click)
    student.reload()
    follow(student, student.get_by_role("link", name="Accept the place").click)
    follow(student, student.get_by_role("button", name="Accept the place").click)
    expect(student.get_by_text("You have this place").first).to_be_visible()
