"""The pages of programmes and tracks: on rows made here, and on the example region."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from ipf_talent.programmes.levels import Level, Mode, ProgrammeType, Standing, StartingPoint, Track
from ipf_talent.programmes.models import Programme, ProgrammeSkill
from ipf_talent.programmes.rules import RuleKind
from tests.factories.organisations import make_school
from tests.factories.programmes import make_programme, make_progression
from tests.factories.skills import make_skill


def soup(answer):
    assert answer.status_code == 200
    return BeautifulSoup(answer.data, "html.parser")


def text(answer):
    return " ".join(soup(answer).main.get_text(" ").split())


def titles(answer):
    return [title.text.strip() for title in soup(answer).select(".ipf-card-title")]


@pytest.fixture
def six(client):
    """Programmes that differ from the first in one thing each, and a national qualification."""
    school = make_school(slug="firda", name="Firda")
    first = {
        "title_en": "Wanted",
        "institution": school,
        "mode": Mode.BBL,
        "place": "Drachten",
        "fields": ("robotics",),
        "languages": ["fy"],
    }
    others = {
        "Wanted": {},
        "Other field": {"fields": ("materials",)},
        "Other place": {"place": "Groningen"},
        "Other mode": {"mode": Mode.BOL},
        "Other level": {"level": Level.MBO_3},
        "Other kind": {"type": ProgrammeType.ELECTIVE},
        "Other language": {"languages": ["nl"]},
        "Other school": {"institution": make_school()},
        "Nation": {"national": True},
    }
    for title, other in others.items():
        make_programme(**first | {"title_en": title} | other)
    return client


ALL_FILTERS = "kind=mbo_diploma&level=mbo_4&field=robotics&place=Drachten&mode=bbl&language=fy&institution=firda"


def test_all_filters_in_the_address_hold_at_once(six):
    assert titles(six.get(f"/programmes?{ALL_FILTERS}")) == ["Wanted"]
    assert titles(six.get(f"/programmes?{ALL_FILTERS}&q=wanted")) == ["Wanted"]
    assert titles(six.get(f"/programmes?{ALL_FILTERS}&q=nothing-like-it")) == []


@pytest.mark.parametrize("gone", ["kind", "level", "field", "place", "mode", "language", "institution"])
def test_each_filter_keeps_exactly_its_own_near_miss_out(six, gone):
    rest = "&".join(part for part in ALL_FILTERS.split("&") if not part.startswith(gone))
    name = {"institution": "school"}.get(gone, gone)
    assert sorted(titles(six.get(f"/programmes?{rest}"))) == [f"Other {name}", "Wanted"]


def test_a_filter_in_use_can_be_taken_away_alone(six):
    chips = soup(six.get("/programmes?level=mbo_4&place=Drachten")).select(".ipf-chosen a")
    assert [chip["href"] for chip in chips] == ["/programmes?place=Drachten", "/programmes?level=mbo_4"]


@pytest.mark.parametrize(
    "query", ["level=phd", "kind=", "field=zz&mode=?", "place=Atlantis", "language=xx", "page=0", "page=999", "page=x"]
)
def test_unknown_values_are_ignored(six, query):
    assert len(titles(six.get(f"/programmes?{query}"))) == 8


def test_national_qualifications_stand_apart_and_are_offered_beside_the_list(six):
    assert "Nation" not in titles(six.get("/programmes"))
    assert titles(six.get("/programmes?national=1")) == ["Nation"]
    assert "1 national qualification also fits" in text(six.get("/programmes"))


def test_an_empty_list_says_what_to_do(six):
    page = text(six.get("/programmes?q=zzzz"))
    assert "No programme fits all of this" in page and "Clear all filters" in page


def test_programmes_of_a_school_that_nobody_checked_are_seen_nowhere(client):
    school = make_school(slug="new-school", name="New school", verified_at=None)
    make_programme(slug="secret-one", title_en="Unseen", institution=school, track=Track.COMPANY_SCHOOL, place="Leeuwarden")
    for address in ("/programmes", "/programmes?q=unseen", "/tracks/company-school", "/institutions"):
        page = client.get(address).text
        assert not [word for word in ("secret-one", "New school", "Leeuwarden") if word in page]
    assert client.get("/programmes/secret-one").status_code == 404
    assert client.get("/institutions/new-school").status_code == 404


def test_a_page_shows_source_day_of_the_check_and_that_it_is_an_example_until_confirmed(client):
    make_programme(slug="robotics", source_url="https://firda.example/robotics", checked_on=date(2026, 11, 2))
    page = soup(client.get("/programmes/robotics"))
    source = page.select_one(".ipf-source")
    assert source.a["href"] == "https://firda.example/robotics"
    assert "Checked on 2 November 2026" in source.text and "Example until the school confirms it." in source.text


def test_a_national_qualification_awaits_no_confirmation_of_a_school(client):
    make_programme(slug="nation", national=True)
    page = text(client.get("/programmes/nation"))
    assert "National qualification" in page and "Example until the school confirms it." not in page


@pytest.mark.parametrize(
    "standing, words",
    [(Standing.PLANNED, "You cannot enrol yet."), (Standing.REFERENCE, "We do not know whether this still runs.")],
)
def test_what_does_not_run_says_so(client, standing, words):
    make_programme(slug="plan", standing=standing), make_programme(slug="runs")
    assert words in text(client.get("/programmes/plan")) and words not in text(client.get("/programmes/runs"))


def test_a_page_shows_what_leads_to_it_and_where_it_leads_with_rule_and_source(client):
    make_programme(slug="fitter", title_en="Fitter")
    make_progression(from_point=StartingPoint.MBO_2, to_level=Level.MBO_4, condition_en="With mbo 2.")
    make_progression(to_level=Level.HBO_BACHELOR, condition_en="Any direction.", rule_kind=RuleKind.INSTITUTION_DECIDES)
    make_progression(from_point=StartingPoint.VWO, to_level=Level.WO_BACHELOR, condition_en="For others only.")
    page = text(client.get("/programmes/fitter"))
    before, after = page.split("What leads here")[1].split("What it leads to")
    assert (
        "mbo 2" in before
        and "You have a right to admission" in before
        and "With mbo 2." in before
        and "Source: law.example" in before
    )
    assert "hbo bachelor" in after and "The school decides" in after and "right" not in after and "Any direction." in after
    assert "For others only." not in page


def test_a_page_leads_on_to_its_routes_and_its_fit(client):
    make_programme(slug="robotics", teaches=(make_skill("plc"),))
    page = soup(client.get("/programmes/robotics"))
    links = {a.get_text(strip=True): a["href"] for a in page.main.select("a")}
    assert links["How do I get there?"] == "/plan?to=robotics"
    assert links["What can I do with it?"] == "/programmes/robotics/onward"
    assert links["How does it fit me?"] == "/match/programmes/robotics"
    assert links["plc"] == "/skills/plc"


@pytest.mark.parametrize("address", ["/programmes/nothing", "/tracks/nothing", "/programmes/UPPER", "/programmes/a%00b"])
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code in (404, 400)
    assert client.get("/programmes/nothing").status_code == 404


def test_a_track_says_nothing_without_its_sources(client):
    assert "The sources behind this page have not been loaded" in text(client.get("/tracks/instrument-courses"))


LISTS = ["/programmes", "/programmes?q=robot&level=master", "/programmes?national=1", "/tracks", "/tracks/company-school"]
PAGES = ["/programmes/ut-msc-robotics", "/programmes/mbo-technicus-engineering"]


@pytest.mark.demo
@pytest.mark.parametrize("address, most", [*((one, 6) for one in LISTS), *((one, 12) for one in PAGES)])
def test_pages_of_the_region_cost_few_statements_and_are_whole(visitor, count_queries, address, most):
    page = soup(visitor.get(address))
    assert len(count_queries()) <= most
    assert len(page.select("h1")) == 1
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))


@pytest.mark.demo
@pytest.mark.parametrize(
    "track, verdict, programme",
    [("company-school", "The company school of the cluster runs.", "Work-and-learn track Mechatronics (BBL)"),
     ("instrument-courses", "You cannot enrol yet.", "Research instrument maker"),
     ("autonomous-systems", "The institute in Drachten is an ambition.", "Engineering Doctorate Autonomous Systems (EngD)")],
)  # fmt: skip
def test_each_track_says_where_it_stands_and_by_whose_word(visitor, track, verdict, programme):
    answer = visitor.get(f"/tracks/{track}")
    assert verdict in text(answer) and programme in titles(answer)
    claims = soup(answer).select(".prog-claims > li")
    assert claims and all(claim.select_one(".ipf-source a") for claim in claims)


def test_conditions_and_sources_of_rules_stand_behind_a_press(client):
    make_programme(slug="fitter")
    make_progression(from_point=StartingPoint.MBO_2, to_level=Level.MBO_4, condition_en="With mbo 2.")
    entry = soup(client.get("/programmes/fitter")).select_one(".ipf-stop-entry")
    folded = entry.details.extract()
    assert "open" not in folded.attrs and "With mbo 2." in folded.text and "Source: law.example" in folded.text
    assert "You have a right to admission" in entry.text and "law.example" not in entry.text


def test_the_words_of_the_source_have_a_column_only_where_there_are_any(client, session):
    make_programme(slug="silent", teaches=(make_skill("plc"),)), make_programme(slug="told", teaches=(make_skill("plc"),))
    told = session.scalar(select(ProgrammeSkill).join(Programme).where(Programme.slug == "told"))
    told.words, silent = "een PLC", session.scalar(select(ProgrammeSkill).join(Programme).where(Programme.slug == "silent"))
    silent.words = ""
    session.commit()
    pages = {slug: soup(client.get(f"/programmes/{slug}")).main for slug in ("silent", "told")}
    assert "In the words of the source" in pages["told"].text and "een PLC" in pages["told"].text
    assert "In the words of the source" not in pages["silent"].text
    assert pages["silent"].select_one('.ipf-chips a[href="/skills/plc"]')
