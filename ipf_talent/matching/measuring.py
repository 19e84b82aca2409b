"""Making the report: every figure of it measured in one run, on judged collections and on the example region."""

import json
import platform
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Self

from ipf_talent.matching import background, figures
from ipf_talent.matching.engine import Document, Interval, Report, save
from ipf_talent.matching.fairness import STUDENTS, Fairness, check
from ipf_talent.matching.judging import judged, product
from ipf_talent.matching.ranking import query_of
from ipf_talent.matching.report import Cost, MatchReport, Part, Quality, Recognition
from ipf_talent.sheets import Fault, FaultyFile
from ipf_talent.skills.lexicon import Lexicon
from ipf_talent.skills.recognition import Recogniser
from ipf_talent.skills.recognition.accuracy import Case, accuracy
from ipf_talent.skills.taxonomy import Taxonomy

if TYPE_CHECKING:
    from ipf_talent.matching.engine import Matcher

PARTS: Sequence[tuple[str, Mapping[str, Any]]] = (
    ("feedback", {"feedback": 0.0}),
    ("concepts", {"concept_share": 0.0}),
    ("translations", {"translation": 0.0}),
    ("titles", {"document_title": 0.0, "query_title": 0.0}),
    ("lengths", {"b": 0.0}),
)
"""What each part of the method adds: a name, and the parameters with which that part is left out."""

MEASURES = {"map": "MAP", "ndcg@10": "nDCG@10"}
KINDS = ("students", "programmes")
LANGUAGES = {"nl": "Dutch", "fy": "Frisian", "en": "English"}
PACKAGES = ("numpy", "scipy", "scikit-learn")
BUILDS = 3
"""How often the index is built; the quickest counts, since the machine does other things as well."""

Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Collection:
    """A judged collection: its folder, and what `meta.json` says of it, as far as there is one."""

    folder: Path
    kind: str
    asked_in: str
    found_in: str
    measure: str

    @classmethod
    def of(cls, folder: Path) -> Self:
        """
        Read what a folder says of itself.

        Raises:
            FaultyFile: its `meta.json` holds no object.
        """
        meta = _meta(folder / "meta.json")
        kind = next((one for one in KINDS if meta.get("name", "").startswith(one)), "")
        measure = MEASURES.get(meta.get("main_metric", ""), MEASURES["ndcg@10"])
        return cls(folder, kind, meta.get("query_lang", ""), meta.get("document_lang", ""), measure)

    @property
    def label(self) -> str:
        """A neutral name: what is sought, in which language."""
        languages = " to ".join(LANGUAGES.get(code, code) for code in (self.asked_in, self.found_in) if code)
        return ", ".join(part for part in (self.kind or self.folder.name, languages) if part)

    def figure(self, report: Report) -> Interval:
        """What this collection is judged by."""
        return report.average_precision if self.measure == MEASURES["map"] else report.ndcg_10


def _meta(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except ValueError as error:
        raise FaultyFile([Fault(path.name, 1, "-", str(error))]) from error
    if not isinstance(found, dict):
        raise FaultyFile([Fault(path.name, 1, "-", "this is no JSON object")])
    return {name: str(value) for name, value in found.items()}


def collections_in(folders: Sequence[Path]) -> dict[str, Collection]:
    """Collections by name: the folders given, or those in a folder that is none itself; a name that comes again is numbered."""
    found: list[Path] = []
    for folder in folders:
        inner = [path.parent for path in sorted(folder.glob("*/qrels.tsv"))]
        found += [folder] if (folder / "qrels.tsv").exists() or not inner else inner
    named: dict[str, Collection] = {}
    labels: Counter[str] = Counter()
    for one in map(Collection.of, dict.fromkeys(found)):
        labels[one.label] += 1
        named[one.label if labels[one.label] == 1 else f"{one.label} #{labels[one.label]}"] = one
    return named


def measured(
    collections: Mapping[str, Collection],
    documents: Sequence[Document],
    taxonomy: Taxonomy,
    lexicon: Lexicon,
    cases: Sequence[Case],
    today: date,
    *,
    students: int = STUDENTS,
    step: Step = lambda _text: None,
) -> MatchReport:
    """
    Measure everything.

    Args:
        collections: of `collections_in`.
        documents: the places of the region.
        taxonomy: what its places ask and its students can.
        lexicon: what a collection is read with.
        cases: sentences whose skills were marked by hand.
        students: how many made-up students are swapped.
        step: told what is going on, for a terminal.

    Raises:
        FaultyFile: a file of a collection is not whole.
        FileNotFoundError: it is not there.
    """
    matcher, cost = _built(documents, taxonomy)
    quality = tuple(_quality(name, one, lexicon, step) for name, one in collections.items())
    ablation = tuple(_part(part, parameters, collections, lexicon, step) for part, parameters in PARTS)
    step("recognition and fairness")
    recogniser = Recogniser(taxonomy)
    return MatchReport(
        made_on=today,
        versions=_versions(matcher, taxonomy),
        collections=quality,
        ablation=ablation,
        recognition=tuple(_recognition(recogniser, cases)),
        fairness=_fairness(matcher, taxonomy, recogniser, students),
        cost=cost,
        limits=tuple(figures.LIMITS),
    )


def _fairness(matcher: "Matcher", taxonomy: Taxonomy, recogniser: Recogniser, count: int) -> Fairness:
    def slugs(text: str) -> list[str]:
        return [one.slug for one in recogniser.find(text)]

    return check(matcher, taxonomy, lambda card: query_of(card, recogniser.find), slugs, count=count)


def _built(documents: Sequence[Document], taxonomy: Taxonomy) -> tuple["Matcher", Cost]:
    """The index of the region as the product builds it, and what it costs."""
    from ipf_talent.matching.engine import Matcher  # takes seconds the first time

    seconds = []
    for _ in range(BUILDS):
        start = perf_counter()
        matcher = Matcher().fit(documents, background=background.frozen(), relations=taxonomy.relations)
        seconds.append(perf_counter() - start)
    with tempfile.TemporaryDirectory() as folder:
        size = sum(path.stat().st_size for path in save(matcher, Path(folder)).iterdir())
    return matcher, Cost(len(documents), size, size / len(documents), min(seconds))


def _versions(matcher: "Matcher", taxonomy: Taxonomy) -> dict[str, str]:
    """As the sheet of a place names them, and what the figures were made with."""
    own = {"model": matcher.versions_.model, "background": matcher.versions_.background, "taxonomy": taxonomy.version}
    return own | {"python": platform.python_version()} | {name: version(name) for name in PACKAGES}


def _quality(name: str, collection: Collection, lexicon: Lexicon, step: Step) -> Quality:
    step(name)
    reports = judged(collection.folder, lexicon)
    figures = {way: collection.figure(report) for way, report in reports.items()}
    about = (collection.kind, collection.asked_in, collection.found_in, collection.measure)
    return Quality(name, *about, reports["product"].n_queries, figures["product"], figures["tfidf"], figures["bm25"])


def _part(part: str, parameters: Mapping[str, Any], collections: Mapping[str, Collection], lexicon: Lexicon, step: Step) -> Part:
    values = {}
    for name, one in collections.items():
        step(f"{part}: {name}")
        values[name] = one.figure(product(one.folder, lexicon, **parameters)).mean
    return Part(part, values)


def _recognition(recogniser: Recogniser, cases: Sequence[Case]) -> Iterator[Recognition]:
    """Over all texts, and by language."""
    for lang in ("all", *sorted({case.lang for case in cases})):
        found = accuracy(recogniser, [case for case in cases if lang in ("all", case.lang)])
        yield Recognition(lang, found.texts, found.precision, found.recall)
