"""What a school lists as rows of a table: one for each start, or offering without one, or programme without an offering."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from ipf_talent.exchange.cells import spelt
from ipf_talent.exchange.columns import COLUMNS, Column
from ipf_talent.exchange.kinds import Format, Part
from ipf_talent.exchange.listings import Listed, Offer, Spoken, Start, Values, Where
from ipf_talent.tables import Cell, as_csv, as_xlsx

EXPORTED = COLUMNS
YES_NO = {"nl": ("ja", "nee"), "fy": ("ja", "nee"), "en": ("yes", "no")}
SHEETS = {"nl": ("Aanbod", "Uitleg"), "fy": ("Oanbod", "Utlis"), "en": ("Listings", "Explained")}
Piece = tuple[Where | None, Offer | None, date | None, Start | None]


def rows(listed: Iterable[Listed], spoken: Spoken) -> list[list[Cell]]:
    """The names of the columns and a row for each start, in the language of who asks."""
    found: list[list[Cell]] = [[column.label(spoken.language) for column in EXPORTED]]
    for one in sorted(listed, key=lambda one: one.slug):
        found += [[_cell(column, one, piece, spoken) for column in EXPORTED] for piece in _pieces(one)]
    return found


def _pieces(one: Listed) -> Iterator[Piece]:
    if not one.offers:
        yield None, None, None, None
    for where, offer in sorted(one.offers.items(), key=lambda pair: (pair[0][0], pair[0][1].value)):
        if not offer.starts:
            yield where, offer, None, None
        for starts_on, start in sorted(offer.starts.items(), key=lambda pair: str(pair[0] or "")):
            yield where, offer, starts_on, start


def _cell(column: Column, one: Listed, piece: Piece, spoken: Spoken) -> Cell:
    where, offer, starts_on, start = piece
    if column.part is Part.KEY:
        return one.slug
    if column.part is Part.TOLD:
        return (offer or one).status.value
    if column.field == "place":
        return where[0] if where else None
    if column.field == "mode":
        return where[1].value if where else None
    if column.field == "starts_on":
        return (starts_on or "any") if start else None
    values: dict[Part, Values] = {
        Part.PROGRAMME: one.values,
        Part.OFFERING: offer.values if offer else {},
        Part.INTAKE: start.values if start else {},
    }
    value = values[column.part].get(column.field)
    return spoken.several(column.field, value or ()) if column.field in ("skills", "electives") else _plain(value, spoken.language)


def _plain(value: Any, language: str) -> Cell:
    if isinstance(value, bool):
        return YES_NO[language][0 if value else 1]
    if isinstance(value, list):
        return ";".join(value)
    if type(value) is str:
        return spelt(value)
    found: Cell = getattr(value, "value", value)
    return found


def table(listed: Iterable[Listed], form: Format, spoken: Spoken) -> bytes:
    """A file of listings; without any it is a template to fill in."""
    whole, language = rows(listed, spoken), spoken.language
    if form is Format.CSV:
        return as_csv(whole)
    choices = {place: column.choices for place, column in enumerate(EXPORTED) if column.choices and not column.many}
    return as_xlsx(SHEETS[language][0], whole, choices=choices, explained=(SHEETS[language][1], explained(language)))


def explained(language: str) -> Sequence[Sequence[Cell]]:
    """What belongs in each column, in the language of the page."""
    heads: dict[str, list[Cell]] = {
        "nl": ["Kolom", "Vaste naam", "Wat erin hoort", "Keuzes", "Voorbeeld"],
        "fy": ["Kolom", "Fêste namme", "Wat deryn heart", "Karren", "Foarbyld"],
        "en": ["Column", "Fixed name", "What belongs in it", "Choices", "Example"],
    }
    lines: list[list[Cell]] = [
        [column.label(language), column.name, str(column.about), ", ".join(column.choices), column.sample] for column in EXPORTED
    ]
    return [heads[language], *lines]
