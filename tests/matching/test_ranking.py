"""Filters inside the search, ranks that are real, and an order among equals that takes turns."""

from dataclasses import replace

import pytest

from ipf_talent import clock
from ipf_talent.matching import queries, services
from ipf_talent.matching.engine import Document, Matcher, Query
from ipf_talent.matching.filters import Wanted
from ipf_talent.matching.ranking import FAINT, WISHED, Search, best_step, fitting, movers, query_of
from ipf_talent.profiles.card import Card, KnownSkill
from ipf_talent.programmes.levels import Level
from ipf_talent.skills import queries as skills
from ipf_talent.skills.recognition import Recogniser
from ipf_talent.skills.taxonomy import Concept, Taxonomy
from tests.factories.skills import make_skill
from tests.factories.vacancies import make_vacancy

ALL = Wanted()

NOTHING = Taxonomy.of([], [], [])
TRADES = Taxonomy.of(
    [
        Concept("plc-programming", "skill", "automation", "PLC's programmeren", "PLC programming"),
        Concept("welding", "skill", "production", "lassen", "welding"),
        Concept("robotics", "knowledge", "automation", "robotica", "robotics"),
    ],
    [], [],
)  # fmt: skip


@pytest.fixture
def search(taught, tmp_path):
    """A search of a student who knows PLCs, over the places that are there when it is called."""

    def make(wanted: Wanted = ALL, concepts=("plc-programming",), text: str = "", seed: int = 0) -> Search:
        today = clock.today()
        services.rebuild(tmp_path / "match", today)
        matcher = services.open_index(tmp_path / "match" / "places", skills.taxonomy())
        rows = {row.slug: row for row in queries.open_places(today)}
        return Search(matcher, Query(text, concepts, "nl"), rows, wanted, seed)

    return make


def test_ten_fitting_places_are_found_behind_forty_better_ones_that_are_hidden(search, taught):
    for number in range(40):
        make_vacancy(slug=f"better-{number}", level=Level.MASTER, musts=(taught["plc-programming"],))
    for number in range(10):
        make_vacancy(slug=f"fitting-{number}", musts=(taught["plc-programming"], taught["welding"]))
    found = search(Wanted(levels=frozenset({Level.MBO_4})))
    assert sorted(found.ranking.ids) == [f"fitting-{number}" for number in range(10)]
    assert found.count(Wanted()) == 50 and found.count(found.wanted) == 10


def test_a_place_that_closed_since_is_not_found(search, taught):
    make_vacancy(slug="stays", musts=(taught["plc-programming"],))
    make_vacancy(slug="closes", musts=(taught["plc-programming"],))
    found = search()
    later = replace(found, rows={"stays": found.rows["stays"]})
    assert sorted(found.ranking.ids) == ["closes", "stays"] and list(later.ranking.ids) == ["stays"]


def test_places_of_equal_fit_take_turns_and_stand_still_within_a_day(search, taught):
    for number in range(8):
        make_vacancy(slug=f"same-{number}", title_nl="Stage", title_en="", musts=(taught["plc-programming"],))
    days = [tuple(replace(found, seed=seed).ranking.ids) for found in [search()] for seed in (1, 1, 2, 3)]
    assert days[0] == days[1] and len(set(days)) == 3


def test_learn_gives_the_rank_that_ranking_again_gives(search, taught):
    make_vacancy(slug="asks-three", musts=(taught["cad"], taught["robotics"]), wanted=(taught["plc-programming"],))
    for slug in ("cad", "robotics", "welding", "siemens-plc"):
        make_vacancy(slug=f"asks-{slug}", musts=(taught[slug],), wanted=(taught["plc-programming"],))
    found = search(seed=7)
    steps = found.steps("asks-three")
    assert {step.concept for step in steps} == {"cad", "robotics"}
    for step in steps:
        assert step.before == found.rank_of("asks-three")
        assert step.rank == found.gaining([step.concept]).rank_of("asks-three")
    best = best_step(steps)
    assert best is None or best.rank < best.before
    assert fitting(found, "asks-three", NOTHING).step == best


def test_a_step_that_moves_nothing_is_not_offered_on_a_card(search, taught):
    make_vacancy(slug="only", musts=(taught["plc-programming"], taught["cad"]))
    found = search()
    assert found.steps("only")[0].rank == 1 and fitting(found, "only", NOTHING).step is None


def test_what_a_programme_teaches_moves_the_places_that_ask_it(search, taught):
    make_vacancy(slug="first", musts=(taught["plc-programming"],))
    make_vacancy(slug="vision", musts=(taught["machine-vision"], taught["robotics"]), wanted=(taught["plc-programming"],))
    make_vacancy(slug="weld", musts=(taught["welding"],))
    found = search()
    moved = movers(found, ["machine-vision", "robotics"])
    later = found.gaining(["machine-vision", "robotics"])
    assert [(one.row.slug, one.before, one.rank) for one in moved] == [("vision", 2, later.rank_of("vision"))]
    assert moved[0].fit > moved[0].fit_before > 0


def test_a_place_that_others_overtake_is_not_said_to_fit_better(search, taught):
    make_vacancy(slug="gains", musts=(taught["plc-programming"],), wanted=(taught["cad"], taught["welding"], taught["robotics"]))
    for number in range(2):
        make_vacancy(
            slug=f"overtakes-{number}", musts=(taught["cad"], taught["machine-vision"]), wanted=(taught["plc-programming"],)
        )
    found = search()
    more = ["cad", "machine-vision"]
    later = found.gaining(more)
    assert later.rank_of("gains") > found.rank_of("gains") == 1
    assert later.ranking.scores[2] > found.ranking.scores[0]
    assert sorted(one.row.slug for one in movers(found, more)) == ["overtakes-0", "overtakes-1"]


def test_places_that_fit_faintly_are_found_and_not_counted_as_fitting(search, taught):
    make_vacancy(slug="fits", musts=(taught["plc-programming"],))
    others = [make_skill(f"other-{number}") for number in range(24)]
    make_vacancy(slug="faint", title_nl="Imker", title_en="", description_nl="Bijen.", description_en="",
                 musts=others, wanted=(taught["plc-programming"],))  # fmt: skip
    found = search()
    assert found.ranking.ids == ("fits", "faint") and found.ranking.scores[1] < FAINT
    assert (found.count(ALL), found.count_fitting(ALL)) == (2, 1)


def test_a_place_that_is_not_in_the_index_has_no_reasons_and_no_steps(search, taught):
    make_vacancy(slug="old", musts=(taught["plc-programming"],))
    found = search()
    assert found.explain("new") is None and found.steps("new") == [] and found.rank_of("new") is None
    make_vacancy(slug="new")
    assert replace(found, rows={**found.rows, "new": found.rows["old"]}).waiting == 1


def test_only_skills_and_the_wish_of_a_profile_are_read():
    card = Card(
        skills=(KnownSkill("plc-programming", "siemens"),), wish="Robots bouwen", place="Drachten", programme="mechatronics"
    )
    assert query_of(card, lambda text: []) == Query("Robots bouwen", ("plc-programming",))


def test_a_wish_is_read_for_skills_that_count_less_and_meet_no_must_have():
    find = Recogniser(TRADES).find
    wished = query_of(Card(skills=(KnownSkill("plc-programming"),), wish="PLC's programmeren en lassen, niet robotica"), find)
    assert (wished.concepts, wished.linked) == (("plc-programming",), {"welding": WISHED})
    asks = Document("shop", "Hoeken en kanten", musts=["welding"], lang="nl")
    matcher = Matcher().fit([asks, Document("office", "Hoeken en kanten", musts=["cad"], lang="nl")])
    by_wish, by_skill = (Query("", concepts, linked=linked) for concepts, linked in (((), {"welding": WISHED}), (("welding",), {})))
    assert matcher.rank([by_wish])[0].ids == ("shop",)
    assert matcher.explain(by_wish, 0).musts_open == ("welding",)
    assert matcher.scores(by_wish)[0] < matcher.scores(by_skill)[0]


def test_who_learns_a_skill_keeps_what_the_wish_says():
    find = Recogniser(TRADES).find
    before = Search(None, query_of(Card(wish="lassen"), find), {}, Wanted())
    assert before.gaining(["cad"]).query == Query("lassen", ("cad",), linked={"welding": WISHED})
