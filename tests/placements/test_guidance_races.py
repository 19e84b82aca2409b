"""Many at once, on a database of their own: the same link, the same week, the same interruption; each has one effect."""

import pytest
from sqlalchemy import func, select

from ipf_talent import clock
from ipf_talent.accounts import links
from ipf_talent.accounts.models import AuditEntry, User
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.notifications.models import OutboxMail
from ipf_talent.placements.guidance import contacts, guest_links, hours, outcomes, replacing, week_hours
from ipf_talent.placements.guidance import queries as guidance_queries
from ipf_talent.placements.guidance.kinds import HoursState, LinkPurpose, OutcomeTerm
from ipf_talent.placements.guidance.models import ContactMoment, GuestLink, HoursEntry, Outcome, ReplacementTask
from ipf_talent.placements.kinds import PlacementStatus, Reason
from tests.accounts.conftest import busy_app  # noqa: F401 a fixture
from tests.at_once import all_at_once
from tests.factories.guidance import make_hours, make_running

AT_ONCE = 8


@pytest.fixture
def one(busy_app):  # noqa: F811
    """A running placement with one day of hours."""
    with busy_app.test_request_context():
        placement = make_running()
        make_hours(placement, [week_hours.monday(clock.today())])
        yield placement


def count(table, *where):
    session.rollback()
    return session.scalar(select(func.count()).select_from(table).where(*where))


def test_a_week_that_is_sent_many_times_at_once_is_sent_once(busy_app, one):  # noqa: F811
    def send(_n):
        placement = guidance_queries.one(one.id)
        return hours.submit_week(placement, week_hours.monday(clock.today()), by=placement.student, now=clock.now())

    outcomes_seen = all_at_once(busy_app, send, range(AT_ONCE))
    assert sorted(outcomes_seen) == [False] * (AT_ONCE - 1) + [True]
    assert (count(OutboxMail), count(GuestLink)) == (1, 1)


def test_a_link_that_is_used_many_times_at_once_works_once(busy_app, one):  # noqa: F811
    monday = week_hours.monday(clock.today())
    named = {"name": "Wytske Proef", "email": "wytske@bedrijf.example", "by": None, "now": clock.now()}
    secret = guest_links.issue(one, LinkPurpose.HOURS, week_hours.week_name(monday), **named)
    hours.submit_week(one, monday, by=session.get(User, one.student_id), now=clock.now())
    (link,) = session.scalars(select(GuestLink).where(GuestLink.secret_hash != links.hashed(secret))).all()
    link.secret_hash, mark = "known", hours.mark_of(guidance_queries.hours_of(one.id))
    session.commit()

    def approve(_n):
        found = session.scalars(select(GuestLink).where(GuestLink.secret_hash == "known")).one()
        guest_links.use(found, now=clock.now())
        return hours.approve(found.placement, monday, mark, by=None, name=found.name, now=clock.now())

    found = all_at_once(busy_app, approve, range(AT_ONCE))
    assert sorted(map(str, found)) == sorted(["True", *[str(DomainError)] * (AT_ONCE - 1)])
    assert count(HoursEntry, HoursEntry.state == HoursState.APPROVED) == 1
    assert count(AuditEntry, AuditEntry.action == "approve_hours") == 1


def test_moments_task_and_question_are_made_once(busy_app, one):  # noqa: F811
    def begin(_n):
        placement = guidance_queries.one(one.id)
        contacts.plan(placement)
        return replacing.begin(placement, Reason.COMPANY, now=clock.now()) is not None

    assert sorted(all_at_once(busy_app, begin, range(AT_ONCE))) == [False] * (AT_ONCE - 1) + [True]
    assert (count(ContactMoment), count(ReplacementTask)) == (3, 1)
    placement = guidance_queries.one(one.id)
    placement.status, placement.ended_on = PlacementStatus.COMPLETED, clock.today()
    session.commit()

    def ask(_n):
        return outcomes.ask(guidance_queries.one(one.id), OutcomeTerm.HALF_YEAR, now=clock.now())

    assert sorted(all_at_once(busy_app, ask, range(AT_ONCE))) == [False] * (AT_ONCE - 1) + [True]
    assert (count(Outcome), count(OutboxMail)) == (1, 1)
