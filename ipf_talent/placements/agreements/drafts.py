"""Agreements from draft to signed: beginning one with the usual words, freezing its first sheet, and concluding it."""

from datetime import datetime

from sqlalchemy.orm.attributes import set_committed_value

from ipf_talent.db import session
from ipf_talent.placements.agreements import content as agreement_content
from ipf_talent.placements.agreements import kinds, parts
from ipf_talent.placements.agreements import words as agreement_words
from ipf_talent.placements.kinds import AgreementStatus, SheetStatus, SignedIn, SigningWay, Who
from ipf_talent.placements.models import Agreement, AgreementSheet, Placement

_SIGNED_IN = {
    SigningWay.CLICK: SignedIn.PLATFORM,
    SigningWay.SCAN: SignedIn.PAPER,
    SigningWay.SCHOOL_SYSTEM: SignedIn.SCHOOL_SYSTEM,
}
KEPT = (*agreement_content.TEXTS, "language", "parts", "week", "contract_present")
"""What a new agreement takes over from the former one."""


def begin(placement: Placement, *, now: datetime) -> Agreement:
    """A new agreement in draft: with the words of the former one, else with the usual words, to be read and changed."""
    former = placement.agreement
    kind = kinds.fitting(
        placement.kind,
        crebo=placement.crebo,
        optional_module=placement.optional_module,
        three_party=placement.three_party,
    )
    agreement = Agreement(number=former.number + 1 if former else 1, type=kind, created_at=now, status=AgreementStatus.DRAFT)
    agreement.sheets = []
    if former is not None:
        values = {name: getattr(former, name) for name in KEPT}
    else:
        values = {
            "language": "nl",
            "parts": parts.begun_with(placement),
            "week": [],
            "contract_present": False,
            **dict.fromkeys(agreement_content.TEXTS, ""),
        }
        values |= agreement_words.usual(placement.vacancy, "nl")
    for name, value in values.items():
        setattr(agreement, name, value)
    placement.agreements.append(agreement)
    session.flush()
    return agreement


def freeze(placement: Placement, agreement: Agreement, *, parent: bool, now: datetime) -> AgreementSheet:
    """The first sheet: what the agreement says now, which the parties sign."""
    sheet = _first_sheet(placement, agreement, parent=parent, now=now)
    agreement.sheets.append(sheet)
    agreement.status, agreement.sent_at = AgreementStatus.SENT, now
    session.flush()
    return sheet


def preview(placement: Placement, agreement: Agreement, *, parent: bool, now: datetime) -> AgreementSheet:
    """The first sheet as it would be sent now; to be read, and never kept."""
    sheet = _first_sheet(placement, agreement, parent=parent, now=now)
    set_committed_value(sheet, "agreement", agreement)  # without joining the sheets of the agreement
    return sheet


def _first_sheet(placement: Placement, agreement: Agreement, *, parent: bool, now: datetime) -> AgreementSheet:
    parties = [Who.STUDENT, *([Who.PARENT] if parent else []), Who.SCHOOL, Who.COMPANY]
    content = agreement_content.of(placement, agreement, version=1, parties=parties)
    sheet = AgreementSheet(version=1, content=content, sha256=agreement_content.fingerprint(content), sent_at=now, changes={})
    sheet.status, sheet.signatures, sheet.answers = SheetStatus.SENT, [], []
    return sheet


def conclude(agreement: Agreement, *, now: datetime) -> None:
    """Everybody has signed: the sheet is in force from the day on which the last one did."""
    sheet = agreement.first
    assert sheet is not None
    ways = {one.way for one in sheet.signatures}
    last = max(one.signed_on for one in sheet.signatures)
    sheet.status, sheet.settled_at, sheet.in_force_on = SheetStatus.IN_FORCE, now, last
    agreement.status, agreement.signed_at, agreement.closing_on = AgreementStatus.SIGNED, now, last
    agreement.signed_in = _SIGNED_IN[ways.pop()] if len(ways) == 1 else SignedIn.MIXED


def mark_partly(agreement: Agreement) -> None:
    """Somebody has signed, and not everybody."""
    if agreement.status is AgreementStatus.SENT:
        agreement.status = AgreementStatus.PARTLY_SIGNED
