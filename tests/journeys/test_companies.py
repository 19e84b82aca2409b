"""A company keeps its page and declares a recognition, and a school looks it up; checked in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE, follow
from tests.journeys.test_roles import look_around


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_company_declares_a_recognition_and_a_school_decides(open_page, site, picture, axe, scripts):
    crebo, name = ("25302", "js") if scripts else ("25299", "nojs")
    company = look_around(open_page, "company", viewport=PHONE if scripts else DESKTOP)
    follow(company, company.get_by_role("link", name="Page, addresses and recognitions").click)
    picture(company, f"journey-company-manage-{name}")
    assert axe(company) == []
    follow(company, company.get_by_role("link", name="Add a recognition").click)
    expect(company.get_by_role("link", name="Apply at SBB")).to_be_visible()
    company.get_by_label("Qualification (crebo)").fill("253")
    company.get_by_label("Leerbedrijf-ID").fill("12 34")
    follow(company, company.get_by_role("button", name="Add it to the list").click)
    expect(company.get_by_text("A crebo has five digits.").first).to_be_visible()
    expect(company.get_by_label("Leerbedrijf-ID")).to_have_value("1234")
    assert axe(company) == []
    picture(company, f"journey-recognition-declare-{name}")
    company.get_by_label("Qualification (crebo)").fill(crebo)
    company.get_by_label("(you)").check()
    follow(company, company.get_by_role("button", name="Add it to the list").click)
    expect(company.get_by_text("One address has one number.").first).to_be_visible()
    number = company.locator(".ipf-error").inner_text().partition("gave ")[2].split()[0]
    company.get_by_label("Leerbedrijf-ID").fill(number)
    follow(company, company.get_by_role("button", name="Add it to the list").click)
    line = company.locator(".com-list li", has_text=crebo)
    expect(line.get_by_text("To check")).to_be_visible()

    school = look_around(open_page, "school", viewport=DESKTOP)
    follow(school, school.get_by_role("link", name="Recognitions to check").first.click)
    picture(school, f"journey-recognitions-{name}")
    assert axe(school) == []
    follow(school, school.get_by_role("link", name=crebo).click)
    follow(school, school.get_by_role("button", name="Write it down").click)
    expect(school.get_by_text("Choose what you found.").first).to_be_visible()
    school.get_by_label("It is recognised for this qualification").check()
    school.get_by_label("The company showed proof").check()
    assert axe(school) == []
    picture(school, f"journey-recognition-decide-{name}")
    follow(school, school.get_by_role("button", name="Write it down").click)

    company.goto(f"{site}/organisation/voorbeeld-robotica")
    expect(company.locator(".com-list li", has_text=crebo).get_by_text("Recognised", exact=True)).to_be_visible()
    company.goto(f"{site}/companies/voorbeeld-robotica")
    expect(company.get_by_role("heading", name="Recognised for mbo")).to_be_visible()
    assert company.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert axe(company) == []


def test_two_colleagues_change_one_page_and_the_second_is_told(open_page, site, picture, axe):
    first, second = (look_around(open_page, "company", viewport=DESKTOP) for _one in range(2))
    for page in (first, second):
        page.goto(f"{site}/organisation/voorbeeld-robotica/about")
    first.get_by_label("The same in Frisian").fill("De earste skriuwt dit.")
    follow(first, first.get_by_role("button", name="Save").click)
    second.get_by_label("The same in Frisian").fill("De twadde skriuwt dit.")
    follow(second, second.get_by_role("button", name="Save").click)
    expect(second.get_by_text("Changed in the meantime")).to_be_visible()
    expect(second.get_by_text("De earste skriuwt dit.")).to_be_visible()
    expect(second.get_by_label("The same in Frisian")).to_have_value("De twadde skriuwt dit.")
    assert axe(second) == []
    picture(second, "journey-company-stale")


def test_a_company_strikes_a_skill_and_its_page_no_longer_shows_it(open_page, site, picture):
    company = look_around(open_page, "company", viewport=DESKTOP)
    company.goto(f"{site}/organisation/voorbeeld-robotica")
    card = company.locator(".com-skills li").first
    words = card.locator("p").inner_text().partition(" · ")[0]
    skill = card.locator("a").inner_text()
    follow(company, card.get_by_role("button").click)
    company.goto(f"{site}/companies/voorbeeld-robotica")
    picture(company, "journey-company-public")
    assert company.locator(".com-skills a", has_text=skill).count() == 0, words
