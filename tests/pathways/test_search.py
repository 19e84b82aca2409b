"""The search against one that tries every way there is, and what must hold of it whatever the graph."""

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ipf_talent.pathways.graph import HERE, Entry, Graph, Route, Step
from ipf_talent.pathways.search import distance, routes
from tests.pathways.graphs import graph, graphs, stop

RIGHT, DECIDES, BRIDGE = Entry("right"), Entry("decides", 1), Entry("bridge", 2)
GOAL = "s0"


def every_way(graph: Graph, goal: str, way: tuple[Step, ...] = ()) -> Iterator[Route]:
    """Every sensible way, by trying all."""
    last = way[-1].stop if way else graph.stops[HERE]
    for key, entry in graph.out_of(last.key).items():
        there = graph.stops[key]
        if key in {step.stop.key for step in way} or (last.bridge and not entry.named):
            continue
        if key == goal:
            if not way or there.rank > last.rank or (there.bridge and there.rank == last.rank):
                yield Route((*way, Step(there, entry)))
            continue
        climbs = there.rank > last.rank or (there.bridge and there.rank == last.rank and not last.bridge)
        below = there.rank < graph.stops[goal].rank or (graph.stops[goal].bridge and there.rank == graph.stops[goal].rank)
        if there.passable and climbs and below:
            yield from every_way(graph, goal, (*way, Step(there, entry)))


def kind(route: Route) -> tuple:
    """Two routes of one kind look the same to a reader."""
    return (*route.sorts, *(step.entry.unsureness for step in route.steps))


def cost(route: Route, graph: Graph, goal: str) -> tuple:
    """How routes of one kind are compared."""
    return sum(distance(step.stop, graph.stops[goal]) for step in route.steps), route.length, route.keys


def needless(route: Route, others: list[Route]) -> bool:
    """Whether another has some of its stops, enters each as surely, and is quicker even so."""
    sure = {step.stop.sort: step.entry.unsureness for step in route.steps[:-1]}
    return any(
        len(other.steps) < len(route.steps)
        and all(step.entry.unsureness <= sure.get(step.stop.sort, -1) for step in other.steps[:-1])
        and other.steps[-1].entry.unsureness <= route.steps[-1].entry.unsureness
        and other.length - other.saves < route.length - route.saves
        for other in others
    )


def by_trying_all(graph: Graph, goal: str, most: int) -> list[Route]:
    best: dict[tuple, Route] = {}
    for route in every_way(graph, goal):
        known = best.get(kind(route))
        if known is None or cost(route, graph, goal) < cost(known, graph, goal):
            best[kind(route)] = route
    kept = [route for route in best.values() if not needless(route, list(best.values()))]
    return sorted(kept, key=lambda route: route.order)[:most]


@settings(max_examples=300, deadline=None)
@given(graphs(), st.integers(1, 8))
def test_it_finds_what_trying_all_ways_finds(graph, most):
    assert [route.keys for route in routes(graph, GOAL, most)] == [route.keys for route in by_trying_all(graph, GOAL, most)]


@settings(max_examples=150, deadline=None)
@given(graphs())
def test_every_step_is_an_entry_of_the_graph_and_climbs(graph):
    for route in routes(graph, GOAL):
        assert route.keys[-1] == GOAL and len(set(route.keys)) == len(route.keys)
        for before, step in zip((HERE, *route.keys), route.steps, strict=False):
            assert graph.entries[before][step.stop.key] == step.entry
        ranks = [step.stop.rank for step in route.steps if not step.stop.bridge]
        assert ranks == sorted(set(ranks))
        assert all(after.entry.named for step, after in zip(route.steps, route.steps[1:], strict=False) if step.stop.bridge)


@settings(max_examples=150, deadline=None)
@given(graphs(fields=()), st.data())
def test_taking_an_entry_away_never_makes_the_best_route_quicker(graph, data):
    graph = Graph({key: replace(one, offered=True) for key, one in graph.stops.items()}, graph.entries)
    pairs = [(before, after) for before, entries in graph.entries.items() for after in entries]
    assume(pairs)
    gone = data.draw(st.sampled_from(pairs))
    fewer = {b: {a: e for a, e in entries.items() if (b, a) != gone} for b, entries in graph.entries.items()}
    before, after = routes(graph, GOAL, 1), routes(Graph(graph.stops, fewer), GOAL, 1)
    assert not after or before[0].length <= after[0].length


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_the_order_in_which_stops_and_entries_are_listed_makes_no_difference(graph):
    entries = {key: dict(reversed(found.items())) for key, found in reversed(graph.entries.items())}
    turned = Graph(dict(reversed(graph.stops.items())), entries)
    assert repr(routes(turned, GOAL)) == repr(routes(graph, GOAL))


@settings(max_examples=100, deadline=None)
@given(graphs())
def test_each_of_the_others_could_stand_in_its_place(graph):
    for route in routes(graph, GOAL):
        for at, step in enumerate(route.steps[:-1]):
            swapped = {r.keys for r in every_way(graph, GOAL) if kind(r) == kind(route)}
            alike = {keys for keys in swapped if keys[:at] == route.keys[:at] and keys[at + 1 :] == route.keys[at + 1 :]}
            assert step.others == len(alike) - 1


def test_the_quickest_comes_first_then_the_fewest_steps_then_the_surest():
    low, high, goal = stop("low", 1, 10), stop("high", 2, 10), stop("goal", 3, 20)
    found = routes(
        graph([low, high, goal], (HERE, "goal", DECIDES), (HERE, "low", RIGHT), (HERE, "high", RIGHT), ("low", "goal", RIGHT),
              ("high", "goal", DECIDES)),
        "goal",
    )  # fmt: skip
    assert [route.keys for route in found] == [("goal",), ("low", "goal")]


def test_nobody_is_sent_through_what_lies_at_or_below_their_own_level():
    level, goal = stop("level", 2), stop("goal", 3)
    ways = [(HERE, "level", RIGHT), ("level", "goal", RIGHT)]
    assert routes(graph([level, goal], *ways, rank=1), "goal")
    assert not routes(graph([level, goal], *ways, rank=2), "goal")


def test_a_goal_at_ones_own_level_can_be_entered_at_once():
    found = routes(graph([stop("goal", 2)], (HERE, "goal", DECIDES), rank=2), "goal")
    assert [route.keys for route in found] == [("goal",)]


def test_a_bridge_is_passed_only_where_the_rule_beyond_it_names_it():
    stops = [stop("bridge", 2, 6, sort="bridge", bridge=True), stop("goal", 3)]
    into = (HERE, "bridge", DECIDES)
    named = graph(stops, into, ("bridge", "goal", replace(BRIDGE, named=True)), rank=2)
    general = graph(stops, into, ("bridge", "goal", BRIDGE), rank=2)
    assert [route.keys for route in routes(named, "goal")] == [("bridge", "goal")]
    assert not routes(general, "goal")


def test_of_one_kind_the_programme_nearest_to_the_goals_subject_is_shown_and_the_others_are_counted():
    metal, code = stop("a-metal", 1, 6, fields=frozenset({"metal"})), stop("z-code", 1, 12, fields=frozenset({"code"}))
    goal = stop("goal", 2, fields=frozenset({"code"}))
    ways = [(HERE, key, RIGHT) for key in ("a-metal", "z-code")] + [(key, "goal", RIGHT) for key in ("a-metal", "z-code")]
    (found,) = routes(graph([metal, code, goal], *ways), "goal")
    assert (found.keys, found.steps[0].others) == (("z-code", "goal"), 1)


def test_what_cannot_be_entered_today_is_a_goal_but_no_way_to_one():
    plan, goal = stop("plan", 1, passable=False), stop("goal", 2)
    ways = graph([plan, goal], (HERE, "plan", RIGHT), ("plan", "goal", RIGHT))
    assert routes(ways, "plan") and not routes(ways, "goal")


def test_a_detour_is_left_out_unless_it_makes_an_entry_surer():
    low, goal = stop("low", 1), stop("goal", 2)
    detour = [(HERE, "low", RIGHT), ("low", "goal", DECIDES)]
    assert [r.keys for r in routes(graph([low, goal], (HERE, "goal", DECIDES), *detour), "goal")] == [("goal",)]
    assert len(routes(graph([low, goal], (HERE, "goal", BRIDGE), *detour), "goal")) == 2


def test_a_detour_that_can_save_its_own_time_stays():
    low, goal = stop("low", 1, 24), stop("goal", 2, 48)
    shorter = replace(RIGHT, saves=24)
    found = routes(graph([low, goal], (HERE, "goal", RIGHT), (HERE, "low", RIGHT), ("low", "goal", shorter)), "goal")
    assert [(route.keys, route.months, route.saves) for route in found] == [(("goal",), 48, 0), (("low", "goal"), 72, 24)]


def test_beyond_a_bridge_only_those_count_as_others_that_a_rule_names():
    stops = [stop("bridge", 1, sort="bridge", bridge=True), stop("a", 2), stop("b", 2), stop("c", 2), stop("goal", 3)]
    named = replace(RIGHT, named=True)
    beyond = [("bridge", "a", named), ("bridge", "b", named), ("bridge", "c", RIGHT)]
    found = routes(graph(stops, (HERE, "bridge", RIGHT), *beyond, *((key, "goal", RIGHT) for key in "abc")), "goal")
    assert [(route.keys, route.steps[1].others) for route in found] == [(("bridge", "a", "goal"), 1)]


def test_where_nothing_leads_there_is_no_route():
    assert routes(graph([stop("goal", 2), stop("other", 1)], (HERE, "other", RIGHT)), "goal") == []
