"""Why a place scores what it scores: lines that add up to the score, and what is met and missing."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from .analysis import language
from .concepts import met, origins, reach
from .documents import Document, Query
from .scoring import Demand, Evidence, Formula
from .space import Space
from .terms import SparseVector, lookup, term
from .versions import Versions

Kind = Literal["concept", "word", "translation", "feedback"]


@dataclass(frozen=True, slots=True)
class Contribution:
    """
    One line of an explanation.

    Attributes
    ----------
    key : str
        Slug of the shared concept, stem of the word, or id of the document that feeds back.
    kind : {"concept", "word", "translation", "feedback"}
        translation: a word of the place that is another language's word for one of the student's.
        feedback: the place is like another one that fits well.
    query : tuple of str
        What the student brought: slugs that lead to the concept, strongest first, or words as written.
    document : str
        What the place brought: the asked slug, or the words as written.
    value : float
        Part of the score, gates included.
    """

    key: str
    kind: Kind
    query: tuple[str, ...]
    document: str
    value: float


@dataclass(frozen=True, slots=True)
class Gate:
    """A factor between 0 and 1 that is already inside every contribution, and the concepts that lower it."""

    name: Literal["musts", "stray"]
    factor: float
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """
    A score taken apart.

    Attributes
    ----------
    contributions : tuple of Contribution
        Largest first; their sum is `score` within 1e-9.
    gates : tuple of Gate
    matched, partly, missing : tuple of str
        The asked concepts: had (or a narrower one had), touched by another concept, and neither; the rarest first.
    musts_met, musts_open : tuple of str
        The required ones among them; what is only partly there is open.
    absent : tuple of str
        What is not known, and therefore says nothing: "query_text", "query_concepts", "document_text",
        "document_concepts", "document_musts".
    """

    id: str
    row: int
    score: float
    contributions: tuple[Contribution, ...]
    gates: tuple[Gate, ...]
    matched: tuple[str, ...]
    partly: tuple[str, ...]
    missing: tuple[str, ...]
    musts_met: tuple[str, ...]
    musts_open: tuple[str, ...]
    absent: tuple[str, ...]
    versions: Versions

    def top(self, n: int) -> tuple[tuple[Contribution, ...], float]:
        """The `n` largest lines, and the sum of all others."""
        return self.contributions[:n], math.fsum(line.value for line in self.contributions[n:])


@dataclass(frozen=True, slots=True)
class Pair:
    """A student and a place, ready to be explained."""

    query: Query
    document: Document
    evidence: Evidence
    demand: Demand
    fed: tuple[tuple[str, float], ...] = ()
    """What each document that feeds back adds to R, by id."""


def explain(pair: Pair, row: int, score: float, space: Space, formula: Formula, versions: Versions) -> Explanation:
    """Take the score of one pair apart."""
    query, document = pair.query, pair.document
    had = met(query.concepts, space.relations, formula.covers)
    asked = sorted(document.asked, key=lambda slug: (-space.background.rarity(slug), slug))
    touched = set(reach(query.has, space.relations)) | {
        slug for slug in asked if set(reach([slug], space.relations)) & set(query.has)
    }
    open_musts = tuple(slug for slug in asked if slug in document.musts and slug not in had)
    factors = (float(formula.musts(pair.evidence, pair.demand)[0]), float(formula.stray(pair.evidence, pair.demand)[0]))
    return Explanation(
        id=document.id,
        row=row,
        score=score,
        contributions=_contributions(pair, space, formula, math.prod(factors)),
        gates=(Gate("musts", factors[0], open_musts), Gate("stray", factors[1])),
        matched=tuple(slug for slug in asked if slug in had),
        partly=tuple(slug for slug in asked if slug not in had and slug in touched),
        missing=tuple(slug for slug in asked if slug not in had and slug not in touched),
        musts_met=tuple(slug for slug in asked if slug in document.musts and slug in had),
        musts_open=open_musts,
        absent=tuple(_absent(query, document)),
        versions=versions,
    )


def _contributions(pair: Pair, space: Space, formula: Formula, gates: float) -> tuple[Contribution, ...]:
    words, concepts = space.document(pair.document)
    of_text = float(formula.text_factor(pair.evidence, pair.demand)[0])
    of_concepts = float(formula.concept_factor(pair.demand)[0])
    fed = math.fsum(value for _, value in pair.fed)
    scale = gates / (float(formula.raw(pair.evidence, pair.demand)[0]) + fed + formula.half)
    lines = [
        *_concept_lines(pair, concepts, space, of_concepts * scale),
        *_text_lines(pair, words, space, of_text * scale),
        *(Contribution(id, "feedback", (), id, value * scale) for id, value in pair.fed),
    ]
    return tuple(sorted((line for line in lines if line.value > 0), key=lambda line: (-line.value, line.kind, line.key)))


def _concept_lines(pair: Pair, theirs: SparseVector, space: Space, scale: float) -> Iterator[Contribution]:
    relations = space.relations
    asked = space.asked(pair.document)
    slugs = list(reach(asked, relations))
    ours = space.concepts(reach(pair.query.has, relations))
    for slug, value in zip(slugs, _products(ours, theirs, (term("concept", slug) for slug in slugs)), strict=True):
        if value > 0:
            triggers = origins(slug, pair.query.has, relations)
            yield Contribution(slug, "concept", triggers, origins(slug, asked, relations)[0], value * scale)


def _text_lines(pair: Pair, theirs: SparseVector, space: Space, scale: float) -> Iterator[Contribution]:
    query, document = pair.query, pair.document
    mine, placed = _first_written(space, query.text, query.lang), _first_written(space, document.text, document.lang)
    values = _products(space.query(query).words, theirs, (term("word", key) for key in placed))
    for (key, words), value in zip(placed.items(), values, strict=True):
        if value > 0:
            kind: Kind = "word" if key in mine else "translation"
            yield Contribution(key, kind, (mine[key],) if key in mine else (), words, value * scale)


def _products(ours: SparseVector, theirs: SparseVector, terms: Iterable[int]) -> list[float]:
    wanted = np.fromiter(terms, np.uint64)
    product = np.ones(len(wanted))
    for side in (ours, theirs):
        places, known = lookup(side.terms, wanted)
        product[~known] = 0
        product[known] *= side.weights[places[known]]
    return [float(value) for value in product]


def _first_written(space: Space, text: str, lang: str | None) -> dict[str, str]:
    found: dict[str, str] = {}
    lang_ = language(text, lang)
    for key, words in space.keys(space.sentences(text, lang_), lang_):
        found.setdefault(key, words)
    return found


def _absent(query: Query, document: Document) -> Iterator[str]:
    known: Sequence[tuple[str, object]] = (
        ("query_text", query.text.strip()),
        ("query_concepts", query.concepts),
        ("document_text", document.text.strip()),
        ("document_concepts", document.asked),
        ("document_musts", document.musts),
    )
    return (name for name, value in known if not value)
