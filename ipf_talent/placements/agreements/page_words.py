"""How days, hours, weeks and changed values of an agreement are written."""

from datetime import date, datetime
from typing import Any

from babel.dates import get_day_names
from flask_babel import format_date, format_decimal, get_locale

from ipf_talent import clock
from ipf_talent.i18n import _
from ipf_talent.placements import minors


def day_words(value: str) -> str:
    return str(format_date(date.fromisoformat(value), "long"))


def local_words(moment: datetime) -> str:
    return moment.astimezone(clock.AMSTERDAM).date().isoformat()


def week_head() -> list[str]:
    return [str(_("Day")), str(_("From")), str(_("Until")), str(_("Breaks")), str(_("At school"))]


def week_words(rows: list[dict[str, Any]]) -> list[list[str]]:
    names = get_day_names("wide", locale=get_locale())
    return [
        [
            str(names[day.number]),
            "–" if day.begins is None else minors.clock_words(day.begins),
            "–" if day.ends is None else minors.clock_words(day.ends),
            str(_("%(number)s minutes", number=day.rest)) if day.rest else "–",
            hours_words(day.school),
        ]
        for day in minors.week_of(rows)
    ]


def hours_words(value: int) -> str:
    return str(_("%(number)s hours", number=format_decimal(round(value / 60, 2)))) if value else "–"


def times_words(day: minors.Day) -> str:
    times = "" if day.begins is None or day.ends is None else f"{minors.clock_words(day.begins)}–{minors.clock_words(day.ends)}"
    rest = str(_("%(number)s minutes of breaks", number=day.rest)) if day.rest else ""
    school = str(_("%(hours)s at school", hours=hours_words(day.school))) if day.school else ""
    return ", ".join(part for part in (times, rest, school) if part) or str(_("no work, no school"))


def field_words(name: str) -> str:
    """What a field that a later sheet can change is called."""
    words = {
        "starts_on": _("First day"),
        "ends_on": _("Last day"),
        "hours": _("Hours in all"),
        "hours_by_year": _("Hours per school year"),
        "days_per_week": _("Days a week"),
        "hours_per_week": _("Hours a week"),
        "trainer_name": _("Guides at the company"),
        "trainer_email": _("E-mail address of who guides there"),
        "optional_module": _("Optional module"),
        "parts": _("What is learnt there"),
        "week": _("Working times"),
    }
    return str(words[name])


def value_words(name: str, value: Any) -> str:
    """A value of such a field as words."""
    if value in (None, "", []):
        return "–"
    if name in ("starts_on", "ends_on"):
        return day_words(value)
    if name == "hours_by_year":
        return "; ".join(f"{year}/{int(year) + 1}: {hours}" for year, hours in sorted(value.items()))
    if name == "week":
        names = get_day_names("wide", locale=get_locale())
        return "; ".join(f"{names[day.number]} {times_words(day)}" for day in minors.week_of(value))
    return "; ".join(value) if isinstance(value, list) else str(value)
