"""How companies answer, and why they said no: figures over responses, in which nobody is named."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, case, func, or_, select

from ipf_talent.applications import workdays
from ipf_talent.applications.kinds import Reason, State, Who
from ipf_talent.applications.models import Application
from ipf_talent.applications.standing import LOOKED_BACK, Answering, Outcome, Standing, answering, standing
from ipf_talent.clock import AMSTERDAM
from ipf_talent.db import session
from ipf_talent.organisations.models import Organisation
from ipf_talent.skills.models import Skill
from ipf_talent.vacancies.models import Vacancy

YEAR = timedelta(days=365)
_WAS_DUE = or_(Application.answered_at.is_not(None), and_(Application.state == State.EXPIRED, Application.silent == Who.COMPANY))
"""The company had to answer: it did, or its time ran out. Open ones and those withdrawn before do not count."""


def outcomes(company_id: int, now: datetime, *, vacancy_id: int | None = None) -> list[Outcome]:
    """What became of the responses of the last year that the company had to answer; of one place where it is named."""
    columns = (Application.sent_at, Application.answered_at, Application.in_time)
    here = [Vacancy.company_id == company_id, Application.sent_at >= now - YEAR, _WAS_DUE]
    if vacancy_id is not None:
        here.append(Application.vacancy_id == vacancy_id)
    query = select(*columns).join(Vacancy, Vacancy.id == Application.vacancy_id).where(*here)
    return [_outcome(*row) for row in session.execute(query)]


def _outcome(sent_at: datetime | None, answered_at: datetime | None, in_time: bool | None) -> Outcome:
    if sent_at is None or answered_at is None:
        return Outcome(None)
    first, last = (moment.astimezone(AMSTERDAM).date() for moment in (sent_at, answered_at))
    return Outcome(workdays.between(first, last), bool(in_time))


def of_company(company_id: int, now: datetime) -> Answering:
    """How a company answers, over the last year."""
    return answering(outcomes(company_id, now))


def of_place(company_id: int, vacancy_id: int, now: datetime) -> Answering:
    """How a company answered the responses to one place."""
    return answering(outcomes(company_id, now, vacancy_id=vacancy_id))


class Silence(NamedTuple):
    """What counts against a company: `silent` of `due` in the last LOOKED_BACK days."""

    silent: int
    due: int

    @property
    def standing(self) -> Standing:
        """What follows from it."""
        return standing(self.silent, self.due)


def silence(company_id: int, now: datetime) -> Silence:
    """How often a company was silent of late, and has not answered late either."""
    since = now - timedelta(days=LOOKED_BACK)
    left = and_(Application.state == State.EXPIRED, Application.silent == Who.COMPANY, Application.late_answer_at.is_(None))
    recent = or_(Application.answered_at >= since, and_(Application.answered_at.is_(None), Application.ended_at >= since))
    query = select(func.coalesce(func.sum(case((left, 1), else_=0)), 0), func.count()).select_from(Application)
    query = query.join(Vacancy, Vacancy.id == Application.vacancy_id).where(Vacancy.company_id == company_id, _WAS_DUE, recent)
    silent, due = session.execute(query).one()
    return Silence(int(silent), int(due))


def companies_marked() -> list[int]:
    """Companies whose places stand last or are hidden today."""
    return list(session.scalars(select(Organisation.id).where(Organisation.silence > 0).order_by(Organisation.id)))


class Refusals(NamedTuple):
    """Why the answer was no: reasons with their number, and skills that would have helped."""

    reasons: list[tuple[Reason, int]]
    skills: list[tuple[str, int]]

    @property
    def total(self) -> int:
        """How many there were."""
        return sum(number for _reason, number in self.reasons)


def refusals_of(student_id: int) -> Refusals:
    """Why a student was refused, for that student alone."""
    return _refusals(select(Application.reason, Application.helpful_skills).where(Application.student_id == student_id, *_NO))


def refusals_at(vacancy_ids: Collection[int]) -> Refusals:
    """Why a company refused, over these places."""
    return _refusals(select(Application.reason, Application.helpful_skills).where(Application.vacancy_id.in_(vacancy_ids), *_NO))


_NO = (Application.state.in_((State.REJECTED, State.RETURNED)), Application.reason.is_not(None))


def _refusals(query) -> Refusals:  # type: ignore[no-untyped-def]
    rows = session.execute(query).all()
    reasons = Counter(Reason(reason) for reason, _skills in rows)
    skills = Counter(slug for _reason, named in rows for slug in named or ())
    order = list(Reason)
    return Refusals(
        sorted(reasons.items(), key=lambda pair: (-pair[1], order.index(pair[0]))),
        sorted(skills.items(), key=lambda pair: (-pair[1], pair[0])),
    )


def labels(slugs: Collection[str]) -> dict[str, Skill]:
    """Skills by slug, for their labels; one statement, none where nothing is asked."""
    if not slugs:
        return {}
    return {row.slug: row for row in session.scalars(select(Skill).where(Skill.slug.in_(slugs)))}
