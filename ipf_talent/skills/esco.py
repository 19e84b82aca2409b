"""A folder of ESCO's official CSV release, read into typed rows: words by language, relations once; every fault named."""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ipf_talent.sheets import Fault, FaultyFile

SHAPE = re.compile(r"http://data\.europa\.eu/esco/[a-z-]+/[A-Za-z0-9./-]{1,140}")
LONGEST = 160
"""Characters of a label; a longer synonym is left out."""

KINDS = {"skill/competence": "skill", "knowledge": "knowledge"}
CONCEPTS = ("conceptUri", "preferredLabel", "altLabels", "status", "description")
COLUMNS = {
    "skills": (*CONCEPTS, "skillType", "reuseLevel"),
    "occupations": (*CONCEPTS, "iscoGroup"),
    "occupationSkillRelations": ("occupationUri", "relationType", "skillUri"),
    "broaderRelationsSkillPillar": ("conceptUri", "broaderUri"),
    "skillSkillRelations": ("originalSkillUri", "relationType", "relatedSkillUri"),
}
"""The columns that are read; others may stand beside them, in any order."""

csv.field_size_limit(1 << 20)
Row = Mapping[str, str]


@dataclass
class Words:
    """What a concept is called in one language."""

    label: str
    alts: tuple[str, ...] = ()
    description: str = ""


@dataclass
class EscoSkill:
    """A skill or piece of knowledge, by language."""

    uri: str
    type: str
    words: dict[str, Words] = field(default_factory=dict)


@dataclass
class EscoOccupation:
    """An occupation with its ISCO-08 group, by language."""

    uri: str
    isco: str
    words: dict[str, Words] = field(default_factory=dict)


@dataclass
class Release:
    """A release: concepts by URI, and relations between them that lead to concepts that are there."""

    languages: tuple[str, ...]
    skills: dict[str, EscoSkill] = field(default_factory=dict)
    occupations: dict[str, EscoOccupation] = field(default_factory=dict)
    needs: dict[tuple[str, str], bool] = field(default_factory=dict)
    """`(occupation, skill)` to whether it is essential."""
    broader: set[tuple[str, str]] = field(default_factory=set)
    related: set[tuple[str, str]] = field(default_factory=set)


def read_release(folder: Path, languages: Sequence[str] = ("nl", "en")) -> Release:
    """
    Read a release; relations are the same in every language, and any of their files will do.

    Raises:
        FaultyFile: with every fault in every file.
    """
    reading = _Reading(folder, Release(tuple(languages)))
    for lang in languages:
        reading.concepts("skills", lang)
        reading.concepts("occupations", lang)
    reading.same_in_every_language()
    reading.relations()
    if reading.faults:
        raise FaultyFile(reading.faults)
    return reading.release


class _Reading:
    """A release as it is being read, with the faults so far."""

    def __init__(self, folder: Path, release: Release) -> None:
        self.folder = folder
        self.release = release
        self.faults: list[Fault] = []

    def concepts(self, name: str, lang: str) -> None:
        seen: dict[str, int] = {}
        for number, row in self._rows(f"{name}_{lang}.csv", name):
            if row["status"] not in ("", "released"):
                continue
            problems = _problems(name, row)
            if (first := seen.setdefault(row["conceptUri"], number)) != number:
                problems.append(("conceptUri", f"stands in row {first} too"))
            self.faults += [Fault(f"{name}_{lang}.csv", number, column, message) for column, message in problems]
            if not problems:
                self._keep(name, lang, row)

    def _keep(self, name: str, lang: str, row: Row) -> None:
        uri = row["conceptUri"]
        concept: EscoSkill | EscoOccupation
        if name == "skills":
            transversal = row["reuseLevel"] == "transversal"
            kind = "transversal" if transversal else KINDS[row["skillType"]]
            concept = self.release.skills.setdefault(uri, EscoSkill(uri, kind))
        else:
            concept = self.release.occupations.setdefault(uri, EscoOccupation(uri, row["iscoGroup"]))
        alts = dict.fromkeys(" ".join(alt.split()) for alt in row["altLabels"].splitlines())
        kept = tuple(alt for alt in alts if 0 < len(alt) <= LONGEST and alt != row["preferredLabel"])
        concept.words[lang] = Words(row["preferredLabel"], kept, row["description"])

    def same_in_every_language(self) -> None:
        """A concept must have words in every language that is read; said only of files that are whole by themselves."""
        if self.faults:
            return
        found: tuple[tuple[str, Mapping[str, EscoSkill | EscoOccupation]], ...]
        found = (("skills", self.release.skills), ("occupations", self.release.occupations))
        for name, concepts in found:
            for uri, concept in concepts.items():
                for lang in self.release.languages:
                    if lang not in concept.words:
                        self.faults.append(Fault(f"{name}_{lang}.csv", 1, "conceptUri", f"{uri} is missing"))

    def relations(self) -> None:
        skills, occupations = self.release.skills, self.release.occupations
        for row in self._linked("occupationSkillRelations", ("relationType", ("essential", "optional"))):
            if row["occupationUri"] in occupations and row["skillUri"] in skills:
                self.release.needs[row["occupationUri"], row["skillUri"]] = row["relationType"] == "essential"
        for row in self._linked("broaderRelationsSkillPillar"):
            if row["conceptUri"] in skills and row["broaderUri"] in skills:
                self.release.broader.add((row["conceptUri"], row["broaderUri"]))
        for row in self._linked("skillSkillRelations"):
            if row["originalSkillUri"] in skills and row["relatedSkillUri"] in skills:
                self.release.related.add((row["originalSkillUri"], row["relatedSkillUri"]))

    def _linked(self, name: str, allowed: tuple[str, tuple[str, ...]] | None = None) -> Iterator[Row]:
        names = sorted(path.name for path in (*self.folder.glob(f"{name}_*.csv"), *self.folder.glob(f"{name}.csv")))
        file = names[0] if names else f"{name}_{self.release.languages[0]}.csv"
        for number, row in self._rows(file, name):
            uris = [column for column in COLUMNS[name] if column.endswith("Uri")]
            bad = [(column, f"{row[column]!r} is no URI of ESCO") for column in uris if not SHAPE.fullmatch(row[column])]
            if allowed and row[allowed[0]] not in allowed[1]:
                bad.append((allowed[0], f"{row[allowed[0]]!r} is not one of {', '.join(allowed[1])}"))
            self.faults += [Fault(file, number, column, message) for column, message in bad]
            if not bad:
                yield row

    def _rows(self, file: str, name: str) -> Iterator[tuple[int, Row]]:
        try:
            with (self.folder / file).open(encoding="utf-8-sig", newline="") as opened:
                yield from self._cells(file, name, csv.reader(opened))
        except FileNotFoundError:
            self.faults.append(Fault(file, 1, "-", "this file is missing"))
        except UnicodeDecodeError:
            self.faults.append(Fault(file, 1, "-", "this file is not UTF-8"))
        except csv.Error as error:
            self.faults.append(Fault(file, 1, "-", f"this is no CSV: {error}"))

    def _cells(self, file: str, name: str, lines: Iterator[list[str]]) -> Iterator[tuple[int, Row]]:
        header = next(lines, [])
        if missing := [column for column in COLUMNS[name] if column not in header]:
            self.faults.append(Fault(file, 1, "-", f"missing: {', '.join(missing)}"))
            return
        for number, cells in enumerate(lines, start=2):
            if len(cells) != len(header):
                self.faults.append(Fault(file, number, "-", f"{len(cells)} cells where {len(header)} belong"))
            else:
                yield number, {column: cell.strip() for column, cell in zip(header, cells, strict=True)}


def _problems(name: str, row: Row) -> list[tuple[str, str]]:
    return [(column, message) for column, wrong in CHECKS[name].items() if (message := wrong(row[column]))]


def _uri(cell: str) -> str:
    return "" if SHAPE.fullmatch(cell) else f"{cell!r} is no URI of ESCO"


def _label(cell: str) -> str:
    if not cell:
        return "this cell must not be empty"
    return f"{cell[:30]!r}… is longer than {LONGEST} characters" if len(cell) > LONGEST else ""


def _kind(cell: str) -> str:
    return "" if cell in KINDS else f"{cell!r} is not one of {', '.join(KINDS)}"


def _isco(cell: str) -> str:
    return "" if re.fullmatch(r"\d{4}", cell) else f"{cell!r} is no ISCO-08 code"


CHECKS: dict[str, dict[str, Callable[[str], str]]] = {
    "skills": {"conceptUri": _uri, "preferredLabel": _label, "skillType": _kind},
    "occupations": {"conceptUri": _uri, "preferredLabel": _label, "iscoGroup": _isco},
}
