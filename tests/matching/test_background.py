"""The frozen background that is shipped, and how it is counted."""

from ipf_talent.matching import background
from ipf_talent.matching.engine.terms import as_terms
from ipf_talent.skills import queries as skills
from tests.factories.programmes import make_programme
from tests.factories.skills import make_occupation
from tests.factories.vacancies import make_vacancy


def test_the_shipped_file_is_small_and_whole():
    assert background.FILE.stat().st_size < 400_000
    shipped = background.frozen()
    assert shipped.n_texts > 1_000 and shipped.n_profiles > 100 and len(shipped.concepts) > 400
    assert background.frozen_version() == shipped.version


def test_common_words_and_skills_weigh_less_than_rare_ones():
    shipped = background.frozen()
    machine, never = shipped.idf(as_terms("word", ["machin", "qwertyuiop"]))
    assert machine < never
    assert shipped.rarity("mechanics") <= shipped.rarity("no-such-skill") == 1


def test_texts_and_profiles_of_all_tables_are_counted(session, taught):
    before = background.count(skills.taxonomy())
    make_vacancy(
        musts=(taught["cad"],), wanted=(taught["welding"],), description_nl="Zonnepanelen. Kwartsglas.", learn_nl="Kwartsglas."
    )
    make_programme(teaches=(taught["cad"],), description_nl="Kwartsglas slijpen.")
    make_occupation(essential=(taught["cad"], taught["robotics"]))
    after = background.count(skills.taxonomy())
    assert after.n_profiles - before.n_profiles == 3
    assert (after.concepts["cad"], after.concepts["welding"]) == (3, 1)
    word = as_terms("word", ["kwartsglas"])
    assert before.idf(word)[0] > 0 and word[0] in after.terms and word[0] not in before.terms


def test_what_occurs_once_is_left_out_of_the_file(session):
    make_programme(description_nl="Uniekwoord.")
    assert as_terms("word", ["uniekwoord"])[0] not in background.count(skills.taxonomy()).terms
