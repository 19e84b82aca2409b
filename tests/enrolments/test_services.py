"""Inviting, coming, confirming, saying that something is wrong, leaving."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from ipf_talent import clock, mail
from ipf_talent.accounts.models import AuditEntry
from ipf_talent.accounts.roles import Role
from ipf_talent.enrolments import queries, services
from ipf_talent.enrolments.kinds import EnrolmentStatus
from ipf_talent.errors import DomainError
from ipf_talent.notifications.models import OutboxMail
from ipf_talent.profiles import queries as profiles
from ipf_talent.vacancies.company_editing import Stale
from tests.factories.accounts import make_user
from tests.factories.applications import make_profile
from tests.factories.enrolments import make_class, make_enrolment
from tests.factories.programmes import make_programme

pytestmark = pytest.mark.usefixtures("app_context")

S = EnrolmentStatus


def mails(session, to=None):
    rows = session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()
    return [row for row in rows if to is None or row.to_address == to]


def invited(school, **values):
    enrolment = make_enrolment(school.group, **values)
    secret = services.invite(enrolment, by=school.coordinator, now=clock.now())
    return enrolment, secret


def claimed(school, student, **values):
    enrolment, secret = invited(school, email=student.email, **values)
    services.claim(secret, student, now=clock.now())
    return queries.by_key(enrolment.key)


def test_an_invitation_goes_by_mail_and_only_its_hash_stays(school, session):
    enrolment, secret = invited(school)
    (mail_,) = mails(session)
    assert mail_.to_address == enrolment.email
    assert secret in mail_.body
    assert secret != enrolment.secret_hash
    assert "Techniekcollege" in mail_.subject


def test_a_newer_invitation_makes_the_former_one_worthless(school):
    enrolment, first = invited(school)
    services.invite(enrolment, by=school.coordinator, now=clock.now())
    with pytest.raises(DomainError):
        services.claim(first, make_user(None, email=enrolment.email), now=clock.now())


def test_a_student_comes_gets_the_role_and_a_filled_profile(school):
    student = make_user(None, email="jildou@school.example")
    enrolment = claimed(school, student)
    assert enrolment.status is S.CLAIMED
    assert enrolment.student_id == student.id
    assert student.organisation_ids(Role.STUDENT) == {school.one.id}
    card = profiles.card_of(student.id)
    assert (card.programme, card.year, card.point.value) == ("mechatronica-4", 3, "mbo_4")
    assert queries.of_student(student.id) is None


def test_what_the_profile_says_already_stays(school):
    other = make_programme(slug="elektro-4", code="25000")
    student = make_user(None, email="jildou@school.example")
    make_profile(student, programme=other, year=2, wish="Robots")
    claimed(school, student)
    card = profiles.card_of(student.id)
    assert (card.programme, card.year, card.wish) == ("elektro-4", 2, "Robots")


def test_a_link_opens_nothing_for_another_account(school):
    _enrolment, secret = invited(school)
    with pytest.raises(DomainError, match=r"adres|address"):
        services.claim(secret, make_user(None), now=clock.now())


def test_a_link_works_60_days_and_once(school):
    student = make_user(None, email="jildou@school.example")
    enrolment, secret = invited(school, email=student.email)
    with pytest.raises(DomainError):
        services.claim(secret, student, now=clock.now() + timedelta(days=60, seconds=1))
    services.claim(secret, student, now=clock.now() + timedelta(days=59))
    with pytest.raises(DomainError):
        services.claim(secret, student, now=clock.now())
    assert queries.by_key(enrolment.key).status is S.CLAIMED


def test_somebody_is_a_student_of_a_school_once(school):
    student = make_user(None, email="jildou@school.example")
    claimed(school, student)
    _second, secret = invited(school, email=student.email)
    with pytest.raises(DomainError):
        services.claim(secret, student, now=clock.now())


def test_confirming_keeps_what_the_profile_said_and_tells_the_student(school, session):
    student = make_user(None, email="jildou@school.example")
    enrolment = claimed(school, student)
    assert services.confirm(enrolment, theirs=False, by=school.coordinator, now=clock.now())
    assert not services.confirm(enrolment, theirs=False, by=school.coordinator, now=clock.now())
    assert queries.of_student(student.id) is enrolment
    assert (enrolment.said_programme_id, enrolment.said_year) == (school.programme.id, 3)
    assert len(mails(session, student.email)) == 2


def test_who_did_not_come_cannot_be_confirmed(school):
    with pytest.raises(DomainError):
        services.confirm(make_enrolment(school.group), theirs=False, by=school.coordinator, now=clock.now())


def test_what_the_student_says_can_be_taken_over(school):
    other = make_programme(institution=school.one, slug="elektro-4", code="25000")
    student = make_user(None, email="jildou@school.example")
    make_profile(student, programme=other, year=2)
    enrolment = claimed(school, student)
    (asked,) = queries.to_confirm([school.one.id])
    assert asked.differs
    services.confirm(enrolment, theirs=True, by=school.coordinator, now=clock.now())
    assert (enrolment.programme.slug, enrolment.year) == ("elektro-4", 2)
    assert queries.to_confirm([school.one.id]) == []


def test_a_change_of_programme_after_the_confirmation_asks_again_and_once(school, session):
    other = make_programme(institution=school.one, slug="elektro-4", code="25000")
    student = make_user(None, email="jildou@school.example")
    enrolment = claimed(school, student)
    services.confirm(enrolment, theirs=False, by=school.coordinator, now=clock.now())
    assert queries.to_confirm([school.one.id]) == []
    profile = profiles.of(student.id)
    profile.programme = other
    session.flush()
    (asked,) = queries.to_confirm([school.one.id])
    assert asked.programme is other
    assert asked.one.status is S.CONFIRMED
    services.confirm(enrolment, theirs=False, by=school.coordinator, now=clock.now())
    assert queries.to_confirm([school.one.id]) == []
    assert enrolment.programme.slug == "mechatronica-4"


def test_the_national_qualification_with_the_same_code_is_no_difference(school):
    national = make_programme(slug="mbo-mechatronica", code="25344", national=True)
    student = make_user(None, email="jildou@school.example")
    make_profile(student, programme=national, year=3)
    claimed(school, student)
    (asked,) = queries.to_confirm([school.one.id])
    assert not asked.differs


def test_confirming_many_leaves_out_who_says_something_else(school):
    same, other = (make_user(None, email=f"{name}@school.example") for name in ("same", "other"))
    make_profile(other, programme=make_programme(code="25000"), year=3)
    claimed(school, same)
    claimed(school, other)
    asked = queries.to_confirm([school.one.id])
    assert services.confirm_many(asked, by=school.coordinator, now=clock.now()) == 1
    assert queries.of_student(same.id) is not None
    assert queries.of_student(other.id) is None


def test_a_change_with_an_old_version_overwrites_nothing(school):
    enrolment = make_enrolment(school.group)
    values = columns(enrolment)
    services.change(enrolment, values | {"year": 2}, version=enrolment.version, by=school.coordinator, now=clock.now())
    with pytest.raises(Stale):
        services.change(enrolment, values | {"year": 1}, version=enrolment.version - 1, by=school.coordinator, now=clock.now())
    assert enrolment.year == 2


def columns(enrolment):
    names = ("name", "number", "email", "class_id", "programme_id", "year", "cohort", "period_id", "travel_km", "minor_until")
    return {name: getattr(enrolment, name) for name in (*names, "support", "excused")}


def test_another_address_sends_the_invitation_there(school, session):
    enrolment, first = invited(school)
    values = columns(enrolment) | {"email": "nieuw@school.example"}
    services.change(enrolment, values, version=enrolment.version, by=school.coordinator, now=clock.now())
    assert mails(session, "nieuw@school.example")
    assert queries.by_secret(services.links.hashed(first), clock.now()) is None


@pytest.mark.parametrize("field", ["number", "email"])
def test_number_and_address_belong_to_one_student(school, field):
    first, second = make_enrolment(school.group), make_enrolment(school.group)
    values = columns(second) | {field: getattr(first, field)}
    with pytest.raises(DomainError) as error:
        services.change(second, values, version=second.version, by=school.coordinator, now=clock.now())
    assert error.value.field == field


def test_a_number_of_another_school_is_free(school):
    theirs = make_enrolment(make_class(school.other))
    mine = make_enrolment(school.group)
    values = columns(mine) | {"number": theirs.number, "email": theirs.email}
    services.change(mine, values, version=mine.version, by=school.coordinator, now=clock.now())
    assert mine.number == theirs.number


def test_a_note_reaches_the_coordinators_once_and_is_settled(school, session):
    student = make_user(None)
    enrolment = make_enrolment(school.group, student=student)
    services.say_wrong(enrolment, "Ik zit in leerjaar 2.", now=clock.now())
    services.say_wrong(enrolment, "Ik zit in leerjaar 2, echt.", now=clock.now())
    (letter,) = mails(session, school.coordinator.email)
    assert "leerjaar 2" not in letter.body
    assert mails(session, school.stranger.email) == []
    assert [one.key for one in queries.noted([school.one.id])] == [enrolment.key]
    services.settle_note(enrolment, by=school.coordinator)
    assert list(queries.noted([school.one.id])) == []
    assert enrolment.note == ""


def test_who_leaves_loses_the_role_and_may_come_back(school):
    student = make_user(None)
    enrolment = make_enrolment(school.group, student=student)
    assert services.end(enrolment, by=school.coordinator, now=clock.now())
    assert not services.end(enrolment, by=school.coordinator, now=clock.now())
    assert student.organisation_ids(Role.STUDENT) == set()
    assert queries.of_student(student.id) is None
    services.take_back(enrolment, by=school.coordinator, now=clock.now())
    assert enrolment.status is S.CLAIMED
    assert student.organisation_ids(Role.STUDENT) == {school.one.id}


def test_every_deed_leaves_a_line_without_names(school, session):
    student = make_user(None, email="jildou@school.example", display_name="Jildou Wiersma")
    enrolment = claimed(school, student, name="Jildou Wiersma")
    services.confirm(enrolment, theirs=False, by=school.coordinator, now=clock.now())
    services.say_wrong(enrolment, "Geheim", now=clock.now())
    services.end(enrolment, by=school.coordinator, now=clock.now())
    lines = session.scalars(select(AuditEntry)).all()
    actions = [line.action for line in lines]
    assert {"invite_student", "claim_enrolment", "confirm_enrolment", "note_enrolment", "end_enrolment"} <= set(actions)
    told = str([line.detail for line in lines])
    assert not any(word in told for word in ("Jildou", "jildou@", "Geheim", enrolment.number))


def test_a_student_is_a_minor_until_the_day(school):
    enrolment = make_enrolment(school.group, minor_until=date(2027, 5, 1))
    assert enrolment.is_minor(date(2027, 4, 30))
    assert not enrolment.is_minor(date(2027, 5, 1))
    assert mail.sent == []
