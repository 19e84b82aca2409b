"""A coordinator takes the example class from its list to placed, and the certificate is checked; without scripts."""

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, follow
from tests.journeys.test_responses import enter

ROUND = "Voorbeeld: plaatsing MT4A"


def press(page, name):
    """A button that leads to a page."""
    follow(page, page.get_by_role("button", name=name, exact=True).first.click)


def test_a_class_is_placed_from_its_list_and_the_certificate_is_checked(open_page, picture, axe, site, tmp_path):
    student = open_page("/", viewport=PHONE, language="en", scripts=False)
    enter(student, "student")
    student.goto(f"{site}/my-rounds")
    follow(student, student.get_by_role("link", name=ROUND).click)
    second = student.locator(".rnd-list li").nth(1).locator("a").first.inner_text()
    follow(student, student.locator(".rnd-list li").nth(1).get_by_role("button", name="Up").click)
    expect(student.locator(".rnd-list li").first).to_contain_text(second)
    student.get_by_label("What do you want to learn?").fill("Programming robots and PLCs, and finding faults in machines.")
    press(student, "Add these places to my list")
    expect(student.get_by_text("at the end of your list", exact=False).first).to_be_visible()
    expect(student.locator(".rnd-list li").first).to_contain_text(second)
    picture(student, "round-wishes-plain")

    school = open_page("/", language="en", scripts=False)
    enter(school, "school")
    school.goto(f"{site}/classes")
    follow(school, school.get_by_role("link", name="MT4A").first.click)
    assert school.locator("main tbody tr").count() >= 30
    school.goto(f"{site}/students/confirm")
    if school.get_by_role("button", name="Confirm who is ticked").count():
        press(school, "Confirm who is ticked")
    school.goto(f"{site}/rounds")
    follow(school, school.get_by_role("link", name=ROUND).click)
    here = school.url
    press(school, "Take in students confirmed since")
    follow(school, school.get_by_role("link", name="Dry run").click)
    expect(school.get_by_text("Nothing is kept", exact=False)).to_be_visible()
    picture(school, "round-trial-plain")
    school.goto(here)
    press(school, "Compute")
    expect(school.get_by_text("Confirm that you end it early", exact=False)).to_be_visible()
    school.get_by_label("End the wishes before the last day").check()
    press(school, "Compute")
    expect(school.get_by_text("Computed and checked", exact=False)).to_be_visible()
    expect(school.get_by_role("link", name="Download the certificate")).to_have_count(0)
    press(school, "Propose to the students")
    expect(school.get_by_text("Students say yes or no until", exact=False)).to_be_visible()
    with school.expect_download() as download:
        school.get_by_role("link", name="Download the certificate").click()
    certificate = tmp_path / "certificate.json"
    download.value.save_as(certificate)
    assert "Voorbeeld" not in certificate.read_text(encoding="utf-8")
    picture(school, "round-proposed-plain")

    guest = open_page("/placing/check", language="en", scripts=False)
    guest.get_by_label("The certificate").set_input_files(certificate)
    press(guest, "Check")
    expect(guest.get_by_text("This certificate is right")).to_be_visible()
    certificate.write_text(certificate.read_text(encoding="utf-8").replace('"seats":2', '"seats":1', 1), encoding="utf-8")
    guest.get_by_label("The certificate").set_input_files(certificate)
    press(guest, "Check")
    expect(guest.get_by_text("This certificate is not right")).to_be_visible()

    student.goto(f"{site}/my-rounds")
    follow(student, student.get_by_role("link", name=ROUND).click)
    expect(student.get_by_text("Proposed to you")).to_be_visible()
    picture(student, "round-proposal-plain")
    press(student, "Yes, I take it")
    expect(student.get_by_text("Your school still has to approve it", exact=False)).to_be_visible()
    school.goto(here)
    row = school.locator("main tbody tr", has_text="Sytse Voorbeeld").first
    expect(row).to_contain_text("accepted")
    school.goto(f"{site}/placements")
    expect(school.locator("main").get_by_text("Sytse Voorbeeld").first).to_be_visible()


def test_the_pages_of_a_round_have_no_fault_that_axe_finds(open_page, axe, site):
    for who, pages in (("student", ["/my-rounds"]), ("company", ["/placing/places"]), ("school", ["/rounds", "/rounds/new"])):
        page = open_page("/", language="en")
        enter(page, who)
        for address in pages:
            page.goto(site + address)
            assert axe(page) == [], address
        if who != "company":
            page.goto(site + pages[0])
            follow(page, page.get_by_role("link", name=ROUND).click)
            assert axe(page) == []
