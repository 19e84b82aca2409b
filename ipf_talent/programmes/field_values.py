"""The fields of a listing, and what each may hold."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.programmes.filters import LANGUAGE_LABELS
from ipf_talent.programmes.levels import Level, ProgrammeType, Standing, Track
from ipf_talent.programmes.listing import Channel
from ipf_talent.skills.fields import Field

Reader = Callable[[Any], Any]
"""Makes of a value what is stored; a ValueError holds a sentence."""
LONGEST_TEXT = 8000
FIRST_YEAR, LAST_YEAR = 2000, 2099


def _text(most: int, least: int = 0) -> Reader:
    def read(value: Any) -> str:
        text = " ".join(str(value or "").split()) if most <= 300 else str(value or "").strip()
        if "\x00" in text:
            raise ValueError(_("It holds a sign that cannot be stored."))
        if len(text) > most:
            raise ValueError(_("Use at most %(number)s characters.", number=most))
        if len(text) < least:
            raise ValueError(_("Use at least %(number)s characters.", number=least))
        return text

    return read


def _number(low: int, high: int) -> Reader:
    def read(value: Any) -> int | None:
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,7}", str(value).strip()):
            raise ValueError(_("Write a whole number."))
        number = int(str(value))
        if not low <= number <= high:
            raise ValueError(_("Use a number from %(low)s to %(high)s.", low=low, high=high))
        return number

    return read


def _one_of(kind: type[StrEnum], *, empty: bool = True) -> Reader:
    def read(value: Any) -> Any:
        if not value and empty:
            return None
        try:
            return kind(str(value).strip())
        except ValueError:
            raise ValueError(_("“%(value)s” is not one of the choices.", value=str(value)[:40])) from None

    return read


def _several(known: Iterable[str]) -> Reader:
    allowed = list(known)

    def read(value: Any) -> list[str]:
        given = [str(one).strip() for one in value or []]
        if unknown := [one for one in given if one not in allowed]:
            raise ValueError(_("“%(value)s” is not one of the choices.", value=unknown[0][:40]))
        return [one for one in allowed if one in given]

    return read


def _url(value: Any) -> str | None:
    text = str(value or "").strip()
    if not text:
        return None
    try:
        parts = urlsplit(text)
        whole = parts.scheme in ("http", "https") and "." in (parts.hostname or "")
    except ValueError:
        whole = False
    if not whole or len(text) > 2048 or re.search(r"[\s<>\"\\]", text):
        raise ValueError(_("Write a whole web address, beginning with https://."))
    return text


def _code(value: Any) -> str | None:
    text = str(value or "").strip().upper()
    if text and not re.fullmatch(r"[A-Z0-9-]{1,12}", text):
        raise ValueError(_("A code has at most twelve letters and digits."))
    return text or None


def _day(value: Any) -> date | None:
    if not value:
        return None
    if not isinstance(value, date):
        try:
            value = date.fromisoformat(str(value).strip())
        except ValueError:
            raise ValueError(_("Write a date as 2027-09-01.")) from None
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(_("Choose a day of this century."))
    return date(value.year, value.month, value.day)


def _slugs(value: Any) -> list[str]:
    return sorted({str(one).strip() for one in value or [] if str(one).strip()})


def _words(value: Any) -> dict[str, str]:
    if isinstance(value, Mapping):
        return {str(slug): str(words or "") for slug, words in value.items()}
    return dict.fromkeys(_slugs(value), "")


RANGES = {
    "credits_ects": (1, 600),
    "sbu": (1, 20_000),
    "duration_months": (1, 120),
    "school_days": (0, 7),
    "work_days": (0, 7),
    "costs_eur": (0, 100_000),
    "capacity": (0, 10_000),
}
"""The least and the most of each number."""
PROGRAMME_FIELDS: Mapping[str, Reader] = {
    "title_nl": _text(256, 3),
    "title_en": _text(256),
    "type": _one_of(ProgrammeType, empty=False),
    "level": _one_of(Level, empty=False),
    "code": _code,
    "credits_ects": _number(*RANGES["credits_ects"]),
    "sbu": _number(*RANGES["sbu"]),
    "duration_months": _number(*RANGES["duration_months"]),
    "languages": _several(LANGUAGE_LABELS),
    "description_nl": _text(LONGEST_TEXT),
    "description_en": _text(LONGEST_TEXT),
    "admission_nl": _text(LONGEST_TEXT),
    "admission_en": _text(LONGEST_TEXT),
    "careers_nl": _text(2000),
    "careers_en": _text(2000),
    "track": _one_of(Track),
    "standing": _one_of(Standing, empty=False),
    "url": _url,
    "fields": _several(Field),
    "skills": _words,
    "electives": _slugs,
}
OFFERING_FIELDS: Mapping[str, Reader] = {
    "school_days": _number(*RANGES["school_days"]),
    "work_days": _number(*RANGES["work_days"]),
    "costs_eur": _number(*RANGES["costs_eur"]),
    "costs_note_nl": _text(300),
    "costs_note_en": _text(300),
    "url": _url,
}
INTAKE_FIELDS: Mapping[str, Reader] = {
    "starts_on": _day,
    "apply_from": _day,
    "apply_until": _day,
    "channel": _one_of(Channel),
    "url": _url,
    "capacity": _number(*RANGES["capacity"]),
    "numerus_fixus": bool,
    "permission_needed": bool,
}
LISTS = frozenset({"fields", "skills", "electives"})
"""Fields of a programme that are rows of their own."""


def cleaned(fields: Mapping[str, Reader], values: Mapping[str, Any]) -> dict[str, Any]:
    """
    The values as they are stored.

    Raises:
        DomainError: there is no such field, or a value cannot be; it names the field.
    """
    found = {}
    for name, value in values.items():
        if name not in fields:
            raise DomainError(_("There is no field “%(field)s”.", field=name[:40]), field=name)
        try:
            found[name] = fields[name](value)
        except ValueError as error:
            raise DomainError(str(error), field=name) from None
    return found
