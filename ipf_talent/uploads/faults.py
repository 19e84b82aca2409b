"""What can be wrong with a table that someone sends: a row, a column and a sentence in the reader's language."""

from dataclasses import dataclass, field
from enum import StrEnum

from flask_babel import format_decimal

from ipf_talent.i18n import _, lazy


class Wrong(StrEnum):
    """Kinds of fault of a file, whatever its rows are about."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NO_TABLE = "no_table"
    NO_TEXT = "no_text"
    OLD_EXCEL = "old_excel"
    BROKEN = "broken"
    BOMB = "bomb"
    SECRET = "secret"  # noqa: S105
    TOO_LONG = "too_long"
    NO_HEADER = "no_header"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    COLUMN_TWICE = "column_twice"
    OPEN_QUOTE = "open_quote"
    MORE_CELLS = "more_cells"
    FEWER_CELLS = "fewer_cells"
    LONG_CELL = "long_cell"
    ODD_SIGN = "odd_sign"
    MERGED = "merged"
    ERROR_VALUE = "error_value"
    NO_VALUE = "no_value"


WORDS = {
    Wrong.EMPTY: lazy("The file is empty."),
    Wrong.TOO_LARGE: lazy("The file is larger than %(most)s MB."),
    Wrong.NO_TABLE: lazy("This is not a table: only a CSV or an Excel file (XLSX) can be read."),
    Wrong.NO_TEXT: lazy("This file ends in .csv but holds no text."),
    Wrong.OLD_EXCEL: lazy("This is a file of an old Excel or another program. Save it as XLSX or CSV and try again."),
    Wrong.BROKEN: lazy("The Excel file is not whole. Save it again and try once more."),
    Wrong.BOMB: lazy("The Excel file unpacks to more than a table of this kind can be. Save only the sheet with the rows."),
    Wrong.SECRET: lazy("The Excel file has a password. Save it without one."),
    Wrong.TOO_LONG: lazy("Reading the Excel file took too much time or memory. Save only the sheet with the rows, or use CSV."),
    Wrong.NO_HEADER: lazy("The first row has to hold the names of the columns."),
    Wrong.TOO_MANY_ROWS: lazy("The file has more than %(most)s rows. Divide it and send the parts one by one."),
    Wrong.TOO_MANY_COLUMNS: lazy("The file has more than %(most)s columns."),
    Wrong.COLUMN_TWICE: lazy("Two columns have this name."),
    Wrong.OPEN_QUOTE: lazy("From this row on a quotation mark is opened and not closed, so the rest cannot be read."),
    Wrong.MORE_CELLS: lazy("The row has %(found)s cells and the first row %(needed)s."),
    Wrong.FEWER_CELLS: lazy("The row has %(found)s cells and the first row %(needed)s; perhaps the file was cut off."),
    Wrong.LONG_CELL: lazy("The cell has more than %(most)s characters."),
    Wrong.ODD_SIGN: lazy("The cell holds a sign that no text has."),
    Wrong.MERGED: lazy("Cells are merged here (%(cells)s). Split them, so that each row has its own."),
    Wrong.ERROR_VALUE: lazy("The formula in this cell gives an error (%(found)s)."),
    Wrong.NO_VALUE: lazy("The formula in this cell has no value. Open the file in Excel, save it, and try again."),
}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong; row 1 is the row of column names, row 0 the file as a whole."""

    row: int
    column: str
    wrong: Wrong
    values: dict[str, str | int] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether it spoils the file and not only its row."""
        return self.row <= 1 or self.wrong is Wrong.OPEN_QUOTE

    @property
    def message(self) -> str:
        """What is wrong, in the language of who reads."""
        values = {name: format_decimal(one) if isinstance(one, int) else one for name, one in self.values.items()}
        words: str = str(WORDS[self.wrong]) % values
        return words

    def __str__(self) -> str:
        words: str = self.message
        if self.row and self.column:
            words = _("Row %(row)s, column %(column)s: %(message)s", row=self.row, column=self.column, message=words)
        elif self.row:
            words = _("Row %(row)s: %(message)s", row=self.row, message=words)
        return words
