import pytest
from bs4 import BeautifulSoup

from ipf_talent.profiles.card import MOST_SKILLS, Card, KnownSkill
from ipf_talent.skills import queries as catalogue
from tests.factories.programmes import make_programme
from tests.factories.skills import make_skill

BROWSERS_KEEP = 4093
"""Characters of one cookie with its name that every browser keeps."""


def page_of(answer):
    return BeautifulSoup(answer.text, "html.parser")


def cookie_size(answer):
    line = next(line for line in answer.headers.getlist("Set-Cookie") if line.startswith("ipf="))
    return len(line.split(";")[0])


def test_the_story_of_three_skills(client, known, send, card):
    answer = send(client, "/profile/skills/add", words="PLC programmeren, CAD, mechatronica")
    assert (answer.status_code, answer.location) == (303, "/profile/skills")
    assert len(card(client).slugs) == 3
    assert {"plc-programming", "mechatronics"} <= set(card(client).slugs)
    assert card(client).skills[0].words == "PLC programmeren"


@pytest.mark.parametrize("between", [", ", ";", "\n", "\r\n", " ,, ; "])
def test_commas_semicolons_and_line_ends_part_a_list(client, known, send, card, between):
    send(client, "/profile/skills/add", words=between.join(["mechatronica", "PLC programmeren"]))
    assert card(client).slugs == ("mechatronics", "plc-programming")


def test_words_that_we_do_not_know_stay_and_the_others_are_added(client, known, send, card):
    answer = send(client, "/profile/skills/add", words="mechatronica, onderwaterhockeyen")
    assert answer.status_code == 422
    assert card(client).slugs == ("mechatronics",)
    field = page_of(answer).select_one("#words")
    assert field["value"] == "onderwaterhockeyen"
    assert field["aria-invalid"] == "true"
    assert "onderwaterhockeyen" in page_of(answer).select_one("#words-error").text


def test_what_is_near_to_an_unknown_word_is_one_click_away(client, known, send, card):
    page = page_of(send(client, "/profile/skills/add", words="mecha"))
    near = page.select("#suggestions button[name=slug]")
    assert near
    assert card(client).is_empty
    send(client, "/profile/skills/add", slug=near[0]["value"])
    assert card(client).slugs == (near[0]["value"],)


@pytest.mark.parametrize("words", ["", "   ", ",;,", "x" * 1001, "a\u202eb"])
def test_nothing_too_much_and_broken_text_are_refused(client, known, send, card, words):
    answer = send(client, "/profile/skills/add", words=words)
    assert answer.status_code == (303 if words == ",;," else 422)
    assert card(client).is_empty


def test_a_skill_can_be_taken_out_and_put_back_once(client, known, send, card):
    send(client, "/profile/skills/add", slug="mechatronics")
    assert send(client, "/profile/skills/remove", slug="mechatronics").status_code == 303
    assert card(client).slugs == ()
    undo = page_of(client.get("/profile/skills")).select_one(".prof-undo")
    assert not page_of(client.get("/profile/skills")).select(".prof-undo")
    send(client, undo["action"], slug=undo.select_one("input[name=slug]")["value"])
    assert card(client).slugs == ("mechatronics",)


def test_removing_what_one_does_not_have_changes_nothing(client, known, send, card):
    send(client, "/profile/skills/add", slug="mechatronics")
    send(client, "/profile/skills/remove", slug="welding")
    assert card(client).slugs == ("mechatronics",)
    assert not page_of(client.get("/profile/skills")).select(".prof-undo")


def test_adding_by_slug_goes_back_only_to_a_page_of_this_site(client, known, send, card):
    assert send(client, "/profile/skills/add", slug="mechatronics", next="/skills/mechatronics").location == "/skills/mechatronics"
    assert send(client, "/profile/skills/add", slug="mechatronics", next="//evil.example").location == "/profile/skills"
    send(client, "/profile/skills/add", slug="no-such-skill")
    assert card(client).slugs == ("mechatronics",)


def test_a_get_adds_nothing_and_a_post_without_its_token_neither(client, known, card):
    assert client.get("/profile/skills/add?slug=mechatronics").status_code == 405
    assert client.post("/profile/skills/add", data={"slug": "mechatronics"}).status_code == 400
    assert card(client).is_empty


def test_a_pasted_text_shows_its_skills_with_the_words_and_is_not_kept(client, known, send, card):
    text = "Vorig jaar heb ik stage gelopen. Ik heb PLC's geprogrammeerd en veel gelast, maar de rest was saai."
    page = page_of(send(client, "/profile/skills/read", text=text))
    boxes = {box["value"]: box for box in page.select("input[type=checkbox][name=slug]")}
    assert "PLC" in page.select_one(f"label[for={boxes['plc-programming']['id']}]").text
    assert boxes["plc-programming"].has_attr("checked")
    assert page.select_one("textarea[name=text]").text.strip() == text
    assert card(client).is_empty
    with client.session_transaction() as cookie:
        assert "saai" not in str(dict(cookie))


def test_what_one_has_already_is_not_found_again(client, known, send):
    send(client, "/profile/skills/add", slug="plc-programming")
    page = page_of(send(client, "/profile/skills/read", text="Ik kan PLC's programmeren."))
    assert not page.select("input[value=plc-programming]")
    assert "No new skills found" in page.text


@pytest.mark.parametrize(("text", "status"), [("", 422), ("x" * 20_001, 422), ("x \r\n" * 5000, 200), ("a\u202eb", 422)])
def test_a_text_has_room_for_20000_characters(client, known, send, text, status):
    answer = send(client, "/profile/skills/read", text=text)
    assert answer.status_code == status
    assert bool(page_of(answer).select("#text-error")) is (status == 422)


def test_only_ticked_skills_are_added(client, known, send, card):
    send(client, "/profile/skills/add", slug=["mechatronics", "plc-programming"])
    assert card(client).slugs == ("mechatronics", "plc-programming")


def test_suggestions_are_for_the_last_word_and_leave_out_what_is_there(client, known, send):
    typing = {"HX-Request": "true"}
    part = client.get("/profile/skills/suggest?words=lassen,+mechatron", headers=typing).text
    assert 'value="mechatronics"' in part
    assert "<html" not in part
    send(client, "/profile/skills/add", slug="mechatronics")
    assert 'value="mechatronics"' not in client.get("/profile/skills/suggest?words=lassen,+mechatron", headers=typing).text
    assert client.get("/profile/skills/suggest", headers=typing).text.strip() == ""


def test_a_page_that_changes_nothing_sends_no_cookie_that_could_undo_a_change(client, known, send, card):
    send(client, "/profile/skills/add", slug="mechatronics")
    client.get("/profile/skills")  # says what was added, once
    late = client.get("/profile/skills/suggest?words=robot", headers={"HX-Request": "true"})
    assert "Set-Cookie" not in late.headers
    assert "Set-Cookie" not in client.get("/profile/skills").headers


def test_opened_as_a_page_suggestions_are_the_page_with_them(client, known):
    page = page_of(client.get("/profile/skills/suggest?words=mechatron"))
    assert page.select_one("#words")["value"] == "mechatron"
    assert "mechatronics" in [button["value"] for button in page.select("#suggestions button[name=slug]")]


def test_skills_of_ones_programme_are_offered(client, session, send):
    programme = make_programme(teaches=(make_skill("welding"),))
    make_programme(teaches=(make_skill("sailing"),))
    send(client, "/profile", point="mbo_4", programme=programme.slug)
    offered = page_of(client.get("/profile/skills")).select("button.prof-add")
    assert [button["value"] for button in offered] == ["welding"]


def test_beyond_the_most_skills_none_is_added_and_one_is_told(client, known, send, card):
    slugs = list(catalogue.taxonomy().concepts)[: MOST_SKILLS + 1]
    send(client, "/profile/skills/add", slug=slugs[:MOST_SKILLS])
    answer = send(client, "/profile/skills/add", slug=slugs[MOST_SKILLS])
    assert answer.status_code == 303
    assert "Your profile is full" in client.get("/profile/skills").text
    assert card(client).slugs == tuple(slugs[:MOST_SKILLS])


def test_a_full_profile_fits_in_a_cookie_that_only_the_browser_reads(client, known, send, card):
    longest = sorted(catalogue.taxonomy().concepts, key=len)[-MOST_SKILLS:]
    send(client, "/profile/wishes", wish="Ik wil leren hoe je robots programmeert en onderhoudt. " * 10)
    answer = send(client, "/profile/skills/add", slug=longest)
    assert cookie_size(answer) < BROWSERS_KEEP
    assert card(client).slugs == tuple(longest)
    assert "HttpOnly" in answer.headers["Set-Cookie"]


def test_where_a_cookie_has_no_more_room_one_is_told(client, known, send, card):
    wish = "".join(chr(0x4E00 + 37 * number % 20_000) for number in range(600))
    longest = sorted(catalogue.taxonomy().concepts, key=len)[-MOST_SKILLS:]
    with client.session_transaction() as cookie:
        cookie["card"] = Card(wish=wish, skills=tuple(KnownSkill(slug) for slug in longest[:-1])).as_json()
    answer = send(client, "/profile/skills/add", slug=longest[-1])
    assert cookie_size(answer) < BROWSERS_KEEP
    assert len(card(client).skills) < MOST_SKILLS
    assert card(client).wish == wish
    assert "Your browser can hold no more" in client.get("/profile/skills").text
