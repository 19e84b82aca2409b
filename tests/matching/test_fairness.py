"""Whether a swap moves a score: never as a field, and seen where it does."""

from dataclasses import replace

import pytest

from ipf_talent.accounts.roles import Role
from ipf_talent.matching.engine import Document, Matcher, Query
from ipf_talent.matching.fairness import check
from ipf_talent.matching.ranking import query_of
from ipf_talent.matching.variants import OTHERS, THINGS, VALUES
from ipf_talent.profiles import queries as profiles
from ipf_talent.profiles import services
from ipf_talent.skills.recognition import Recogniser
from ipf_talent.skills.taxonomy import Concept, Taxonomy
from tests.factories.accounts import make_user
from tests.factories.programmes import make_programme
from tests.matching.conftest import PLC_STUDENT

LABELS = {
    "welding": ("lassen", "welding"), "milling": ("frezen", "milling"), "turning": ("draaien", "turning"),
    "grinding": ("slijpen", "grinding"), "bending": ("buigen", "bending"), "casting": ("gieten", "casting"),
    "drilling": ("boren", "drilling"),
}  # fmt: skip
TAXONOMY = Taxonomy.of([Concept(slug, "skill", "production", *labels) for slug, labels in LABELS.items()], [], [])
TRADES = [
    Document(slug, f"{labels[0]} in onze werkplaats. {labels[1]} in our shop.", musts=[slug], lang="nl")
    for slug, labels in LABELS.items()
]
NEAR_THE_SCHOOL = [Document(f"near-{n}", school, lang="nl") for n, school in enumerate(VALUES["school"])]


def of_card(card):
    return query_of(card, Recogniser(TAXONOMY).find)


def effects(documents=TRADES, query_of=of_card, find=lambda text: (), way="fields"):
    matcher = Matcher(text_floor=0.0, text_floor_stray=0.0).fit(documents)
    return {one.thing: one for one in getattr(check(matcher, TAXONOMY, query_of, find, count=12), way)}


def test_as_a_field_nothing_changes_a_score():
    found = effects([*TRADES, *NEAR_THE_SCHOOL])
    assert list(found) == list(THINGS)
    for one in found.values():
        assert one.identical and one.variants == 12 * OTHERS and one.answered == 1
        assert (one.greatest, one.usual, one.moved, one.first, one.skills) == (0, 0, 0, 0, 0)


@pytest.mark.parametrize(("field", "thing"), [("programme", "school"), ("place", "birthplace")])
def test_a_product_that_read_a_field_would_be_caught(field, thing):
    documents = [*TRADES, *NEAR_THE_SCHOOL, *(Document(f"in-{n}", town, lang="nl") for n, town in enumerate(VALUES["birthplace"]))]
    found = effects(documents, lambda card: Query(f"{card.wish} {getattr(card, field)}", card.slugs))
    assert not found[thing].identical and found[thing].greatest > 0
    assert all(one.identical for other, one in found.items() if other != thing)


@pytest.mark.parametrize("way", ["text", "text_alone"])
def test_in_a_text_the_school_counts_as_words_do(way):
    found = effects([*TRADES, *NEAR_THE_SCHOOL], way=way)["school"]
    assert not found.identical
    assert 0 < found.usual <= found.greatest < 1
    assert 0 < found.moved <= 1 and 0 <= found.first <= 1


def test_another_place_on_top_is_counted():
    alone = effects(NEAR_THE_SCHOOL, way="text_alone")["school"]
    assert alone.first > 0.5


def test_skills_that_are_read_from_a_name_are_counted():
    found = effects(find=lambda text: ["welding"] if "Smid" in text else [], way="text_alone")
    assert found["name"].skills > 0
    assert found["gender"].skills == found["school"].skills == found["birthplace"].skills == 0


def test_places_that_share_nothing_with_anyone_move_nothing():
    found = effects([Document("far", "木曜日", lang="nl")], way="text_alone")
    assert all(one.identical and one.moved == one.answered == 0 for one in found.values())


def test_two_accounts_that_differ_in_name_and_school_ask_the_same(session):
    asked = []
    for name, school in (("Fatima El Amrani", "one-school"), ("Jelle de Vries", "other-school")):
        make_programme(slug=school)
        user = make_user(Role.STUDENT, display_name=name)
        services.save(user.id, replace(PLC_STUDENT, skills=(), programme=school))
        session.commit()
        asked.append(of_card(profiles.card_of(user.id)))
        assert profiles.card_of(user.id).programme == school
    assert asked[0] == asked[1] and asked[0].text == PLC_STUDENT.wish
