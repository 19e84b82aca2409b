"""A matchmaking day in a real browser: planned, published, planned again when a company cancels; then what comes of a talk."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE, follow
from tests.journeys.test_responses import enter

PLANNED, BEEN = "voorbeeld-matchdag", "voorbeeld-matchdag-geweest"


def test_a_planned_day_is_published_and_planned_again_when_a_company_cancels(open_page, picture, axe, site):
    office = open_page("/", viewport=DESKTOP, language="en")
    enter(office, "cluster")
    office.goto(f"{site}/events/{PLANNED}/office")
    assert axe(office) == []
    follow(office, office.get_by_role("button", name="Plan again").click)
    expect(office.get_by_text(re.compile(r"Everyone has \d talks at least"))).to_be_visible()
    picture(office, "day-plan")
    follow(office, office.get_by_role("button", name="Publish the timetable").click)
    expect(office.get_by_text("The timetable is published", exact=False)).to_be_visible()
    assert "Sytse" not in office.locator("main").inner_text()

    student = open_page("/", viewport=PHONE, language="en", scripts=False)
    enter(student, "student")
    student.goto(f"{site}/events/{PLANNED}/mine")
    talks = student.locator(".day-timetable strong")
    before = set(talks.all_inner_texts())
    assert len(before) >= 3
    picture(student, "day-mine")

    row = office.locator(".day-list > li", has_text="Voorbeeld Robotica BV").filter(has=office.locator("details"))
    row.locator("summary").click()
    follow(office, row.get_by_role("button", name="Take it off the list").click)
    follow(office, office.get_by_role("button", name="Plan again").click)
    expect(office.get_by_text(re.compile(r"talks stay, 0 move"))).to_be_visible()
    if office.get_by_role("button", name="Publish the change").count():
        follow(office, office.get_by_role("button", name="Publish the change").click)
    student.reload()
    after = set(talks.all_inner_texts())
    assert before - {"Voorbeeld Robotica BV"} <= after
    assert "Voorbeeld Robotica BV" not in after


def test_interest_of_both_sides_after_a_talk_becomes_a_response(open_page, picture, axe, site):
    student = open_page("/", viewport=PHONE, language="en", scripts=False)
    enter(student, "student")
    student.goto(f"{site}/events/{BEEN}/mine")
    own = student.locator(".day-answer", has=student.get_by_role("heading", name="Voorbeeld Robotica BV"))
    own.get_by_label("Yes").check()
    own.get_by_label("If both are interested", exact=False).check()
    follow(student, student.get_by_role("button", name="Save all answers").click)
    expect(student.get_by_text("The company hears it only if both are interested.")).to_be_visible()

    company = open_page("/", viewport=DESKTOP, language="en")
    enter(company, "company")
    company.goto(f"{site}/events/{BEEN}/tables")
    assert axe(company) == []
    theirs = company.locator(".day-answer", has=company.get_by_role("heading", name="Sytse Voorbeeld"))
    theirs.get_by_label("Maybe").check()
    theirs.locator("select").select_option(index=1)
    follow(company, company.get_by_role("button", name="Save all answers").click)
    expect(company.get_by_text("1 response is sent.")).to_be_visible()
    picture(company, "day-tables")
    student.reload()
    follow(student, own.get_by_role("link", name="Your response").click)
    expect(student.get_by_text("It is the company's turn", exact=False).first).to_be_visible()


def test_a_student_signs_up_and_marks_companies_on_a_phone(open_page, axe, site):
    page = open_page("/events", viewport=PHONE, language="en")
    assert axe(page) == []
    follow(page, page.get_by_role("link", name="Voorbeeld: kennismakingsdag techniek").click)
    assert axe(page) == []
    follow(page, page.get_by_role("link", name="Sign up as a student").click)
    follow(page, page.locator("form[action$='/demo/student'] button").first.click)
    page.goto(f"{site}/events/voorbeeld-kennismakingsdag/sign-up")
    assert axe(page) == []
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("may see my name", exact=False).check()
    follow(page, page.get_by_role("button", name="Save and mark companies").click)
    first = page.locator(".day-offer fieldset").first
    first.get_by_label("Yes").check()
    assert axe(page) == []
    follow(page, page.get_by_role("button", name="Save").click)
    expect(page.get_by_text("you marked 1 company", exact=False)).to_be_visible()
