"""The report of the matcher as its page tells it: labels in the reader's language, and the file, read once."""

from functools import lru_cache
from pathlib import Path

import structlog

from ipf_talent.i18n import _, lazy
from ipf_talent.matching import report
from ipf_talent.matching.report import MatchReport, Quality, ReportProblem
from ipf_talent.programmes.filters import LANGUAGE_LABELS

log = structlog.get_logger()

KINDS = {"students": lazy("Student seeks place"), "programmes": lazy("Occupation seeks programme")}
THINGS = {
    "name": lazy("Name"),
    "gender": lazy("Gender"),
    "birthplace": lazy("Place of birth"),
    "school": lazy("School"),
}
PARTS = {
    "feedback": lazy("Without feedback from the first results"),
    "concepts": lazy("Without recognised skills: words alone"),
    "translations": lazy("Without words by their translations"),
    "titles": lazy("Without counting a title for more"),
    "lengths": lazy("Without allowing for the length of a text"),
}
"""What each part of `measuring.PARTS` is called."""

LIMITS = {
    "simulated": lazy("The students in the tests are made up from official lists of skills. Real students write in another way."),
    "tuned_on": lazy("We made the method better with these same tests. With new ones it may do less well."),
    "all_occupations": lazy("The tests cover all kinds of work. This site is about high tech."),
    "other_settings": lazy(
        "The tests leave nothing out for a low fit, and let the first results help to find more. On the pages it is not so."
    ),
    "no_frisian": lazy("There is no test in Frisian yet."),
    "short_sentences": lazy("Skills were read from single sentences. In a long text more goes wrong."),
    "made_up_students": lazy("For fairness we used made-up students and short texts. It says nothing of how companies choose."),
    "not_the_outcome": lazy(
        "A high place in the order says that skills and words fit. Nobody has measured yet whether people felt at home."
    ),
    "small_region": lazy("Cost and fairness were measured on the example places. There are few of them, and they are made up."),
}
"""What the figures do not say."""

VERSIONS = {"model": lazy("Model"), "background": lazy("Background"), "taxonomy": lazy("Taxonomy")}
WORDS = {"versions": VERSIONS, "things": THINGS, "parts": PARTS, "limits": LIMITS, "languages": LANGUAGE_LABELS}
"""What the page reads stored ids with; an id of an older file is shown as it is."""


def shipped() -> MatchReport | None:
    """The report that lies beside the code; None where there is none that this version can read."""
    try:
        changed = report.FILE.stat().st_mtime_ns
    except OSError:
        changed = 0
    return _read(report.FILE, changed)


@lru_cache(maxsize=1)
def _read(path: Path, _changed: int) -> MatchReport | None:
    try:
        return report.read(path)
    except ReportProblem as problem:
        log.warning("match_report_unusable", reason=str(problem))
        return None


def title_of(one: Quality) -> str:
    """What a collection asks, in the reader's language; its own name where it does not say what it is."""
    if one.kind not in KINDS:
        return one.name
    asked, found = (LANGUAGE_LABELS.get(code, code) for code in (one.asked_in, one.found_in))
    return str(_("%(kind)s, %(asked)s to %(found)s", kind=KINDS[one.kind], asked=asked, found=found))


def ahead(collections: tuple[Quality, ...]) -> int:
    """In how many collections the product is better than both plain methods."""
    return sum(one.product.mean > max(one.tfidf.mean, one.bm25.mean) for one in collections)


def clearly_ahead(collections: tuple[Quality, ...]) -> int:
    """In how many of them its whole interval lies above both others."""
    return sum(one.product.low > max(one.tfidf.high, one.bm25.high) for one in collections)
