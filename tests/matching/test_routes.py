"""The match pages as a guest sees them."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from ipf_talent import clock
from ipf_talent.profiles.card import Card, KnownSkill
from ipf_talent.programmes.levels import Level, ProgrammeType, StartingPoint
from ipf_talent.vacancies.kinds import VacancyKind, VacancyStatus
from tests.factories.organisations import make_organisation
from tests.factories.programmes import make_programme
from tests.factories.skills import make_occupation, make_skill
from tests.factories.vacancies import make_vacancy
from tests.matching.conftest import PLC_STUDENT


@pytest.fixture
def region(taught, index):
    """Five places: two that fit, one of another trade, one of another level, one far away; and two programmes."""
    make_vacancy(slug="robot-cell", musts=(taught["plc-programming"],), wanted=(taught["cad"], taught["robotics"]))
    make_vacancy(
        slug="vision-line", musts=(taught["machine-vision"], taught["robotics"]), wanted=(taught["plc-programming"],),
        description_nl="Camera's boven een lopende band.", description_en="Cameras above a belt.",
    )  # fmt: skip
    make_vacancy(
        slug="weld-shop", musts=(taught["welding"],), description_nl="Lassen van stalen frames.", description_en="Welding."
    )
    make_vacancy(
        slug="bachelor-robot", level=Level.HBO_BACHELOR, kind=VacancyKind.HBO_INTERNSHIP, musts=(taught["plc-programming"],)
    )
    make_vacancy(slug="far-away", place="Enschede", musts=(taught["plc-programming"],))
    make_programme(slug="robot-school", teaches=(taught["robotics"], taught["machine-vision"]))
    make_programme(slug="slow-school", teaches=(taught["robotics"],), duration_months=None)
    index()
    return taught


def page(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")


def shown(answer) -> list[str]:
    """Slugs of the cards, in their order."""
    links = page(answer).select("main article.ipf-card .ipf-card-title a")
    return [link["href"].partition("?")[0].rpartition("/")[2] for link in links]


def fits(answer) -> list[int]:
    return [int(re.search(r"(\d+)%", tag.text)[1]) for tag in page(answer).select("main article .ipf-fit-number")]


def test_places_come_best_first_with_the_level_of_the_profile(region, as_student):
    answer = as_student().get("/match/places")
    assert shown(answer)[0] in ("robot-cell", "far-away")
    assert set(shown(answer)) == {"robot-cell", "vision-line", "far-away"}
    assert fits(answer) == sorted(fits(answer), reverse=True)


def test_a_card_names_what_is_shared_what_is_missing_and_the_words_of_the_wish(region, as_student):
    cards = page(as_student().get("/match/places")).select("main article")
    text = next(card for card in cards if card.find("a")["href"].startswith("/match/places/robot-cell")).text
    assert "plc programming" in text and "cad" in text
    assert re.search(r"You can still learn\s+robotics", text)
    assert "robotcel" in text


def test_without_skill_or_wish_the_page_invites_and_lists_the_newest(region, client):
    answer = client.get("/match/places")
    assert answer.status_code == 200 and "What can you do already?" in answer.text
    assert len(shown(answer)) == 5 and not fits(answer)


def test_a_level_can_be_taken_away_and_chosen(region, as_student):
    client = as_student()
    chip = page(client.get("/match/places")).select_one(".match-chips a")
    assert "mbo 4" in chip.text
    assert "bachelor-robot" in shown(client.get(chip["href"]))
    assert shown(client.get("/match/places?level=hbo_bachelor")) == ["bachelor-robot"]
    assert "1 more place fits one step above your level" in client.get("/match/places").text
    assert "bachelor-robot" in shown(client.get("/match/places?level=next"))
    assert "one step above your level" not in client.get("/match/places?level=next").text
    assert "bachelor-robot" not in shown(client.get("/match/places?level=nonsense"))


def test_distance_counts_from_the_town_of_the_profile(region, as_student):
    client = as_student(replace(PLC_STUDENT, place="Drachten", travel_km=60))
    assert "far-away" not in shown(client.get("/match/places"))
    assert "Within 60 km of Drachten" in client.get("/match/places").text
    assert "far-away" in shown(client.get("/match/places?within=200"))
    assert "far-away" in shown(client.get("/match/places?within=all"))


def test_filters_that_leave_nothing_say_which_to_drop_and_what_that_gives(region, as_student):
    later = clock.today() + timedelta(900)
    client = as_student(replace(PLC_STUDENT, available_from=later))
    answer = client.get("/match/places")
    assert not shown(answer) and "Your filters leave no place" in answer.text
    counts = {tag.a.text.strip(): tag.text for tag in page(answer).select(".match-instead li")}
    assert [int(re.search(r": (\d+) place", text)[1]) for text in counts.values()] == [3]
    (only,) = counts
    assert "From" in only


def test_where_taking_one_filter_away_is_not_enough_all_can_go(region, as_student):
    later = clock.today() + timedelta(900)
    client = as_student(replace(PLC_STUDENT, point=StartingPoint.MBO_2, available_from=later))
    answer = client.get("/match/places")
    (link,) = page(answer).select(".match-instead a")
    assert "Taking away one filter is not enough." in answer.text and link.text == "Without any filter"
    assert len(shown(client.get(link["href"]))) == int(re.search(r": (\d+) places", link.parent.text)[1]) > 0


@pytest.mark.parametrize("wish", ["lasers", "\N{ROBOT FACE}", "a"])
def test_a_wish_that_no_place_shares_is_not_blamed_on_the_filters(region, as_student, wish):
    answer = as_student(Card(point=StartingPoint.MBO_4, wish=wish)).get("/match/places")
    assert not shown(answer) and "Your filters leave no place" not in answer.text
    empty = page(answer).select_one(".ipf-empty")
    assert "No open place shares a skill or a word with what you said" in empty.text
    assert empty.a["href"] == "/profile/skills"


def test_faint_fits_stand_apart_at_the_end_and_are_not_counted(region, as_student, index):
    others = [make_skill(f"other-{number}") for number in range(24)]
    make_vacancy(slug="faint", title_nl="Imker", title_en="Beekeeper", description_nl="Bijen.", description_en="Bees.",
                 musts=others, wanted=(region["plc-programming"],))  # fmt: skip
    index()
    client = as_student(replace(PLC_STUDENT, wish=""))
    answer = client.get("/match/places")
    (head,) = page(answer).select(".match-group")
    assert head.text == "These touch your profile only a little"
    behind = [link["href"] for link in head.find_all_next("a") if "/match/places/" in link["href"]]
    assert behind == ["/match/places/faint"] and shown(answer)[-1] == "faint"
    assert "3 of the 5 places that pass your filters fit you" in page(answer).text
    assert "It stands at 4 of the 5 places that pass" in " ".join(page(client.get("/match/places/faint")).text.split())


def test_a_profile_that_shares_nothing_says_so(region, as_student):
    answer = as_student(Card(skills=(KnownSkill("beekeeping"),))).get("/match/places")
    assert not shown(answer) and "shares a skill or a word" in answer.text


def test_a_weak_best_place_is_called_weak(region, as_student, taught, index):
    card = Card(wish="camera")
    answer = as_student(card).get("/match/places")
    assert fits(answer) and fits(answer)[0] < 20 and "An honest word" in answer.text
    assert "An honest word" not in as_student().get("/match/places").text


def test_a_closed_place_leaves_the_list_at_once_and_a_new_one_is_announced(region, as_student, session):
    from ipf_talent.vacancies.models import Vacancy

    client = as_student()
    gone = session.query(Vacancy).filter_by(slug="robot-cell").one()
    gone.status = VacancyStatus.CLOSED
    session.commit()
    make_vacancy(slug="brand-new")
    answer = client.get("/match/places")
    assert not {"robot-cell", "brand-new"} & set(shown(answer)) and "far-away" in shown(answer)
    assert "so new that it is not in this order yet" in answer.text


@pytest.mark.parametrize("address", ["places", "places/robot-cell", "programmes", "programmes/robot-school"])
def test_no_page_takes_more_than_nine_statements(region, as_student, count_queries, address):
    client = as_student(replace(PLC_STUDENT, place="Drachten", travel_km=60))
    client.get(f"/match/{address}")
    before = len(count_queries())
    assert client.get(f"/match/{address}").status_code == 200
    assert len(count_queries()) - before <= 9


def test_the_sheet_shows_a_sum_that_adds_up(region, as_student):
    sheet = page(as_student().get("/match/places/robot-cell"))
    lines = [float(tag.text) for tag in sheet.select("table.ipf-sum tbody td.ipf-number")]
    total = float(sheet.select_one("table.ipf-sum tfoot td").text.strip("%"))
    assert len(lines) >= 3 and round(sum(lines), 1) == total > 20


def test_the_sheet_names_who_teaches_what_is_missing_and_the_way_there(region, as_student):
    sheet = page(as_student().get("/match/places/vision-line"))
    links = {tag["href"] for tag in sheet.select("main a")}
    assert {"/programmes/robot-school", "/routes?vacancy=vision-line", "/skills/machine-vision", "/vacancies/vision-line"} <= links
    assert "2 must-haves are still open" in " ".join(sheet.text.split())
    assert "every line counts for 50%" in sheet.text


def test_a_place_that_falls_back_after_a_step_is_not_said_to_stay(taught, index, as_student):
    make_vacancy(slug="first", musts=(taught["plc-programming"],), wanted=(taught["cad"], taught["welding"], taught["robotics"]))
    for number in range(2):
        make_vacancy(slug=f"gains-{number}", musts=(taught["cad"],), wanted=(taught["plc-programming"],))
    index()
    client = as_student(Card(point=StartingPoint.MBO_4, skills=(KnownSkill("plc-programming"),)))
    steps = [" ".join(tag.text.split()) for tag in page(client.get("/match/places/first")).select(".ipf-learn li")]
    (cad,) = [step for step in steps if step.startswith("With cad ")]
    assert cad.startswith("With cad this place goes from 1 to 3 of 3: other places gain more.")


def test_the_sheet_of_a_hidden_place_says_which_fact_hides_it(region, as_student):
    sheet = page(as_student().get("/match/places/bachelor-robot"))
    assert "Not in your list" in sheet.text
    assert "Does not go with what you said: mbo 4." in " ".join(sheet.text.split())


def test_the_sheet_of_a_place_that_is_too_new_shows_what_it_asks(region, as_student, taught):
    make_vacancy(slug="brand-new", musts=(taught["plc-programming"], taught["welding"]))
    answer = as_student().get("/match/places/brand-new")
    assert answer.status_code == 200 and "is so new" in answer.text
    assert page(answer).select_one(".ipf-chip-has").text.strip() == "plc programming"
    assert page(answer).select_one(".ipf-chip-lacks").text.strip() == "welding"


@pytest.mark.parametrize("status", [VacancyStatus.DRAFT, VacancyStatus.IN_REVIEW, VacancyStatus.ARCHIVED])
def test_a_place_that_nobody_may_see_is_not_there(region, as_student, status):
    make_vacancy(slug="secret", status=status)
    assert as_student().get("/match/places/secret").status_code == 404
    assert as_student().get("/match/places/never-was").status_code == 404


def test_what_an_unchecked_organisation_offers_is_not_there(region, as_student, taught):
    unchecked = make_organisation(verified_at=None)
    make_vacancy(slug="of-nobody", company=unchecked, musts=(taught["cad"],))
    make_programme(slug="of-nobody", institution=unchecked, teaches=(taught["welding"],))
    client = as_student()
    assert client.get("/match/places/of-nobody").status_code == 404
    assert client.get("/match/programmes/of-nobody").status_code == 404
    assert shown(client.get("/match/programmes?vacancy=weld-shop")) == []


def test_a_card_without_a_known_distance_shows_the_town_alone(region, as_student, client):
    for answer in (client.get("/match/places"), as_student().get("/match/places")):
        assert "Drachten" in answer.text and " km" not in page(answer).select_one("main .ipf-cards").text


@pytest.mark.parametrize("change", [{"status": VacancyStatus.CLOSED}, {"status": VacancyStatus.FULL}, {"taken": 2}])
def test_a_place_that_was_open_leads_to_its_own_page(region, as_student, change):
    make_vacancy(slug="was-open", **change)
    answer = as_student().get("/match/places/was-open")
    assert answer.status_code == 303 and answer.location == "/vacancies/was-open"


def test_programmes_close_what_the_best_places_ask(region, as_student):
    answer = as_student().get("/match/programmes")
    assert shown(answer) == ["robot-school", "slow-school"]
    text = " ".join(page(answer).text.split())
    assert "Closes 2 of your 2 missing skills in 24 months." in text
    assert "Closes 1 of your 2 missing skills; we do not know in how many months." in text


def test_what_one_can_start_with_stands_apart_from_what_comes_later(region, as_student):
    master = {"level": Level.MASTER, "type": ProgrammeType.MASTER, "duration_months": 1}
    make_programme(slug="master-school", teaches=(region["robotics"],), **master)
    answer = as_student().get("/match/programmes")
    assert shown(answer) == ["robot-school", "slow-school", "master-school"]
    first, later = page(answer).select(".match-group")
    assert [first.text, later.text] == ["You can start with this", "Later"]
    behind = [link["href"] for link in later.find_all_next("a", href=re.compile("^/match/programmes/"))]
    assert behind == ["/match/programmes/master-school"]
    assert "Later: first hbo bachelor" in " ".join(later.find_next("article").text.split())
    told = page(as_student(replace(PLC_STUDENT, point=None)).get("/match/programmes"))
    assert not told.select(".match-group") and "Say where you are now" in told.text


def test_hours_or_credits_are_told_where_no_months_are_known(region, as_student):
    make_programme(slug="in-hours", teaches=(region["robotics"],), duration_months=None, sbu=240)
    make_programme(slug="in-credits", teaches=(region["robotics"],), duration_months=None, credits_ects=30)
    for slug, size in (("in-hours", "240 hours (SBU)"), ("in-credits", "30 EC")):
        said = f"Closes 1 of your 2 missing skills. It takes {size}; we do not know how many months that is."
        assert said in " ".join(page(as_student().get(f"/match/programmes/{slug}")).text.split())
        assert said in " ".join(page(as_student().get("/match/programmes")).text.split())
        assert size in page(as_student().get("/match/places/vision-line")).select_one(".match-teach").text


def test_what_a_programme_only_comes_near_to_is_not_counted_as_learnt(taught, index, as_student):
    make_vacancy(slug="goal", musts=(taught["plc-programming"], taught["welding"]))
    make_programme(slug="siemens", teaches=(taught["siemens-plc"],))
    index()
    client = as_student(Card(point=StartingPoint.MBO_4, skills=(KnownSkill("cad"),)))
    for address in ("/match/programmes?vacancy=goal", "/match/programmes/siemens?vacancy=goal"):
        text = " ".join(page(client.get(address)).main.get_text(" ").split())
        assert "Comes near 1 of your 2 missing skills, and teaches none by that name." in text
        assert "Comes near plc programming (through siemens plc)" in text and "You learn " not in text
    teach = " ".join(page(client.get("/match/places/goal")).select_one(".match-teach").text.split())
    assert "comes near: it teaches siemens plc" in teach


def test_the_sheet_names_first_who_teaches_within_reach(region, as_student):
    make_programme(slug="a-master", level=Level.MASTER, type=ProgrammeType.MASTER, teaches=(region["robotics"],), duration_months=1)
    sheet = page(as_student().get("/match/places/vision-line"))
    (robotics,) = [line for line in sheet.select(".match-teach > div") if line.dt.text.strip() == "robotics"]
    names = [link["href"].rpartition("/")[2] for link in robotics.select("dd a")]
    assert names == ["robot-school", "slow-school", "a-master"]
    assert [" ".join(tag.text.split()) for tag in robotics.select(".match-later")] == ["Later: first hbo bachelor"]


def test_an_open_must_have_that_is_an_attitude_is_advised_and_no_course_is_named_for_it(taught, index, as_student):
    eager, neat = (make_skill(slug, type="transversal") for slug in ("willingness-to-learn", "working-neatly"))
    make_vacancy(slug="cell", musts=(taught["plc-programming"], eager), wanted=(neat, taught["welding"]))
    make_vacancy(slug="rival", musts=(taught["plc-programming"],))
    make_programme(slug="eager-school", teaches=(eager,))
    index()
    sheet = page(as_student(replace(PLC_STUDENT, wish="")).get("/match/places/cell"))
    steps = [" ".join(tag.text.split()) for tag in sheet.select(".ipf-learn li")]
    assert len(steps) == 2 and not any("working neatly" in step for step in steps)
    (first,) = [step for step in steps if "willingness to learn" in step]
    assert first.startswith("With willingness to learn this place ") and first.endswith("Must-have")
    learn = sheet.select(".match-teach > div")
    assert [link.text for link in learn[-1].select("dt a")] == ["willingness to learn", "working neatly"]
    assert "No course is needed" in learn[-1].text and "/programmes/eager-school" not in str(sheet.select_one(".match-teach"))


def test_a_place_or_an_occupation_can_be_the_goal(region, as_student, taught):
    make_occupation("welder", essential=(taught["welding"], taught["cad"]))
    make_programme(slug="weld-school", teaches=(taught["welding"],))
    client = as_student()
    assert shown(client.get("/match/programmes?occupation=welder")) == ["weld-school"]
    assert "You miss 1 of its 2 essential skills" in " ".join(page(client.get("/match/programmes?occupation=welder")).text.split())
    assert shown(client.get("/match/programmes?vacancy=weld-shop")) == ["weld-school"]
    assert shown(client.get("/match/programmes?vacancy=robot-cell")) == ["robot-school", "slow-school"]
    assert shown(client.get("/match/programmes?vacancy=nowhere")) == ["robot-school", "slow-school"]
    assert not shown(client.get("/match/programmes?vacancy=weld-shop&level=master"))


def test_programmes_come_by_the_share_of_ones_own_gap_that_they_close_in_a_month(taught, index, as_student):
    """The student knows PLCs and cad: what a programme teaches of these counts for nothing, however much the place asks it."""
    asked = tuple(taught[slug] for slug in ("plc-programming", "cad", "robotics", "welding", "machine-vision"))
    make_vacancy(slug="goal", musts=asked)
    teach = {
        "fast-but-known": ((taught["plc-programming"], taught["cad"], taught["robotics"]), 12),
        "slow-and-whole": ((taught["robotics"], taught["welding"], taught["machine-vision"]), 48),
        "two-in-twelve": ((taught["welding"], taught["machine-vision"]), 12),
        "known-alone": ((taught["plc-programming"], taught["cad"]), 1),
    }
    for slug, (teaches, months) in teach.items():
        make_programme(slug=slug, teaches=teaches, duration_months=months)
    index()
    answer = as_student().get("/match/programmes?vacancy=goal")
    assert shown(answer) == ["two-in-twelve", "fast-but-known", "slow-and-whole"]
    assert "Closes 1 of your 3 missing skills in 12 months." in " ".join(page(answer).text.split())


def test_without_goal_and_profile_the_programmes_ask_for_one(region, client):
    answer = client.get("/match/programmes")
    assert answer.status_code == 200 and "Where do you want to go?" in answer.text


def test_one_programme_says_what_it_closes_and_which_places_move_up(region, as_student):
    answer = as_student().get("/match/programmes/robot-school")
    text = " ".join(page(answer).text.split())
    assert "Closes 2 of your 2 missing skills in 24 months." in text
    better = {tag.a["href"].rpartition("/")[2]: " ".join(tag.text.split()) for tag in page(answer).select(".match-movers li")}
    assert set(better) == {"robot-cell", "vision-line"}
    assert re.search(r"fit from \d+% to \d+%", better["vision-line"])
    assert as_student().get("/match/programmes/never-was").status_code == 404


def test_a_programme_without_skills_says_that_nothing_is_known(region, as_student):
    make_programme(slug="silent")
    answer = as_student().get("/match/programmes/silent")
    assert answer.status_code == 200 and "We recognised no skills" in answer.text
