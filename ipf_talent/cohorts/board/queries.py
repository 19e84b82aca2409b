"""Reading the board: students of some periods with placement, furthest response and last contact; few statements for any number."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, func, or_, select

from ipf_talent import clock
from ipf_talent.applications.kinds import OPEN, PLACED, State, Who
from ipf_talent.applications.models import Application, ApplicationEvent
from ipf_talent.cohorts.board.lines import Row
from ipf_talent.cohorts.board.models import Nudge, NudgeTo, PeriodNotice
from ipf_talent.cohorts.board.standing import HELD, MARKS, SETTLED, Facts, furthest, next_step
from ipf_talent.cohorts.rounds import queries as rounds
from ipf_talent.db import session
from ipf_talent.enrolments.kinds import HERE, EnrolmentStatus
from ipf_talent.enrolments.models import Enrolment, InternshipPeriod, SchoolClass
from ipf_talent.organisations.models import Establishment, Organisation
from ipf_talent.placements.models import Placement
from ipf_talent.programmes.queries import AnyRow
from ipf_talent.vacancies.models import Vacancy

Responses = Mapping[int, Sequence[AnyRow]]


def periods_now(school_ids: Collection[int], today: date) -> Sequence[InternshipPeriod]:
    """The periods of these schools that are not over, the first to begin first."""
    ahead = (InternshipPeriod.school_id.in_(school_ids), InternshipPeriod.ends_on >= today)
    query = select(InternshipPeriod).where(*ahead)
    return session.scalars(query.order_by(InternshipPeriod.starts_on, InternshipPeriod.name, InternshipPeriod.id)).all()


def rows(periods: Sequence[InternshipPeriod], today: date) -> list[Row]:
    """Everybody of these periods: the first to begin first, then by name."""
    by_id = {one.id: one for one in periods}
    students = _students(by_id)
    if not students:
        return []
    placements, responses = _placements(by_id, {one.school_id for one in periods}), _responses(by_id)
    proposals, contacts = rounds.proposals_in(by_id), _contacts(by_id)
    found = [_row(one, by_id[one.period], placements, proposals.get(one.id), responses, contacts, today) for one in students]
    return sorted(found, key=lambda row: (row.starts_on, row.period_id, row.name.casefold(), row.enrolment_id))


def _students(periods: Collection[int]) -> Sequence[AnyRow]:
    holds = func.coalesce(Enrolment.period_id, SchoolClass.period_id)
    columns = (
        Enrolment.id, Enrolment.key, Enrolment.name, Enrolment.number, Enrolment.student_id, Enrolment.status, Enrolment.excused,
        Enrolment.secret_until, Enrolment.claimed_at, Enrolment.minor_until, SchoolClass.id.label("class_id"),
        SchoolClass.name.label("class_name"), holds.label("period"),
    )  # fmt: skip
    query = select(*columns).select_from(Enrolment).outerjoin(SchoolClass, SchoolClass.id == Enrolment.class_id)
    return session.execute(query.where(holds.in_(periods), Enrolment.status.in_(HERE)).order_by(Enrolment.id)).all()


def _student_ids(periods: Collection[int]) -> ScalarSelect[Any]:
    holds = func.coalesce(Enrolment.period_id, SchoolClass.period_id)
    query = select(Enrolment.student_id).outerjoin(SchoolClass, SchoolClass.id == Enrolment.class_id)
    return query.where(holds.in_(periods), Enrolment.student_id.is_not(None)).scalar_subquery()


def _placements(periods: Mapping[int, InternshipPeriod], schools: Collection[int]) -> dict[tuple[str, int], Sequence[AnyRow]]:
    """Placements that hold, by enrolment or else by account; one without a period counts where its days fall in one."""
    columns = (
        Placement.id, Placement.key, Placement.status, Placement.enrolment_id, Placement.student_id, Placement.period_id,
        Placement.starts_on, Placement.ends_on, Organisation.name.label("company"),
    )  # fmt: skip
    query = select(*columns).join(Establishment, Establishment.id == Placement.establishment_id)
    query = query.join(Organisation, Organisation.id == Establishment.organisation_id)
    holding = (Placement.school_id.in_(schools), Placement.status.in_(HELD))
    here = or_(Placement.period_id.in_(periods), Placement.period_id.is_(None))
    found: dict[tuple[str, int], list[AnyRow]] = defaultdict(list)
    for row in session.execute(query.where(*holding, here).order_by(Placement.id)):
        if row.enrolment_id is not None:
            found["enrolment", row.enrolment_id].append(row)
        elif row.student_id is not None:
            found["student", row.student_id].append(row)
    return dict(found)


def _responses(periods: Mapping[int, InternshipPeriod]) -> Responses:
    """Open responses of these students by account, those that nobody sent left out."""
    columns = (
        Application.id, Application.student_id, Application.state, Application.due_on, Application.school_id, Vacancy.starts_on,
        Vacancy.ends_on, Vacancy.rolling, Organisation.name.label("company"),
    )  # fmt: skip
    query = select(*columns).join(Vacancy, Vacancy.id == Application.vacancy_id)
    query = query.join(Organisation, Organisation.id == Vacancy.company_id)
    theirs = (Application.student_id.in_(_student_ids(periods)), Application.state.in_((OPEN | PLACED) - {State.DRAFT}))
    found: dict[int, list[AnyRow]] = defaultdict(list)
    for row in session.execute(query.where(*theirs).order_by(Application.id)):
        found[row.student_id].append(row)
    return found


def _contacts(periods: Mapping[int, InternshipPeriod]) -> tuple[dict[int, datetime], dict[int, datetime]]:
    """The last time that somebody did or wrote something in a response, by account; and the last nudge, by enrolment."""
    sides = (Who.STUDENT, Who.COMPANY, Who.SCHOOL)
    done = select(Application.student_id, func.max(ApplicationEvent.at)).join(
        ApplicationEvent, ApplicationEvent.application_id == Application.id
    )
    theirs = (Application.student_id.in_(_student_ids(periods)), ApplicationEvent.who.in_(sides), ApplicationEvent.what != "seen")
    last = {
        number: at for number, at in session.execute(done.where(*theirs).group_by(Application.student_id)) if number is not None
    }
    holds = func.coalesce(Enrolment.period_id, SchoolClass.period_id)
    given = select(Nudge.enrolment_id, func.max(Nudge.at)).join(Enrolment, Enrolment.id == Nudge.enrolment_id)
    given = given.outerjoin(SchoolClass, SchoolClass.id == Enrolment.class_id)
    nudged = given.where(holds.in_(periods), Nudge.receiver != NudgeTo.SELF).group_by(Nudge.enrolment_id)
    return last, {row[0]: row[1] for row in session.execute(nudged)}


def _row(
    one: AnyRow,
    period: InternshipPeriod,
    placements: Mapping[tuple[str, int], Sequence[AnyRow]],
    proposal: rounds.Proposal | None,
    responses: Responses,
    contacts: tuple[Mapping[int, datetime], Mapping[int, datetime]],
    today: date,
) -> Row:
    own = [*placements.get(("enrolment", one.id), ()), *placements.get(("student", one.student_id or 0), ())]
    placement = next((row for row in own if _falls_in(row, period)), None)
    fitting = [row for row in responses.get(one.student_id or 0, ()) if _can_fall_in(row, period)]
    state = furthest(row.state for row in fitting)
    response = next((row for row in fitting if row.state is state), None)
    facts = Facts(
        mode=period.placing_mode,
        starts_on=period.starts_on,
        status=one.status,
        excused=one.excused,
        invited_until=_local(one.secret_until),
        placement=placement.status if placement else None,
        proposed_until=proposal.until if proposal else None,
        response=state,
        response_due=response.due_on if response else None,
    )
    known = response.company if response is not None and response.school_id == period.school_id else None
    offered = placement.company if placement else proposal.company if proposal else known
    moments = [contacts[0].get(one.student_id or 0), contacts[1].get(one.id), one.claimed_at]
    return Row(
        enrolment_id=one.id,
        key=one.key,
        name=one.name,
        number=one.number,
        class_id=one.class_id,
        class_name=one.class_name or "",
        period_id=period.id,
        period=period.slug,
        starts_on=period.starts_on,
        step=next_step(facts),
        company=offered,
        placement_key=placement.key if placement else None,
        last_contact=_local(max((moment for moment in moments if moment is not None), default=None)),
        student_id=one.student_id,
        response_id=response.id if response is not None and placement is None and proposal is None else None,
        proposed=placement is None and proposal is not None,
        placement_id=placement.id if placement else None,
        minor=one.minor_until is not None and today < one.minor_until,
    )


def _falls_in(placement: AnyRow, period: InternshipPeriod) -> bool:
    if placement.period_id is not None:
        return bool(placement.period_id == period.id)
    return bool(placement.starts_on <= period.ends_on and placement.ends_on >= period.starts_on)


def _can_fall_in(response: AnyRow, period: InternshipPeriod) -> bool:
    ends = response.ends_on
    return bool(response.starts_on <= period.ends_on and (response.rolling or ends is None or ends >= period.starts_on))


def _local(moment: datetime | None) -> date | None:
    return moment.astimezone(clock.AMSTERDAM).date() if moment else None


def nudged_on(enrolments: Collection[int], receiver: NudgeTo, day: date) -> set[int]:
    """Of these students, about whom that side was nudged on a day."""
    same = (Nudge.enrolment_id.in_(enrolments), Nudge.receiver == receiver, Nudge.on_day == day)
    return set(session.scalars(select(Nudge.enrolment_id).where(*same)))


def to_announce(today: date, last: date) -> Sequence[int]:
    """The numbers of periods that have not begun and do so by a day."""
    soon = (InternshipPeriod.starts_on >= today, InternshipPeriod.starts_on <= last)
    query = select(InternshipPeriod.id).where(*soon)
    return session.scalars(query.order_by(InternshipPeriod.starts_on, InternshipPeriod.id)).all()


def announced(period_id: int) -> set[int]:
    """The marks at which the coordinators were told of a period."""
    return set(session.scalars(select(PeriodNotice.weeks).where(PeriodNotice.period_id == period_id)))


def without_period(school_ids: Collection[int]) -> int:
    """How many students of these schools stand on no board, since neither they nor their class have an internship period."""
    query = select(func.count(Enrolment.id)).outerjoin(SchoolClass, SchoolClass.id == Enrolment.class_id)
    none = (Enrolment.period_id.is_(None), SchoolClass.period_id.is_(None), Enrolment.excused.is_(False))
    return session.scalar(query.where(Enrolment.school_id.in_(school_ids), Enrolment.status.in_(HERE), *none)) or 0


class Figures(NamedTuple):
    """How many students of a school stand where; of the last three, in periods that are not over."""

    students: int
    came: int
    """With an account."""
    to_confirm: int
    noted: int
    """Who say that something is wrong."""
    unplaced: int
    soon: int
    """Of these, whose period begins within 8 weeks."""
    placed: int


def figures(school_id: int, today: date) -> Figures:
    """The figures of one school, in one statement."""
    holds = func.coalesce(Enrolment.period_id, SchoolClass.period_id)
    in_days = and_(Placement.starts_on <= InternshipPeriod.ends_on, Placement.ends_on >= InternshipPeriod.starts_on)
    whose = or_(Placement.enrolment_id == Enrolment.id, Placement.student_id == Enrolment.student_id)
    here = or_(Placement.period_id == InternshipPeriod.id, and_(Placement.period_id.is_(None), in_days))
    held = select(Placement.id).where(Placement.status.in_(SETTLED), whose, here).correlate(Enrolment, InternshipPeriod).exists()
    ahead = and_(InternshipPeriod.ends_on >= today, Enrolment.excused.is_(False))
    soon = InternshipPeriod.starts_on <= today + timedelta(weeks=max(MARKS))

    def number(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
        return func.count(case((and_(*conditions), Enrolment.id)))

    columns = (
        func.count(Enrolment.id),
        number(Enrolment.status != EnrolmentStatus.INVITED),
        number(Enrolment.status == EnrolmentStatus.CLAIMED),
        func.count(Enrolment.noted_at),
        number(ahead, ~held),
        number(ahead, ~held, soon),
        number(ahead, held),
    )
    query = select(*columns).select_from(Enrolment).outerjoin(SchoolClass, SchoolClass.id == Enrolment.class_id)
    query = query.outerjoin(InternshipPeriod, InternshipPeriod.id == holds)
    return Figures(*session.execute(query.where(Enrolment.school_id == school_id, Enrolment.status.in_(HERE))).one())
