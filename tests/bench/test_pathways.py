"""The bench of the planner: its field is what it says, and a small run tells every figure. No time is asserted."""

import json

import pytest

pytest.importorskip("networkx")

from bench import pathways
from bench.routes import SORTS, STARTS, make
from ipf_talent.pathways.graph import HERE
from ipf_talent.programmes.edges import DIPLOMAS


def field(**more):
    return make(**{"programmes": 150, "edges": 1200, "questions": 20} | more)


def test_one_seed_gives_one_field_and_another_seed_another():
    one, again, other = field(seed=3), field(seed=3), field(seed=4)
    assert one.stations == again.stations != other.stations
    assert [repr(question.graph.entries) for question in one.questions] == [
        repr(question.graph.entries) for question in again.questions
    ]


def test_it_has_as_many_programmes_and_entries_as_asked_for():
    made = field()
    assert (made.programmes, made.entries, len(made.stations), len(made.questions)) == (150, 1200, 150, 20)
    graph = made.questions[0].graph
    assert sum(len(entries) for key, entries in graph.entries.items() if key != HERE) == 1200


def test_programmes_have_the_shares_of_their_sorts_and_lead_on_to_what_follows():
    made = field(programmes=1000, edges=5000, questions=1)
    graph = made.questions[0].graph
    for name, sort in SORTS.items():
        of_sort = [stop for stop in graph.stops.values() if stop.sort == name]
        assert abs(len(of_sort) / 1000 - sort.share / sum(one.share for one in SORTS.values())) < 0.01
        assert all(stop.bridge == (sort.type not in DIPLOMAS) for stop in of_sort)
        assert {graph.stops[there].sort for stop in of_sort for there in graph.out_of(stop.key)} <= set(sort.onward)


def test_questions_differ_in_start_level_and_gap():
    questions = field(questions=40).questions
    assert {question.graph.stops[HERE].rank for question in questions} == set(STARTS.values())
    assert all(
        1 <= len(question.wish.missing) <= 4 and set(question.wish.missing) <= set(question.goal.skills) for question in questions
    )
    assert any(HERE in question.goal.ends for question in questions) and any(
        HERE not in question.goal.ends for question in questions
    )


def test_a_small_run_tells_every_figure_and_no_way_is_quicker_than_the_shortest(capsys):
    pathways.main(["--programmes", "80", "--edges", "500", "--questions", "6", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert [row["search"] for row in told["rows"]] == ["planner", "dijkstra"]
    assert all(0 < row["p50_ms"] <= row["p95_ms"] <= row["max_ms"] for row in told["rows"])
    assert (told["programmes"], told["edges"], told["questions"], told["quicker_than_shortest"]) == (80, 500, 6, 0)
    assert sum(told["grain"]) == 6 and 0 <= told["front"]["p50"] <= told["front"]["max"] and told["front"]["max"] > 0


def test_the_table_tells_the_same(capsys):
    pathways.main(["--programmes", "60", "--edges", "300", "--questions", "3"])
    told = capsys.readouterr().out
    assert "planner" in told and "dijkstra" in told and "edges 300" in told


@pytest.mark.parametrize("wrong", [["--programmes", "0"], ["--questions", "many"]])
def test_wrong_arguments_are_refused(wrong, capsys):
    with pytest.raises(SystemExit) as left:
        pathways.main(wrong)
    assert left.value.code == 2 and wrong[0] in capsys.readouterr().err
