"""An index as named arrays and back: what the store writes, without pickle."""

import json
from collections.abc import Mapping
from typing import Any

from numpy.typing import NDArray

from .archive import Archive
from .background import Background, json_array
from .facts import FactTable
from .index import Index
from .postings import Postings
from .scoring import Demand
from .space import Space

Arrays = Mapping[str, NDArray[Any]]


def to_arrays(index: Index) -> dict[str, NDArray[Any]]:
    """The arrays of an index by name; `rest` holds what is no array, as JSON."""
    postings, space = index.postings, index.space
    rest = {
        "ids": index.ids,
        "relations": space.relations,
        "wanted_weight": space.wanted_weight,
        "facts": index.facts.pairs,
    }
    background = {f"background-{name}": array for name, array in space.background.arrays().items()}
    return background | {
        "postings-terms": postings.terms,
        "postings-starts": postings.starts,
        "postings-rows": postings.rows,
        "postings-weights": postings.weights,
        "marks": index.marks,
        "share": index.demand.share,
        "musts": index.demand.n_musts,
        "fact-rows": index.facts.rows,
        "fact-codes": index.facts.codes,
        "document-data": index.documents.data,
        "document-ends": index.documents.ends,
        "rest": json_array(rest),
    }


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
    parts = {part: arrays[f"postings-{part}"] for part in ("terms", "starts", "rows", "weights")}
    pairs = tuple((name, value) for name, value in rest["facts"])
    return Index(
        ids=ids,
        marks=arrays["marks"],
        space=Space(Background.from_arrays(kept), rest["relations"], rest["wanted_weight"]),
        postings=Postings(**parts, n_rows=len(ids)),
        demand=Demand(arrays["share"], arrays["musts"]),
        facts=FactTable(pairs, arrays["fact-rows"], arrays["fact-codes"], len(ids)),
        documents=Archive(arrays["document-data"], arrays["document-ends"]),
    )
