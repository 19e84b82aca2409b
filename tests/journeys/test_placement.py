"""One placement from proposed to running: five questions, the agreement, a click, a paper signature, a change, and its PDF."""

import io
from datetime import date, timedelta

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.journeys.conftest import DESKTOP, PHONE, follow

KEY = "voorbeeld-pok-2"
PAGE = f"/placements/{KEY}"
QUESTIONS = (
    "recognised at this address",
    "looked the recognition up",
    "belongs to the programme",
    "safe for this student",
    "There is enough guidance",
)
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def enter(page, site, who):
    """Look around as somebody of the example environment."""
    page.goto(site + "/sign-in")
    follow(page, page.locator(f"form[action$='/demo/{who}'] button").first.click)


def press(page, name):
    """A button that leads to a page."""
    follow(page, page.get_by_role("button", name=name, exact=True).click)


def test_a_placement_goes_from_proposed_to_running_with_a_click_a_paper_signature_and_a_change(
    open_page, picture, axe, site, command
):
    school = open_page("/", viewport=DESKTOP, language="en")
    enter(school, site, "school")
    school.goto(site + PAGE)
    for question in QUESTIONS:
        school.get_by_label(question).check()
    assert axe(school) == []
    picture(school, "placement-questions")
    press(school, "Approve the placement")
    expect(school.get_by_text("Approved", exact=True).first).to_be_visible()

    # the agreement: what is missing stands there, and it is filled in
    press(school, "Prepare the agreement")
    expect(school.get_by_role("heading", name="This is still missing")).to_be_visible()
    picture(school, "placement-missing")
    follow(school, school.get_by_role("link", name="Fill in the agreement").click)
    assert axe(school) == []
    for part in ("B1-K1-W3 Monteert", "B1-K1-W4 Stelt"):
        school.get_by_label(part).check()
    school.get_by_label("Other parts").fill("Veilig werken met robots")
    school.get_by_label("Allowance or wage").fill("350 euro per maand")
    monday = school.get_by_role("group", name="Monday")
    monday.get_by_label("From").fill("08:00")
    monday.get_by_label("Until").fill("16:30")
    monday.get_by_label("Breaks, in minutes").fill("30")
    for day in ("Tuesday", "Wednesday", "Thursday"):
        monday.get_by_label(day).check()
    school.get_by_role("group", name="Friday").get_by_label("Hours at school").fill("6")
    press(school, "Save")
    school.locator("summary", has_text="I looked it up").click()
    school.get_by_label("Recognised on the starting date").check()
    press(school, "Keep the outcome")
    today = date.today()
    follow(school, school.get_by_role("link", name="Change the data").click)
    school.get_by_label("First day").fill(today.isoformat())
    press(school, "Save")
    press(school, "Send the agreement to be signed")
    expect(school.get_by_text("Look the recognition up again", exact=False).first).to_be_visible()
    school.locator("summary", has_text="I looked it up").click()
    school.get_by_label("Recognised on the starting date").check()
    press(school, "Keep the outcome")
    press(school, "Send the agreement to be signed")
    expect(school.get_by_text("Awaiting signatures", exact=True).first).to_be_visible()

    # the company reads it on a phone and signs by a click
    company = open_page("/", viewport=PHONE, language="en")
    enter(company, site, "company")
    company.goto(f"{site}/received/placements/voorbeeld-pok-2")
    assert axe(company) == []
    follow(company, company.get_by_role("link", name="Read and sign").click)
    expect(company.get_by_text("B1-K1-W3 Monteert mechatronische systemen")).to_be_visible()
    assert axe(company) == []
    picture(company, "placement-sheet")
    press(company, "Sign")
    expect(company.get_by_text("You have signed.", exact=False)).to_be_visible()

    # the student signed on paper; the school keeps the scan and signs itself
    follow(school, school.get_by_role("link", name="The agreement").click)
    press(school, "Sign")
    follow(school, school.get_by_role("link", name="Signed on paper or in our system").click)
    paper = school.locator("form", has=school.get_by_label("The scan"))
    paper.get_by_label("Student", exact=True).check()
    paper.get_by_label("Names, as they stand on the paper").fill("Ilse Voorbeeld")
    paper.get_by_label("The scan").set_input_files({"name": "getekend.pdf", "mimeType": "application/pdf", "buffer": PDF})
    picture(school, "placement-paper")
    press(school, "Keep the scan")
    expect(school.get_by_text("Signed by everybody").first).to_be_visible()

    # the PDF has the words, the language and the tags
    with school.expect_download() as waiting:
        school.get_by_role("link", name="Sheet 1 as PDF").click()
    reader = PdfReader(io.BytesIO(waiting.value.path().read_bytes()))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert reader.trailer["/Root"]["/Lang"].startswith("nl")
    assert "/StructTreeRoot" in reader.trailer["/Root"]
    for words in ("B1-K1-W4 Stelt mechatronische systemen af", "Veilig werken met robots", "350 euro per maand"):
        assert words in text

    # today is the first day, so the site starts it
    command("placements", "keep", "--only", KEY)
    school.goto(site + PAGE)
    expect(school.get_by_text("Running", exact=True).first).to_be_visible()

    # a change comes on sheet 2; the company agrees, the student has ten working days
    follow(school, school.get_by_role("link", name="Change what was agreed").click)
    school.get_by_label("The school", exact=True).check()
    last = school.get_by_label("Last day").input_value()
    school.get_by_label("Last day").fill((date.fromisoformat(last) + timedelta(days=14)).isoformat())
    press(school, "Send the changed sheet")
    expect(school.get_by_role("heading", name="Sheet 2", exact=True)).to_be_visible()
    assert axe(school) == []
    picture(school, "placement-change")
    company.goto(f"{site}/agreements/voorbeeld-pok-2")
    expect(company.get_by_role("heading", name="Do you agree with the change?")).to_be_visible()
    press(company, "I agree")
    expect(company.get_by_text("Your answer is kept.")).to_be_visible()
    command("placements", "keep", "--only", KEY, "--after", "11")
    school.reload()
    expect(school.get_by_text("In force", exact=True).first).to_be_visible()
