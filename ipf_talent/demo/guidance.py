"""Example placements that have begun, with hours, talks and assessments: from one that asks attention to one that is over."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import delete, select

from ipf_talent.accounts.models import Membership, User
from ipf_talent.accounts.roles import Role
from ipf_talent.clock import AMSTERDAM
from ipf_talent.db import session
from ipf_talent.demo.people import ACCOUNTS, TRAINER
from ipf_talent.enrolments import queries as enrolments
from ipf_talent.enrolments.kinds import EnrolmentStatus
from ipf_talent.enrolments.models import Enrolment
from ipf_talent.notifications import services as outbox
from ipf_talent.organisations.models import Establishment, Organisation, Recognition
from ipf_talent.organisations.recognition import RecognitionStatus
from ipf_talent.placements import editing, minors, services, signing
from ipf_talent.placements.guards import QUESTIONS
from ipf_talent.placements.guidance import outcomes, queries
from ipf_talent.placements.guidance.kinds import (
    Advice,
    AssessmentMoment,
    AssessmentState,
    Decision,
    Grade,
    HoursState,
    MomentForm,
    MomentKind,
    OutcomeKind,
    OutcomeTerm,
)
from ipf_talent.placements.guidance.models import Assessment, AssessmentLine, GuestLink, HoursEntry, HoursWeek
from ipf_talent.placements.kinds import CheckOutcome, Deed, PlacementStatus, Reason, Who
from ipf_talent.placements.models import Placement
from ipf_talent.programmes.models import Programme
from ipf_talent.skills.tables import Changes
from ipf_talent.vacancies.kinds import VacancyKind

KEY = "voorbeeld-uren-"
"""How the keys of these placements begin."""
SCHOOL, COMPANY, CREBO, PROGRAMME = "voorbeeldcollege-drachten", "voorbeeld-robotica", "25344", "voorbeeld-mechatronica-4"
DAYS_A_WEEK, MINUTES, GUIDED = 4, 480, 60
"""Days and minutes of work, and minutes of guidance that the company notes in a week of a job with school beside it."""
FRESH = timedelta(days=21)
"""How long after its last day the example that is nearly over stays as it is."""
PARTS = (
    "B1-K1-W3 Monteert mechatronische systemen", "B1-K1-W4 Stelt mechatronische systemen af", "B1-K2-W1 Lokaliseert storingen",
)  # fmt: skip
PRESENT = ["student", "trainer", "supervisor"]
PROPOSED, SENT, SIGNED = 40, 25, {Who.STUDENT: 20, Who.SCHOOL: 18, Who.COMPANY: 12}
"""How many days before the first day the placement was proposed, its agreement sent, and signed by each."""
_RUNS, _BOL, _BBL = PlacementStatus.RUNNING, VacancyKind.BOL_INTERNSHIP, VacancyKind.BBL_APPRENTICESHIP
_START, _MID, _END = MomentKind.START, MomentKind.MID, MomentKind.END


class Sample(NamedTuple):
    """
    One example placement.

    Attributes:
        student: which example student; 0 is the one that a visitor looks around as.
        weeks: how many weeks it lasts.
        begun: how many weeks ago it began.
        worked: of how many of these the hours were approved.
        held: which talks took place.
        sent: how many weeks after these wait for the company.
    """

    student: int
    weeks: int
    begun: int
    worked: int
    held: tuple[MomentKind, ...]
    status: PlacementStatus = _RUNS
    sent: int = 0
    kind: VacancyKind = _BOL


SAMPLES = (
    Sample(0, 16, 16, 15, (_START, _MID)),
    Sample(4, 16, 13, 8, (_START,), sent=2),
    Sample(6, 32, 9, 8, (_START,), PlacementStatus.INTERRUPTED),
    Sample(2, 20, 49, 20, (_START, _MID, _END), PlacementStatus.COMPLETED),
    Sample(3, 40, 12, 11, (_START,), sent=1, kind=_BBL),
)
NOTES = {
    _START: "Rondleiding, veiligheid en wat je hier leert. Elke maandag spreekt de begeleider de week door.",
    _MID: "Monteren gaat goed. In de tweede helft leer je storingen zoeken, met een eigen cel.",
    _END: "De eigen cel draait. Je hebt geleerd om storingen stap voor stap te zoeken, en je mag hier blijven werken.",
}


class People(NamedTuple):
    """Who takes part in all of them."""

    coordinator: User
    manager: User
    school: Organisation
    home: Establishment
    programme_id: int


def load(organisations: Mapping[str, Organisation], today: date) -> Changes:
    """Bring these placements; they stay as visitors left them until the one that is nearly over has long been over."""
    old = session.scalars(select(Placement).where(Placement.key.startswith(KEY))).all()
    if any(one.key == f"{KEY}1" and one.ends_on > today - FRESH for one in old) and len(old) == len(SAMPLES):
        return Changes(0, 0, len(old))
    for one in old:
        session.delete(one)
    session.flush()
    students, people = _students(), _people(organisations)
    if people is None or len(students) <= max(one.student for one in SAMPLES):
        return Changes(0, 0, 0)
    for number, sample in enumerate(SAMPLES, start=1):
        _bring(sample, f"{KEY}{number}", students[sample.student], people, today)
    session.flush()
    theirs = select(Placement.id).where(Placement.key.startswith(KEY))
    session.execute(delete(GuestLink).where(GuestLink.placement_id.in_(theirs)))  # nobody has the letters that they came with
    for address in (people.coordinator.email, people.manager.email, TRAINER, *(students[one.student].email for one in SAMPLES)):
        outbox.forget_mail_to(address)
    return Changes(len(SAMPLES) - len(old), len(old), 0)


def _students() -> list[User]:
    """The example students of age, the one that a visitor looks around as first."""
    pupils = select(User).where(User.is_demo.is_(True), User.memberships.any(Membership.role == Role.STUDENT))
    young = select(Enrolment.student_id).where(Enrolment.student_id.is_not(None), Enrolment.minor_until.is_not(None))
    pupils = pupils.where(User.id.not_in(young))
    return list(session.scalars(pupils.order_by(User.email != ACCOUNTS["student"], User.id)))


def _people(organisations: Mapping[str, Organisation]) -> People | None:
    """Coordinator, company and programme; None where an example is missing."""
    guides = select(User).where(User.email.in_((ACCOUNTS["school"], ACCOUNTS["company"])), User.is_demo.is_(True))
    known = {one.email: one for one in session.scalars(guides)}
    query = select(Establishment).join(Recognition, Recognition.establishment_id == Establishment.id)
    held = (Establishment.organisation_id == organisations[COMPANY].id, Recognition.status == RecognitionStatus.VERIFIED)
    home = session.scalar(query.where(*held, Recognition.crebo == CREBO).order_by(Establishment.id).limit(1))
    programme = session.scalar(select(Programme.id).where(Programme.slug == PROGRAMME))
    if len(known) < 2 or home is None or programme is None:
        return None
    return People(known[ACCOUNTS["school"]], known[ACCOUNTS["company"]], organisations[SCHOOL], home, programme)


def _enrolled(student: User, people: People, began: datetime) -> int:
    """The enrolment by which the school knows this student; made where the class has none."""
    there = enrolments.of_student(student.id)
    if there is not None and there.school_id == people.school.id:
        return there.id
    enrolment = Enrolment(
        key=sha256(student.email.encode()).hexdigest()[:12], school_id=people.school.id, programme_id=people.programme_id,
        student_id=student.id, email=student.email, name=student.display_name, number=f"v{2000 + student.id}", year=3,
        status=EnrolmentStatus.CONFIRMED, invited_at=began, claimed_at=began, confirmed_at=began, created_at=began,
        said_programme_id=people.programme_id, said_year=3,
    )  # fmt: skip
    session.add(enrolment)
    session.flush()
    return enrolment.id


def _bring(sample: Sample, key: str, student: User, people: People, today: date) -> None:
    starts_on = today - timedelta(days=today.weekday()) - timedelta(weeks=sample.begun)
    proposed = _before(starts_on, PROPOSED)
    placement = services.propose(
        school_id=people.school.id, student_id=student.id, enrolment_id=_enrolled(student, people, proposed), vacancy=None,
        establishment_id=people.home.id, kind=sample.kind, starts_on=starts_on,
        ends_on=starts_on + timedelta(weeks=sample.weeks) - timedelta(days=3), hours=sample.weeks * DAYS_A_WEEK * MINUTES // 60,
        programme_id=people.programme_id, hours_per_week=DAYS_A_WEEK * MINUTES // 60, days_per_week=DAYS_A_WEEK,
        by=people.coordinator, now=proposed, tell=False,
    )  # fmt: skip
    placement.key, placement.crebo, placement.supervisor_id = key, CREBO, people.coordinator.id
    placement.trainer_name, placement.trainer_email, placement.trainer_id = "Wytske Voorbeeld", TRAINER, None
    session.flush()
    _agree(placement, student, people)
    services.move(placement, Deed.START, who=Who.SYSTEM, by=None, now=_at(starts_on))
    _write_hours(placement, sample)
    _hold_talks(placement, sample, people.coordinator)
    _end(placement, sample, people, today)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9), AMSTERDAM)


def _before(first: date, days: int) -> datetime:
    return _at(first - timedelta(days=days))


def _agree(placement: Placement, student: User, people: People) -> None:
    """From the proposal to the last signature, each on its day."""
    by, first = people.coordinator, placement.starts_on
    now = _before(first, PROPOSED - 5)
    services.move(placement, Deed.APPROVE, who=Who.SCHOOL, by=by, now=now, answers=dict.fromkeys(QUESTIONS, True))
    services.move(placement, Deed.PREPARE, who=Who.SCHOOL, by=by, now=now)
    draft = placement.agreement
    assert draft is not None
    week = [minors.day_of(number, time(8), time(16, 30), 30) for number in range(DAYS_A_WEEK)]
    week.append(minors.day_of(DAYS_A_WEEK, None, None, 0, 6 * 60))
    paid = "Loon volgens de cao." if placement.kind is _BBL else "350 euro per maand, en de reiskosten."
    words = {"parts": list(PARTS), "allowance_text": paid}
    editing.change_agreement(placement, words, week, version=draft.version, by=by, now=now)
    if placement.kind is _BBL:
        editing.note_contract(placement, True, by=by, now=now)
    editing.check_recognition(placement, CheckOutcome.RECOGNISED, by=by, now=_before(first, SENT))
    services.move(placement, Deed.SEND, who=Who.SCHOOL, by=by, now=_before(first, SENT))
    sheet, signers = draft.first, {Who.STUDENT: student, Who.SCHOOL: by, Who.COMPANY: people.manager}
    assert sheet is not None
    for party, days in SIGNED.items():
        who = signers[party]
        signing.click(placement, party, name=who.display_name, sha256=sheet.sha256, by=who, now=_before(first, days))


def _write_hours(placement: Placement, sample: Sample) -> None:
    """The same four days a week, sent on the Friday, approved but for the last ones; as rows, since each week sent is a letter."""
    for week in range(sample.worked + sample.sent):
        monday = placement.starts_on + timedelta(weeks=week)
        friday = _at(monday + timedelta(days=4))
        for day in range(DAYS_A_WEEK):
            row = HoursEntry(placement_id=placement.id, day=monday + timedelta(days=day), minutes=MINUTES)
            row.state, row.submitted_at = HoursState.SUBMITTED, friday
            if week < sample.worked:
                row.state, row.approved_at, row.approved_name = HoursState.APPROVED, friday, placement.trainer_name
            session.add(row)
        if sample.kind is _BBL and week < sample.worked:
            session.add(HoursWeek(placement_id=placement.id, monday=monday, guided_minutes=GUIDED, noted_at=friday))
    session.flush()


def _hold_talks(placement: Placement, sample: Sample, coordinator: User) -> None:
    """The talks that took place, with what was agreed; both others say that it is right. They were planned when it began."""
    for row in queries.moments_of(placement.id):
        if row.kind in sample.held:
            row.held_on, row.form, row.present, row.agreements = row.planned_on, MomentForm.AT_COMPANY, PRESENT, NOTES[row.kind]
            row.noted_at = row.student_agreed_at = row.company_agreed_at = _at(row.planned_on + timedelta(days=1))
            row.noted_by_id, row.company_name = coordinator.id, placement.trainer_name
    marks = {_MID: (AssessmentMoment.MID, Grade.INSUFFICIENT), _END: (AssessmentMoment.END, Grade.SUFFICIENT)}
    session.add_all(_mark(placement, *marks[kind], coordinator) for kind in sample.held if kind in marks)
    session.flush()


def _mark(placement: Placement, moment: AssessmentMoment, last: Grade, coordinator: User) -> Assessment:
    """What the company advised and the school decided; `last` is the grade of the part that is learnt last."""
    half = moment is AssessmentMoment.MID
    middle = placement.starts_on + (placement.ends_on - placement.starts_on) // 2
    when = _at(middle + timedelta(days=2) if half else placement.ends_on - timedelta(days=3))
    text = "Werkt netjes en vraagt door. Storingen zoeken is nog nieuw." if half else "Vindt storingen zelf. Graag tot ziens."
    row = Assessment(
        placement_id=placement.id, moment=moment, state=AssessmentState.DECIDED, attitude=Grade.GOOD, advice=Advice.SUFFICIENT,
        advice_text=text, advised_at=when, advised_name=placement.trainer_name, decision=Decision.SUFFICIENT, decided_at=when,
        decided_by_id=coordinator.id,
    )  # fmt: skip
    grades = (Grade.GOOD, Grade.SUFFICIENT, last)
    row.lines = [
        AssessmentLine(position=n, title=title, grade=grade) for n, (title, grade) in enumerate(zip(PARTS, grades, strict=True), 1)
    ]
    return row


def _end(placement: Placement, sample: Sample, people: People, today: date) -> None:
    """What came after: an interruption, or the end and the answer half a year later."""
    by = people.coordinator
    if sample.status is PlacementStatus.INTERRUPTED:
        services.move(placement, Deed.INTERRUPT, who=Who.SCHOOL, by=by, now=_at(today), reason=Reason.COMPANY)
    if sample.status is not PlacementStatus.COMPLETED:
        return
    services.move(placement, Deed.COMPLETE, who=Who.SCHOOL, by=by, now=_at(placement.ends_on))
    asked = _at(outcomes.months_after(placement.last_day, 6))
    outcomes.ask(placement, OutcomeTerm.HALF_YEAR, now=asked)
    row = queries.outcome(placement.id, OutcomeTerm.HALF_YEAR)
    assert row is not None
    outcomes.answer(row, OutcomeKind.AT_COMPANY, by=placement.student, now=asked + timedelta(days=2))
    outcomes.say_employed(row, True, by=people.manager, now=asked + timedelta(days=3))
