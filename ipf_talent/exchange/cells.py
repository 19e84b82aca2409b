"""How a cell is read: words of three languages, dates as people write them, and a sentence for what cannot be."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from ipf_talent.exchange.kinds import Part
from ipf_talent.i18n import _
from ipf_talent.programmes.field_values import INTAKE_FIELDS, OFFERING_FIELDS, PROGRAMME_FIELDS
from ipf_talent.programmes.levels import Mode
from ipf_talent.web.text import clean

Reader = Callable[[str], Any]
"""Makes a value of a cell that is not empty; a ValueError holds a sentence in the reader's language."""
FIELDS: Mapping[Part, Mapping[str, Callable[[Any], Any]]] = {
    Part.PROGRAMME: PROGRAMME_FIELDS,
    Part.OFFERING: OFFERING_FIELDS,
    Part.INTAKE: INTAKE_FIELDS,
}
CLEAR = "-"
"""What a cell holds that takes away what is there."""
ANY_TIME = ("any", "altijd", "doorlopend", "altyd", "trochrinnend", "rolling", "continuous")
YES = ("yes", "ja", "true", "waar", "wier", "1", "x", "y", "j")
NO = ("no", "nee", "false", "onwaar", "net", "0", "n", CLEAR)
ALSO_LEVELS: Mapping[str, str] = {
    "mbo1": "mbo_1", "entree": "mbo_1", "mbo2": "mbo_2", "mbo3": "mbo_3", "mbo4": "mbo_4", "associatedegree": "ad",
    "hbo": "hbo_bachelor", "wo": "wo_bachelor", "engd": "engd_phd", "phd": "engd_phd", "geen": "none",
}  # fmt: skip
ALSO_TYPES: Mapping[str, str] = {
    "mbodiploma": "mbo_diploma", "mbocertificaat": "mbo_certificate", "praktijkverklaring": "practice_statement",
    "praktykferklearring": "practice_statement", "keuzedeel": "elective", "karsdiel": "elective", "associatedegree": "ad",
    "cursus": "course", "kursus": "course",
}  # fmt: skip
ALSO_MODES: Mapping[str, str] = {
    "voltijd": "fulltime", "foltiid": "fulltime", "deeltijd": "parttime", "dieltiid": "parttime", "duaal": "dual",
    "eigentempo": "own_pace", "zelfstandigtempo": "own_pace", "eigentiid": "own_pace",
}  # fmt: skip
ALSO_CHANNELS: Mapping[str, str] = {
    "eigensite": "own_site",
    "eigenwebsite": "own_site",
    "website": "own_site",
    "ownsite": "own_site",
}
ALSO_LANGUAGES: Mapping[str, str] = {
    "nederlands": "nl", "nederlansk": "nl", "dutch": "nl", "nld": "nl", "fries": "fy", "frysk": "fy", "frisian": "fy", "fry": "fy",
    "engels": "en", "ingelsk": "en", "english": "en", "eng": "en", "duits": "de", "dutsk": "de", "german": "de", "deu": "de",
}  # fmt: skip

_HYPHEN = re.compile(r"'*-")


def tidy(text: str) -> str:
    """
    Text as it is kept; line ends stay.

    Raises:
        DomainError: it holds signs that no text has.
    """
    return clean(text, lines=True)


def plain(text: str) -> str:
    """Letters and digits alone, lower case and without accents: how names are compared."""
    return re.sub(r"[^a-z0-9]+", "", unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode())


def field(fields: Mapping[str, Callable[[Any], Any]], name: str) -> Reader:
    """As the field of `programmes.editing` reads it; a hyphen alone empties it."""
    return lambda cell: fields[name](None if cell == CLEAR else cell)


def choice(fields: Mapping[str, Callable[[Any], Any]], name: str, kind: Iterable[str], also: Mapping[str, str]) -> Reader:
    """One of a list, by its code or by a name in `also`."""
    known = {plain(one): str(one) for one in kind} | dict(also)
    return lambda cell: fields[name](None if cell == CLEAR else known.get(plain(cell), cell))


def mode(cell: str) -> Mode:
    """A mode by its code or its name."""
    known = {plain(one): one.value for one in Mode} | dict(ALSO_MODES)
    try:
        return Mode(known.get(plain(cell), cell))
    except ValueError:
        raise ValueError(_("“%(value)s” is not one of the choices.", value=cell[:40])) from None


def languages(cell: str) -> list[str]:
    """Several languages with a semicolon, comma, slash or plus between them."""
    given = [] if cell == CLEAR else [part.strip() for part in re.split(r"[;,/+]", cell) if part.strip()]
    found: list[str] = PROGRAMME_FIELDS["languages"]([ALSO_LANGUAGES.get(plain(one), one.lower()) for one in given])
    return found


def day(cell: str) -> date | None:
    """A date as 2027-09-01 or 1-9-2027; also with points or slashes, the day before the month."""
    if cell == CLEAR:
        return None
    if found := re.fullmatch(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})", cell):
        cell = f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}"
    elif re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T00:00(:00)?", cell):
        cell = cell[:10]
    read: date | None = INTAKE_FIELDS["starts_on"](cell)
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
    read: int | None = OFFERING_FIELDS["costs_eur"](None if cell == CLEAR else re.sub(r"[€\s]|,-$|[.,]00$", "", cell))
    return read


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
