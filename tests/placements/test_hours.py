"""Hours entered, sent, approved and sent back; they count only when approved, and being ill is told once to everybody."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from ipf_talent.accounts.models import AuditEntry
from ipf_talent.accounts.roles import Role
from ipf_talent.errors import DomainError
from ipf_talent.notifications.models import OutboxMail
from ipf_talent.placements.guidance import hours
from ipf_talent.placements.guidance import overview as guidance
from ipf_talent.placements.guidance import queries as guidance_queries
from ipf_talent.placements.guidance.hours import DayTyped
from ipf_talent.placements.guidance.kinds import HoursKind, HoursState, LinkPurpose
from ipf_talent.placements.guidance.models import GuestLink, HoursEntry
from ipf_talent.placements.kinds import PlacementStatus
from tests.factories.accounts import make_user
from tests.factories.guidance import make_hours, make_running
from tests.factories.organisations import make_organisation, make_school

MONDAY = date(2027, 3, 1)
FRIDAY = MONDAY + timedelta(days=4)
NOW = datetime(2027, 3, 5, 16, 0, tzinfo=UTC)


@pytest.fixture
def both(app_context):
    """A placement that runs in the spring, with everybody around it, and another one beside it."""
    company, school = make_organisation(name="Voorbeeld BV"), make_school()
    times = {"starts_on": date(2027, 2, 1), "ends_on": date(2027, 5, 28)}
    return SimpleNamespace(
        company=company,
        school=school,
        one=make_running(company=company, school=school, **times),
        other=make_running(company=company, school=school, **times),
        manager=make_user(Role.COMPANY_MANAGER, company),
        supervisor=make_user(Role.SCHOOL_SUPERVISOR, school),
    )


def typed(*minutes, kind=HoursKind.WORK):
    return [DayTyped(MONDAY + timedelta(days=n), one, kind) for n, one in enumerate(minutes)]


def enter(placement, *days):
    return hours.enter_week(placement, days, by=placement.student, today=FRIDAY)


def week(placement):
    return guidance_queries.hours_between(placement.id, MONDAY, MONDAY + timedelta(days=6))


def states(placement):
    return [(row.day.day, row.minutes, row.state.value) for row in week(placement)]


def mails(session, address):
    return session.scalars(select(OutboxMail).where(OutboxMail.to_address == address).order_by(OutboxMail.id)).all()


def send(placement):
    return hours.submit_week(placement, MONDAY, by=placement.student, now=NOW)


def mark(placement):
    return hours.mark_of([row for row in week(placement) if row.state is HoursState.SUBMITTED])


def approve(placement, seen=None, **how):
    return hours.approve(placement, MONDAY, seen or mark(placement), by=None, name="Wytske Proef", now=NOW, **how)


def test_a_week_is_entered_changed_and_emptied(both):
    assert enter(both.one, *typed(480, 450, None, 480)) == 3
    assert states(both.one) == [(1, 480, "entered"), (2, 450, "entered"), (4, 480, "entered")]
    assert enter(both.one, *typed(480, 400, 60, None)) == 3
    assert states(both.one) == [(1, 480, "entered"), (2, 400, "entered"), (3, 60, "entered")]
    assert enter(both.one, *typed(480, 400, 60, None)) == 0
    assert states(both.other) == []


def test_a_day_off_needs_no_hours(both):
    enter(both.one, DayTyped(MONDAY, None, HoursKind.LEAVE), DayTyped(FRIDAY, None, HoursKind.HOLIDAY))
    assert [(row.kind, row.minutes) for row in week(both.one)] == [(HoursKind.LEAVE, 0), (HoursKind.HOLIDAY, 0)]


@pytest.mark.parametrize(
    ("day", "minutes"),
    [
        (date(2027, 1, 31), 480),
        (date(2027, 5, 29), 480),
        (FRIDAY + timedelta(days=1), 60),
        (MONDAY, 721),
    ],
    ids=["before-the-start", "after-the-end", "tomorrow", "more-than-twelve-hours"],
)
def test_a_day_that_cannot_be_is_refused_at_that_day(both, session, day, minutes):
    with pytest.raises(DomainError) as refused:
        enter(both.one, DayTyped(day, minutes, HoursKind.WORK))
    assert refused.value.field == day.isoformat()


@pytest.mark.parametrize(("minutes", "fits"), [(540, True), (541, False)])
def test_somebody_under_18_works_at_most_nine_hours(both, session, minutes, fits):
    both.one.adult_on = FRIDAY
    if fits:
        assert enter(both.one, *typed(minutes)) == 1
    else:
        with pytest.raises(DomainError, match=r"9 hours|9 uur"):
            enter(both.one, *typed(minutes))
    assert enter(both.one, DayTyped(FRIDAY, 600, HoursKind.WORK)) == 1  # on the birthday it is over


@pytest.mark.parametrize("status", sorted(set(PlacementStatus) - {PlacementStatus.RUNNING, PlacementStatus.INTERRUPTED}))
def test_hours_belong_to_a_placement_that_runs(both, status):
    both.one.status = status
    with pytest.raises(DomainError):
        enter(both.one, *typed(480))
    with pytest.raises(DomainError):
        send(both.one)


def test_sending_tells_the_trainer_once_by_a_link_for_this_week(both, session):
    enter(both.one, *typed(480, 480))
    assert send(both.one)
    assert not send(both.one)
    (letter,) = mails(session, "wytske@bedrijf.example")
    assert "/guest/" in letter.body
    (link,) = session.scalars(select(GuestLink)).all()
    assert (link.purpose, link.subject, link.placement_id) == (LinkPurpose.HOURS, "2027-w09", both.one.id)
    assert link.secret_hash not in letter.body


def test_a_trainer_with_an_account_gets_no_guest_link(both, session):
    trainer = make_user(Role.WORKPLACE_TRAINER, both.company)
    both.one.trainer = trainer
    enter(both.one, *typed(480))
    send(both.one)
    (letter,) = mails(session, trainer.email)
    assert "/guest/" not in letter.body
    assert session.scalars(select(GuestLink)).all() == []


def test_sent_hours_cannot_be_changed_by_the_student(both):
    enter(both.one, *typed(480))
    send(both.one)
    assert enter(both.one, *typed(60)) == 0
    assert states(both.one) == [(1, 480, "submitted")]


def test_ac_r24_hours_count_only_when_they_are_approved(both):
    enter(both.one, *typed(480, 480))
    assert guidance.progress(both.one, FRIDAY).approved == 0
    send(both.one)
    found = guidance.progress(both.one, FRIDAY)
    assert (found.approved, found.waiting) == (0, 960)
    assert approve(both.one)
    assert guidance.progress(both.one, FRIDAY).approved == 960
    assert guidance.progress(both.other, FRIDAY).approved == 0


def test_approving_twice_does_it_once_and_keeps_who_it_was(both, session):
    enter(both.one, *typed(480))
    send(both.one)
    assert approve(both.one)
    assert not approve(both.one, "whatever")
    (row,) = week(both.one)
    assert (row.state, row.approved_name, row.approved_at) == (HoursState.APPROVED, "Wytske Proef", NOW)
    actions = session.scalars(select(AuditEntry.action).where(AuditEntry.action == "approve_hours")).all()
    assert len(actions) == 1


def test_what_was_not_seen_is_not_approved(both):
    enter(both.one, *typed(480))
    send(both.one)
    seen = mark(both.one)
    hours.decline(both.one, MONDAY, seen, reason="It was 7 hours.", by=None, now=NOW)
    enter(both.one, *typed(420))
    send(both.one)
    with pytest.raises(DomainError):
        approve(both.one, seen)
    assert states(both.one) == [(1, 420, "submitted")]
    assert approve(both.one)


def test_a_week_that_is_sent_back_says_why_and_can_be_mended(both, session):
    enter(both.one, *typed(480, 480))
    send(both.one)
    with pytest.raises(DomainError):
        hours.decline(both.one, MONDAY, mark(both.one), reason="  ", by=both.manager, now=NOW)
    assert hours.decline(both.one, MONDAY, mark(both.one), reason="Tuesday was free.", by=both.manager, now=NOW)
    assert [row.reason for row in week(both.one)] == ["Tuesday was free."] * 2
    assert len(mails(session, both.one.student.email)) == 1
    enter(both.one, *typed(480, None))
    assert [(row.minutes, row.state, row.reason) for row in week(both.one)] == [(480, HoursState.ENTERED, "")]


def test_the_guidance_of_a_week_is_kept_beside_it(both):
    enter(both.one, *typed(480))
    send(both.one)
    approve(both.one, guided=90)
    assert guidance_queries.weeks_noted([both.one.id, both.other.id]) == {(both.one.id, MONDAY): 90}


def test_being_ill_is_told_to_company_and_school_in_one_action_and_once_a_day(both, session):
    both.one.supervisor = both.supervisor
    session.commit()
    assert hours.report_ill(both.one, by=both.one.student, now=NOW)
    for address in ("wytske@bedrijf.example", both.manager.email, both.supervisor.email):
        assert len(mails(session, address)) == 1, address
    assert not hours.report_ill(both.one, by=both.one.student, now=NOW)
    assert len(session.scalars(select(OutboxMail)).all()) == 3
    (row,) = session.scalars(select(HoursEntry)).all()
    assert (row.day, row.kind, row.minutes) == (FRIDAY, HoursKind.SICK, 0)
    assert hours.is_ill(both.one)
    assert hours.report_well(both.one, by=both.one.student, now=NOW + timedelta(days=3))
    assert not hours.is_ill(both.one)
    assert not hours.report_well(both.one, by=both.one.student, now=NOW + timedelta(days=3))
    assert hours.report_ill(both.one, by=both.one.student, now=NOW + timedelta(days=4))
    assert hours.is_ill(both.one)


def test_going_home_ill_keeps_the_hours_of_the_morning(both, session):
    make_hours(both.one, [FRIDAY], minutes=180)
    hours.report_ill(both.one, by=both.one.student, now=NOW)
    (row,) = session.scalars(select(HoursEntry)).all()
    assert (row.minutes, row.kind) == (180, HoursKind.WORK)


def test_without_a_supervisor_the_coordinators_hear_it(both, session):
    coordinator = make_user(Role.COORDINATOR, both.school)
    stranger = make_user(Role.COORDINATOR, make_school())
    hours.report_ill(both.one, by=both.one.student, now=NOW)
    assert len(mails(session, coordinator.email)) == 1
    assert mails(session, stranger.email) == []


def test_asking_again_goes_out_once_a_day(both, session):
    enter(both.one, *typed(480))
    assert not hours.remind(both.one, MONDAY, by=both.one.student, now=NOW)
    send(both.one)
    assert hours.remind(both.one, MONDAY, by=both.one.student, now=NOW)
    assert not hours.remind(both.one, MONDAY, by=both.one.student, now=NOW)
    assert len(mails(session, "wytske@bedrijf.example")) == 2
    links = session.scalars(select(GuestLink).order_by(GuestLink.id)).all()
    assert [link.revoked_at is None for link in links] == [False, True]
