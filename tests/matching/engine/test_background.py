import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from ipf_talent.matching.engine import Background
from ipf_talent.matching.engine.space import Space
from ipf_talent.matching.engine.terms import as_terms, lookup

TEXTS = ["robot las robot", "robot kok", "camera las kok robots", "zaag"]


def weights(vector, block, keys):
    places, known = lookup(vector.terms, as_terms(block, keys))
    return np.where(known, vector.weights[places], 0.0)


def test_the_word_block_is_that_of_scikit_learn():
    space = Space(Background.fit(TEXTS, langs=["en"] * 4), {}, 1.0)
    stemmed = ["robot las robot", "robot kok", "camera las kok robot", "zaag"]
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True).fit(stemmed)
    names = vectorizer.get_feature_names_out()
    for text, ours in zip(stemmed, TEXTS, strict=True):
        expected = vectorizer.transform([text]).toarray()[0]
        assert weights(space.text(ours, "en").words, "word", names) == pytest.approx(expected)


def test_the_character_block_is_that_of_scikit_learn():
    space = Space(Background.fit(TEXTS, langs=["en"] * 4), {}, 1.0)
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True).fit(TEXTS)
    names = vectorizer.get_feature_names_out()
    for text in TEXTS:
        expected = vectorizer.transform([text]).toarray()[0]
        found = space.text(text, "en").chars
        assert weights(found, "chars", names) == pytest.approx(expected)
        assert len(found.terms) == np.count_nonzero(expected)


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
