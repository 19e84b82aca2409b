"""How often recognition errs: judged on sentences whose skills were marked by hand."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ipf_talent.sheets import Fault, FaultyFile
from ipf_talent.skills.recognition.recogniser import Recogniser


@dataclass(frozen=True, slots=True)
class Case:
    """
    A text and the skills it speaks of.

    Attributes:
        lang: nl, fy or en.
        must: skills that have to be found, by slug.
        may: skills that are neither right nor wrong.
    """

    lang: str
    text: str
    must: frozenset[str]
    may: frozenset[str]


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Skills that were found rightly, found wrongly, and missed, in so many texts."""

    texts: int
    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 where nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of what is there that was found; 1 where there is nothing."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def accuracy(recogniser: Recogniser, cases: Sequence[Case]) -> Accuracy:
    """Read every text, and count."""
    found = [(case, {one.slug for one in recogniser.find(case.text)}) for case in cases]
    return Accuracy(
        texts=len(cases),
        right=sum(len(slugs & case.must) for case, slugs in found),
        wrong=sum(len(slugs - case.must - case.may) for case, slugs in found),
        missed=sum(len(case.must - slugs) for case, slugs in found),
    )


def read_cases(path: Path) -> list[Case]:
    """
    Read a file of JSON objects, one a line, with `lang`, `text`, `skills` and `may`.

    Raises:
        FaultyFile: with every fault by its line.
    """
    cases, faults = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            cases.append(_case(json.loads(line)))
        except ValueError as error:
            faults.append(Fault(path.name, number, "-", str(error)))
    if faults:
        raise FaultyFile(faults)
    return cases


def _case(values: Any) -> Case:
    if not isinstance(values, dict):
        raise ValueError("this line is no JSON object")
    lang, text = values.get("lang"), values.get("text")
    if not isinstance(lang, str) or not isinstance(text, str):
        raise ValueError("`lang` and `text` must be text")
    return Case(lang, text, _slugs(values.get("skills")), _slugs(values.get("may")))


def _slugs(value: Any) -> frozenset[str]:
    if not isinstance(value, list) or not all(isinstance(slug, str) for slug in value):
        raise ValueError("`skills` and `may` must be lists of slugs")
    return frozenset(value)
