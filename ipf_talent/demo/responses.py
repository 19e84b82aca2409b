"""Example responses, as made-up students and companies would have written them: several states, so that both sides can be seen."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import selectinload

from ipf_talent.accounts.models import Membership, User
from ipf_talent.accounts.roles import Role
from ipf_talent.applications import deadlines, queries, services, showing, talking, workdays
from ipf_talent.applications.kinds import Deed, Reason, Release, Who
from ipf_talent.applications.models import Application
from ipf_talent.clock import AMSTERDAM
from ipf_talent.db import session
from ipf_talent.demo.people import ACCOUNTS
from ipf_talent.notifications import services as outbox
from ipf_talent.organisations.models import Organisation
from ipf_talent.skills.tables import Changes
from ipf_talent.vacancies import queries as vacancies
from ipf_talent.vacancies.kinds import PlacingMode
from ipf_talent.vacancies.models import Vacancy

KEY = "voorbeeld-"
"""How the keys of example responses begin."""
FRESH = timedelta(days=12)
"""After so long they are written anew: by then most have ended, as any response would."""
GUIDE = 0
"""The example student that a visitor looks around as; the others are numbered from 1."""
_M, _N, _C = Release.MESSAGE, Release.NAME, Release.CONTACT


class Step(NamedTuple):
    """What the company does, so many working days after the response came; with `says` it writes too."""

    day: int
    deed: Deed
    reason: Reason | None = None
    note: str = ""
    skills: tuple[str, ...] = ()
    says: str = ""


class Sample(NamedTuple):
    """
    A response: to which place, by whom, so many working days ago, in which words, and what came of it.

    Attributes:
        shown: what the student shows; nothing where the school places, whose student only says what they want to learn.
        silent: nobody answered, so that it was reminded of twice and ended.
    """

    place: str
    student: int
    ago: int
    text: str
    shown: tuple[Release, ...] = (_M,)
    steps: tuple[Step, ...] = ()
    silent: bool = False


SAMPLES = (
    Sample("robotcel-bouwen", 1, 1, "Ik bouw thuis een robotarm na. Hier wil ik leren hoe het in een fabriek veilig gaat."),
    Sample("robotcel-bouwen", 2, 4, "Storingen zoeken vind ik het leukst. Kan ik bij jullie ook met de PLC werken?", (_M, _N),
           (Step(1, Deed.TAKE_UP),)),
    Sample("proefmachine-van-cad-tot-plc", 2, 6, "Ik teken graag in CAD en wil het daarna in het echt zien draaien.", (_M, _N),
           (Step(2, Deed.INVITE, says="Leuk dat je reageert. Kun je woensdag om tien uur langskomen?"),)),
    Sample("proefmachine-van-cad-tot-plc", 3, 8, "Ik wil van begin tot eind aan één machine werken.", (_M, _N, _C),
           (Step(1, Deed.INVITE), Step(5, Deed.OFFER, says="We werken graag met je. Laat weten of je komt."))),
    Sample("robot-programmeren-grijper", 3, 10, "Ik zoek een plek vanaf februari.", (_M,),
           (Step(3, Deed.REFUSE, Reason.PERIOD, "Wij zoeken iemand die in september begint."),)),
    Sample("robot-programmeren-grijper", 1, 19, "Een grijper bedenken en printen, dat lijkt me mooi werk.", silent=True),
    Sample("plc-programmeur-inpaklijn", GUIDE, 3, "Ik heb op school PLC's geprogrammeerd en wil dat nu echt doen.", (_M, _N),
           (Step(1, Deed.INVITE),)),
    Sample("cad-tekenaar-machinedelen", GUIDE, 9, "Ik teken in SolidWorks en wil leren hoe een werktekening klopt.", (_M,),
           (Step(4, Deed.REFUSE, Reason.LEARNING_GOAL, "Hier teken je de hele dag; jij zoekt robots.", ("technical-drawing",)),)),
    Sample("besturing-labapparaat", GUIDE, 20, "Fijn en schoon werken past bij mij.", silent=True),
    Sample("mechatronica-module-testen", GUIDE, 2, "Ik wil leren meten aan een module die trilt, en weten waar het aan ligt.", ()),
)  # fmt: skip


def load(today: date) -> Changes:
    """
    Write the example responses, or write them anew once they are old; in between what visitors made of them stays.

    No mail goes out for them, and silence towards made-up people is not held against a made-up company.
    """
    for company in session.scalars(select(Organisation).where(Organisation.is_example.is_(True), Organisation.silence > 0)):
        company.silence = 0
    newest = session.scalar(select(func.max(Application.created_at)).where(Application.key.startswith(KEY)))
    if newest is not None and _moment(today, 0) - newest < FRESH:
        return Changes(0, 0, len(SAMPLES))
    old = list(session.scalars(select(Application).where(Application.key.startswith(KEY))))
    for one in old:
        session.delete(one)
    session.flush()
    people, boss = _people(), session.scalar(_example(User.email == ACCOUNTS["company"]))
    written = sum([_write(one, f"{KEY}{n:02}", people, boss, today) for n, one in enumerate(SAMPLES, start=1)]) if people else 0
    for user in session.scalars(select(User).where(User.is_demo.is_(True))):
        outbox.forget_mail_to(user.email)
    return Changes(written - min(written, len(old)), min(written, len(old)), 0)


def _example(*more: ColumnElement[bool]) -> Select[User]:
    return select(User).where(User.is_demo.is_(True), *more).options(selectinload(User.memberships))


def _people() -> Sequence[User]:
    """The example students, the guide first."""
    pupils = _example(User.memberships.any(Membership.role == Role.STUDENT))
    return session.scalars(pupils.order_by(User.email != ACCOUNTS["student"], User.id)).all()


def _write(sample: Sample, key: str, people: Sequence[User], boss: User | None, today: date) -> bool:
    """Write one; not where its place is gone or closed, a visitor responded to it, or the school has another way by now."""
    student = people[sample.student % len(people)]
    number = session.scalar(select(Vacancy.id).where(Vacancy.slug == sample.place, *vacancies.is_open(today)))
    if number is None or queries.latest(student.id, number) is not None:
        return False
    began = _workdays_before(today, sample.ago)
    place, text = vacancies.get(sample.place), sample.text
    if sample.shown and services.mode_for(student, place) is PlacingMode.SCHOOL_PLACES:
        return False
    made = services.start(student, place, message=text, wish=text, minor=False, now=_moment(began, 0))
    made.key = key
    first = Deed.WISH if made.mode is PlacingMode.SCHOOL_PLACES else Deed.SEND
    services.move(made, first, who=Who.STUDENT, by=student, now=_moment(began, 0))
    for part in sample.shown:
        showing.release(made, part, by=student, now=_moment(began, 0), tell=False)
    if boss is not None and made.vacancy.company_id not in boss.organisation_ids(Role.COMPANY_MANAGER):
        boss = None
    for step in sample.steps:
        _take(made, step, boss, _moment(began, step.day))
    if sample.silent:
        for days in deadlines.REMIND_AFTER:
            deadlines.remind(made, days, _moment(began, days))
        deadlines.expire(made, _moment(began, services.TERM))
        made.vacancy.company.silence = 0
    return True


def _take(made: Application, step: Step, boss: User | None, now: datetime) -> None:
    services.move(made, step.deed, who=Who.COMPANY, by=boss, now=now, reason=step.reason, note=step.note, skills=step.skills)
    if step.says and boss is not None:
        talking.write(made, Who.COMPANY, by=boss, body=step.says, once=f"{made.key}-{step.day}", now=now)


def _moment(day: date, later: int) -> datetime:
    """Ten in the morning, so many working days after a day."""
    return datetime.combine(workdays.after(day, later), time(10), AMSTERDAM)


def _workdays_before(day: date, number: int) -> date:
    """The last working day from which so many working days have passed."""
    first = day
    while workdays.between(first, day) < number or not workdays.is_workday(first):
        first -= timedelta(days=1)
    return first
