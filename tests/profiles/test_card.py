from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ipf_talent.profiles.card import MOST_SKILLS, Card, KnownSkill
from ipf_talent.programmes.levels import Level, StartingPoint

slugs = st.from_regex(r"[a-z]{2,12}", fullmatch=True)
cards = st.builds(
    Card,
    point=st.none() | st.sampled_from(StartingPoint),
    programme=st.none() | slugs,
    year=st.none() | st.integers(1, 8),
    skills=st.lists(st.builds(KnownSkill, slugs, st.text(max_size=20)), max_size=5).map(tuple),
    wish=st.text(max_size=50),
    kinds=st.lists(slugs, max_size=2).map(tuple),
    languages=st.lists(slugs, max_size=2).map(tuple),
    available_from=st.none() | st.dates(),
    hours_per_week=st.none() | st.integers(4, 40),
    place=st.none() | slugs,
    travel_km=st.none() | st.integers(1, 500),
)


@given(cards)
def test_a_card_comes_back_from_the_session_as_it_went_in(card):
    assert Card.from_json(card.as_json()) == card


def test_what_a_session_of_another_version_holds_counts_as_not_said():
    assert Card.from_json({"point": "astronaut"}) == Card()
    assert Card.from_json({"skills": [["a", "b", "c", "d"]]}) == Card()
    assert Card.from_json({"colour": "blue", "year": 2}) == Card(year=2)


def test_adding_keeps_what_was_there_and_stops_at_the_most():
    card = Card(skills=(KnownSkill("cad", "tekenen"),)).adding(KnownSkill("plc"), KnownSkill("cad"), KnownSkill("plc", "PLC's"))
    assert card.skills == (KnownSkill("cad", "tekenen"), KnownSkill("plc"))
    full = card.adding(*(KnownSkill(f"skill-{number}") for number in range(100)))
    assert len(full.skills) == MOST_SKILLS
    assert full.without("cad").slugs[0] == "plc"


def test_the_level_comes_from_where_one_stands():
    assert Card(point=StartingPoint.MBO_4).level is Level.MBO_4
    assert Card(point=StartingPoint.HAVO).level is None
    assert Card(available_from=date(2027, 2, 1)).is_empty is False
    assert Card().is_empty


def test_what_belongs_together_comes_from_one_of_two_cards():
    own = Card(programme="mechatronics", available_until=date(2027, 7, 1), place="Drachten", skills=(KnownSkill("cad", "CAD"),))
    other = Card(point=StartingPoint.VWO, year=3, available_from=date(2027, 8, 1), place="Groningen", travel_km=10, wish="Robots",
                 hours_per_week=24, skills=(KnownSkill("plc"), KnownSkill("cad")))  # fmt: skip
    both = own.completed_by(other)
    assert both == Card(programme="mechatronics", available_until=date(2027, 7, 1), place="Drachten", wish="Robots",
                        hours_per_week=24, skills=(KnownSkill("cad", "CAD"), KnownSkill("plc")))  # fmt: skip
    assert Card().completed_by(other) == other
