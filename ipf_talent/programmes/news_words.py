"""News of a listing as a sentence for whoever follows it."""

from datetime import date, datetime
from typing import Any

from flask_babel import format_date, format_time

from ipf_talent.clock import AMSTERDAM
from ipf_talent.i18n import _
from ipf_talent.programmes.levels import MODE_LABELS, Mode
from ipf_talent.programmes.listing_models import ListingNews, NewsKind
from ipf_talent.programmes.models import OpenDay


def moment(day: OpenDay) -> str:
    """When an open day is."""
    begin, end = day.starts_at.astimezone(AMSTERDAM), day.ends_at.astimezone(AMSTERDAM)
    times = {"start": format_time(begin, "short", rebase=False), "end": format_time(end, "short", rebase=False)}
    return str(_("%(day)s, %(start)s to %(end)s", day=format_date(begin, "full", rebase=False), **times))


def stamp(at: datetime) -> str:
    """A moment with its time, as the clock on the wall had it."""
    local = at.astimezone(AMSTERDAM)
    return f"{format_date(local, 'long', rebase=False)}, {format_time(local, 'short', rebase=False)}"


def sentence(news: ListingNews) -> str:
    """What changed, in the language that is in use."""
    detail = news.detail or {}
    where = _where(detail)
    start = _day(detail.get("starts_on"))
    if news.kind is NewsKind.DATES:
        return _dates(detail, where)
    if news.kind is NewsKind.INTAKE:
        if start:
            return str(_("One can start on %(day)s (%(where)s).", day=start, where=where))
        return str(_("One can start at any time (%(where)s).", where=where))
    if news.kind is NewsKind.INTAKE_CANCELLED:
        if start:
            return str(_("The start of %(day)s does not take place (%(where)s).", day=start, where=where))
        return str(_("One can no longer start at any time (%(where)s).", where=where))
    if news.kind is NewsKind.OFFERING_CANCELLED:
        return str(_("It is no longer offered this way: %(where)s.", where=where))
    return str(_WHOLE[news.kind]())


_WHOLE = {
    NewsKind.RESTING: lambda: _("The school does not offer it for now."),
    NewsKind.RESUMED: lambda: _("The school offers it again."),
    NewsKind.ARCHIVED: lambda: _("The school no longer offers it."),
    NewsKind.CANCELLED: lambda: _("The programme is cancelled."),
}


def _dates(detail: dict[str, Any], where: str) -> str:
    parts = []
    for name, label in (("starts_on", _("start")), ("apply_from", _("apply from")), ("apply_until", _("apply until"))):
        now, before = detail.get(name), detail.get(f"former_{name}")
        if now != before:
            values = {"what": label, "now": _day(now) or "–", "before": _day(before) or "–"}
            parts.append(str(_("%(what)s: %(now)s (was %(before)s)", **values)))
    return str(_("Changed dates (%(where)s): %(dates)s.", where=where, dates="; ".join(parts)))


def _where(detail: dict[str, Any]) -> str:
    mode = str(MODE_LABELS[Mode(detail["mode"])]) if detail.get("mode") in set(Mode) else ""
    return ", ".join(part for part in (mode, str(detail.get("place") or "")) if part)


def _day(text: str | None) -> str:
    return str(format_date(date.fromisoformat(text), "long")) if text else ""
