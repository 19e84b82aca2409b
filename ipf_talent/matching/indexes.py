"""The indexes as this process holds them: mapped once, and swapped when a newer generation stands beside the database."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import structlog
from flask import current_app

from ipf_talent.matching import services
from ipf_talent.matching.engine import IndexProblem
from ipf_talent.skills import queries as skills
from ipf_talent.skills.taxonomy import Taxonomy

if TYPE_CHECKING:
    from ipf_talent.matching.engine import Matcher

log = structlog.get_logger()
CACHE = "match_cache"
_lock = threading.Lock()

Stamp = tuple[int, int, int] | None


class Held(NamedTuple):
    """An index that can be asked, or why there is none: `missing`, `damaged` or `stale`."""

    matcher: "Matcher | None"
    reason: str = ""


class _Seen(NamedTuple):
    """What an answer was made from; another stamp or another taxonomy needs another answer."""

    stamp: Stamp
    taxonomy: str


def folder() -> Path:
    """Where the indexes of this application lie."""
    return Path(current_app.config["INSTANCE"]) / "match"


def places(taxonomy: Taxonomy | None = None) -> Held:
    """The index of places, if there is one of this taxonomy; without an argument, of the one in the tables."""
    return _held("places", taxonomy or skills.taxonomy())


def programmes(taxonomy: Taxonomy | None = None) -> Held:
    """The index of programmes, in the same way."""
    return _held("programmes", taxonomy or skills.taxonomy())


def _held(kind: str, taxonomy: Taxonomy) -> Held:
    where = folder() / kind
    seen = _Seen(_stamp(where), taxonomy.version)
    with _lock:
        cache: dict[Path, tuple[_Seen, Held]] = current_app.extensions.setdefault(CACHE, {})
        known = cache.get(where)
        if known is None or known[0] != seen:
            cache[where] = known = (seen, _opened(where, taxonomy))
    return known[1]


def _opened(where: Path, taxonomy: Taxonomy) -> Held:
    try:
        return Held(services.open_index(where, taxonomy))
    except IndexProblem as problem:
        reason = services.name_of(problem)
        log.warning("match_index_unusable", index=where.name, reason=reason)
        return Held(None, reason)


def _stamp(where: Path) -> Stamp:
    """One look at the file that names the generation in use: it is replaced whenever that changes."""
    try:
        found = (where / "CURRENT").stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size
