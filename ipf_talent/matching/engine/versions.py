"""What a score was made with: the versions that are stored with an index and shown with an explanation."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import Stemmer

SCHEMA = 3
"""Layout of a stored index and meaning of its numbers; raise it when either changes."""


@dataclass(frozen=True, slots=True)
class Versions:
    """
    Versions of an index.

    Attributes
    ----------
    schema : int
        Layout of the store.
    model : str
        Parameters, method and stemmer.
    background : str
        The frozen counts.
    taxonomy, corpus : str
        Relations of the concepts, and the documents: a digest of their content, or the name given when saved.
    """

    schema: int
    model: str
    background: str
    taxonomy: str
    corpus: str


def model_version(parameters: Mapping[str, object]) -> str:
    """Version of a matcher with these parameters; another stemmer stems otherwise, so its release counts."""
    return digest([json.dumps({"schema": SCHEMA, "stemmer": Stemmer.version(), **parameters}, sort_keys=True)])


def digest(parts: Iterable[str]) -> str:
    """Sixteen hexadecimal digits that stand for the parts, in any order."""
    whole = hashlib.sha256()
    for part in sorted(parts):
        whole.update(hashlib.sha256(part.encode("utf-8", "surrogatepass")).digest())
    return whole.hexdigest()[:16]
