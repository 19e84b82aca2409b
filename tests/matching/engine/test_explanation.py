import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipf_talent.matching.engine import Matcher, Query


@pytest.fixture
def matcher(places, background, relations) -> Matcher:
    return Matcher().fit(places, background=background, relations=relations)


@given(data=st.data())
def test_the_lines_add_up_to_the_score_for_every_pair(data, background, relations, corpora, students):
    documents, query = data.draw(corpora), data.draw(students)
    matcher = Matcher().fit(documents, background=background, relations=relations)
    for row, score in enumerate(matcher.scores(query)):
        why = matcher.explain(query, row)
        assert why.score == score
        assert abs(sum(line.value for line in why.contributions) - score) < 1e-9
        assert all(line.value > 0 for line in why.contributions)
        assert len({(line.kind, line.key) for line in why.contributions}) == len(why.contributions)


@given(data=st.data())
def test_every_asked_concept_is_matched_partly_or_missing_once(data, background, relations, corpora, students):
    documents, query = data.draw(corpora.filter(bool)), data.draw(students)
    matcher = Matcher().fit(documents, background=background, relations=relations)
    for row, document in enumerate(documents):
        why = matcher.explain(query, row)
        assert sorted((*why.matched, *why.partly, *why.missing)) == sorted(document.asked)
        assert sorted((*why.musts_met, *why.musts_open)) == sorted(document.musts)
        assert set(why.musts_met) <= set(why.matched)


def test_each_line_names_what_triggered_it_on_both_sides(matcher):
    why = matcher.explain(Query("Programmeur van S7-1500 besturing", ["siemens-plc", "cad"], "nl"), 0)
    lines = {(line.kind, line.key): line for line in why.contributions}
    plc = lines["concept", "plc"]
    assert (plc.query, plc.document) == (("siemens-plc",), "plc")
    assert lines["concept", "automation"].query == ("siemens-plc",)
    assert (lines["word", "s7-1500"].query, lines["word", "s7-1500"].document) == (("S7-1500",), "S7-1500")
    assert lines["word", "s7 1500"].document == "s7 1500"


def test_a_translated_word_is_a_line_of_its_own(places, relations):
    matcher = Matcher().fit(places, relations=relations)
    why = matcher.explain(Query("I like cameras", lang="en", also={"camera": 0.8, "machinebouw": 0.4}), 1)
    told = {line.key: (line.kind, line.query) for line in why.contributions}
    assert told == {"camera": ("word", ("cameras",)), "machinebouw": ("translation", ())}


@given(data=st.data())
def test_what_feedback_adds_stands_in_lines_of_its_own(data, background, relations, corpora, students):
    documents, query = data.draw(corpora), data.draw(students)
    matcher = Matcher(feedback=2.0, feedback_depth=3).fit(documents, background=background, relations=relations)
    plain = Matcher().fit(documents, background=background, relations=relations).scores(query)
    for row, score in enumerate(matcher.scores(query)):
        why = matcher.explain(query, row)
        assert why.score == score >= plain[row]
        assert abs(sum(line.value for line in why.contributions) - score) < 1e-9
        others = [line.key for line in why.contributions if line.kind == "feedback"]
        assert len(others) == len(set(others)) <= 3
        assert bool(others) >= (score > plain[row])


def test_it_says_what_is_met_open_and_missing(matcher):
    why = matcher.explain(Query("", ["siemens-plc"], "nl"), 0)
    assert why.matched == ("plc",)
    assert why.partly == ()
    assert set(why.missing) == {"cad", "robotics"}
    assert (why.musts_met, why.musts_open) == (("plc",), ("robotics",))
    assert [(gate.name, gate.factor, gate.of) for gate in why.gates] == [
        ("musts", 0.75, ("robotics",)),
        ("stray", 1, ()),
    ]


def test_a_related_skill_counts_in_part(matcher):
    assert matcher.explain(Query(concepts=["vision"]), 0).partly == ("robotics",)


def test_what_is_absent_is_named(matcher):
    assert matcher.explain(Query(), 3).absent == (
        "query_text", "query_concepts", "document_concepts", "document_musts",
    )  # fmt: skip
    assert matcher.explain(Query("lassen", ["plc"]), 0).absent == ()


def test_a_stray_hit_has_a_closed_gate_and_no_lines(matcher):
    why = matcher.explain(Query("Stage PLC besturingstechniek ons", ["plc"], "nl"), 2)
    assert why.score == 0
    assert why.contributions == ()
    assert why.gates[1].factor == 0


def test_the_largest_lines_and_the_rest_make_the_score(matcher):
    why = matcher.explain(Query("Programmeren van robots en besturingen", ["plc", "cad"], "nl"), 0)
    lines, rest = why.top(2)
    assert len(lines) == 2
    assert lines[0].value >= lines[1].value
    assert sum(line.value for line in lines) + rest == pytest.approx(why.score, abs=1e-12)


def test_versions_go_with_it(matcher):
    assert matcher.explain(Query("lassen"), 0).versions == matcher.versions_
