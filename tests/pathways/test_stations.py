"""What the planner is told of programmes, and where places are reached; then real rows, and the real region."""

from datetime import date

import pytest

from ipf_talent.pathways import offer_queries, planning, queries, stations
from ipf_talent.pathways.graph import HERE
from ipf_talent.pathways.network import FIRST_YEAR, UNNAMED, Network, Programme
from ipf_talent.pathways.planner.plan import plan
from ipf_talent.pathways.planner.ways import Goal, Option, Reason, Wish
from ipf_talent.pathways.stations import Load, Offer
from ipf_talent.programmes.calendar import usual
from ipf_talent.programmes.edges import Edge
from ipf_talent.programmes.levels import Level, Mode, ProgrammeType, Standing, StartingPoint
from ipf_talent.programmes.rules import RuleKind
from ipf_talent.skills.taxonomy import Concept, Taxonomy
from ipf_talent.vacancies.kinds import VacancyKind
from tests.factories.organisations import make_place, make_school
from tests.factories.programmes import make_programme, make_progression
from tests.factories.skills import make_skill

MBO_4, HBO, WO = Level.MBO_4, Level.HBO_BACHELOR, Level.WO_BACHELOR
TAXONOMY = Taxonomy.of(
    [Concept(slug, "skill", "automation", slug, slug) for slug in ("plc", "siemens-plc")],
    broader=[("siemens-plc", "plc")],
    related=[],
)
TODAY = date(2026, 11, 27)


def programme(slug, level=HBO, type_=ProgrammeType.BACHELOR, months=48, **more):
    return Programme(slug, type_, level, "school", months, **more)


def law(point, level, type_=ProgrammeType.BACHELOR):
    return Edge(f"{point}-{level}", RuleKind.RIGHT, from_point=point, to_level=level, to_type=type_, national=True)


RULES = [
    law(StartingPoint.MBO_4, HBO),
    law(StartingPoint.HBO_PROPEDEUSE, WO),
    law(StartingPoint.MBO_2, MBO_4, ProgrammeType.MBO_DIPLOMA),
]


def view(*programmes, point=StartingPoint.MBO_4):
    return Network(programmes, RULES).seen_from(point)


def of(found, offers=None, loads=None, taught=None):
    return stations.stations(found, offers or {}, loads or {}, taught or {}, TAXONOMY)


def test_every_stop_but_where_the_reader_stands_has_a_station():
    found = view(programme("ict"), programme("physics", WO, months=36))
    assert set(of(found)) == set(found.graph.stops) - {HERE} == {"ict", "ict" + FIRST_YEAR, "physics", UNNAMED + "mbo_4"}


def test_an_offer_brings_what_is_usual_for_its_kind():
    found = of(view(programme("ict")), {"ict": [Offer(Mode.DUAL, "Drachten", 12.5), Offer(Mode.FULLTIME, "Assen", 30.0)]})
    dual, fulltime = found["ict"].options
    law_ = usual(HBO, ProgrammeType.BACHELOR, Mode.FULLTIME)
    assert fulltime == Option("fulltime:Assen", "fulltime", 30.0, law_.starts, law_.apply_by, fee=law_.fee)
    assert (dual.key, dual.km, dual.earns, fulltime.earns, dual.spare) == ("dual:Drachten", 12.5, True, False, False)


@pytest.mark.parametrize(("mode", "km", "spare"), [(Mode.ONLINE, 0.0, True), (Mode.PARTTIME, 40.0, True), (Mode.BBL, 40.0, False)])
def test_nobody_travels_for_what_is_online_and_some_modes_leave_room_for_more(mode, km, spare):
    option = stations.option(MBO_4, ProgrammeType.MBO_CERTIFICATE, Offer(mode, "Zwolle", 40.0))
    assert (option.km, option.spare) == (km, spare)


def test_a_minor_and_an_elective_are_parts_of_a_study():
    kinds = (ProgrammeType.MINOR, ProgrammeType.ELECTIVE, ProgrammeType.PREMASTER)
    assert [stations.option(HBO, kind, Offer(Mode.FULLTIME)).spare for kind in kinds] == [True, True, False]


def test_dates_of_the_school_go_along():
    dates = ((date(2027, 9, 6), date(2027, 6, 1)),)
    assert stations.option(HBO, ProgrammeType.BACHELOR, Offer(Mode.FULLTIME, dates=dates)).dates == dates


def test_what_nobody_offers_has_one_option_of_which_little_is_known():
    (option,) = of(view(programme("ict")))["ict"].options
    assert (option.key, option.mode, option.km, option.fee) == ("", "", None, None)


def test_the_first_year_has_its_share_of_the_load_and_teaches_nothing_of_the_whole():
    found = of(
        view(programme("ict"), programme("physics", WO)),
        {"ict": [Offer(Mode.FULLTIME)]},
        {"ict": Load(240)},
        {"ict": ["siemens-plc"]},
    )
    assert (found["ict"].ects, found["ict"].sbu, found["ict"].teaches) == (240, None, {"siemens-plc", "plc"})
    first = found["ict" + FIRST_YEAR]
    assert (first.ects, first.options, first.teaches) == (60, found["ict"].options, frozenset())


@pytest.mark.parametrize(
    ("kind", "months"),
    [
        (VacancyKind.DUAL, 0),
        (VacancyKind.HBO_INTERNSHIP, 24),
        (VacancyKind.WO_DESIGN, 24),
        (VacancyKind.HBO_GRADUATION, 36),
        (VacancyKind.WO_THESIS, 36),
    ],
)
def test_how_far_in_a_programme_one_is_ready_depends_on_the_place(kind, months):
    assert stations.ends(view(programme("ict")), HBO, kind, StartingPoint.MBO_4) == {"ict": months}


def test_a_place_is_reached_in_running_programmes_of_its_level_that_give_a_diploma():
    near = [
        programme("ict"), programme("planned", standing=Standing.PLANNED), programme("physics", WO), programme("fitter", MBO_4),
        programme("minor", HBO, ProgrammeType.MINOR),
    ]  # fmt: skip
    assert set(stations.ends(view(*near), HBO, VacancyKind.HBO_INTERNSHIP, StartingPoint.MBO_4)) == {"ict"}
    assert set(stations.ends(view(near[1]), HBO, VacancyKind.HBO_INTERNSHIP, StartingPoint.MBO_4)) == {"planned"}


def test_where_the_level_suffices_one_is_there_already():
    ends = stations.ends(view(programme("ict")), HBO, VacancyKind.HBO_GRADUATION, StartingPoint.HBO_BACHELOR)
    assert ends == {HERE: None, "ict": 36}
    assert stations.ends(view(), Level.NONE, VacancyKind.ORIENTATION, StartingPoint.NONE) == {HERE: None}


def test_an_engd_asks_a_whole_master_and_no_more():
    found = view(
        programme("optics", Level.MASTER, ProgrammeType.MASTER, 24), programme("engd", Level.ENGD_PHD, ProgrammeType.ENGD, 24)
    )
    assert stations.ends(found, Level.ENGD_PHD, VacancyKind.ENGD_POSITION, StartingPoint.HBO_BACHELOR) == {"optics": None}
    at_master = stations.ends(found, Level.ENGD_PHD, VacancyKind.ENGD_POSITION, StartingPoint.MASTER)
    assert at_master == {HERE: None, "optics": None}


def test_a_job_in_which_one_learns_is_followed_as_one():
    assert stations.modes(VacancyKind.BBL_APPRENTICESHIP) == {"", "bbl"}
    assert stations.modes(VacancyKind.DUAL) == {"", "dual"}
    assert stations.modes(VacancyKind.BOL_INTERNSHIP) == frozenset()


def test_rows_become_stations_with_distances_from_home(session, app_context):
    plc = make_skill("plc")
    near = make_programme(
        level=HBO, type=ProgrammeType.BACHELOR, mode=Mode.FULLTIME, place="Drachten", credits_ects=240, teaches=(plc,)
    )
    far = make_programme(level=HBO, type=ProgrammeType.BACHELOR, mode=Mode.DUAL, place="Enschede", sbu=900)
    nowhere = make_programme(level=HBO, type=ProgrammeType.BACHELOR, mode=Mode.DUAL, place=None)
    hidden = make_programme(level=HBO, type=ProgrammeType.BACHELOR, institution=make_school(verified_at=None, is_example=False))
    make_progression()
    atlas = queries.atlas()
    seen = atlas.network.seen_from(StartingPoint.MBO_4)
    make_place("Groningen")
    read = planning.region()
    found = read.stations(seen, "Groningen")
    assert hidden.slug not in found
    assert [round(option.km) for option in found[near.slug].options] == [33]
    assert [(option.key, round(option.km)) for option in found[far.slug].options] == [("dual:Enschede", 113)]
    assert [(option.key, option.km) for option in found[nowhere.slug].options] == [("dual", None)]
    assert (found[near.slug].ects, found[far.slug].sbu, found[near.slug].teaches, found[far.slug].teaches) == (
        240,
        900,
        {"plc"},
        set(),
    )
    without = read.stations(seen, None)
    assert {option.km for station in without.values() for option in station.options} == {None}


def test_reading_takes_one_statement(session, app_context, count_queries):
    make_programme()
    make_programme()
    before = len(count_queries())
    assert len(offer_queries.offers().offered) == 2
    assert len(count_queries()) - before == 1


@pytest.fixture
def region(world, app):
    """Inside the application, with the region's data."""
    with app.test_request_context():
        yield


def answer(point, goal, missing=()):
    """Of the planner, on the region's data."""
    read = planning.region()
    seen = read.atlas.network.seen_from(point)
    ends = goal(seen) if callable(goal) else {goal: None}
    found = read.stations(seen, None)
    return plan(seen.graph, found, Goal(ends, missing), Wish(TODAY, missing=missing, asked_on=TODAY))


def test_in_the_region_a_pupil_finds_a_way_to_a_doctorate_in_autonomous_systems(region):
    found = answer(StartingPoint.VMBO_GL_TL, "rug-engd-autonomous-systems")
    assert found.ways and found.grain == 0
    for way in found.ways:
        levels = [leg.stop.rank for leg in way.legs]
        assert levels == sorted(levels) and way.legs[-1].option.earns and len(way.legs) >= 4


def test_in_the_region_two_ways_lead_to_a_graduation_place_that_asks_for_machine_vision(region):
    def graduation(seen):
        return stations.ends(seen, HBO, VacancyKind.HBO_GRADUATION, StartingPoint.MBO_4)

    found = answer(StartingPoint.MBO_4, graduation, ("machine-vision", "mechatronics"))
    assert len({tuple(leg.stop.key for leg in way.legs) for way in found.ways}) >= 2
    assert any("machine-vision" in way.closed for way in found.ways)
    assert all(way.legs[-1].assumed for way in found.ways)


def test_in_the_region_a_planned_doctorate_is_a_goal_and_what_no_rule_opens_is_told_with_the_rule(region):
    assert answer(StartingPoint.MASTER, "rug-engd-sustainable-process-design").ways
    (blocked,) = answer(StartingPoint.MASTER, "rug-bsc-artificial-intelligence").blocked
    assert blocked.reason is Reason.NO_RULE and blocked.rule
