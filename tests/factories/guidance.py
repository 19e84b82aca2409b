"""Placements that run, and what hangs on them."""

from datetime import date, datetime, timedelta
from itertools import count
from secrets import token_hex

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role
from ipf_talent.db import session
from ipf_talent.organisations.models import Organisation
from ipf_talent.placements.guidance.kinds import HoursKind, HoursState, MomentKind
from ipf_talent.placements.guidance.models import ContactMoment, HoursEntry, ReplacementTask
from ipf_talent.placements.kinds import PlacementStatus, Reason
from ipf_talent.placements.models import Placement
from ipf_talent.vacancies.kinds import VacancyKind
from tests.factories.accounts import make_user
from tests.factories.organisations import make_establishment, make_organisation, make_school

_number = count(1)


def make_running(
    student: User | None = None, company: Organisation | None = None, school: Organisation | None = None, **overrides
) -> Placement:
    """A bol placement of 25344 that began four weeks ago and lasts sixteen, 320 hours, with a trainer without an account."""
    company, school, today = company or make_organisation(), school or make_school(), clock.today()
    home = company.establishments[0] if company.establishments else make_establishment(company)
    values = {
        "key": token_hex(6), "student": student or make_user(Role.STUDENT, school), "school": school, "establishment": home,
        "kind": VacancyKind.BOL_INTERNSHIP, "crebo": "25344", "leerbedrijf_id": f"20000{next(_number)}",
        "starts_on": today - timedelta(days=28), "ends_on": today + timedelta(days=84), "hours": 320, "days_per_week": 4,
        "hours_per_week": 32, "trainer_name": "Wytske Proef", "trainer_email": "wytske@bedrijf.example",
        "status": PlacementStatus.RUNNING,
    }  # fmt: skip
    placement = Placement(**values | overrides)
    session.add(placement)
    session.commit()
    return placement


def make_hours(
    placement: Placement, days: list[date], *, minutes: int = 480, state: HoursState = HoursState.ENTERED,
    now: datetime | None = None, kind: HoursKind = HoursKind.WORK,
) -> list[HoursEntry]:  # fmt: skip
    """The same hours on each of these days."""
    entries = [HoursEntry(placement_id=placement.id, day=day, minutes=minutes, kind=kind, state=state) for day in days]
    if state is HoursState.APPROVED:
        for one in entries:
            one.approved_at, one.approved_name = now or clock.now(), "Wytske Proef"
    session.add_all(entries)
    session.commit()
    return entries


def make_moment(placement: Placement, **overrides) -> ContactMoment:
    """A planned contact moment."""
    moment = ContactMoment(placement_id=placement.id, **overrides)
    session.add(moment)
    session.commit()
    return moment


def make_guided(student: User, company: Organisation, school: Organisation, *, key: str) -> Placement:
    """A running placement with a week that waits, a planned talk, and task 1 to find another place."""
    placement = make_running(student, company, school, key=key)
    monday = clock.today() - timedelta(days=clock.today().weekday() + 7)
    make_hours(placement, [monday], state=HoursState.SUBMITTED)
    make_moment(placement, kind=MomentKind.MID, planned_on=clock.today())
    task = ReplacementTask(id=1, placement_id=placement.id, reason=Reason.COMPANY, made_at=clock.now(), due_on=clock.today())
    session.add(task)
    session.commit()
    return placement
