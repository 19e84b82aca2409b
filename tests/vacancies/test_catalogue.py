"""Each filter alone and beside others, always with a near-miss in the house, and the numbers behind each choice."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ipf_talent import clock
from ipf_talent.organisations.distance import kilometres
from ipf_talent.organisations.queries import place_named, places
from ipf_talent.programmes.levels import Level
from ipf_talent.skills.fields import Field
from ipf_talent.vacancies import catalogue, choices
from ipf_talent.vacancies.filters import Asked, Pay, Sort
from ipf_talent.vacancies.kinds import Expenses, Minors, PlacingMode, VacancyKind
from tests.factories.organisations import make_organisation, make_place
from tests.factories.skills import make_skill
from tests.factories.vacancies import make_vacancy

pytestmark = pytest.mark.usefixtures("app_context")
START = date(2027, 9, 1)
KINDS = {"kind": VacancyKind, "level": Level, "field": Field, "within": int, "pay": Pay, "minors": bool, "mode": PlacingMode,
         "days": int, "recognised": bool}  # fmt: skip


def found(asked: Asked) -> list[str]:
    return [row.slug for row in catalogue.page(asked, clock.today(), number=1, size=50)]


def counted(asked: Asked) -> catalogue.Counts:
    return catalogue.counts(asked, clock.today())


def km_from(town: str) -> dict[int, float]:
    home = place_named(town)
    return {place.id: kilometres(home.lat, home.lon, place.lat, place.lon) for place in places()}


@pytest.fixture
def target(app_context):
    return make_vacancy(
        slug="target",
        kind=VacancyKind.WO_THESIS,
        level=Level.MASTER,
        fields=("robotics", "software"),
        place="Groningen",
        company=make_organisation(slug="maker", name="Maker Drachten"),
        work_languages=["nl", "en"],
        musts=(make_skill("robotics"),),
        starts_on=START,
        ends_on=START + timedelta(90),
        expenses=Expenses.YES,
        allowance_month_eur=300,
        minors=Minors.WITH_SUPERVISION,
        placing_mode=PlacingMode.EVENT,
    )


@pytest.fixture
def noise(target):
    """Differs from the target in every single thing, and only a little."""
    return make_vacancy(
        slug="noise",
        fields=("mechatronics",),
        place="Enschede",
        work_languages=["nl", "de"],
        musts=(make_skill("mechatronics"),),
        starts_on=START + timedelta(60),
        ends_on=None,
        expenses=Expenses.PARTLY,
        allowance_month_eur=0,
        minors=Minors.NO,
    )


ALONE = {
    "kind": VacancyKind.WO_THESIS,
    "level": Level.MASTER,
    "field": Field.SOFTWARE,
    "within": 50,
    "company": "maker",
    "language": "en",
    "skill": "robotics",
    "starts_until": START,
    "pay": Pay.PAID,
    "minors": True,
    "mode": PlacingMode.EVENT,
}
WRONG = {
    "kind": VacancyKind.WO_DESIGN,
    "level": Level.WO_BACHELOR,
    "field": Field.ENERGY,
    "within": 25,
    "company": "nobody",
    "language": "fy",
    "skill": "cad",
    "starts_until": START - timedelta(1),
    "pay": None,
    "minors": None,
    "mode": PlacingMode.SCHOOL_PLACES,
}


@pytest.mark.usefixtures("target", "noise")
@pytest.mark.parametrize("name", ALONE)
def test_each_filter_alone_leaves_the_near_miss_out(name):
    make_place("Drachten")
    nothing = Asked(km=km_from("Drachten"))
    assert found(replace(nothing, **{name: ALONE[name]})) == ["target"]
    assert sorted(found(nothing)) == ["noise", "target"]


@pytest.mark.usefixtures("target", "noise")
@pytest.mark.parametrize("name", [name for name, value in WRONG.items() if value])
def test_filters_together_ask_all_of_it(name):
    make_place("Drachten")
    everything = Asked(km=km_from("Drachten"), **ALONE)
    assert found(everything) == ["target"]
    assert found(replace(everything, **{name: WRONG[name]})) == []


@pytest.mark.usefixtures("target", "noise")
def test_a_start_can_be_asked_from_a_day_on_and_that_day_counts():
    assert found(Asked(starts_from=START + timedelta(60))) == ["noise"]
    assert found(Asked(starts_from=START + timedelta(61))) == []
    assert sorted(found(Asked(starts_from=START))) == ["noise", "target"]


def test_a_town_just_outside_the_circle_is_left_out():
    """Groningen lies 33.4 km from Drachten, Leeuwarden 22.2."""
    for town in ("Drachten", "Leeuwarden", "Groningen"):
        make_vacancy(slug=town.lower(), place=town)
    km = km_from("Drachten")
    circles = {within: sorted(found(Asked(km=km, within=within))) for within in (10, 25, 50)}
    assert circles == {10: ["drachten"], 25: ["drachten", "leeuwarden"], 50: ["drachten", "groningen", "leeuwarden"]}


def test_what_has_no_town_is_in_no_circle_and_comes_last(session):
    nowhere = make_vacancy(slug="nowhere", starts_on=clock.today())
    nowhere.place = None
    session.commit()
    make_vacancy(slug="far", place="Enschede")
    make_place("Drachten")
    assert found(Asked(km=km_from("Drachten"), within=1000)) == ["far"]
    assert found(Asked(km=km_from("Drachten"), sort=Sort.NEAREST)) == ["far", "nowhere"]


def test_a_distance_without_a_town_asks_nothing():
    make_vacancy(slug="a", place="Enschede")
    assert found(Asked(within=10)) == ["a"]


def test_a_wage_counts_as_pay_and_says_nothing_of_costs():
    make_vacancy(slug="wage", kind=VacancyKind.BBL_APPRENTICESHIP, expenses=None)
    make_vacancy(slug="allowance", expenses=Expenses.NO, allowance_month_eur=250)
    make_vacancy(slug="covered", expenses=Expenses.YES)
    make_vacancy(slug="neither", expenses=Expenses.PARTLY, allowance_month_eur=0)
    assert sorted(found(Asked(pay=Pay.PAID))) == ["allowance", "wage"]
    assert found(Asked(pay=Pay.COVERED)) == ["covered"]


def test_the_order_is_what_was_asked():
    moment, today = clock.now(), clock.today()
    day = timedelta(1)
    make_vacancy(slug="newest", place="Enschede", published_at=moment, starts_on=today + 3 * day)
    make_vacancy(slug="soonest", place="Groningen", published_at=moment - 2 * day, starts_on=today + day)
    make_vacancy(slug="nearest", place="Drachten", published_at=moment - day, starts_on=today + 2 * day)
    km = km_from("Drachten")
    assert found(Asked()) == ["newest", "nearest", "soonest"]
    assert found(Asked(sort=Sort.SOONEST)) == ["soonest", "nearest", "newest"]
    assert found(Asked(sort=Sort.NEAREST, km=km)) == ["nearest", "soonest", "newest"]
    assert found(Asked(sort=Sort.NEAREST)) == ["newest", "nearest", "soonest"]


def test_a_search_reads_title_task_company_town_and_skills_in_all_languages():
    skill = make_skill("welding", label_nl="lassen", label_fy="laskje", label_en="welding")
    make_vacancy(slug="hit", title_nl="Precisiewerk", title_en="Precision work", description_nl="Meet op een tafel.",
                 description_en="Measure on a bench.", learn_nl="Je leert kalibreren.", wanted=(skill,), place="Leeuwarden",
                 company=make_organisation(name="Fries Staal"))  # fmt: skip
    make_vacancy(slug="miss", musts=(make_skill("cad"),))
    hits = (
        "precisie",
        "PRECISION",
        "tafel",
        "bench",
        "kalibreren",
        "Staal",
        "lassen",
        "laskje",
        "Welding",
        "leeuwarden",
        "lassen, staal",
    )
    for typed in hits:
        assert found(Asked(q=typed)) == ["hit"], typed
    assert found(Asked(q="lassen cad")) == []
    assert sorted(found(Asked(q="  , "))) == ["hit", "miss"]


@pytest.mark.parametrize("typed", ["%", "_", "\\", "'", '"', "100%", "a_b", "* OR 1=1", "🙂", "]["])
def test_signs_that_mean_something_to_a_database_mean_nothing_here(typed):
    make_vacancy(slug="plain", musts=(make_skill("cad", label_fy="cad"),))
    assert found(Asked(q=typed)) == []
    make_vacancy(slug="literal", title_nl=f"Plek met {typed} erin")
    assert found(Asked(q=typed)) == ["literal"]


@pytest.mark.usefixtures("target", "noise")
@pytest.mark.parametrize(
    "start",
    [
        Asked(),
        Asked(level=Level.MASTER),
        Asked(mode=PlacingMode.EVENT),
        Asked(skill="robotics"),
        Asked(q="robot"),
        Asked(pay=Pay.COVERED),
    ],
    ids=["nothing", "level", "mode", "skill", "search", "pay"],
)
def test_the_number_behind_each_choice_is_what_choosing_it_gives(start):
    make_vacancy(place="Drachten", fields=("software", "energy"), work_languages=["en"], wanted=(make_skill("cad"),))
    make_vacancy(place="Drachten", closes_on=clock.today() - timedelta(1))
    start = replace(start, km=km_from("Drachten"))
    numbers = counted(start)
    assert numbers.total == len(found(start))
    names = {
        "kind",
        "level",
        "field",
        "within",
        "company",
        "language",
        "skill",
        "pay",
        "minors",
        "mode",
        "crebo",
        "days",
        "recognised",
    }
    assert names == set(numbers.by)
    for name, values in numbers.by.items():
        for value, count in values.items():
            assert len(found(replace(start, **{name: KINDS.get(name, str)(value)}))) == count, (name, value)


@pytest.mark.usefixtures("target", "noise")
def test_when_nothing_is_found_it_says_what_each_filter_costs():
    asked = Asked(q="robot", level=Level.MASTER, skill="mechatronics", minors=True, language="en")
    assert found(asked) == []
    assert catalogue.without(asked, clock.today()) == {"skill": 1}
    assert catalogue.without(Asked(q="zzz", level=Level.MASTER), clock.today()) == {"q": 1}
    assert catalogue.without(Asked(level=Level.AD), clock.today()) == {"level": 2}
    assert catalogue.without(Asked(), clock.today()) == {}


@pytest.mark.usefixtures("target", "noise")
def test_what_can_be_chosen_is_what_open_places_have():
    make_skill("welding")
    make_vacancy(musts=(make_skill("cad"),), closes_on=clock.today() - timedelta(1), company=make_organisation(slug="late"))
    make_organisation(slug="hidden", verified_at=None)
    offered = choices.offered(clock.today())
    assert set(offered.skills) == {"robotics", "mechatronics"}
    assert "maker" in offered.companies and "late" not in offered.companies
    assert (offered.first, offered.last) == (START, START + timedelta(60))
    asked = choices.offered(clock.today(), company="late", skill="cad")
    assert "late" in asked.companies and "cad" in asked.skills
    nothing = choices.offered(clock.today(), company="hidden", skill="no-such-skill")
    assert nothing == offered


def test_without_open_places_nothing_can_be_chosen():
    assert choices.offered(clock.today()) == choices.Choices({}, {})


def test_pages_follow_each_other_without_gap_or_double():
    moment = clock.now()
    for number in range(7):
        make_vacancy(slug=f"same-{number}", published_at=moment)
    pages = [catalogue.page(Asked(), clock.today(), number=page, size=3) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert len({row.slug for page in pages for row in page}) == 7


@pytest.mark.usefixtures("target", "noise")
def test_list_numbers_and_choices_take_few_statements_whatever_there_is(count_queries):
    """One each, and one before each of the two that search, to see whether the index is as new as the tables."""

    def cost() -> int:
        before = len(count_queries())
        found(asked)
        counted(asked)
        choices.offered(clock.today())
        return len(count_queries()) - before

    asked = Asked(q="robot", skill="robotics", km={1: 0.0}, within=10)
    cost()
    assert cost() == 5
    for _ in range(5):
        make_vacancy()
    cost()
    assert cost() == 5
