"""An index as named arrays and back: what the store writes, without pickle."""

import json
from collections.abc import Mapping
from typing import Any

from numpy.typing import NDArray

from .archive import Archive
from .asks import Asks
from .background import Background, json_array
from .facts import FactTable
from .frequent import Common
from .index import Index
from .part import Part
from .postings import Postings
from .prepared import Towards
from .scoring import Demand
from .space import SPACE_PARAMETERS, Space

Arrays = Mapping[str, NDArray[Any]]
LISTS = ("terms", "starts", "rows", "weights")
COMMON = ("of", "levels", "bits", "firsts", "peaks")
ASKS = ("terms", "codes", "starts")


def to_arrays(index: Index) -> dict[str, NDArray[Any]]:
    """The arrays of a compact index by name; `rest` holds what is no array, as JSON."""
    part, space = index.base, index.space
    rest = {
        "ids": part.ids,
        "relations": space.relations,
        "space": [getattr(space, name) for name in SPACE_PARAMETERS],
        "facts": part.facts.pairs,
    }
    background = {f"background-{name}": array for name, array in space.background.arrays().items()}
    words = {f"words-{name}": getattr(part.words, name) for name in LISTS}
    concepts = {f"concepts-{name}": getattr(part.concepts, name) for name in LISTS}
    musts = {f"musts-{name}": getattr(part.musts, name) for name in LISTS}
    common = {f"common-{name}": getattr(part.common, name) for name in COMMON}
    asks = {f"asks-{name}": getattr(part.asks, name) for name in ASKS}
    return (
        background
        | words
        | concepts
        | musts
        | common
        | asks
        | {
            "marks": part.marks,
            "share": part.demand.share,
            "n-musts": part.demand.n_musts,
            "fact-rows": part.facts.rows,
            "fact-codes": part.facts.codes,
            "document-data": part.documents.data,
            "document-ends": part.documents.ends,
            "rest": json_array(rest),
        }
    )


def from_arrays(arrays: Arrays) -> Index:
    """
    The index that the arrays describe.

    Raises
    ------
    KeyError, ValueError
        An array or a part of it is not there.
    """
    rest = json.loads(arrays["rest"].tobytes())
    ids = tuple(rest["ids"])
    prefix = "background-"
    kept = {name.removeprefix(prefix): array for name, array in arrays.items() if name.startswith(prefix)}
    pairs = tuple((name, value) for name, value in rest["facts"])
    return Index(
        space=Space(Background.from_arrays(kept), rest["relations"], *rest["space"]),
        towards=Towards(rest["relations"]),
        base=Part(
            ids=ids,
            marks=arrays["marks"],
            words=Postings(**{name: arrays[f"words-{name}"] for name in LISTS}, n_rows=len(ids)),
            concepts=Postings(**{name: arrays[f"concepts-{name}"] for name in LISTS}, n_rows=len(ids)),
            musts=Postings(**{name: arrays[f"musts-{name}"] for name in LISTS}, n_rows=len(ids)),
            common=Common(**{name: arrays[f"common-{name}"] for name in COMMON}),
            asks=Asks(**{name: arrays[f"asks-{name}"] for name in ASKS}),
            demand=Demand(arrays["share"], arrays["n-musts"]),
            facts=FactTable(pairs, arrays["fact-rows"], arrays["fact-codes"], len(ids)),
            documents=Archive(arrays["document-data"], arrays["document-ends"]),
        ),
    )
