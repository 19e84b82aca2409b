"""What lies around a place or programme: only with evidence, only what is open, and nobody is ranked."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup

from ipf_talent import clock
from ipf_talent.matching import around, indexes
from ipf_talent.matching.filters import leading_to, led_to
from ipf_talent.programmes import queries as programmes
from ipf_talent.programmes.levels import Level, Standing
from ipf_talent.vacancies import queries as vacancies
from ipf_talent.vacancies.kinds import VacancyStatus
from ipf_talent.vacancies.models import Vacancy
from tests.factories.organisations import make_organisation
from tests.factories.programmes import make_programme
from tests.factories.skills import make_skill
from tests.factories.vacancies import make_vacancy


@pytest.fixture
def place(taught):
    """A place that requires two skills and would like a third."""
    return make_vacancy(slug="cell", musts=(taught["plc-programming"], taught["cad"]), wanted=(taught["robotics"],))


@pytest.fixture
def at_place(index, app_context):
    """What lies around the place, once everything is made."""

    def look(slug: str = "cell") -> around.Around:
        index()
        return around.of_place(vacancies.get(slug))

    return look


@pytest.fixture
def at_programme(index, app_context):
    """What lies around a programme."""

    def look(slug: str = "plc-school") -> around.Around:
        index()
        return around.of_programme(programmes.get(slug))

    return look


def slugs(found) -> list[str]:
    return [one.row.slug for one in found]


@pytest.mark.parametrize("level", list(Level))
def test_the_levels_on_both_sides_are_each_others_mirror(level):
    assert all((level in leading_to(other)) == (other in led_to(level)) for other in Level if level is not Level.NONE)


def test_a_place_is_prepared_for_at_its_own_level_and_one_step_below():
    assert leading_to(Level.HBO_BACHELOR) == {Level.MBO_4, Level.AD, Level.HBO_BACHELOR}
    assert leading_to(Level.MBO_1) == {Level.MBO_1}
    assert leading_to(Level.NONE) == set(Level)
    assert led_to(Level.MBO_4) == {Level.MBO_4, Level.AD, Level.HBO_BACHELOR, Level.NONE}


def test_programmes_come_by_their_fit_with_what_they_teach_and_what_they_do_not(place, taught, at_place):
    make_programme(slug="one", teaches=(taught["robotics"], taught["welding"]))
    make_programme(slug="most", teaches=(taught["robotics"], taught["cad"], taught["plc-programming"]))
    make_programme(slug="kitchen", teaches=(taught["welding"],), title_nl="Bouw mee aan een robotcel.")
    found = at_place().programmes
    assert slugs(found) == ["most", "one"]
    assert [(one.musts, one.wanted, one.open) for one in found] == [
        (("cad", "plc-programming"), ("robotics",), ()),
        ((), ("robotics",), ("cad", "plc-programming")),
    ]


def test_a_narrower_skill_only_comes_near_to_the_broader_one_and_says_by_what(place, taught, at_place):
    make_programme(slug="siemens", teaches=(taught["siemens-plc"], taught["robotics"]))
    found = at_place()
    (one,) = found.programmes
    assert (one.musts, one.wanted, one.beside, one.open) == ((), ("robotics",), ("plc-programming",), ("cad",))
    assert found.through("plc-programming", one) == "plc programming (nl) (door siemens plc (nl))"


def test_a_programme_that_only_comes_near_stands_behind_those_that_teach_something_asked(taught, at_place):
    make_vacancy(slug="cell", musts=(taught["plc-programming"],), wanted=(taught["cad"],))
    make_programme(slug="near", title_nl="PLC programmeren bij Siemens", teaches=(taught["siemens-plc"],))
    make_programme(slug="named", teaches=(taught["cad"], taught["welding"], taught["robotics"]))
    assert [(one.row.slug, one.is_named) for one in at_place().programmes] == [("named", True), ("near", False)]


def test_a_broader_skill_teaches_no_narrower_one(taught, at_place):
    make_vacancy(slug="cell", musts=(taught["siemens-plc"],))
    make_programme(slug="broad", teaches=(taught["plc-programming"],))
    assert at_place().programmes == []


@pytest.mark.parametrize(
    "change",
    [{"level": Level.MASTER}, {"level": Level.MBO_2}, {"national": True}, {"institution": "unchecked"}],
    ids=["above", "two steps below", "national", "unchecked"],
)
def test_a_programme_that_cannot_prepare_for_the_place_is_left_out(place, taught, at_place, change):
    if "institution" in change:
        change = {"institution": make_organisation(verified_at=None)}
    make_programme(slug="near-miss", teaches=(taught["cad"], taught["plc-programming"]), **change)
    make_programme(slug="hit", teaches=(taught["cad"],), level=Level.MBO_3)
    assert slugs(at_place().programmes) == ["hit"]


def test_what_does_not_run_comes_last_and_five_are_shown(place, taught, at_place):
    make_programme(slug="plan", standing=Standing.PLANNED, teaches=(taught["cad"], taught["plc-programming"], taught["robotics"]))
    for number in range(4):
        make_programme(slug=f"runs-{number}", teaches=(taught["cad"],))
    assert slugs(at_place().programmes)[-1] == "plan"
    make_programme(slug="runs-4", teaches=(taught["cad"],))
    assert "plan" not in slugs(at_place().programmes) and len(at_place().programmes) == 5


def test_a_place_without_skills_has_no_programme_that_prepares_for_it(taught, at_place):
    make_vacancy(slug="cell")
    make_programme(slug="words", title_nl="Bouw mee aan een robotcel.", teaches=(taught["robotics"],))
    found = at_place()
    assert (found.skills, found.programmes) == ((), [])


def test_places_like_it_share_a_named_skill_and_it_is_not_among_them(place, taught, at_place):
    make_vacancy(slug="both", musts=(taught["cad"],), wanted=(taught["robotics"], taught["welding"]))
    make_vacancy(slug="other-trade", musts=(taught["welding"],))
    make_vacancy(slug="other-level", musts=(taught["cad"],), level=Level.MASTER)
    (found,) = at_place().places
    assert (found.row.slug, found.musts, found.wanted) == ("both", ("cad",), ("robotics",))


@pytest.mark.parametrize(
    "change",
    [{"status": VacancyStatus.CLOSED}, {"status": VacancyStatus.PAUSED}, {"taken": 2}, {"closes_on": clock.today() - timedelta(1)}],
    ids=str,
)
def test_a_place_that_closed_after_the_index_was_made_is_not_named(place, taught, index, app_context, session, change):
    make_vacancy(slug="stays", musts=(taught["cad"],))
    make_vacancy(slug="closes", musts=(taught["cad"],))
    make_programme(slug="cad-school", teaches=(taught["cad"],))
    index()
    gone = session.query(Vacancy).filter_by(slug="closes").one()
    for name, value in change.items():
        setattr(gone, name, value)
    session.commit()
    assert slugs(around.of_place(vacancies.get("cell")).places) == ["stays"]
    assert sorted(slugs(around.of_programme(programmes.get("cad-school")).places)) == ["cell", "stays"]


def test_places_of_one_company_do_not_fill_the_list_alone(place, taught, at_place):
    for number in range(4):
        make_vacancy(slug=f"own-{number}", company=place.company, musts=(taught["plc-programming"], taught["cad"]))
    make_vacancy(slug="elsewhere", musts=(taught["cad"],))
    found = slugs(at_place().places)
    assert len([slug for slug in found if slug.startswith("own-")]) == 2 and "elsewhere" in found


def test_rows_are_spread_over_companies_in_their_order():
    rows = [SimpleNamespace(slug=slug, company_slug=slug[0]) for slug in ("a1", "a2", "a3", "b1", "c1", "c2", "c3", "d1")]
    assert [row.slug for row in around.spread(rows)] == ["a1", "a2", "b1", "c1", "c2"]


def test_a_place_without_skills_is_like_those_that_write_the_same_words(taught, at_place):
    make_vacancy(slug="cell", description_nl="Camera's ijken boven een lopende band.", description_en="")
    make_vacancy(slug="same", description_nl="Je gaat camera's ijken boven een lopende band.", description_en="")
    make_vacancy(slug="different", title_en="", description_nl="Lassen van stalen frames.", description_en="")
    found = at_place().places
    assert slugs(found)[0] == "same" and "ijken" in found[0].words
    assert all(one.words for one in found)


def test_a_programme_names_open_places_with_the_musts_apart(place, taught, at_programme):
    make_programme(slug="plc-school", teaches=(taught["siemens-plc"], taught["robotics"]))
    make_vacancy(slug="other-trade", musts=(taught["welding"],))
    make_vacancy(slug="too-low", level=Level.MBO_3, musts=(taught["robotics"],))
    make_vacancy(slug="draft", status=VacancyStatus.DRAFT, musts=(taught["robotics"],))
    found = at_programme()
    assert [(one.row.slug, one.musts, one.wanted, one.beside, one.open) for one in found.places] == [
        ("cell", (), ("robotics",), ("plc-programming",), ("cad",))
    ]
    assert found.through("plc-programming", found.places[0]).endswith("(door siemens plc (nl))")


def test_places_that_ask_what_is_only_near_come_behind_those_that_ask_what_is_taught(taught, at_programme):
    make_programme(slug="plc-school", teaches=(taught["siemens-plc"], taught["robotics"]))
    make_vacancy(slug="near", title_nl="Siemens PLC", musts=(taught["plc-programming"],))
    make_vacancy(slug="named", musts=(taught["cad"], taught["welding"]), wanted=(taught["robotics"],))
    assert slugs(at_programme().places) == ["named", "near"]


def test_a_programme_counts_the_places_that_ask_what_it_teaches_by_name(place, taught, index, app_context):
    make_programme(slug="plc-school", teaches=(taught["robotics"], taught["siemens-plc"]))
    make_programme(slug="siemens", teaches=(taught["siemens-plc"],))
    make_vacancy(slug="too-low", level=Level.MBO_3, musts=(taught["robotics"],))
    index()
    assert around.open_places() == {"plc-school": 1, "siemens": 0}


def test_a_place_is_like_another_only_where_both_name_a_skill(place, taught, at_place):
    make_vacancy(slug="siemens", musts=(taught["siemens-plc"],))
    make_vacancy(slug="both", musts=(taught["cad"], taught["plc-programming"]))
    assert slugs(at_place().places) == ["both"]


def test_a_place_that_shares_too_little_is_not_like_it(taught, at_place):
    make_vacancy(slug="cell", musts=(taught["plc-programming"],), wanted=(taught["cad"],))
    others = [make_skill(slug) for slug in ("beekeeping", "baking", "sailing", "weaving")]
    make_vacancy(
        slug="weak",
        title_nl="Imker",
        title_en="",
        description_nl="Bijen.",
        description_en="",
        musts=others,
        wanted=(taught["cad"],),
    )
    make_vacancy(slug="strong", musts=(taught["plc-programming"],))
    assert slugs(at_place().places) == ["strong"]


def test_places_of_the_same_band_come_before_others_that_are_nearer(place, taught, at_place):
    same = (taught["plc-programming"], taught["cad"])
    make_vacancy(slug="bachelor", level=Level.HBO_BACHELOR, musts=same, wanted=(taught["robotics"],))
    make_vacancy(slug="mbo-three", level=Level.MBO_3, musts=(taught["plc-programming"],))
    assert slugs(at_place().places) == ["mbo-three", "bachelor"]


def test_without_an_index_it_says_so_and_places_come_by_field_and_level(place, match_folder, app_context):
    make_vacancy(slug="beside")
    make_programme(slug="plc-school", teaches=(make_skill("cad"),))
    found = around.of_place(vacancies.get("cell"))
    assert (found.programmes, found.problem) == ([], "missing")
    assert slugs(found.places) == ["beside"] and not found.places[0].musts
    found = around.of_programme(programmes.get("plc-school"))
    assert (found.places, found.problem) == ([], "missing")


def test_an_empty_index_finds_nothing_and_is_no_problem(app_context, taught, index):
    make_vacancy(slug="draft", status=VacancyStatus.DRAFT, musts=(taught["cad"],))
    index()
    assert len(indexes.places().matcher) == 0
    found = around.of_place(vacancies.get("draft"))
    assert (found.programmes, found.places, found.problem) == ([], [], "")


def sections(answer) -> dict[str, str]:
    """The text below each heading of the second rank, by its id."""
    page = BeautifulSoup(answer.text, "html.parser")
    found = {}
    for head in page.select("main .ipf-section-head"):
        parts = []
        for tag in head.find_next_siblings():
            if "ipf-section-head" in tag.get("class", []):
                break
            parts.append(" ".join(tag.get_text(" ").split()))
        found[head.h2["id"]] = " ".join(parts)
    return found


def test_the_page_of_a_place_shows_both_lists(place, taught, index, client):
    make_programme(slug="plc-school", title_en="PLC school", teaches=(taught["plc-programming"],))
    make_vacancy(slug="alike", title_en="Another cell", musts=(taught["cad"],))
    index()
    shown = sections(client.get("/vacancies/cell"))
    assert "PLC school" in shown["prepares"] and "Teaches plc programming must-have" in shown["prepares"]
    assert "Does not teach cad , robotics" in shown["prepares"] or "Does not teach cad, robotics" in shown["prepares"]
    assert "Another cell" in shown["similar"] and "Both ask cad must-have" in shown["similar"]


def test_what_is_only_near_stands_apart_without_a_mark(place, taught, index, client):
    make_programme(slug="siemens", title_en="Siemens school", teaches=(taught["siemens-plc"],))
    index()
    shown = sections(client.get("/vacancies/cell"))["prepares"]
    assert "Comes near plc programming (through siemens plc)" in shown
    assert "Teaches plc" not in shown and "must-have" not in shown
    asked = sections(client.get("/programmes/siemens"))["asked"]
    assert "Comes near plc programming (through siemens plc)" in asked
    assert "You learn here" not in asked and "must-have" not in asked


def test_the_page_of_a_place_says_honestly_that_nothing_was_found(place, index, client):
    make_vacancy(slug="silent")
    index()
    assert "We know no programme at this level" in sections(client.get("/vacancies/cell"))["prepares"]
    assert "similar" not in sections(client.get("/vacancies/cell"))
    assert "The place names no skills" in sections(client.get("/vacancies/silent"))["prepares"]


def test_the_page_of_a_programme_shows_places_or_says_why_not(place, taught, index, client):
    make_programme(slug="plc-school", teaches=(taught["plc-programming"],))
    make_programme(slug="weld-school", teaches=(taught["welding"],))
    make_programme(slug="silent")
    index()
    found = sections(client.get("/programmes/plc-school"))["asked"]
    assert place.title_en in found and "Asks as well cad" in found
    assert "No open place at this level" in sections(client.get("/programmes/weld-school"))["asked"]
    assert "We recognised no skills" in sections(client.get("/programmes/silent"))["asked"]


@pytest.mark.parametrize("address", ["/vacancies/cell", "/programmes/plc-school"])
def test_a_page_tells_that_there_is_no_order_now(place, taught, match_folder, client, address):
    make_programme(slug="plc-school", teaches=(taught["plc-programming"],))
    assert "We cannot rank right now." in client.get(address).text


@pytest.mark.parametrize("address", ["/vacancies/cell", "/programmes/plc-school"])
def test_a_page_with_full_lists_takes_at_most_twelve_statements(place, taught, index, client, count_queries, address):
    make_programme(slug="plc-school", teaches=(taught["plc-programming"], taught["cad"]))
    for number in range(8):
        make_programme(teaches=(taught["cad"],))
        make_vacancy(slug=f"like-{number}", musts=(taught["cad"], taught["robotics"]))
    index()
    client.get(address)
    before = len(count_queries())
    assert len(BeautifulSoup(client.get(address).text, "html.parser").select("main article.ipf-card")) >= 5
    assert len(count_queries()) - before <= 12
