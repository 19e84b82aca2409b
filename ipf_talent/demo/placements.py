"""Example placements of the made-up school that have not begun: from a proposal to everybody's signature."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select

from ipf_talent.accounts.models import Membership, User
from ipf_talent.accounts.roles import Role
from ipf_talent.clock import AMSTERDAM
from ipf_talent.db import session
from ipf_talent.demo.enrolment import COMPANY, HBO_SCHOOL, SCHOOL
from ipf_talent.demo.people import ACCOUNTS, TRAINER
from ipf_talent.notifications import services as outbox
from ipf_talent.organisations.models import Establishment, Organisation, Recognition
from ipf_talent.organisations.recognition import RecognitionStatus
from ipf_talent.placements import assigning, editing, minors, services, signing
from ipf_talent.placements.guards import QUESTIONS
from ipf_talent.placements.kinds import CheckOutcome, Deed, PlacementStatus, Who
from ipf_talent.placements.models import Placement
from ipf_talent.profiles.models import Profile
from ipf_talent.programmes.levels import Level, StartingPoint
from ipf_talent.programmes.models import Programme
from ipf_talent.skills.tables import Changes
from ipf_talent.vacancies.kinds import VacancyKind

STAFF = ("school", "hbo", "company")
KEY = "voorbeeld-pok-"
"""How the keys of these placements begin."""
PARENT = ("Ouder Voorbeeld", "ouder@thuis.voorbeeld.example")
_S, _K = PlacementStatus, VacancyKind
PARTS = ["B1-K1-W3 Monteert mechatronische systemen", "B1-K1-W4 Stelt mechatronische systemen af", "B1-K2-W1 Lokaliseert storingen"]
ASSIGNMENT: Mapping[str, Any] = {
    "title": "Een testopstelling voor grijpers",
    "problem": "Nieuwe grijpers worden nu met de hand getest. Dat duurt een dag per grijper en niets is te vergelijken.",
    "goal": "Een opstelling die binnen een uur meet hoe sterk en hoe nauwkeurig een grijper is.",
    "deliverables": "Een werkende opstelling, een handleiding en een verslag met metingen van vijf grijpers.",
    "method": "Eisen ophalen, drie ontwerpen vergelijken, bouwen, meten en verbeteren.",
    "ec": 30,
    "supervisor_level": Level.MASTER,
    "no_family": True,
}


class Sample(NamedTuple):
    """
    One example placement.

    Attributes:
        student: which example student; of those in hbo where it is an assignment of hbo.
        status: how far it has come.
        ahead: in how many weeks it begins.
        signed: who has signed, where it waits for the others.
    """

    student: int
    status: PlacementStatus
    ahead: int
    kind: VacancyKind = _K.BOL_INTERNSHIP
    minor: bool = False
    signed: tuple[Who, ...] = ()


SAMPLES = (
    Sample(0, _S.PROPOSED, 9, _K.HBO_GRADUATION),
    Sample(9, _S.PROPOSED, 8),
    Sample(10, _S.PREPARING_AGREEMENT, 7),
    Sample(11, _S.AWAITING_SIGNATURES, 4, minor=True, signed=(Who.STUDENT, Who.SCHOOL)),
    Sample(12, _S.SIGNED, 2),
)


def load(organisations: Mapping[str, Organisation], today: date) -> Changes:
    """Bring these placements once; they live on as visitors and time leave them, and come anew when all of them are over."""
    old = session.scalars(select(Placement).where(Placement.key.startswith(KEY))).all()
    if old and max(one.ends_on for one in old) > today:
        return Changes(0, 0, len(old))
    for one in old:
        session.delete(one)
    session.flush()
    home, pupils = _home(organisations[COMPANY].id), {True: _students(), False: _students_of_hbo()}
    staff = {who: session.scalar(select(User).where(User.email == ACCOUNTS[who], User.is_demo.is_(True))) for who in STAFF}
    manager = staff["company"]
    wanted = [(sample, sample.kind is _K.BOL_INTERNSHIP) for sample in SAMPLES]
    if home is None or manager is None or any(len(pupils[mbo]) <= one.student for one, mbo in wanted):
        return Changes(0, 0, 0)
    addresses = {PARENT[1], TRAINER, manager.email}
    for number, (sample, mbo) in enumerate(wanted, start=1):
        coordinator, student = staff["school" if mbo else "hbo"], pupils[mbo][sample.student]
        if coordinator is None:
            continue
        signers = {Who.SCHOOL: coordinator, Who.COMPANY: manager, Who.STUDENT: student}
        _bring(sample, f"{KEY}{number}", signers, organisations[SCHOOL if mbo else HBO_SCHOOL].id, home, today)
        addresses |= {coordinator.email, student.email}
    for address in sorted(addresses):
        outbox.forget_mail_to(address)
    return Changes(len(SAMPLES) - len(old), len(old), 0)


def _home(company_id: int) -> tuple[int, str] | None:
    """The first address of the made-up company that is recognised for mbo, and for which qualification."""
    query = select(Establishment.id, Recognition.crebo).join(Recognition, Recognition.establishment_id == Establishment.id)
    held = (Establishment.organisation_id == company_id, Recognition.status == RecognitionStatus.VERIFIED)
    row = session.execute(query.where(*held).order_by(Recognition.crebo != "25344", Recognition.id).limit(1)).one_or_none()
    return (row[0], row[1]) if row is not None else None


def _students() -> list[User]:
    """The example students, the one that a visitor looks around as first."""
    pupils = select(User).where(User.is_demo.is_(True), User.memberships.any(Membership.role == Role.STUDENT))
    return list(session.scalars(pupils.order_by(User.email != ACCOUNTS["student"], User.id)))


def _students_of_hbo() -> list[User]:
    """Example students who say that they are in hbo."""
    pupils = select(User).join(Profile, Profile.user_id == User.id).where(User.is_demo.is_(True))
    return list(session.scalars(pupils.where(Profile.point == StartingPoint.HBO_BACHELOR).order_by(User.id)))


def _bring(sample: Sample, key: str, people: Mapping[Who, User], school_id: int, home: tuple[int, str], today: date) -> None:
    by, now = people[Who.SCHOOL], datetime.combine(today - timedelta(days=3), time(10), AMSTERDAM)
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=sample.ahead)
    programme = session.scalar(select(Programme.id).where(Programme.slug == "voorbeeld-mechatronica-4"))
    placement = services.propose(
        school_id=school_id, student_id=people[Who.STUDENT].id, vacancy=None, establishment_id=home[0], kind=sample.kind,
        starts_on=monday, ends_on=monday + timedelta(weeks=20, days=-3), hours=640, hours_per_week=32, days_per_week=4,
        programme_id=programme if sample.kind is _K.BOL_INTERNSHIP else None, by=by, now=now, tell=False,
    )  # fmt: skip
    placement.key = key
    if sample.kind is _K.BOL_INTERNSHIP:
        placement.crebo = home[1]
    else:
        placement.programme_id = None
    guide = ("Wytske Voorbeeld", TRAINER) if placement.is_mbo else (people[Who.COMPANY].display_name, people[Who.COMPANY].email)
    placement.trainer_name, placement.trainer_email, placement.supervisor_id = *guide, by.id
    placement.trainer_id = None if placement.is_mbo else people[Who.COMPANY].id
    if sample.minor:
        placement.adult_on = today + timedelta(days=200)
        placement.parent_name, placement.parent_email = PARENT
    session.flush()
    if sample.kind is not _K.BOL_INTERNSHIP:
        assigning.write(placement, ASSIGNMENT, side=Who.STUDENT, by=people[Who.STUDENT], now=now)
        assigning.submit(placement, side=Who.STUDENT, by=people[Who.STUDENT], now=now)
    _advance(placement, sample, people, now)


def _advance(placement: Placement, sample: Sample, people: Mapping[Who, User], now: datetime) -> None:
    by, way = people[Who.SCHOOL], (_S.APPROVED, _S.PREPARING_AGREEMENT, _S.AWAITING_SIGNATURES, _S.SIGNED)
    reached = way[: way.index(sample.status) + 1] if sample.status in way else ()
    if _S.APPROVED in reached:
        services.move(placement, Deed.APPROVE, who=Who.SCHOOL, by=by, now=now, answers=dict.fromkeys(QUESTIONS, True))
    if _S.PREPARING_AGREEMENT in reached:
        services.move(placement, Deed.PREPARE, who=Who.SCHOOL, by=by, now=now)
    if _S.AWAITING_SIGNATURES in reached:
        _fill_in(placement, by, now)
        editing.check_recognition(placement, CheckOutcome.RECOGNISED, by=by, now=now)
        services.move(placement, Deed.SEND, who=Who.SCHOOL, by=by, now=now)
    waiting = signing.waits_for(placement)
    for party in waiting if _S.SIGNED in reached else sample.signed:
        _sign(placement, party, people[party], now)


def _fill_in(placement: Placement, by: User, now: datetime) -> None:
    draft = placement.agreement
    assert draft is not None
    week = [minors.day_of(number, time(8), time(16, 30), 30) for number in range(4)]
    if placement.adult_on is None:
        week.append(minors.day_of(4, None, None, 0, 6 * 60))
    words = {"parts": PARTS, "allowance_text": "350 euro per maand, en de reiskosten."}
    editing.change_agreement(placement, words, week, version=draft.version, by=by, now=now)


def _sign(placement: Placement, party: Who, by: User, now: datetime) -> None:
    sheet = placement.agreement.first if placement.agreement else None
    assert sheet is not None
    signing.click(placement, party, name=by.display_name, sha256=sheet.sha256, by=by, now=now)
