"""The planner in a browser: four students, from where they stand to where they want to be; with and without scripts."""

import re

import icalendar
import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE, follow

ENGD, TECHNICNOORD, VISION = "rug-engd-autonomous-systems", "technicnoord-mechatronica-bbl", "hbo-afstuderen-machinevision"


def ask(page, site, point, *, goal, choice, value):
    """Fill in the question as a reader does, and send it."""
    page.goto(site + "/plan")
    page.get_by_label("Where are you now?").select_option(point)
    page.get_by_label(goal, exact=True).check()
    page.get_by_label(choice).select_option(value)
    follow(page, page.get_by_role("button", name="Show my routes").click)


def steps(page, number=0):
    """Titles of the steps of a route on the page."""
    card = page.locator(".plan-card").nth(number)
    if card.locator("details:not([open]) > summary").count():
        card.locator("details > summary").click()
    return card.locator(".ipf-route .ipf-stop-title").all_inner_texts()


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_from_vmbo_to_the_doctorate_in_autonomous_systems(open_page, picture, site, scripts):
    page = open_page("/plan", viewport=PHONE, scripts=scripts, language="en")
    ask(page, site, "vmbo_gl_tl", goal="A programme", choice="Which programme?", value=ENGD)
    expect(page.locator("h2", has_text=re.compile(r"\d+ routes? for you"))).to_be_visible()
    titles = steps(page)
    assert titles[0] == "vmbo gl or tl (mavo)" and "Autonomous Systems" in titles[-1] and len(titles) >= 4
    assert "Apply by" in page.locator(".plan-card").first.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    picture(page, f"journey-plan-engd-{'js' if scripts else 'nojs'}")


def test_from_mbo_mechatronics_to_a_graduation_place_by_different_routes_kept_shared_and_taken_along(open_page, picture, site):
    page = open_page(f"/vacancies/{VISION}", viewport=DESKTOP, language="en")
    follow(page, page.get_by_role("link", name="How do I get there?").click)
    page.get_by_label("Where are you now?").select_option("mbo_4")
    page.get_by_label("In which town do you live?").select_option("Drachten")
    follow(page, page.get_by_role("button", name="Show my routes").click)
    assert "machine vision" in page.locator(".plan-asks").inner_text()
    ways = {tuple(steps(page, number)) for number in range(page.locator(".plan-card").count())}
    assert len(ways) >= 2
    heads = page.locator(".plan-table thead th")
    assert heads.count() == page.locator(".plan-card").count()
    picture(page, "journey-plan-side-by-side")

    follow(page, page.get_by_role("link", name="Choose this route").first.click)
    expect(page.locator(".plan-opens").first).to_contain_text("open places at mbo 4")
    expect(page.locator("svg.plan-qr")).to_be_visible()
    with page.expect_download() as begun:
        page.get_by_role("link", name="Put the dates in my calendar").click()
    events = icalendar.Calendar.from_ical(begun.value.path().read_bytes()).walk("VEVENT")
    assert len(events) >= 2 and any(event.walk("VALARM") for event in events)

    page.get_by_label("Name of the plan").fill("Nei de kamera")
    follow(page, page.get_by_role("button", name="Keep this plan").click)
    expect(page.locator("h1")).to_have_text("Nei de kamera")
    picture(page, "journey-plan-kept")
    follow(page, page.get_by_role("button", name="Make a link").click)
    link = page.locator("#new-link").input_value()
    other = open_page(link.removeprefix(site), language="en")
    shown = other.locator("main").inner_text()
    assert "camera" in shown and "Nei de kamera" not in shown and "mbo 4" not in other.locator(".ipf-facts").inner_text()
    follow(page, page.get_by_role("button", name="End this link").click)
    assert other.goto(link).status == 404


def test_from_work_without_a_diploma_through_the_company_school_to_mbo_4(open_page, picture, site):
    page = open_page("/plan", viewport=PHONE, language="en")
    ask(page, site, "working", goal="A programme", choice="Which programme?", value=TECHNICNOORD)
    card = page.locator(".plan-card").first
    assert steps(page)[0] == "At work" and "Mechatronics" in steps(page)[-1]
    told = card.inner_text()
    assert "Technicnoord" in told and "you earn a wage" in told and "mbo 4" in told
    picture(page, "journey-plan-company-school")


def test_a_goal_that_cannot_be_reached_says_which_rule_and_what_one_can_do(open_page, picture, site):
    page = open_page("/plan", viewport=PHONE, language="en")
    ask(page, site, "mbo_4", goal="A programme", choice="Which programme?", value="bvt-verspaner-bbl")
    notice = page.locator(".ipf-notice-warn").last
    expect(notice).to_contain_text("There is no route from where you are")
    expect(notice.locator(".ipf-stop-entry")).to_contain_text("mbo 2")
    assert page.locator(".plan-card").count() == 0
    picture(page, "journey-plan-blocked")
    follow(page, notice.get_by_role("link", name="See what is possible from here").click)
    expect(page.locator(".plan-possible")).to_be_visible()


def test_a_goal_that_is_too_far_away_says_so_and_leads_farther(open_page, site):
    page = open_page("/plan?from=hbo_bachelor&to=tud-msc-robotics&place=Drachten&km=25", language="en")
    notice = page.locator(".ipf-notice-warn")
    expect(notice).to_contain_text("farther than 25 km from Drachten")
    follow(page, notice.get_by_role("link", name="Look farther away").click)
    assert page.locator(".plan-card").count() >= 1


def test_only_the_list_of_the_chosen_goal_is_shown_and_a_fault_stands_beside_its_field(open_page, site):
    page = open_page("/plan", viewport=PHONE, language="en")
    expect(page.get_by_label("Which occupation?")).to_be_hidden()
    page.get_by_label("An occupation", exact=True).check()
    expect(page.get_by_label("Which occupation?")).to_be_visible()
    expect(page.get_by_label("Which programme?")).to_be_hidden()
    page.get_by_label("How far away").fill("abc")
    follow(page, page.get_by_role("button", name="Show my routes").click)
    expect(page.get_by_label("How far away")).to_have_value("abc")
    expect(page.locator(".ipf-field.is-invalid").filter(has_text="How far away")).to_contain_text("whole number of kilometres")


@pytest.mark.parametrize(
    "path",
    [
        f"/plan?from=mbo_4&vacancy={VISION}",
        f"/plan?from=vmbo_gl_tl&to={ENGD}",
        f"/plan?from=master&to={TECHNICNOORD}",
        "/plan?from=mbo_4&goal=possible",
        "/plan?from=mars&goal=vacancy",
        f"/programmes/{TECHNICNOORD}/onward",
    ],
)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_pages_of_the_planner_are_accessible(open_page, axe, path, dark):
    page = open_page(path, dark=dark)
    assert axe(page) == []


def test_a_chosen_route_is_accessible_and_prints_on_one_page(open_page, axe, site):
    page = open_page(f"/plan?from=vmbo_gl_tl&to={ENGD}", language="en")
    follow(page, page.get_by_role("link", name="Choose this route").first.click)
    assert axe(page) == []
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", paper)) == 1
