"""Keeping guidance going every hour, and what guidance does when a placement starts, is interrupted, or is to be completed."""

from typing import Any

import structlog

from ipf_talent import clock, jobs
from ipf_talent.notifications.letters import Link
from ipf_talent.placements import signals
from ipf_talent.placements.guidance import contacts, deadlines, guest_signing, overview, replacing
from ipf_talent.placements.guidance.completing import MISSING_LABELS
from ipf_talent.placements.kinds import Reason, Who
from ipf_talent.placements.models import Placement

log = structlog.get_logger()


@jobs.job(every="23")
def keep_guidance() -> int:
    """Plan, remind, alert and ask what is due; gives how many letters and days there were."""
    done = deadlines.keep(clock.now())
    if any(vars(done).values()):
        log.info("guidance_kept", **vars(done))
    return done.planned + done.reminded + done.alerted + done.asked + done.closed


def _on_started(placement: Placement, **_more: Any) -> None:
    contacts.plan(placement)


def _on_interrupted(placement: Placement, reason: Reason, **_more: Any) -> None:
    replacing.begin(placement, reason, now=clock.now())


def _on_completing(placement: Placement, **_more: Any) -> list[str]:
    return [str(MISSING_LABELS[one]) for one in overview.ready(placement)]


def _on_reaching(placement: Placement, side: Who, what: str, name: str, email: str, **_more: Any) -> tuple[str, Link] | None:
    return guest_signing.reach(placement, side, what, name=name, email=email, now=clock.now())


signals.started.connect(_on_started)
signals.interrupted.connect(_on_interrupted)
signals.completing.connect(_on_completing)
signals.reaching.connect(_on_reaching)
