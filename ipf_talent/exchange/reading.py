"""From a table to lines: which columns are there, and what each row says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ipf_talent.errors import DomainError
from ipf_talent.exchange import faults
from ipf_talent.exchange.cells import FIELDS, is_spelt, tidy
from ipf_talent.exchange.columns import Column, column_called
from ipf_talent.exchange.faults import Refusal
from ipf_talent.exchange.kinds import Part, Refused
from ipf_talent.exchange.listings import Line, Values
from ipf_talent.tables import unguarded
from ipf_talent.uploads import Row, Upload, Wrong


@dataclass(frozen=True)
class Read:
    """What a file says: its lines, what is refused already, and the columns that nobody knows."""

    lines: tuple[Line, ...] = ()
    refused: tuple[Refusal, ...] = ()
    strange: tuple[str, ...] = ()
    titles: Mapping[int, str] = field(default_factory=dict)
    """How each row calls its programme, for a person to recognise it by."""

    @property
    def spoilt(self) -> bool:
        """Whether the file as a whole cannot be used."""
        return any(_spoils(one) for one in self.refused)


def _spoils(refusal: Refusal) -> bool:
    return refusal.row <= 1 or refusal.values.get("wrong") == "open_quote"


def read(upload: Upload) -> Read:
    """Read a table with listings."""
    refused = [faults.of_file(fault) for fault in upload.faults]
    columns = {name: column for name in upload.header if (column := column_called(name))}
    strange = tuple(name for name in upload.header if name and name not in columns)
    if upload.spoilt:
        return Read(refused=tuple(refused), strange=strange)
    refused += _header_refusals(upload, columns)
    lines = []
    titles = {}
    for row in upload.rows if not any(_spoils(one) for one in refused) else ():
        line, wrong = _line(row, columns, guarded=bool(upload.separator))
        titles[row.number] = _title(row, columns)
        refused += wrong
        if not wrong:
            lines.append(line)
    return Read(tuple(lines), tuple(sorted(refused, key=lambda one: one.row)), strange, titles)


def _header_refusals(upload: Upload, columns: Mapping[str, Column]) -> list[Refusal]:
    if not columns:
        return [Refusal(1, "", Refused.NO_COLUMN)]
    if not upload.rows and not upload.faults:
        return [Refusal(0, "", Refused.NO_ROWS)]
    seen: dict[str, str] = {}
    twice = [name for name, column in columns.items() if seen.setdefault(column.name, name) != name]
    return [Refusal(1, name, Refused.FILE, {"wrong": "column_twice"}) for name in twice]


def _title(row: Row, columns: Mapping[str, Column]) -> str:
    found = {column.name: row.cells.get(name, "") for name, column in columns.items()}
    return next((text[:120] for name in ("title_nl", "title_en", "code", "listing") if (text := found.get(name, ""))), "")


def _line(row: Row, columns: Mapping[str, Column], *, guarded: bool) -> tuple[Line, list[Refusal]]:
    values: dict[Part, Values] = {part: {} for part in Part}
    wrong: list[Refusal] = []
    for name, column in columns.items():
        cell = unguarded(row.cells.get(name, "")) if guarded else row.cells.get(name, "")
        if not cell or column.part is Part.TOLD:
            continue
        try:
            values[column.part][column.field] = _value(column, tidy(cell))
        except DomainError:
            wrong.append(Refusal(row.number, column.name, Refused.FILE, {"wrong": Wrong.ODD_SIGN.value}))
        except ValueError:
            wrong.append(faults.of_value(row.number, column.name, cell))
    return line_of(row.number, values), wrong or _lacking(row.number, values)


def _value(column: Column, cell: str) -> Any:
    fields = FIELDS.get(column.part, {})
    return fields[column.field](cell[1:]) if is_spelt(cell) and column.field in fields else column.read(cell)


def line_of(number: int, values: Mapping[Part, Values]) -> Line:
    """A line of values by part."""
    offering, intake = dict(values[Part.OFFERING]), dict(values[Part.INTAKE])
    has_start = "starts_on" in intake
    return Line(
        row=number, listing=values[Part.KEY].get("listing", ""), programme=dict(values[Part.PROGRAMME]),
        place=offering.pop("place", ""), mode=offering.pop("mode", None), offering=offering,
        has_start=has_start, starts_on=intake.pop("starts_on", None), intake=intake,
    )  # fmt: skip


def _lacking(number: int, values: Mapping[Part, Values]) -> list[Refusal]:
    programme: Any = values[Part.PROGRAMME]
    found = []
    if not (values[Part.KEY] or programme.get("code") or programme.get("title_nl")):
        found.append(Refusal(number, "title_nl", Refused.NO_NAME))
    if "mode" not in values[Part.OFFERING] and (values[Part.OFFERING] or values[Part.INTAKE]):
        found.append(Refusal(number, "mode", Refused.NO_MODE))
    if "starts_on" not in values[Part.INTAKE] and values[Part.INTAKE]:
        found.append(Refusal(number, "starts_on", Refused.NO_START))
    return found
