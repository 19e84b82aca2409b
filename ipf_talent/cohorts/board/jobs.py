"""Telling coordinators in time who has no place."""

import structlog

from ipf_talent import clock, jobs
from ipf_talent.cohorts.board import nudging

log = structlog.get_logger()


@jobs.job(every="23")
def tell_unplaced() -> int:
    """The lists of 8 and 4 weeks; gives how many periods were told of."""
    told = nudging.announce(clock.now())
    if told:
        log.info("unplaced_told", periods=told)
    return told
