"""What the pages tell of a response, for its student and for its company; and what other pages show of responses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role
from ipf_talent.applications import answer_queries, policy, queries, showing, talking, workflow
from ipf_talent.applications.answer_queries import Refusals, Silence
from ipf_talent.applications.cards import card_for
from ipf_talent.applications.kinds import Band, Deed, Reason, Release, State, Who
from ipf_talent.applications.models import Application, ApplicationEvent
from ipf_talent.applications.standing import Answering, Standing, to_answer
from ipf_talent.enrolments.queries import placing_mode_for
from ipf_talent.i18n import pick
from ipf_talent.organisations.models import Organisation
from ipf_talent.profiles import current
from ipf_talent.profiles import queries as profiles
from ipf_talent.programmes.models import Programme
from ipf_talent.skills.models import Skill
from ipf_talent.vacancies.kinds import Minors, PlacingMode
from ipf_talent.vacancies.models import Vacancy

FEWEST = 3
"""Refusals from which a reason says something about a place."""


class Stop(NamedTuple):
    """A state on the way to the place: `past`, `here` or `ahead`."""

    state: State
    phase: str


@dataclass(frozen=True)
class CardTold:
    """What a company sees from the start, in values to read."""

    skills: Sequence[Skill]
    first: date | None
    last: date | None
    hours: int | None
    travel: Band | None


@dataclass(frozen=True)
class Told:
    """
    A response as one side sees it.

    Attributes:
        turn: who has to act now, and None when nobody has.
        late: working days that the turn has lasted, where it is past its day.
        deeds: what this side can do now.
        can_show: what the student can show now.
        values: what the company may read, by piece; for the student all pieces there are.
        skills: labels of the skills that would have helped, by slug.
    """

    one: Application
    side: Who
    turn: Who | None
    late: bool
    stops: Sequence[Stop]
    card: CardTold
    deeds: frozenset[Deed]
    can_show: Sequence[Release]
    shown: frozenset[Release]
    values: Mapping[Release, Any]
    can_write: bool
    trail: Sequence[ApplicationEvent]
    skills: Mapping[str, Skill]
    named: bool = False
    """Whether the message to the company holds the student's own name."""


def title_of(application: Application) -> str:
    """Place and company, for a line of a list."""
    return f"{pick(application.vacancy, 'title')} – {application.vacancy.company.name}"


def for_student(application: Application, now: datetime) -> Told:
    """All of it."""
    values = {Release.MESSAGE: application.message, Release.CV: application.document}
    return _told(application, Who.STUDENT, now, values)


def for_company(application: Application, now: datetime) -> Told:
    """As far as the student shows it: nothing else leaves this function."""
    shown, student = application.releases, application.student
    values: dict[Release, Any] = {}
    if Release.MESSAGE in shown:
        values[Release.MESSAGE] = application.message
    if Release.NAME in shown and student is not None:
        values[Release.NAME] = (student.display_name, _programme(student))
    if Release.CONTACT in shown and student is not None:
        values[Release.CONTACT] = student.email
    if Release.CV in shown and application.document is not None:
        values[Release.CV] = application.document
    return _told(application, Who.COMPANY, now, values)


def _programme(student: User) -> Programme | None:
    profile = profiles.of(student.id)
    return profile.programme if profile else None


def _told(application: Application, side: Who, now: datetime, values: Mapping[Release, Any]) -> Told:
    turn = workflow.TURNS.get(application.state)
    today = now.astimezone(clock.AMSTERDAM).date()
    card = application.card if application.sent_at else card_for(application)
    skills = answer_queries.labels({*card.get("skills", ()), *application.helpful_skills})
    return Told(
        one=application,
        side=side,
        turn=turn,
        late=application.due_on is not None and today > application.due_on,
        stops=_stops(application),
        card=_card(card, skills),
        deeds=frozenset(workflow.deeds(application.mode, application.state, side)),
        can_show=showing.can_show(application),
        shown=application.releases,
        values=values,
        can_write=talking.can_write(application),
        trail=list(reversed(application.events)),
        skills=skills,
        named=side is Who.STUDENT and _is_named(application),
    )


def _stops(application: Application) -> list[Stop]:
    """The way, with the states that were passed; after an end all that was not reached is left out."""
    way = workflow.path(application.mode)
    if application.state in way:
        here = way.index(application.state)
        return [Stop(state, "past" if n < here else "here" if n == here else "ahead") for n, state in enumerate(way)]
    reached = {line.after for line in application.events}
    return [*(Stop(state, "past") for state in way if state in reached), Stop(application.state, "here")]


def _card(card: Mapping[str, Any], skills: Mapping[str, Skill]) -> CardTold:
    own = [skills[slug] for slug in card.get("skills", ()) if slug in skills]
    first, last = (date.fromisoformat(card[name]) if name in card else None for name in ("from", "until"))
    travel = Band(card["travel"]) if "travel" in card else None
    return CardTold(sorted(own, key=lambda skill: pick(skill, "label").casefold()), first, last, card.get("hours"), travel)


def _is_named(application: Application) -> bool:
    student, text = application.student, application.message.casefold()
    return student is not None and any(len(part) > 2 and part in text for part in student.display_name.casefold().split())


def asked_skills(application: Application) -> dict[str, str]:
    """The skills that the place asks, for a list to tick."""
    return {one.skill.slug: pick(one.skill, "label") for one in application.vacancy.skills}


class OwnAnswers(NamedTuple):
    """How one's own company answers, and what silence does to its places."""

    company: Organisation
    figures: Answering
    silence: Silence

    @property
    def standing(self) -> Standing:
        """What silence does today."""
        return self.silence.standing

    @property
    def to_answer(self) -> int:
        """How many silent ones must be answered late before all is fine again."""
        return to_answer(*self.silence)


def own_companies(user: User) -> list[Organisation]:
    """The companies that a person manages, by name."""
    own = {one.organisation for one in user.memberships if one.role is Role.COMPANY_MANAGER and one.organisation}
    return sorted(own, key=lambda one: one.name.casefold())


def own_answers(company: Organisation, now: datetime) -> OwnAnswers:
    """For the company itself, from the first response on."""
    return OwnAnswers(company, answer_queries.of_company(company.id, now), answer_queries.silence(company.id, now))


def answers_of(company_id: int) -> Answering | None:
    """For everyone, once there is enough to tell; None before."""
    figures = answer_queries.of_company(company_id, clock.now())
    return figures if figures.is_public else None


class Mine(NamedTuple):
    """What the page of a place tells the person at the screen about responding to it."""

    may: bool
    """Whether this person can respond, or could with an account."""
    key: str | None
    state: State | None
    adult_on: date | None = None
    """Set where the place is for people from 18, and the reader turns 18 only on this day, after the start."""
    mode: PlacingMode | None = None
    """Who places, where the reader's school says so for their internship period (R4)."""


def mine_at(vacancy: Any) -> Mine:
    """Whether the reader can respond to a place (anything with an id), and how their response to it stands."""
    user, young = current_user, _too_young(vacancy)
    if not user.is_authenticated:
        return Mine(not young, None, None, young)
    if not policy.may_respond(user):
        return Mine(False, None, None)
    found = queries.latest(user.id, vacancy.id)
    if found is None or found.state in (State.WITHDRAWN, State.EXPIRED):
        mode = placing_mode_for(user.id, vacancy) if isinstance(vacancy, Vacancy) else None
        return Mine(not young, None, None, young, mode)
    return Mine(True, found.key, found.state)


def _too_young(vacancy: Any) -> date | None:
    day = current.adult_on() if vacancy.minors is Minors.NO else None
    return day if day and vacancy.starts_on < day else None


class RefusalsTold(NamedTuple):
    """Why the answer was no, with the labels of the skills that were named."""

    found: Refusals
    skills: Mapping[str, Skill]


def my_refusals() -> RefusalsTold | None:
    """Why companies said no to the reader; None where none did, or for a guest."""
    user = current_user
    if not user.is_authenticated:
        return None
    found = answer_queries.refusals_of(user.id)
    return RefusalsTold(found, answer_queries.labels([slug for slug, _n in found.skills])) if found.total else None


class Hint(NamedTuple):
    """What the refusals at a place say about the place itself."""

    reason: Reason
    number: int
    total: int


def refusal_hints(vacancy: Vacancy) -> list[Hint]:
    """Reasons that came up so often at one place that its text or its facts may be the cause; for its company alone."""
    found = answer_queries.refusals_at([vacancy.id])
    telling_reasons = (Reason.LEARNING_GOAL, Reason.PERIOD, Reason.MINOR_SAFETY, Reason.GUIDANCE)
    if found.total < FEWEST:
        return []
    return [Hint(reason, n, found.total) for reason, n in found.reasons if reason in telling_reasons and 3 * n >= found.total]


class ResponseFigures(NamedTuple):
    """What became of the responses to one place, for its company: how many there were, answered, and the median in working days."""

    responses: int
    answered: int
    median_days: float | None


def response_figures(vacancy: Vacancy) -> ResponseFigures:
    """Of the last year."""
    now = clock.now()
    found = answer_queries.of_place(vacancy.company_id, vacancy.id, now)
    return ResponseFigures(queries.arrived_since(vacancy.id, now - answer_queries.YEAR), found.answered, found.median_days)
