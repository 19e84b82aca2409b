"""The example region: a student on mbo 4 with PLCs, CAD and mechatronics finds what fits, with reasons that are true."""

import re

import pytest
from bs4 import BeautifulSoup

from ipf_talent import clock
from ipf_talent.matching import indexes, queries, sheet
from ipf_talent.matching.engine.concepts import met
from ipf_talent.matching.filters import Wanted
from ipf_talent.matching.ranking import Search, query_of
from ipf_talent.profiles.card import Card, KnownSkill
from ipf_talent.programmes.levels import Level, StartingPoint
from ipf_talent.skills import queries as skills

pytestmark = pytest.mark.demo

ADDRESSES = ("/match/places", "/match/programmes")


def card(point: StartingPoint, *slugs: str, wish: str = "") -> Card:
    return Card(point=point, skills=tuple(KnownSkill(slug) for slug in slugs), wish=wish)


STUDENT = card(StartingPoint.MBO_4, "plc-programming", "cad", "mechatronics", wish="Ik wil leren hoe je robots programmeert.")
CARDS = (
    STUDENT,
    card(StartingPoint.MBO_2, "welding"),
    card(StartingPoint.WO_BACHELOR, "machine-learning", "python", wish="I like computer vision and robots."),
    card(StartingPoint.HBO_BACHELOR, wish="Meten aan kleine onderdelen, optica en lasers"),
)


@pytest.fixture
def search(app, world):
    """Everyone's search among all open places of the region."""
    with app.app_context():
        taxonomy = skills.taxonomy()
        matcher = indexes.places(taxonomy).matcher
        assert matcher is not None
        rows = {row.slug: row for row in queries.open_places(clock.today())}
        yield lambda person, wanted=Wanted(): Search(matcher, query_of(person, skills.recogniser().find), rows, wanted, 1)  # noqa: B008 never changed


@pytest.fixture
def say(visitor):
    def say(person: Card):
        with visitor.session_transaction() as cookie:
            cookie["card"] = person.as_json()
        return visitor

    return say


@pytest.mark.parametrize(
    ("wish", "asked"), [("iets met lasersnijden", "laser-cutting"), ("C++", "cpp"), ("ik wil met robots werken", "robotics")]
)
def test_a_wish_alone_finds_the_places_that_ask_for_it(search, wish, asked):
    found = search(Card(wish=wish))
    documents = {document.id: document for document in found.matcher.documents_}
    asking = {slug for slug, document in documents.items() if asked in document.asked}
    assert asking and asking <= set(found.ranking.ids)


def test_a_skill_in_a_wish_is_told_as_a_wish(search):
    found = search(Card(wish="C++"))
    slug = next(document.id for document in found.matcher.documents_ if "cpp" in document.asked)
    lines = sheet.summed(found.explain(slug), (), sheet.labels(skills.taxonomy())).lines
    assert [line.detail for line in lines if line.label == "C++"] == ["Je wenst het, en de plek vraagt het."]
    assert not any("You have" in line.detail or "Je hebt" in line.detail for line in lines)


def test_every_open_place_is_in_the_index(search):
    found = search(STUDENT)
    assert set(found.rows) == set(found.matcher.ids_) and len(found.rows) >= 60


def test_what_stands_first_is_of_the_trade_and_the_reasons_are_true(search):
    found = search(STUDENT, Wanted(levels=frozenset({Level.MBO_4})))
    assert len(found.ranking) >= 10
    taxonomy = skills.taxonomy()
    had = met(STUDENT.slugs, taxonomy.relations)
    for slug in found.ranking.ids[:5]:
        why = found.explain(slug)
        musts, wanted = queries.asked_by(found.rows[slug].id)
        assert {*why.matched, *why.partly, *why.missing} == {*musts, *wanted}
        assert why.matched and set(why.matched) <= had
        assert not {*why.partly, *why.missing} & had
        assert set(why.musts_met) | set(why.musts_open) == set(musts)
        fields = {taxonomy.concepts[slug].field for slug in (*musts, *wanted)}
        assert fields & {"automation", "mechatronics", "mechanics", "robotics", "electronics"}
    assert found.ranking.scores[0] >= 0.4


@pytest.mark.parametrize("person", CARDS, ids=lambda person: str(person.point))
def test_the_shown_lines_add_up_to_the_shown_total_for_every_place(search, person):
    found = search(person)
    label = sheet.labels(skills.taxonomy())
    looked = 0
    with_score = dict(zip(found.ranking.ids, found.ranking.scores.tolist(), strict=True))
    for slug in found.rows:
        why = found.explain(slug)
        shown = sheet.summed(why, person.slugs, label)
        assert why.score == pytest.approx(with_score.get(slug, 0.0), abs=1e-12)
        assert len(shown.lines) <= sheet.LINES + 2
        assert round(sum(line.points for line in shown.lines), 1) == shown.total
        assert shown.total == pytest.approx(100 * why.score, abs=0.051)
        looked += bool(shown.lines)
    assert looked == len(with_score) > 0


def test_learn_moves_places_as_ranking_again_does(search):
    found = search(STUDENT, Wanted(levels=frozenset({Level.MBO_4})))
    compared = 0
    for slug in found.ranking.ids[:6]:
        for step in found.steps(slug):
            assert step.rank == found.gaining([step.concept]).rank_of(slug)
            compared += 1
    assert compared > 6


@pytest.mark.parametrize("person", CARDS, ids=lambda person: str(person.point))
def test_the_list_falls_and_every_card_leads_to_a_sheet_with_the_same_fit(say, person):
    client = say(person)
    page = BeautifulSoup(client.get("/match/places").text, "html.parser")
    cards = page.select("main article.ipf-card")
    fits = [int(re.search(r"(\d+)%", one.select_one(".ipf-fit-number").text)[1]) for one in cards]
    assert fits and fits == sorted(fits, reverse=True)
    for one, fit in list(zip(cards, fits, strict=True))[:3]:
        answer = client.get(one.select_one(".ipf-card-title a")["href"])
        sheet = BeautifulSoup(answer.text, "html.parser")
        assert answer.status_code == 200 and f"{fit}%" in sheet.select_one(".ipf-fit-large").text


def test_the_first_place_names_what_is_missing_and_who_teaches_it(say):
    client = say(STUDENT)
    places = BeautifulSoup(client.get("/match/places").text, "html.parser").select("main article.ipf-card .ipf-card-title a")
    taught = []
    for link in places[:5]:
        answer = client.get(link["href"])
        page = BeautifulSoup(answer.text, "html.parser")
        assert page.select("main a[href^='/routes']")
        taught += page.select(".match-teach a[href^='/programmes/']")
    assert taught and client.get(taught[0]["href"]).status_code == 200


def test_programmes_say_how_many_of_the_missing_skills_they_close(say):
    page = BeautifulSoup(say(STUDENT).get("/match/programmes").text, "html.parser")
    notes = [" ".join(tag.text.split()) for tag in page.select("main .ipf-card-note")]
    assert notes and all(re.match(r"(Closes|Comes near) \d+ of your \d+ missing skills", note) for note in notes)


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_pages_stay_within_their_costs(say, count_queries, address):
    client = say(STUDENT)
    client.get(address)
    before = len(count_queries())
    answer = client.get(address)
    assert answer.status_code == 200 and len(count_queries()) - before <= 9
    assert len(answer.data) < 200_000
