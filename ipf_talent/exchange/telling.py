"""What the pages of an import say: rows with names and values in the reader's language, and the faults as a sheet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import g
from flask_babel import format_date

from ipf_talent.exchange import faults, queries
from ipf_talent.exchange.columns import BY_FIELD, BY_NAME
from ipf_talent.exchange.kinds import AHEAD_LABELS, DEED_LABELS, NOTE_WORDS, PART_LABELS, Deed, Format, Note, Part, RunStatus
from ipf_talent.exchange.models import ImportRun
from ipf_talent.i18n import _, current_language
from ipf_talent.programmes import checks
from ipf_talent.programmes.filters import LANGUAGE_LABELS
from ipf_talent.programmes.levels import LEVEL_LABELS, MODE_LABELS, TYPE_LABELS, Level, Mode, ProgrammeType
from ipf_talent.programmes.listing import CHANNEL_LABELS, Channel
from ipf_talent.skills.fields import LABELS as FIELD_LABELS
from ipf_talent.tables import Cell, as_csv, as_xlsx

CHOICES: Mapping[str, Mapping[str, Any]] = {
    "type": {kind.value: TYPE_LABELS[kind] for kind in ProgrammeType},
    "level": {level.value: LEVEL_LABELS[level] for level in Level},
    "channel": {channel.value: CHANNEL_LABELS[channel] for channel in Channel},
    "mode": {mode.value: MODE_LABELS[mode] for mode in Mode},
    "languages": LANGUAGE_LABELS,
    "fields": {field.value: label for field, label in FIELD_LABELS.items()},
}
DAYS = ("apply_from", "apply_until")
KEPT, LIVE = "kept", "live"
"""The filters for rows of which something stays because a person edited it, and for those that change what is published."""


@dataclass(frozen=True)
class Field:
    """One field of a row: what it is called, what it was and what it becomes."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Shown:
    """One row as a page shows it."""

    row: int
    deed: Deed
    title: str
    where: str
    adds: Sequence[str]
    changes: Sequence[Field]
    kept: Sequence[Field]
    notes: Sequence[str]
    refused: Sequence[tuple[str, str]]
    """Name of the column ("" for the row as a whole) and the sentence."""
    lacks: Sequence[str] = ()
    """What something new must still tell before it can be published; then it begins as a draft."""
    begins: bool = False
    """It is a new programme or a new place and mode."""


def rows(run: ImportRun, only: str = "") -> list[Shown]:
    """The rows with one deed, or those of which something is kept; without `only` all."""
    every = run.report.get("rows", [])
    return [_shown(one) for one in every if not only or one["deed"] == only or _is(one, only)]


def _is(stored: Mapping[str, Any], only: str) -> bool:
    return bool(stored["kept"]) if only == KEPT else only == LIVE and Note.LIVE.value in stored["notes"]


def live_number(run: ImportRun) -> int:
    """How many rows change something that is published."""
    return sum(Note.LIVE.value in one["notes"] for one in run.report.get("rows", []))


def deeds(run: ImportRun) -> Mapping[Deed, Any]:
    """What happens with rows, in words: what was done, or what would be."""
    return DEED_LABELS if run.status is RunStatus.APPLIED else AHEAD_LABELS


def kept_number(run: ImportRun) -> int:
    """How many rows hold something that stays because a person edited it."""
    return sum(bool(one["kept"]) for one in run.report.get("rows", []))


def _shown(stored: Mapping[str, Any]) -> Shown:
    return Shown(
        row=stored["row"], deed=Deed(stored["deed"]), title=stored["title"], where=_where(stored),
        adds=[str(PART_LABELS[Part(part)]) for part in stored["adds"]],
        changes=[_field(*one) for one in stored["changes"]], kept=[_field(*one) for one in stored["kept"]],
        notes=[str(NOTE_WORDS[Note(one)]) for one in stored["notes"]],
        refused=[(label(one["column"]), faults.kept_refusal(one).message()) for one in stored["refused"]],
        lacks=[checks.told(checks.Lack(one)).message for one in stored.get("lacks", ())],
        begins=Part.PROGRAMME.value in stored["adds"],
    )  # fmt: skip


def _where(stored: Mapping[str, Any]) -> str:
    if not stored["where"]:
        return ""
    place, mode = stored["where"]
    parts = [place, str(MODE_LABELS[Mode(mode)])]
    if stored["start"] or stored["rolling"]:
        parts.append(_day(stored["start"]) if stored["start"] else _("any time"))
    return " · ".join(part for part in parts if part)


def _field(part: str, name: str, old: Any, new: Any) -> Field:
    column = BY_FIELD[Part(part), name]
    return Field(column.label(current_language()), value(name, old), value(name, new))


def label(name: str) -> str:
    """What a column is called in the reader's language; one that we do not know as the file calls it."""
    return BY_NAME[name].label(current_language()) if name in BY_NAME else name


def value(name: str, stored: Any) -> str:
    """A stored value in words; "" where there is none."""
    if stored is None or stored in ("", []):
        return ""
    if isinstance(stored, bool):
        return str(_("yes") if stored else _("no"))
    if name == "skills":
        return ", ".join(_skill_labels().get(one, one) for one in stored)
    if isinstance(stored, list):
        return ", ".join(str(CHOICES.get(name, {}).get(one, one)) for one in stored)
    if name in DAYS:
        return _day(stored)
    return str(CHOICES.get(name, {}).get(str(stored), stored))


def _skill_labels() -> Mapping[str, str]:
    if "skill_labels" not in g:
        g.skill_labels = queries.skill_labels(current_language())
    labels: Mapping[str, str] = g.skill_labels
    return labels


def _day(text: str) -> str:
    return str(format_date(date.fromisoformat(text), "medium"))


def file_faults(run: ImportRun) -> list[str]:
    """What spoils the file as a whole."""
    found = []
    for stored in run.report.get("faults", []):
        refusal = faults.kept_refusal(stored)
        words, name = refusal.message(), label(refusal.column)
        if refusal.row and name:
            words = _("Row %(row)s, column %(column)s: %(message)s", row=refusal.row, column=name, message=words)
        elif refusal.row:
            words = _("Row %(row)s: %(message)s", row=refusal.row, message=words)
        found.append(words)
    return found


def missing(run: ImportRun) -> list[str]:
    """Rows that the former file had, in words."""
    found = []
    for key in run.report.get("missing", []):
        slug, *rest = key.split("/")
        parts = [slug]
        if len(rest) >= 2:
            parts += [rest[0], str(CHOICES["mode"].get(rest[1], rest[1]))]
        if len(rest) > 2:
            parts.append(_("any time") if rest[2] == "any" else _day(rest[2]))
        found.append(" · ".join(part for part in parts if part))
    return found


def sheet(run: ImportRun, form: Format) -> bytes:
    """Every fault and everything kept, with row and column, as a sheet to work through."""
    head: list[Cell] = [_("Row"), _("Programme"), _("Outcome"), _("Column"), _("What and why")]
    lines = [head, *_sheet_rows(run)]
    return as_csv(lines) if form is Format.CSV else as_xlsx(_("Faults"), lines)


def _sheet_rows(run: ImportRun) -> Iterator[list[Cell]]:
    for words in file_faults(run):
        yield ["", "", str(deeds(run)[Deed.REFUSED]), "", words]
    called = deeds(run)
    for one in rows(run):
        deed = str(called[one.deed])
        for column, words in one.refused:
            yield [one.row, one.title, deed, column, words]
        for field in one.kept:
            words = _("Stays “%(ours)s”, because a person edited it; the file says “%(theirs)s”.", ours=field.old, theirs=field.new)
            yield [one.row, one.title, deed, field.label, words]
        for words in one.notes:
            yield [one.row, one.title, deed, "", words]
        for words in one.lacks:
            yield [one.row, one.title, deed, "", words]
