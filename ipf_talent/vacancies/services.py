"""The steps in the life of a vacancy (4.2), and the counting of its places. What may follow what stands in `lifecycle`."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import case, select, update
from sqlalchemy.orm import selectinload

from ipf_talent.accounts import audit
from ipf_talent.clock import AMSTERDAM
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.organisations import recognitions
from ipf_talent.vacancies import checks, lifecycle, signals
from ipf_talent.vacancies.checks import Reason, Verdict
from ipf_talent.vacancies.kinds import MBO, VacancyStatus
from ipf_talent.vacancies.lifecycle import Actor
from ipf_talent.vacancies.models import Vacancy, VacancyCrebo

ARCHIVED_AFTER = timedelta(days=731)
"""24 months after closing (4.2)."""
_S = VacancyStatus


class NotReady(DomainError):
    """A vacancy cannot be published as it stands; `reasons` names all that is wrong at once."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__(_("This place cannot be published yet."))
        self.reasons = tuple(reasons)


def judged(vacancy: Vacancy, today: date) -> Verdict:
    """What keeps a vacancy from being published today, by what its establishment is recognised for now."""
    held = recognitions.verified(vacancy.establishment_id) if vacancy.establishment_id else frozenset()
    return checks.verdict(vacancy, held, today)


def publish(vacancy: Vacancy, *, by_id: int, now: datetime) -> Verdict:
    """
    Put a vacancy online, for the crebos that are verified; one with words that were set aside goes to the platform first.

    A second press finds it online and changes nothing.

    Raises:
        NotReady: naming every reason.
        DomainError: it is kept as a template, or was closed.
    """
    session.execute(select(Vacancy.id).where(Vacancy.id == vacancy.id).with_for_update())  # PostgreSQL locks no outer join
    session.refresh(vacancy)
    found = judged(vacancy, _day(now))
    if vacancy.status in (_S.PUBLISHED, _S.IN_REVIEW):
        return found
    if vacancy.template_name:
        raise DomainError(_("This is a template. Make a place from it first."))
    if found.reasons:
        raise NotReady(found.reasons)
    _go(vacancy, "submit", Actor.COMPANY, by_id)
    if not found.flagged:
        _go(vacancy, "publish", Actor.SYSTEM, by_id, crebos=list(found.crebos), left_out=list(found.left_out))
        _put_online(vacancy, found, now)
    session.flush()
    return found


def approve(vacancy: Vacancy, *, by_id: int, now: datetime) -> None:
    """
    The platform lets the words pass that the company set aside.

    Raises:
        NotReady: something else is wrong by now.
    """
    found = judged(vacancy, _day(now))
    if found.reasons:
        raise NotReady(found.reasons)
    _go(vacancy, "approve", Actor.PLATFORM, by_id, crebos=list(found.crebos), left_out=list(found.left_out))
    _put_online(vacancy, found, now)
    session.flush()


def send_back(vacancy: Vacancy, *, by_id: int) -> None:
    """The platform does not let it pass: it is a draft again, and the reasons of the company no longer count."""
    _go(vacancy, "return", Actor.PLATFORM, by_id)
    vacancy.hints = [hint for hint in vacancy.hints if not hint.code.startswith("wording:")]
    session.flush()


def withdraw(vacancy: Vacancy, *, by_id: int) -> None:
    """The company takes a vacancy back that the platform has not looked at yet."""
    _go(vacancy, "withdraw", Actor.COMPANY, by_id)
    session.flush()


def pause(vacancy: Vacancy, *, by_id: int | None, reason: str = "company") -> None:
    """
    Hide a vacancy from search; open responses stay.

    Args:
        by_id: None where the system does it.
        reason: company or recognition.
    """
    _go(vacancy, "pause", Actor.COMPANY if by_id else Actor.SYSTEM, by_id, reason=reason)
    vacancy.paused_for = reason
    session.flush()
    signals.paused.send(vacancy, reason=reason)


def resume(vacancy: Vacancy, *, by_id: int, now: datetime) -> Verdict:
    """
    Show a paused vacancy again, if everything still holds.

    Raises:
        NotReady: naming every reason.
    """
    found = judged(vacancy, _day(now))
    if found.reasons:
        raise NotReady(found.reasons)
    _go(vacancy, "resume", Actor.COMPANY, by_id)
    vacancy.paused_for = None
    show_for(vacancy, found)
    _fill_if_full(vacancy)
    session.flush()
    return found


def close(vacancy: Vacancy, *, by_id: int | None, now: datetime, reason: str = "full") -> None:
    """
    End a vacancy; whoever listens ends the open responses with this reason.

    Args:
        by_id: None where the system does it.
        reason: full or period.
    """
    _go(vacancy, "close", Actor.COMPANY if by_id else Actor.SYSTEM, by_id, reason=reason)
    vacancy.closed_at = now
    session.flush()
    signals.closed.send(vacancy, reason=reason)


def extend(vacancy: Vacancy, *, until: date, by_id: int, today: date) -> None:
    """
    Show a vacancy longer: six months from today at most.

    Raises:
        DomainError: the day is no later one, or too far away, or the vacancy is not shown.
    """
    if vacancy.status not in (_S.PUBLISHED, _S.PAUSED, _S.FULL):
        raise DomainError(_("Only a place that is online can be extended."))
    if until <= max(vacancy.closes_on, today):
        raise DomainError(_("Choose a day after the one until which it is shown now."), field="until")
    if (until - today).days > checks.SHOWN_DAYS:
        raise DomainError(_("Choose a day within six months from now."), field="until")
    if vacancy.respond_by == vacancy.closes_on:
        vacancy.edit(respond_by=until)
    vacancy.edit(closes_on=until)
    session.flush()
    audit.record(by_id, "extend_vacancy", "vacancy", vacancy.id, until=until.isoformat())


def take_place(vacancy_id: int) -> bool:
    """Take one of the free places, for as many callers as there are places however many come at once."""
    full = case((Vacancy.taken + 1 >= Vacancy.places, _S.FULL), else_=Vacancy.status)
    alive = (Vacancy.id == vacancy_id, Vacancy.status.in_((_S.PUBLISHED, _S.PAUSED)), Vacancy.taken < Vacancy.places)
    last = case((Vacancy.status == _S.PUBLISHED, full), else_=Vacancy.status)
    return _counted(vacancy_id, update(Vacancy).where(*alive).values(taken=Vacancy.taken + 1, status=last), "fill")


def give_back(vacancy_id: int) -> bool:
    """Give a place back that was taken; a full vacancy is open again."""
    again = case((Vacancy.status == _S.FULL, _S.PUBLISHED), else_=Vacancy.status)
    mine = update(Vacancy).where(Vacancy.id == vacancy_id, Vacancy.taken > 0)
    return _counted(vacancy_id, mine.values(taken=Vacancy.taken - 1, status=again), "reopen")


def lose_recognition(establishment_id: int, *, crebo: str) -> int:
    """Hide what is published for a crebo that is no longer recognised: the crebo, and without another one the vacancy (R1)."""
    query = select(Vacancy).join(Vacancy.crebos).where(Vacancy.establishment_id == establishment_id, VacancyCrebo.crebo == crebo)
    query = query.where(Vacancy.status.in_((_S.PUBLISHED, _S.FULL, _S.PAUSED))).options(selectinload(Vacancy.crebos))
    hit = [vacancy for vacancy in session.scalars(query).unique() if vacancy.kind in MBO]
    for vacancy in hit:
        for one in vacancy.crebos:
            one.published = one.published and one.crebo != crebo
        left = [one.crebo for one in vacancy.crebos if one.published]
        if left:
            vacancy.programmes = left
            audit.record(None, "narrow_vacancy", "vacancy", vacancy.id, crebo=crebo)
        elif vacancy.status is _S.PUBLISHED:
            pause(vacancy, by_id=None, reason="recognition")
    session.flush()
    return len(hit)


def sweep(now: datetime) -> int:
    """Close what is no longer shown and archive what closed two years ago; a second time does nothing. Gives how many."""
    over = select(Vacancy).where(Vacancy.status.in_((_S.PUBLISHED, _S.PAUSED, _S.FULL)), Vacancy.closes_on < _day(now))
    ended = list(session.scalars(over))
    for vacancy in ended:
        close(vacancy, by_id=None, now=now, reason="period")
    old = select(Vacancy).where(Vacancy.status == _S.CLOSED, Vacancy.closed_at < now - ARCHIVED_AFTER)
    archived = list(session.scalars(old))
    for vacancy in archived:
        _go(vacancy, "archive", Actor.SYSTEM, None)
    session.flush()
    return len(ended) + len(archived)


def show_for(vacancy: Vacancy, found: Verdict) -> None:
    """Publish it for exactly the crebos that may be; without crebos its fields say for whom it is."""
    for one in vacancy.crebos:
        one.published = one.crebo in found.crebos
    vacancy.edit(programmes=list(found.crebos) if vacancy.kind in MBO else sorted(one.field for one in vacancy.fields))


def _put_online(vacancy: Vacancy, found: Verdict, now: datetime) -> None:
    vacancy.published_at, vacancy.closed_at = now, None
    show_for(vacancy, found)


def _fill_if_full(vacancy: Vacancy) -> None:
    if vacancy.taken >= vacancy.places:
        _go(vacancy, "fill", Actor.SYSTEM, None)


def fit_places(vacancy: Vacancy) -> None:
    """After the number of places changed: full or open again, as the count says."""
    if vacancy.status is _S.PUBLISHED:
        _fill_if_full(vacancy)
    elif vacancy.status is _S.FULL and vacancy.taken < vacancy.places:
        _go(vacancy, "reopen", Actor.SYSTEM, None)


def _go(vacancy: Vacancy, name: str, who: Actor, by_id: int | None, **detail: object) -> None:
    step = lifecycle.step(name, vacancy.status, who)
    if step is None:
        raise DomainError(_("This cannot be done as the place stands now. Look at the page again."))
    vacancy.status = step.target
    audit.record(by_id, f"{name}_vacancy", "vacancy", vacancy.id, **detail)


def _counted(vacancy_id: int, statement, name: str) -> bool:  # type: ignore[no-untyped-def]
    before = session.scalar(select(Vacancy.status).where(Vacancy.id == vacancy_id).with_for_update(key_share=True))
    done = session.execute(statement.returning(Vacancy.status).execution_options(synchronize_session=False)).scalar()
    if done is None:
        return False
    for row in session:
        if isinstance(row, Vacancy) and row.id == vacancy_id:
            session.expire(row, ["taken", "status"])
    if before is not done:
        audit.record(None, f"{name}_vacancy", "vacancy", vacancy_id)
    return True


def _day(now: datetime) -> date:
    return now.astimezone(AMSTERDAM).date()
