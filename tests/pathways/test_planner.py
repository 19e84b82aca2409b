"""The planner against one that tries everything, what must hold of it whatever the question, and its dates and reasons."""

import hashlib
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ipf_talent.pathways.graph import HERE, Entry, Graph, may_end, may_pass
from ipf_talent.pathways.planner import plan as planner
from ipf_talent.pathways.planner.plan import plan
from ipf_talent.pathways.planner.spread import CRITERIA
from ipf_talent.pathways.planner.ways import Blocked, Goal, Option, Reason, Station, Wish
from tests.pathways.graphs import graph, stop
from tests.pathways.questions import ASKED_ON, EARLIEST, by_trying_all, first, no_worse, plus, questions, row

RIGHT, DECIDES = Entry("right"), Entry("decides", 1)
WISH = Wish(EARLIEST, asked_on=ASKED_ON)
SEPTEMBER = Option("", starts=((9, 1),), apply_by=(5, 1))


def one_stop(option=None, months=12, **more):
    """A graph of one goal, and what is known of it."""
    ways = graph([stop("goal", 2, months)], (HERE, "goal", RIGHT))
    return ways, {"goal": Station((option,) if option else (), **more)}, Goal({"goal": None}, ("lasers", "plc"))


def only(plans):
    (way,) = plans.ways
    return way


@settings(max_examples=150, deadline=None)
@given(questions())
def test_it_finds_the_front_that_trying_all_ways_finds(question):
    assert Counter(map(row, plan(*question.parts).ways)) == Counter(by_trying_all(question))


@settings(max_examples=200, deadline=None)
@given(questions())
def test_every_step_satisfies_its_rule_and_its_dates(question):
    graph, _stations, goal, wish = question.parts
    asked_on = wish.asked_on or wish.earliest
    for way in plan(*question.parts).ways:
        at, free, learnt = HERE, wish.earliest, set()
        for leg in (leg for leg in way.legs if not leg.aside):
            assert leg.before == at and graph.entries[at][leg.stop.key] == leg.entry
            rule = may_end if leg.ready else may_pass
            assert rule(graph.stops[at], leg.stop, leg.entry)
            assert leg.starts >= free and leg.starts == first(leg.option, free_before(way, leg, wish), asked_on)
            at, free = leg.stop.key, leg.ready or leg.ends
        for leg in (leg for leg in way.legs if leg.aside):
            assert leg.stop.bridge and leg.stop.passable and leg.teaches
            assert graph.entries[leg.before][leg.stop.key] == leg.entry
        assert len({leg.stop.key for leg in way.legs}) == len(way.legs)
        for leg in way.legs:
            assert leg.ends == plus(leg.starts, (12 if leg.stop.months is None else leg.stop.months) + leg.entry.added)
            assert wish.max_km is None or leg.option.km is None or leg.option.km <= wish.max_km
            assert not wish.modes or leg.option.mode in wish.modes
            assert leg.applies_by is None or leg.applies_by >= asked_on
            assert not set(leg.teaches) & learnt
            learnt |= set(leg.teaches)
        assert way.ready >= max([wish.earliest, *(leg.ready or leg.ends for leg in way.legs)])
        assert set(way.closed) == learnt and not learnt & set(way.open)
        assert at in goal.ends


def free_before(way, leg, wish):
    """The day from which one can begin with a leg: the end of what keeps one busy before it."""
    busy = [other for other in way.legs if other.stop.key != leg.stop.key and not (other.aside and other.option.spare)]
    mains = [other for other in way.legs if not other.aside]
    before = mains[: mains.index(leg)]
    held = {HERE, *(other.stop.key for other in before)}
    ends = [other.ends for other in busy if other in before or (other.aside and other.before in held)]
    return max([wish.earliest, *ends])


@settings(max_examples=100, deadline=None)
@given(questions(), st.data())
def test_taking_an_entry_away_never_makes_anything_better(question, data):
    pairs = [(before, after) for before, entries in question.graph.entries.items() for after in entries]
    assume(pairs)
    gone = data.draw(st.sampled_from(pairs))
    fewer = {b: {a: e for a, e in entries.items() if (b, a) != gone} for b, entries in question.graph.entries.items()}
    before = [row(way) for way in plan(*question.parts).ways]
    after = [row(way) for way in plan(Graph(question.graph.stops, fewer), *question.parts[1:]).ways]
    assert all(any(no_worse(old, new) for old in before) for new in after)


@settings(max_examples=100, deadline=None)
@given(questions(), st.integers(1, 700))
def test_beginning_later_never_means_being_ready_earlier(question, days):
    later = replace(question.wish, earliest=question.wish.earliest + timedelta(days=days))
    before, after = plan(*question.parts).ways, plan(*question.parts[:3], later).ways
    assert bool(before) == bool(after)
    assert not after or min(way.ready for way in before) <= min(way.ready for way in after)


@settings(max_examples=60, deadline=None)
@given(questions(), st.randoms())
def test_the_order_in_which_things_are_listed_makes_no_difference(question, random):
    def shuffled(mapping):
        return dict(random.sample(sorted(mapping.items()), len(mapping)))

    graph, stations, goal, wish = question.parts
    turned = Graph(shuffled(graph.stops), {key: shuffled(found) for key, found in shuffled(graph.entries).items()})
    again = plan(turned, shuffled(stations), Goal(shuffled(goal.ends), goal.skills, goal.modes), wish)
    assert repr(again) == repr(plan(*question.parts))


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_another_process_gives_the_same_bytes(seed):
    code = "from tests.pathways.test_planner import digest; print(digest())"
    told = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == digest()


def digest():
    """Of the answers to questions with many ways."""
    from bench.routes import make

    field = make(120, 900, 12, seed=3)
    answers = [repr(plan(one.graph, field.stations, one.goal, one.wish, 12)) for one in field.questions]
    assert any("Leg(" in answer for answer in answers)
    return hashlib.sha256("\n".join(answers).encode()).hexdigest()


@settings(max_examples=60, deadline=None)
@given(questions(), st.integers(1, 4))
def test_a_thinned_front_has_the_best_of_each_criterion_as_far_as_there_is_room(question, most):
    ways, few = plan(*question.parts).ways, plan(*question.parts, most)
    assert len(few.ways) == min(most, len(ways)) and few.found == len(ways)
    assert [way for way in ways if way in few.ways] == list(few.ways)
    assert not ways or min(way.months for way in few.ways) == ways[0].months
    enough = plan(*question.parts, len(CRITERIA)).ways
    for criterion in CRITERIA:
        if criterion is not CRITERIA[3]:
            assert not ways or min(map(criterion, enough)) == min(map(criterion, ways))


def test_a_front_that_is_too_large_is_compared_in_larger_steps_and_says_so(monkeypatch):
    stops = [stop("goal", 2)]
    options = tuple(Option(f"o{fee}", fee=fee, km=100.0 - fee) for fee in range(1, 40))
    question = graph(stops, (HERE, "goal", RIGHT)), {"goal": Station(options, ects=60)}, Goal({"goal": None}), WISH
    exact = plan(*question)
    assert (exact.grain, {row(way)[7] for way in exact.ways}) == (0, set(range(13, 21)))
    monkeypatch.setattr(planner, "MOST_LABELS", 5)
    coarse = plan(*question)
    assert coarse.grain == 1 and 0 < len(coarse.ways) < len(exact.ways)
    assert all(way.ects == 60 and way.fee == way.legs[0].option.fee for way in coarse.ways)


@pytest.mark.parametrize(
    ("earliest", "starts", "apply_by"),
    [
        (date(2027, 3, 15), date(2027, 9, 1), date(2027, 5, 1)),
        (date(2027, 9, 1), date(2027, 9, 1), date(2027, 5, 1)),
        (date(2027, 9, 2), date(2028, 9, 1), date(2028, 5, 1)),
    ],
    ids=["wait for September", "on the day itself", "a day late"],
)
def test_one_starts_on_the_first_day_that_comes(earliest, starts, apply_by):
    (leg,) = only(plan(*one_stop(SEPTEMBER), replace(WISH, earliest=earliest))).legs
    assert (leg.starts, leg.applies_by, leg.ends) == (starts, apply_by, plus(starts, 12))


@pytest.mark.parametrize(("asked_on", "year"), [(date(2027, 5, 1), 2027), (date(2027, 5, 2), 2028), (None, 2028)])
def test_when_a_deadline_has_passed_the_next_start_counts(asked_on, year):
    wish = Wish(date(2027, 6, 1), asked_on=asked_on)
    assert only(plan(*one_stop(SEPTEMBER), wish)).legs[0].starts == date(year, 9, 1)


def test_a_deadline_that_falls_in_the_year_before_the_start_counts_as_such():
    february = Option("", starts=((2, 1),), apply_by=(12, 1))
    way = only(plan(*one_stop(february), Wish(date(2027, 1, 10), asked_on=date(2026, 12, 2))))
    assert (way.legs[0].starts, way.legs[0].applies_by) == (date(2028, 2, 1), date(2027, 12, 1))


def test_dates_of_the_school_win_and_those_that_are_past_are_skipped():
    told = ((date(2025, 9, 1), None), (date(2027, 9, 6), date(2027, 2, 1)), (date(2027, 11, 1), None))
    option = replace(SEPTEMBER, dates=told)
    (leg,) = only(plan(*one_stop(option), WISH)).legs
    assert (leg.starts, leg.applies_by, leg.assumed) == (date(2027, 9, 6), date(2027, 2, 1), False)
    (leg,) = only(plan(*one_stop(option), replace(WISH, asked_on=date(2027, 2, 2)))).legs
    assert (leg.starts, leg.applies_by) == (date(2027, 11, 1), None)
    (leg,) = only(plan(*one_stop(option), replace(WISH, earliest=date(2027, 11, 2)))).legs
    assert (leg.starts, leg.assumed) == (date(2028, 9, 1), True)


def test_of_dates_that_are_all_past_the_usual_ones_are_left():
    option = replace(SEPTEMBER, dates=((date(2020, 9, 1), None),))
    assert only(plan(*one_stop(option), WISH)).legs[0].starts == date(2027, 9, 1)


def test_a_stop_of_unknown_time_counts_a_year_and_is_assumed():
    way = only(plan(*one_stop(months=None), WISH))
    assert (way.months, way.legs[0].assumed, way.fee_unknown, way.load_unknown, way.km) == (12, True, 1, 1, None)


def test_what_is_taken_counts_until_one_is_ready():
    option = Option("", "bbl", 7.0, fee=700, earns=True)
    ways, stations, _goal = one_stop(option, months=48, ects=240)
    way = only(plan(ways, stations, Goal({"goal": 30}), WISH))
    assert (way.months, way.ects, way.fee, way.earning, way.km, way.ready) == (30, 150, 2100, 30, 7.0, date(2029, 9, 15))
    assert (way.legs[0].ready, way.legs[0].ends) == (way.ready, date(2031, 3, 15))


def test_a_course_beside_a_study_delays_nothing_and_a_course_that_takes_the_days_does():
    course = stop("course", 1, 6, bridge=True)
    ways = graph([course, stop("goal", 2, 12)], (HERE, "course", RIGHT), (HERE, "goal", RIGHT), rank=1)

    def asked(*, spare):
        stations = {"course": Station((Option("", km=0.0, fee=0, spare=spare),), 5, teaches=frozenset({"lasers"}))}
        found = plan(ways, stations, Goal({"goal": None}, ("lasers",)), replace(WISH, missing=("lasers",)))
        return {way.closed: (way.months, [leg.aside for leg in way.legs]) for way in found.ways}

    assert asked(spare=True) == {("lasers",): (12, [True, False]), (): (12, [False])}
    assert asked(spare=False) == {("lasers",): (18, [True, False]), (): (12, [False])}


def test_what_can_be_done_beside_a_study_can_be_done_within_it_once_its_first_year_is_over():
    minor = stop("minor", 2, 6, bridge=True)
    ways = graph([minor, stop("goal", 2, 48)], (HERE, "goal", RIGHT), ("goal", "minor", DECIDES))

    def asked(after, *, spare=True):
        stations = {"minor": Station((Option("", spare=spare),), 30, teaches=frozenset({"lasers"}))}
        found = plan(ways, stations, Goal({"goal": after}, ("lasers",)), replace(WISH, missing=("lasers",)))
        return {way.closed: (way.months, [leg.starts for leg in way.legs], way.legs[-1].before) for way in found.ways}

    doing_without = {(): (36, [EARLIEST], HERE)}
    assert asked(36) == {("lasers",): (36, [EARLIEST, plus(EARLIEST, 12)], "goal"), **doing_without}
    assert asked(12)[("lasers",)] == (18, [EARLIEST, plus(EARLIEST, 12)], "goal")
    assert asked(36, spare=False) == doing_without, "what takes the days is not done within the last leg"
    assert asked(None, spare=False)[("lasers",)] == (54, [EARLIEST, plus(EARLIEST, 48)], "goal")


def test_where_the_level_suffices_courses_close_the_gap_and_doing_nothing_is_a_way_too():
    courses = [stop("lasers", 1, 2, bridge=True), stop("plc", 1, 3, bridge=True), stop("none", 1, 1, bridge=True)]
    ways = graph(courses, *((HERE, one.key, DECIDES) for one in courses), rank=3)
    stations = {key: Station(ects=5, teaches=frozenset({key})) for key in ("lasers", "plc")}
    found = plan(ways, stations, Goal({HERE: None}, ("lasers", "plc")), replace(WISH, missing=("lasers", "plc")))
    assert [(way.months, way.closed, way.ects) for way in found.ways] == [
        (0, (), 0), (2, ("lasers",), 5), (3, ("plc",), 5), (5, ("lasers", "plc"), 10),
    ]  # fmt: skip
    assert found.ways[-1].share == 1 and found.ways[1].open == ("plc",) and not found.blocked


def test_after_a_course_one_stands_where_one_stood():
    course = stop("course", 1, 2, bridge=True)
    ways = graph([course, stop("goal", 2)], (HERE, "course", RIGHT), ("course", "goal", RIGHT), rank=1)
    stations = {"course": Station(teaches=frozenset({"lasers"}))}
    found = plan(ways, stations, Goal({"goal": None}, ("lasers",)), replace(WISH, missing=("lasers",)))
    assert [blocked.reason for blocked in found.blocked] == [Reason.NO_RULE]


def test_a_cycle_of_entries_ends():
    stops = [stop("a", 1), stop("b", 2), stop("goal", 3)]
    around = [
        ("a", "b", RIGHT),
        ("b", "a", RIGHT),
        ("b", "goal", RIGHT),
        ("goal", "a", RIGHT),
        ("a", "a", RIGHT),
        ("goal", HERE, RIGHT),
    ]
    way = only(plan(graph(stops, (HERE, "a", RIGHT), *around), {}, Goal({"goal": None}), WISH))
    assert [leg.stop.key for leg in way.legs] == ["a", "b", "goal"]


def test_the_goal_may_be_closed_but_nothing_on_the_way():
    plan_, goal = stop("plan", 1, passable=False), stop("goal", 2)
    ways = graph([plan_, goal], (HERE, "plan", DECIDES), ("plan", "goal", RIGHT))
    assert only(plan(ways, {}, Goal({"plan": None}), WISH))
    assert plan(ways, {}, Goal({"goal": None}), WISH).blocked == (Blocked(Reason.CLOSED, "plan", "decides"),)


def test_what_is_too_far_is_named_only_where_nothing_nearer_leads_there():
    ways, stations, goal = one_stop(Option("", km=30.1))
    assert plan(ways, stations, goal, replace(WISH, max_km=30.0)).blocked == (Blocked(Reason.TOO_FAR, "goal", "right"),)
    assert plan(ways, stations, goal, replace(WISH, max_km=30.1)).ways
    assert plan(ways, {}, goal, replace(WISH, max_km=0.0)).ways, "a distance that nobody knows is not too far"


def test_a_mode_that_does_not_suit_is_named():
    ways, stations, goal = one_stop(Option("", "bol"))
    assert plan(ways, stations, goal, replace(WISH, modes=frozenset({"bbl"}))).blocked == (
        Blocked(Reason.NO_MODE, "goal", "right"),
    )
    learning = replace(goal, modes=frozenset({"bbl"}))
    assert plan(ways, stations, learning, WISH).blocked == (Blocked(Reason.NO_MODE, "goal", "right"),)


def test_without_a_way_the_surest_rule_into_the_goal_is_named():
    stops = [stop("a", 1), stop("b", 1), stop("goal", 2)]
    ways = graph(stops, ("a", "goal", DECIDES), ("b", "goal", RIGHT))
    assert plan(ways, {}, Goal({"goal": None}), WISH).blocked == (Blocked(Reason.NO_RULE, "goal", "right"),)
    assert plan(graph(stops), {}, Goal({"goal": None}), WISH).blocked == (Blocked(Reason.NO_RULE, "goal", None),)


def test_a_skill_that_no_way_teaches_is_named_beside_the_ways():
    found = plan(*one_stop(teaches=frozenset({"plc"})), replace(WISH, missing=("lasers", "plc", "cooking")))
    assert found.blocked == (Blocked(Reason.UNTAUGHT, skills=("lasers",)),)
    assert (only(found).closed, only(found).open, only(found).share) == (("plc",), ("lasers",), 0.5)


def test_without_a_goal_or_a_gap_there_is_nothing_to_plan():
    ways, stations, _goal = one_stop()
    assert plan(ways, stations, Goal({}), WISH).blocked == (Blocked(Reason.NOTHING_ASKED),)
    found = plan(ways, stations, Goal({HERE: None}), WISH)
    assert (only(found).legs, only(found).months, found.blocked) == ((), 0, (Blocked(Reason.NOTHING_ASKED),))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda: (Goal({"gaol": None}), WISH, None), "the goal 'gaol' is no stop of the graph"),
        (lambda: (Goal({"goal": None}), replace(WISH, earliest=date(9999, 1, 1)), None), "nobody can plan as far ahead"),
        (lambda: (Goal({"goal": None}), WISH, 0), "at most 0 ways"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(change, words):
    goal, wish, most = change()
    with pytest.raises(ValueError, match=words):
        plan(*one_stop()[:2], goal, wish, most)
    with pytest.raises(ValueError, match="where the reader stands"):
        plan(Graph({}, {}), {}, Goal({"goal": None}), WISH)
