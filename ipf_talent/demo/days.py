"""Example matchmaking days: one to sign up for, one that is planned, and one that has been, so that each step can be seen."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from random import Random
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role
from ipf_talent.cohorts.days import arranging
from ipf_talent.cohorts.days import publishing as day_publishing
from ipf_talent.cohorts.days import queries as day_queries
from ipf_talent.cohorts.days.kinds import DayStatus, Mark, Outcome
from ipf_talent.cohorts.days.models import DayCompany, DayPlace, DayRoom, DayStudent, DayTalk, DayWish, MatchDay
from ipf_talent.db import session
from ipf_talent.demo.people import ACCOUNTS, SEED
from ipf_talent.organisations.models import Organisation
from ipf_talent.profiles.models import Profile
from ipf_talent.programmes.levels import Level
from ipf_talent.programmes.models import Programme
from ipf_talent.skills.tables import Changes


class Comes(NamedTuple):
    """What an example company brings to a day and looks for."""

    tables: int
    levels: tuple[str, ...]
    fields: tuple[str, ...] = ()
    note: str = ""


COMPANIES = {
    "voorbeeld-robotica": Comes(2, ("mbo_4", "ad", "hbo_bachelor"), note="Neem gerust een vraag over robotcellen mee."),
    "voorbeeld-mechatronica": Comes(3, ("mbo_2", "mbo_3", "mbo_4", "ad")),
    "voorbeeld-scheerfabriek": Comes(3, (), note="We vertellen hoe een automatische lijn werkt."),
    "voorbeeld-software": Comes(2, ("mbo_4", "ad", "hbo_bachelor", "wo_bachelor")),
    "voorbeeld-meettechniek": Comes(2, ("mbo_3", "hbo_bachelor", "wo_bachelor", "master")),
    "voorbeeld-elektronica": Comes(2, ("mbo_3", "mbo_4", "hbo_bachelor")),
    "voorbeeld-vision": Comes(2, ("hbo_bachelor", "wo_bachelor", "master")),
    "voorbeeld-energie": Comes(2, ("mbo_2", "mbo_3", "mbo_4")),
    "voorbeeld-verspaning": Comes(2, ("mbo_2", "mbo_3")),
    "voorbeeld-labautomatisering": Comes(2, (), ("software", "mechatronics", "automation", "electronics", "data-ai")),
}
MOST_PLACES = 5
ROOMS = (("Grote zaal", 14), ("Werkplaats", 10))
ABOUT = "Een voorbeeld, om te laten zien hoe een dag gaat. Er komt niemand echt."
THURSDAY = 3
HOLIDAYS = frozenset({*((12, day) for day in range(19, 32)), *((1, day) for day in range(1, 7))})
RENEWED_BEFORE = timedelta(days=7)
"""How near an example day may come before it gets a new date."""
LOOKED_BACK = timedelta(days=21)
"""How long ago the day that has been may be before it gets a new date."""


class Made(NamedTuple):
    """An example day: how many days from today, how many companies and students come, and how far it is."""

    slug: str
    title: str
    days: int
    companies: int
    students: int
    status: DayStatus


DAYS = (
    Made("voorbeeld-kennismakingsdag", "Voorbeeld: kennismakingsdag techniek", 56, 6, 12, DayStatus.OPEN),
    Made("voorbeeld-matchdag", "Voorbeeld: matchdag hightech", 35, 10, 40, DayStatus.CLOSED),
    Made("voorbeeld-matchdag-geweest", "Voorbeeld: matchdag die is geweest", -3, 4, 8, DayStatus.PUBLISHED),
)


def load(today: date) -> Changes:
    """Make the days that are not there yet, and give those whose time is over a new date; a second time writes nothing."""
    there = {day.slug: day for day in session.scalars(select(MatchDay).where(MatchDay.slug.in_([made.slug for made in DAYS])))}
    people = _people()
    added = changed = 0
    for made in DAYS:
        day = there.get(made.slug)
        if day is None:
            _make(made, today, people)
            added += 1
        elif day.held_on < today - LOOKED_BACK if made.days < 0 else day.held_on < today + RENEWED_BEFORE:
            day.held_on, day.sign_up_until = _dates(made, today)
            changed += 1
    session.flush()
    return Changes(added, changed, len(DAYS) - added - changed)


def _dates(made: Made, today: date) -> tuple[date, date]:
    """A Thursday, and a week before it; not between Christmas and the first days of the year."""
    held_on = today + timedelta(days=made.days)
    held_on += timedelta(days=(THURSDAY - held_on.weekday()) % 7 - (7 if made.days < 0 else 0))
    while made.days > 0 and (held_on.month, held_on.day) in HOLIDAYS:
        held_on += timedelta(days=7)
    return held_on, held_on - timedelta(days=7)


def _people() -> list[User]:
    """Example students with a profile: the one that visitors look around as first."""
    mine = User.email != ACCOUNTS["student"]
    query = select(User).join(Profile, Profile.user_id == User.id).where(User.is_demo.is_(True))
    query = query.where(User.memberships.any(role=Role.STUDENT)).options(selectinload(User.memberships))
    return list(session.scalars(query.order_by(mine, User.id)))


def _make(made: Made, today: date, people: Sequence[User]) -> None:
    held_on, until = _dates(made, today)
    big = made.companies > len(COMPANIES) // 2 + 1
    day = MatchDay(
        slug=made.slug, title=made.title, venue="Voorbeeldlaan 1, Drachten", about=ABOUT, held_on=held_on, starts_at=time(12, 30),
        rounds=8 if big else 6, talk_minutes=15, change_minutes=5, breaks={"4": 20} if big else {"3": 20}, least=3 if big else 2,
        most=6 if big else 4, sign_up_until=until, status=DayStatus.OPEN, proposal={}, is_example=True,
    )  # fmt: skip
    day.rooms = [DayRoom(name=name, tables=tables) for name, tables in ROOMS]
    session.add(day)
    session.flush()
    rows = _companies(day, made.companies, today)
    _students(day, people if made.status is not DayStatus.OPEN else people[1:], made.students, rows)
    session.flush()
    if made.status is not DayStatus.OPEN:
        _plan(day, made, today)


def _companies(day: MatchDay, number: int, today: date) -> list[DayCompany]:
    wanted = list(COMPANIES)[:number]
    known = {one.slug: one for one in session.scalars(select(Organisation).where(Organisation.slug.in_(wanted)))}
    rows = []
    for slug in (slug for slug in wanted if slug in known):
        comes = COMPANIES[slug]
        row = DayCompany(
            day_id=day.id, tables=comes.tables, levels=list(comes.levels), fields=list(comes.fields), note=comes.note, away=[],
            seats=[],
        )  # fmt: skip
        row.company = known[slug]
        brought = [one for one in day_queries.places_of(known[slug].id, today) if not comes.levels or one.level in comes.levels]
        row.places = [DayPlace(vacancy_id=one.id) for one in brought[:MOST_PLACES]]
        rows.append(row)
    session.add_all(rows)
    session.flush()
    return rows


def _students(day: MatchDay, people: Sequence[User], number: int, rows: Sequence[DayCompany]) -> None:
    loads = (selectinload(Profile.programme).selectinload(Programme.fields),)
    chosen = people[:number]
    query = select(Profile).where(Profile.user_id.in_([user.id for user in chosen])).options(*loads)
    profiles = {profile.user_id: profile for profile in session.scalars(query)}
    for at, user in enumerate(chosen):
        profile, chance = profiles[user.id], Random(f"{SEED}-{day.slug}-{at}")  # noqa: S311 nothing is guarded by it
        level = profile.programme.level if profile.programme else profile.point.level if profile.point else Level.NONE
        code = f"{'ABCDEFGHJK'[at // 10 % 10]}{at % 10}{chance.choice('LMNPRSTU')}{chance.choice('VWXYZ')}"
        student = DayStudent(
            day_id=day.id, student_id=user.id, code=code,
            level=level, fields=sorted(one.field for one in profile.programme.fields) if profile.programme else [],
            named=at % 5 != 4, fill_up=True, away=[1] if at % 11 == 10 else [],
        )  # fmt: skip
        fitting = [row for row in rows if arranging.looks_for(row, student)]
        marked = chance.sample(fitting, min(len(fitting), chance.randint(3, 6)))
        student.wishes = [DayWish(day_company_id=row.id, mark=chance.choice((Mark.YES, Mark.YES, Mark.MAYBE))) for row in marked]
        session.add(student)


def _plan(day: MatchDay, made: Made, today: date) -> None:
    organiser = session.scalars(select(User).where(User.email == ACCOUNTS["cluster"])).one()
    now = min(clock.now(), day.slots[0].begins - timedelta(days=6))
    day.status = DayStatus.CLOSED
    session.flush()
    question = arranging.asked(day).question
    arranging.propose(day, question, arranging.solve(question), by=organiser, now=now)
    if made.status is DayStatus.PUBLISHED and not day.proposal["short"]:
        day_publishing.publish(day, by=organiser, now=now, quiet=True)
        _speak(day_queries.talks(day.id))


def _speak(talks: Sequence[DayTalk]) -> None:
    """What some said after their talk; the example student and company have not spoken yet."""
    for talk in talks:
        chance = Random(f"{SEED}-{talk.student.code}-{talk.company.company.slug}")  # noqa: S311 nothing is guarded by it
        if talk.student.student is not None and talk.student.student.email != ACCOUNTS["student"]:
            talk.student_says = chance.choice(list(Outcome))
        if talk.company.company.slug != "voorbeeld-robotica":
            talk.company_says = chance.choice(list(Outcome))
    session.flush()
