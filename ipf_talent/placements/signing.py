"""Signing an agreement: each party by a click, on paper, or in the school's own system; the last one completes it."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.placements import services
from ipf_talent.placements.agreements import drafts as agreement_drafts
from ipf_talent.placements.kinds import AgreementStatus, Deed, SigningWay, Who
from ipf_talent.placements.models import Agreement, AgreementSheet, Placement, Signature, SignatureScan
from ipf_talent.placements.scans import Checked

OPEN_TO_SIGN = frozenset({AgreementStatus.SENT, AgreementStatus.PARTLY_SIGNED})


def click(placement: Placement, party: Who, *, name: str, sha256: str, by: User | None, now: datetime) -> bool:
    """
    One party signs on this site.

    Args:
        name: of the account, or of whom the school sent a link.
        sha256: the fingerprint of the sheet that stood on the page.
        by: None for somebody without an account.

    Returns:
        False where this party had signed already.

    Raises:
        DomainError: nothing waits to be signed, the party is not asked, or the sheet is another one.
    """
    sheet = _sheet(placement)
    if sheet.sha256 != sha256:
        raise DomainError(_("The agreement has changed. Read it again before you sign."))
    if not name.strip():
        raise DomainError(_("Write your name, as a signature."), field="name")
    today = now.astimezone(clock.AMSTERDAM).date()
    signed = _sign(placement, sheet, party, SigningWay.CLICK, name=name, signed_on=today, by=by, now=now)
    return _settle(placement, party, [party] if signed else [], by, now)


def by_scan(
    placement: Placement,
    parties: Collection[Who],
    checked: Checked,
    *,
    stored: str,
    names: str,
    signed_on: date,
    by: User,
    now: datetime,
) -> bool:
    """
    The coordinator keeps a scan of the paper that these parties signed.

    Args:
        stored: the name of the file in the folder of scans.
        names: who signed, as it stands on the paper.

    Returns:
        False where all of them had signed already.

    Raises:
        DomainError: nothing waits to be signed, nobody is ticked or named, or the day cannot be.
    """
    sheet = _sheet(placement)
    _refuse_unless_named(parties)
    if not names.strip():
        raise DomainError(_("Write the names that stand on the paper."), field="names")
    refuse_day(sheet.sent_at, signed_on, now)
    scan = SignatureScan(
        placement_id=placement.id, name=stored, label=checked.label, kind=checked.kind.value, size=len(checked.data),
        sha256=checked.sha256, uploaded_at=now,
    )  # fmt: skip
    session.add(scan)
    session.flush()
    how: dict[str, Any] = {"name": names, "signed_on": signed_on, "by": by, "now": now, "scan": scan}
    fresh = [party for party in _in_order(parties) if _sign(placement, sheet, party, SigningWay.SCAN, **how)]
    return _settle(placement, Who.SCHOOL, fresh, by, now)


def in_school_system(
    placement: Placement, parties: Collection[Who], *, reference: str, signed_on: date, by: User, now: datetime
) -> bool:
    """
    The coordinator says that these parties signed in the school's own system.

    Args:
        reference: by which the agreement is found there.

    Returns:
        False where all of them had signed already.

    Raises:
        DomainError: nothing waits to be signed, nobody is ticked, the reference is missing, or the day cannot be.
    """
    sheet = _sheet(placement)
    _refuse_unless_named(parties)
    refuse_day(sheet.sent_at, signed_on, now)
    if not reference.strip():
        raise DomainError(_("Give the number or name by which it is found in your system."), field="reference")
    how: dict[str, Any] = {"name": "", "signed_on": signed_on, "by": by, "now": now, "reference": reference}
    fresh = [party for party in _in_order(parties) if _sign(placement, sheet, party, SigningWay.SCHOOL_SYSTEM, **how)]
    sheet.agreement.reference = reference
    return _settle(placement, Who.SCHOOL, fresh, by, now)


def waits_for(placement: Placement) -> list[Who]:
    """Who has still to sign, in the order in which they stand on the sheet; empty where nothing waits."""
    agreement = placement.agreement
    if agreement is None or agreement.status not in OPEN_TO_SIGN or agreement.first is None:
        return []
    return [Who(one) for one in agreement.first.content["parties"] if Who(one) not in agreement.first.signed_by]


def _sheet(placement: Placement) -> AgreementSheet:
    """The sheet that waits; its row is locked, so that of two last signatures at the same time one sees the other."""
    agreement = placement.agreement
    if agreement is None or agreement.first is None:
        raise DomainError(_("There is nothing to sign now."))
    session.execute(select(Agreement.id).where(Agreement.id == agreement.id).with_for_update())
    session.refresh(agreement, ["status"])
    session.refresh(agreement.first, ["signatures"])
    if agreement.status not in OPEN_TO_SIGN:
        raise DomainError(_("There is nothing to sign now."))
    return agreement.first


def _sign(
    placement: Placement,
    sheet: AgreementSheet,
    party: Who,
    way: SigningWay,
    *,
    name: str,
    signed_on: date,
    by: User | None,
    now: datetime,
    reference: str = "",
    scan: SignatureScan | None = None,
) -> bool:
    if party not in sheet.parties:
        raise DomainError(_("This party is not asked to sign."))
    if party in sheet.signed_by:
        return False
    row = Signature(
        party=party, way=way, name=name.strip() or _name_of(placement, party), user_id=by.id if by else None, sha256=sheet.sha256,
        reference=reference.strip(), signed_on=signed_on, at=now, scan=scan,
    )  # fmt: skip
    try:
        with session.begin_nested():
            sheet.signatures.append(row)
            session.flush()
    except IntegrityError:  # the same click twice
        session.refresh(sheet, ["signatures"])
        return False
    return True


def _name_of(placement: Placement, party: Who) -> str:
    names = {
        Who.STUDENT: placement.student.display_name if placement.student else "",
        Who.PARENT: placement.parent_name,
        Who.SCHOOL: placement.school.name,
        Who.COMPANY: placement.establishment.organisation.name,
    }
    return names[party]


def _settle(placement: Placement, who: Who, fresh: Collection[Who], by: User | None, now: datetime) -> bool:
    agreement = placement.agreement
    assert agreement is not None
    if not fresh:
        return False
    for party in fresh:
        services.log(placement, who, by, f"signed_{party.value}", now)
    if agreement.is_complete:
        services.move(placement, Deed.SIGN, who=Who.SYSTEM, by=None, now=now)
    else:
        agreement_drafts.mark_partly(agreement)
        session.flush()
    return True


def _refuse_unless_named(parties: Collection[Who]) -> None:
    if not parties:
        raise DomainError(_("Tick who signed."), field="parties")


def refuse_day(sent_at: datetime, day: date, now: datetime) -> None:
    """
    Whether a sheet can have been signed on a day.

    Raises:
        DomainError: it lies before it was sent, or after today.
    """
    sent, today = (moment.astimezone(clock.AMSTERDAM).date() for moment in (sent_at, now))
    if not sent <= day <= today:
        raise DomainError(_("The day of signing lies between the day it was sent and today."), field="signed_on")


def _in_order(parties: Collection[Who]) -> list[Who]:
    return [party for party in Who if party in parties]
