"""A class list from file to rows: a dry run, all of it or nothing, and nothing the second time."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from ipf_talent import clock
from ipf_talent.enrolments import importing, queries
from ipf_talent.enrolments.class_plan import Kind
from ipf_talent.enrolments.importing import Moved
from ipf_talent.enrolments.kinds import EnrolmentStatus
from ipf_talent.enrolments.models import ClassList, Enrolment, SchoolClass
from ipf_talent.errors import DomainError
from ipf_talent.notifications.models import OutboxMail
from tests.factories.accounts import make_user
from tests.factories.enrolments import make_class, make_enrolment

pytestmark = pytest.mark.usefixtures("app_context")

HEADER = "nummer;naam;e-mail;opleiding;leerjaar;klas"
ROWS = (
    "s1;Jildou Wiersma;jildou@school.example;25344;3;MT4A",
    "s2;Nynke Postma;nynke@school.example;mechatronica-4;3;MT4B",
    "111222333;Ilse Bakker;ilse@school.example;25344;3;MT4A",
    "s4;Karim de Vries;geen adres;25344;3;MT4A",
)


def keep(school, *rows, name="klas.csv"):
    data = "\n".join((HEADER, *rows)).encode()
    return importing.keep(school.one, data, name, starts_year=2026, by=school.coordinator, now=clock.now())


def apply(school, row):
    shown = importing.plan_of(row, clock.today()).print
    return importing.apply(row, shown=shown, by=school.coordinator, now=clock.now())


def count(session, table):
    return session.scalar(select(func.count()).select_from(table))


def test_a_dry_run_changes_nothing_and_counts_each_kind(school, session):
    make_enrolment(school.group, number="s1", name="Jildou Wiersma", email="jildou@school.example")
    row = keep(school, *ROWS)
    before = count(session, Enrolment), count(session, OutboxMail)
    plan = importing.plan_of(row, clock.today())
    assert plan.counts == {Kind.ADDED: 1, Kind.CHANGED: 0, Kind.LEFT: 1, Kind.REFUSED: 2}
    assert list(plan.classes) == ["MT4B"]
    assert (count(session, Enrolment), count(session, OutboxMail)) == before


def test_applying_makes_students_classes_and_invitations(school, session):
    assert apply(school, keep(school, *ROWS)) == {Kind.ADDED: 2, Kind.CHANGED: 0, Kind.LEFT: 0, Kind.REFUSED: 2}
    one, two = queries.students_of(school.one.id)
    assert (one.number, one.status, one.class_id) == ("s1", EnrolmentStatus.INVITED, school.group.id)
    assert two.school_class.name == "MT4B"
    assert two.school_class.programme_id == school.programme.id
    letters = session.scalars(select(OutboxMail.to_address).order_by(OutboxMail.id)).all()
    assert letters == ["jildou@school.example", "nynke@school.example"]


def test_the_same_list_twice_does_nothing_the_second_time(school, session):
    apply(school, keep(school, *ROWS))
    before = count(session, OutboxMail)
    again = keep(school, *ROWS)
    assert importing.plan_of(again, clock.today()).counts[Kind.LEFT] == 2
    with pytest.raises(DomainError):
        apply(school, again)
    assert count(session, OutboxMail) == before


def test_a_second_press_does_nothing_more(school, session):
    row = keep(school, *ROWS)
    shown = importing.plan_of(row, clock.today()).print
    first = importing.apply(row, shown=shown, by=school.coordinator, now=clock.now())
    assert importing.apply(row, shown=shown, by=school.coordinator, now=clock.now()) == first
    assert count(session, Enrolment) == 2


def test_the_rows_go_once_they_are_applied(school):
    row = keep(school, *ROWS)
    assert "Jildou" in str(row.entries)
    apply(school, row)
    assert row.entries == []


def test_what_could_be_a_bsn_is_not_even_kept_for_the_dry_run(school, session):
    row = keep(school, *ROWS)
    session.expire_all()
    assert "111222333" not in str(session.get(ClassList, row.id).entries)
    assert "Ilse" in str(row.entries)


def test_what_somebody_changed_meanwhile_is_shown_before_it_is_applied(school, session):
    row = keep(school, *ROWS)
    shown = importing.plan_of(row, clock.today()).print
    make_enrolment(school.group, number="s1", name="Jildou", email="jildou@school.example")
    with pytest.raises(Moved):
        importing.apply(row, shown=shown, by=school.coordinator, now=clock.now())
    session.rollback()
    assert count(session, Enrolment) == 1


def test_a_fault_in_the_middle_leaves_everything_as_it_was(school, session, monkeypatch):
    row = keep(school, *ROWS)
    session.commit()
    real = importing.services.enrol

    def breaks(target, values, **more):
        if values["number"] == "s2":
            raise RuntimeError
        return real(target, values, **more)

    monkeypatch.setattr(importing.services, "enrol", breaks)
    with pytest.raises(RuntimeError):
        apply(school, row)
    session.rollback()
    assert (count(session, Enrolment), count(session, SchoolClass), count(session, OutboxMail)) == (0, 1, 0)
    assert session.get(ClassList, row.id).applied_at is None


def test_a_change_keeps_the_account_and_the_confirmation(school):
    student = make_user(None, email="jildou@school.example", display_name="Jildou")
    enrolment = make_enrolment(school.group, student=student, number="s1")
    apply(school, keep(school, "s1;Jildou Wiersma;jildou@school.example;25344;4;MT4A"))
    assert (enrolment.name, enrolment.year, enrolment.status) == ("Jildou Wiersma", 4, EnrolmentStatus.CONFIRMED)
    assert enrolment.student_id == student.id


def test_who_left_and_stands_on_a_list_again_is_invited(school, session):
    enrolment = make_enrolment(school.group, number="s1", name="Jildou Wiersma", email="jildou@school.example",
                               status=EnrolmentStatus.ENDED, ended_at=clock.now())  # fmt: skip
    assert apply(school, keep(school, ROWS[0]))[Kind.CHANGED] == 1
    assert enrolment.status is EnrolmentStatus.INVITED
    assert count(session, OutboxMail) == 1


def test_students_of_another_school_are_not_touched(school):
    theirs = make_enrolment(make_class(school.other, name="MT4A"), number="s1", name="Anders", email="jildou@school.example")
    apply(school, keep(school, ROWS[0]))
    assert theirs.name == "Anders"
    assert len(queries.students_of(school.one.id)) == 1


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "klas.csv"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "klas.png"),
        (b"PK\x03\x04 half a file", "klas.xlsx"),
        (b"nummer;naam\ns1;Jildou", "klas.csv"),
        (b'nummer;naam;e-mail;opleiding;klas\ns1;"Jildou', "klas.csv"),
        ("\n".join(["nummer;naam;e-mail;opleiding;klas", *["s1;a;a@b.example;25344;A"] * 1001]).encode(), "klas.csv"),
    ],
)
def test_a_file_that_is_no_class_list_gets_a_sentence_and_is_not_kept(school, session, data, name):
    with pytest.raises(DomainError) as error:
        importing.keep(school.one, data, name, starts_year=2026, by=school.coordinator, now=clock.now())
    assert error.value.field == "file"
    assert count(session, ClassList) == 0


def test_a_list_that_nobody_applied_goes_after_two_days(school, session):
    keep(school, *ROWS)
    assert importing.sweep(clock.now() + timedelta(days=1, hours=23)) == 0
    assert importing.sweep(clock.now() + timedelta(days=2, minutes=1)) == 1
    assert count(session, ClassList) == 0
