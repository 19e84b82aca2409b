import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from ipf_talent.matching.engine import Document, Matcher, Query
from ipf_talent.matching.engine.concepts import reach


@pytest.fixture(scope="module")
def fit(background, relations):
    def fit_documents(documents, **parameters) -> Matcher:
        return Matcher(**parameters).fit(documents, background=background, relations=relations)

    return fit_documents


@given(data=st.data())
def test_the_best_n_are_those_of_sorting_everything(data, fit, corpora, students):
    documents, query = data.draw(corpora), data.draw(students)
    mask = np.array(data.draw(st.lists(st.booleans(), min_size=len(documents), max_size=len(documents))), bool)
    ties = np.array([data.draw(st.integers(0, 2)) for _ in documents], float)
    n = data.draw(st.integers(1, 12))
    matcher = fit(documents)
    scores = matcher.scores(query)
    found = matcher.rank([query], n, mask=mask, ties=ties)[0]
    fitting = [row for row in range(len(documents)) if mask[row] and scores[row] > 0]
    by_hand = sorted(fitting, key=lambda row: (-scores[row], ties[row]))[:n]
    assert [(scores[row], ties[row]) for row in by_hand] == [(scores[row], ties[row]) for row in found.rows]
    assert found.scores.tolist() == [scores[row] for row in found.rows]
    assert set(found.rows) <= set(fitting)
    assert found.considered == mask.sum()
    assert found.ids == tuple(documents[row].id for row in found.rows)


@given(data=st.data())
def test_scores_are_the_inner_products_of_the_vectors(data, fit, corpora, students):
    documents, query = data.draw(corpora), data.draw(students)
    matcher = fit(documents, must_floor=1.0, text_floor=0.0, text_floor_stray=0.0)
    space = matcher.index_.space
    ours = space.query(query)
    for document, score in zip(documents, matcher.scores(query), strict=True):
        words, concepts = space.document(document)
        text = dot(ours.words, words) * ours.n_words / (ours.n_words + 8)
        share = 0.8 * len(document.asked) / (len(document.asked) + 8)
        own = space.concepts(reach(query.concepts, space.relations))
        evidence = (1 - (share if query.concepts else 0.8)) ** 0.5 * text + 0.2 * share**0.5 * dot(own, concepts)
        assert score == pytest.approx(evidence / (evidence + 0.05), abs=1e-12)


def dot(ours, theirs) -> float:
    weights = dict(zip(theirs.terms.tolist(), theirs.weights.tolist(), strict=True))
    return sum(w * weights.get(t, 0.0) for t, w in zip(ours.terms.tolist(), ours.weights.tolist(), strict=True))


@given(data=st.data())
def test_scores_lie_between_0_and_1_and_are_numbers(data, fit, corpora, students):
    scores = fit(data.draw(corpora)).scores(data.draw(students))
    assert np.isfinite(scores).all()
    assert ((scores >= 0) & (scores < 1)).all()


@given(data=st.data())
def test_gaining_an_asked_skill_never_lowers_the_places_score(data, fit, corpora, students):
    documents, query = data.draw(corpora), data.draw(students)
    matcher = fit(documents)
    before = matcher.scores(query)
    for row, document in enumerate(documents):
        for slug in document.asked:
            assert matcher.scores(query.gaining(slug))[row] >= before[row]


@given(data=st.data())
def test_a_further_skill_never_lowers_any_score(data, fit, corpora, students, concepts):
    documents, query = data.draw(corpora), data.draw(students.filter(lambda query: query.concepts))
    matcher = fit(documents)
    gained = data.draw(concepts)
    after = matcher.scores(Query(query.text, (*query.concepts, *gained), query.lang))
    assert (after >= matcher.scores(query)).all()


@given(data=st.data())
def test_the_order_of_the_documents_does_not_matter(data, fit, corpora, students):
    documents, query, seed = data.draw(corpora), data.draw(students), data.draw(st.integers())
    shuffled = data.draw(st.permutations(documents))
    first, second = (fit(order).rank([query], 20, seed=seed)[0] for order in (documents, shuffled))
    assert first.ids == second.ids
    assert first.scores.tolist() == second.scores.tolist()


@given(data=st.data())
def test_removing_a_document_changes_no_other_score(data, fit, corpora, students):
    documents, query = data.draw(corpora.filter(bool)), data.draw(students)
    gone = data.draw(st.integers(0, len(documents) - 1))
    rest = documents[:gone] + documents[gone + 1 :]
    assert np.delete(fit(documents).scores(query), gone).tolist() == fit(rest).scores(query).tolist()


def test_more_must_haves_met_means_a_higher_score(fit):
    text, musts = "Programmeren aan robots", ("cad", "cooking", "plc", "welding")
    matcher = fit([Document("a", text, musts=musts, lang="nl")])
    scores = [matcher.scores(Query(text, musts[:n], "nl"))[0] for n in range(5)]
    assert scores == sorted(set(scores))


def test_a_related_skill_helps_less_than_the_skill_itself(fit):
    matcher = fit([Document("a", musts=["plc"])])
    own, narrower, related, stranger = (
        matcher.scores(Query(concepts=[slug]))[0] for slug in ("plc", "siemens-plc", "robotics", "cooking")
    )
    assert own > narrower > related > stranger == 0


KITCHEN = (
    "Stage in de keuken van ons restaurant in Assen. Je leert koken, bakken, bestellen, rekenen en schoonmaken, "
    "je bedient gasten aan tafel en je maakt kennis met voedselveiligheid. Vision is alles in de horeca."
)


def test_a_stray_word_does_not_make_a_match(fit):
    kitchen = [Document("kitchen", KITCHEN, musts=["cooking"], lang="nl")]
    student = Query("Vision, PLC programmeren, besturingstechniek, robotcel en lassen", ["plc"], "nl")
    assert fit(kitchen).rank([student])[0].ids == ()
    assert fit(kitchen, text_floor_stray=0.0).rank([student])[0].ids == ("kitchen",)


def test_a_place_that_states_no_skills_is_judged_by_its_text(fit):
    documents = [
        Document("silent", "Lassen aan machines. " + KITCHEN, lang="nl"),
        Document("kitchen", KITCHEN, lang="nl"),
    ]
    assert fit(documents).rank([Query("Lassen van machines", ["cad"], "nl")])[0].ids == ("silent",)


def test_without_skills_a_place_is_not_put_behind_because_it_says_what_it_asks(fit):
    text = "Robots en machines onderhouden"
    matcher = fit([Document("silent", text, lang="nl"), Document("clear", text, musts=["plc", "cad"], lang="nl")])
    silent, clear = matcher.scores(Query(text, lang="nl"))
    assert silent == clear > 0


def test_a_mask_filters_inside_the_search(fit, places):
    matcher = fit([*places, *(Document(f"twin-{n}", places[0].text, musts=places[0].musts, lang="nl") for n in range(20))])
    student = Query("Programmeren", ["vision", "plc"], "nl")
    mask = np.array([id in {"vision", "robot-cell"} for id in matcher.ids_])
    found = matcher.rank([student], 2, mask=mask)[0]
    assert set(found.ids) == {"vision", "robot-cell"}
    assert found.considered == 2
    each = matcher.rank([student, student], 30, mask=np.array([mask, ~mask]))
    assert set(each[0].ids).isdisjoint(each[1].ids)


def test_facts_make_a_mask_and_silence_passes(fit, places):
    matcher = fit(places)
    assert matcher.allowed(level=["hbo"]).tolist() == [True, True, False, True]
    assert matcher.allowed(level=["mbo_3", "mbo_4"]).tolist() == [True, False, True, True]
    assert matcher.allowed(level=[]).tolist() == [False, False, False, True]
    assert matcher.allowed().all()
    assert matcher.allowed(unheard=["of"]).all()
    with pytest.raises(TypeError, match="not as one string"):
        matcher.allowed(level="hbo")


def test_ties_go_to_the_fewest_and_then_to_a_seeded_lot(fit):
    documents = [Document(f"place-{n}", "Lassen", lang="nl") for n in range(8)]
    matcher, student = fit(documents), Query("Lassen", lang="nl")
    ties = [3, 1, 2, 1, 5, 0, 1, 2]
    ids = matcher.rank([student], 8, ties=ties)[0].ids
    assert [ties[matcher.row_of(id)] for id in ids] == sorted(ties)
    lots = [matcher.rank([student], 8, seed=seed)[0].ids for seed in range(20)]
    assert lots == [fit(documents[::-1]).rank([student], 8, seed=seed)[0].ids for seed in range(20)]
    assert len({ids[0] for ids in lots}) > 4


@given(data=st.data())
def test_learning_gives_the_rank_of_really_ranking_again(data, fit, corpora, students):
    documents, query = data.draw(corpora.filter(bool)), data.draw(students)
    row = data.draw(st.integers(0, len(documents) - 1))
    ties = [data.draw(st.integers(0, 1)) for _ in documents]
    matcher = fit(documents)
    steps = matcher.learn(query, row, ties=ties, seed=7)
    assert {step.concept for step in steps} == {
        *matcher.explain(query, row).partly,
        *matcher.explain(query, row).missing,
    }
    for step in steps:
        again = matcher.rank([query.gaining(step.concept)], len(documents), ties=ties, seed=7)[0]
        assert step.rank == (again.ids.index(documents[row].id) + 1 if documents[row].id in again.ids else None)
        assert step.of == len(documents)
        assert step.must == (step.concept in documents[row].musts)


def test_learning_ranks_among_what_the_mask_lets_through_and_the_place_itself(fit, places):
    matcher = fit(places)
    student = Query("Programmeren", ["vision"], "nl")
    steps = matcher.learn(student, 0, mask=matcher.allowed(level=["mbo_3"]))
    assert [step.concept for step in steps if step.must] == [step.concept for step in steps][:2]
    assert all((step.rank, step.of) == (1, 3) for step in steps)


@pytest.mark.parametrize("query", [Query(), Query("🤖"), Query("lassen"), Query("the"), Query("", ["unheard-of"])])
def test_a_query_with_little_in_it_gets_an_honest_answer(fit, places, query):
    matcher = fit(places)
    assert np.isfinite(matcher.scores(query)).all()
    assert matcher.rank([query])[0].considered == len(places)
    assert Query() != query or len(matcher.rank([query])[0]) == 0


def test_no_documents_no_queries_and_documents_without_anything(fit, places):
    assert len(fit([]).rank([Query("lassen", ["plc"])])[0]) == 0
    assert fit(places).rank([]) == []
    assert fit([Document("empty")]).scores(Query("lassen", ["plc"])).tolist() == [0]


def test_a_megabyte_of_text_and_ten_thousand_skills_do_no_harm(fit, places):
    text = "robot PLC programmeren; koken 🤖 " * 35_000
    slugs = [f"skill-{n}" for n in range(10_000)]
    matcher = fit([*places, Document("long", text, musts=slugs)])
    scores = matcher.scores(Query(text, slugs))
    assert np.isfinite(scores).all()
    assert scores.argmax() == 4
    why = matcher.explain(Query(text, slugs[:50]), 4)
    assert sum(line.value for line in why.contributions) == pytest.approx(why.score, abs=1e-9)


def test_ids_stand_once(fit, places):
    with pytest.raises(ValueError, match="more than once: vision"):
        fit([*places, Document("vision")])
    with pytest.raises(ValueError, match="needs an id"):
        Document("")


def test_concepts_come_as_a_collection():
    with pytest.raises(TypeError, match="not as one string"):
        Query(concepts="plc")


def test_impossible_arguments_are_refused(fit, places):
    matcher, student = fit(places), Query("lassen")
    with pytest.raises(ValueError, match="at least 1"):
        matcher.rank([student], 0)
    with pytest.raises(ValueError, match="mask is of bool"):
        matcher.rank([student], mask=np.ones(3, bool))
    with pytest.raises(ValueError, match="mask is of bool"):
        matcher.rank([student], mask=np.ones(4, int))
    with pytest.raises(ValueError, match="4 numbers"):
        matcher.rank([student], ties=[1, 2, 3, float("nan")])
    with pytest.raises(IndexError, match="no row 4"):
        matcher.explain(student, 4)
    with pytest.raises(IndexError, match="no row -1"):
        matcher.learn(student, -1)
    with pytest.raises(KeyError):
        matcher.row_of("nowhere")


def test_it_is_an_estimator_as_scikit_learn_knows_them(fit, places):
    matcher = fit(places, half=0.5)
    assert clone(matcher).get_params() == matcher.get_params()
    with pytest.raises(NotFittedError):
        clone(matcher).rank([Query("lassen")])
    assert matcher.fit(places) is matcher


def test_a_parameter_makes_another_model_version():
    assert Matcher().model_version == Matcher().model_version != Matcher(gain=0.31).model_version
