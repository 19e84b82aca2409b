"""Example placements that run, with hours, talks and an assessment: one nearly over, one that asks attention, one interrupted."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import select

from ipf_talent.accounts.models import Membership, User
from ipf_talent.accounts.roles import Role
from ipf_talent.applications import workdays
from ipf_talent.clock import AMSTERDAM
from ipf_talent.db import session
from ipf_talent.demo.people import ACCOUNTS, TRAINER
from ipf_talent.organisations.models import Establishment, Organisation, Recognition
from ipf_talent.organisations.recognition import RecognitionStatus
from ipf_talent.placements.guidance import moments
from ipf_talent.placements.guidance.kinds import (
    Advice,
    AssessmentMoment,
    AssessmentState,
    Decision,
    Grade,
    HoursState,
    MomentForm,
    MomentKind,
)
from ipf_talent.placements.guidance.models import Assessment, AssessmentLine, ContactMoment, HoursEntry, ReplacementTask
from ipf_talent.placements.kinds import AgreementStatus, AgreementType, PlacementStatus, Reason, SignedIn, Who
from ipf_talent.placements.models import Agreement, Placement, PlacementEvent
from ipf_talent.skills.tables import Changes
from ipf_talent.vacancies.kinds import VacancyKind

KEY = "voorbeeld-uren-"
"""How the keys of these placements begin."""
SCHOOL, COMPANY, CREBO = "voorbeeldcollege-drachten", "voorbeeld-robotica", "25344"
DAYS_A_WEEK, MINUTES = 4, 480
FRESH = timedelta(days=21)
"""How long after its last day the example that is nearly over stays as it is."""
PARTS = (
    "B1-K1-W3 Monteert mechatronische systemen", "B1-K1-W4 Stelt mechatronische systemen af", "B1-K2-W1 Lokaliseert storingen",
)  # fmt: skip
PRESENT = ["student", "trainer", "supervisor"]


class Sample(NamedTuple):
    """
    One example placement.

    Attributes:
        student: which example student; 0 is the one that a visitor looks around as.
        weeks: how many weeks it lasts.
        begun: how many of these lie behind.
        worked: of how many of these hours were approved.
        held: which talks took place.
        sent: how many weeks after these wait for the company.
    """

    student: int
    weeks: int
    begun: int
    worked: int
    held: tuple[MomentKind, ...]
    status: PlacementStatus = PlacementStatus.RUNNING
    sent: int = 0


SAMPLES = (
    Sample(0, 16, 16, 15, (MomentKind.START, MomentKind.MID)),
    Sample(4, 16, 13, 8, (MomentKind.START,), sent=2),
    Sample(6, 20, 9, 8, (MomentKind.START,), PlacementStatus.INTERRUPTED),
)
NOTES = {
    MomentKind.START: "Rondleiding, veiligheid en wat je hier leert. Elke maandag spreekt de begeleider de week door.",
    MomentKind.MID: "Monteren gaat goed. In de tweede helft leer je storingen zoeken, met een eigen cel.",
}


def load(organisations: Mapping[str, Organisation], today: date) -> Changes:
    """Bring these placements; they stay as visitors left them until the one that is nearly over has long been over."""
    old = session.scalars(select(Placement).where(Placement.key.startswith(KEY))).all()
    if old and min(one.ends_on for one in old) > today - FRESH:
        return Changes(0, 0, len(old))
    for one in old:
        session.delete(one)
    session.flush()
    people, coordinator = _students(), session.scalar(select(User).where(User.email == ACCOUNTS["school"], User.is_demo.is_(True)))
    home = session.scalar(
        select(Establishment).where(Establishment.organisation_id == organisations[COMPANY].id).order_by(Establishment.id).limit(1)
    )
    if not people or coordinator is None or home is None:
        return Changes(0, 0, 0)
    for number, sample in enumerate(SAMPLES, start=1):
        student = people[sample.student % len(people)]
        _write(sample, f"{KEY}{number}", student, organisations[SCHOOL], home, coordinator, today)
    session.flush()
    return Changes(len(SAMPLES) - len(old), len(old), 0)


def _students() -> list[User]:
    """The example students, the one that a visitor looks around as first."""
    pupils = select(User).where(User.is_demo.is_(True), User.memberships.any(Membership.role == Role.STUDENT))
    return list(session.scalars(pupils.order_by(User.email != ACCOUNTS["student"], User.id)))


def _write(
    sample: Sample, key: str, student: User, school: Organisation, home: Establishment, coordinator: User, today: date
) -> None:
    this_week = today - timedelta(days=today.weekday())
    starts_on = this_week - timedelta(weeks=sample.begun)
    ends_on = starts_on + timedelta(weeks=sample.weeks) - timedelta(days=3)
    recognised = (Recognition.establishment_id == home.id, Recognition.crebo == CREBO)
    number = session.scalar(select(Recognition.leerbedrijf_id).where(*recognised, Recognition.status == RecognitionStatus.VERIFIED))
    hours = sample.weeks * DAYS_A_WEEK * MINUTES // 60
    placement = Placement(
        key=key, student_id=student.id, school_id=school.id, establishment_id=home.id, leerbedrijf_id=number, crebo=CREBO,
        kind=VacancyKind.BOL_INTERNSHIP, starts_on=starts_on, ends_on=ends_on, hours=hours,
        hours_by_year={str(starts_on.year): hours}, days_per_week=DAYS_A_WEEK, hours_per_week=DAYS_A_WEEK * MINUTES // 60,
        trainer_name="Wytske Voorbeeld", trainer_email=TRAINER, supervisor_id=coordinator.id, status=sample.status,
        created_at=_at(starts_on - timedelta(days=40)), changed_at=_at(starts_on - timedelta(days=40)),
        reason=Reason.COMPANY if sample.status is PlacementStatus.INTERRUPTED else None,
    )  # fmt: skip
    placement.events = [
        PlacementEvent(
            at=_at(starts_on), who=Who.SYSTEM, what="start", before=PlacementStatus.SIGNED, after=PlacementStatus.RUNNING
        )
    ]
    placement.agreements = [_agreement(starts_on)]
    session.add(placement)
    session.flush()
    session.add_all(_hours(placement, sample))
    session.add_all(_talks(placement, sample, coordinator))
    if MomentKind.MID in sample.held:
        session.add(_halfway(placement, coordinator))
    if sample.status is PlacementStatus.INTERRUPTED:
        due = workdays.after(today, 6)
        session.add(ReplacementTask(placement_id=placement.id, reason=Reason.COMPANY, made_at=_at(today), due_on=due))


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9), AMSTERDAM)


def _agreement(starts_on: date) -> Agreement:
    return Agreement(
        type=AgreementType.POK_BOL, status=AgreementStatus.SIGNED, parts=list(PARTS), signed_in=SignedIn.SCHOOL_SYSTEM,
        closing_on=starts_on - timedelta(days=12), reference="VOORBEELD", sent_at=_at(starts_on - timedelta(days=20)),
        signed_at=_at(starts_on - timedelta(days=12)), created_at=_at(starts_on - timedelta(days=25)),
    )  # fmt: skip


def _hours(placement: Placement, sample: Sample) -> list[HoursEntry]:
    """The same four days each week, sent on the Friday, and approved but for the last ones."""
    found = []
    for week in range(sample.worked + sample.sent):
        for day in range(DAYS_A_WEEK):
            when = placement.starts_on + timedelta(weeks=week, days=day)
            row = HoursEntry(placement_id=placement.id, day=when, minutes=MINUTES, state=HoursState.SUBMITTED)
            row.submitted_at = _at(placement.starts_on + timedelta(weeks=week, days=4))
            if week < sample.worked:
                row.state, row.approved_at, row.approved_name = HoursState.APPROVED, row.submitted_at, placement.trainer_name
            found.append(row)
    return found


def _talks(placement: Placement, sample: Sample, coordinator: User) -> list[ContactMoment]:
    """The three talks; those that took place with what was agreed, and both others say that it is right."""
    found = []
    for kind, day in moments.planned(placement.starts_on, placement.ends_on).items():
        row = ContactMoment(placement_id=placement.id, kind=kind, planned_on=day)
        if kind in sample.held:
            row.held_on, row.form, row.present, row.agreements = day, MomentForm.AT_COMPANY, list(PRESENT), NOTES[kind]
            row.noted_at = row.student_agreed_at = row.company_agreed_at = _at(day + timedelta(days=1))
            row.noted_by_id, row.company_name = coordinator.id, placement.trainer_name
        found.append(row)
    return found


def _halfway(placement: Placement, coordinator: User) -> Assessment:
    """What the company advised halfway, and the school decided."""
    when = _at(placement.starts_on + (placement.ends_on - placement.starts_on) // 2 + timedelta(days=2))
    row = Assessment(
        placement_id=placement.id, moment=AssessmentMoment.MID, state=AssessmentState.DECIDED, attitude=Grade.GOOD,
        advice=Advice.SUFFICIENT, advice_text="Werkt netjes en vraagt door. Storingen zoeken is nog nieuw.", advised_at=when,
        advised_name=placement.trainer_name, decision=Decision.SUFFICIENT, decided_at=when, decided_by_id=coordinator.id,
    )  # fmt: skip
    grades = (Grade.GOOD, Grade.SUFFICIENT, Grade.INSUFFICIENT)
    row.lines = [
        AssessmentLine(position=n, title=title, grade=grade) for n, (title, grade) in enumerate(zip(PARTS, grades, strict=True), 1)
    ]
    return row
