"""Reading a class list and putting it beside what is known; no database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipf_talent.enrolments.class_list import Entry, day, kilometres, looks_like_bsn, read, years_before
from ipf_talent.enrolments.class_list_columns import Why
from ipf_talent.enrolments.class_plan import Choice, Kind, Known, compare
from ipf_talent.enrolments.kinds import EnrolmentStatus
from ipf_talent.uploads import read_upload

TODAY = date(2026, 11, 27)
HEADER = "Studentnummer;Naam;E-mail;Opleiding;Leerjaar;Klas;Cohort;Wordt 18 op;Reisafstand (km)"
GOOD = "s1;Jildou Wiersma;Jildou@school.example;25344;2;MT4A;2025-2026;;25"
CHOICES = (
    Choice(1, "voorbeeld-mechatronica-4", "25344", ("Mechatronica", "Mechatronics"), own=True),
    Choice(2, "mbo-technicus-mechatronica", "25344", ("Technicus mechatronica",), own=False),
    Choice(3, "verspaning-3", "25340", ("Verspaning",), own=True),
    Choice(4, "verspaning-3-avond", "25340", ("Verspaning", "Evening"), own=True),
)


@pytest.fixture(autouse=True)
def _words(application):
    """Sentences come in the reader's language, which here is English."""
    with application.test_request_context("/?lang=en"):
        yield


def sent(*rows, header=HEADER, encoding="utf-8", example=False):
    data = "\r\n".join((header, *rows)).encode(encoding)
    return read(read_upload(data, "klas.csv", most_rows=1000), today=TODAY, example=example)


def planned(*rows, known=None, classes=(), header=HEADER, starts_year=2026):
    entries = sent(*rows, header=header).entries
    return compare(entries, known=known or {}, choices=CHOICES, classes=classes, starts_year=starts_year, today=TODAY)


def only(plan):
    (line,) = plan.lines
    return line


def whys(read_or_line):
    return {problem.why for problem in read_or_line.problems}


def test_a_row_is_read_with_dutch_names_and_semicolons():
    (entry,) = sent(GOOD).entries
    assert entry.problems == ()
    assert entry.cells["number"] == "s1"
    assert entry.cells["travel_km"] == "25"


@pytest.mark.parametrize(
    "header",
    [
        "Studentnummer;Naam;E-mailadres;Opleiding;Klas",
        "student number;name;e-mail;programme;class",
        "Studintnûmer;Namme;E-mail;Oplieding;Klasse",
        "LEERLINGNUMMER;Volledige naam;Mailadres;Crebo;Groep",
    ],
)
def test_columns_are_known_in_three_languages(header):
    assert len(sent("s1;Jildou;j@school.example;25344;MT4A", header=header).entries) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_accents_survive_every_encoding(encoding):
    (entry,) = sent("s1;Zoë Fré;z@school.example;25344;2;MT4A;;;", encoding=encoding).entries
    assert entry.cells["name"] == "Zoë Fré"


def test_a_missing_column_is_named():
    assert sent("s1;Jildou", header="Studentnummer;Naam").refusal == (
        "These columns are missing: E-mail address, Programme, Class. The first row has to name them."
    )


@pytest.mark.parametrize(
    "column", ["BSN", "burgerservicenummer", "Onderwijs-nummer", "PGN", "Geboortedatum", "Nationaliteit", "ECK iD"]
)
def test_a_file_with_what_we_never_take_is_refused_as_a_whole(column):
    found = sent(f"{GOOD};1", header=f"{HEADER};{column}")
    assert column in found.refusal
    assert found.entries == ()


def test_other_columns_are_named_and_not_read():
    found = sent(f"{GOOD};0512-123456", header=f"{HEADER};Telefoon")
    assert found.ignored == ("Telefoon",)
    assert "0512-123456" not in str(found.entries)


@pytest.mark.parametrize("number", ["111222333", "123456782", "1112.22.333", "111 222 333"])
def test_a_number_that_could_be_a_bsn_is_refused_and_not_kept(number):
    found = sent(GOOD.replace("s1;", f"{number};"))
    assert whys(found.entries[0]) == {Why.BSN}
    assert number not in str([entry.as_json() for entry in found.entries])


@pytest.mark.parametrize("number", ["123456789", "s111222333", "11122233", "000000000", "1112223334"])
def test_another_number_is_no_bsn(number):
    assert not looks_like_bsn(number)


@given(st.integers(0, 999_999_99))
def test_of_ten_numbers_that_differ_in_the_last_digit_at_most_one_passes(start):
    assert sum(looks_like_bsn(f"{start:08}{last}") for last in range(10)) <= 1


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("s1;;j@school.example;25344;2;MT4A;;;", Why.MISSING),
        ("s1;Jildou;jildou;25344;2;MT4A;;;", Why.EMAIL),
        ("s1;Jildou;j@school.example;25344;9;MT4A;;;", Why.YEAR),
        ("s1;Jildou;j@school.example;25344;2;MT4A;vorig jaar;;", Why.COHORT),
        ("s1;Jildou;j@school.example;25344;2;MT4A;;31-02-2027;", Why.DAY),
        ("s1;Jildou;j@school.example;25344;2;MT4A;;28-11-2028;", Why.UNDER_16),
        ("s1;Jildou;j@school.example;25344;2;MT4A;;;ver", Why.TRAVEL),
        (f"s1;{'J' * 81};j@school.example;25344;2;MT4A;;;", Why.TOO_LONG),
    ],
)
def test_what_is_wrong_in_a_row_is_said(row, why):
    (entry,) = sent(row).entries
    assert whys(entry) == {why}
    assert all(problem.message for problem in entry.problems)


def test_who_turns_16_today_may_come_and_tomorrow_not_yet():
    assert sent("s1;Jildou;j@school.example;25344;2;MT4A;;27-11-2028;").entries[0].problems == ()
    assert whys(sent("s1;Jildou;j@school.example;25344;2;MT4A;;28-11-2028;").entries[0]) == {Why.UNDER_16}


def test_a_leap_day_has_a_day_before():
    assert years_before(date(2028, 2, 29), 2) == date(2026, 3, 1)


@pytest.mark.parametrize("cell", ["2027-05-01", "1-5-2027", "01/05/2027", "1.5.2027", "2027-05-01 00:00:00"])
def test_days_are_read_as_people_write_them(cell):
    assert day(cell) == date(2027, 5, 1)


@pytest.mark.parametrize(
    ("cell", "found"), [("25", 25), ("25 km", 25), ("25,0", 25), ("0", None), ("501", None), ("-3", None), ("٢٥", None)]
)
def test_kilometres(cell, found):
    assert kilometres(cell) == found


def test_doubles_name_each_other():
    found = sent(GOOD, "S1;Nynke;n@school.example;25344;2;MT4A;;;", "s3;Ilse;jildou@school.example;25344;2;MT4A;;;")
    assert [whys(entry) for entry in found.entries] == [{Why.TWICE}] * 3
    assert "3" in found.entries[0].problems[0].message


def test_in_an_example_school_no_mail_goes_to_real_people():
    found = sent("s1;Jildou;j@school.nl;25344;2;MT4A;;;", GOOD.replace("s1", "s2"), example=True)
    assert [whys(entry) for entry in found.entries] == [{Why.NOT_EXAMPLE}, set()]


def test_a_row_that_cannot_be_read_is_refused_with_its_number():
    found = sent(GOOD, "s2;Nynke", GOOD.replace("s1", "s3").replace("Jildou@", "j3@"))
    assert [(entry.row, bool(entry.problems)) for entry in found.entries] == [(2, False), (3, True), (4, False)]
    assert "cells" in found.entries[1].problems[0].message


def test_entries_survive_being_kept():
    for entry in sent(GOOD, "s2;Nynke", "111222333;;x;;9;;;;").entries:
        assert Entry.from_json(entry.as_json()) == entry


def test_a_new_student_is_added_with_the_schools_own_programme_and_a_new_class():
    plan = planned(GOOD)
    assert only(plan).kind is Kind.ADDED
    assert only(plan).values == {
        "name": "Jildou Wiersma", "email": "jildou@school.example", "programme": 1, "class": "MT4A", "year": 2,
        "cohort": "2025-2026", "travel_km": 25,
    }  # fmt: skip
    assert plan.classes == {"MT4A": (1, 2)}


@pytest.mark.parametrize("cell", ["25344", "Mechatronica", "mechatronics", "VOORBEELD-MECHATRONICA-4", " mechatronica "])
def test_a_programme_is_found_by_code_title_or_slug(cell):
    assert only(planned(GOOD.replace("25344", cell))).values["programme"] == 1


def test_a_programme_that_nobody_knows_or_two_have_is_refused():
    assert whys(only(planned(GOOD.replace("25344", "Toveren")))) == {Why.NO_PROGRAMME}
    line = only(planned(GOOD.replace("25344", "25340")))
    assert whys(line) == {Why.TWO_PROGRAMMES}
    assert "verspaning-3" in line.problems[0].message


def known(**changes):
    values = {"name": "Jildou Wiersma", "email": "jildou@school.example", "programme": 1, "class": "MT4A", "year": 2,
              "cohort": "2025-2026", "travel_km": 25, "minor_until": None}  # fmt: skip
    status = changes.pop("status", EnrolmentStatus.CONFIRMED)
    starts_year = changes.pop("starts_year", 2026)
    return {"s1": Known("s1", values | changes, starts_year, status)}


def test_the_same_list_again_changes_nothing():
    plan = planned(GOOD, known=known(), classes=["MT4A"])
    assert only(plan).kind is Kind.LEFT
    assert not plan.changes_something
    assert plan.classes == {}


def test_what_differs_is_told_old_and_new():
    line = only(planned(GOOD, known=known(year=1, **{"class": "MT3A"}), classes=["MT4A"]))
    assert line.kind is Kind.CHANGED
    assert {(one.what, one.old, one.new) for one in line.changes} == {("class", "MT3A", "MT4A"), ("year", 1, 2)}


def test_an_empty_cell_leaves_what_is_known():
    assert (
        only(planned("s1;Jildou Wiersma;jildou@school.example;25344;;MT4A;;;", known=known(), classes=["MT4A"])).kind is Kind.LEFT
    )


def test_a_birthday_that_is_past_is_not_kept():
    row = "s1;Jildou Wiersma;jildou@school.example;25344;2;MT4A;2025-2026;{};25"
    assert "minor_until" not in only(planned(row.format("27-11-2026"))).values
    assert only(planned(row.format("28-11-2026"))).values["minor_until"] == date(2026, 11, 28)


def test_a_new_school_year_and_a_return_are_changes():
    moved = only(planned(GOOD, known=known(starts_year=2025), classes=["MT4A"]))
    assert [(one.what, one.old, one.new) for one in moved.changes] == [("school_year", 2025, 2026)]
    back = only(planned(GOOD, known=known(status=EnrolmentStatus.ENDED), classes=["MT4A"]))
    assert [one.what for one in back.changes] == ["status"]


def test_an_address_of_somebody_else_is_refused_unless_the_list_gives_them_another():
    others = {"s9": Known("s9", known()["s1"].values, 2026, EnrolmentStatus.CONFIRMED)}
    assert whys(only(planned(GOOD, known=others))) == {Why.TAKEN}
    both = planned(GOOD, "s9;Ilse;ilse@school.example;25344;2;MT4A;;;", known=others)
    assert [line.kind for line in both.lines] == [Kind.ADDED, Kind.CHANGED]


def test_who_is_not_on_the_list_is_named_and_left():
    others = known() | {
        "s2": Known("s2", known()["s1"].values | {"name": "Nynke", "email": "n@x.example"}, 2026, EnrolmentStatus.INVITED)
    }
    elsewhere = {"s3": Known("s3", known()["s1"].values | {"class": "VB3A", "email": "i@x.example"}, 2026, EnrolmentStatus.INVITED)}
    plan = planned(GOOD, known=others | elsewhere, classes=["MT4A", "VB3A"])
    assert plan.missing == (("s2", "Nynke"),)


_CELLS = st.fixed_dictionaries(
    {
        "number": st.from_regex(r"s[0-9]{1,4}", fullmatch=True),
        "year": st.sampled_from(["", "1", "4"]),
        "class": st.sampled_from(["MT4A", "mt4a", "VB3A"]),
        "programme": st.sampled_from(["25344", "voorbeeld-mechatronica-4", "niets"]),
        "minor": st.sampled_from(["", "01-06-2027", "01-06-2020"]),
        "km": st.sampled_from(["", "25", "25 km"]),
    }
)


@given(st.lists(_CELLS, max_size=12, unique_by=lambda cells: cells["number"]))
def test_a_list_that_was_applied_changes_nothing_the_second_time(rows):
    lines = [
        f"{c['number']};Naam {n};m{n}@school.example;{c['programme']};{c['year']};{c['class']};;{c['minor']};{c['km']}"
        for n, c in enumerate(rows)
    ]
    if not lines:
        return
    first = planned(*lines)
    there = {}
    names = {}
    for line in first.lines:
        if line.kind is Kind.ADDED:
            label = names.setdefault(line.values["class"].casefold(), line.values["class"])
            there[line.number.casefold()] = Known(line.number, line.values | {"class": label}, 2026, EnrolmentStatus.INVITED)
    again = planned(*lines, known=there, classes=list(names.values()))
    assert {line.kind for line in again.lines} <= {Kind.LEFT, Kind.REFUSED}
    assert not again.classes
