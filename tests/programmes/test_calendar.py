"""What is usual in the whole country, and what is left open because no rule fixes it."""

from datetime import date

import pytest

from ipf_talent.programmes import calendar
from ipf_talent.programmes.calendar import CHECKED, SCHOOL_YEAR, Source, usual
from ipf_talent.programmes.levels import Level, Mode, ProgrammeType

MBO, AD, BACHELOR, MASTER = ProgrammeType.MBO_DIPLOMA, ProgrammeType.AD, ProgrammeType.BACHELOR, ProgrammeType.MASTER
EVERY = [(level, kind, mode) for level in Level for kind in ProgrammeType for mode in (None, *Mode)]


@pytest.mark.parametrize(
    ("level", "kind", "mode", "starts", "apply_by"),
    [
        (Level.MBO_4, MBO, Mode.BOL, ((8, 1),), (4, 1)),
        (Level.MBO_2, MBO, Mode.BBL, ((8, 1),), (4, 1)),
        (Level.AD, AD, Mode.PARTTIME, ((9, 1),), (5, 1)),
        (Level.HBO_BACHELOR, BACHELOR, Mode.FULLTIME, ((9, 1),), (5, 1)),
        (Level.WO_BACHELOR, BACHELOR, None, ((9, 1),), (5, 1)),
        (Level.MASTER, MASTER, Mode.FULLTIME, ((9, 1),), None),
        (Level.ENGD_PHD, ProgrammeType.ENGD, Mode.DUAL, (), None),
        (Level.ENGD_PHD, ProgrammeType.PHD, Mode.FULLTIME, (), None),
    ],
)
def test_school_years_and_deadlines(level, kind, mode, starts, apply_by):
    found = usual(level, kind, mode)
    assert (found.starts, found.apply_by) == (starts, apply_by)


@pytest.mark.parametrize(
    ("level", "kind", "mode", "fee"),
    [
        (Level.MBO_1, MBO, Mode.BOL, 1419),
        (Level.MBO_4, MBO, Mode.BOL, 1419),
        (Level.MBO_1, MBO, Mode.BBL, 295),
        (Level.MBO_2, MBO, Mode.BBL, 295),
        (Level.MBO_3, MBO, Mode.BBL, 715),
        (Level.MBO_4, MBO, Mode.PARTTIME, 715),
        (Level.MBO_4, MBO, None, None),
        (Level.AD, AD, Mode.FULLTIME, 2530),
        (Level.HBO_BACHELOR, BACHELOR, Mode.FULLTIME, 2530),
        (Level.HBO_BACHELOR, BACHELOR, Mode.PARTTIME, None),
        (Level.HBO_BACHELOR, BACHELOR, Mode.DUAL, None),
        (Level.MASTER, MASTER, None, None),
        (Level.ENGD_PHD, ProgrammeType.ENGD, None, 0),
        (Level.ENGD_PHD, ProgrammeType.PHD, None, None),
    ],
)
def test_a_fee_is_told_where_it_is_the_same_in_the_whole_country(level, kind, mode, fee):
    assert usual(level, kind, mode).fee == fee


def test_who_works_for_it_earns():
    earning = {(kind, mode) for level, kind, mode in EVERY if usual(level, kind, mode).earns}
    by_way = {(kind, mode) for kind in ProgrammeType for mode in (Mode.BBL, Mode.DUAL)}
    by_kind = {(kind, mode) for kind in (ProgrammeType.ENGD, ProgrammeType.PHD) for mode in (None, *Mode)}
    assert earning == by_way | by_kind


@pytest.mark.parametrize(
    "kind",
    [ProgrammeType.PREMASTER, ProgrammeType.COURSE, ProgrammeType.MINOR, ProgrammeType.MICROCREDENTIAL, ProgrammeType.ELECTIVE,
     ProgrammeType.MBO_CERTIFICATE, ProgrammeType.PRACTICE_STATEMENT],
)  # fmt: skip
def test_what_nobody_fixes_for_the_country_is_left_open(kind):
    for level in Level:
        found = usual(level, kind, Mode.FULLTIME)
        assert (found.starts, found.apply_by, found.fee, found.earns, found.sources) == ((), None, None, False, ())


def test_nothing_is_said_without_a_source_and_every_source_says_when_it_was_read():
    for level, kind, mode in EVERY:
        found = usual(level, kind, mode)
        said = found.starts or found.apply_by or found.fee is not None or found.earns
        assert bool(said) <= bool(found.sources)
        assert len(set(found.sources)) == len(found.sources)
        assert all(source.url.startswith("http") and source.title and source.checked_on == CHECKED for source in found.sources)


def test_every_fact_brings_the_source_that_says_it():
    bbl = usual(Level.MBO_3, MBO, Mode.BBL).sources
    assert bbl == (calendar.YEAR, calendar.MBO_APPLYING, calendar.MBO_FEES, calendar.BBL_JOB)
    assert calendar.MBO_FEES not in usual(Level.MBO_3, MBO, None).sources
    assert calendar.AD_APPLYING in usual(Level.AD, AD, None).sources
    assert calendar.HIGHER_FEES in usual(Level.HBO_BACHELOR, BACHELOR, Mode.PARTTIME).sources
    assert set(usual(Level.ENGD_PHD, ProgrammeType.ENGD, Mode.DUAL).sources) == {calendar.ENGD_JOB, calendar.ENGD_FEE}


def test_every_source_is_used_somewhere():
    named = {value for value in vars(calendar).values() if isinstance(value, Source)}
    assert {source for case in EVERY for source in usual(*case).sources} == named


def test_a_selecting_bachelor_closes_before_the_others():
    assert usual(Level.WO_BACHELOR, BACHELOR, Mode.FULLTIME).apply_by > calendar.SELECTION_APPLY_BY


def test_the_fees_name_their_school_year_and_no_source_is_from_the_future():
    first, second = map(int, SCHOOL_YEAR.split("-"))
    assert second == first + 1
    assert date(first, 8, 1) <= CHECKED
