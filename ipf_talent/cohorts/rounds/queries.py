"""Reading rounds: one with all that belongs to it, the lists of each side, and places that can take part."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role
from ipf_talent.cohorts.rounds.kinds import RoundStatus
from ipf_talent.cohorts.rounds.models import PlacePriorities, Round, RoundLock, RoundPlace, RoundStudent
from ipf_talent.db import session
from ipf_talent.enrolments.models import Enrolment, InternshipPeriod
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _
from ipf_talent.organisations.models import Organisation, Recognition
from ipf_talent.organisations.recognition import RecognitionStatus
from ipf_talent.placements.kinds import LIVE
from ipf_talent.placements.models import Placement
from ipf_talent.programmes.models import Programme
from ipf_talent.programmes.queries import AnyRow, AnySelect
from ipf_talent.vacancies import queries as vacancies
from ipf_talent.vacancies.kinds import MBO, PlacingMode
from ipf_talent.vacancies.models import Vacancy, VacancyCrebo

RUNNING = (RoundStatus.WISHES, RoundStatus.COMPUTED, RoundStatus.PROPOSED)
"""States in which a round holds seats."""


def _loads() -> tuple[ORMOption, ...]:
    return (
        joinedload(Round.period),
        joinedload(Round.school),
        selectinload(Round.places).joinedload(RoundPlace.vacancy).joinedload(Vacancy.company),
        selectinload(Round.places).joinedload(RoundPlace.vacancy).joinedload(Vacancy.place),
        selectinload(Round.students).options(
            joinedload(RoundStudent.enrolment).joinedload(Enrolment.programme).selectinload(Programme.fields),
            joinedload(RoundStudent.home),
            joinedload(RoundStudent.student),
            joinedload(RoundStudent.lock),
            selectinload(RoundStudent.wishes),
        ),
    )


def get(slug: str) -> Round:
    """
    A round with its places, students, wishes and locks, fresh from the database; who may see it says the policy.

    Raises:
        NotFound: there is none with this key.
    """
    query = select(Round).where(Round.key == slug).options(*_loads())
    found = session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound(_("There is no such round."))
    return found


def made_with(key: str) -> Round | None:
    """The round that a form made already."""
    return session.scalar(select(Round).where(Round.made_with == key))


def of_school(user: User) -> AnySelect:
    """Lines of the rounds of one's own schools, the newest first: the twin of `round_policy.may_run`."""
    students = select(func.count()).where(RoundStudent.round_id == Round.id).correlate(Round).scalar_subquery()
    wished = (
        select(func.count())
        .where(RoundStudent.round_id == Round.id, RoundStudent.wished_at.is_not(None))
        .correlate(Round)
        .scalar_subquery()
    )
    columns = (
        Round.key, Round.name, Round.status, Round.wishes_until, Round.answer_until, Round.is_example,
        InternshipPeriod.name.label("period"), students.label("students"), wished.label("wished"),
    )  # fmt: skip
    query = select(*columns).join(InternshipPeriod, InternshipPeriod.id == Round.period_id)
    return query.where(Round.school_id.in_(user.organisation_ids(Role.COORDINATOR))).order_by(Round.id.desc())


def entry(slug: str) -> RoundStudent:
    """
    A student's own part of a round, fresh from the database.

    Raises:
        NotFound: there is none with this key.
    """
    loads = (
        joinedload(RoundStudent.placing_round).options(
            joinedload(Round.period),
            joinedload(Round.school),
            selectinload(Round.places)
            .joinedload(RoundPlace.vacancy)
            .options(joinedload(Vacancy.company), joinedload(Vacancy.place)),
        ),
        joinedload(RoundStudent.enrolment).joinedload(Enrolment.programme).selectinload(Programme.fields),
        joinedload(RoundStudent.home),
        joinedload(RoundStudent.student),
        joinedload(RoundStudent.placement),
        selectinload(RoundStudent.wishes),
    )
    query = select(RoundStudent).where(RoundStudent.key == slug).options(*loads)
    found = session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound(_("There is no such round."))
    return found


def of_student(user_id: int) -> Sequence[AnyRow]:
    """Lines of the rounds in which a person takes part, the newest first; those that are only prepared stay out."""
    columns = (
        RoundStudent.key, RoundStudent.wished_at, RoundStudent.answer, RoundStudent.got_id,
        Round.name, Round.status, Round.wishes_until, Round.answer_until, Round.is_example,
        InternshipPeriod.name.label("period"), Organisation.name.label("school"),
    )  # fmt: skip
    query = select(*columns).join(Round, Round.id == RoundStudent.round_id)
    query = query.join(InternshipPeriod, InternshipPeriod.id == Round.period_id).join(
        Organisation, Organisation.id == Round.school_id
    )
    theirs = (RoundStudent.student_id == user_id, Round.status != RoundStatus.DRAFT)
    return session.execute(query.where(*theirs).order_by(Round.id.desc())).all()


def waiting_for(user_id: int) -> AnyRow | None:
    """The round in which a student has to do something now: state wishes, or answer; None where there is none."""
    open_wishes = and_(Round.status == RoundStatus.WISHES, RoundStudent.wished_at.is_(None))
    to_answer = and_(Round.status == RoundStatus.PROPOSED, RoundStudent.got_id.is_not(None), RoundStudent.answer.is_(None))
    query = select(RoundStudent.key, Round.name, Round.status, Round.wishes_until, Round.answer_until)
    query = query.join(Round, Round.id == RoundStudent.round_id).where(RoundStudent.student_id == user_id)
    return session.execute(query.where(or_(open_wishes, to_answer)).order_by(Round.id.desc()).limit(1)).one_or_none()


def eligible(placing_round: Round, today: date) -> Sequence[Vacancy]:
    """
    Places that can take part: open, at an address, in the period, with a seat that no other running round holds, by title.

    An mbo place is meant for a qualification of the period, and its workplace is recognised for it; elsewhere the school places.
    """
    period = placing_round.period
    learnt = Programme.id == period.programme_id if period.programme_id else Programme.institution_id == placing_round.school_id
    recognised = select(VacancyCrebo.vacancy_id).join(Recognition, Recognition.crebo == VacancyCrebo.crebo)
    recognised = recognised.where(
        Recognition.establishment_id == Vacancy.establishment_id,
        Recognition.status == RecognitionStatus.VERIFIED,
        Recognition.crebo.in_(select(Programme.code).where(learnt, Programme.code.is_not(None))),
    )
    fits = or_(
        and_(Vacancy.kind.in_(MBO), Vacancy.id.in_(recognised.correlate(Vacancy))),
        and_(Vacancy.kind.not_in(MBO), Vacancy.placing_mode == PlacingMode.SCHOOL_PLACES),
    )
    in_time = (
        Vacancy.starts_on <= period.ends_on,
        or_(Vacancy.rolling.is_(True), Vacancy.ends_on.is_(None), Vacancy.ends_on >= period.starts_on),
    )
    query = select(Vacancy).where(*vacancies.is_open(today), Vacancy.establishment_id.is_not(None), *in_time, fits)
    query = query.where(Vacancy.is_example == placing_round.school.is_example)
    loads = (joinedload(Vacancy.company), joinedload(Vacancy.place))
    return session.scalars(query.options(*loads).order_by(Vacancy.title_nl, Vacancy.id)).all()


def held_elsewhere(vacancy_ids: Collection[int], *, but: int) -> Mapping[int, int]:
    """
    Seats that other running rounds hold, by place: all of them until it is published, then those of proposals nobody answered.

    A seat that was accepted counts as taken at the place itself, and not here; one that nobody got, or that was declined, is free.
    """
    unanswered = (
        select(func.count())
        .where(RoundStudent.got_id == RoundPlace.id, RoundStudent.answer.is_(None))
        .correlate(RoundPlace)
        .scalar_subquery()
    )
    number = case((Round.status == RoundStatus.PROPOSED, unanswered), else_=RoundPlace.seats)
    query = select(RoundPlace.vacancy_id, number).join(Round, Round.id == RoundPlace.round_id)
    others = (RoundPlace.vacancy_id.in_(vacancy_ids), Round.id != but, Round.status.in_(RUNNING))
    held: dict[int, int] = {}
    for vacancy_id, seats in session.execute(query.where(*others)):
        held[vacancy_id] = held.get(vacancy_id, 0) + seats
    return held


def priorities_of(vacancy_ids: Collection[int]) -> Mapping[int, PlacePriorities]:
    """What companies said that their places go by, of those that said so."""
    query = select(PlacePriorities).where(PlacePriorities.vacancy_id.in_(vacancy_ids))
    return {one.vacancy_id: one for one in session.scalars(query)}


def places_of_company(user: User) -> Sequence[AnyRow]:
    """The places of one's own companies that are open or take part in a round, by title, with what they go by."""
    in_round = select(RoundPlace.vacancy_id).join(Round, Round.id == RoundPlace.round_id).where(Round.status.in_(RUNNING))
    columns = (
        Vacancy.slug, Vacancy.title_nl, Vacancy.title_en, Vacancy.places, Vacancy.taken, PlacePriorities.criteria,
        Vacancy.id.in_(in_round).label("in_round"), Organisation.name.label("company"),
    )  # fmt: skip
    query = select(*columns).join(Organisation, Organisation.id == Vacancy.company_id)
    query = query.join(PlacePriorities, PlacePriorities.vacancy_id == Vacancy.id, isouter=True)
    own = Vacancy.company_id.in_(user.organisation_ids(Role.COMPANY_MANAGER))
    shown = or_(Vacancy.status == "published", Vacancy.id.in_(in_round))
    return session.execute(query.where(own, shown).order_by(Vacancy.title_nl, Vacancy.id)).all()


def placed_in(period_id: int) -> frozenset[int]:
    """The enrolments that hold a place in a period."""
    held = (Placement.period_id == period_id, Placement.status.in_(LIVE), Placement.enrolment_id.is_not(None))
    return frozenset(session.scalars(select(Placement.enrolment_id).where(*held)))


def answering_in(period_id: int, *, but: int) -> frozenset[int]:
    """The enrolments to whom another round of the period proposes a place, and who have not answered."""
    proposed = (Round.status == RoundStatus.PROPOSED, RoundStudent.got_id.is_not(None), RoundStudent.answer.is_(None))
    return _taking_part(period_id, but, *proposed)


def wishing_in(period_id: int, *, but: int) -> frozenset[int]:
    """The enrolments in another round of the period that is not published yet."""
    return _taking_part(period_id, but, Round.status.in_((RoundStatus.WISHES, RoundStatus.COMPUTED)))


def _taking_part(period_id: int, but: int, *how: ColumnElement[bool]) -> frozenset[int]:
    query = select(RoundStudent.enrolment_id).join(Round, Round.id == RoundStudent.round_id)
    theirs = (Round.period_id == period_id, Round.id != but, RoundStudent.enrolment_id.is_not(None), *how)
    return frozenset(number for number in session.scalars(query.where(*theirs)) if number is not None)


class Proposal(NamedTuple):
    """A place that a round proposes to a student, who has not answered yet."""

    company: str
    until: date


def proposals_in(period_ids: Collection[int]) -> dict[int, Proposal]:
    """The open proposals of the rounds of these periods, by enrolment; of several the last round's."""
    columns = (RoundStudent.enrolment_id, Organisation.name.label("company"), Round.answer_until.label("until"))
    query = select(*columns).join(Round, Round.id == RoundStudent.round_id).join(RoundPlace, RoundPlace.id == RoundStudent.got_id)
    query = query.join(Vacancy, Vacancy.id == RoundPlace.vacancy_id).join(Organisation, Organisation.id == Vacancy.company_id)
    theirs = (Round.period_id.in_(period_ids), RoundStudent.enrolment_id.is_not(None), RoundStudent.answer.is_(None))
    rows = session.execute(query.where(*theirs, Round.status == RoundStatus.PROPOSED).order_by(Round.id, RoundStudent.id))
    return {row.enrolment_id: Proposal(row.company, row.until) for row in rows}


def locks_of(placing_round: Round) -> list[tuple[RoundStudent, RoundLock]]:
    """The fixed pairs of a round."""
    return [(one, one.lock) for one in placing_round.students if one.lock is not None]
