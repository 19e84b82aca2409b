import pytest

from ipf_talent.profiles.forms import POINTS
from ipf_talent.profiles.suiting import in_order, suiting
from ipf_talent.programmes.levels import StartingPoint
from ipf_talent.vacancies.kinds import VacancyKind


@pytest.mark.parametrize("point", [None, *StartingPoint])
def test_every_kind_stays_on_the_list_once(point):
    assert sorted(in_order(point)) == sorted(VacancyKind)


@pytest.mark.parametrize(
    ("point", "first"),
    [
        (StartingPoint.MBO_4, VacancyKind.BOL_INTERNSHIP),
        (StartingPoint.HBO_PROPEDEUSE, VacancyKind.HBO_INTERNSHIP),
        (StartingPoint.WO_BACHELOR, VacancyKind.WO_INTERNSHIP),
        (StartingPoint.MASTER, VacancyKind.ENGD_POSITION),
        (StartingPoint.HAVO, VacancyKind.ORIENTATION),
        (StartingPoint.JOB_SEEKING, VacancyKind.BBL_APPRENTICESHIP),
    ],
)
def test_what_suits_stands_first(point, first):
    assert in_order(point)[0] is first


def test_nobody_who_said_where_they_stand_is_without_a_kind():
    assert all(suiting(point) for point in StartingPoint)
    assert suiting(None) == ()


def test_every_starting_point_stands_under_one_heading():
    offered = [point for points in POINTS.values() for point in points]
    assert sorted(offered) == sorted(StartingPoint)
