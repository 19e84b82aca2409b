"""Collections in files: texts and typed skills as JSON lines, judgements as tab-separated lines, runs as TREC lines."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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


def read_entries(path: Path) -> list[Entry]:
    """
    Read a file of JSON objects, one a line, with `id`, `text` and perhaps `skills` and `lang`; empty lines are left out.

    Raises:
        FaultyFile: with every fault by its line.
    """
    entries, faults = [], []
    seen: dict[str, int] = {}
    for number, line in _lines(path):
        try:
            entry = _entry(json.loads(line))
        except (ValueError, RecursionError) as error:
            faults.append(Fault(path.name, number, "-", str(error) or "this is no JSON"))
            continue
        if (first := seen.setdefault(entry.id, number)) != number:
            faults.append(Fault(path.name, number, "id", f"{entry.id!r} stands in line {first} too"))
        entries.append(entry)
    if faults:
        raise FaultyFile(faults)
    return entries


def _entry(values: Any) -> Entry:
    if not isinstance(values, dict):
        raise ValueError("this line is no JSON object")
    id_, text, skills = values.get("id"), values.get("text") or "", values.get("skills") or []
    if not isinstance(id_, str) or not id_ or any(sign.isspace() for sign in id_):
        raise ValueError("`id` must be text without space")
    if not isinstance(text, str):
        raise ValueError("`text` must be text")
    if not isinstance(skills, list) or not all(isinstance(skill, str) for skill in skills):
        raise ValueError("`skills` must be a list of texts")
    lang = values.get("lang")
    return Entry(id_, text, tuple(skills), lang if lang in LANGS else None)


def read_judgements(path: Path) -> dict[str, dict[str, int]]:
    """
    Grades of documents for each query, from lines `query 0 document grade`.

    Raises:
        FaultyFile: with every fault by its line.
    """
    grades: dict[str, dict[str, int]] = {}
    faults = []
    for number, line in _lines(path):
        cells = line.split()
        if len(cells) != 4 or not (cells[3].isascii() and cells[3].lstrip("-").isdigit()):
            faults.append(Fault(path.name, number, "-", "a line must be: query 0 document grade"))
            continue
        grades.setdefault(cells[0], {})[cells[2]] = int(cells[3])
    if faults:
        raise FaultyFile(faults)
    return grades


def write_run(path: Path, ranked: Iterable[tuple[str, Sequence[str], Sequence[float]]], tag: str) -> None:
    """Write what was found: query, ids and scores, best first, as lines `query Q0 document rank score tag`."""
    with path.open("w", encoding="utf-8") as file:
        for query, ids, scores in ranked:
            for rank, (id_, score) in enumerate(zip(ids, scores, strict=True), start=1):
                file.write(f"{query} Q0 {id_} {rank} {score:.9f} {tag}\n")


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield number, line
