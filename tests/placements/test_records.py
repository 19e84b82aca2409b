"""Files that leave the site: the record for a school's system, and a company's hours and guidance; no cell is a formula."""

import csv
import json
import re
from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from ipf_talent import clock, tables
from ipf_talent.accounts.models import AuditEntry
from ipf_talent.accounts.roles import Role
from ipf_talent.enrolments.kinds import EnrolmentStatus
from ipf_talent.enrolments.models import Enrolment
from ipf_talent.placements import amending, editing, services
from ipf_talent.placements.guidance import hours, records
from ipf_talent.placements.guidance import personal_data as guidance_data
from ipf_talent.placements.guidance.kinds import HoursKind, HoursState, LinkPurpose, MomentKind
from ipf_talent.placements.guidance.models import ContactMoment, GuestLink, HoursEntry
from ipf_talent.placements.kinds import AgreementStatus, AgreementType, CheckOutcome, Deed, PlacementStatus, Who
from ipf_talent.placements.models import Agreement
from ipf_talent.vacancies.kinds import VacancyKind
from tests.factories import placements as placed
from tests.factories.accounts import make_user
from tests.factories.guidance import make_hours, make_moment, make_running
from tests.factories.organisations import make_organisation, make_school
from tests.factories.programmes import make_programme

MONDAY = date(2027, 3, 1)
TEXTS = st.text("=+-@\t\n'\";,aé☃0 ", max_size=12)


def read_csv(body):
    text = body.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text[1:], newline=""), delimiter=";"))


@settings(deadline=None)
@given(st.lists(st.lists(TEXTS, min_size=2, max_size=2), max_size=5))
def test_no_cell_of_a_csv_file_begins_a_formula_and_every_text_comes_back(rows):
    rows = [[cell.replace("\x00", "").replace("\r", "") for cell in row] for row in rows]
    read = read_csv(tables.as_csv([["a", "b"], *rows]))[1:]
    assert len(read) == len(rows)
    for row, cells in zip(rows, read, strict=True):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\n")) for cell in cells)
        assert list(map(tables.unguarded, cells)) == row


@pytest.mark.parametrize("text", ["=1+1", "+31 6 1234", "-2", "@SUM(A1)", "\tx", '=HYPERLINK("http://x")'])
def test_what_looks_like_a_formula_stays_text(text):
    assert read_csv(tables.as_csv([[text], [text]])) == [["'" + text], ["'" + text]]
    sheet = CalamineWorkbook.from_filelike(BytesIO(tables.as_xlsx("t", [[text], [text]]))).get_sheet_by_index(0)
    assert sheet.to_python() == [[text], [text]]


def test_numbers_and_days_stay_numbers_and_days():
    rows = [[1, 7.5, date(2027, 3, 1), None]]
    assert read_csv(tables.as_csv([["a", "b", "c", "d"], *rows]))[1] == ["1", "7,5", "2027-03-01", ""]
    sheet = CalamineWorkbook.from_filelike(BytesIO(tables.as_xlsx("t", [["a", "b", "c", "d"], *rows]))).get_sheet_by_index(0)
    assert sheet.to_python()[1] == [1.0, 7.5, date(2027, 3, 1), ""]


@pytest.fixture
def school(app_context, session):
    return make_school()


def enrolled(session, school, number, **values):
    student = make_user(Role.STUDENT, school)
    row = Enrolment(
        key=f"e{number}", school_id=school.id, student_id=student.id, email=student.email, name=student.display_name,
        number=number, programme=make_programme(), status=EnrolmentStatus.CONFIRMED,
    )  # fmt: skip
    session.add(row)
    session.commit()
    return student, row


def signed(session, placement, day):
    kept = {"type": AgreementType.POK_BOL, "status": AgreementStatus.SIGNED, "closing_on": day}
    session.add(Agreement(placement_id=placement.id, **kept))
    session.commit()


def test_ac_e6_the_record_has_what_the_schools_own_system_asks(school, session):
    student, enrolment = enrolled(session, school, "s1001")
    first = make_running(
        student, school=school, enrolment=enrolment, starts_on=date(2027, 2, 1), ends_on=date(2027, 5, 28),
        ended_on=date(2027, 5, 21), status=PlacementStatus.COMPLETED, optional_module="K0510", leerbedrijf_id="100012345",
        hours=400,
    )  # fmt: skip
    signed(session, first, date(2027, 1, 20))
    second = make_running(student, school=school, enrolment=enrolment, starts_on=date(2027, 9, 6), ends_on=date(2028, 1, 28))
    make_running()  # of another school
    coordinator = make_user(Role.COORDINATOR, school)
    table = records.of_school(coordinator)
    assert table.objects[0] == {
        "sequence_number": 1, "student_number": "s1001", "placement": first.key, "closing_date": "2027-01-20",
        "start": "2027-02-01", "planned_end": "2027-05-28", "actual_end": "2027-05-21", "size_hours": 400,
        "leerbedrijf_id": "100012345",
        "programme_code": "25344", "optional_module": "K0510", "status": "completed",
    }  # fmt: skip
    assert [(row["sequence_number"], row["placement"]) for row in table.objects] == [(1, first.key), (2, second.key)]
    assert records.of_school(make_user(Role.COORDINATOR, make_school())).rows == []


def test_an_agreement_that_ended_for_a_new_one_keeps_its_row_and_the_next_has_the_next_number(app_context, session):
    sides = placed.make_sides()
    placement = placed.make_placement(sides, status=PlacementStatus.SIGNED, starts_in=-5)
    placed.make_placement(sides, status=PlacementStatus.AWAITING_SIGNATURES, student_id=make_user().id)  # never signed
    old, by = placement.leerbedrijf_id, {"by": sides.coordinator, "now": clock.now()}
    amending.change_company(placement, leerbedrijf_id="987654321", **by)
    session.commit()
    table = records.of_school(sides.coordinator)
    assert [(row["sequence_number"], row["leerbedrijf_id"], row["status"]) for row in table.objects] == [(1, old, "ended_early")]
    assert table.objects[0]["actual_end"] == table.objects[0]["closing_date"] == clock.today().isoformat()
    editing.check_recognition(placement, CheckOutcome.RECOGNISED, **by)
    services.move(placement, Deed.SEND, who=Who.SCHOOL, **by)
    for party, user in ((Who.STUDENT, sides.student), (Who.SCHOOL, sides.coordinator), (Who.COMPANY, sides.manager)):
        placed.click(placement, party, user)
    session.commit()
    table = records.of_school(sides.coordinator)
    assert [(row["sequence_number"], row["leerbedrijf_id"], row["status"]) for row in table.objects] == [
        (1, old, "ended_early"), (2, "987654321", "signed"),
    ]  # fmt: skip


def test_a_placement_without_an_enrolment_has_the_number_by_which_the_school_knows_the_student(school, session):
    student, _enrolment = enrolled(session, school, "s1001")
    _other, elsewhere = enrolled(session, make_school(), "x9")
    elsewhere.student_id = student.id
    left, ended = enrolled(session, school, "s1002")
    ended.status = EnrolmentStatus.ENDED
    for one in (student, left):
        make_running(one, school=school)
    table = records.of_school(make_user(Role.COORDINATOR, school))
    assert sorted(str(row["student_number"]) for row in table.objects) == ["None", "s1001"]


def test_the_record_comes_as_csv_xlsx_and_json_and_each_is_noted(school, session, client, sign_in):
    make_running(school=school)
    coordinator = make_user(Role.COORDINATOR, school)
    sign_in(client, coordinator)
    as_csv = client.get("/placements/record?as=csv")
    as_xlsx = client.get("/placements/record?as=xlsx")
    as_json = client.get("/placements/record?as=json")
    assert read_csv(as_csv.data)[0][:4] == ["Sequence number", "Student number of the school", "Placement", "Closing date"]
    sheet = CalamineWorkbook.from_filelike(BytesIO(as_xlsx.data)).get_sheet_by_index(0)
    assert len(sheet.to_python()) == len(json.loads(as_json.data)) + 1 == len(read_csv(as_csv.data)) == 2
    for answer, kind in ((as_csv, "csv"), (as_xlsx, "xlsx"), (as_json, "json")):
        assert re.fullmatch(rf"attachment; filename=record-\d{{4}}-\d\d-\d\d\.{kind}", answer.headers["Content-Disposition"])
    assert (read_csv(as_csv.data)[1][-1], sheet.to_python()[1][-1]) == ("Running", "Running")
    assert json.loads(as_json.data)[0]["status"] == "running"
    assert client.get("/placements/record?as=exe").status_code == 404
    actions = session.scalars(select(AuditEntry.action)).all()
    assert actions.count("export_record") == 3


def test_ac_c6_approved_hours_and_guidance_per_student_and_week_for_bbl(app_context, session):
    company = make_organisation(name="Voorbeeld BV")
    manager = make_user(Role.COMPANY_MANAGER, company)
    times = {"starts_on": date(2027, 2, 1), "ends_on": date(2027, 6, 25)}
    bbl = make_running(company=company, kind=VacancyKind.BBL_APPRENTICESHIP, leerbedrijf_id="100054321", **times)
    bol = make_running(company=company, **times)
    elsewhere = make_running(kind=VacancyKind.BBL_APPRENTICESHIP, **times)
    days = [MONDAY + timedelta(days=n) for n in range(4)]
    for placement in (bbl, bol, elsewhere):
        make_hours(placement, days[:2], minutes=450, state=HoursState.APPROVED)
        make_hours(placement, days[2:3], minutes=480, state=HoursState.SUBMITTED)
        make_hours(placement, days[3:], minutes=360, state=HoursState.APPROVED, kind=HoursKind.SCHOOL)
    make_hours(bbl, [MONDAY + timedelta(days=7)], minutes=480, state=HoursState.APPROVED)
    hours.note_guidance(bbl, MONDAY, 90, now=clock.now())
    make_moment(bbl, kind=MomentKind.START, planned_on=MONDAY, held_on=MONDAY + timedelta(days=9))
    session.commit()
    table = records.of_company(manager)
    assert [list(row.values())[5:] for row in table.objects] == [
        ["Wytske Proef", 2027, 9, "2027-03-01", 15.0, 1.5, 0],
        ["Wytske Proef", 2027, 10, "2027-03-08", 8.0, None, 1],
    ]
    assert {(row["student"], row["crebo"], row["company"], row["leerbedrijf_id"]) for row in table.objects} == {
        (bbl.student.display_name, "25344", "Voorbeeld BV", "100054321")
    }
    trainer = make_user(Role.WORKPLACE_TRAINER, company)
    assert records.of_company(trainer).rows == []
    bbl.trainer = trainer
    session.commit()
    assert len(records.of_company(trainer).rows) == 2


# personal data


def test_guidance_goes_along_when_a_student_asks_for_their_data_and_when_it_is_erased(app_context, session):
    one, other = make_running(), make_running()
    for placement in (one, other):
        make_hours(placement, [clock.today() - timedelta(days=7)], state=HoursState.SUBMITTED)
        make_moment(placement, kind=MomentKind.START, planned_on=clock.today(), agreements="Private words.", held_on=clock.today())
        link = {"name": "Wytske Proef", "email": "wytske@bedrijf.example", "to_trainer": True, "expires_at": clock.now()}
        session.add(GuestLink(key=placement.key, placement_id=placement.id, purpose=LinkPurpose.HOURS, subject="x",
                              secret_hash=placement.key, **link))  # fmt: skip
    session.commit()
    told = guidance_data.export(one.student_id)
    assert [len(told[name]) for name in ("hours", "talks", "assessments", "outcomes", "at_work")] == [1, 1, 0, 0, 0]
    assert "Private words." in str(told)
    guidance_data.scrub([one.id])
    session.commit()
    left = guidance_data.export(one.student_id)
    assert (left["hours"], left["talks"][0]["agreements"], left["talks"][0]["held"] is not None) == ([], "", True)
    assert session.scalars(select(GuestLink.placement_id)).all() == [other.id]
    assert session.scalars(select(HoursEntry.placement_id)).all() == [other.id]
    assert session.scalars(select(ContactMoment.agreements).order_by(ContactMoment.id)).all() == ["", "Private words."]


def test_who_leaves_a_company_leaves_no_name_behind(app_context, session):
    company = make_organisation()
    trainer = make_user(Role.WORKPLACE_TRAINER, company, display_name="Wytske Proef", email="wytske@bedrijf.example")
    one = make_running(company=company, trainer=trainer)
    (entry,) = make_hours(one, [clock.today() - timedelta(days=7)], state=HoursState.APPROVED)
    entry.approved_by_id = trainer.id
    make_moment(one, kind=MomentKind.START, planned_on=clock.today(), company_name="Wytske Proef")
    session.commit()
    assert len(guidance_data.export(trainer.id)["at_work"]) == 1
    guidance_data.erase(trainer)
    session.commit()
    names = [*session.scalars(select(HoursEntry.approved_name)), *session.scalars(select(ContactMoment.company_name))]
    assert names == ["", ""]
