import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from ipf_talent import clock
from ipf_talent.accounts.roles import Role
from ipf_talent.profiles import queries, services
from ipf_talent.profiles.card import Card, KnownSkill
from ipf_talent.programmes.levels import StartingPoint
from ipf_talent.skills import services as taxonomy
from tests.factories.accounts import make_user
from tests.factories.organisations import make_place
from tests.factories.programmes import make_programme
from tests.factories.skills import make_skill

ODD = [
    "a\x00b",
    "\u202eabc",

    "0",
    "-1",
    "9" * 400,
    "\u0663\u0662",
    "1e9",
    "0000-01-01",
    "9999-12-31",
    "2026-02-30",
    "<script>",
    "'; --",
    "%",
    "\U0001f916",
]  # fmt: skip


def send(client, path, **fields):
    page = client.get("/profile").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    return client.post(path, data={"csrf_token": token, **fields})


def card(client):
    with client.session_transaction() as cookie:
        return Card.from_json(cookie.get("card", {}))


@pytest.fixture
def known(session):
    """The taxonomy as we ship it."""
    taxonomy.load_taxonomy()
    session.commit()


def test_the_landing_page_sends_the_level_alone_and_the_rest_stays(client):
    programme = make_programme()
    send(client, "/profile", point="mbo_4", programme=programme.slug, year="2")
    answer = send(client, "/profile", point="mbo_4")
    assert answer.location == "/profile/skills"
    assert card(client) == Card(point=StartingPoint.MBO_4, programme=programme.slug, year=2)


def test_another_level_alone_takes_the_former_programme_away(client):
    programme = make_programme()
    send(client, "/profile", point="mbo_4", programme=programme.slug, year="2")
    send(client, "/profile", point="havo")
    assert card(client) == Card(point=StartingPoint.HAVO)


@pytest.mark.parametrize("field", ["point", "programme", "year"])
@pytest.mark.parametrize("value", ODD)
def test_odd_values_are_refused_beside_the_field(client, field, value):
    answer = send(client, "/profile", **{"point": "mbo_4", field: value})
    assert answer.status_code == (400 if "\x00" in value else 422)
    assert card(client).is_empty


def test_the_story_of_three_skills(client, known):
    answer = send(client, "/profile/skills/add", words="PLC programmeren, CAD, mechatronica")
    assert answer.status_code == 303
    slugs = card(client).slugs
    assert "plc-programming" in slugs
    assert "mechatronics" in slugs
    assert len(slugs) == 3
    page = client.get("/profile/skills").text
    assert "PLC" in page


def test_words_that_we_do_not_know_stay_and_the_others_are_added(client, known):
    answer = send(client, "/profile/skills/add", words="mechatronica, onderwaterhockeyen")
    assert answer.status_code == 422
    assert card(client).slugs == ("mechatronics",)
    page = BeautifulSoup(answer.text, "html.parser")
    field = page.select_one("#words")
    assert field["value"] == "onderwaterhockeyen"
    assert "onderwaterhockeyen" in page.select_one("#words-error").text
    assert field["aria-invalid"] == "true"


def test_a_skill_can_be_taken_out_and_put_back_once(client, known):
    send(client, "/profile/skills/add", slug="mechatronics")
    assert send(client, "/profile/skills/remove", slug="mechatronics").status_code == 303
    assert card(client).slugs == ()
    page = BeautifulSoup(client.get("/profile/skills").text, "html.parser")
    assert page.select_one(".prof-undo input[name=slug]")["value"] == "mechatronics"
    assert ".prof-undo" not in client.get("/profile/skills").text
    send(client, "/profile/skills/add", slug="mechatronics")
    assert card(client).slugs == ("mechatronics",)


def test_adding_by_slug_goes_back_only_to_a_page_of_this_site(client, known):
    assert send(client, "/profile/skills/add", slug="mechatronics", next="/skills/mechatronics").location == "/skills/mechatronics"
    assert send(client, "/profile/skills/add", slug="mechatronics", next="//evil.example").location == "/profile/skills"
    send(client, "/profile/skills/add", slug="no-such-skill")
    assert card(client).slugs == ("mechatronics",)


def test_a_pasted_text_shows_its_skills_with_the_words_and_is_not_kept(client, known):
    text = "Vorig jaar heb ik stage gelopen. Ik heb PLC's geprogrammeerd en veel gelast, maar de rest was saai."
    answer = send(client, "/profile/skills/read", text=text)
    page = BeautifulSoup(answer.text, "html.parser")
    boxes = {box["value"]: box for box in page.select("input[type=checkbox][name=slug]")}
    assert "plc-programming" in boxes
    assert "PLC" in page.select_one(f"label[for={boxes['plc-programming']['id']}]").text
    assert card(client).is_empty
    with client.session_transaction() as cookie:
        assert "saai" not in str(dict(cookie))


def test_only_ticked_skills_are_added(client, known):
    send(client, "/profile/skills/add", slug=["mechatronics", "plc-programming"])
    assert card(client).slugs == ("mechatronics", "plc-programming")


def test_suggestions_leave_out_what_is_there_already(client, known):
    assert "mechatronics" in client.get("/profile/skills/suggest?words=lassen,+mechatron").text
    send(client, "/profile/skills/add", slug="mechatronics")
    assert 'value="mechatronics"' not in client.get("/profile/skills/suggest?words=lassen,+mechatron").text


def test_skills_of_ones_programme_are_offered(client, session):
    skill, other = make_skill("welding"), make_skill("sailing")
    programme = make_programme(teaches=(skill,))
    make_programme(teaches=(other,))
    send(client, "/profile", point="mbo_4", programme=programme.slug)
    page = BeautifulSoup(client.get("/profile/skills").text, "html.parser")
    assert [button["value"] for button in page.select("button.prof-add")] == ["welding"]


def test_wishes_are_kept_as_said(client, session):
    make_place("Drachten")
    begin, end = clock.today() + timedelta(30), clock.today() + timedelta(200)
    answer = send(client, "/profile/wishes", wish="Leren lassen", kinds=["bol_internship"], languages=["nl", "fy"],
    place="Drachten",
                  travel_km="25", hours_per_week="32", available_from=begin.isoformat(),
                  available_until=end.isoformat())  # fmt: skip
    assert answer.location == "/profile/overview"
    kept = card(client)
    assert (kept.wish, kept.kinds, kept.languages, kept.place) == ("Leren lassen", ("bol_internship",), ("nl", "fy"), "Drachten")
    assert (kept.travel_km, kept.hours_per_week, kept.available_from, kept.available_until) == (25, 32, begin, end)
    page = client.get("/profile/overview").text
    assert "Leren lassen" in page
    assert "25" in page


@pytest.mark.parametrize(
    ("field", "value"),
    [("hours_per_week", "3"), ("hours_per_week", "41"), ("hours_per_week", "\u0663\u0662"), ("hours_per_week", "9" * 400),
    ("place", "Atlantis"),
     ("travel_km", "7"), ("kinds", ["job"]), ("languages", ["zz"]), ("wish", "x" * 601), ("available_from",
     "0000-01-01"),
     ("available_from", "9999-12-31"), ("available_until", "2020-01-01"), ("available_until", "2026-02-30"),
     ("available_until", "tomorrow")],
)  # fmt: skip
def test_a_wish_that_cannot_be_is_refused_and_nothing_typed_is_lost(client, session, field, value):
    answer = send(client, "/profile/wishes", **{"wish": "Robots bouwen", field: value})
    page = BeautifulSoup(answer.text, "html.parser")
    assert answer.status_code == 422
    assert page.select(".ipf-error")
    assert field == "wish" or page.select_one("textarea[name=wish]").text.strip() == "Robots bouwen"
    assert card(client).is_empty


def test_the_last_day_comes_after_the_first(client, session):
    begin = clock.today() + timedelta(60)
    same = begin.isoformat()
    assert send(client, "/profile/wishes", available_from=same, available_until=same).status_code == 422
    later = (begin + timedelta(1)).isoformat()
    assert send(client, "/profile/wishes", available_from=same, available_until=later).status_code == 303


def test_forgetting_empties_the_profile(client, known):
    send(client, "/profile/skills/add", slug="mechatronics")
    send(client, "/profile/forget")
    assert card(client).is_empty


def test_a_get_changes_nothing(client, known):
    send(client, "/profile/skills/add", slug="mechatronics")
    assert client.get("/profile/forget").status_code == 405
    assert client.get("/profile/skills/add?slug=welding").status_code == 405
    assert card(client).slugs == ("mechatronics",)


def test_with_an_account_the_profile_lies_there_and_is_ones_own(client, sign_in, known, session):
    mine, other = make_user(Role.STUDENT), make_user(Role.STUDENT)
    services.save(other.id, Card(wish="Van een ander", skills=(KnownSkill("cad"),)))
    session.commit()
    sign_in(client, mine)
    send(client, "/profile/skills/add", words="mechatronica")
    assert queries.card_of(mine.id).slugs == ("mechatronics",)
    assert queries.card_of(other.id).slugs == ("cad",)
    page = client.get("/profile/overview").text
    assert "Van een ander" not in page
    with client.session_transaction() as cookie:
        assert "card" not in cookie


def test_pages_cost_few_statements(client, sign_in, known, count_queries):
    user = make_user(Role.STUDENT)
    services.save(user.id, Card(point=StartingPoint.MBO_4, programme=make_programme().slug, skills=(KnownSkill("mechatronics"),)))
    sign_in(client, user)
    client.get("/profile/skills")
    for path in ("/profile", "/profile/skills", "/profile/wishes", "/profile/overview"):
        before = len(count_queries())
        client.get(path)
        assert len(count_queries()) - before <= 12, path
