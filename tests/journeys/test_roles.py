"""What a company, a school, the cluster office and a new organisation do first."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE, follow


def look_around(open_page, who, **how):
    page = open_page("/", language="en", **how)
    page.locator(f"form[action='/demo/{who}'] button").first.click()
    page.wait_for_url("**/start")
    return page


def test_a_company_sees_its_places_as_a_student_does_and_no_person(open_page, picture):
    page = look_around(open_page, "company", viewport=PHONE)
    expect(page.get_by_text("Example", exact=True).first).to_be_visible()
    picture(page, "journey-company-start")
    follow(page, page.locator("main a[href='/vacancies/robotcel-bouwen']").first.click)
    expect(page.get_by_role("heading", name="What you do")).to_be_visible()
    expect(page.locator("main a[href='/skills/robotics']").first).to_be_visible()
    page.goto(re.sub(r"/vacancies/.*", "/organisation/people", page.url))
    people = page.locator("main").inner_text()
    assert "bedrijf@voorbeeld.example" in people
    assert "student@voorbeeld.example" not in people


def test_a_school_finds_programmes_with_their_rules_and_its_colleagues(open_page, picture):
    page = look_around(open_page, "school", viewport=DESKTOP)
    picture(page, "journey-school-start")
    follow(page, page.locator("header a[href='/programmes']").first.click)
    follow(page, page.locator("main article.ipf-card .ipf-card-title").first.click)
    expect(page.get_by_text("Source:").first).to_be_visible()
    expect(page.get_by_role("heading", name="What leads here")).to_be_visible()


def test_the_cluster_office_reads_what_is_asked_and_who_teaches_it(open_page, picture):
    page = look_around(open_page, "cluster", viewport=PHONE)
    table = page.locator("table").first
    asked = [int(text) for text in table.locator("tbody tr td:nth-of-type(1)").all_inner_texts()]
    assert len(asked) >= 5 and asked == sorted(asked, reverse=True)
    assert "voorbeeld.example" not in page.locator("main").inner_text()
    picture(page, "journey-cluster-start")
    follow(page, table.locator("tbody th a").first.click)
    expect(page.get_by_role("heading", name="Open places that ask for it")).to_be_visible()
