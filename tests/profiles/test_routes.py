from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup

from ipf_talent import clock
from ipf_talent.accounts.roles import Role
from ipf_talent.profiles import queries, services
from ipf_talent.profiles.card import Card, KnownSkill
from ipf_talent.programmes.levels import StartingPoint
from ipf_talent.web.text import clean
from tests.factories.accounts import make_user
from tests.factories.organisations import make_place
from tests.factories.programmes import make_programme

ODD = [
    "a\x00b", "\u202eabc", "\u2066x\u2069", "\ufeff", "\u200b", "\r\n", "\t", "\x1b[31m", "0", "-1", "+7", "00012", " 12 x",
    "9" * 400, "\u0663\u0662", "\uff13\uff12", "\u00b2", "1e9", "1.5", "0x10", "nan", "inf", "true", "None", "0000-01-01",
    "9999-12-31", "2026-02-30", "2026-13-01", "tomorrow", "<script>alert(1)</script>", "'; DROP TABLE profile; --", "%_%",
    "{{ 7 * 7 }}", "../../etc/passwd", "\U0001f916\U0001f468\u200d\U0001f469\u200d\U0001f467", "e\u0301" * 300,
]  # fmt: skip
STRICT = [("/profile", name) for name in ("point", "programme", "year")] + [
    ("/profile/wishes", name)
    for name in ("kinds", "languages", "place", "travel_km", "available_until", "available_from", "age", "adult_on")
]


def page_of(answer):
    return BeautifulSoup(answer.text, "html.parser")


@pytest.mark.parametrize(("path", "field"), STRICT)
def test_odd_values_are_refused_beside_the_field_and_nothing_is_kept(client, send, card, path, field):
    for value in ODD:
        answer = send(client, path, **{"point": "mbo_4", "wish": "Robots", field: value})
        if answer.status_code == 303:  # white space alone is no day, and a far day is refused by the field above
            assert not value.strip(), value
            send(client, "/profile/forget")
            continue
        assert answer.status_code == 422, value
        assert page_of(answer).select(".ipf-error, .ipf-errors"), value
        assert card(client).is_empty, value


def test_odd_hours_are_refused_and_odd_wishes_are_kept_clean(client, send, card):
    for value in ODD:
        if (answer := send(client, "/profile/wishes", hours_per_week=value)).status_code == 303:
            assert card(client).hours_per_week in (None, 12), value
        else:
            assert answer.status_code == 422
        if send(client, "/profile/wishes", wish=value).status_code == 303:
            assert card(client).wish == clean(value.replace("\x00", ""), lines=True)
            shown = client.get("/profile/overview").text
            assert "<script>alert" not in shown
            assert value != "{{ 7 * 7 }}" or "{{ 7 * 7 }}" in shown


def test_the_landing_page_sends_the_level_alone_and_the_rest_stays(client, send, card):
    programme = make_programme()
    send(client, "/profile", point="mbo_4", programme=programme.slug, year="2")
    send(client, "/profile/wishes", wish="Robots")
    answer = send(client, "/profile", point="hbo_bachelor")
    assert (answer.status_code, answer.location) == (303, "/profile/skills")
    assert card(client) == Card(point=StartingPoint.HBO_BACHELOR, programme=programme.slug, year=2, wish="Robots")


def test_a_programme_that_is_gone_does_not_stand_in_the_way(client, send, card):
    with client.session_transaction() as cookie:
        cookie["card"] = Card(programme="no-longer-there").as_json()
    assert send(client, "/profile", point="vwo").status_code == 303
    assert card(client).point is StartingPoint.VWO


def test_programme_and_year_can_be_taken_back(client, send, card):
    send(client, "/profile", point="mbo_4", programme=make_programme().slug, year="2")
    send(client, "/profile", point="mbo_4", programme="", year="")
    assert card(client) == Card(point=StartingPoint.MBO_4)


def test_a_refused_first_step_keeps_what_was_chosen(client, send):
    programme = make_programme()
    page = page_of(send(client, "/profile", programme=programme.slug, year="3"))
    assert page.select_one("#point-error").text.strip().endswith("Choose where you are now.")
    assert page.select_one(".ipf-errors a")["href"] == "#" + page.select_one("input[name=point]")["id"]
    assert page.select_one(f"option[value={programme.slug}]").has_attr("selected")
    assert page.select_one("#year option[value='3']").has_attr("selected")


def test_wishes_are_kept_as_said(client, session, send, card):
    make_place("Drachten")
    begin, end = clock.today() + timedelta(30), clock.today() + timedelta(200)
    said = {"wish": "Leren lassen", "kinds": ["bol_internship"], "languages": ["nl", "fy"], "place": "Drachten", "travel_km": "25",
            "hours_per_week": "32", "available_from": begin.isoformat(), "available_until": end.isoformat()}  # fmt: skip
    assert send(client, "/profile/wishes", **said).location == "/profile/overview"
    assert card(client) == Card(
        wish="Leren lassen", kinds=("bol_internship",), languages=("nl", "fy"), available_from=begin, available_until=end,
        hours_per_week=32, place="Drachten", travel_km=25,
    )  # fmt: skip
    page = client.get("/profile/overview").text
    assert "Leren lassen" in page
    assert "up to 25 km from Drachten" in page


@pytest.mark.parametrize(
    ("field", "value"),
    [("hours_per_week", "3"), ("hours_per_week", "41"), ("place", "Atlantis"), ("travel_km", "7"), ("travel_km", "25"),
     ("kinds", "job"), ("languages", "zz"), ("available_from", "2020-01-01"), ("available_until", "2020-01-01")],
)  # fmt: skip
def test_a_wish_that_cannot_be_is_refused_and_nothing_typed_is_lost(client, session, send, card, field, value):
    answer = send(client, "/profile/wishes", **{"wish": "Robots bouwen", "languages": ["nl"], field: value})
    page = page_of(answer)
    assert answer.status_code == 422
    assert page.select(".ipf-errors a")
    assert page.select(".ipf-field.is-invalid .ipf-error")
    assert page.select_one("textarea[name=wish]").text.strip() == "Robots bouwen"
    assert field == "languages" or page.select_one("input[name=languages][value=nl]").has_attr("checked")
    assert card(client).is_empty


def test_a_wish_has_room_for_600_characters_and_no_more(client, session, send, card):
    assert send(client, "/profile/wishes", wish="x" * 601).status_code == 422
    assert send(client, "/profile/wishes", wish="x" * 600).status_code == 303
    assert len(card(client).wish) == 600


def test_the_last_day_comes_after_the_first(client, session, send):
    begin = clock.today() + timedelta(60)
    same = begin.isoformat()
    assert send(client, "/profile/wishes", available_from=same, available_until=same).status_code == 422
    later = (begin + timedelta(1)).isoformat()
    assert send(client, "/profile/wishes", available_from=same, available_until=later).status_code == 303


def test_a_first_day_that_has_passed_since_it_was_said_may_stay(client, session, send, card):
    passed = clock.today() - timedelta(3)
    with client.session_transaction() as cookie:
        cookie["card"] = Card(available_from=passed).as_json()
    assert send(client, "/profile/wishes", available_from=(passed - timedelta(1)).isoformat()).status_code == 422
    assert send(client, "/profile/wishes", available_from=passed.isoformat(), wish="Robots").status_code == 303
    assert (card(client).available_from, card(client).wish) == (passed, "Robots")


def test_kinds_that_suit_the_level_stand_first(client, session, send):
    send(client, "/profile", point="hbo_bachelor")
    kinds = [box["value"] for box in page_of(client.get("/profile/wishes")).select("input[name=kinds]")]
    assert kinds[:2] == ["hbo_internship", "hbo_graduation"]


def test_the_overview_says_what_would_still_help_and_where_it_is_kept(client, session, send, sign_in):
    send(client, "/profile", point="mbo_4")
    page = page_of(client.get("/profile/overview"))
    open_ends = {link.text: link["href"] for link in page.select(".prof-open a")}
    assert open_ends["What you want to learn"] == "/profile/wishes"
    assert "Your level" not in open_ends
    assert "In this browser only" in page.text
    assert page.select("main a[href='/sign-up']")
    sign_in(client, make_user(Role.STUDENT))
    page = page_of(client.get("/profile/overview"))
    assert "In your account" in page.text
    assert not page.select("main a[href='/sign-up']")


def test_forgetting_empties_the_profile(client, session, send, card, sign_in):
    send(client, "/profile/wishes", wish="Robots")
    assert client.get("/profile/forget").status_code == 405
    assert card(client).wish == "Robots"
    send(client, "/profile/forget")
    assert card(client).is_empty
    user = make_user(Role.STUDENT)
    services.save(user.id, Card(wish="Robots"))
    session.commit()
    sign_in(client, user)
    send(client, "/profile/forget")
    assert queries.card_of(user.id).is_empty


def test_with_an_account_the_profile_lies_there_and_is_ones_own(client, session, sign_in, known, send):
    mine, other = make_user(Role.STUDENT), make_user(Role.STUDENT)
    services.save(other.id, Card(wish="Van een ander", skills=(KnownSkill("mechatronics"),)))
    session.commit()
    sign_in(client, mine)
    send(client, "/profile/skills/add", words="CAD")
    assert len(queries.card_of(mine.id).skills) == 1
    assert queries.card_of(other.id) == Card(wish="Van een ander", skills=(KnownSkill("mechatronics"),))
    assert "Van een ander" not in client.get("/profile/overview").text
    with client.session_transaction() as cookie:
        assert "card" not in cookie


def test_pages_cost_few_statements(client, session, sign_in, known, count_queries):
    user = make_user(Role.STUDENT)
    programme = make_programme()
    full = Card(point=StartingPoint.MBO_4, programme=programme.slug, skills=(KnownSkill("mechatronics"), KnownSkill("cad")))
    services.save(user.id, full)
    session.commit()
    sign_in(client, user)
    client.get("/profile/skills")
    most = {"/profile": 9, "/profile/skills": 9, "/profile/wishes": 9, "/profile/overview": 9}
    for path, statements in (most | {"/profile/skills/suggest?words=robot": 12}).items():
        before = len(count_queries())
        assert client.get(path).status_code == 200
        assert len(count_queries()) - before <= statements, path


def test_every_form_works_without_scripts(client, known, send):
    send(client, "/profile/skills/add", slug="mechatronics")
    for path in ("/profile", "/profile/skills", "/profile/wishes", "/profile/overview"):
        page = page_of(client.get(path))
        assert len(page.select("h1")) == 1
        for form in page.select("main form"):
            assert form["method"] == "post"
            assert form["action"].startswith("/profile")
            assert form.select("input[name=csrf_token]")
            assert form.select("button[type=submit]")


class TestAge:
    """Whether somebody is under 18, without a date of birth."""

    def test_the_day_on_which_one_turns_18_is_kept_and_shown(self, client, send, card):
        day = clock.today() + timedelta(200)
        send(client, "/profile/wishes", age="minor", adult_on=day.isoformat())
        assert card(client).adult_on == day
        assert "16 or 17, and 18 from" in client.get("/profile/overview").text

    def test_naming_the_day_is_enough(self, client, send, card):
        day = clock.today() + timedelta(1)
        send(client, "/profile/wishes", adult_on=day.isoformat())
        assert card(client).adult_on == day

    def test_of_who_is_18_no_day_is_asked_and_the_one_that_was_said_stays(self, client, send, card):
        send(client, "/profile/wishes", age="adult")
        assert card(client).adult_on == clock.today()
        assert "18 or older" in client.get("/profile/overview").text
        with time_machine.travel(clock.now() + timedelta(20)):
            send(client, "/profile/wishes", age="adult", wish="To weld.")
            assert card(client).adult_on < clock.today()

    @pytest.mark.parametrize(
        ("days", "said"),
        [(None, "Say on which day you turn 18"), (0, "This day has passed"), (-300, "This day has passed"),
         (2 * 366 + 5, "from your 16th birthday on")],
    )  # fmt: skip
    def test_an_odd_day_is_refused_beside_the_field(self, client, send, card, days, said):
        day = "" if days is None else (clock.today() + timedelta(days)).isoformat()
        answer = send(client, "/profile/wishes", age="minor", adult_on=day)
        assert answer.status_code == 422 and said in answer.text
        assert card(client).adult_on is None

    def test_two_answers_that_contradict_each_other_are_not_guessed_at(self, client, send, card):
        day = clock.today() + timedelta(30)
        answer = send(client, "/profile/wishes", age="adult", adult_on=day.isoformat())
        assert answer.status_code == 422 and "Which of the two is right?" in answer.text
        assert card(client).adult_on is None

    def test_taking_it_back_forgets_it(self, client, send, card):
        send(client, "/profile/wishes", adult_on=(clock.today() + timedelta(9)).isoformat())
        send(client, "/profile/wishes", age="", adult_on="")
        assert card(client).adult_on is None
