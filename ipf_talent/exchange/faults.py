"""Why rows are refused, as something that can be kept and said again in the language of who reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import format_decimal

from ipf_talent.exchange.cells import tidy
from ipf_talent.exchange.columns import BY_NAME
from ipf_talent.exchange.kinds import REFUSED_WORDS, Refused
from ipf_talent.i18n import _
from ipf_talent.uploads import Fault, Wrong

LONGEST = 9_000
"""Characters of a cell that are kept, so that it can be said again what is wrong with it; no field holds more."""


@dataclass(frozen=True)
class Refusal:
    """One reason against a row (row 0: the file); `column` is a name of `columns`, or as the file has it."""

    row: int
    column: str
    why: Refused
    values: Mapping[str, str | int] = field(default_factory=dict)

    def message(self) -> str:
        """What is wrong, as a sentence."""
        if self.why is Refused.FILE:
            values = {name: value for name, value in self.values.items() if name != "wrong"}
            return Fault(self.row, self.column, Wrong(str(self.values["wrong"])), values).message
        if self.why is Refused.VALUE:
            return complaint(self.column, str(self.values["found"]))
        values = {name: format_decimal(one) if isinstance(one, int) else one for name, one in self.values.items()}
        words: str = str(REFUSED_WORDS[self.why]) % values
        return words

    def kept(self) -> dict[str, Any]:
        """As it is stored."""
        return {"row": self.row, "column": self.column, "why": self.why.value, "values": dict(self.values)}


def kept_refusal(stored: Mapping[str, Any]) -> Refusal:
    """What `kept` stored."""
    return Refusal(stored["row"], stored["column"], Refused(stored["why"]), stored["values"])


def of_file(fault: Fault) -> Refusal:
    """A fault of the file's form."""
    return Refusal(fault.row, fault.column, Refused.FILE, {**fault.values, "wrong": fault.wrong.value})


def of_value(row: int, column: str, cell: str) -> Refusal:
    """A cell that its column cannot read."""
    return Refusal(row, column, Refused.VALUE, {"found": cell[:LONGEST]})


def complaint(column: str, cell: str) -> str:
    """Why a cell cannot be read."""
    try:
        BY_NAME[column].read(tidy(cell))
    except ValueError as error:
        return str(error)
    return str(_("This value cannot be."))
