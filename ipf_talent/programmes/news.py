"""What changed in a published listing, written down for those who follow it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ipf_talent.db import session
from ipf_talent.programmes.listing import ListingStatus
from ipf_talent.programmes.listing_models import ListingNews, NewsKind
from ipf_talent.programmes.models import Intake, Offering, Programme


def tell(programme: Programme, kind: NewsKind, **detail: Any) -> None:
    """Write down what followers are to hear."""
    session.add(ListingNews(programme_id=programme.id, kind=kind, detail=detail))


def tell_intake(intake: Intake) -> None:
    """A new moment at which one can start."""
    if _is_seen(intake.offering):
        tell(intake.offering.programme, NewsKind.INTAKE, **_where(intake.offering), **_days(intake))


def tell_dates(intake: Intake, before: Mapping[str, date | None]) -> None:
    """Changed dates, with what they were."""
    if _is_seen(intake.offering) and intake.cancelled_at is None:
        former = {f"former_{name}": day.isoformat() if day else None for name, day in before.items()}
        tell(intake.offering.programme, NewsKind.DATES, **_where(intake.offering), **_days(intake), **former)


def tell_cancelled(intake: Intake) -> None:
    """An intake that does not take place."""
    if _is_seen(intake.offering):
        tell(intake.offering.programme, NewsKind.INTAKE_CANCELLED, **_where(intake.offering), **_days(intake))


def tell_offering_cancelled(offering: Offering) -> None:
    """A place or way in which it is no longer offered."""
    if offering.programme.status is ListingStatus.PUBLISHED:
        tell(offering.programme, NewsKind.OFFERING_CANCELLED, **_where(offering))


def _is_seen(offering: Offering) -> bool:
    return offering.status is ListingStatus.PUBLISHED and offering.programme.status is ListingStatus.PUBLISHED


def _where(offering: Offering) -> dict[str, str]:
    return {"mode": offering.mode.value, "place": offering.place.name if offering.place else ""}


def _days(intake: Intake) -> dict[str, str | None]:
    return {
        name: day.isoformat() if (day := getattr(intake, name)) else None for name in ("starts_on", "apply_from", "apply_until")
    }
