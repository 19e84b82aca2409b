"""Both ways to find the best give the same to the bit, and what brute force gives."""

from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipf_talent.matching.engine import Document, Matcher, Query, frequent, kernels
from ipf_talent.matching.engine.index import EVERY
from ipf_talent.matching.engine.part import Part
from ipf_talent.matching.engine.postings import BLOCK

pytest.importorskip("numba")


@pytest.fixture(autouse=True)
def any_kernel():
    yield
    kernels.choose("auto")


def found(matcher, queries, **how):
    answers = {}
    for kernel in ("numpy", "numba"):
        kernels.choose(kernel)
        answers[kernel] = [(one.ids, one.scores.tolist()) for one in matcher.rank(queries, **how)]
    return answers


@given(data=st.data())
def test_both_kernels_and_brute_force_agree_to_the_bit(data, background, relations, corpora, students):
    documents = data.draw(corpora)
    queries = data.draw(st.lists(students, max_size=3))
    mask = np.array(data.draw(st.lists(st.booleans(), min_size=len(documents), max_size=len(documents))), bool)
    ties = np.array(data.draw(st.lists(st.integers(0, 2), min_size=len(documents), max_size=len(documents))), float)
    n, seed = data.draw(st.integers(1, 6)), data.draw(st.integers())
    parameters = {"text_floor": data.draw(st.sampled_from([0.0, 0.03])), "gain": data.draw(st.sampled_from([0.0, 0.2, 3.0]))}
    with mock.patch.multiple(frequent, FEW=data.draw(st.sampled_from([0, frequent.FEW])), SHARE=data.draw(st.sampled_from([2, 8]))):
        matcher = Matcher(**parameters).fit(documents, background=background, relations=relations)
    both = found(matcher, queries, n=n, mask=mask, ties=ties, seed=seed)
    assert both["numpy"] == both["numba"]
    for query, (ids, scores) in zip(queries, both["numpy"], strict=True):
        all_scores = matcher.scores(query)
        by_hand = sorted(score for score, there in zip(all_scores.tolist(), mask.tolist(), strict=True) if there and score > 0)
        assert scores == by_hand[::-1][:n]
        assert [all_scores[matcher.row_of(id)] for id in ids] == scores


@pytest.fixture(params=[0, frequent.FEW], ids=["common concepts are looked up", "all are added up"])
def many(request, relations):
    """Documents with common and rare words and concepts, and queries like them."""
    chance = np.random.default_rng(7)
    words = np.array([f"woord{n}" for n in range(400)])
    slugs = np.array(["plc", "siemens-plc", "automation", "robotics", "cad", "vision", "welding", "cooking"])
    often = 1 / np.arange(1, 401)
    documents = [
        Document(
            str(n), " ".join(chance.choice(words, 40, p=often / often.sum())), lang="nl",
            musts=chance.choice(slugs, n % 3, replace=False).tolist(), wanted=chance.choice(slugs, n % 4, replace=False).tolist(),
        )
        for n in range(3000)
    ]  # fmt: skip
    queries = [
        Query(" ".join(chance.choice(words, 30, p=often / often.sum())), chance.choice(slugs, n % 4, replace=False).tolist(), "nl")
        for n in range(20)
    ]
    with mock.patch.object(frequent, "FEW", request.param):
        return Matcher(text_floor=0.0, text_floor_stray=0.0).fit(documents, relations=relations), queries


def test_they_agree_on_many_documents_with_common_and_rare_words(many):
    matcher, queries = many
    both = found(matcher, queries, n=10)
    assert both["numpy"] == both["numba"]
    for query, (_, scores) in zip(queries, both["numpy"], strict=True):
        assert scores == np.sort(matcher.scores(query))[::-1][:10].tolist()


def test_they_agree_on_more_documents_than_one_block_holds(many):
    matcher, queries = many
    once = matcher.index_.base
    times = BLOCK // len(once) + 1
    part = Part.join([(once, np.arange(len(once)))] * times)
    assert part.words.n_blocks == 2
    mask = np.random.default_rng(3).random(len(part)) < 0.9
    for prepared in matcher.prepare(queries):
        by_hand = np.where(mask, np.tile(matcher.scores(prepared.query), times), 0.0)
        least = np.sort(by_hand)[-25]
        for kernel in ("numpy", "numba"):
            kernels.choose(kernel)
            lowest = np.zeros(25)
            best = kernels.best(part, EVERY, prepared, matcher._search.formula, mask, lowest)
            assert set(best.rows.tolist()) >= set(np.flatnonzero((by_hand >= least) & (by_hand > 0)).tolist())
            assert best.scores.tolist() == by_hand[best.rows].tolist()
            assert sorted(lowest.tolist()) == np.sort(by_hand)[-25:].tolist()


def test_what_was_prepared_is_ranked_as_what_was_not(background, relations, places):
    matcher = Matcher().fit(places, background=background, relations=relations)
    queries = [Query("Programmeren van robots", ["plc"], "nl"), Query("koken", lang="nl"), Query()]
    plain, prepared = matcher.rank(queries), matcher.rank(matcher.prepare(queries))
    assert [(one.ids, one.scores.tolist()) for one in plain] == [(one.ids, one.scores.tolist()) for one in prepared]


def test_what_another_matcher_prepared_is_refused(background, relations, places):
    prepared = Matcher(gain=0.5).fit(places, background=background, relations=relations).prepare([Query("koken")])
    with pytest.raises(ValueError, match="prepared by a matcher of another version"):
        Matcher().fit(places, background=background, relations=relations).rank(prepared)


def test_an_unknown_kernel_is_refused():
    with pytest.raises(ValueError, match="no kernel 'fortran'"):
        kernels.choose("fortran")
