"""The formula: from evidence to a score between 0 and 1."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Evidence:
    """
    What speaks for each document, before the formula.

    Attributes
    ----------
    text : ndarray
        Likeness of the texts, 0 to 1.
    concepts : ndarray
        Inner product of the concept blocks, 0 or more.
    touched : ndarray of bool
        The student has at least one asked concept, in full or in part.
    met : ndarray
        Number of required concepts that are met.
    stated : bool
        The student has said any concept at all.
    n_words : int
        Number of different words in the student's text.
    """

    text: Numbers
    concepts: Numbers
    touched: NDArray[np.bool_]
    met: Numbers
    stated: bool
    n_words: int

    def at(self, row: int) -> "Evidence":
        """The evidence for one document."""
        one = slice(row, row + 1)
        return replace(
            self,
            text=self.text[one],
            concepts=self.concepts[one],
            touched=self.touched[one],
            met=self.met[one],
        )


@dataclass(frozen=True, slots=True)
class Demand:
    """
    What each document asks, as numbers.

    Attributes
    ----------
    share : ndarray
        Share of the concept block, by the number of asked concepts.
    n_musts : ndarray
        Number of required concepts.
    """

    share: Numbers
    n_musts: Numbers

    def at(self, row: int) -> "Demand":
        """The demand of one document."""
        return Demand(self.share[row : row + 1], self.n_musts[row : row + 1])


@dataclass(frozen=True, slots=True)
class Formula:
    """
    score = gates × R / (R + half), with R = √(1 − share) · n / (n + half_words) · text + √share · gain · concepts + feedback.

    The parameters are those of `Matcher`. Nothing here depends on another document, and nothing falls when a student
    gains a concept that the document asks for: text and share stay, concepts, touched, met and stated can only rise,
    and what is touched passes the gate against stray hits. Feedback breaks both: it looks at other documents.
    """

    half_words: float
    concept_share: float
    gain: float
    half: float
    must_floor: float
    text_floor: float
    text_floor_stray: float
    covers: float
    feedback: float
    feedback_depth: int
    feedback_sharpness: float

    def text_factor(self, evidence: Evidence, demand: Demand) -> Numbers:
        """
        Weight of the text in R: less for a place that asks many concepts, and for a student who wrote few words.

        Where the student has stated no concept it is the same for every document, as low as for a place that asks
        endlessly many, so that no place is put behind because it says what it asks.
        """
        share = demand.share if evidence.stated else np.full_like(demand.share, self.concept_share)
        return np.sqrt(1 - share) * (evidence.n_words / (evidence.n_words + self.half_words))

    def concept_factor(self, demand: Demand) -> Numbers:
        """Weight of the concepts in R."""
        return self.gain * np.sqrt(demand.share)

    def raw(self, evidence: Evidence, demand: Demand) -> Numbers:
        """R: the evidence as one number of 0 or more."""
        of_text = self.text_factor(evidence, demand) * evidence.text
        return of_text + self.concept_factor(demand) * evidence.concepts

    def musts(self, evidence: Evidence, demand: Demand) -> Numbers:
        """
        The gate of the must-haves: 1 with all of them met, `must_floor` with none, in proportion between.

        1 where nothing is required. Where the student has stated no concept it is `must_floor` for every document
        alike, for then nothing can be met.
        """
        if not evidence.stated:
            return np.full_like(demand.n_musts, self.must_floor)
        met = np.where(demand.n_musts > 0, evidence.met / np.maximum(demand.n_musts, 1), 1.0)
        return self.must_floor + (1 - self.must_floor) * met

    def stray(self, evidence: Evidence, demand: Demand) -> Numbers:
        """
        The gate against stray hits: 0 or 1.

        It closes where no asked concept is touched and the texts are less alike than a floor: `text_floor`, or
        `text_floor_stray` where both sides state concepts, so that it is known that they share none.
        """
        doubtful = evidence.stated & (demand.share > 0)
        alike = evidence.text >= np.where(doubtful, self.text_floor_stray, self.text_floor)
        return np.where(evidence.touched | alike, 1.0, 0.0)

    def score(self, evidence: Evidence, demand: Demand, more: Numbers | float = 0.0) -> Numbers:
        """
        The score of each document, 0 to below 1; `more` is what feedback adds to R.

        Written as 1 − half / (R + half), which never falls when R rises, not even by rounding.
        """
        rising = 1 - self.half / (self.raw(evidence, demand) + more + self.half)
        return self.stray(evidence, demand) * self.musts(evidence, demand) * rising
