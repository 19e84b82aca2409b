"""The pages of open places, as a guest and a company's manager meet them."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup

from ipf_talent import clock
from ipf_talent.accounts.roles import Role
from ipf_talent.organisations.kinds import OrganisationKind
from ipf_talent.programmes.levels import Level
from ipf_talent.vacancies.kinds import Expenses, Minors, PlacingMode, VacancyKind, VacancyStatus
from tests.factories.accounts import make_user
from tests.factories.organisations import make_establishment, make_organisation, make_place
from tests.factories.skills import make_skill
from tests.factories.vacancies import make_vacancy

DAY = timedelta(1)


def read(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")


def titles(answer) -> list[str]:
    return [link["href"].rpartition("/")[2] for link in read(answer).select("#results .ipf-card-title a")]


def listed(client, **query):
    answer = client.get(f"/vacancies?{urlencode(query)}")
    assert answer.status_code == 200
    return titles(answer)


def main_text(answer) -> str:
    return " ".join(read(answer).select_one("main").get_text(" ").split())


def test_the_list_shows_what_is_open_and_nothing_else(client):
    make_vacancy(slug="open", closes_on=clock.today())
    make_vacancy(slug="yesterday", closes_on=clock.today() - DAY)
    make_vacancy(slug="draft", status=VacancyStatus.DRAFT)
    make_vacancy(slug="full", places=1, taken=1)
    make_vacancy(slug="unchecked", company=make_organisation(verified_at=None))
    assert listed(client) == ["open"]


def test_filters_in_the_address_narrow_the_list_and_stand_as_chips_that_take_themselves_away(client):
    make_vacancy(slug="hit", level=Level.MASTER, placing_mode=PlacingMode.EVENT)
    make_vacancy(slug="miss", level=Level.MASTER)
    answer = client.get("/vacancies?level=master&mode=event&page=3")
    assert titles(answer) == ["hit"]
    chips = {chip.get_text(" ", strip=True): chip["href"] for chip in read(answer).select(".ipf-chips a")}
    assert chips == {
        "Take away: Level: master": "/vacancies?mode=event",
        "Take away: How you get the place: At a matchmaking event": "/vacancies?level=master",
    }


def test_each_choice_says_how_many_it_leaves_and_an_empty_one_is_not_offered(client):
    make_vacancy(level=Level.MASTER)
    make_vacancy(level=Level.MASTER)
    make_vacancy(level=Level.AD, minors=Minors.NO)
    page = read(client.get("/vacancies"))
    assert [option.text for option in page.select("#level option")] == ["All", "associate degree (1)", "master (2)"]
    assert [option.text for option in page.select("#minors option")] == ["All", "Possible under 18 (2)"]


def test_distance_counts_from_the_chosen_town_and_stands_on_the_card(client):
    make_place("Drachten")
    make_vacancy(slug="near", place="Leeuwarden")
    make_vacancy(slug="far", place="Groningen")
    near = client.get("/vacancies?place=Drachten&within=25")
    assert titles(near) == ["near"]
    assert "Leeuwarden · 22 km" in main_text(near)
    assert listed(client, place="Drachten", within="50", sort="nearest") == ["near", "far"]
    assert sorted(listed(client, within="10")) == ["far", "near"]


def test_months_are_asked_from_their_first_day_to_their_last(client):
    year = clock.today().year + 1
    for month, day in ((2, 28), (3, 1), (3, 31), (4, 1)):
        make_vacancy(slug=f"day-{month}-{day}", starts_on=clock.today().replace(year=year, month=month, day=day), ends_on=None)
    assert sorted(listed(client, starts_from=f"{year}-03", starts_until=f"{year}-03")) == ["day-3-1", "day-3-31"]
    assert len(listed(client, starts_from=f"{year}-03")) == 3
    assert len(listed(client, starts_until=f"{year}-03")) == 3


@pytest.mark.parametrize(
    "query",
    [
        "level=mbo_9&kind=job&field=magic&mode=x",
        "place=Nowhere&within=25",
        "within=-5",
        "within=99999999999999999999",
        "company=nobody&skill=nothing",
        "starts_from=2027-13&starts_until=soon",
        "sort=price",
        "sort=nearest",
        "page=0",
        "page=-1",
        "page=99999999999",
        "page=%D9%A3",
        "level=master&level=",
        "q=%E2%80%AEabc",
        "unknown=1",
        "level[]=master",
    ],
)
def test_nonsense_in_the_address_is_left_out(client, query):
    make_vacancy(slug="open")
    answer = client.get(f"/vacancies?{query}")
    assert answer.status_code == 200
    assert titles(answer) == ([] if query == "level=master&level=" else ["open"])


def test_a_skill_or_company_that_exists_but_asks_nothing_gives_an_empty_list_not_the_whole_one(client):
    make_vacancy(slug="open")
    make_skill("welding")
    make_organisation(slug="quiet")
    assert listed(client, skill="welding") == []
    assert listed(client, company="quiet") == []


def test_an_empty_list_says_which_filter_to_drop(client):
    make_vacancy(level=Level.MASTER)
    make_vacancy(level=Level.MASTER)
    page = read(client.get("/vacancies?level=master&kind=engd_position&q=robot"))
    advice = [(link["href"], link.get_text(strip=True)) for link in page.select(".vac-advice a")]
    assert advice == [("/vacancies?level=master&q=robot", "Without “Kind of place: EngD position”: 2 places")]
    hopeless = read(client.get("/vacancies?level=mbo_1&kind=engd_position&q=zzz"))
    assert hopeless.select(".vac-advice a") == []
    assert hopeless.select_one(".ipf-empty a.btn")["href"] == "/vacancies"


def test_with_no_place_at_all_the_list_leads_on(client):
    assert read(client.get("/vacancies")).select_one(".ipf-empty a")["href"] == "/companies"


def test_a_search_of_three_thousand_signs_is_read_as_far_as_a_search_goes(client):
    make_vacancy(slug="open")
    answer = client.get("/vacancies?" + urlencode({"q": "robot " * 500}))
    assert titles(answer) == ["open"]
    assert len(read(answer).select_one("#search")["value"]) <= 120
    assert titles(client.get("/vacancies?" + urlencode({"q": "_" * 3000}))) == []


def test_the_list_takes_at_most_six_statements_whatever_is_asked(client, count_queries):
    for _ in range(25):
        make_vacancy(musts=(make_skill("cad"),))
    asked = {"q": "robot", "place": "Drachten", "within": "50", "level": "mbo_4", "skill": "cad", "sort": "nearest", "page": "2"}
    client.get("/vacancies?q=robot")  # the index of the words is read once in a process
    for query in ({}, asked, asked | {"kind": "dual"}):
        before = len(count_queries())
        assert client.get("/vacancies?" + urlencode(query)).status_code == 200
        assert len(count_queries()) - before <= 6


def test_twenty_stand_on_a_page_and_a_number_past_the_end_gives_the_last(client):
    for _ in range(21):
        make_vacancy()
    assert len(listed(client)) == 20
    assert len(listed(client, page=2)) == len(listed(client, page=500)) == 1


def test_a_place_tells_what_you_do_learn_get_and_need(client):
    make_vacancy(
        slug="cell",
        title_en="Robot cell",
        learn_en="You learn to weld.",
        offer_en="A mentor of your own.",
        musts=(make_skill("cad"),),
        wanted=(make_skill("welding"),),
        places=3,
        taken=1,
        allowance_month_eur=350,
        work_languages=["nl", "en"],
        programmes=["25297", "mechatronics"],
    )
    answer = client.get("/vacancies/cell")
    text = main_text(answer)
    told = ("Help build a robot cell.", "You learn to weld.", "A mentor of your own.", "2 of 3", "32 hours over 4 days")
    facts = ("€ 350 a month", "Dutch, English", "crebo 25297 , Mechatronics", "Open to people under 18", "Costs are covered")
    for part in (*told, *facts):
        assert part in text, part
    headings = [heading.text for heading in read(answer).select("h3.vac-small")]
    assert headings == ["You need", "Nice to have"]
    assert [link["href"] for link in read(answer).select(".vac-skills a")] == ["/skills/cad", "/skills/welding"]
    assert "Pay A wage" not in text and "About the pay" not in text


@pytest.mark.parametrize(
    ("kind", "expenses", "words"),
    [
        (VacancyKind.BOL_INTERNSHIP, Expenses.PARTLY, "should not cost you money"),
        (VacancyKind.BOL_INTERNSHIP, Expenses.NO, "does not cover your costs"),
        (VacancyKind.HBO_INTERNSHIP, Expenses.NO, "Ask what travel"),
        (VacancyKind.BOL_INTERNSHIP, Expenses.YES, None),
        (VacancyKind.BBL_APPRENTICESHIP, None, None),
    ],
)
def test_costs_that_are_not_covered_are_warned_of(client, kind, expenses, words):
    vacancy = make_vacancy(kind=kind, expenses=expenses)
    page = read(client.get(f"/vacancies/{vacancy.slug}"))
    warnings = " ".join(box.get_text(" ", strip=True) for box in page.select(".ipf-notice-warn"))
    assert (words in warnings) if words else (warnings == "")


def test_a_wage_is_called_a_wage(client):
    vacancy = make_vacancy(kind=VacancyKind.BBL_APPRENTICESHIP, expenses=None, pay_note_en="As in the collective agreement.")
    text = main_text(client.get(f"/vacancies/{vacancy.slug}"))
    assert "A wage, with a contract" in text and "As in the collective agreement." in text
    assert "Costs, such as travel" not in text


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        (PlacingMode.SCHOOL_PLACES, "Tell my school"),
        (PlacingMode.COMPANY_CHOOSES, "Respond to this place"),
        (PlacingMode.EVENT, "Respond to this place"),
    ],
)
@pytest.mark.parametrize(("real", "made_up", "can"), [(True, False, True), (False, True, True), (True, True, False)])
def test_one_responds_on_the_site_but_never_to_a_made_up_place_of_an_existing_company(client, mode, words, real, made_up, can):
    vacancy = make_vacancy(company=make_organisation(is_example=not real), placing_mode=mode, is_example=made_up)
    answer = client.get(f"/vacancies/{vacancy.slug}")
    links = {link["href"] for link in read(answer).select("main a.btn")}
    assert (f"/vacancies/{vacancy.slug}/respond" in links) is can
    assert (words in main_text(answer)) is can
    assert ("so there is nobody to ask" in main_text(answer)) is not can


def test_an_example_is_called_one_and_an_existing_company_is_not_said_to_offer_it(client):
    source = {"source_url": "https://source.example/pattern", "source_note": "Soort plek", "checked_on": clock.today()}
    at_real = make_vacancy(company=make_organisation(is_example=False), **source)
    at_made_up = make_vacancy(**source)
    real, made_up = (client.get(f"/vacancies/{one.slug}") for one in (at_real, at_made_up))
    assert "it does not offer this place" in main_text(real) and "it does not offer this place" not in main_text(made_up)
    assert "You cannot apply for it" in main_text(real) and "You can try how responding goes" in main_text(made_up)
    for answer in (real, made_up):
        assert "The source does not offer this place." in main_text(answer)
        assert read(answer).select_one(".ipf-page-header .ipf-tag-example")
        assert read(answer).select_one("main .ipf-source a")["href"] == "https://source.example/pattern"


def test_a_real_place_carries_no_example_tag_and_its_company_no_such_note(client):
    vacancy = make_vacancy(is_example=False, company=make_organisation(is_example=False))
    answer = client.get(f"/vacancies/{vacancy.slug}")
    assert not read(answer).select(".ipf-page-header .ipf-tag-example")
    assert "made up" not in main_text(answer) and "made-up" not in main_text(answer)


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        (OrganisationKind.COMPANY, "/companies/maker"),
        (OrganisationKind.INSTITUTE, "/institutions/maker"),
        (OrganisationKind.PARTNER, None),
    ],
)
def test_the_company_links_to_the_page_it_has(client, kind, address):
    vacancy = make_vacancy(company=make_organisation(slug="maker", kind=kind))
    links = {link["href"] for link in read(client.get(f"/vacancies/{vacancy.slug}")).select("main a[href$='/maker']")}
    assert links == ({address} if address else set())


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"closes_on": clock.today() - DAY}, "It was open until"),
        ({"taken": 2}, "All places are taken."),
        ({"status": VacancyStatus.FULL}, "All places are taken."),
        ({"status": VacancyStatus.PAUSED}, "It may open again."),
        ({"status": VacancyStatus.CLOSED}, "The company has closed it."),
        ({"status": VacancyStatus.ARCHIVED, "closes_on": clock.today() - DAY}, "It was open until"),
    ],
)
def test_what_has_closed_says_why_and_names_open_places_like_it(client, state, words):
    make_vacancy(slug="gone", **state)
    make_vacancy(slug="similar")
    make_vacancy(slug="different", fields=("energy",), level=Level.MASTER)
    answer = client.get("/vacancies/gone")
    assert answer.status_code == 410
    assert words in main_text(answer)
    assert [link["href"] for link in read(answer).select(".ipf-card-title a")] == ["/vacancies/similar"]
    assert read(answer).select_one("meta[name=robots]")["content"] == "noindex"


@pytest.mark.parametrize("status", [VacancyStatus.DRAFT, VacancyStatus.IN_REVIEW])
def test_a_draft_is_there_for_its_own_managers_alone(client, session, sign_in, status):
    company = make_organisation()
    make_vacancy(slug="draft", company=company, status=status)
    assert client.get("/vacancies/draft").status_code == 404
    sign_in(client, make_user(Role.COMPANY_MANAGER, make_organisation()))
    assert client.get("/vacancies/draft").status_code == 404
    sign_in(client, make_user(Role.COMPANY_MANAGER, session.merge(company)))
    own = client.get("/vacancies/draft")
    assert own.status_code == 200
    label = {"draft": "Draft", "in_review": "In review"}[status.value]
    assert label in read(own).select_one(".ipf-page-header .ipf-tags").text
    assert "Students cannot find this place now." in main_text(own)


def test_a_manager_sees_the_state_of_an_open_place_of_their_own_and_nobody_else_does(client, sign_in):
    vacancy = make_vacancy(slug="open")
    assert "Published" not in read(client.get("/vacancies/open")).select_one(".ipf-page-header").text
    sign_in(client, make_user(Role.COMPANY_MANAGER, vacancy.company))
    own = client.get("/vacancies/open")
    assert "Published" in read(own).select_one(".ipf-page-header").text
    assert "Students cannot find" not in main_text(own)


@pytest.mark.parametrize("slug", ["nothing", "%27", "UPPER", "a" * 81])
def test_what_was_never_there_is_not_found(client, slug):
    assert client.get(f"/vacancies/{slug}").status_code == 404


def test_a_place_of_an_unchecked_company_is_not_found_even_when_it_has_closed(client):
    make_vacancy(slug="hidden", company=make_organisation(verified_at=None), status=VacancyStatus.CLOSED)
    assert client.get("/vacancies/hidden").status_code == 404


@pytest.mark.parametrize(
    ("language", "title", "lang"), [("nl", "Robotcel", None), ("fy", "Robotcel", "nl"), ("en", "Robot cell", None)]
)
def test_a_place_speaks_the_readers_language_and_marks_what_does_not(client, language, title, lang):
    make_vacancy(slug="cell", title_nl="Robotcel", title_en="Robot cell")
    heading = read(client.get(f"/vacancies/cell?lang={language}")).h1
    assert heading.text == title
    assert (heading.span["lang"] if heading.span else None) == lang


def test_what_a_company_writes_is_text_and_never_markup(client):
    make_vacancy(slug="sly", title_en="<b>Bold</b>", description_en="<script>alert(1)</script>\n\nSecond part.")
    for address in ("/vacancies", "/vacancies/sly"):
        answer = client.get(address)
        assert "<script>alert" not in answer.text and "<b>Bold" not in answer.text
        assert "&lt;script&gt;alert" in answer.text


def test_a_place_takes_at_most_eight_statements(client, count_queries):
    vacancy = make_vacancy(musts=tuple(make_skill(f"skill-{n}") for n in range(8)))
    for _ in range(5):
        make_vacancy()
    before = len(count_queries())
    assert client.get(f"/vacancies/{vacancy.slug}").status_code == 200
    assert len(count_queries()) - before <= 8


@pytest.mark.parametrize("typed", ["9203", "9203 zn", "9203ZN", " 9203 "])
def test_a_postcode_is_called_one_and_leads_to_the_town_of_companies_there(client, typed):
    here, beside, unseen = (make_organisation(**more) for more in ({}, {}, {"verified_at": None}))
    make_establishment(here, place="Drachten", postcode="9203 AB")
    make_establishment(beside, place="Leeuwarden", postcode="9204 ZN")
    make_establishment(unseen, place="Groningen", postcode="9203 ZN")
    answer = client.get(f"/vacancies?{urlencode({'q': typed, 'pay': 'paid'})}")
    said = read(answer).select_one(".vac-said")
    assert said.get_text(" ", strip=True).startswith("9203 looks like a postcode.")
    assert [link["href"] for link in said.select("a")] == ["/vacancies?pay=paid&place=Drachten&within=25&sort=nearest"]


def test_a_postcode_that_nobody_has_leads_to_the_filter(client):
    said = read(client.get("/vacancies?q=1011")).select_one(".vac-said").get_text(" ", strip=True)
    assert "Choose your town among the filters." in said and "is in no place" not in said


@pytest.mark.parametrize("typed", ["0203", "25344", "92033", "9203 Z", "92 03", "9203 ZNN", "٩٢٠٣", "plc 9203"])
def test_other_numbers_are_searched_for_as_words(client, typed):
    assert "looks like a postcode" not in client.get(f"/vacancies?{urlencode({'q': typed})}").text
