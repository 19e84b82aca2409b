"""A programme manager imports a list with three bad rows: each is named and left out on purpose; again, and nothing changes."""

from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE, follow
from tests.journeys.test_roles import look_around

HEAD = "Naam;Soort;Niveau;Code;Plaats;Leerweg of vorm;Schooldagen;Werkdagen;Start;Aanmelden tot en met;Aantal plekken\r\n"
ROWS = (
    "Precisietechniek ({0});mbo-diploma;mbo 3;{0}-1;Drachten;bol;4;1;1-9-2090;1-4-2090;24",
    "Precisietechniek ({0});mbo-diploma;mbo 3;{0}-1;Drachten;bbl;1;4;1-9-2090;1-4-2090;12",
    "Glastechniek ({0});mbo-diploma;mbo 3;{0}-2;Atlantis;bol;4;1;1-9-2090;1-4-2090;24",
    "Lasertechniek ({0});mbo-diploma;mbo 7;{0}-3;Drachten;bol;4;1;1-9-2090;1-4-2090;24",
    "Vacuümtechniek ({0});mbo-diploma;mbo 4;{0}-4;Drachten;bol;4;4;1-9-2090;1-4-2090;24",
)


def send(page, site, rows, feed):
    page.goto(site + "/listings/import")
    data = (HEAD + "\r\n".join(rows)).encode("windows-1252")
    page.get_by_label("The file").set_input_files({"name": "aanbod.csv", "mimeType": "text/csv", "buffer": data})
    page.get_by_label("Which list is it?").fill(feed)
    follow(page, page.get_by_role("button", name="Look what it would do").click)


def test_three_bad_rows_are_named_and_the_good_ones_applied_on_purpose(open_page, site, picture, axe):
    page = look_around(open_page, "school", viewport=DESKTOP)
    rows = [row.format("JA") for row in ROWS]
    send(page, site, rows, "Journey A")
    table = page.locator(".imp-rows")
    expect(table).to_contain_text("We do not know the place “Atlantis”.")
    expect(table).to_contain_text("“mbo 7” is none of the choices")
    expect(table).to_contain_text("School days and work days together are more than seven.")
    expect(page.locator("main")).to_contain_text("Read as Windows-1252")
    assert axe(page) == []
    picture(page, "journey-import-look")
    follow(page, page.get_by_role("button", name="Apply the file").click)
    expect(page.locator(".ipf-errors")).to_contain_text("Say that the refused rows may stay out")
    page.get_by_label("Leave the refused rows out and apply the others").check()
    follow(page, page.get_by_role("button", name="Apply the file").click)
    expect(page.get_by_role("heading", level=1)).to_have_text("What was applied")
    send(page, site, rows[:2], "Journey A")
    expect(page.locator("main")).to_contain_text("No row adds or changes anything")
    page.goto(site + "/listings?q=Precisietechniek (JA)")
    expect(page.locator("main li, main tr").filter(has_text="Precisietechniek (JA)").first).to_contain_text("Draft")


def test_without_scripts_on_a_phone_the_faults_come_as_a_sheet(open_page, site, picture):
    page = look_around(open_page, "school", viewport=PHONE, scripts=False)
    send(page, site, [row.format("JB") for row in ROWS], "Journey B")
    picture(page, "journey-import-phone")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    assert "Atlantis" in download.value.path().read_text(encoding="utf-8-sig")
    follow(page, page.get_by_role("button", name="Remove this file").click)
    expect(page.locator("main")).to_contain_text("Removed")
