import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from ipf_talent.matching.engine import Background, Document, Query
from ipf_talent.matching.engine.space import Space
from ipf_talent.matching.engine.terms import as_terms, lookup

TEXTS = ["robot las robot", "robot kok", "camera las kok robots", "zaag"]


def weights(vector, block, keys):
    places, known = lookup(vector.terms, as_terms(block, keys))
    return np.where(known, vector.weights[places], 0.0)


def test_rarity_of_words_is_that_of_scikit_learn():
    background = Background.fit(TEXTS, langs=["en"] * 4)
    vectorizer = TfidfVectorizer().fit(["robot las robot", "robot kok", "camera las kok robot", "zaag"])
    names = vectorizer.get_feature_names_out()
    assert background.idf(as_terms("word", names)) == pytest.approx(vectorizer.idf_)


def test_a_word_weighs_by_rarity_saturation_and_length():
    background = Background.fit(TEXTS, langs=["en"] * 4)
    space = Space(background, {}, 1.0, k1=1.5, b=0.75, document_title=0.0, query_title=0.0)
    words, concepts = space.document(Document("a", "robot las robot", lang="en"))
    length = 1 - 0.75 + 0.75 * 3 / background.mean_length
    expected = background.idf(as_terms("word", ["robot", "las"])) * [2 * 2.5 / (2 + 1.5 * length), 2.5 / (1 + 1.5 * length)]
    assert weights(words, "word", ["robot", "las"]) == pytest.approx(expected, rel=1e-6)
    assert len(concepts.terms) == 0


def test_no_document_gives_a_query_more_than_1():
    background = Background.fit(TEXTS, langs=["en"] * 4)
    space = Space(background, {}, 1.0, k1=1.5, b=0.0, document_title=1.0, query_title=2.0)
    asked = space.query(Query("robot las camera", lang="en")).words
    words, _ = space.document(Document("a", "robot las camera " * 1000, lang="en"))
    assert words.terms.tolist() == asked.terms.tolist()
    assert 0.9 < float(asked.weights @ words.weights) < 1


def test_a_word_of_the_title_counts_more_and_a_list_has_no_title():
    space = Space(Background.fit(TEXTS, langs=["en"] * 4), {}, 1.0, k1=1.5, b=0.75, document_title=1.0, query_title=2.0)
    assert space.counts("robot welder. Take a camera.", "en", 2.0) == {"robot": 3, "welder": 3, "take": 1, "camera": 1}
    assert space.counts("robot; camera; saw", "en", 2.0) == {"robot": 1, "camera": 1, "saw": 1}


def test_a_term_never_seen_is_the_rarest(background):
    rare, common = background.idf(as_terms("word", ["never-seen", "robot"]))
    assert rare == pytest.approx(np.log(1 + background.n_texts) + 1)
    assert common < rare


def test_a_broader_concept_is_less_rare_than_a_narrow_one(background):
    assert background.rarity("automation") < background.rarity("siemens-plc") < background.rarity("never-seen") == 1


def test_sentences_that_many_texts_share_are_learnt():
    shared = "Wij zijn een familiebedrijf met hart voor techniek."
    background = Background.fit([f"Wij zoeken vakman {n}. {shared}" for n in range(6)])
    assert background.boilerplate == {"wij zijn een familiebedrijf met hart voor techniek"}


def test_a_short_or_rare_sentence_is_not_boilerplate():
    background = Background.fit([f"Werk nummer {n}. Kom snel. {'Dit staat hier vier keer.' * (n < 4)}" for n in range(9)])
    assert background.boilerplate == frozenset()


def test_a_stored_background_is_the_same(tmp_path, background):
    background.save(tmp_path / "background.npz")
    stored = Background.load(tmp_path / "background.npz")
    assert stored.version == background.version
    assert stored.concepts == background.concepts
    assert np.array_equal(stored.terms, background.terms)


def test_the_version_follows_the_content_and_not_the_order():
    first, turned = Background.fit(["robot", "las"], [["a"], ["b"]]), Background.fit(["las", "robot"], [["b"], ["a"]])
    other = Background.fit(["robot", "las", "las"], [["a"], ["b"]])
    assert first.version == turned.version != other.version


def test_another_file_is_no_background(tmp_path):
    np.savez(tmp_path / "other.npz", terms=np.zeros(1))
    with pytest.raises(ValueError, match="holds no background"):
        Background.load(tmp_path / "other.npz")


def test_an_empty_background_makes_all_terms_alike():
    background = Background.fit([])
    assert background.idf(as_terms("word", ["a", "b"])).tolist() == [1, 1]
    assert background.rarity("plc") == 1
