"""Keeping the match index as new as the tables, by a look every five minutes and all built again at night; tidying corrections."""

import structlog

from ipf_talent import clock, db, jobs
from ipf_talent.matching import corrections, indexes, services

log = structlog.get_logger()
NIGHT = range(2, 3)
"""The hours, in local time, in which both indexes are built again whatever they hold."""


@jobs.job(every="*/5")
def refresh_matches() -> int:
    """Build what is missing, damaged, stale or made of other places than there are now; gives how many were built."""
    return _noted(services.rebuild_if_stale(indexes.folder(), clock.today()))


@jobs.job(every="41")
def rebuild_matches() -> int:
    """At night, build both again; gives how many were built."""
    if clock.now().astimezone(clock.AMSTERDAM).hour not in NIGHT:
        return 0
    return _noted(services.rebuild(indexes.folder(), clock.today()))


@jobs.job(every="23")
def tidy_corrections() -> int:
    """Take away what readers reported long ago, as the privacy page promises; gives how much."""
    with db.transaction():
        return corrections.sweep(clock.now())


def _noted(done: list[services.Rebuilt]) -> int:
    built = [one for one in done if one.why]
    for one in built:
        log.info("match_index_built", index=one.kind, documents=one.documents, why=one.why)
    return len(built)
