"""The report of the matcher: how good it is, where it errs, what it costs and what was not measured, as values and as a file."""

import json
import math
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from types import GenericAlias
from typing import Any, get_args, get_origin, get_type_hints

from ipf_talent.matching.engine import Interval
from ipf_talent.matching.fairness import Fairness

FILE = Path(__file__).parent / "data" / "report.json"
SCHEMA = 1
"""Layout of the file; raise it when a reader of the old one would misread the new one."""


class ReportProblem(ValueError):
    """The file is missing, damaged, or of another layout; says where."""


@dataclass(frozen=True, slots=True)
class Quality:
    """
    One judged collection.

    Attributes:
        name: a neutral label, such as "students, English to English"; each name once.
        kind: `students` (a student seeks places), `programmes` (an occupation seeks programmes), or empty.
        asked_in, found_in: languages of the queries and of the documents; empty where not said.
        measure: nDCG@10 or MAP.
        product, tfidf, bm25: mean over the queries, with its 95 % interval.
    """

    name: str
    kind: str
    asked_in: str
    found_in: str
    measure: str
    n_queries: int
    product: Interval
    tfidf: Interval
    bm25: Interval


@dataclass(frozen=True, slots=True)
class Part:
    """What is left of the mean of each collection, by name, when one part of the method is changed or left out."""

    part: str
    values: dict[str, float]


@dataclass(frozen=True, slots=True)
class Recognition:
    """How often recognition of skills errs on texts in one language, or in `all`; precision and recall from 0 to 1."""

    lang: str
    texts: int
    precision: float
    recall: float


@dataclass(frozen=True, slots=True)
class Cost:
    """What the index of the example region costs: bytes on disk, by place too, and wall time of building."""

    places: int
    index_bytes: int
    bytes_per_place: float
    build_seconds: float


@dataclass(frozen=True, slots=True)
class MatchReport:
    """
    All that was measured in one run.

    Attributes:
        versions: of the model, the background, the taxonomy, and of what they run on.
        limits: ids of what the figures do not say.
    """

    made_on: date
    versions: dict[str, str]
    collections: tuple[Quality, ...]
    ablation: tuple[Part, ...]
    recognition: tuple[Recognition, ...]
    fairness: Fairness
    cost: Cost
    limits: tuple[str, ...]


def write(report: MatchReport, path: Path) -> None:
    """Write the file, in the same form every time."""
    content = {"schema": SCHEMA, **asdict(report), "made_on": report.made_on.isoformat()}
    path.write_text(json.dumps(_rounded(content), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read(path: Path) -> MatchReport:
    """
    Read what `write` wrote.

    Raises:
        ReportProblem: with the place in the file and what is wrong there.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ReportProblem(f"{path.name} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise ReportProblem(f"{path.name} is no JSON: {error}") from error
    schema = content.pop("schema", None) if isinstance(content, dict) else None
    if schema != SCHEMA:
        raise ReportProblem(f"{path.name} has layout {schema!r}, and this version reads {SCHEMA}")
    report: MatchReport = _value(MatchReport, content, "the report")
    return report


def _value(kind: Any, value: Any, where: str) -> Any:
    """A JSON value as the type that is asked for."""
    if hasattr(kind, "__dataclass_fields__"):
        return _object(kind, value, where)
    if isinstance(kind, GenericAlias):
        return _many(kind, value, where)
    if kind is date and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise ReportProblem(f"{where}: {error}") from error
    if kind is float and type(value) in (int, float) and math.isfinite(value):
        return float(value)
    if type(value) is not kind or kind is float:
        raise ReportProblem(f"{where}: {value!r} is no {kind.__name__}")
    return value


def _object(kind: Any, value: Any, where: str) -> Any:
    names = {field.name for field in fields(kind)}
    given = set(value) if isinstance(value, dict) else set()
    if given != names:
        raise ReportProblem(f"{where}: expected {', '.join(sorted(names))}; it differs in {', '.join(sorted(names ^ given))}")
    types = get_type_hints(kind)
    return kind(**{name: _value(types[name], value[name], f"{where}, {name}") for name in sorted(names)})


def _many(kind: GenericAlias, value: Any, where: str) -> Any:
    outer, inner = get_origin(kind), get_args(kind)
    if outer is dict and isinstance(value, dict):
        return {name: _value(inner[1], one, f"{where}, {name}") for name, one in value.items()}
    if outer is tuple and isinstance(value, list):
        return tuple(_value(inner[0], one, f"{where} {number}") for number, one in enumerate(value, start=1))
    raise ReportProblem(f"{where}: this is no {'list' if outer is tuple else 'object'}")


def _rounded(value: Any) -> Any:
    """Numbers to six digits: more would change with the machine and say nothing."""
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, dict):
        return {name: _rounded(one) for name, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, list | tuple) else value
