"""To which level the words of a text point: verbs of the Dutch qualifications framework (NLQF), and where skills are taught."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ipf_talent.programmes.levels import NLQF, Level

VERBS: Mapping[tuple[int, int], tuple[str, ...]] = {
    (1, 2): (
        r"onder begeleiding", r"eenvoudige (?:taken|klussen|handelingen)", r"volgens instructie", r"aanreiken", r"opruimen",
        r"inpakken",
        r"under (?:close )?supervision", r"simple (?:tasks|jobs)", r"following instructions", r"pack(?:ing)?", r"tidy(?:ing)? up",
    ),
    (2, 3): (
        r"monteren", r"assembleren", r"lassen", r"bedienen", r"solderen", r"bewerken", r"afstellen",
        r"assemble", r"assembling", r"weld(?:ing)?", r"operat(?:e|ing) (?:a |the )?machines?", r"solder(?:ing)?",
    ),
    (3, 4): (
        r"storingen? (?:zoeken|verhelpen|oplossen)", r"onderhoud(?:en)?", r"in bedrijf stellen", r"programmeren", r"testen",
        r"meten",
        r"inregelen", r"zelfstandig uitvoeren", r"troubleshoot(?:ing)?", r"maintain(?:ing)?", r"maintenance", r"commission(?:ing)?",
        r"programming", r"testing",
    ),
    (4, 5): (
        r"werkvoorbereiding", r"plannen", r"co[oö]rdineren", r"calculeren", r"begroten", r"tekenen in 3d",
        r"verbetervoorstel(?:len)?",
        r"coordinat(?:e|ing)", r"schedul(?:e|ing)", r"work preparation", r"estimat(?:e|ing) costs",
    ),
    (5, 6): (
        r"ontwerpen", r"ontwikkelen", r"analyseren", r"adviseren", r"prototypes?", r"projectplan", r"eisenpakket",
        r"pakket van eisen",
        r"design(?:ing)?", r"develop(?:ing)?", r"analy[sz](?:e|ing)", r"advis(?:e|ing)", r"requirements",
    ),
    (6, 7): (
        r"onderzoeken", r"onderzoeksvraag", r"modelleren", r"simuleren", r"valideren", r"literatuuronderzoek",
        r"afstudeeronderzoek",
        r"algoritmes? (?:bedenken|ontwikkelen)", r"research question", r"modell?ing", r"simulat(?:e|ing|ion)",
        r"validat(?:e|ing|ion)",
        r"literature (?:study|review)", r"thesis",
    ),
    (7, 8): (
        r"promotieonderzoek", r"wetenschappelijk(?:e)? (?:artikel|publicatie)s?", r"nieuwe theorie",
        r"ontwerpproject op architectuurniveau",
        r"scientific (?:paper|publication|article)s?", r"novel (?:method|theory|algorithm)s?", r"system architecture", r"phd",
    ),
}  # fmt: skip
"""NLQF levels, lowest and highest, by the words that stand for them."""
FEWEST = 3
"""Signs below which a text says nothing of its level."""
CLEAR = 0.6
"""The asked level is doubted when fewer than this part of the signs of the best level speak for it."""


class Sign(NamedTuple):
    """Words of the text and the NLQF levels that they fit."""

    words: str
    lowest: int
    highest: int


class Pointed(NamedTuple):
    """What a text says of its level: the NLQF levels with most signs, and the signs for them that do not fit the asked one."""

    lowest: int
    highest: int
    signs: tuple[Sign, ...]
    doubtful: bool
    """Whether it points clearly away from what is asked."""

    @property
    def levels(self) -> list[Level]:
        """The levels of the ladder that it points to."""
        return [level for level, number in NLQF.items() if self.lowest <= number <= self.highest]


def verb_signs(text: str) -> list[Sign]:
    """The words of the text that the framework uses for some levels, each once, in their order."""
    found: dict[str, tuple[int, Sign]] = {}
    for (lowest, highest), patterns in VERBS.items():
        for hit in _pattern(patterns).finditer(text):
            found.setdefault(hit.group().lower(), (hit.start(), Sign(hit.group(), lowest, highest)))
    return [sign for _start, sign in sorted(found.values())]


def pointed(signs: Sequence[Sign], asked: Level) -> Pointed | None:
    """To which level signs point; None where they are too few, or where every level may be asked."""
    if len(signs) < FEWEST or asked.nlqf is None:
        return None
    votes = Counter(number for sign in signs for number in range(sign.lowest, sign.highest + 1))
    most = max(votes.values())
    best = sorted(number for number, count in votes.items() if count == most)
    apart = tuple(sign for sign in signs if sign.lowest <= best[-1] and sign.highest >= best[0] and not _fits(sign, asked.nlqf))
    far = min(abs(asked.nlqf - number) for number in best) > 0
    return Pointed(best[0], best[-1], apart, doubtful=far and votes[asked.nlqf] < CLEAR * most)


def _fits(sign: Sign, number: int) -> bool:
    return sign.lowest <= number <= sign.highest


@lru_cache(maxsize=16)
def _pattern(patterns: tuple[str, ...]) -> re.Pattern[str]:
    spaced = (pattern.replace(" ", r"\s+") for pattern in patterns)
    return re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)", re.IGNORECASE)
