"""The pages of the planner: on a few rows made here."""

import re
from datetime import date, timedelta

import icalendar
import pytest
import time_machine
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from ipf_talent import clock
from ipf_talent.accounts.roles import Role
from ipf_talent.pathways import qr
from ipf_talent.pathways.kept import KeptLeg
from ipf_talent.pathways.models import PlanShare, SavedPlan
from ipf_talent.pathways.question import GoalKind, Question
from ipf_talent.programmes.levels import Level, Mode, ProgrammeType, Standing, StartingPoint
from ipf_talent.programmes.models import Programme
from ipf_talent.programmes.rules import RuleKind
from ipf_talent.vacancies.kinds import VacancyKind, VacancyStatus
from ipf_talent.vacancies.models import Vacancy
from tests.factories.accounts import make_user
from tests.factories.organisations import make_place
from tests.factories.plans import make_plan
from tests.factories.programmes import make_programme, make_progression
from tests.factories.skills import make_occupation, make_skill
from tests.factories.vacancies import make_vacancy

NOW = "2026-11-27T12:00:00Z"
GOAL = "from=mbo_4&to=msc&start=2026-11"


@pytest.fixture(autouse=True)
def _a_day():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ladder(session):
    """A right to a bachelor, then a school's decision on a master; the bachelor at two places, one of them with a job."""
    plc, vision = make_skill("plc-programming"), make_skill("machine-vision")
    make_progression(slug="law", condition_en="With a diploma of mbo 4.")
    asks = {"rule_kind": RuleKind.INSTITUTION_DECIDES, "condition_en": "The school looks at your bachelor."}
    make_progression(slug="up", from_point=StartingPoint.HBO_BACHELOR, to_level=Level.MASTER, **asks)
    hbo = {"type": ProgrammeType.BACHELOR, "level": Level.HBO_BACHELOR, "nlqf": 6, "duration_months": 48}
    make_programme(slug="bsc", title_en="Mechatronics", credits_ects=240, mode=Mode.FULLTIME, teaches=(plc,), **hbo)
    make_programme(slug="dual", title_en="Engineering at work", mode=Mode.DUAL, place="Groningen", teaches=(vision,), **hbo)
    make_programme(slug="msc", title_en="Robotics", type=ProgrammeType.MASTER, level=Level.MASTER, nlqf=7, duration_months=24,
                   mode=Mode.FULLTIME, place="Enschede", teaches=(vision,))  # fmt: skip
    return {"plc": plc, "vision": vision}


@pytest.fixture
def place(ladder):
    """A graduation place that asks machine vision and PLC."""
    return make_vacancy(slug="cell", title_en="Robot cell", kind=VacancyKind.HBO_GRADUATION, level=Level.HBO_BACHELOR,
                        musts=(ladder["vision"],), wanted=(ladder["plc"],))  # fmt: skip


def soup(answer, status=200):
    assert answer.status_code == status, answer.text[:400]
    return BeautifulSoup(answer.data, "html.parser")


def text(answer, status=200):
    return " ".join(soup(answer, status).main.get_text(" ").split())


def ways(client, query=GOAL):
    """Addresses of the single routes, in the order of the page."""
    page = soup(client.get(f"/plan?{query}"))
    return [a["href"] for a in page.select(".plan-card .ipf-actions a")]


def token(client):
    return re.search(r'name="csrf_token" value="([^"]+)"', client.get("/about").text)[1]


def keep(client, query=GOAL, *, name="Nei Robotics", number=0, **more):
    address = ways(client, query)[number].replace("/plan?", "/plan/keep?")
    return client.post(address, data={"csrf_token": token(client), "name": name, **more})


def kept(client, *args, **more):
    """The address of a plan that was just kept."""
    answer = keep(client, *args, **more)
    assert answer.status_code == 303, answer.text[:500]
    return answer.location


def test_a_plain_visit_asks_the_question_and_finds_no_fault(client, ladder):
    page = soup(client.get("/plan"))
    assert [legend.text for legend in page.select(".plan-form > fieldset > legend")] == ["Where am I now?", "Where to?"]
    assert not page.select(".ipf-errors, .ipf-error, .plan-card")


def test_a_question_is_answered_by_dated_steps_with_deadline_rule_source_cost_and_load(client, ladder):
    page = text(client.get(f"/plan?{GOAL}"))
    for told in (
        "Apply by 1 May 2027",
        "1 September 2027",
        "Mechatronics",
        "Robotics",
        "You have a right to admission",
        "The school decides",
        "With a diploma of mbo 4.",
        "law.example/rule",
        "Checked on 1 November 2026",
        "240 EC",
        "a year",
    ):
        assert told in page, told


def test_a_job_with_study_is_told_as_a_wage(client, ladder):
    page = text(client.get("/plan?from=mbo_4&to=dual&start=2026-11"))
    assert "you earn a wage" in page and "Wage during" in page


def test_routes_stand_side_by_side_in_a_table_and_each_in_a_card_of_its_own(client, place):
    page = soup(client.get("/plan?from=mbo_4&vacancy=cell&start=2026-11"))
    cards = page.select("article.plan-card")
    assert len(cards) >= 2
    heads = page.select(".plan-table thead th")
    assert len(heads) == len(cards)
    rows = [row.th.text for row in page.select(".plan-table tbody tr")]
    assert rows[:3] == ["Ready in", "Time", "Skills it teaches"] and "Cost" in rows
    assert all(len(row.select("td")) == len(cards) for row in page.select(".plan-table tbody tr"))
    assert "You still miss 2" in page.main.get_text(" ")


def test_what_one_can_do_already_is_not_asked_again(client, place):
    with client.session_transaction() as cookie:
        cookie["card"] = {"point": "mbo_4", "skills": [["plc-programming"]]}
    page = text(client.get("/plan?vacancy=cell&start=2026-11"))
    assert "You still miss 1" in page and "We count with the 1 skill in your profile" in page


def test_one_route_in_full_names_the_places_that_open_on_the_way(client, place):
    make_vacancy(slug="now", title_en="Now already"), make_vacancy(slug="later", title_en="For a master", level=Level.MASTER)
    page = soup(client.get(ways(client)[0]))
    opens = [" ".join(part.get_text(" ").split()) for part in page.select(".plan-opens")]
    assert [one.split(" at ")[0] for one in opens] == ["1 open place"] * 3
    assert ["Now already" in opens[0], "Robot cell" in opens[1], "For a master" in opens[2]] == [True] * 3


def test_one_route_in_full_has_the_code_of_its_own_address(client, ladder, app):
    address = ways(client)[0]
    page = client.get(address).text
    assert str(qr.picture("http://localhost" + address, "QR code with the address of this plan")) in page


def test_one_route_in_full_leads_to_the_map_which_draws_exactly_its_steps(client, ladder):
    page = soup(client.get(ways(client)[0]))
    (link,) = page.select("a[href^='/routes/map']")
    shown = text(client.get(link["href"]))
    assert "your route to Robotics" in shown and "not there any more" not in shown


def test_an_unknown_route_shows_all_of_them_and_says_so(client, ladder):
    page = text(client.get(f"/plan?{GOAL}&way=nonsense"))
    assert "is not among the routes of today" in page and "Choose this route" in page


def test_a_start_in_the_future_moves_every_step(client, ladder):
    assert "1 September 2029" in text(client.get("/plan?from=mbo_4&to=bsc&start=2029-01"))


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("from=mars&to=bsc", "We do not know this starting point"),
        ("to=bsc", "Choose where you are now"),
        ("from=mbo_4&to=bsc&start=2020-01", "This month has passed"),
        ("from=mbo_4&to=bsc&start=2026-10", "This month has passed"),
        ("from=mbo_4&to=bsc&start=9999-12", "Choose a month from the list"),
        ("from=mbo_4&to=bsc&start=0000-00", "Choose a month from the list"),
        ("from=mbo_4&to=bsc&start=soon", "Choose a month from the list"),
        ("from=mbo_4&to=bsc&km=-5&place=Drachten", "Write a whole number of kilometres"),
        ("from=mbo_4&to=bsc&km=abc&place=Drachten", "Write a whole number of kilometres"),
        ("from=mbo_4&to=bsc&km=%D9%A3&place=Drachten", "Write a whole number of kilometres"),
        ("from=mbo_4&to=bsc&km=25", "Choose the town where you live"),
        ("from=mbo_4&to=bsc&place=Atlantis", "We do not know this town"),
        ("from=mbo_4&to=bsc&own=gone", "Choose another one, or leave it open"),
        ("from=mbo_4&to=bsc&pace=never", "Choose how much time you have"),
        ("from=mbo_4&to=gone", "We do not know this programme"),
        ("from=mbo_4&goal=programme&to=", "Choose a programme."),
        ("from=mbo_4&goal=occupation", "Choose an occupation."),
        ("from=mbo_4&occupation=wizard", "We do not know this occupation"),
        ("from=mbo_4&goal=vacancy", "Choose a place."),
        ("from=mbo_4&vacancy=nowhere", "We do not know this place"),
        ("from=mbo_4&vacancy=closed", "This place has closed"),
        ("from=mbo_4&vacancy=draft", "We do not know this place"),
        ("from=mbo_4&goal=moon", "Choose where you want to go"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_the_rest_stays(client, ladder, query, told):
    make_vacancy(slug="closed", closes_on=clock.today() - timedelta(1)), make_vacancy(slug="draft", status=VacancyStatus.DRAFT)
    page = soup(client.get(f"/plan?{query}"), 422)
    (error,) = page.select(".ipf-field .ipf-error")
    assert told in error.text
    assert told in page.select_one(".ipf-errors").text
    if "from=mbo_4" in query:
        assert page.select_one("#from option[selected]")["value"] == "mbo_4"
    if "km=abc" in query:
        assert page.select_one("#km")["value"] == "abc"


@pytest.mark.parametrize(
    "query", ["to=%F0%9F%A4%96", "to=<script>", "km=1e3&place=x", "start=2027-1", "way=%22%3E", "to=bsc&to=msc", "all=x"]
)
def test_hostile_addresses_get_a_calm_page(client, ladder, query):
    answer = client.get(f"/plan?from=mbo_4&{query}")
    assert answer.status_code in (200, 422) and "<script>" not in answer.text


def test_a_place_without_skills_is_planned_by_its_level(client, ladder):
    make_vacancy(slug="plain", kind=VacancyKind.HBO_GRADUATION, level=Level.HBO_BACHELOR)
    page = text(client.get("/plan?from=mbo_4&vacancy=plain&start=2026-11"))
    assert "It names no skills, so we look at the level only" in page and "Choose this route" in page


def test_an_occupation_is_reached_by_a_programme_of_its_level(client, ladder):
    make_occupation("robot-engineer", (ladder["plc"],), levels=["hbo_bachelor"])
    page = text(client.get("/plan?from=mbo_4&occupation=robot-engineer&start=2026-11"))
    assert "Mechatronics" in page and "You still miss 1" in page


def test_what_nobody_teaches_is_named(client, ladder):
    make_vacancy(slug="rare", kind=VacancyKind.HBO_GRADUATION, level=Level.HBO_BACHELOR, musts=(make_skill("stone-carving"),))
    notice = soup(client.get("/plan?from=mbo_4&vacancy=rare&start=2026-11")).select_one(".ipf-notice")
    assert "stone carving" in notice.text and "teaches this skill" in notice.text and not notice.select("a")


def test_what_only_a_programme_beside_the_routes_teaches_names_that_programme(client, ladder):
    carving = make_skill("stone-carving")
    make_programme(slug="minor", title_en="Stone minor", type=ProgrammeType.MINOR, level=Level.HBO_BACHELOR, teaches=(carving,))
    make_programme(slug="nation", title_en="National stone", national=True, teaches=(carving,))
    make_vacancy(slug="rare", kind=VacancyKind.HBO_GRADUATION, level=Level.HBO_BACHELOR, musts=(carving,))
    notice = soup(client.get("/plan?from=mbo_4&vacancy=rare&start=2026-11")).select_one(".ipf-notice")
    assert "Stone minor teaches stone carving" in notice.text and "National stone" not in notice.text
    assert notice.select_one("a")["href"] == "/programmes/minor"


def test_a_goal_below_where_one_stands_says_that_a_route_climbs(client, ladder):
    make_progression(slug="low", from_point=StartingPoint.MBO_2, to_level=Level.MBO_3, condition_en="With mbo 2.")
    make_programme(slug="low", title_en="Turner", level=Level.MBO_3)
    notice = soup(client.get("/plan?from=mbo_4&to=low&start=2026-11")).select_one(".ipf-notice-warn")
    assert "you are at mbo 4 already" in notice.text and "With mbo 2." in notice.text


def test_a_goal_without_a_way_says_why_and_what_one_can_do(client, ladder):
    page = soup(client.get("/plan?from=vwo&to=bsc&start=2026-11"))
    notice = page.select_one(".ipf-notice-warn")
    assert "There is no route" in notice.text and "Mechatronics" in notice.text
    assert any("goal=possible" in a["href"] for a in notice.select("a"))
    assert not page.select(".plan-card")


def test_a_goal_that_is_too_far_says_so_and_leads_to_the_same_question_without_the_distance(client, ladder):
    make_place("Drachten")
    page = soup(client.get("/plan?from=mbo_4&to=dual&start=2026-11&place=Drachten&km=10"))
    notice = page.select_one(".ipf-notice-warn")
    assert "too far away" in notice.text
    assert "Engineering at work" in text(client.get(notice.select_one(".plan-on a")["href"]))


def test_a_goal_in_another_rhythm_says_so(client, ladder):
    notice = soup(client.get("/plan?from=mbo_4&to=bsc&start=2026-11&pace=work")).select_one(".ipf-notice-warn")
    assert "does not fit in your week" in notice.text


def test_what_is_possible_is_told_by_level_with_the_next_start_and_what_it_opens(client, place):
    page = soup(client.get("/plan?from=mbo_4&goal=possible&start=2026-11"))
    stop = page.select(".plan-possible > li")[1]
    assert "hbo bachelor" in stop.h3.text and "1 open place at this level" in stop.text
    links = {a.text: a["href"] for a in stop.select(".plan-starts a")}
    assert links.keys() == {"Mechatronics", "Engineering at work"} and "to=bsc" in links["Mechatronics"]
    assert "starts on 1 September 2027" in stop.text


def test_from_where_nothing_leads_on_the_page_says_so(client, ladder):
    assert "We know of no rule that leads on from here" in text(client.get("/plan?from=none&goal=possible&start=2026-11"))


def test_the_dates_go_into_a_calendar_with_a_warning_before_each_deadline(client, ladder):
    answer = client.get(ways(client)[0].replace("/plan?", "/plan/calendar?"))
    assert answer.status_code == 200 and answer.mimetype == "text/calendar"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    events = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    days = {str(event["SUMMARY"]): event["DTSTART"].dt for event in events}
    assert days["Start: Mechatronics"] == date(2027, 9, 1) and days["Apply at the latest today: Mechatronics"] == date(2027, 5, 1)
    assert days["Ready for your goal"] > days["Start: Robotics"]
    assert all(bool(event.walk("VALARM")) == str(event["SUMMARY"]).startswith("Apply") for event in events)
    assert len({str(event["UID"]) for event in events}) == len(events)


def test_a_calendar_of_no_route_is_not_there(client, ladder):
    for query in ("", GOAL, GOAL + "&way=nonsense", "from=mars&to=msc"):
        assert client.get(f"/plan/calendar?{query}").status_code == 404


def test_a_guest_keeps_a_plan_and_finds_it_again(client, ladder, session):
    where = kept(client, name="  Nei   Robotics ")
    page = text(client.get(where))
    assert "Nei Robotics" in page and "Mechatronics" in page and "Something changed" not in page
    assert "Nei Robotics" in text(client.get("/plan/kept"))
    assert session.scalar(select(func.count()).select_from(SavedPlan)) == 0


def test_with_an_account_a_plan_is_a_row_and_nobody_else_opens_it(client, ladder, session, sign_in, app):
    sign_in(client, make_user(Role.STUDENT))
    where = kept(client)
    assert session.scalar(select(func.count()).select_from(SavedPlan)) == 1
    other = app.test_client()
    other.set_cookie("lang", "en")
    for stranger in (other, sign_in(app.test_client(), make_user(Role.STUDENT))):
        assert stranger.get(where).status_code == 404
        for deed in ("name", "remove", "share", "end-share"):
            data = {"csrf_token": token(stranger), "name": "x", "key": "0" * 12, "parts": "goal", "days": "7"}
            assert stranger.post(f"{where}/{deed}", data=data).status_code in (303, 404)
    assert session.scalar(select(SavedPlan.name)) == "Nei Robotics"


@pytest.mark.parametrize("signed_in", [False, True], ids=["guest", "account"])
def test_a_fourth_plan_asks_which_may_go_and_loses_nothing(client, ladder, sign_in, signed_in):
    if signed_in:
        sign_in(client, make_user(Role.STUDENT))
    first, *_others = [kept(client, name=f"Plan {number}") for number in range(3)]
    answer = keep(client, name="The fourth")
    page = soup(answer, 422)
    assert "You can keep 3 plans" in page.main.text and page.select_one("#name")["value"] == "The fourth"
    choice = page.select("button[name=instead]")
    assert choice[0]["value"] == first.rsplit("/", 1)[1] and len(choice) == 3
    assert client.get(first).status_code == 200
    again = client.post(page.select_one("form.plan-keep")["action"], data={"csrf_token": token(client), "name": "The fourth",
                                                                         "instead": choice[0]["value"]})  # fmt: skip
    assert again.status_code == 303 and client.get(first).status_code == 404
    titles = [h2.text for h2 in soup(client.get("/plan/kept")).select(".plan-card h2")]
    assert titles == ["Plan 1", "Plan 2", "The fourth"]


@pytest.mark.parametrize("signed_in", [False, True], ids=["guest", "account"])
def test_a_plan_is_renamed_and_removed(client, ladder, sign_in, signed_in):
    if signed_in:
        sign_in(client, make_user(Role.STUDENT))
    where = kept(client)
    version = soup(client.get(where)).select_one("input[name=version]")["value"]
    data = {"csrf_token": token(client), "name": "Oare namme", "version": version}
    assert client.post(f"{where}/name", data=data).status_code == 303
    assert "Oare namme" in text(client.get(where))
    assert client.post(f"{where}/remove", data={"csrf_token": token(client)}).status_code == 303
    assert client.get(where).status_code == 404 and "You keep no plans yet" in text(client.get("/plan/kept"))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "Give the plan a name"),
        ("   ", "Give the plan a name"),
        ("x" * 81, "at most 80 characters"),
        ("\u202eevil", "cannot be kept"),
    ],
)
def test_a_name_that_cannot_be_kept_is_told_beside_its_field(client, ladder, name, told):
    page = soup(keep(client, name=name), 422)
    assert told in page.select_one(".ipf-field .ipf-error").text
    where = kept(client)
    assert (
        told
        in soup(client.post(f"{where}/name", data={"csrf_token": token(client), "name": name, "version": "0"}), 422)
        .select_one(".ipf-error")
        .text
    )
    assert "Nei Robotics" in text(client.get(where))


def test_a_hostile_name_is_shown_as_text(client, ladder):
    where = kept(client, name="<b onclick=x>'\"&🤖")
    page = client.get(where)
    assert "<b onclick" not in page.text and "<b onclick=x>'\"&🤖" in text(page)
    assert "<b onclick" not in client.get("/plan/kept").text


def test_plans_stand_side_by_side(client, ladder):
    kept(client, name="One"), kept(client, "from=mbo_4&to=dual&start=2026-11", name="Two")
    table = soup(client.get("/plan/kept")).select_one(".plan-table")
    assert [th.text for th in table.select("thead th")] == ["One", "Two"]
    assert [td.text for td in table.select("tbody tr")[0].select("td")] == ["Robotics", "Engineering at work"]


def test_a_plan_whose_programme_closed_says_so_beside_what_was_kept(client, ladder, session):
    where = kept(client)
    session.scalar(select(Programme).where(Programme.slug == "bsc")).standing = Standing.REFERENCE
    session.commit()
    page = text(client.get(where))
    assert "Something changed since you kept this plan" in page and "Mechatronics" in page and "from 1 September 2027" in page
    assert "This programme does not run any more" in page
    assert "Something changed" in text(client.get("/plan/kept"))


def test_a_plan_of_last_year_says_its_new_dates_beside_the_old_ones(client, ladder, sign_in):
    user = make_user(Role.STUDENT)
    sign_in(client, user)
    question = Question(StartingPoint.MBO_4, GoalKind.PROGRAMME, "bsc", date(2026, 1, 1))
    row = make_plan(user, question=question, legs=(KeptLeg("bsc", "fulltime:Drachten", date(2026, 9, 1)),))
    page = text(client.get(f"/plan/kept/{row.key}"))
    assert "It starts on 1 September 2027 now" in page and "from 1 September 2026" in page
    assert "Some dates changed" in text(client.get("/plan/kept"))


def test_a_plan_for_a_place_that_closed_still_shows_what_was_kept(client, place, session):
    where = kept(client, "from=mbo_4&vacancy=cell&start=2026-11")
    session.scalar(select(Vacancy).where(Vacancy.slug == "cell")).status = VacancyStatus.CLOSED
    session.commit()
    page = text(client.get(where))
    assert "This place has closed" in page and "What you kept" in page
    assert text(client.get("/plan/kept"))


def share(client, where, *parts, days="7"):
    answer = client.post(f"{where}/share", data={"csrf_token": token(client), "parts": list(parts), "days": days})
    assert answer.status_code == 303, answer.text[:500]
    return soup(client.get(answer.location)).select_one("#new-link")["value"]


@pytest.mark.parametrize("signed_in", [False, True], ids=["guest", "account"])
def test_a_share_shows_what_was_ticked_and_never_a_name(client, place, sign_in, signed_in, app):
    user = make_user(Role.STUDENT, display_name="Tsjikke Proef", email="tsjikke@voorbeeld.example")
    if signed_in:
        sign_in(client, user)
    where = kept(client, "from=mbo_4&vacancy=cell&start=2026-11", name="Plan fan Tsjikke Proef", number=0)
    stranger = app.test_client()
    stranger.set_cookie("lang", "en")
    answer = stranger.get(share(client, where, "steps"))
    page = text(answer)
    assert "1 September 2027" in page
    for hidden in ("mbo 4", "Robot cell", "Tsjikke", "€", "PLC", "plc programming"):
        assert hidden not in page, hidden
    assert answer.headers["Cache-Control"] == "no-store" and "noindex" in answer.headers["X-Robots-Tag"]
    assert soup(answer).select_one("meta[name=robots]")["content"] == "noindex, nofollow"
    full = text(stranger.get(share(client, where, "here", "goal", "steps", "costs", "skills", days="90")))
    assert "mbo 4" in full and "Robot cell" in full and "Cost" in full and "Tsjikke" not in full and "tsjikke@" not in full


def test_a_link_is_shown_once_and_ends_when_its_owner_says_so(client, ladder, app):
    where = kept(client)
    link = share(client, where, "goal")
    assert soup(client.get(where)).select_one("#new-link") is None
    key = soup(client.get(where)).select_one(".plan-shares input[name=key]")["value"]
    assert app.test_client().get(link).status_code == 200
    assert client.post(f"{where}/end-share", data={"csrf_token": token(client), "key": key}).status_code == 303
    assert app.test_client().get(link).status_code == 404


def test_a_link_ends_by_itself_and_another_secret_opens_nothing(client, ladder, app):
    link = share(client, kept(client), "goal", days="30")
    assert app.test_client().get(link[:-1] + ("a" if link[-1] != "a" else "b")).status_code == 404
    with time_machine.travel("2026-12-27T11:59:59Z", tick=False):
        assert app.test_client().get(link).status_code == 200
    with time_machine.travel("2026-12-27T12:00:00Z", tick=False):
        assert app.test_client().get(link).status_code == 404


def test_a_removed_plan_takes_its_links_along(client, ladder, app, session):
    where = kept(client)
    link = share(client, where, "goal")
    client.post(f"{where}/remove", data={"csrf_token": token(client)})
    assert app.test_client().get(link).status_code == 404
    assert session.scalar(select(func.count()).select_from(PlanShare)) == 0


@pytest.mark.parametrize(
    ("parts", "days", "told"),
    [((), "7", "Tick at least one part"), (("name",), "7", "valid choice"), (("goal",), "365", "Not a valid choice")],
)
def test_a_share_that_cannot_be_made_is_told_beside_its_field(client, ladder, session, parts, days, told):
    where = kept(client)
    answer = client.post(f"{where}/share", data={"csrf_token": token(client), "parts": list(parts), "days": days})
    assert told in soup(answer, 422).select_one(".plan-share .ipf-error").text
    assert session.scalar(select(func.count()).select_from(PlanShare)) == 0


def test_all_that_is_kept_can_be_taken_along_as_a_file(client, ladder, sign_in):
    kept(client)
    assert "Nei Robotics" in client.get("/plan/kept.json").text
    sign_in(client, make_user(Role.STUDENT))
    answer = client.get("/plan/kept.json")
    assert answer.json["plans"] == [] and answer.headers["Content-Disposition"].startswith("attachment")


def test_a_programme_tells_what_one_can_do_with_it_and_what_leads_here(client, ladder):
    make_occupation("plc-engineer", (ladder["plc"],), levels=["hbo_bachelor"])
    make_occupation("plc-helper", (ladder["plc"],), levels=["mbo_2"])
    page = soup(client.get("/programmes/bsc/onward"))
    told = page.main.get_text(" ")
    assert (
        told.index("What follows")
        < told.index("The school looks at your bachelor.")
        < told.rindex("What leads here")
        < told.index("With a diploma of mbo 4.")
    )
    assert "plc engineer" in told and "plc helper" not in told and "You learn 1 of the 1 skills" in " ".join(told.split())
    onward = next(a["href"] for a in page.select(".ipf-page-header a") if "goal=possible" in a["href"])
    assert "Robotics" in text(client.get(onward))
    assert client.get("/programmes/nothing/onward").status_code == 404


def test_a_place_and_a_programme_lead_to_the_planner(client, place):
    assert "/plan?vacancy=cell" in [a["href"] for a in soup(client.get("/vacancies/cell")).select("main a")]
    links = [a["href"] for a in soup(client.get("/programmes/bsc")).select("main a")]
    assert "/plan?to=bsc" in links and "/programmes/bsc/onward" in links
    assert "/plan?vacancy=cell" in [a["href"] for a in soup(client.get("/routes?vacancy=cell")).select("main a")]


@pytest.mark.parametrize("language", ["nl", "fy", "en"])
@pytest.mark.parametrize("signed_in", [False, True], ids=["guest", "account"])
@pytest.mark.parametrize("goal", ["", "vacancy=cell", "occupation=robot-engineer", "goal=possible"])
def test_a_page_takes_twelve_statements_at_most(client, place, ladder, count_queries, sign_in, signed_in, goal, language):
    make_occupation("robot-engineer", (ladder["plc"],), levels=["hbo_bachelor"])
    if signed_in:
        sign_in(client, make_user(Role.STUDENT))
    client.get("/plan")
    before = len(count_queries())
    assert client.get(f"/plan?lang={language}&from=mbo_4&{goal}").status_code == 200
    assert len(count_queries()) - before <= 12, count_queries()[before:]


def test_a_chosen_route_and_the_kept_plans_take_no_more(client, place, count_queries):
    address = ways(client, "from=mbo_4&vacancy=cell&start=2026-11")[0]
    kept(client, "from=mbo_4&vacancy=cell&start=2026-11"), kept(client), kept(client, "from=mbo_4&to=dual&start=2026-11")
    for path in (address, "/plan/kept", "/programmes/bsc/onward"):
        before = len(count_queries())
        assert client.get(path).status_code == 200
        assert len(count_queries()) - before <= 12, path
