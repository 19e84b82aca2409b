"""Our own reviewed subset of the taxonomy, as it lies in `data/`: read whole, every fault named by file, row and column."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ipf_talent.sheets import Fault, FaultyFile, Reader, matching, needed, one_of, optional, read, several, text
from ipf_talent.skills.fields import Field
from ipf_talent.skills.taxonomy import Concept, Taxonomy

DATA = Path(__file__).parent / "data"
Row = dict[str, Any]
MANY = several("|")
SLUG = matching(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])", "slug")
URI = matching(r"http://data\.europa\.eu/esco/[a-z]+/[A-Za-z0-9./-]{1,140}", "URI of ESCO")
LONGEST_LABEL = 160


def _label(cell: str) -> str:
    if len(needed(cell)) > LONGEST_LABEL:
        raise ValueError(f"{cell[:30]!r}… is longer than {LONGEST_LABEL} characters")
    return cell


def _choice(*values: str) -> Reader:
    def read_choice(cell: str) -> str:
        if cell not in values:
            raise ValueError(f"{cell!r} is not one of {', '.join(values)}")
        return cell

    return read_choice


SKILLS: dict[str, Reader] = {
    "slug": SLUG,
    "uri": optional(URI),
    "type": _choice("skill", "knowledge", "tool", "transversal"),
    "field": one_of(lambda cell: Field(cell).value),
    "label_nl": _label,
    "label_fy": _label,
    "label_en": _label,
    "alt_nl": MANY,
    "alt_fy": MANY,
    "alt_en": MANY,
    "broader": MANY,
    "related": MANY,
    "label_source": _choice("esco-en", "own-concept"),
}
OCCUPATIONS: dict[str, Reader] = {
    "slug": SLUG,
    "uri": URI,
    "isco": matching(r"\d{4}", "ISCO-08 code"),
    "level": MANY,
    "label_nl": _label,
    "label_fy": _label,
    "label_en": _label,
    "alt_nl": MANY,
    "alt_en": MANY,
    "description_nl": text,
    "description_en": text,
}
NEEDS: dict[str, Reader] = {
    "occupation": needed,
    "skill": needed,
    "relation": _choice("essential", "optional"),
    "source": _choice("esco", "own"),
}


@dataclass(frozen=True)
class Subset:
    """The rows of the three files, with links that lead to rows that are there."""

    skills: Sequence[Row]
    occupations: Sequence[Row]
    needs: Sequence[Row]

    def links(self) -> dict[tuple[str, str], str]:
        """`(skill, other)` to broader or related; related ones in both directions."""
        found = {(row["slug"], other): "broader" for row in self.skills for other in row["broader"]}
        for row in self.skills:
            for other in row["related"]:
                found.setdefault((row["slug"], other), "related")
                found.setdefault((other, row["slug"]), "related")
        return found


def read_subset(folder: Path = DATA) -> Subset:
    """
    Read our files.

    Raises:
        FaultyFile: with every fault in the first file that has any.
    """
    skills = read(folder / "skills.csv", SKILLS, key="slug")
    occupations = read(folder / "occupations.csv", OCCUPATIONS, key="slug")
    needs = read(folder / "occupation_skills.csv", NEEDS)
    slugs, jobs = {row["slug"] for row in skills}, {row["slug"] for row in occupations}
    _refuse(_unknown("skills.csv", skills, slugs, "broader", "related"))
    _refuse(_twice("skills.csv", skills, "uri"))
    _refuse(_twice("occupations.csv", occupations, "uri"))
    _refuse(_unknown("occupation_skills.csv", needs, slugs, "skill"))
    _refuse(_unknown("occupation_skills.csv", needs, jobs, "occupation"))
    _refuse(_twice("occupation_skills.csv", needs, "occupation", "skill"))
    return Subset(skills, occupations, needs)


def taxonomy_of(subset: Subset) -> Taxonomy:
    """The taxonomy that these rows make, without a database; what was imported from a release is not in it."""
    links: dict[str, list[tuple[str, str]]] = {"broader": [], "related": []}
    for pair, kind in subset.links().items():
        links[kind].append(pair)
    return Taxonomy.of(map(_concept, subset.skills), **links)


def _concept(row: Row) -> Concept:
    plain = {name: row[name] for name in ("slug", "type", "field", "label_nl", "label_en", "label_fy", "label_source")}
    others = {f"alts_{lang}": tuple(row[f"alt_{lang}"]) for lang in ("nl", "fy", "en")}
    return Concept(**plain | others)


def _refuse(faults: Iterable[Fault]) -> None:
    if found := list(faults):
        raise FaultyFile(found)


def _unknown(file: str, rows: Sequence[Row], known: set[str], *columns: str) -> Iterable[Fault]:
    for number, row in enumerate(rows, start=2):
        for column in columns:
            cell = row[column]
            for slug in [cell] if isinstance(cell, str) else cell:
                if slug not in known or slug == row.get("slug"):
                    yield Fault(file, number, column, f"{slug!r} is not another row's slug")


def _twice(file: str, rows: Sequence[Row], *columns: str) -> Iterable[Fault]:
    seen: dict[tuple[Any, ...], int] = {}
    for number, row in enumerate(rows, start=2):
        value = tuple(row[column] for column in columns)
        if all(value) and seen.setdefault(value, number) != number:
            yield Fault(file, number, columns[-1], f"{value[-1]!r} stands in row {seen[value]} too")
