"""Facts that hide a place, and facts that are not said and hide nothing."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from ipf_talent.matching.filters import ENTERED_FROM, ONE_STEP_UP, Home, Wanted, band, first_levels, usual_levels, within_reach
from ipf_talent.profiles.card import Card
from ipf_talent.programmes.levels import Level, ProgrammeType, StartingPoint
from ipf_talent.vacancies.kinds import VacancyKind

DRACHTEN = Home("Drachten", 53.1125, 6.0989)


@dataclass(frozen=True)
class Place:
    """An mbo 4 internship in Groningen, from February to June, where people speak Dutch."""

    level: Level = Level.MBO_4
    kind: VacancyKind = VacancyKind.BOL_INTERNSHIP
    work_languages: tuple[str, ...] = ("nl",)
    starts_on: date = date(2027, 2, 1)
    ends_on: date | None = date(2027, 6, 30)
    lat: float | None = 53.2194
    lon: float | None = 6.5665


@pytest.mark.parametrize(
    ("wanted", "unmet"),
    [
        (Wanted(), ()),
        (Wanted(levels=frozenset({Level.MBO_4})), ()),
        (Wanted(levels=frozenset({Level.MBO_3})), ("level",)),
        (Wanted(kinds=frozenset({"bol_internship"})), ()),
        (Wanted(kinds=frozenset({"bbl_apprenticeship"})), ("kind",)),
        (Wanted(within_km=40, home=DRACHTEN), ()),
        (Wanted(within_km=30, home=DRACHTEN), ("within",)),
        (Wanted(within_km=1), ()),
        (Wanted(languages=frozenset({"nl", "en"})), ()),
        (Wanted(languages=frozenset({"en"})), ("language",)),
        (Wanted(available=(date(2027, 6, 30), None)), ()),
        (Wanted(available=(date(2027, 7, 1), None)), ("period",)),
        (Wanted(available=(None, date(2027, 2, 1))), ()),
        (Wanted(available=(None, date(2027, 1, 31))), ("period",)),
        (Wanted(available=(date(2026, 9, 1), date(2027, 3, 1))), ()),
        (Wanted(levels=frozenset({Level.AD}), languages=frozenset({"en"})), ("level", "language")),
    ],
)
def test_a_filter_hides_what_does_not_go_with_it(wanted, unmet):
    assert wanted.unmet(Place()) == unmet
    assert wanted.lets_through(Place()) is not bool(unmet)


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        (Place(level=Level.NONE), Wanted(levels=frozenset({Level.MBO_1}))),
        (Place(lat=None, lon=None), Wanted(within_km=1, home=DRACHTEN)),
        (Place(work_languages=()), Wanted(languages=frozenset({"en"}))),
        (Place(ends_on=None), Wanted(available=(date(2030, 1, 1), None))),
    ],
)
def test_what_a_place_does_not_say_hides_nothing(place, wanted):
    assert wanted.lets_through(place)


def test_a_filter_can_be_taken_away_and_the_others_stay():
    wanted = Wanted(levels=frozenset({Level.AD}), languages=frozenset({"en"}), within_km=10, home=DRACHTEN)
    assert wanted.in_use == ("level", "within", "language")
    assert wanted.without("level").in_use == ("within", "language")
    assert wanted.without("level", "within", "language") == replace(Wanted(), home=DRACHTEN)


def test_one_step_up_never_leads_down():
    order = list(Level)
    assert all(order.index(above) > order.index(level) for level, aboves in ONE_STEP_UP.items() for above in aboves)
    assert set(ONE_STEP_UP) == set(Level) - {Level.ENGD_PHD, Level.NONE}


@pytest.mark.parametrize(
    ("point", "levels"),
    [
        (StartingPoint.MBO_4, {Level.MBO_4}),
        (StartingPoint.HBO_PROPEDEUSE, {Level.HBO_BACHELOR}),
        (StartingPoint.VMBO_BB, {Level.MBO_2}),
        (StartingPoint.HAVO, {Level.MBO_4, Level.AD, Level.HBO_BACHELOR}),
        (StartingPoint.WORKING, set()),
        (None, set()),
    ],
)
def test_who_asks_for_no_level_sees_their_own_or_what_they_can_enter_next(point, levels):
    assert usual_levels(Card(point=point)) == levels


def test_every_starting_point_with_a_next_level_is_one_without_a_level_of_its_own():
    assert all(point.level is Level.NONE for point in ENTERED_FROM)


@pytest.mark.parametrize(
    ("point", "level", "kind", "near"),
    [
        (StartingPoint.MBO_4, Level.HBO_BACHELOR, ProgrammeType.BACHELOR, True),
        (StartingPoint.MBO_4, Level.HBO_BACHELOR, ProgrammeType.MINOR, False),
        (StartingPoint.MBO_4, Level.MBO_4, ProgrammeType.ELECTIVE, True),
        (StartingPoint.MBO_4, Level.ENGD_PHD, ProgrammeType.ENGD, False),
        (StartingPoint.HAVO, Level.MASTER, ProgrammeType.MASTER, False),
        (StartingPoint.HAVO, Level.HBO_BACHELOR, ProgrammeType.BACHELOR, True),
        (StartingPoint.WORKING, Level.MASTER, ProgrammeType.MASTER, True),
        (StartingPoint.MBO_2, Level.NONE, ProgrammeType.COURSE, True),
        (None, Level.ENGD_PHD, ProgrammeType.ENGD, True),
    ],
)
def test_a_programme_is_within_reach_at_ones_level_or_directly_above(point, level, kind, near):
    assert within_reach(Card(point=point), level, kind) is near


@pytest.mark.parametrize(
    ("point", "level", "kind", "first"),
    [
        (StartingPoint.MBO_4, Level.MASTER, ProgrammeType.MASTER, (Level.HBO_BACHELOR,)),
        (StartingPoint.MBO_2, Level.HBO_BACHELOR, ProgrammeType.BACHELOR, (Level.MBO_4, Level.AD)),
        (StartingPoint.VWO, Level.MASTER, ProgrammeType.MASTER, (Level.HBO_BACHELOR, Level.WO_BACHELOR)),
        (StartingPoint.MBO_4, Level.HBO_BACHELOR, ProgrammeType.MINOR, (Level.HBO_BACHELOR,)),
        (StartingPoint.MBO_4, Level.HBO_BACHELOR, ProgrammeType.BACHELOR, ()),
        (StartingPoint.MBO_4, Level.MBO_2, ProgrammeType.MBO_DIPLOMA, ()),
        (StartingPoint.MBO_4, Level.WO_BACHELOR, ProgrammeType.BACHELOR, ()),
        (None, Level.ENGD_PHD, ProgrammeType.ENGD, ()),
    ],
)
def test_what_is_out_of_reach_names_the_levels_that_come_first(point, level, kind, first):
    assert first_levels(Card(point=point), level, kind) == first


def test_every_level_has_its_band_and_what_has_none_belongs_nowhere():
    assert band(Level.NONE) is None
    assert [band(level) for level in Level if level is not Level.NONE] == [0, 0, 0, 0, 1, 1, 2, 2, 2]
