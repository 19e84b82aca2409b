"""Adding, changing and removing documents without fitting again gives what a new fit on the same background gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipf_talent.matching.engine import Document, Matcher, Query, kernels, load, save


def answers(matcher, queries, **how):
    return [(one.ids, one.scores.tolist()) for one in matcher.rank(queries, 20, **how)]


@given(data=st.data())
def test_changes_one_after_another_give_what_a_new_fit_gives(data, background, relations, corpora, students):
    fitted = {"background": background, "relations": relations}
    now = {document.id: document for document in data.draw(corpora)}
    queries = data.draw(st.lists(students, min_size=1, max_size=2))
    matcher = Matcher().fit(now.values(), **fitted)
    for _ in range(data.draw(st.integers(1, 3))):
        before, old = answers(matcher, queries), matcher
        remove = data.draw(st.lists(st.sampled_from(sorted(now)), unique=True)) if now else []
        add = [document for document in data.draw(corpora) if document.id not in now or document.id in remove]
        matcher = matcher.changed(add=add, remove=remove)
        now = {id: document for id, document in now.items() if id not in remove} | {document.id: document for document in add}
        assert answers(old, queries) == before
        assert set(matcher.ids_) == set(now) and len(matcher) == len(now)
        for kernel in ("numpy", "auto"):
            kernels.choose(kernel)
            assert answers(matcher, queries) == answers(Matcher().fit(now.values(), **fitted), queries)
        assert answers(matcher.compact(), queries) == answers(matcher, queries)
        for query in queries:
            for row, id in enumerate(matcher.ids_):
                assert matcher.row_of(id) == row and matcher.documents_[row] == now[id]
                assert matcher.explain(query, row).score == matcher.scores(query)[row]


@pytest.fixture
def matcher(places, background, relations):
    return Matcher().fit(places, background=background, relations=relations)


def test_a_changed_document_is_found_by_what_it_says_now(matcher):
    changed = matcher.changed(add=[Document("kitchen", "Programmeren van robots", musts=["plc"], lang="nl")], remove=["kitchen"])
    student = Query("robots", ["plc"], "nl")
    assert "kitchen" in changed.rank([student])[0].ids
    assert "kitchen" not in matcher.rank([student])[0].ids
    assert changed.learn(student, changed.row_of("vision"))[0].concept == "vision"
    assert changed.allowed(level=["mbo_3"]).tolist() == [id in {"open", "kitchen"} for id in changed.ids_]


def test_an_id_that_is_there_or_comes_twice_is_refused(matcher):
    with pytest.raises(ValueError, match="more than once: open"):
        matcher.changed(add=[Document("open", "x")])
    with pytest.raises(ValueError, match="more than once: new"):
        matcher.changed(add=[Document("new", "x"), Document("new", "y")])


def test_removing_what_is_not_there_is_refused(matcher):
    with pytest.raises(KeyError, match="no document to remove with the id: nowhere"):
        matcher.changed(remove=["nowhere", "open"])


def test_the_corpus_has_another_version_after_a_change_and_the_model_has_not(matcher):
    changed = matcher.changed(remove=["open"])
    assert changed.versions_.corpus != matcher.versions_.corpus
    assert changed.versions_.model == matcher.versions_.model


def test_everything_may_go(matcher):
    empty = matcher.changed(remove=matcher.ids_)
    assert len(empty) == 0 and answers(empty, [Query("robots", ["plc"], "nl")]) == [((), [])]


def test_a_changed_matcher_is_stored_whole(matcher, tmp_path):
    changed = matcher.changed(add=[Document("new", "Lassen aan robots", lang="nl")], remove=["kitchen"])
    save(changed, tmp_path)
    student = Query("lassen", lang="nl")
    assert answers(load(tmp_path), [student]) == answers(changed, [student])
    assert set(load(tmp_path).ids_) == {"robot-cell", "vision", "open", "new"}
