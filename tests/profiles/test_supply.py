"""How many students are near: counted by what they have, in tens, and never below ten."""

import pytest

from ipf_talent.db import session as db_session
from ipf_talent.profiles import supply
from ipf_talent.profiles.models import Profile, ProfileSkill
from ipf_talent.programmes.levels import StartingPoint
from tests.factories.accounts import make_user
from tests.factories.organisations import make_place
from tests.factories.skills import make_link, make_skill
from tests.factories.vacancies import make_vacancy

pytestmark = pytest.mark.usefixtures("app_context")


def students(number, *skills, place="Drachten", **overrides):
    """So many who look for a place and named these skills."""
    for _ in range(number):
        values = {"user_id": make_user().id, "point": StartingPoint.MBO_4, "place": make_place(place)}
        profile = Profile(**values | overrides)
        profile.skills = [ProfileSkill(skill=skill) for skill in skills]
        db_session.add(profile)
    db_session.commit()


def test_the_must_that_costs_most_is_named_in_tens():
    plc, cad, weld = make_skill("plc-programming"), make_skill("cad"), make_skill("welding")
    students(12, plc, cad, weld)
    students(11, plc, cad)
    students(3, plc, weld)
    found = supply.near(make_vacancy(musts=(plc, cad, weld)))
    assert found == supply.Supply(looking=20, all_musts=10, costly="welding", without=20)


def test_nothing_below_ten_is_told():
    plc = make_skill("plc-programming")
    students(9, plc)
    assert supply.near(make_vacancy(musts=(plc,))) == supply.Supply(None, None)


def test_two_counts_never_tell_of_fewer_than_ten():
    plc, cad = make_skill("plc-programming"), make_skill("cad")
    students(10, plc, cad)
    students(9, plc)
    assert supply.near(make_vacancy(musts=(plc, cad))) == supply.Supply(looking=10, all_musts=10)


def test_only_who_looks_near_and_at_the_level_counts():
    plc = make_skill("plc-programming")
    students(10, plc)
    students(10, plc, looking=False)
    students(10, plc, place="Enschede")
    students(10, plc, point=StartingPoint.HBO_BACHELOR)
    assert supply.near(make_vacancy(musts=(plc,))).looking == 10


def test_a_narrower_skill_counts_as_the_wider_one():
    wide, narrow = make_skill("programming"), make_skill("plc-programming")
    make_link(narrow, wide)
    students(10, narrow)
    assert supply.near(make_vacancy(musts=(wide,))).all_musts == 10
    assert supply.near(make_vacancy(musts=(narrow,))).all_musts == 10


def test_without_musts_or_town_nothing_is_invented():
    students(10)
    assert supply.near(make_vacancy()) == supply.Supply(10, 10)
    vacancy = make_vacancy()
    vacancy.place = None
    assert supply.near(vacancy) is None
