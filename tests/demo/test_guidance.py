"""Example placements that have begun: signed before they started, as the rules have it, and something of everything."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.demo import guidance
from ipf_talent.demo.people import ACCOUNTS, TRAINER
from ipf_talent.enrolments.models import Enrolment
from ipf_talent.notifications.models import OutboxMail
from ipf_talent.organisations.models import Organisation
from ipf_talent.placements import queries, services
from ipf_talent.placements.guidance import overview, records, replacement_queries, replacing
from ipf_talent.placements.guidance import queries as guidance_queries
from ipf_talent.placements.kinds import AgreementStatus, CheckOutcome, Deed, PlacementStatus, Who
from ipf_talent.placements.models import Placement

S = PlacementStatus


def user(world, who):
    return world.scalars(select(User).where(User.email == ACCOUNTS[who])).one()


@pytest.fixture
def inside(app, world):
    """Inside the application, where letters are written."""
    with app.test_request_context():
        yield


@pytest.fixture
def begun(world):
    keys = world.scalars(select(Placement.key).where(Placement.key.startswith(guidance.KEY)).order_by(Placement.key)).all()
    return [queries.by_key(key) for key in keys]


def test_none_began_without_a_check_and_the_signatures_of_everybody(begun):
    assert [one.status for one in begun] == [sample.status for sample in guidance.SAMPLES]
    for one in begun:
        agreement = one.agreement
        wanted = AgreementStatus.EXPIRED if one.status is S.COMPLETED else AgreementStatus.SIGNED
        assert agreement.status is wanted and agreement.is_complete, one.key
        assert agreement.first.signed_by == {Who.STUDENT, Who.SCHOOL, Who.COMPANY}
        assert one.recognition_outcome is CheckOutcome.RECOGNISED and one.check_is_fresh
        assert one.recognition_checked_on <= agreement.sent_at.date() <= agreement.closing_on < one.starts_on
        told = [line.what for line in one.events]
        assert told.index("check") < told.index("send") < told.index("sign") < told.index("start"), one.key


def test_the_example_student_has_the_one_that_is_nearly_over(begun, world):
    assert begun[0].student_id == user(world, "student").id
    assert begun[0].last_day < clock.today()
    assert overview.ready(begun[0]) != []


def test_one_that_is_interrupted_can_go_on(begun, world, inside):
    (stopped,) = [one for one in begun if one.status is S.INTERRUPTED]
    assert replacement_queries.open_task(stopped.id) is not None
    coordinator = user(world, "school")
    assert services.move(stopped, Deed.RESUME, who=Who.SCHOOL, by=coordinator, now=clock.now())
    assert stopped.status is S.RUNNING
    assert replacing.finish_resumed(clock.now()) == 1


def test_the_school_knows_each_by_a_number_and_the_company_has_a_file_of_weeks(begun, world):
    record = records.of_school(user(world, "school"))
    mine = {row["placement"]: row for row in record.objects}
    numbers = world.scalars(select(Enrolment.number).where(Enrolment.id.in_([one.enrolment_id for one in begun]))).all()
    assert sorted(mine[one.key]["student_number"] for one in begun) == sorted(numbers)
    assert {mine[one.key]["programme_code"] for one in begun} == {"25344"}
    weeks = records.of_company(user(world, "company"))
    assert len(weeks.rows) == 11
    assert {(row["approved_hours"], row["guidance_hours"]) for row in weeks.objects} == {(32.0, 1.0)}


def test_one_is_over_and_told_where_it_led(begun):
    (over,) = [one for one in begun if one.status is S.COMPLETED]
    assert [(row.answer.value, row.employed) for row in guidance_queries.outcomes_of(over.id)] == [("at_company", True)]
    assert over.ended_on == over.ends_on < clock.today() - timedelta(days=180)


def test_nobody_is_written_to(begun, world):
    written = set(world.scalars(select(OutboxMail.to_address)))
    assert [guidance_queries.links_of(one.id) for one in begun] == [[]] * len(begun)
    assert not written & {TRAINER, *ACCOUNTS.values(), *(one.student.email for one in begun)}


def test_they_stay_as_they_are_and_come_anew_once_the_first_has_long_been_over(begun, world, inside):
    known = {one.slug: one for one in world.scalars(select(Organisation))}
    ends = begun[0].ends_on
    assert guidance.load(known, ends + guidance.FRESH - timedelta(days=1)).unchanged == len(guidance.SAMPLES)
    assert guidance.load(known, ends + guidance.FRESH).changed == len(guidance.SAMPLES)
    again = world.scalars(select(Placement.ends_on).where(Placement.key == f"{guidance.KEY}1")).one()
    assert again > ends
    assert world.scalar(select(Enrolment.id).where(Enrolment.name == begun[0].student.display_name))
