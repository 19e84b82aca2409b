"""From rules to stops and entries, without a database."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ipf_talent.pathways.graph import HERE
from ipf_talent.pathways.network import FIRST_YEAR, RANKS, UNNAMED, Network, Programme
from ipf_talent.pathways.search import routes
from ipf_talent.programmes.edges import Edge, points_after
from ipf_talent.programmes.levels import Level, ProgrammeType, Standing, StartingPoint
from ipf_talent.programmes.rules import RuleKind

MBO_2, MBO_4, VWO = StartingPoint.MBO_2, StartingPoint.MBO_4, StartingPoint.VWO
HBO_POINT, PROPEDEUSE, WO_POINT = StartingPoint.HBO_BACHELOR, StartingPoint.HBO_PROPEDEUSE, StartingPoint.WO_BACHELOR
HBO, WO, MASTER = Level.HBO_BACHELOR, Level.WO_BACHELOR, Level.MASTER
TYPES = {HBO: ProgrammeType.BACHELOR, WO: ProgrammeType.BACHELOR, MASTER: ProgrammeType.MASTER, Level.AD: ProgrammeType.AD}


def programme(slug, level=HBO, **more):
    kind = more.pop("type", TYPES.get(level, ProgrammeType.MBO_DIPLOMA))
    return Programme(slug, kind, level, more.pop("institution", "school"), **more)


def law(slug, point, level, kind=RuleKind.RIGHT, **more):
    return Edge(
        slug, kind, from_point=point, to_level=level, to_type=TYPES.get(level, ProgrammeType.MBO_DIPLOMA), national=True, **more
    )


TO_HBO = law("to-hbo", MBO_4, HBO, months=48, months_meaning="total")
TO_MASTER = law("to-master", HBO_POINT, MASTER, RuleKind.VIA_BRIDGE, months=6, months_meaning="added")


def entry(network, before, after, point=MBO_4, own=None):
    return network.seen_from(point, own).graph.out_of(before).get(after)


def test_a_national_rule_opens_every_programme_of_its_level_and_no_other():
    network = Network([programme("ict"), programme("robotics"), programme("masters", MASTER)], [TO_HBO])
    assert set(network.seen_from(MBO_4).graph.out_of(HERE)) == {"ict", "robotics"}
    assert not network.seen_from(MBO_2).graph.out_of(HERE)


def test_a_diploma_opens_what_its_level_opens():
    network = Network([programme("fitter", Level.MBO_4), programme("ict"), programme("masters", MASTER)], [TO_HBO, TO_MASTER])
    assert entry(network, "fitter", "ict").rule == "to-hbo"
    assert entry(network, "fitter", "masters") is None
    assert entry(network, "ict", "masters").unsureness == 2


def test_a_schools_own_rule_takes_the_place_of_the_national_one():
    own = Edge("own", RuleKind.INSTITUTION_DECIDES, from_point=MBO_4, to_programme="ict")
    network = Network([programme("ict"), programme("robotics")], [TO_HBO, own])
    assert [entry(network, HERE, slug).rule for slug in ("ict", "robotics")] == ["own", "to-hbo"]


def test_what_only_helps_or_shortens_admits_nobody_but_stands_beside_the_rule():
    shorter = law("shorter", MBO_4, HBO, RuleKind.SHORTENED, months=12, months_meaning="saved")
    elective = law("elective", MBO_4, HBO, RuleKind.RECOMMENDED_ELECTIVE)
    assert entry(Network([programme("ict")], [shorter, elective]), HERE, "ict") is None
    view = Network([programme("ict")], [elective, shorter, TO_HBO]).seen_from(MBO_4)
    assert [edge.slug for edge in view.rules(HERE, "ict")] == ["to-hbo", "elective", "shorter"]
    assert view.graph.out_of(HERE)["ict"].saves == 12


def test_a_programme_that_is_short_already_does_not_save_that_time_again():
    shorter = law("shorter", MBO_4, HBO, RuleKind.SHORTENED, months=12, months_meaning="saved")
    network = Network([programme("long", months=48), programme("short", months=36)], [TO_HBO, shorter])
    assert [entry(network, HERE, slug).saves for slug in ("long", "short")] == [12, 0]


def test_a_time_that_nobody_tells_is_what_the_law_says_else_the_middle_of_what_schools_say():
    known = [programme("a", MASTER, months=12), programme("b", MASTER, months=24), programme("c", MASTER, months=24)]
    stops = (
        Network([*known, programme("new", MASTER), programme("ict", months=36), programme("other")], [TO_HBO])
        .seen_from(MBO_4)
        .graph.stops
    )
    assert [(stops[key].months, stops[key].assumed) for key in ("new", "other", "ict")] == [(24, True), (48, True), (36, False)]


def test_no_time_is_made_up_where_nothing_is_known():
    stop = Network([programme("ict")], []).seen_from(MBO_4).graph.stops["ict"]
    assert (stop.months, stop.assumed) == (None, False)


def test_a_bridge_of_unknown_length_counts_as_the_usual_one_and_says_so():
    own = Edge("own", RuleKind.VIA_BRIDGE, from_point=HBO_POINT, to_programme="masters")
    network = Network([programme("masters", MASTER), programme("other", MASTER)], [TO_MASTER, own])
    told, usual = (entry(network, HERE, slug, HBO_POINT) for slug in ("other", "masters"))
    assert [(told.added, told.assumed), (usual.added, usual.assumed)] == [(6, False), (6, True)]


def test_a_bridge_that_is_a_programme_itself_adds_no_second_bridge():
    minor = programme("minor", type=ProgrammeType.MINOR, months=6)
    into = Edge("into", RuleKind.INSTITUTION_DECIDES, from_point=HBO_POINT, to_programme="minor")
    beyond = Edge("beyond", RuleKind.VIA_BRIDGE, from_programme="minor", to_programme="masters")
    network = Network([minor, programme("masters", MASTER)], [TO_MASTER, into, beyond])
    assert (entry(network, "minor", "masters").added, entry(network, "minor", "masters").named) == (0, True)
    ways = [route.keys for route in routes(network.seen_from(HBO_POINT).graph, "masters")]
    assert sorted(ways) == [("masters",), ("minor", "masters")]


def test_the_first_year_of_hbo_opens_university_and_not_hbo_again():
    to_wo = law("to-wo", PROPEDEUSE, WO, RuleKind.INSTITUTION_DECIDES)
    again = Edge("again", RuleKind.INSTITUTION_DECIDES, from_point=PROPEDEUSE, to_programme="other")
    network = Network([programme("ict"), programme("other"), programme("physics", WO, months=36)], [TO_HBO, to_wo, again])
    graph = network.seen_from(MBO_4).graph
    assert graph.stops["ict" + FIRST_YEAR].months == 12
    assert set(graph.out_of("ict" + FIRST_YEAR)) == {"physics"}
    assert [route.months for route in routes(graph, "physics")] == [48]


def test_without_a_rule_from_the_first_year_there_is_no_such_stop():
    assert not [key for key in Network([programme("ict")], [TO_HBO]).seen_from(MBO_4).graph.stops if FIRST_YEAR in key]


def test_a_level_of_which_no_programme_is_known_can_still_be_passed():
    up = law("up", StartingPoint.NONE, Level.MBO_1, months=12, months_meaning="total")
    on = law("on", StartingPoint.MBO_1, Level.MBO_2)
    graph = Network([programme("fitter", Level.MBO_2)], [up, on]).seen_from(StartingPoint.NONE).graph
    assert [route.keys for route in routes(graph, "fitter")] == [(UNNAMED + "mbo_1", "fitter")]


def test_plans_and_old_programmes_are_no_way_to_anything_but_national_qualifications_are():
    standings = {"plan": Standing.PLANNED, "old": Standing.REFERENCE, "runs": Standing.RUNNING}
    schools = [programme(slug, Level.MBO_4, standing=standing) for slug, standing in standings.items()]
    national = programme("nation", Level.MBO_4, national=True, standing=Standing.REFERENCE)
    stops = Network([*schools, national], []).seen_from(MBO_4).graph.stops
    assert [key for key, one in stops.items() if one.passable and key != HERE] == ["runs", "nation"]


def test_the_programme_that_a_reader_follows_opens_its_own_doors():
    own = Edge("own", RuleKind.RIGHT, from_programme="fitter", to_programme="masters")
    at_school = Edge("at-school", RuleKind.RIGHT, from_institution="school", to_level=WO)
    network = Network([programme("fitter", Level.MBO_4), programme("masters", MASTER), programme("physics", WO)], [own, at_school])
    assert set(network.seen_from(MBO_4, "fitter").graph.out_of(HERE)) == {"masters", "physics"}
    assert not network.seen_from(MBO_4).graph.out_of(HERE)
    assert not network.seen_from(MBO_4, "no-such-programme").graph.out_of(HERE)


def test_ranks_climb_with_the_levels():
    assert [RANKS[level] for level in Level] == [2, 4, 6, 8, 10, 12, 12, 14, 16, 0]


PROGRAMMES = [
    programme("m2", Level.MBO_2), programme("m4", Level.MBO_4), programme("ad", Level.AD, months=24), programme("h1"),
    programme("h2", months=36, institution="other"), programme("w", WO), programme("minor", type=ProgrammeType.MINOR, months=6),
    programme("ma", MASTER), programme("mb", MASTER, institution="other"),
]  # fmt: skip
SLUGS = st.none() | st.sampled_from([one.slug for one in PROGRAMMES])
RULES = st.builds(
    Edge,
    slug=st.uuids().map(str),
    rule_kind=st.sampled_from(RuleKind),
    from_point=st.sampled_from([MBO_2, MBO_4, StartingPoint.AD, PROPEDEUSE, HBO_POINT, WO_POINT, None]),
    from_programme=SLUGS,
    to_level=st.sampled_from([None, Level.MBO_4, Level.AD, HBO, WO, MASTER]),
    to_programme=SLUGS,
    months=st.sampled_from([None, 0, 6, 24]),
    months_meaning=st.sampled_from(["total", "added", "saved"]),
    national=st.booleans(),
).filter(lambda edge: (edge.from_point or edge.from_programme) and (edge.to_level or edge.to_programme))


@settings(max_examples=80, deadline=None)
@given(st.lists(RULES, max_size=14), st.sampled_from([MBO_2, MBO_4, HBO_POINT]), st.sampled_from([one.slug for one in PROGRAMMES]))
def test_every_step_stands_on_a_rule_that_starts_where_one_is_and_leads_where_one_goes(edges, point, goal):
    by_slug = {one.slug: one for one in PROGRAMMES}
    view = Network(PROGRAMMES, edges).seen_from(point)
    for route in routes(view.graph, goal):
        for before, step in zip((HERE, *route.keys), route.steps, strict=False):
            rule, *beside = view.rules(before, step.stop.key)
            came, goes = by_slug.get(before.removesuffix(FIRST_YEAR)), by_slug.get(step.stop.key.removesuffix(FIRST_YEAR))
            points = {point, PROPEDEUSE} if came is None else points_after(came.type, came.level)
            assert rule.slug == step.entry.rule
            for edge in (rule, *beside):
                assert edge.from_point is None or edge.from_point in points
                assert edge.from_programme in (None, came and came.slug)
                assert goes is None or (edge.to_programme in (None, goes.slug) and edge.to_level in (None, goes.level))
