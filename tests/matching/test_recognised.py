"""AC-S1: a student of an mbo qualification sees what is recognised for it, and is told where to ask."""

import pytest
from bs4 import BeautifulSoup

from ipf_talent.matching.filters import Qualification, Recognised, Wanted
from ipf_talent.organisations.recognition import RecognitionStatus
from ipf_talent.profiles.card import Card, KnownSkill
from ipf_talent.programmes.levels import Level, StartingPoint
from ipf_talent.vacancies.kinds import VacancyKind
from ipf_talent.vacancies.models import VacancyCrebo
from tests.factories.organisations import make_establishment, make_organisation, make_recognition
from tests.factories.programmes import make_programme
from tests.factories.vacancies import make_vacancy
from tests.matching.conftest import PLC_STUDENT
from tests.matching.test_filters import Place
from tests.matching.test_routes import page, shown

OWN, OTHER_NUMBER, ANOTHER = "25297", "25919", "25344"
STUDENT = Card(point=StartingPoint.MBO_4, programme="technician", skills=PLC_STUDENT.skills)


def offered(session, taught, slug, *crebos, published=True, status=RecognitionStatus.VERIFIED, **more):
    """A place for these crebos, at an address of its own that has this status for each of them."""
    company = make_organisation()
    home = make_establishment(company)
    for crebo in crebos:
        make_recognition(home, crebo=crebo, status=status)
    vacancy = make_vacancy(slug=slug, company=company, establishment=home, musts=(taught["plc-programming"],), **more)
    vacancy.crebos = [VacancyCrebo(crebo=crebo, published=published) for crebo in crebos]
    session.commit()


@pytest.fixture
def places(session, taught, index):
    """A place for each way of standing to the qualification, all equally fit, and a student's programme."""
    make_programme(slug="technician", code=OWN, code_kind="crebo", national=True)
    offered(session, taught, "own", OWN, ANOTHER)
    offered(session, taught, "other-number", OTHER_NUMBER)
    offered(session, taught, "another", ANOTHER)
    offered(session, taught, "declared", OWN, status=RecognitionStatus.DECLARED)
    offered(session, taught, "revoked", OWN, status=RecognitionStatus.REVOKED)
    offered(session, taught, "left-out", OWN, published=False)
    offered(session, taught, "bachelor", level=Level.NONE, kind=VacancyKind.HBO_INTERNSHIP)
    index()


def asks(answer) -> dict[str, str]:
    """What each card says of the recognition."""
    cards = page(answer).select("main article.ipf-card")
    links = {card: card.select_one(".ipf-card-title a")["href"].partition("?")[0].rpartition("/")[2] for card in cards}
    return {slug: note.get_text(" ", strip=True) for card, slug in links.items() if (note := card.select_one(".match-ask"))}


def test_ac_s1_only_what_is_recognised_for_the_own_crebo_appears_and_an_equivalent_one_with_ask_your_school(places, as_student):
    answer = as_student(STUDENT).get("/match/places")
    assert set(shown(answer)) == {"own", "other-number", "bachelor"}
    assert set(asks(answer)) == {"other-number"}
    assert asks(answer)["other-number"].startswith("Ask your school")
    assert f"It is recognised for {OTHER_NUMBER}, and you follow {OWN}" in asks(answer)["other-number"]


def test_ac_s1_whoever_wants_to_see_the_others_too_is_told_which_are_not_recognised(places, as_student):
    answer = as_student(STUDENT).get("/match/places?crebo=all")
    assert {"another", "declared", "revoked", "left-out"} <= set(shown(answer))
    assert {slug for slug, said in asks(answer).items() if said == f"Not recognised for {OWN}"} == {
        "another",
        "declared",
        "revoked",
        "left-out",
    }


def test_ac_s1_the_same_holds_where_nothing_can_be_ranked(places, as_student):
    answer = as_student(Card(point=StartingPoint.MBO_4, programme="technician")).get("/match/places")
    assert set(shown(answer)) == {"own", "other-number", "bachelor"}
    assert set(asks(answer)) == {"other-number"}


def test_ac_s1_the_sheet_of_a_place_says_it_too(places, as_student):
    student = as_student(STUDENT)
    text = {slug: BeautifulSoup(student.get(f"/match/places/{slug}").text, "html.parser").main.text for slug in
            ("own", "other-number", "another", "bachelor")}  # fmt: skip
    assert [slug for slug, said in text.items() if "Ask your school" in said] == ["other-number"]
    assert [slug for slug, said in text.items() if f"Not recognised for {OWN}" in said] == ["another"]
    assert [slug for slug, said in text.items() if "Recognised for" in said] == ["own", "other-number", "another"]


@pytest.mark.parametrize("programme", [None, "no-crebo", "gone"])
def test_who_follows_no_qualification_with_a_crebo_sees_all_places(places, as_student, programme):
    make_programme(slug="no-crebo")
    card = Card(point=StartingPoint.MBO_4, programme=programme, skills=(KnownSkill("plc-programming"),))
    answer = as_student(card).get("/match/places")
    assert len(shown(answer)) == 7 and not asks(answer)
    assert not page(answer).select("#crebo")


def test_taking_the_filter_away_stands_on_its_chip(places, as_student):
    chips = page(as_student(STUDENT).get("/match/places")).select(".match-chips a")
    assert [chip["href"] for chip in chips if OWN in chip.text] == ["/match/places?crebo=all"]


@pytest.mark.parametrize(
    ("held", "standing"),
    [("25297", Recognised.OWN), ("25919,25297", Recognised.OWN), ("25919", Recognised.AKIN), ("25344", Recognised.NOT),
     ("", Recognised.NOT), (None, Recognised.NOT)],
)  # fmt: skip
def test_how_a_place_stands_to_a_qualification(held, standing):
    class Asked(Place):
        recognised_for = held

    follows = Qualification(OWN, frozenset({OTHER_NUMBER}))
    assert follows.at(Asked()) is standing
    assert Wanted(qualification=follows).unmet(Asked()) == (("crebo",) if standing is Recognised.NOT else ())
    assert follows.at(Place(kind=VacancyKind.HBO_INTERNSHIP)) is None
