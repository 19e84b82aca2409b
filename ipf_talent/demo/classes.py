"""A made-up class of the made-up school: thirty students of whom most came and were confirmed, with an internship period ahead."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from random import Random
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ipf_talent.accounts.models import Membership, User
from ipf_talent.accounts.roles import Role
from ipf_talent.applications import queries as applications
from ipf_talent.applications import services as responding
from ipf_talent.applications.kinds import Deed, Who
from ipf_talent.clock import AMSTERDAM
from ipf_talent.db import session
from ipf_talent.demo.enrolment import NO_PASSWORD, SCHOOL
from ipf_talent.demo.people import ACCOUNTS, FIRST_NAMES, LAST_NAMES, SEED, TOWNS
from ipf_talent.enrolments.kinds import INVITATION_VALID, EnrolmentStatus
from ipf_talent.enrolments.models import Enrolment, InternshipPeriod, SchoolClass
from ipf_talent.notifications import services as outbox
from ipf_talent.organisations.models import Organisation
from ipf_talent.placements import kinds as placement_kinds
from ipf_talent.placements import services as placing
from ipf_talent.placements.guards import QUESTIONS
from ipf_talent.profiles.models import Profile, ProfileSkill
from ipf_talent.programmes.levels import StartingPoint
from ipf_talent.programmes.models import Programme, ProgrammeSkill
from ipf_talent.skills.tables import Changes
from ipf_talent.vacancies import queries as vacancies
from ipf_talent.vacancies.kinds import PlacingMode
from ipf_talent.vacancies.models import Vacancy

CLASS, PROGRAMME, PERIOD = "MT4A", "voorbeeld-mechatronica-4", "voorbeeld-bpv-leerjaar-3"
STUDENTS, YEAR = 30, 3
AHEAD, LASTS = timedelta(weeks=10), timedelta(weeks=20)
"""How long before the period one looks around, and how long it lasts."""
GOAL = "Werken aan echte machines: monteren, afstellen en storingen zoeken, en leren hoe een bedrijf samenwerkt."
NOTE = "Ik zit in leerjaar 2, niet in 3."
INVITED = range(27, STUDENTS)
CLAIMED = range(25, 27)
EXCUSED, MINOR, SUPPORTED, CHANGED, NOTED, OTHERWISE = 1, 2, 3, 9, 10, 26
"""Who needs no place, is 17, has support, changed year afterwards, says something is wrong, came with another programme."""
PLACED = {4: "mechatronica-module-testen", 5: "waterstofkar-ombouwen"}
"""Whom the school proposed for which place."""
RESPONSES: Mapping[int, tuple[str, tuple[Deed, ...]]] = {
    6: ("robot-programmeren-grijper", ()),
    7: ("proefmachine-van-cad-tot-plc", (Deed.TAKE_UP, Deed.INVITE)),
    8: ("robotcel-bouwen", (Deed.INVITE, Deed.OFFER)),
}
"""Who responded to which place, and what the company did."""


class Made(NamedTuple):
    """What the students hang on."""

    school: Organisation
    programme: Programme
    period: InternshipPeriod
    group: SchoolClass


def load(places: Mapping[str, int], today: date) -> Changes:
    """
    Make period, class and students once; a period that has begun gets new days. A second time writes nothing.

    Nobody is written to: the people are made up.
    """
    school = session.scalar(select(Organisation).where(Organisation.slug == SCHOOL))
    programme = session.scalar(select(Programme).where(Programme.slug == PROGRAMME))
    if school is None or programme is None:
        return Changes(0, 0, 0)
    there = session.scalar(select(InternshipPeriod).where(InternshipPeriod.slug == PERIOD))
    if there is not None:
        return _kept(there, today)
    made = _begin(school, programme, today)
    students = [_student(made, number, places, today) for number in range(STUDENTS)]
    session.flush()
    _respond(students, today)
    _place(students, made, today)
    for one in students:
        outbox.forget_mail_to(one.email)
    return Changes(len(students) + 2, 0, 0)


def _kept(period: InternshipPeriod, today: date) -> Changes:
    if period.starts_on > today:
        return Changes(0, 0, STUDENTS + 2)
    period.starts_on = first_day(today)
    period.ends_on = period.starts_on + LASTS
    session.flush()
    return Changes(0, 1, STUDENTS + 1)


def first_day(today: date) -> date:
    """The first Monday from about ten weeks ahead on."""
    day = today + AHEAD
    return day + timedelta(days=-day.weekday() % 7)


def _begin(school: Organisation, programme: Programme, today: date) -> Made:
    first = first_day(today)
    period = InternshipPeriod(
        slug=PERIOD, school_id=school.id, programme_id=programme.id, name="BPV leerjaar 3 (voorbeeld)", year=YEAR,
        starts_on=first, ends_on=first + LASTS, hours=640, days_per_week=4, goal=GOAL, placing_mode=PlacingMode.COMPANY_CHOOSES,
    )  # fmt: skip
    supervisor = session.scalar(select(User.id).where(User.email == ACCOUNTS["school"], User.is_demo.is_(True)))
    group = SchoolClass(
        school_id=school.id, programme_id=programme.id, name=CLASS, starts_year=today.year if today.month >= 8 else today.year - 1,
        year=YEAR, supervisor_id=supervisor, period=period,
    )  # fmt: skip
    session.add_all([period, group])
    session.flush()
    return Made(school, programme, period, group)


def _student(made: Made, number: int, places: Mapping[str, int], today: date) -> Enrolment:
    chance = Random(f"{SEED}-class-{number}")  # noqa: S311 nothing is guarded by it
    user, came = _guide() if number == 0 else None, _moment(today, 20)
    first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
    name, email = f"{first} Voorbeeld-{last}", f"{first.lower()}.{number}@klas.voorbeeld.example"
    if user is None and number not in INVITED:
        user = _account(made, name, email, number, chance, places, came)
    first_year = made.group.starts_year - YEAR + 1
    enrolment = Enrolment(
        key=sha256(email.encode()).hexdigest()[:12], school_id=made.school.id, class_id=made.group.id,
        programme_id=made.programme.id, email=user.email if user else email, name=user.display_name if user else name,
        number=f"v{1000 + number}", year=YEAR, cohort=f"{first_year}-{first_year + 1}", travel_km=chance.choice((30, 40, 50, 60)),
        status=EnrolmentStatus.INVITED, invited_at=_moment(today, 30), created_at=_moment(today, 30),
        minor_until=today + timedelta(days=150) if number == MINOR else None, support=number == SUPPORTED,
        excused=number == EXCUSED,
    )  # fmt: skip
    enrolment.school, enrolment.school_class, enrolment.programme = made.school, made.group, made.programme
    if user is None:
        enrolment.secret_until = _moment(today, 30) + INVITATION_VALID
    else:
        enrolment.student, enrolment.claimed_at, enrolment.status = user, came, EnrolmentStatus.CLAIMED
        if number not in CLAIMED:
            enrolment.status, enrolment.confirmed_at = EnrolmentStatus.CONFIRMED, _moment(today, 15)
            enrolment.said_programme_id, enrolment.said_year = made.programme.id, YEAR
    if number == NOTED:
        enrolment.note, enrolment.noted_at = NOTE, _moment(today, 2)
    session.add(enrolment)
    return enrolment


def _guide() -> User | None:
    """The student that a visitor looks around as."""
    query = select(User).where(User.email == ACCOUNTS["student"], User.is_demo.is_(True))
    return session.scalar(query.options(selectinload(User.memberships)))


def _account(made: Made, name: str, email: str, number: int, chance: Random, places: Mapping[str, int], came: datetime) -> User:
    user = User(email=email, display_name=name, password_hash=NO_PASSWORD, confirmed_at=came, is_demo=True)
    user.memberships = [Membership(role=Role.STUDENT, organisation_id=made.school.id)]
    taught: Sequence[int] = session.scalars(
        select(ProgrammeSkill.skill_id).where(ProgrammeSkill.programme_id == made.programme.id).order_by(ProgrammeSkill.skill_id)
    ).all()
    known = chance.sample(list(taught), min(len(taught), chance.randint(3, 6)))
    other = session.scalar(select(Programme.id).where(Programme.slug == "voorbeeld-elektrotechniek-4"))
    profile = Profile(
        user=user, point=StartingPoint.MBO_4, programme_id=other if number == OTHERWISE else made.programme.id,
        year=YEAR - 1 if number == CHANGED else YEAR, wish="", kinds=[], languages=["nl"], hours_per_week=32,
        place_id=places[chance.choice(TOWNS)], travel_km=chance.choice((15, 25, 30, 40)),
        skills=[ProfileSkill(skill_id=skill, position=position) for position, skill in enumerate(known)],
    )  # fmt: skip
    session.add_all([user, profile])
    session.flush()
    return user


def _respond(students: Sequence[Enrolment], today: date) -> None:
    """Some responded; not where the place is gone or closed."""
    for number, (slug, deeds) in RESPONSES.items():
        student, vacancy = students[number].student, _open_place(slug, today)
        if student is None or vacancy is None or applications.latest(student.id, vacancy.id) is not None:
            continue
        text, now = "Deze plek past bij wat ik op school leer. Ik wil graag meebouwen en vragen stellen.", _moment(today, 6)
        response = responding.start(student, vacancy, message=text, wish=text, minor=False, now=now)
        response.key = f"voorbeeldklas-{number}"
        responding.move(response, Deed.SEND, who=Who.STUDENT, by=student, now=now)
        for day, deed in enumerate(deeds, start=1):
            responding.move(response, deed, who=Who.COMPANY, by=None, now=now + timedelta(days=day))


def _place(students: Sequence[Enrolment], made: Made, today: date) -> None:
    """Some are proposed for a place by the school; it has approved the first and still has to look at the other."""
    coordinator = session.scalar(select(User).where(User.email == ACCOUNTS["school"], User.is_demo.is_(True)))
    for number, slug in PLACED.items():
        enrolment, vacancy = students[number], _open_place(slug, today)
        if enrolment.student_id is None or vacancy is None or vacancy.establishment_id is None or vacancy.taken >= vacancy.places:
            continue
        placement = placing.propose(
            school_id=made.school.id, student_id=enrolment.student_id, vacancy=vacancy, establishment_id=vacancy.establishment_id,
            period_id=made.period.id, enrolment_id=enrolment.id, starts_on=made.period.starts_on, ends_on=made.period.ends_on,
            hours=made.period.hours, by=None, now=_moment(today, 4), take=True, tell=False,
        )  # fmt: skip
        if coordinator is not None and number == min(PLACED):
            said = dict.fromkeys(QUESTIONS, True)
            placing.move(
                placement,
                placement_kinds.Deed.APPROVE,
                who=placement_kinds.Who.SCHOOL,
                by=coordinator,
                now=_moment(today, 3),
                answers=said,
            )


def _open_place(slug: str, today: date) -> Vacancy | None:
    found = session.scalar(select(Vacancy.id).where(Vacancy.slug == slug, *vacancies.is_open(today)))
    return vacancies.get(slug) if found is not None else None


def _moment(today: date, days_ago: int) -> datetime:
    return datetime.combine(today - timedelta(days=days_ago), time(9), AMSTERDAM)
