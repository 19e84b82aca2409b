"""The page of routes: on a few rules made here, and on the example region."""

import re
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup

from ipf_talent import clock
from ipf_talent.programmes.levels import Level, ProgrammeType, Standing, StartingPoint
from ipf_talent.programmes.rules import RuleKind
from tests.factories.organisations import make_school
from tests.factories.programmes import make_programme, make_progression
from tests.factories.skills import make_skill
from tests.factories.vacancies import make_vacancy


def soup(answer):
    assert answer.status_code == 200
    return BeautifulSoup(answer.data, "html.parser")


def text(answer):
    return " ".join(soup(answer).main.get_text(" ").split())


def bachelor(**overrides):
    return make_programme(
        **{"type": ProgrammeType.BACHELOR, "level": Level.HBO_BACHELOR, "nlqf": 6, "duration_months": 48} | overrides
    )


def master(**overrides):
    return make_programme(
        **{"type": ProgrammeType.MASTER, "level": Level.MASTER, "nlqf": 7, "slug": "msc", "title_en": "Robotics"} | overrides
    )


def by_law():
    make_progression(slug="law")
    make_progression(slug="bridge", from_point=StartingPoint.HBO_BACHELOR, to_level=Level.MASTER, rule_kind=RuleKind.VIA_BRIDGE,
                     months=6, months_meaning="added", condition_en="With a premaster.")  # fmt: skip


def test_a_route_shows_its_steps_with_rule_time_and_source(client):
    by_law(), bachelor(title_en="Mechatronics"), master()
    page = soup(client.get("/routes?from=mbo_4&to=msc"))
    (route,) = page.select("article.path-card")
    assert "about 78 months" in route.h2.text
    assert [li.text.strip() for li in route.select(".ipf-route-line li")] == ["mbo 4", "hbo bachelor", "Robotics"]
    assert [h3.text for h3 in route.select(".ipf-route h3")] == ["mbo 4", "Mechatronics", "Robotics"]
    rules = [entry.get_text(" ") for entry in route.select(".ipf-stop-entry")]
    assert "With a diploma." in rules[0] and "With a premaster." in rules[1]
    assert all("law.example/rule" in rule and "Checked on 1 November 2026" in rule for rule in rules)


def test_only_a_right_is_called_a_right(client):
    by_law(), bachelor(), master()
    first, second = soup(client.get("/routes?from=mbo_4&to=msc")).select("article.path-card .ipf-stop-entry")
    assert "You have a right to admission" in first.text
    assert "right" not in second.text and "Via a bridge course" in second.text
    assert "Least sure step: via a bridge course" in text(client.get("/routes?from=mbo_4&to=msc"))


def test_a_programme_is_shown_for_its_kind_and_the_others_are_counted(client):
    by_law(), master(fields=("software",))
    bachelor(title_en="Wood", fields=("materials",)), bachelor(title_en="Code", fields=("software",)), bachelor(title_en="Metal")
    page = text(client.get("/routes?from=mbo_4&to=msc"))
    assert "Or one of 2 other programmes" in page and "Code" in page
    assert "Wood" not in " ".join(h3.text for h3 in soup(client.get("/routes?from=mbo_4&to=msc")).select(".ipf-route h3"))


def test_estimated_and_unknown_times_are_told_as_such(client):
    make_progression(slug="law", months=48, months_meaning="total")
    bachelor(slug="usual", duration_months=None)
    assert "48 months of it are an estimate" in text(client.get("/routes?from=mbo_4&to=usual"))
    make_progression(slug="ad", to_level=Level.AD)
    make_programme(slug="ad", type=ProgrammeType.AD, level=Level.AD, duration_months=None)
    unknown = text(client.get("/routes?from=mbo_4&to=ad"))
    assert "Route 1: time not known" in unknown and "No source gives the time of 1 step." in unknown


def test_where_no_route_is_known_the_page_says_what_is_asked_and_what_can_be_entered(client):
    make_progression(slug="law", condition_en="With mbo 4.")
    make_progression(slug="low", from_point=StartingPoint.MBO_2, to_level=Level.MBO_3, condition_en="With mbo 2.")
    bachelor(slug="ict"), make_programme(level=Level.MBO_3)
    page = text(client.get("/routes?from=mbo_2&to=ict"))
    assert "No rule that we know leads from mbo 2" in page
    assert (
        page.index("What it asks")
        < page.index("With mbo 4.")
        < page.index("What you can enter from here")
        < page.index("With mbo 2.")
    )


def test_a_programme_that_no_rule_leads_to_says_so(client):
    make_programme(slug="elective", type=ProgrammeType.ELECTIVE)
    assert "No rule that we know leads to this programme" in text(client.get("/routes?from=mbo_4&to=elective"))


def test_without_a_starting_point_the_page_asks_for_it_and_tells_what_the_goal_asks(client):
    by_law(), bachelor(slug="ict")
    page = text(client.get("/routes?to=ict"))
    assert "Where are you now?" in page and "With a diploma." in page
    assert "ipf-route" in client.get("/routes?to=ict").text


def test_the_starting_point_of_ones_profile_is_used_until_another_is_asked(client):
    by_law(), bachelor(slug="ict"), make_progression(slug="vwo", from_point=StartingPoint.VWO, to_level=Level.HBO_BACHELOR)
    with client.session_transaction() as cookie:
        cookie["card"] = {"point": "mbo_4"}
    assert "1 kind of route from mbo 4" in text(client.get("/routes?to=ict"))
    assert "1 kind of route from vwo" in text(client.get("/routes?to=ict&from=vwo"))
    assert "1 kind of route from mbo 4" in text(client.get("/routes?to=ict&from=nonsense"))


@pytest.mark.parametrize("query", ["to=nothing", "vacancy=nothing", "from=mbo_4&to=nothing"])
def test_an_unknown_goal_is_not_found(client, query):
    by_law(), bachelor()
    assert client.get(f"/routes?{query}").status_code == 404


def test_a_programme_of_a_school_that_nobody_checked_is_no_goal(client):
    bachelor(slug="unchecked", institution=make_school(verified_at=None))
    assert client.get("/routes?to=unchecked").status_code == 404
    assert "unchecked" not in client.get("/routes").text


def test_a_search_in_words_offers_programmes_as_goals_and_keeps_the_starting_point(client):
    bachelor(slug="optics", title_nl="Optica", title_en="Optics"), bachelor(slug="wood", title_nl="Hout", title_en="Wood")
    page = soup(client.get("/routes?from=vwo&q=optic"))
    assert [a["href"] for a in page.select(".path-found a")] == ["/routes?from=vwo&to=optics"]
    assert "We found no programme with these words" in text(client.get("/routes?q=zzzz"))


def test_every_programme_can_be_chosen_without_scripts(client):
    bachelor(slug="ict"), make_programme(slug="nation", national=True, standing=Standing.REFERENCE)
    page = soup(client.get("/routes"))
    groups = {group["label"]: [option["value"] for option in group.select("option")] for group in page.select("#to optgroup")}
    assert {"hbo bachelor": ["ict"], "National qualifications": ["nation"]}.items() <= groups.items()


def place(**overrides):
    plc, cad = make_skill("plc"), make_skill("cad")
    return make_vacancy(**{"slug": "place", "musts": (plc,), "wanted": (cad,), "title_en": "Robot cell"} | overrides), plc, cad


def reader(client, point, *skills):
    with client.session_transaction() as cookie:
        cookie["card"] = {"point": point, "skills": [[slug] for slug in skills]}


def test_a_place_shows_what_teaches_what_is_missing_the_largest_share_first(client):
    _place, plc, cad = place()
    make_programme(title_en="Both", teaches=(plc, cad)), make_programme(title_en="One", teaches=(cad,))
    make_programme(title_en="Neither", teaches=(make_skill("welding"),))
    make_progression(slug="up", from_point=StartingPoint.MBO_2, to_level=Level.MBO_4)
    reader(client, "mbo_2")
    page = soup(client.get("/routes?vacancy=place"))
    assert [h3.text for h3 in page.select(".ipf-card-title")] == ["Both", "One"]
    assert "This place asks mbo 4, and you are at mbo 2." in page.main.text
    assert "Teaches 2 of 2." in page.main.text and "About 24 months" in page.main.text


def test_a_skill_that_one_has_is_not_missing(client):
    _place, plc, cad = place()
    make_programme(title_en="Plc", teaches=(plc,)), make_programme(title_en="Cad", teaches=(cad,))
    reader(client, "mbo_4", "plc")
    page = soup(client.get("/routes?vacancy=place"))
    assert [h3.text for h3 in page.select(".ipf-card-title")] == ["Cad"]
    assert "Your level is enough" in page.main.text and "1 of the 2 skills" in page.main.text


def test_who_has_level_and_skills_needs_no_programme(client):
    _place, plc, _cad = place()
    make_programme(teaches=(plc,))
    reader(client, "mbo_4", "plc", "cad")
    page = soup(client.get("/routes?vacancy=place"))
    assert "You have every skill that this place asks" in page.main.text
    assert not page.select(".ipf-card")


def test_what_is_above_the_place_is_not_offered_and_what_runs_comes_first(client):
    _place, plc, cad = place()
    bachelor(title_en="Too high", teaches=(plc, cad))
    make_programme(title_en="Old", teaches=(plc, cad), standing=Standing.REFERENCE), make_programme(title_en="Now", teaches=(plc,))
    reader(client, "mbo_4")
    assert [h3.text for h3 in soup(client.get("/routes?vacancy=place")).select(".ipf-card-title")] == ["Now", "Old"]


def test_of_equal_shares_what_a_rule_leads_to_comes_first(client):
    _place, plc, _cad = place()
    make_progression(slug="up", from_point=StartingPoint.MBO_2, to_level=Level.MBO_4)
    make_programme(title_en="No way in", teaches=(plc,), type=ProgrammeType.ELECTIVE, duration_months=3)
    make_programme(title_en="A way in", teaches=(plc,))
    reader(client, "mbo_2")
    assert [h3.text for h3 in soup(client.get("/routes?vacancy=place")).select(".ipf-card-title")] == ["A way in", "No way in"]


def test_choosing_another_starting_point_keeps_the_place(client):
    place()
    assert soup(client.get("/routes?vacancy=place")).select_one('.path-chooser input[name="vacancy"]')["value"] == "place"
    assert not soup(client.get("/routes")).select('.path-chooser input[name="vacancy"]')


def test_a_place_that_nobody_teaches_for_says_so(client):
    place()
    reader(client, "mbo_4")
    assert "No programme up to this level teaches what is missing" in text(client.get("/routes?vacancy=place"))


def test_a_place_that_has_closed_is_not_found(client):
    place(closes_on=clock.today().replace(year=2020))
    assert client.get("/routes?vacancy=place").status_code == 404


@pytest.mark.demo
@pytest.mark.parametrize(
    "address",
    ["/routes", "/routes?from=none", "/routes?from=mbo_4&q=robot", "/routes?from=mbo_2&to=ut-msc-robotics",
     "/routes?from=vmbo_kb&to=ut-engd-robotics", "/routes?from=mbo_3&vacancy={place}"],
)  # fmt: skip
def test_pages_of_the_region_are_whole_light_and_cost_few_statements(visitor, world, count_queries, address):
    from ipf_talent.vacancies.models import Vacancy

    slug = world.query(Vacancy.slug).order_by(Vacancy.slug).limit(1).scalar()
    visitor.get("/routes?vacancy=" + slug)  # the taxonomy is read once in a process
    before = len(count_queries())
    page = soup(visitor.get(address.format(place=slug)))
    assert len(count_queries()) - before <= 9
    assert len(page.select("h1")) == 1
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))
    ranks = [int(tag.name[1]) for tag in page.main.select("h1, h2, h3, h4")]
    assert all(after - before <= 1 for before, after in pairwise(ranks))


@pytest.mark.demo
def test_the_way_of_the_region_from_mbo_4_to_a_master_goes_by_hbo_and_a_bridge(visitor):
    routes = soup(visitor.get("/routes?from=mbo_4&to=ut-msc-robotics")).select("article.path-card")
    lines = [[li.text.strip() for li in route.select(".ipf-route-line li")] for route in routes]
    assert ["mbo 4", "hbo bachelor", "Robotics (MSc)"] in lines
    assert ["mbo 4", "associate degree", "hbo bachelor", "Robotics (MSc)"] in lines
    times = [int(re.search(r"(\d+) months", route.h2.text)[1]) for route in routes]
    assert times == sorted(times) and len(routes) <= 8
    bridge = routes[lines.index(["mbo 4", "hbo bachelor", "Robotics (MSc)"])].select(".ipf-stop-entry")[-1]
    assert "Via a bridge course" in bridge.text and bridge.select_one(".ipf-source a")["href"].startswith("http")


@pytest.mark.demo
def test_every_running_master_of_the_region_can_be_reached_from_mbo_4(visitor, world):
    from ipf_talent.programmes.models import Programme

    slugs = world.query(Programme.slug).filter_by(type=ProgrammeType.MASTER, standing=Standing.RUNNING).all()
    assert len(slugs) > 20
    assert [slug for (slug,) in slugs[::5] if "path-card" not in visitor.get(f"/routes?from=mbo_4&to={slug}").text] == []
