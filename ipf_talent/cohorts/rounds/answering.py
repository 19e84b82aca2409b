"""What a student answers to a proposal: yes makes a placement, no leaves the seat free."""

from datetime import datetime

from sqlalchemy import update

from ipf_talent import clock
from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.cohorts.rounds import facts
from ipf_talent.cohorts.rounds.kinds import Answer, RoundStatus
from ipf_talent.cohorts.rounds.models import RoundStudent
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.placements import services as placements


def answer(one: RoundStudent, said: Answer, *, by: User, now: datetime) -> bool:
    """
    Take or decline the proposed place, once however often the button is pressed.

    Returns:
        False where exactly this was answered before.

    Raises:
        DomainError: nothing is proposed, the time is over, something else was answered, or the place is gone.
    """
    if one.answer is said:
        return False
    if one.answer is not None:
        raise DomainError(_("You have answered already. Ask your internship coordinator if it has to change."))
    today = now.astimezone(clock.AMSTERDAM).date()
    if one.placing_round.status is not RoundStatus.PROPOSED or one.got is None or today > one.placing_round.answer_until:
        raise DomainError(_("Nothing is proposed to you now, or the time to answer is over."))
    mine = update(RoundStudent).where(RoundStudent.id == one.id, RoundStudent.answer.is_(None))
    values = {"answer": said, "answered_at": now}
    if (
        session.execute(mine.values(**values).returning(RoundStudent.id).execution_options(synchronize_session=False)).scalar()
        is None
    ):
        raise DomainError(_("This was answered in another window just now. Look at the page again."))
    session.refresh(one, ["answer", "answered_at"])
    if said is Answer.ACCEPTED:
        _place(one, by=by, now=now)
    audit.record(by.id, f"{said.value}_proposal", "placing_round", one.round_id)
    session.flush()
    return True


def _place(one: RoundStudent, *, by: User, now: datetime) -> None:
    placing_round, got = one.placing_round, one.got
    assert got is not None and one.student_id is not None and got.vacancy.establishment_id is not None
    starts_on, ends_on = facts.dates_in(got.vacancy, placing_round.period)
    fitting = facts.weeks_in(got.vacancy, placing_round.period) * got.vacancy.hours_per_week
    placement = placements.propose(
        school_id=placing_round.school_id,
        student_id=one.student_id,
        vacancy=got.vacancy,
        establishment_id=got.vacancy.establishment_id,
        period_id=placing_round.period_id,
        enrolment_id=one.enrolment_id,
        starts_on=starts_on,
        ends_on=ends_on,
        hours=min(placing_round.period.hours, max(1, fitting)),
        by=by,
        now=now,
        take=True,
    )
    one.placement_id = placement.id
