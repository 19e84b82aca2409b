"""How rare a term is: counted once on a background, then frozen."""

import hashlib
import json
import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from .analysis import language, plain, sentences, written_sentences
from .concepts import Relations, reach
from .terms import Terms, as_terms, lookup, phrases, term

FORMAT = "ipf-background-2"
TEXT_WORDS = 20
"""Words from which on a text counts for the mean length; labels are shorter."""
SHARED_BY, SHARED_SHARE, SHARED_WORDS = 5, 0.01, 4
"""A sentence of at least 4 words in at least 5 texts and 1 % of the texts of more than one sentence is boilerplate."""


@dataclass(frozen=True, slots=True, eq=False)
class Background:
    """
    Document frequencies and boilerplate of a background corpus.

    Because it is frozen, adding or removing a document changes no other document's score.

    Attributes
    ----------
    terms, frequencies : ndarray
        Terms of words, ascending, and the number of background texts each occurs in.
    n_texts : int
    mean_length : float
        Mean number of words of those texts that are longer than a label; above 0.
    langs : tuple of str
        Languages that the texts are in, in alphabetical order.
    concepts : mapping from slug to int
        Number of background profiles in whose reach a concept lies.
    n_profiles : int
    boilerplate : frozenset of str
        Sentences that many background texts share, in plain form.
    """

    terms: Terms
    frequencies: NDArray[np.uint32]
    n_texts: int
    mean_length: float
    langs: tuple[str, ...]
    concepts: Mapping[str, int]
    n_profiles: int
    boilerplate: frozenset[str]

    @classmethod
    def fit(
        cls,
        texts: Iterable[str],
        concepts: Iterable[Collection[str]] = (),
        *,
        langs: Iterable[str | None] | None = None,
        relations: Relations | None = None,
    ) -> Self:
        """
        Count a background.

        Parameters
        ----------
        texts : iterable of str
            Labels and descriptions of the taxonomy, texts of the region.
        concepts : iterable of collection of str
            Slugs of each background profile (an occupation, a vacancy, a programme).
        langs : iterable of str or None, optional
            Language of each text; labels are too short to guess.
        relations : mapping, optional
            As in `Matcher.fit`; makes broader concepts commoner than narrow ones.
        """
        texts = list(texts)
        shared = _shared(texts)
        given = [None] * len(texts) if langs is None else langs
        spoken = [language(text, lang) for text, lang in zip(texts, given, strict=True)]
        found = [_terms_of(text, lang, shared) for text, lang in zip(texts, spoken, strict=True)]
        lengths = [len(terms) for terms in found]
        long = [length for length in lengths if length >= TEXT_WORDS] or lengths
        terms, counts = np.unique(np.concatenate([np.empty(0, np.uint64), *map(np.unique, found)]), return_counts=True)
        profiles = [reach(profile, relations or {}) for profile in concepts]
        return cls(
            terms=terms,
            frequencies=counts.astype(np.uint32),
            n_texts=len(texts),
            langs=tuple(sorted(set(spoken))),
            mean_length=max(sum(long) / len(long), 1.0) if long else 1.0,
            concepts=dict(sorted(Counter(slug for profile in profiles for slug in profile).items())),
            n_profiles=len(profiles),
            boilerplate=shared,
        )

    def idf(self, terms: Terms) -> NDArray[np.float64]:
        """Smooth inverse document frequency ln((1+n)/(1+df)) + 1; a term never seen gets the highest."""
        places, known = lookup(self.terms, terms)
        frequencies = np.zeros(len(terms))
        frequencies[known] = self.frequencies[places[known]]
        return np.asarray(np.log((1 + self.n_texts) / (1 + frequencies)) + 1)

    def frequency(self, key: str) -> int:
        """Number of background texts with a word, by its stem."""
        number = np.uint64(term("word", key))
        place = int(np.searchsorted(self.terms, number))
        return int(self.frequencies[place]) if key and place < len(self.terms) and self.terms[place] == number else 0

    def rarity(self, slug: str) -> float:
        """Inverse document frequency of a concept as a share of the highest: above 0, at most 1."""
        highest = math.log(1 + self.n_profiles) + 1
        return (highest - math.log(1 + self.concepts.get(slug, 0))) / highest

    @property
    def version(self) -> str:
        """Same content, same version, on every machine."""
        digest = hashlib.sha256(FORMAT.encode())
        for name, array in self.arrays().items():
            digest.update(f"{name} {array.dtype.str} {array.shape}".encode())
            digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()[:16]

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The background as plain arrays, for a file without pickle."""
        rest = {
            "format": FORMAT,
            "n_texts": self.n_texts,
            "mean_length": self.mean_length,
            "langs": self.langs,
            "n_profiles": self.n_profiles,
            "concepts": dict(self.concepts),
            "boilerplate": sorted(self.boilerplate),
        }
        return {"terms": self.terms, "frequencies": self.frequencies, "rest": json_array(rest)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """
        The background that `arrays` described.

        Raises
        ------
        ValueError
            The arrays are of another format or do not fit together.
        """
        rest = json.loads(arrays["rest"].tobytes())
        terms, frequencies = arrays["terms"], arrays["frequencies"]
        if rest["format"] != FORMAT or terms.dtype != np.uint64 or terms.shape != frequencies.shape:
            raise ValueError(f"This is no background of the format {FORMAT}.")
        shared = frozenset(rest["boilerplate"])
        length, langs = float(rest["mean_length"]), tuple(rest["langs"])
        return cls(terms, frequencies, rest["n_texts"], length, langs, rest["concepts"], rest["n_profiles"], shared)

    def save(self, path: Path) -> None:
        """Write one compressed .npz file."""
        arrays = self.arrays()
        np.savez_compressed(path, terms=arrays["terms"], frequencies=arrays["frequencies"], rest=arrays["rest"])

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote; ValueError where it is something else."""
        with np.load(path, allow_pickle=False) as stored:
            if set(stored.files) != {"terms", "frequencies", "rest"}:
                raise ValueError(f"{path.name} holds no background.")
            return cls.from_arrays({name: stored[name] for name in stored.files})


def json_array(value: object) -> NDArray[np.uint8]:
    """A JSON value as bytes in an array."""
    return np.frombuffer(json.dumps(value, sort_keys=True).encode(), np.uint8)


def _terms_of(text: str, lang: str | None, shared: frozenset[str]) -> Terms:
    return as_terms("word", (key for key, _ in phrases(sentences(text, lang, known=shared))))


def _shared(texts: Collection[str]) -> frozenset[str]:
    seen: Counter[str] = Counter()
    n_prose = 0
    for text in texts:
        found = {plain(words) for words in written_sentences(text)}
        n_prose += len(found) > 1
        seen.update(sentence for sentence in found if sentence.count(" ") + 1 >= SHARED_WORDS)
    return frozenset(sentence for sentence, n in seen.items() if n >= max(SHARED_BY, SHARED_SHARE * n_prose))
