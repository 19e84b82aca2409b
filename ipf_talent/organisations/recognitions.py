"""Recognitions of the establishments of companies: reading them, declaring one, and each move of their life."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.attributes import flag_modified

from ipf_talent.db import session
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.i18n import _
from ipf_talent.organisations import signals
from ipf_talent.organisations.models import Establishment, Recognition, RecognitionTrainer
from ipf_talent.organisations.recognition import LOST, RETRACTABLE, RecognitionSource, RecognitionStatus, Side, may_move


def verified(establishment_id: int) -> frozenset[str]:
    """The crebos for which this establishment is recognised today."""
    held = (Recognition.establishment_id == establishment_id, Recognition.status == RecognitionStatus.VERIFIED)
    return frozenset(session.scalars(select(Recognition.crebo).where(*held)))


def of(organisation_id: int) -> Sequence[Recognition]:
    """The recognitions of an organisation with their establishments and trainers, by establishment and crebo."""
    query = select(Recognition).join(Recognition.establishment).where(Establishment.organisation_id == organisation_id)
    loads = (
        joinedload(Recognition.establishment),
        joinedload(Recognition.checked_for),
        selectinload(Recognition.trainers),
    )
    return session.scalars(query.options(*loads).order_by(Establishment.id, Recognition.crebo)).all()


def get(number: int) -> Recognition:
    """
    One recognition with its establishment, organisation and trainers.

    Raises:
        NotFound: there is none with this number.
    """
    loads = (
        joinedload(Recognition.establishment).joinedload(Establishment.organisation),
        joinedload(Recognition.establishment).joinedload(Establishment.place),
        joinedload(Recognition.checked_for),
        selectinload(Recognition.trainers),
    )
    found = session.scalar(select(Recognition).where(Recognition.id == number).options(*loads))
    if found is None:
        raise NotFound(_("There is no such recognition."))
    return found


def declare(
    establishment: Establishment,
    *,
    crebo: str,
    level: int,
    leerbedrijf_id: str,
    trainer_ids: Collection[int],
    work_processes: Sequence[str],
    by_id: int,
    now: datetime,
) -> Recognition:
    """
    The company says that an establishment is recognised; it waits for a check. One that was refused or lost is declared anew.

    Args:
        level: of mbo, 1 to 4.
        trainer_ids: workplace trainers of the company; at least one.

    Raises:
        DomainError: it is declared or recognised already, nobody trains, or the establishment has another leerbedrijf-ID.
    """
    _refuse_without(trainer_ids)
    here = session.scalars(select(Recognition).where(Recognition.establishment_id == establishment.id)).all()
    row = next((one for one in here if one.crebo == crebo), None)
    if not may_move(row.status if row else None, RecognitionStatus.DECLARED, Side.COMPANY):
        raise DomainError(_("This establishment already has this qualification in the list."), field="crebo")
    others = {one.leerbedrijf_id for one in here if one is not row and one.status not in (_S.REJECTED, _S.REVOKED, _S.LAPSED)}
    if others - {leerbedrijf_id}:
        raise DomainError(
            _("At this address you gave %(number)s before. One address has one number.", number=min(others)), field="leerbedrijf_id"
        )
    if row is None:
        row = Recognition(establishment=establishment, crebo=crebo)
        session.add(row)
    row.level, row.leerbedrijf_id, row.work_processes = level, leerbedrijf_id, list(work_processes)
    row.status, row.declared_at, row.declared_by_id = _S.DECLARED, now, by_id
    row.checked_on, row.checked_by_id, row.checked_for_id, row.source, row.source_url, row.note = None, None, None, None, None, ""
    row.trainers = _kept(row, trainer_ids)
    session.flush()
    return row


def decide(
    row: Recognition,
    to: RecognitionStatus,
    *,
    source: RecognitionSource,
    source_url: str | None,
    note: str,
    by_id: int,
    school_id: int | None,
    today: date,
) -> bool:
    """
    Write down what a check found; one that is lost by it is told to whoever listens to `recognition_lost`.

    Args:
        school_id: of the coordinator who checked; None for platform administration.

    Returns:
        Whether something that held is lost.

    Raises:
        DomainError: this cannot follow from where it stands, the reason is missing, or the number is recognised elsewhere.
    """
    before = row.status
    if not may_move(before, to, Side.CHECKER):
        raise DomainError(_("This decision no longer fits. Look at the page again."), field="decision")
    if to is not _S.VERIFIED and not note:
        raise DomainError(_("Say why, so that the company understands it."), field="note")
    if to is _S.VERIFIED:
        _refuse_taken(row)
    row.status, row.checked_on, row.checked_by_id, row.checked_for_id = to, today, by_id, school_id
    row.source, row.source_url, row.note = source, source_url, note
    try:
        with session.begin_nested():
            session.flush()
    except IntegrityError:
        raise DomainError(_taken(), field="decision") from None
    lost = before is _S.VERIFIED and to in LOST
    if lost:
        signals.recognition_lost.send(row.establishment_id, crebo=row.crebo, reason=to)
    return lost


def amend(row: Recognition, *, trainer_ids: Collection[int], work_processes: Sequence[str]) -> None:
    """
    Change who guides and what can be practised.

    Raises:
        DomainError: nobody would guide.
    """
    _refuse_without(trainer_ids)
    row.work_processes, row.trainers = list(work_processes), _kept(row, trainer_ids)
    flag_modified(row, "work_processes")  # other guides alone would not raise the version
    session.flush()


def retract(row: Recognition) -> None:
    """
    Take away what was only declared, or was not confirmed.

    Raises:
        DomainError: it was recognised once, so its story stays.
    """
    if row.status not in RETRACTABLE:
        raise DomainError(_("This recognition was checked. Only a school or we can change it."))
    session.delete(row)
    session.flush()


def _refuse_without(trainer_ids: Collection[int]) -> None:
    if not trainer_ids:
        raise DomainError(_("Choose who guides the students here."), field="trainers")


def _kept(row: Recognition, trainer_ids: Collection[int]) -> list[RecognitionTrainer]:
    """The trainers as rows; who was one already keeps theirs."""
    held = {one.user_id: one for one in row.trainers}
    return [held.get(number) or RecognitionTrainer(user_id=number) for number in sorted(set(trainer_ids))]


def _refuse_taken(row: Recognition) -> None:
    """A leerbedrijf-ID belongs to one establishment."""
    elsewhere = (
        Recognition.leerbedrijf_id == row.leerbedrijf_id,
        Recognition.status == _S.VERIFIED,
        Recognition.establishment_id != row.establishment_id,
    )
    if session.scalar(select(Recognition.id).where(*elsewhere).limit(1)) is not None:
        raise DomainError(_taken(), field="decision")


def _taken() -> str:
    return str(_("This leerbedrijf-ID is recognised at another address. One of the two must be wrong."))


_S = RecognitionStatus
