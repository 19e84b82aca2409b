"""
Which places and programmes fit a student, and why: a library of values in, values out.

A student's words and skills and a place's text and demands meet in one TF-IDF space of stemmed words, characters and
concepts of a taxonomy. Every score is a sum of lines that a person can check, and nothing here knows of a database.

>>> from ipf_talent.matching.engine import Document, Matcher, Query
>>> relations = {"siemens-plc": {"plc": 0.35}}
>>> matcher = Matcher().fit([
...     Document("robot-cell", "Stage: programmeer onze robotcel", musts=["plc", "robotics"], wanted=["cad"]),
...     Document("kitchen", "Stage in de keuken van ons restaurant", musts=["cooking"]),
... ], relations=relations)
>>> student = Query("Ik programmeer graag", concepts=["siemens-plc"], lang="nl")
>>> [matcher.ids_[row] for row, score in matcher.rank([student])[0]]
['robot-cell']
>>> why = matcher.explain(student, row=0)
>>> why.musts_met, why.musts_open, abs(sum(line.value for line in why.contributions) - why.score) < 1e-9
(('plc',), ('robotics',), True)
>>> [(step.concept, step.rank) for step in matcher.learn(student, row=0)]
[('robotics', 1), ('cad', 1)]
"""

from typing import TYPE_CHECKING, Any

from .background import Background
from .concepts import COVERS, Relations
from .documents import Document, Query
from .evaluation import Interval, Report, average_precision, bootstrap, evaluate, ndcg
from .explanation import Contribution, Explanation, Gate
from .gaps import Gap, gap
from .selection import Ranking, Step
from .store import IndexDamaged, IndexMissing, IndexProblem, IndexStale, current, load, read_versions, save
from .versions import Versions

if TYPE_CHECKING:
    from .ranking import Matcher

__all__ = [
    "COVERS",
    "Background",
    "Contribution",
    "Document",
    "Explanation",
    "Gap",
    "Gate",
    "IndexDamaged",
    "IndexMissing",
    "IndexProblem",
    "IndexStale",
    "Interval",
    "Matcher",
    "Query",
    "Ranking",
    "Relations",
    "Report",
    "Step",
    "Versions",
    "average_precision",
    "bootstrap",
    "current",
    "evaluate",
    "gap",
    "load",
    "ndcg",
    "read_versions",
    "save",
]


def __getattr__(name: str) -> Any:
    """`Matcher` is loaded when it is first asked for: the base class of scikit-learn takes seconds, and a start must not wait."""
    if name != "Matcher":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .ranking import Matcher

    return Matcher
