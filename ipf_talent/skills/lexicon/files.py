"""The files of the lexicon: names of 13,412 skills of ESCO in English, our own Dutch names, and words by their translations."""

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parents[1] / "data" / "lexicon"
NAMES_EN, NAMES_NL, TRANSLATIONS = DATA / "names_en.tsv.gz", DATA / "names_nl.tsv", DATA / "translations.tsv.gz"


@dataclass(frozen=True, slots=True)
class Named:
    """A skill of ESCO by the last part of its address, with its names in each language; the first one is the usual one."""

    id: str
    names: Mapping[str, tuple[str, ...]]


def read_names() -> list[Named]:
    """Every skill, by id. In `names_nl.tsv` a name is everything before a tab or a bar."""
    dutch = dict(_names(NAMES_NL.read_text(encoding="utf-8").splitlines()))
    english = _names(gzip.decompress(NAMES_EN.read_bytes()).decode().splitlines())
    return [Named(id, {"en": names, "nl": dutch.get(id, ())}) for id, names in english]


def read_translations() -> dict[str, dict[str, dict[str, float]]]:
    """`translations[lang][stem][other]`: how likely `other` is the word for it in the other language."""
    found: dict[str, dict[str, dict[str, float]]] = {}
    for line in gzip.decompress(TRANSLATIONS.read_bytes()).decode().splitlines():
        lang, word, others = line.split("\t")
        pairs = (other.rsplit(":", 1) for other in others.split(" "))
        found.setdefault(lang, {})[word] = {other: float(chance) for other, chance in pairs}
    return found


def _names(lines: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for line in lines:
        id, names = line.split("\t")
        yield id, tuple(names.split(" | "))
