"""A coordinator takes a class list with bad rows to a class, a period and the board; a student says that something is wrong."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE, follow
from tests.journeys.test_roles import look_around

ROWS = (
    "Studentnummer;Naam;E-mail;Opleiding;Leerjaar;Klas;Wordt 18 op",
    "{n}1;Geeske Proef;geeske.{n}@klas.example;voorbeeld-mechatronica-4;2;{n};",
    "{n}2;Hidde Proef;hidde.{n}@klas.example;voorbeeld-mechatronica-4;2;{n};",
    "111222333;Imke Proef;imke.{n}@klas.example;voorbeeld-mechatronica-4;2;{n};",
    "{n}4;Jurre Proef;geen adres;voorbeeld-mechatronica-4;2;{n};",
    "{n}5;Keimpe Proef;keimpe.{n}@klas.example;voorbeeld-mechatronica-4;2;{n};1-1-2099",
)


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_class_list_with_bad_rows_becomes_a_class_on_the_board(open_page, site, picture, axe, scripts):
    name = "KL1" if scripts else "KL2"
    page = look_around(open_page, "school", viewport=DESKTOP if scripts else PHONE, scripts=scripts)
    follow(page, page.get_by_role("link", name="Classes", exact=True).first.click)
    follow(page, page.get_by_role("link", name="Send a class list").first.click)
    assert not scripts or axe(page) == []
    data = "\r\n".join(ROWS).format(n=name).encode("cp1252")
    page.get_by_label("The list").set_input_files({"name": "klas.csv", "mimeType": "text/csv", "buffer": data})
    follow(page, page.get_by_role("button", name="Look what it would do").click)
    expect(page.get_by_role("heading", name="What the list would do")).to_be_visible()
    expect(page.get_by_text("This looks like a BSN").first).to_be_visible()
    expect(page.get_by_text("111222333")).to_have_count(0)
    expect(page.get_by_text("3 refused rows stay out")).to_be_visible()
    picture(page, f"journey-class-list-{name}")
    assert not scripts or axe(page) == []
    follow(page, page.get_by_role("button", name="Apply the list").click)
    expect(page.get_by_role("heading", name="The list is in")).to_be_visible()
    follow(page, page.get_by_role("link", name="To the classes").click)
    follow(page, page.get_by_role("link", name=name, exact=True).click)
    expect(page.get_by_role("link", name="Geeske Proef")).to_be_visible()

    follow(page, page.get_by_role("link", name="Change", exact=True).click)
    page.get_by_label("Internship period").select_option(
        label=page.locator("#period option", has_text="BPV leerjaar 3").inner_text()
    )
    follow(page, page.get_by_role("button", name="Save").click)
    follow(page, page.get_by_role("link", name="Who has no place").click)
    expect(page.get_by_text("2 students", exact=True)).to_be_visible()
    row = page.locator("tbody tr", has_text="Geeske Proef")
    expect(row.get_by_text("take the invitation")).to_be_visible()
    picture(page, f"journey-board-{name}")
    assert not scripts or axe(page) == []
    page.get_by_label("Choose Geeske Proef").check()
    follow(page, page.get_by_role("button", name="The students").click)
    expect(page.get_by_text("1 nudge is on its way.")).to_be_visible()
    page.get_by_label("Choose Geeske Proef").check()
    follow(page, page.get_by_role("button", name="The students").click)
    expect(page.get_by_text("1 was given today already.")).to_be_visible()


def test_a_student_sees_what_the_school_confirmed_and_says_that_it_is_wrong(open_page, site, picture, axe):
    student = look_around(open_page, "student", viewport=PHONE)
    follow(student, student.get_by_role("link", name="My school").first.click)
    expect(student.get_by_text("Confirmed by your school")).to_be_visible()
    expect(student.get_by_text("MT4A")).to_be_visible()
    assert axe(student) == []
    assert student.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    student.get_by_label("What is wrong?").fill("Ik zit in klas MT4B.")
    follow(student, student.get_by_role("button", name="Tell my coordinator").click)
    expect(student.get_by_text("You said that something is wrong")).to_be_visible()
    picture(student, "journey-my-school")

    school = look_around(open_page, "school", viewport=DESKTOP)
    follow(school, school.get_by_role("link", name="Students to confirm").first.click)
    note = school.locator("article", has_text="Ik zit in klas MT4B.")
    expect(note.get_by_role("link", name="Sytse Voorbeeld")).to_be_visible()
    assert axe(school) == []
    picture(school, "journey-students-to-confirm")
    follow(school, note.get_by_role("button", name="I have dealt with it").click)
    expect(school.get_by_text("Ik zit in klas MT4B.")).to_have_count(0)
