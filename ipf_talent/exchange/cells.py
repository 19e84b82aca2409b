"""How a cell is read: words of three languages, dates as people write them, and a sentence for what cannot be."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import format_decimal

from ipf_talent.exchange import wording
from ipf_talent.exchange.kinds import Part
from ipf_talent.exchange.wording import plain
from ipf_talent.i18n import _
from ipf_talent.programmes.field_values import INTAKE_FIELDS, OFFERING_FIELDS, PROGRAMME_FIELDS, RANGES
from ipf_talent.programmes.levels import Mode
from ipf_talent.web.text import clean

Reader = Callable[[str], Any]
"""Makes a value of a cell that is not empty; a ValueError holds a sentence in the reader's language."""


def names(value: Any) -> list[str]:
    """A list of names as it is compared: each once, in order."""
    return sorted({" ".join(str(one).split()) for one in value or [] if str(one).strip()})


FIELDS: Mapping[Part, Mapping[str, Callable[[Any], Any]]] = {
    Part.PROGRAMME: {**PROGRAMME_FIELDS, "skills": names, "electives": names},
    Part.OFFERING: OFFERING_FIELDS,
    Part.INTAKE: INTAKE_FIELDS,
}
CLEAR = "-"
"""What a cell holds that takes away what is there."""
ANY_TIME = ("any", "altijd", "doorlopend", "altyd", "trochrinnend", "rolling", "continuous")
YES = ("yes", "ja", "true", "waar", "wier", "1", "x", "y", "j")
NO = ("no", "nee", "false", "onwaar", "net", "0", "n", CLEAR)
_HYPHEN = re.compile(r"'*-")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:(?P<mark>[. \u00a0\u202f])[0-9]{3})(?:(?P=mark)[0-9]{3})*")


def tidy(text: str) -> str:
    """
    Text as it is kept; line ends stay.

    Raises:
        DomainError: it holds signs that no text has.
    """
    return clean(text, lines=True)


def field(fields: Mapping[str, Callable[[Any], Any]], name: str) -> Reader:
    """As the field of `programmes.editing` reads it; a hyphen alone empties it."""
    return lambda cell: fields[name](None if cell == CLEAR else cell)


def choice(fields: Mapping[str, Callable[[Any], Any]], name: str, kind: Iterable[str], also: Mapping[str, str]) -> Reader:
    """One of a list, by its code or by a name in `also`."""
    known = {plain(one): str(one) for one in kind}

    def read(cell: str) -> Any:
        if cell == CLEAR:
            return fields[name](None)
        code = known.get(plain(cell)) or also.get(plain(cell))
        if code is None:
            raise _no_choice(cell, known.values())
        return fields[name](code)

    return read


def _no_choice(cell: str, codes: Iterable[str]) -> ValueError:
    return ValueError(_("“%(value)s” is none of the choices: %(choices)s.", value=cell[:40], choices=", ".join(codes)))


def mode(cell: str) -> Mode:
    """A mode by its code or its name."""
    known = {plain(one): one for one in Mode}
    code = known.get(plain(cell)) or wording.MODES.get(plain(cell))
    if code is None:
        raise _no_choice(cell, Mode)
    return Mode(code)


def several(name: str, kind: Iterable[str], also: Mapping[str, str]) -> Reader:
    """Several of a list of a programme, by code or by a name in `also`."""
    known = {plain(one): str(one) for one in kind}

    def read(cell: str) -> list[str]:
        found = []
        for one in parts(cell, r"[;,/+]"):
            code = known.get(plain(one)) or also.get(plain(one))
            if code is None:
                raise _no_choice(one, known.values())
            found.append(code)
        chosen: list[str] = PROGRAMME_FIELDS[name](found)
        return chosen

    return read


def parts(cell: str, between: str = r"[;\n]") -> list[str]:
    """What a cell lists; names of skills and modules have a semicolon or a new line between them, since they may hold a comma."""
    return [] if cell == CLEAR else [one.strip() for one in re.split(between, cell) if one.strip()]


def number(fields: Mapping[str, Callable[[Any], Any]], name: str) -> Reader:
    """A whole number, also with a dot or a space between thousands."""

    def read(cell: str) -> int | None:
        if cell == CLEAR:
            return None
        digits = re.sub(r"[. \u00a0\u202f]", "", cell) if _THOUSANDS.fullmatch(cell) else cell
        try:
            found: int | None = fields[name](digits)
        except ValueError:
            low, high = RANGES[name]
            said = {"value": cell[:40], "low": format_decimal(low), "high": format_decimal(high)}
            raise ValueError(_("“%(value)s” cannot be: write a whole number from %(low)s to %(high)s.", **said)) from None
        return found

    return read


def day(cell: str) -> date | None:
    """A date as 2027-09-01 or 1-9-2027; also with points or slashes, the day before the month."""
    if cell == CLEAR:
        return None
    said = cell
    if found := re.fullmatch(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})", cell):
        said = f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}"
    elif re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T00:00(:00)?", cell):
        said = cell[:10]
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", said):
        raise ValueError(_("“%(value)s” is no date: write it as 2027-09-01 or 1-9-2027.", value=cell[:40]))
    try:
        whole = date.fromisoformat(said)
    except ValueError:
        raise ValueError(_("“%(value)s” is a day that does not exist.", value=cell[:40])) from None
    read: date | None = INTAKE_FIELDS["starts_on"](whole)
    return read


def start(cell: str) -> date | None:
    """A day, or a word that says any time (None)."""
    return None if plain(cell) in ANY_TIME else day(cell)


def truth(cell: str) -> bool:
    """Yes or no in three languages."""
    word = plain(cell) or cell
    if word not in YES + NO:
        raise ValueError(_("Write yes or no."))
    return word in YES


def money(cell: str) -> int | None:
    """Whole euros, with or without a sign before them."""
    read: int | None = number(OFFERING_FIELDS, "costs_eur")(re.sub(r"[€\s]|,-$|[.,]00$", "", cell))
    return read


def listed(cell: str) -> list[str]:
    """Names of skills or modules; which ones are meant is seen when the file is laid beside what is here."""
    return names(parts(cell))


def taken(cell: str) -> str:
    """Text as it is."""
    return cell


def address(cell: str) -> str:
    """A listing as an export calls it."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", cell):
        raise ValueError(_("A listing is called by small letters, digits and hyphens, as an export writes it."))
    return cell


def spelt(text: str) -> str:
    """Text as a cell holds it: a lone hyphen gets an apostrophe, since by itself it would empty the field."""
    return f"'{text}" if _HYPHEN.fullmatch(text) else text


def is_spelt(cell: str) -> bool:
    """Whether `spelt` put an apostrophe before it."""
    return len(cell) > 1 and _HYPHEN.fullmatch(cell) is not None
