"""The pages of skills and occupations: what they say, and what they leave out."""

from datetime import timedelta
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup

from ipf_talent import clock
from ipf_talent.skills.services import load_taxonomy
from ipf_talent.vacancies.kinds import VacancyStatus
from tests.factories.programmes import make_programme
from tests.factories.skills import make_link, make_occupation, make_skill
from tests.factories.vacancies import make_vacancy


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return BeautifulSoup(answer.text, "html.parser")


def cards(soup):
    return [one.get_text(" ", strip=True) for one in soup.select(".ipf-card-title a")]


def card(soup, title):
    link = next(one for one in soup.select(".ipf-card-title a") if one.text == title)
    return link.find_parent("article").get_text(" ", strip=True)


def part(soup, name):
    """The text between a heading with an id and the next heading of its rank."""
    found = []
    for one in soup.find(id=name).parent.find_next_siblings():
        if "ipf-section-head" in one.get("class", []):
            break
        found.append(one.get_text(" ", strip=True))
    return " ".join(found)


def test_the_list_counts_programmes_of_schools_and_open_places_only(client):
    plc, bare = make_skill(), make_skill("welding")
    make_programme(teaches=(plc,))
    make_programme(teaches=(plc,), national=True)
    make_vacancy(musts=(plc,))
    make_vacancy(wanted=(plc,))
    make_vacancy(musts=(plc,), status=VacancyStatus.DRAFT)
    make_vacancy(musts=(plc,), closes_on=clock.today() - timedelta(1))
    make_vacancy(musts=(plc,), places=1, taken=1)
    soup = page(client, "/skills")
    assert "taught by 1 programme · asked by 2 places" in card(soup, plc.label_en)
    assert "no programme yet · no open place now" in card(soup, bare.label_en)


def test_skills_stand_by_name_in_the_language_of_the_reader(client):
    make_skill("zeta", label_nl="aardgas", label_en="natural gas")
    make_skill("alpha", label_nl="zagen", label_en="band sawing")
    assert cards(page(client, "/skills")) == ["band sawing", "natural gas"]
    assert cards(page(client, "/skills?lang=nl")) == ["aardgas", "zagen"]


def test_filters_of_field_and_kind_stand_in_the_address_and_count_what_they_leave(client):
    make_skill("plc-programming", field="automation", type="skill")
    make_skill("tia-portal", field="automation", type="tool")
    make_skill("welding", field="production", type="skill")
    soup = page(client, "/skills?field=automation")
    assert cards(soup) == ["plc programming", "tia portal"]
    assert [one.text for one in soup.select("#type option")] == ["All", "Skill (1)", "Tool (1)"]
    assert cards(page(client, "/skills?field=automation&type=tool")) == ["tia portal"]
    assert cards(page(client, "/skills?field=no-such-field&type=tool")) == ["tia portal"]


def test_a_search_finds_other_words_and_forgives_a_slip_and_does_not_find_near_misses(client):
    make_skill("welding", label_nl="lassen", label_fy="lasse", label_en="welding", alts_nl=["lasser"])
    make_skill("lasers", label_nl="lasertechniek", label_fy="lasertechnyk", label_en="laser technology")
    assert cards(page(client, "/skills?q=lasser")) == ["welding"]
    assert cards(page(client, "/skills?q=Weldign")) == ["welding"]
    soup = page(client, "/skills?q=voetbal")
    assert cards(soup) == [] and "We know no skill like that" in soup.text


def test_a_long_list_is_paged_and_takes_at_most_six_statements(client, count_queries):
    for number in range(25):
        make_skill(f"skill-{number:02}")
    client.get("/skills")
    before = len(count_queries())
    assert len(cards(page(client, "/skills?page=2"))) == 5
    assert len(count_queries()) - before <= 6


def test_a_skill_says_its_words_its_neighbours_and_where_they_come_from(client):
    plc = make_skill(label_fy="PLC programmearje", alts_nl=["SPS"], uri="http://data.europa.eu/esco/skill/made-up")
    wide, beside = make_skill("automation"), make_skill("scada")
    make_link(plc, wide)
    make_link(plc, beside, "related")
    soup = page(client, "/skills/plc-programming")
    words = soup.select_one(".skill-words")
    assert [one.text for one in words.select(".skill-name")] == ["plc programming (nl)", "PLC programmearje", "plc programming"]
    assert words.select_one("[lang=fy]").text == "PLC programmearje" and "SPS" in words.text
    assert [(h.text, h.find_next("ul").text.strip()) for h in soup.select(".skill-near")] == [
        ("Wider", "automation"),
        ("Related", "scada"),
    ]
    assert soup.select_one(".ipf-source a")["href"] == plc.uri
    assert "A concept of our own" in page(client, "/skills/scada").text


def test_a_skill_says_who_teaches_asks_and_needs_it(client):
    plc, other = make_skill(), make_skill("welding")
    make_programme(title_en="Mechatronics", teaches=(plc,))
    make_programme(title_en="Metalwork", teaches=(other,))
    make_vacancy(title_en="Robot cell", musts=(plc,))
    make_vacancy(title_en="Packaging line", wanted=(plc,))
    make_vacancy(title_en="Boiler house", musts=(other,))
    make_occupation("mechatronics-technician", essential=(plc,))
    make_occupation("welder", essential=(other,))
    soup = page(client, "/skills/plc-programming")
    assert "Mechatronics" in part(soup, "programmes") and "Metalwork" not in soup.text
    assert "mechatronics technician" in part(soup, "occupations") and "welder" not in part(soup, "occupations")
    places = part(soup, "places")
    assert places.index("Robot cell") < places.index("You must have this") < places.index("Packaging line")
    assert "Nice to have" in places and "Boiler house" not in places


def test_a_skill_that_nobody_teaches_or_asks_says_so(client):
    make_skill()
    text = page(client, "/skills/plc-programming").text
    assert "We know of no programme" in text and "No open place asks for it" in text


def test_occupations_can_be_searched_and_narrowed_by_level_and_field(client):
    plc, weld = make_skill(field="automation"), make_skill("welding", field="production")
    make_occupation("technician", essential=(plc,), label_nl="monteur", levels=["mbo_4"])
    make_occupation("welder", essential=(weld,), label_nl="lasser", levels=["mbo_2", "mbo_3"], description_en="Joins metal.")
    assert cards(page(client, "/occupations")) == ["technician", "welder"]
    assert cards(page(client, "/occupations?level=mbo_3")) == ["welder"]
    assert cards(page(client, "/occupations?field=automation")) == ["technician"]
    assert cards(page(client, "/occupations?q=lasser")) == ["welder"]
    soup = page(client, "/occupations?field=automation&level=mbo_2")
    assert cards(soup) == [] and "No occupation fits all of this" in soup.text


def test_an_occupation_shows_what_programmes_teach_and_places_ask_of_it_most_first(client):
    plc, cad, weld = make_skill(), make_skill("cad"), make_skill("welding")
    make_occupation("technician", essential=(plc, cad))
    make_programme(title_en="Half", teaches=(plc,))
    make_programme(title_en="Whole", teaches=(plc, cad))
    make_programme(title_en="Other", teaches=(weld,))
    make_vacancy(title_en="One", musts=(plc,))
    make_vacancy(title_en="Both", musts=(plc,), wanted=(cad,))
    soup = page(client, "/occupations/technician")
    teach, ask = part(soup, "programmes"), part(soup, "places")
    assert teach.index("Whole") < teach.index("Teaches 2 of 2") < teach.index("Half") < teach.index("Teaches 1 of 2")
    assert "Other" not in teach
    assert ask.index("Both") < ask.index("Asks 2 of 2") < ask.index("One") < ask.index("Asks 1 of 2")
    assert "2 essential skills" in part(soup, "needs")


@pytest.mark.parametrize("address", ["/skills/no-such-skill", "/occupations/no-such-occupation"])
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_pages_of_the_whole_taxonomy_keep_their_headings_in_order_and_no_id_twice(client, app_context):
    load_taxonomy()
    for address in ("/skills", "/skills/plc-programming", "/skills/ros", "/occupations", "/occupations/mechatronics-engineer"):
        for language in ("nl", "fy", "en"):
            soup = page(client, f"{address}?lang={language}")
            ranks = [int(one.name[1]) for one in soup.select("h1, h2, h3, h4")]
            assert ranks.count(1) == 1 and all(b - a <= 1 for a, b in pairwise(ranks)), (address, ranks)
            ids = [one["id"] for one in soup.select("[id]")]
            assert len(ids) == len(set(ids)), address


@pytest.mark.demo
@pytest.mark.parametrize("address", ["/skills?page=2", "/skills?q=robot", "/occupations", "/occupations?level=mbo_4"])
def test_lists_of_the_region_take_at_most_six_statements(visitor, count_queries, address):
    before = len(count_queries())
    assert visitor.get(address).status_code == 200
    assert len(count_queries()) - before <= 6


@pytest.mark.demo
@pytest.mark.parametrize("address", ["/skills/plc-programming", "/skills/mechatronics", "/occupations/mechatronics-engineer"])
def test_pages_of_the_region_take_at_most_nine_statements(visitor, count_queries, address):
    before = len(count_queries())
    assert visitor.get(address).status_code == 200
    assert len(count_queries()) - before <= 9


def test_the_button_sends_the_skill_to_the_readers_own_list(client):
    make_skill()
    form = page(client, "/skills/plc-programming").select_one("form[action$='/skills/add']")
    assert form["method"] == "post"
    answer = client.post(form["action"], data={one["name"]: one["value"] for one in form.select("input")})
    assert answer.status_code == 303
    with client.session_transaction() as cookie:
        assert "plc-programming" in str(dict(cookie))
