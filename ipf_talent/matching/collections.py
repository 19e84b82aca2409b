"""Collections in files: texts and typed skills as JSON lines, judgements as tab-separated lines, runs as TREC lines."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TextIO, TypeVar

from ipf_talent.sheets import Fault, FaultyFile

LANGS = ("nl", "en", "fy")


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One line of a collection: a student, or something to be found.

    Attributes:
        skills: as somebody typed them; empty where the line has none.
        lang: nl, en or fy; None for any other and where it is not said.
    """

    id: str
    text: str = ""
    skills: tuple[str, ...] = ()
    lang: str | None = None


class HasId(Protocol):
    """What a line is read as: something with an id."""

    @property
    def id(self) -> str: ...


One = TypeVar("One", bound=HasId)


def read_entries(path: Path) -> list[Entry]:
    """
    Read a file of JSON objects, one a line, with `id`, `text` and perhaps `skills` and `lang`; empty lines are left out.

    Raises:
        FaultyFile: with every fault by its line.
    """
    return read_lines(path, _entry)


def read_lines(path: Path, read: Callable[[Any], One]) -> list[One]:
    """
    Read a file of JSON values, one a line; empty lines are left out.

    Args:
        read: makes of a value what it stands for; raises ValueError with what is wrong.

    Raises:
        FaultyFile: with every fault by its line; an id that stands there twice is one.
    """
    found, faults = [], []
    seen: dict[str, int] = {}
    for number, line in _lines(path):
        try:
            one = read(json.loads(checked(line.rstrip("\n"))))
        except (ValueError, RecursionError) as error:
            faults.append(fault_of(error, path, number))
            continue
        if (first := seen.setdefault(one.id, number)) != number:
            faults.append(Fault(path.name, number, "id", f"{one.id!r} stands in line {first} too"))
        found.append(one)
    if faults:
        raise FaultyFile(faults)
    return found


def read_object(path: Path) -> dict[str, Any]:
    """
    Read a file that is one JSON object.

    Raises:
        FaultyFile: it is none.
    """
    try:
        with path.open(encoding="utf-8-sig", errors="surrogateescape") as file:
            lines = [checked(line, number) for number, line in enumerate(file, start=1)]
        found = json.loads("".join(lines))
        if not isinstance(found, dict):
            raise ValueError("this holds no JSON object")
    except (ValueError, RecursionError) as error:
        raise FaultyFile([fault_of(error, path)]) from error
    return found


def fault_of(error: Exception, path: Path, number: int = 1) -> Fault:
    """What is wrong in a file, at one place of it; `number` is the line that was read, where it was read by lines."""
    match error:
        case NoText(line=line, column=column):
            return Fault(path.name, line or number, str(column), str(error))
        case json.JSONDecodeError():
            return Fault(path.name, number + error.lineno - 1, str(error.colno), f"this is no JSON: {error.msg}")
        case RecursionError():
            return Fault(path.name, number, "-", "this is nested too deeply")
    return Fault(path.name, number, "-", str(error))


class NoText(ValueError):
    """A line that is not written in UTF-8; `line` is 0 where the reader knows it."""

    def __init__(self, line: int, column: int) -> None:
        super().__init__("this is no UTF-8, which is expected; save the file as UTF-8")
        self.line, self.column = line, column


def checked(line: str, number: int = 0) -> str:
    """The line, if it is UTF-8: bytes that are not were read as lone surrogates, which no UTF-8 holds."""
    try:
        line.encode()
    except UnicodeEncodeError as error:
        raise NoText(number, error.start + 1) from error
    return line


def _entry(values: Any) -> Entry:
    if not isinstance(values, dict):
        raise ValueError("this line is no JSON object")
    id_, text, skills = values.get("id"), values.get("text") or "", values.get("skills") or []
    if not isinstance(id_, str) or not id_ or any(sign.isspace() for sign in id_) or not is_whole(id_):
        raise ValueError("`id` must be text without space")
    if not isinstance(text, str):
        raise ValueError("`text` must be text")
    if not isinstance(skills, list) or not all(isinstance(skill, str) for skill in skills):
        raise ValueError("`skills` must be a list of texts")
    lang = values.get("lang")
    return Entry(id_, text, tuple(skills), lang if lang in LANGS else None)


def is_whole(text: str) -> bool:
    """Whether a text can be written: JSON can say half a sign of two (a lone surrogate), which UTF-8 cannot."""
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


def read_judgements(path: Path) -> dict[str, dict[str, int]]:
    """
    Grades of documents for each query, from lines `query 0 document grade`.

    Raises:
        FaultyFile: with every fault by its line.
    """
    grades: dict[str, dict[str, int]] = {}
    faults = []
    for number, line in _lines(path):
        try:
            cells = checked(line).split()
        except NoText as error:
            faults.append(fault_of(error, path, number))
            continue
        if len(cells) != 4 or not (cells[3].isascii() and cells[3].lstrip("-").isdigit()):
            faults.append(Fault(path.name, number, "-", "a line must be: query 0 document grade"))
            continue
        grades.setdefault(cells[0], {})[cells[2]] = int(cells[3])
    if faults:
        raise FaultyFile(faults)
    return grades


def write_run(file: TextIO, ranked: Iterable[tuple[str, Sequence[str], Sequence[float]]], tag: str) -> int:
    """
    Write what was found: query, ids and scores, best first, as lines `query Q0 document rank score tag`.

    Returns:
        The number of queries that found something.
    """
    n_found = 0
    for query, ids, scores in ranked:
        n_found += bool(ids)
        lines = enumerate(zip(ids, scores, strict=True), start=1)
        file.writelines(f"{query} Q0 {id_} {rank} {score:.9f} {tag}\n" for rank, (id_, score) in lines)
    return n_found


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    with path.open(encoding="utf-8-sig", errors="surrogateescape") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield number, line
