"""The table of 4.2: what can follow on what, and nothing else."""

from itertools import product

import pytest

from ipf_talent.vacancies.kinds import VacancyStatus as S
from ipf_talent.vacancies.lifecycle import TABLE, Actor, deeds, step

ALLOWED = {
    ("submit", S.DRAFT, Actor.COMPANY): S.IN_REVIEW,
    ("publish", S.IN_REVIEW, Actor.SYSTEM): S.PUBLISHED,
    ("approve", S.IN_REVIEW, Actor.PLATFORM): S.PUBLISHED,
    ("return", S.IN_REVIEW, Actor.PLATFORM): S.DRAFT,
    ("withdraw", S.IN_REVIEW, Actor.COMPANY): S.DRAFT,
    ("pause", S.PUBLISHED, Actor.COMPANY): S.PAUSED,
    ("pause", S.PUBLISHED, Actor.SYSTEM): S.PAUSED,
    ("resume", S.PAUSED, Actor.COMPANY): S.PUBLISHED,
    ("fill", S.PUBLISHED, Actor.SYSTEM): S.FULL,
    ("reopen", S.FULL, Actor.SYSTEM): S.PUBLISHED,
    ("close", S.IN_REVIEW, Actor.COMPANY): S.CLOSED,
    ("close", S.PUBLISHED, Actor.COMPANY): S.CLOSED,
    ("close", S.PAUSED, Actor.COMPANY): S.CLOSED,
    ("close", S.FULL, Actor.COMPANY): S.CLOSED,
    ("close", S.PUBLISHED, Actor.SYSTEM): S.CLOSED,
    ("close", S.PAUSED, Actor.SYSTEM): S.CLOSED,
    ("close", S.FULL, Actor.SYSTEM): S.CLOSED,
    ("archive", S.CLOSED, Actor.SYSTEM): S.ARCHIVED,
}
"""Written by hand, so that a line that slips into the table is noticed."""


@pytest.mark.parametrize("name", sorted({line.name for line in TABLE}))
def test_every_deed_in_every_state_by_everyone_is_as_written_here(name):
    for source, who in product(S, Actor):
        found = step(name, source, who)
        assert (found.target if found else None) is ALLOWED.get((name, source, who)), (name, source, who)


def test_nothing_leads_out_of_the_archive_and_a_closed_place_stays_closed():
    assert all(deeds(S.ARCHIVED, who) == () for who in Actor)
    assert deeds(S.CLOSED, Actor.COMPANY) == ()
    assert deeds(S.PUBLISHED, Actor.COMPANY) == ("pause", "close")
