from ipf_talent.pathways.graph import HERE, YEAR, Entry, Route, Step
from tests.pathways.graphs import graph, stop

RIGHT = Entry("right")


def test_a_step_takes_its_own_time_and_what_entering_adds():
    assert Step(stop("a", 1, 24), Entry("bridge", 2, added=6)).months == 30
    assert Step(stop("a", 1, None), Entry("bridge", 2, added=6)).months is None


def test_usual_times_are_told_apart_from_known_ones():
    usual = Step(stop("a", 1, 48, assumed=True), Entry("bridge", 2, added=6))
    both = Step(stop("a", 1, 48, assumed=True), Entry("bridge", 2, added=6, assumed=True))
    known = Step(stop("a", 1, 48), Entry("bridge", 2, added=6, assumed=True))
    assert (usual.assumed, both.assumed, known.assumed) == (48, 54, 6)


def test_an_unknown_time_adds_nothing_but_counts_for_a_year_in_the_order():
    route = Route((Step(stop("a", 1, None), RIGHT), Step(stop("b", 2, 24), RIGHT)))
    assert (route.months, route.unknown, route.length) == (24, 1, 24 + YEAR)


def test_a_route_is_as_sure_as_its_least_sure_entry():
    assert Route((Step(stop("a", 1), Entry("bridge", 2)), Step(stop("b", 2), Entry("decides", 1)))).unsureness == 2


def test_what_leads_to_a_stop_is_found_through_others_and_nothing_else_is():
    ways = graph([stop(key, 1) for key in "abc"], (HERE, "a", RIGHT), ("a", "b", RIGHT), ("b", "c", RIGHT), ("c", "a", RIGHT))
    assert ways.leading_to("b") == {HERE, "a", "b", "c"}
    assert graph([stop(key, 1) for key in "ab"], (HERE, "a", RIGHT)).leading_to("b") == {"b"}


def test_stops_have_one_number_when_the_same_doors_open_in_the_same_way():
    doors = graph([stop(key, 1) for key in "abcd"], ("a", "d", RIGHT), ("b", "d", RIGHT), ("c", "d", Entry("decides", 1))).doors
    assert doors["a"] == doors["b"] != doors["c"]
