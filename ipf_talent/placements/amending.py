"""Changing a signed agreement (R10): a new sheet that everybody hears of, in force after ten working days or when all agreed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.applications import workdays
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.placements import letters, minors, services
from ipf_talent.placements.agreements import content as agreement_content
from ipf_talent.placements.kinds import AgreementStatus, Answer, Deed, PlacementStatus, SheetStatus, Who
from ipf_talent.placements.models import Agreement, AgreementSheet, Placement, SheetAnswer

DAYS_TO_OBJECT = 10
"""Working days in which a party can object to a changed sheet."""
TIMES = frozenset({"starts_on", "ends_on", "hours", "hours_by_year", "days_per_week", "hours_per_week", "week"})
"""May be changed for the student, the school or the company; for the company only with the student's consent."""
GUIDES = frozenset({"trainer_name", "trainer_email"})
"""May be changed for the company or the school."""
PROGRAMME = frozenset({"optional_module", "parts"})
"""May be changed at the student's request alone."""
CHANGEABLE = frozenset({PlacementStatus.SIGNED, PlacementStatus.RUNNING, PlacementStatus.INTERRUPTED})


def amend(
    placement: Placement,
    values: Mapping[str, Any],
    *,
    asked_by: Who,
    consent: bool,
    by: User,
    now: datetime,
) -> AgreementSheet | None:
    """
    Put changed data on a new sheet and tell every party.

    Args:
        values: by field of `TIMES`, `GUIDES` and `PROGRAMME`; what is the same as now is left out.
        asked_by: who asked for it.
        consent: whether the student said yes to what the company asks.

    Returns:
        None where nothing is different.

    Raises:
        DomainError: it is not signed, another change waits, this side may not ask this, or a minor would work too much.
    """
    agreement = _signed(placement)
    changes = _changes(placement, agreement, values)
    if not changes:
        return None
    if agreement.pending is not None:
        raise DomainError(_("Another change still waits. It comes into force, or somebody objects, before there can be a new one."))
    _refuse_unless_may_ask(asked_by, frozenset(changes), consent=consent)
    over = {name: after for name, (_before, after) in changes.items()}
    _refuse_impossible(placement, agreement, over)
    today = now.astimezone(clock.AMSTERDAM).date()
    parent = [Who.PARENT] if placement.is_minor(today) and placement.parent_email else []
    parties = [Who.STUDENT, *parent, Who.SCHOOL, Who.COMPANY]
    version = agreement.sheets[-1].version + 1
    content = agreement_content.of(placement, agreement, version=version, parties=parties, over=over)
    sheet = AgreementSheet(
        version=version, content=content, sha256=agreement_content.fingerprint(content), status=SheetStatus.SENT,
        asked_by=asked_by, changes={name: list(pair) for name, pair in changes.items()}, sent_at=now,
        object_until=workdays.after(today, DAYS_TO_OBJECT), signatures=[], answers=[],
    )  # fmt: skip
    if agreement.objected is not None:
        agreement.objected.noted_at = now
    agreement.sheets.append(sheet)
    session.flush()
    services.log(placement, Who.SCHOOL, by, "amend", now)
    for side in parties:
        if side is not Who.SCHOOL:
            letters.tell(placement, side, "changed", sheet=version, until=sheet.object_until)
    return sheet


def answer(
    placement: Placement,
    party: Who,
    said: Answer,
    *,
    words: str,
    version: int,
    by: User | None,
    now: datetime,
    name: str = "",
) -> bool:
    """
    A party agrees with a changed sheet, or objects; when all have agreed it is in force, and one objection takes it back.

    The school, which sent it, is not asked; it can take it back.

    Args:
        words: why, where they object.
        version: of the sheet that stood on the page.
        by: None for somebody without an account.
        name: of whoever answers without an account.

    Returns:
        False where they said so before.

    Raises:
        DomainError: nothing waits, the time to object is over, or they answered otherwise before.
    """
    sheet = _waiting(placement, version)
    if party not in sheet.parties or (party is Who.SCHOOL and said is Answer.AGREED):
        raise DomainError(_("This party is not asked."))
    former = next((one for one in sheet.answers if one.party is party), None)
    if former is not None and former.answer is said:
        return False
    if former is not None:
        raise DomainError(_("You have answered already."))
    if said is Answer.OBJECTED and not words.strip():
        raise DomainError(_("Say in a few words why."), field="words")
    named = by.display_name if by else name
    row = SheetAnswer(party=party, answer=said, words=words.strip(), name=named, user_id=by.id if by else None, at=now)
    try:
        with session.begin_nested():
            sheet.answers.append(row)
            session.flush()
    except IntegrityError:  # the same click twice
        session.refresh(sheet, ["answers"])
        return False
    services.log(placement, party, by, f"sheet_{said.value}", now)
    if said is Answer.OBJECTED:
        _correct(placement, sheet, row, now)
    elif sheet.parties - {Who.SCHOOL} <= {one.party for one in sheet.answers}:
        bring_into_force(placement, sheet, now=now)
    return True


def bring_into_force(placement: Placement, sheet: AgreementSheet, *, now: datetime) -> None:
    """The changed data hold from now on."""
    agreement = sheet.agreement
    today = now.astimezone(clock.AMSTERDAM).date()
    sheet.status, sheet.settled_at, sheet.in_force_on = SheetStatus.IN_FORCE, now, today
    for name, (_before, after) in sheet.changes.items():
        target = placement if name in agreement_content.ON_PLACEMENT else agreement
        setattr(target, name, date.fromisoformat(after) if name in ("starts_on", "ends_on") else after)
    placement.changed_at = now
    session.flush()
    services.log(placement, Who.SYSTEM, None, "in_force", now)
    for side in sheet.parties:
        letters.tell(placement, side, "in_force", sheet=sheet.version)


def _correct(placement: Placement, sheet: AgreementSheet, objection: SheetAnswer, now: datetime) -> None:
    sheet.status, sheet.settled_at = SheetStatus.CORRECTED, now
    if objection.party is Who.SCHOOL:
        sheet.noted_at = now
    session.flush()
    services.log(placement, Who.SYSTEM, None, "corrected", now)
    for side in sheet.parties:
        letters.tell(placement, side, "corrected", sheet=sheet.version, objector=objection.party.value, words=objection.words)


def note_objection(placement: Placement, *, by: User, now: datetime) -> bool:
    """The school leaves the agreement as it was after an objection; tells whether there was one to take note of."""
    sheet = placement.agreement.objected if placement.agreement else None
    if sheet is None:
        return False
    sheet.noted_at = now
    session.flush()
    services.log(placement, Who.SCHOOL, by, "left_as_it_was", now)
    return True


def due(today: date) -> list[tuple[int, int]]:
    """Placement and sheet numbers of changes whose time to object is over."""
    query = select(Agreement.placement_id, AgreementSheet.id).join(AgreementSheet.agreement)
    query = query.where(AgreementSheet.status == SheetStatus.SENT, AgreementSheet.object_until < today)
    return [(row[0], row[1]) for row in session.execute(query.order_by(AgreementSheet.id))]


def change_company(
    placement: Placement, *, leerbedrijf_id: str, establishment_id: int | None = None, by: User, now: datetime
) -> bool:
    """
    Another leerbedrijf-ID is another company for the law: the agreement ends and a new one has to be signed (R10).

    Returns:
        False where the number is the same.

    Raises:
        DomainError: it is too early or too late for that.
    """
    if placement.leerbedrijf_id == leerbedrijf_id and establishment_id in (None, placement.establishment_id):
        return False
    forces = placement.agreement is not None and placement.agreement.status is not AgreementStatus.DRAFT
    if forces:
        services.move(placement, Deed.REDO, who=Who.SCHOOL, by=by, now=now)
    placement.leerbedrijf_id = leerbedrijf_id
    if establishment_id is not None:
        placement.establishment_id = establishment_id
    placement.changed_at = now
    session.flush()
    services.log(placement, Who.SCHOOL, by, "other_company", now)
    return True


def _signed(placement: Placement) -> Agreement:
    agreement = placement.agreement
    if placement.status not in CHANGEABLE or agreement is None or agreement.status is not AgreementStatus.SIGNED:
        raise DomainError(_("Only a signed agreement gets a new sheet. Before that you change the agreement itself."))
    session.execute(select(Agreement.id).where(Agreement.id == agreement.id).with_for_update())
    return agreement


def _waiting(placement: Placement, version: int) -> AgreementSheet:
    agreement = _signed(placement)
    sheet = agreement.pending
    if sheet is not None:
        session.refresh(sheet, ["status", "answers"])
    if sheet is None or sheet.version != version or sheet.status is not SheetStatus.SENT:
        raise DomainError(_("This change does not wait any more. Look at the page again."))
    return sheet


def _changes(placement: Placement, agreement: Agreement, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What is different, as JSON values before and after."""
    found = {}
    for name, value in values.items():
        held = placement if name in agreement_content.ON_PLACEMENT else agreement
        before, after = agreement_content.plain(getattr(held, name)), agreement_content.plain(value)
        if before != after:
            found[name] = (before, after)
    return found


def _refuse_unless_may_ask(asked_by: Who, fields: frozenset[str], *, consent: bool) -> None:
    if fields & PROGRAMME and asked_by is not Who.STUDENT:
        raise DomainError(_("What belongs to the programme changes at the student's request alone."), field="asked_by")
    if fields & GUIDES and asked_by not in (Who.COMPANY, Who.SCHOOL):
        raise DomainError(_("Who guides is for the company or the school to change."), field="asked_by")
    if fields & TIMES and asked_by is Who.COMPANY and not consent:
        raise DomainError(_("Dates and hours that the company wants to change need the student's consent."), field="consent")


def _refuse_impossible(placement: Placement, agreement: Agreement, over: Mapping[str, Any]) -> None:
    first = date.fromisoformat(over.get("starts_on", placement.starts_on.isoformat()))
    last = date.fromisoformat(over.get("ends_on", placement.ends_on.isoformat()))
    if "starts_on" in over and placement.status is not PlacementStatus.SIGNED:
        raise DomainError(_("It has begun already, so the first day stays."), field="starts_on")
    if last <= first:
        raise DomainError(_("The last day lies after the first day."), field="ends_on")
    spread = over.get("hours_by_year", placement.hours_by_year)
    if sum(spread.values()) != over.get("hours", placement.hours):
        raise DomainError(_("The hours per school year are not all hours together."), field="hours_by_year")
    week = minors.week_of(over.get("week", agreement.week))
    if "week" in over and (words := minors.impossible(week)):
        raise DomainError(words, field="week")
    broken = minors.exceeded(week) if placement.is_minor(first) else []
    if broken:
        raise DomainError(" ".join(str(minors.LIMIT_LABELS[limit]) for limit in broken), field="week")
