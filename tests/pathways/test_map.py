"""The map page: on a few rows made here, and on the example region."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from ipf_talent.pathways import queries
from ipf_talent.pathways.map import field
from ipf_talent.pathways.map.scheme import Sign
from ipf_talent.programmes.levels import Level, Mode, ProgrammeType, Standing, StartingPoint, Track
from ipf_talent.programmes.rules import RuleKind
from tests.factories.organisations import make_school
from tests.factories.programmes import make_programme, make_progression


def soup(answer):
    assert answer.status_code == 200
    return BeautifulSoup(answer.data, "html.parser")


def text(answer):
    return " ".join(soup(answer).main.get_text(" ").split())


def drawn(page, size="wide"):
    """The addresses of the stations of one of the drawings, in order."""
    return [a["href"] for a in page.select(f"svg.map-{size} a.map-stop")]


def listed(page):
    return [a["href"] for a in page.select(".map-list-line li > a")]


def link(page, words):
    return next(a["href"] for a in page.select("a") if words in a.text)


def few():
    """A school with a programme at two levels, another with one, and the right to go up."""
    north, south = make_school(name="School Noord", slug="noord"), make_school(name="School Zuid", slug="zuid")
    make_programme(slug="low", institution=north, title_en="Mechatronics")
    make_programme(slug="other", institution=south, title_en="Optics", place="Leeuwarden", mode=Mode.BBL, fields=("vision-optics",))
    make_programme(slug="high", institution=north, type=ProgrammeType.BACHELOR, level=Level.HBO_BACHELOR, title_en="Robotics")
    make_progression(slug="law")
    return north, south


def scheme_of(app, **asked):
    with app.test_request_context("/?lang=en"):
        atlas = queries.atlas()
        return field.scheme(atlas, None, field.Asked(**{"shown": set(atlas.rows)} | asked))


def test_every_programme_is_a_link_in_the_picture_and_in_the_list_in_the_same_order(client):
    few()
    page, as_list = soup(client.get("/routes/map")), soup(client.get("/routes/map?view=list"))
    assert drawn(page) == ["/programmes/low", "/programmes/other", "/programmes/high"]
    assert drawn(page) == drawn(page, "middle") == drawn(page, "narrow") == listed(as_list)
    assert not as_list.select("svg.map-picture")


def test_a_station_is_named_in_full_for_who_does_not_see_it(client):
    few()
    assert soup(client.get("/routes/map")).select_one("svg.map-wide a")["aria-label"] == "Mechatronics, School Noord"


def test_each_view_leads_to_the_other_and_keeps_the_filters(client):
    few()
    page = soup(client.get("/routes/map?level=mbo_4"))
    there = link(page, "The same as a list")
    back = link(soup(client.get(there)), "As a picture")
    assert "level=mbo_4" in there and "view=list" in there and back == "/routes/map?level=mbo_4"


@pytest.mark.parametrize(
    ("query", "found"),
    [("level=hbo_bachelor", ["high"]), ("field=vision-optics", ["other"]), ("place=Leeuwarden", ["other"]), ("mode=bbl", ["other"]),
     ("institution=noord", ["low", "high"]), ("language=nl", ["low", "other", "high"]), ("q=optics", ["other"]),
     ("institution=noord&level=mbo_4", ["low"])],
)  # fmt: skip
def test_a_filter_leaves_what_meets_it(client, query, found):
    few()
    assert drawn(soup(client.get(f"/routes/map?{query}"))) == [f"/programmes/{slug}" for slug in found]


def test_place_and_mode_must_hold_of_one_and_the_same_offering(client):
    few()
    assert drawn(soup(client.get("/routes/map?place=Drachten&mode=bbl"))) == []
    assert drawn(soup(client.get("/routes/map?place=Leeuwarden&mode=bbl"))) == ["/programmes/other"]


def test_a_choice_says_how_many_it_leaves_beside_the_other_filters(client):
    few()
    page = soup(client.get("/routes/map?institution=noord"))
    levels = [option.text for option in page.select("select[name=level] option")]
    assert levels == ["All", "mbo 4 (1)", "hbo bachelor (1)"]
    assert "School Zuid (1)" in [option.text for option in page.select("select[name=institution] option")]


def test_nothing_left_says_so_and_offers_to_start_again(client):
    few()
    page = soup(client.get("/routes/map?level=hbo_bachelor&place=Leeuwarden"))
    assert "No programme fits all of this" in page.text and page.select_one('.ipf-empty a[href="/routes/map"]')


@pytest.mark.parametrize("query", ["from=xx", "level=zz", "field=nonsense", "institution=nobody", "place=Atlantis", "mode=1",
                                   "language=xx", "view=3d", "zoom=-1", "from=mbo_4&from=xx", "q=" + "x" * 3000])  # fmt: skip
def test_what_is_no_choice_is_left_out(client, query):
    few()
    answer = client.get(f"/routes/map?{query}")
    assert answer.status_code == 200
    assert len(drawn(soup(answer))) == (0 if query.startswith("q=") else 3)


def test_an_unknown_goal_or_step_says_so_and_shows_the_map(client):
    few()
    assert "There is no such programme." in text(client.get("/routes/map?to=nothing"))
    page = client.get("/routes/map?from=mbo_4&way=high,nothing")
    assert "A step of this route is not there any more" in text(page)
    assert len(drawn(soup(page))) == 3 and not soup(page).select(".map-way-line")


def test_a_programme_of_a_school_that_nobody_checked_is_not_on_the_map(client):
    few()
    make_programme(slug="unchecked", institution=make_school(verified_at=None))
    assert "unchecked" not in client.get("/routes/map").text
    assert "There is no such programme." in text(client.get("/routes/map?to=unchecked"))


def test_the_reader_and_the_quickest_route_are_shown(client):
    few()
    page = soup(client.get("/routes/map?from=mbo_4&to=high"))
    assert len(page.select("svg.map-wide .map-lane.is-here")) == len(page.select("svg.map-wide .map-way-line")) == 1
    assert [a["href"] for a in page.select("svg.map-wide a.is-goal")] == ["/programmes/high"]
    assert "You are here" in page.select_one("svg.map-wide").text
    assert "The orange line is the quickest route to Robotics." in page.main.text


def test_the_profile_says_where_the_reader_is_until_another_is_asked(client):
    few()
    with client.session_transaction() as cookie:
        cookie["card"] = {"point": "mbo_4"}
    chosen = lambda query: soup(client.get("/routes/map" + query)).select_one("select[name=from] option[selected]")["value"]  # noqa: E731
    assert chosen("") == "mbo_4" and chosen("?from=vwo") == "vwo"
    assert soup(client.get("/routes/map")).select("svg.map-wide .map-lane.is-here")


def test_a_given_route_is_shown_even_where_the_filters_leave_it_out(client):
    few()
    page = soup(client.get("/routes/map?from=mbo_4&way=high&level=mbo_4"))
    assert "/programmes/high" in drawn(page) and page.select(".map-way-line")
    assert "on your route" in text(client.get("/routes/map?from=mbo_4&way=high&view=list"))


def test_a_goal_without_a_way_there_or_without_a_reader_is_marked_and_says_why(client):
    few()
    assert "No rule that we know leads from where you are" in text(client.get("/routes/map?from=vmbo_bb&to=high"))
    page = soup(client.get("/routes/map?to=high"))
    assert "Choose where you are now" in page.text and page.select("a.is-goal") and not page.select(".map-way-line")


def test_without_an_index_the_map_says_that_it_cannot_count(client):
    few()
    assert "We cannot count the open places at this moment" in text(client.get("/routes/map"))


def test_a_track_is_a_line_of_its_own_with_its_standing_and_the_school_below_the_station(client):
    school = make_school(name="School Noord", slug="noord")
    make_programme(slug="bbl", institution=school, track=Track.COMPANY_SCHOOL, title_en="Machines")
    make_programme(slug="lens", institution=school, track=Track.INSTRUMENT_COURSE, title_en="Lenses")
    page = soup(client.get("/routes/map"))
    assert "Company school" in page.text and len(page.select("svg.map-wide .map-line.is-planned")) == 1
    labels = [a["aria-label"] for a in page.select("svg.map-wide a")]
    assert labels == ["Machines, School Noord, Company school", "Lenses, School Noord, Instrument courses"]
    lines = {h3.get_text(" ", strip=True) for h3 in soup(client.get("/routes/map?view=list")).select(".map-list-line h3")}
    assert lines == {"Company school (Running)", "Instrument courses (Planned)"}


def test_what_does_not_run_says_so(client):
    few()
    make_programme(slug="plan", standing=Standing.PLANNED, title_en="Later")
    assert (
        soup(client.get("/routes/map"))
        .select_one('svg.map-wide a[href="/programmes/plan"]')["aria-label"]
        .startswith("Later, Planned")
    )


def test_the_country_opens_bands_by_the_surest_rule_and_schools_rules_are_their_own(app, session):
    few()
    make_progression(slug="maybe", rule_kind=RuleKind.INSTITUTION_DECIDES)
    make_progression(slug="own", national=False, from_point=StartingPoint.VWO, to_programme_id=None, to_level=Level.HBO_BACHELOR,
                     to_institution_id=make_school(slug="elsewhere").id, rule_kind=RuleKind.WORK)  # fmt: skip
    scheme = scheme_of(app)
    assert next(lane.calls for lane in scheme.lanes if lane.key == "mbo_4") == (("hbo_bachelor", Sign.RIGHT),)
    assert scheme.rules == ()


def test_a_schools_rule_from_points_is_one_and_from_a_programme_to_one_is_drawn_by_itself(app, session):
    north, _south = few()
    make_progression(from_point=StartingPoint.VWO)
    low, high = (row.id for row in (session.query(field_of()).filter_by(slug=slug).one() for slug in ("low", "high")))
    for point in (StartingPoint.VWO, StartingPoint.WORKING):
        make_progression(
            national=False, from_point=point, to_institution_id=north.id, to_level=Level.HBO_BACHELOR, rule_kind=RuleKind.WORK
        )
    make_progression(national=False, from_programme_id=low, to_programme_id=high, rule_kind=RuleKind.VIA_BRIDGE)
    rules = {(rule.sign, rule.lanes, rule.station, rule.target) for rule in scheme_of(app).rules}
    assert rules == {(Sign.WORK, ("vwo", "working"), None, "high"), (Sign.BRIDGE, (), "low", "high")}


def field_of():
    from ipf_talent.programmes.models import Programme

    return Programme


def test_points_that_open_the_same_share_a_lane(app, session):
    few()
    make_progression(from_point=StartingPoint.WORKING), make_progression(from_point=StartingPoint.JOB_SEEKING)
    lanes = [lane.key for lane in scheme_of(app).lanes]
    assert "working+job_seeking" in lanes and scheme_of(app, point=StartingPoint.JOB_SEEKING).here == "working+job_seeking"


def test_what_has_no_level_stands_by_its_rank(app, session):
    few()
    course = make_programme(slug="course", type=ProgrammeType.COURSE, level=Level.NONE)
    make_programme(slug="loose", type=ProgrammeType.COURSE, level=Level.NONE)
    high = session.query(field_of()).filter_by(slug="high").one()
    make_progression(national=False, from_programme_id=course.id, to_programme_id=high.id, rule_kind=RuleKind.VIA_BRIDGE)
    scheme = scheme_of(app)
    bands = {station.key: station.band for station in scheme.stations}
    order = [band.key for band in scheme.bands]
    assert order.index(bands["loose"]) == 0 and scheme.bands[0].apart
    assert order.index("mbo_4") < order.index(bands["course"]) < order.index("hbo_bachelor")


@pytest.mark.parametrize(
    ("title", "short"),
    [("Verspaner (landelijke kwalificatie 2015)", "Verspaner (2015)"), ("Technicus (landelijke kwalificatie)", "Technicus"),
     ("Machinist", "Machinist"), ("(alles)", "(alles)")],
)  # fmt: skip
def test_a_national_title_leaves_out_that_it_is_national_and_keeps_its_year(app, session, title, short):
    make_programme(slug="national", title_en=title, national=True, standing=Standing.REFERENCE)
    assert scheme_of(app).stations[0].title == short


@pytest.mark.parametrize(("language", "words"), [("nl", "De hele kaart"), ("fy", "De hiele kaart"), ("en", "The whole map")])
def test_the_page_speaks_three_languages(client, language, words):
    few()
    page = soup(client.get(f"/routes/map?lang={language}"))
    assert page.h1.text == words and page.html["lang"] == language


def test_a_hostile_title_stays_a_text(client):
    make_programme(slug="bad", title_en='</text><script>alert("x")</script>')
    answer = client.get("/routes/map")
    assert "<script>alert" not in answer.text and "alert" in soup(answer).select_one("svg.map-wide").text


def test_the_routes_the_home_page_and_a_programme_lead_to_the_map(client):
    few()
    assert soup(client.get("/routes")).select('main a[href="/routes/map"]')
    assert soup(client.get("/")).select('main a[href="/routes/map"]')
    assert soup(client.get("/programmes/low")).select('main a[href="/routes/map?to=low"]')


@pytest.mark.demo
@pytest.mark.parametrize("query", ["", "?view=list", "?from=mbo_4&to=ut-msc-robotics", "?field=robotics&from=vmbo_kb", "?q=robot"])
def test_the_map_of_the_region_is_whole_and_costs_few_statements(visitor, count_queries, query):
    visitor.get("/routes/map")  # the taxonomy is read once in a process
    before = len(count_queries())
    page = soup(visitor.get("/routes/map" + query))
    assert len(count_queries()) - before <= 9
    assert len(page.select("h1")) == 1
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(ids) == len(set(ids)) and not page.select("[style]")


@pytest.mark.demo
def test_a_station_of_the_region_counts_the_open_places_that_ask_a_skill_it_teaches(visitor, world):
    from ipf_talent import clock
    from ipf_talent.matching.filters import led_to
    from ipf_talent.programmes.models import Programme
    from ipf_talent.vacancies.models import Vacancy

    page = soup(visitor.get("/routes/map"))
    places = [one for one in world.query(Vacancy) if one.is_open(clock.today())]
    counts = set()
    for programme in world.query(Programme).limit(25):
        taught = {one.skill_id for one in programme.skills}
        fitting = [
            one
            for one in places
            if one.level in {*led_to(programme.level), Level.NONE} and taught & {s.skill_id for s in one.skills}
        ]
        told = page.select_one(f'svg.map-wide a[href="/programmes/{programme.slug}"]')["aria-label"]
        assert int(re.search(r"(\d+) open place", told)[1]) == len(fitting), programme.slug
        counts.add(len(fitting))
    assert len(counts) > 5


@pytest.mark.demo
def test_the_three_tracks_of_the_region_are_lines_with_honest_standing(visitor):
    lines = {h3.get_text(" ", strip=True) for h3 in soup(visitor.get("/routes/map?view=list")).select(".map-list-line h3")}
    assert {"Company school (Running)", "Instrument courses (Planned)", "Institute for Autonomous Systems (Planned)"} <= lines


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_line_stands_out_from_what_it_is_drawn_on(mode):
    from tests.web.test_theme import DARK, LIGHT, contrast

    css = (Path(__file__).parents[2] / "static" / "css" / "map.css").read_text(encoding="utf-8")
    lines = re.findall(r"--line-\d+: (#\w{6})", css)
    assert len(lines) == 36 and lines[12:24] == lines[24:]
    colours, ground = (lines[:12], LIGHT) if mode == "light" else (lines[12:24], DARK)
    assert [one for one in colours if min(contrast(one, ground["ipf-surface"]), contrast(one, ground["ipf-sunken"])) < 3] == []
