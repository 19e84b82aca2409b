"""The pages of matchmaking days, from sign-up to a response: what each side sees, and what it must not see."""

import re
from datetime import timedelta

import pytest
import time_machine

from ipf_talent import clock
from ipf_talent.accounts.roles import Role
from ipf_talent.applications.models import Application
from ipf_talent.cohorts.days import jobs as day_jobs
from ipf_talent.cohorts.days import personal_data as day_personal_data
from ipf_talent.cohorts.days import queries as day_queries
from ipf_talent.cohorts.days.kinds import DayStatus
from ipf_talent.cohorts.days.models import DayPlace, DayStudent, DayTalk, DayWish, MatchDay
from ipf_talent.notifications.models import OutboxMail
from ipf_talent.programmes.levels import StartingPoint
from ipf_talent.vacancies.kinds import PlacingMode
from tests.factories.accounts import make_user
from tests.factories.applications import make_profile
from tests.factories.days import make_day, make_day_company, make_day_student, publish_day
from tests.factories.organisations import make_organisation
from tests.factories.vacancies import make_vacancy


@pytest.fixture
def send(app):
    """Send a form with its token: `send(client, path, **fields)`."""

    def post(client, path, **fields):
        token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/about").text)[1]
        return client.post(path, data={"csrf_token": token, **fields})

    return post


@pytest.fixture
def people(app, session, sign_in):
    """Browsers of a student, a company's manager and the organiser, and the rows behind them."""
    company = make_organisation(slug="ours", name="Robot Works", is_example=False)
    student = make_user(Role.STUDENT, display_name="Sytske Proef")
    make_profile(student, point=StartingPoint.MBO_4)
    rows = {"student": student, "manager": make_user(Role.COMPANY_MANAGER, company), "office": make_user(Role.CLUSTER_OFFICE)}

    def enter(who):
        client = app.test_client()
        client.set_cookie("lang", "en")
        return sign_in(client, rows[who])

    return rows, {who: enter(who) for who in rows}, company


def fields(today, **more):
    day = {"title": "Meet and match", "held_on": today + timedelta(40), "sign_up_until": today + timedelta(30), "venue": "Drachten",
           "starts_at": "13:00", "rounds": "3", "talk_minutes": "15", "change_minutes": "5", "break_after": "2",
           "break_minutes": "20", "least": "1", "most": "2", "once": "a" * 32}  # fmt: skip
    return {name: str(value) for name, value in (day | more).items()}


def test_a_day_from_an_empty_page_to_a_response(people, send, session, sign_in):
    rows, at, company = people
    today = clock.today()
    later = {"closes_on": today + timedelta(90), "starts_on": today + timedelta(120), "ends_on": today + timedelta(200)}
    vacancy = make_vacancy(company=company, is_example=False, **later)
    assert send(at["office"], "/events/new", **fields(today)).location == "/events/meet-and-match/office"
    base = "/events/meet-and-match"
    assert at["student"].get(base).status_code == 404
    send(at["office"], f"{base}/rooms", name="Hall", tables="4")
    send(at["office"], f"{base}/act", deed="open")
    assert "Meet and match" in at["student"].get("/events").text

    answer = send(
        at["manager"], f"{base}/company", version="", tables="2", talks="", levels="mbo_4", places=str(vacancy.id), note=""
    )
    assert answer.status_code == 303
    answer = send(at["student"], f"{base}/sign-up", adult="yes", named="y")
    assert answer.location == f"{base}/interest"
    number = day_queries.company_at(session.query(MatchDay).one().id, company.id).id
    assert send(at["student"], f"{base}/interest", **{f"mark-{number}": "yes"}).location == f"{base}/mine"

    send(at["office"], f"{base}/act", deed="close")
    send(at["office"], f"{base}/plan")
    page = at["office"].get(f"{base}/office").text
    assert "Everyone has 1 talk at least" in page
    assert "Sytske" not in page
    send(at["office"], f"{base}/publish")
    mine = at["student"].get(f"{base}/mine").text
    assert "Robot Works" in mine
    assert "Hall, table 1" in mine
    assert "Sytske Proef" in at["manager"].get(f"{base}/tables").text
    calendar = at["student"].get(f"{base}/mine/calendar")
    assert calendar.mimetype == "text/calendar"
    assert b"SUMMARY:Robot Works" in calendar.data

    talk = session.query(DayTalk).one()
    day = day_queries.get("meet-and-match")
    with time_machine.travel(day.slots[talk.round - 1].ends, tick=False):
        sign_in(at["student"], rows["student"])
        sign_in(at["manager"], rows["manager"])
        said = {f"outcome-{talk.id}": "yes", f"agrees-{talk.id}": "y"}
        assert send(at["student"], f"{base}/mine/outcome", **said).status_code == 303
        assert "Both of you" not in at["manager"].get(f"{base}/tables").text
        send(at["manager"], f"{base}/tables/outcome", **{f"outcome-{talk.id}": "maybe", f"place-{talk.id}": vacancy.slug})
        made = session.query(Application).one()
        assert made.mode is PlacingMode.EVENT
        assert made.key in at["student"].get(f"{base}/mine").text
        assert made.key in at["manager"].get(f"{base}/tables").text


def test_a_guest_sees_the_days_and_is_asked_to_sign_in_when_signing_up(client, session):
    day = make_day(slug="ours")
    make_day_company(day, make_organisation(name="Robot Works"))
    make_day(slug="hidden", title="Not yet", status=DayStatus.DRAFT)
    assert "Not yet" not in client.get("/events").text
    assert client.get("/events/hidden").status_code == 404
    page = client.get("/events/ours").text
    assert "Robot Works" in page
    assert "/events/ours/sign-up" in page
    assert client.get("/events/ours/sign-up").location == "/sign-in?next=/events/ours/sign-up"


def test_a_name_stands_on_the_list_only_with_consent(people, app, session):
    rows, at, company = people
    day = make_day(slug="ours")
    row = make_day_company(day, company, tables=2)
    make_day_student(day, rows["student"], code="AB12", named=False, yes=[row])
    make_day_student(day, make_user(display_name="Rixt Zonder Bezwaar"), code="CD34", named=True, yes=[row])
    with app.test_request_context():
        publish_day(day, rows["office"])
    page = at["manager"].get("/events/ours/tables").text
    assert "AB12" in page
    assert "Sytske" not in page
    assert "Rixt Zonder Bezwaar" in page


def test_whoever_looks_around_as_an_example_sees_no_name_of_a_real_student(people, app, session):
    rows, at, company = people
    rows["manager"].is_demo = True
    day = make_day(slug="ours", is_example=True)
    make_day_student(day, rows["student"], yes=[make_day_company(day, company)])
    with app.test_request_context():
        publish_day(day, rows["office"])
    assert "Sytske" not in at["manager"].get("/events/ours/tables").text


@pytest.mark.parametrize("path", ["/events/ours/office", "/events/ours", "/events/office"])
def test_the_organiser_sees_no_name_of_a_student(people, app, session, path):
    rows, at, company = people
    day = make_day(slug="ours")
    make_day_student(day, rows["student"], yes=[make_day_company(day, company)])
    with app.test_request_context():
        publish_day(day, rows["office"])
    page = at["office"].get(path).text
    assert "Sytske" not in page
    assert rows["student"].email not in page


def test_one_student_cannot_speak_for_another(people, app, session, send, sign_in):
    rows, at, company = people
    day = make_day(slug="ours")
    other = make_day_student(day, yes=[make_day_company(day, company)])
    make_day_student(day, rows["student"])
    day.least = 0
    session.commit()
    with app.test_request_context():
        publish_day(day, rows["office"])
    (talk,) = day_queries.talks_of_student(other.id)
    with time_machine.travel(day.slots[2].ends, tick=False):
        sign_in(at["student"], rows["student"])
        assert send(at["student"], "/events/ours/mine/outcome", **{f"outcome-{talk.id}": "yes"}).status_code == 422
    assert session.get(DayTalk, talk.id).student_says is None


def test_a_company_speaks_for_its_own_talks_alone(people, app, session, send, sign_in):
    rows, at, company = people
    day = make_day(slug="ours")
    make_day_company(day, company)
    foreign = make_day_company(day)
    make_day_student(day, yes=[foreign])
    with app.test_request_context():
        publish_day(day, rows["office"])
    (talk,) = day_queries.talks_of_company(foreign.id)
    with time_machine.travel(day.slots[2].ends, tick=False):
        sign_in(at["manager"], rows["manager"])
        answer = send(at["manager"], "/events/ours/tables/outcome", **{f"outcome-{talk.id}": "no"})
    assert answer.status_code == 422
    assert session.get(DayTalk, talk.id).company_says is None


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/events/ours/sign-up", {"adult": "perhaps"}),
        ("/events/ours/company", {"tables": "many", "version": "x"}),
        ("/events/ours/company", {"tables": "99", "version": ""}),
        ("/events/ours/company", {"tables": "1", "version": "", "levels": "king"}),
        ("/events/new", {"title": "x", "rounds": "17"}),
        ("/events/ours/change", {"title": "<script>", "rounds": "0"}),
        ("/events/ours/rooms", {"name": "", "tables": "0"}),
        ("/events/ours/locks", {"code": "??", "company": "none", "round": "99"}),
        ("/events/ours/locks", {"code": "??", "company": "none", "round": "x"}),
        ("/events/ours/mine/outcome", {"outcome-999999999999": "yes"}),
        ("/events/ours/tables/outcome", {"outcome-0": "never"}),
    ],
)
def test_what_makes_no_sense_is_refused_on_its_page_with_what_was_typed(people, session, send, path, sent):
    rows, at, company = people
    day = make_day(slug="ours")
    make_day_company(day, company)
    make_day_student(day, rows["student"])
    who = (
        "student"
        if path.endswith(("sign-up", "mine/outcome"))
        else "manager"
        if path.endswith(("company", "tables/outcome"))
        else "office"
    )
    answer = send(at[who], path, **sent)
    assert answer.status_code in (409, 422)
    assert "ipf-error" in answer.text


def test_an_old_page_does_not_overwrite_what_a_colleague_saved(people, session, send):
    _rows, at, _company = people
    day = make_day(slug="ours")
    version = str(day.version)
    today = clock.today()
    assert send(at["office"], "/events/ours/change", version=version, **fields(today, venue="Leeuwarden")).status_code == 303
    answer = send(at["office"], "/events/ours/change", version=version, **fields(today, venue="Sneek"))
    assert answer.status_code == 409
    assert "Leeuwarden" in answer.text
    assert "Sneek" in answer.text


def test_a_plan_that_cannot_be_tells_whom_and_why(people, session, send):
    rows, at, company = people
    day = make_day(slug="ours", least=2, most=2)
    make_day_student(day, rows["student"], code="AB12", yes=[make_day_company(day, company)])
    send(at["office"], "/events/ours/plan")
    page = at["office"].get("/events/ours/office").text
    assert "1 student gets at most 1 instead of 2, because no more marked companies look for their level and field: AB12." in page
    assert "The highest number that can be guaranteed to everyone now is 1." in page
    assert "/events/ours/publish" not in page


def test_all_talks_are_answered_on_one_form_and_nothing_that_was_typed_is_lost_on_an_error(people, app, session, send, sign_in):
    rows, at, company = people
    day = make_day(slug="ours", least=0)
    row = make_day_company(day, company)
    vacancy = make_vacancy(company=company, is_example=False)
    row.places = [DayPlace(vacancy_id=vacancy.id)]
    first, second = make_day_student(day, code="AB12", yes=[row]), make_day_student(day, code="CD34", yes=[row])
    with app.test_request_context():
        publish_day(day, rows["office"])
    talks = {talk.day_student_id: talk.id for talk in day_queries.talks_of_company(row.id)}
    one, two = talks[first.id], talks[second.id]
    with time_machine.travel(day.slots[2].ends, tick=False):
        sign_in(at["manager"], rows["manager"])
        wrong = {f"outcome-{one}": "maybe", f"place-{one}": vacancy.slug, f"outcome-{two}": "yes", f"place-{two}": "foreign"}
        answer = send(at["manager"], "/events/ours/tables/outcome", **wrong)
        assert answer.status_code == 422
        assert "CD34: Choose a place that you brought" in answer.text
        assert "AB12: " not in answer.text
        assert checked(answer.text) == {f"o{one}-maybe", f"o{two}-yes"}
        session.expire_all()
        assert {session.get(DayTalk, number).company_says for number in (one, two)} == {None}
        right = wrong | {f"place-{two}": ""}
        answer = send(at["manager"], "/events/ours/tables/outcome", **right)
        assert answer.location == "/events/ours/tables?company=ours#after"
        assert checked(at["manager"].get("/events/ours/tables").text) == {f"o{one}-maybe", f"o{two}-yes"}
    session.expire_all()
    assert session.get(DayTalk, one).vacancy_id == vacancy.id


def checked(text):
    """The radio buttons of answers that are on."""
    return set(re.findall(r'type="radio" id="(o\d+-\w+)"[^>]* checked', text))


def test_cancelling_asks_first_names_the_numbers_and_says_who_hears_it(people, session, send):
    rows, at, company = people
    day = make_day(slug="ours")
    make_day_student(day, rows["student"], yes=[make_day_company(day, company)])
    make_day_student(day, withdrawn_at=clock.now())
    page = at["office"].get("/events/ours/office").text
    assert "1 student and 1 company hear by mail that the day is cancelled. This cannot be undone." in page
    send(at["office"], "/events/ours/act", deed="cancel")
    assert "The day is cancelled. 1 student and 1 company hear it by mail." in at["office"].get("/events/ours/office").text


def test_a_day_that_has_been_has_no_buttons_that_would_change_it(people, app, session, send, sign_in):
    rows, at, company = people
    day = make_day(slug="ours")
    make_day_student(day, rows["student"], yes=[make_day_company(day, company)])
    with app.test_request_context():
        publish_day(day, rows["office"])
    ahead = at["office"].get("/events/ours/office").text
    assert "The day is over" not in ahead
    assert all(part in ahead for part in ('value="cancel"', "/events/ours/change", "/events/ours/plan", "/events/ours/locks"))
    with time_machine.travel(day.slots[-1].ends + timedelta(days=1), tick=False):
        sign_in(at["office"], rows["office"])
        page = at["office"].get("/events/ours/office").text
        assert "The day is over" in page
        for gone in ('value="cancel"', "/events/ours/change", "/events/ours/plan", "/events/ours/locks", "/events/ours/publish"):
            assert gone not in page
        assert at["office"].get("/events/ours/change").location == "/events/ours/office"
        send(at["office"], "/events/ours/act", deed="cancel")
    session.expire_all()
    assert session.query(MatchDay).one().status is DayStatus.PUBLISHED


def test_a_draft_goes_away_and_is_never_seen(people, client, session, send):
    _rows, at, _company = people
    make_day(slug="ours", title="Never opened", status=DayStatus.DRAFT)
    send(at["office"], "/events/ours/act", deed="cancel")
    assert "Never opened" not in client.get("/events").text
    assert send(at["office"], "/events/ours/remove").location == "/events/office"
    assert session.query(MatchDay).count() == 0


def test_after_a_company_leaves_the_old_verdict_and_comparison_are_not_shown(people, app, session, send):
    rows, at, company = people
    day = make_day(slug="ours", least=2)
    gone, other = make_day_company(day, company), make_day_company(day)
    make_day_student(day, rows["student"], code="AB12", yes=[gone, other])
    make_day_student(day, code="CD34", yes=[other, make_day_company(day)])
    with app.test_request_context():
        publish_day(day, rows["office"])
    assert "Everyone has 2 talks at least" in at["office"].get("/events/ours/office").text
    send(at["office"], "/events/ours/companies/leave", number=str(gone.id))
    page = at["office"].get("/events/ours/office").text
    assert "1 student now has fewer talks than you guarantee: AB12." in page
    assert "Everyone has" not in page
    assert "Against what is published" not in page
    assert "/events/ours/publish" not in page
    assert at["manager"].get("/events/ours/tables").location == "/events/ours"
    page = at["manager"].get("/events/ours").text
    assert "Robot Works is not on the list of this day any more." in page
    assert "/events/ours/tables" not in page


def test_a_fixed_talk_against_what_was_said_is_warned_of_where_it_is_fixed_and_before_publishing(people, app, session, send):
    rows, at, company = people
    day = make_day(slug="ours", least=0)
    make_day_company(day, company, levels=["master"])
    make_day_student(day, rows["student"], code="AB12")
    send(at["office"], "/events/ours/locks", code="AB12", company="ours", round="1")
    words = "This company looks for another level or field of study, and the student did not choose it."
    assert at["office"].get("/events/ours/office").text.count(words) == 2
    send(at["office"], "/events/ours/plan")
    page = at["office"].get("/events/ours/office").text
    assert page.count(words) == 1
    assert "1 fixed talk goes against what the company or the student said." in page


def test_the_office_prints_a_sheet_for_each_student_and_table_without_a_name(people, app, session):
    rows, at, company = people
    day = make_day(slug="ours", least=0)
    row = make_day_company(day, company, tables=2)
    make_day_student(day, rows["student"], code="AB12", yes=[row])
    make_day_student(day, code="CD34")
    assert at["office"].get("/events/ours/sheets").location == "/events/ours/office"
    with app.test_request_context():
        publish_day(day, rows["office"])
    page = at["office"].get("/events/ours/sheets").text
    assert page.count('class="day-sheet"') == 2 + 2
    assert "Robot Works · Library, table 8" in page
    assert "Sytske" not in page


def test_companies_and_schools_are_told_from_the_page_and_stand_there_afterwards(people, session, send):
    rows, at, _company = people
    make_day(slug="ours")
    assert "1 company get a mail" in at["office"].get("/events/ours/office").text
    send(at["office"], "/events/ours/invite")
    page = at["office"].get("/events/ours/office").text
    assert "1 company hear of the day by mail." in page
    assert "Told by mail: 1 company" in page
    assert "Robot Works" in page
    assert "get a mail with the date" not in page
    (mail,) = session.query(OutboxMail).all()
    assert mail.to_address == rows["manager"].email
    assert "/events/ours/company" in mail.body


def test_faults_of_a_day_show_all_at_once_and_each_once(people, send):
    _rows, at, _company = people
    today = clock.today()
    wrong = fields(today, sign_up_until=today + timedelta(50), least="9", most="2", talk_minutes="abc", change_minutes="-1")
    text = send(at["office"], "/events/new", **wrong).text
    assert "The sign-up ends on the day itself at the latest." in text
    assert "The guaranteed number is higher than the highest number." in text
    assert text.count('class="ipf-error"') == 4


def test_a_student_is_told_how_many_talks_there_can_be(people, session, send):
    _rows, at, company = people
    day = make_day(slug="ours", least=2, most=2)
    make_day_company(day, company)
    sent = send(at["student"], "/events/ours/sign-up", adult="yes", away=["1", "2"])
    page = at["student"].get(sent.location).text
    assert "You get 2 talks." in page
    assert "Like this we can plan 1 talk at most. Everyone is promised 2: be there in more rounds." in page
    send(at["student"], "/events/ours/sign-up", adult="yes")
    assert "Like this we can plan" not in at["student"].get("/events/ours/interest").text
    assert (
        "Like this we can plan 0 talks at most. Everyone is promised 2: mark more companies."
        in at["student"].get("/events/ours/mine").text
    )


def test_a_page_costs_as_many_statements_for_many_as_for_few(people, app, session, count_queries):
    rows, at, company = people
    day = make_day(slug="ours", least=0, rounds=6)
    companies = [make_day_company(day, company), *(make_day_company(day) for _number in range(4))]
    make_day_student(day, rows["student"], yes=companies)
    for _number in range(6):
        make_day_student(day, yes=companies)
    with app.test_request_context():
        publish_day(day, rows["office"])
    paths = {
        "student": ("/events/ours/mine", "/events/ours/interest"),
        "manager": ("/events/ours/tables",),
        "office": ("/events/ours/office", "/events/ours/sheets"),
    }
    for who, path in ((who, path) for who, own in paths.items() for path in own):
        at[who].get(path)
        before = len(count_queries())
        at[who].get(path)
        assert len(count_queries()) - before <= 12, (path, count_queries()[before:])


def test_personal_data_come_out_whole_and_go_away(people, app, session):
    rows, _at, company = people
    day = make_day(slug="ours")
    row = make_day_company(day, company)
    mine, other = make_day_student(day, rows["student"], yes=[row]), make_day_student(day, yes=[row])
    with app.test_request_context():
        publish_day(day, rows["office"])
    (told,) = day_personal_data.export(rows["student"].id)["matchmaking_days"]
    assert (told["day"], told["marked"], len(told["talks"])) == ("ours", {"ours": "yes"}, 1)
    day_personal_data.erase(rows["student"].id)
    mine = session.get(DayStudent, mine.id)
    assert (mine.student_id, mine.fields, mine.named) == (None, [], False)
    assert mine.withdrawn_at is not None
    assert [talk.day_student_id for talk in day_queries.talks(day.id)] == [other.id]
    assert session.query(DayWish).count() == 1
    assert day_personal_data.export(rows["student"].id) == {"matchmaking_days": []}


def test_four_weeks_after_a_day_nobody_knows_who_was_there(people, app, session):
    rows, _at, company = people
    day = make_day(slug="ours")
    mine = make_day_student(day, rows["student"], yes=[make_day_company(day, company)])
    with app.test_request_context():
        publish_day(day, rows["office"])
    with time_machine.travel(day.slots[0].begins + timedelta(days=27), tick=False):
        assert day_jobs.forget_days() == 0
    with time_machine.travel(day.slots[0].begins + timedelta(days=30), tick=False):
        assert day_jobs.forget_days() == 1
        assert day_jobs.forget_days() == 0
    session.expire_all()
    assert session.get(DayStudent, mine.id).student_id is None
    assert session.query(DayTalk).count() == 1
