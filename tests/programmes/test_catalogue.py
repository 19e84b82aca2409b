"""Each filter alone and beside another, always with a near-miss in the house."""

from dataclasses import replace

import pytest

from ipf_talent.programmes import catalogue, search
from ipf_talent.programmes.filters import Asked
from ipf_talent.programmes.levels import Level, Mode, ProgrammeType, Track
from ipf_talent.programmes.models import Offering
from ipf_talent.skills.fields import Field
from tests.factories.organisations import make_place, make_school
from tests.factories.programmes import make_programme
from tests.factories.skills import make_skill

pytestmark = pytest.mark.usefixtures("app_context")


def found(asked: Asked) -> list[str]:
    return [row.slug for row in catalogue.page(asked, search.ranked(asked.q), number=1, size=50)]


@pytest.fixture
def firda(app_context):
    return make_school(slug="firda", name="Firda")


@pytest.fixture
def target(firda):
    return make_programme(
        slug="target",
        institution=firda,
        mode=Mode.BBL,
        place="Leeuwarden",
        fields=("robotics", "software"),
        type=ProgrammeType.AD,
        level=Level.AD,
        languages=["en", "nl"],
        track=Track.COMPANY_SCHOOL,
    )


@pytest.fixture
def noise(target):
    return make_programme(slug="noise", fields=("mechatronics",), languages=["nl"])


ALONE = {
    "kind": ProgrammeType.AD,
    "level": Level.AD,
    "field": Field.SOFTWARE,
    "place": "Leeuwarden",
    "mode": Mode.BBL,
    "language": "en",
    "institution": "firda",
    "track": Track.COMPANY_SCHOOL,
}


@pytest.mark.usefixtures("target", "noise")
@pytest.mark.parametrize("name", ALONE)
def test_each_filter_alone_leaves_the_near_miss_out(name):
    assert found(replace(Asked(), **{name: ALONE[name]})) == ["target"]
    assert sorted(found(Asked())) == ["noise", "target"]


@pytest.mark.usefixtures("target", "noise")
@pytest.mark.parametrize("name", ALONE)
def test_filters_together_ask_all_of_it(name):
    everything = Asked(**ALONE)  # type: ignore[arg-type]
    wrong = {"kind": ProgrammeType.MASTER, "level": Level.MASTER, "field": Field.ENERGY, "place": "Drachten", "mode": Mode.BOL,
             "language": "fy", "institution": "other", "track": Track.AUTONOMOUS_SYSTEMS}  # fmt: skip
    assert found(everything) == ["target"]
    assert found(replace(everything, **{name: wrong[name]})) == []


def test_a_place_and_a_mode_must_hold_of_the_same_offering(session, target):
    target.offerings.append(Offering(place=make_place("Drachten"), mode=Mode.BOL))
    session.commit()
    assert found(Asked(place="Drachten", mode=Mode.BOL)) == ["target"]
    assert found(Asked(place="Leeuwarden", mode=Mode.BBL)) == ["target"]
    assert found(Asked(place="Drachten", mode=Mode.BBL)) == []


def test_national_qualifications_are_never_among_what_schools_offer():
    make_programme(slug="national", national=True)
    make_programme(slug="offered")
    assert found(Asked()) == ["offered"]
    assert found(Asked(national=True)) == ["national"]


def test_without_a_search_the_order_is_level_and_then_title(target):
    for slug, level, title in (
        ("b", Level.MBO_4, "beta"),
        ("a", Level.MBO_4, "Alfa"),
        ("m", Level.MASTER, "Aaa"),
        ("l", Level.MBO_2, "Zet"),
    ):
        make_programme(slug=slug, level=level, title_nl=title, title_en="")
    assert found(Asked()) == ["l", "a", "b", "target", "m"]


def test_a_search_reads_titles_school_code_and_skills_in_all_languages():
    skill = make_skill("welding", label_nl="lassen", label_fy="lasse", label_en="welding", alts_nl=["lastechniek"])
    make_programme(slug="hit", title_nl="Precisietechniek", title_en="Precision engineering", code="25344", teaches=(skill,),
                   institution=make_school(name="Campus Fryslân"))  # fmt: skip
    make_programme(slug="miss", title_nl="Bakker", title_en="Baker", code="25345", teaches=(make_skill("baking"),))
    for typed in (
        "precisie",
        "PRECISION",
        "fryslan",
        "FRYSLÂN",
        "25344",
        "lassen",
        "lasse",
        "Welding",
        "lastechniek",
        "precisie 25344",
    ):
        assert found(Asked(q=typed)) == ["hit"], typed
    assert found(Asked(q="precisie bakker")) == []
    assert sorted(found(Asked(q="   "))) == ["hit", "miss"]


@pytest.mark.parametrize("typed", ["%", "_", "\\", "'", '"', "100%", "a_b", "* OR 1=1", "🙂", "]["])
def test_signs_that_mean_something_to_a_database_mean_nothing_here(typed):
    make_programme(title_nl="Bakker")
    assert found(Asked(q=typed)) == []


def test_the_best_answer_comes_first():
    skill = make_skill("robotics")
    make_programme(slug="by-skill", level=Level.MBO_2, title_nl="Aanpak", title_en="", teaches=(skill,))
    make_programme(slug="by-title", level=Level.MASTER, title_nl="Robotics", title_en="")
    assert found(Asked(q="robotics")) == ["by-title", "by-skill"]
    assert found(Asked(q="robotics", level=Level.MBO_2)) == ["by-skill"]


def test_pages_follow_each_other_without_gap_or_double():
    for number in range(7):
        make_programme(title_nl="Gelijk", title_en="", slug=f"same-{number}")
    pages = [catalogue.page(Asked(), None, number=page, size=3) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert len({row.slug for page in pages for row in page}) == 7


@pytest.mark.usefixtures("target", "noise")
@pytest.mark.parametrize(
    "start", [Asked(), Asked(level=Level.AD), Asked(mode=Mode.BBL), Asked(place="Drachten"), Asked(q="opleiding")]
)
def test_the_number_behind_each_choice_is_what_choosing_it_gives(start):
    make_programme(mode=Mode.BBL, fields=("software",), languages=["en"])
    make_programme(national=True, track=Track.INSTRUMENT_COURSE)
    ids = search.ranked(start.q)
    counted = catalogue.counts(start, ids)
    kinds = {"kind": ProgrammeType, "level": Level, "field": Field, "mode": Mode, "track": Track}
    assert counted.total == len(found(start))
    assert counted.others == len(found(replace(start, national=True)))
    for name, values in counted.by.items():
        for value, count in values.items():
            chosen = kinds[name](value) if name in kinds else value
            assert len(found(replace(start, **{name: chosen}))) == count, (name, value)


@pytest.mark.usefixtures("target", "noise")
def test_what_can_be_chosen_is_what_schools_offer():
    make_programme(national=True, institution=make_school(slug="no-school"), place=None)
    make_place("Enschede")
    towns, schools = catalogue.places_and_institutions()
    assert list(towns) == ["Drachten", "Leeuwarden"]
    assert "firda" in schools and "no-school" not in schools


def test_the_list_costs_the_same_number_of_statements_whatever_its_length(count_queries):
    make_programme()
    before = len(count_queries())
    catalogue.page(Asked(), None, number=1, size=20)
    one = len(count_queries()) - before
    for _ in range(5):
        make_programme()
    before = len(count_queries())
    catalogue.page(Asked(), None, number=1, size=20)
    assert len(count_queries()) - before == one == 1
