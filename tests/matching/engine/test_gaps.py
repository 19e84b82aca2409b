import pytest

from ipf_talent.matching.engine import gap


def test_a_programme_closes_part_of_the_gap(relations):
    found = gap(["plc", "vision", "cad", "welding"], ["siemens-plc", "cad", "cooking"], relations, months=10)
    assert found.closed == ("cad", "plc")
    assert found.open == ("vision", "welding")
    assert found.share == 0.5
    assert found.per_month == pytest.approx(0.05)


def test_a_broader_or_related_concept_closes_nothing(relations):
    assert gap(["siemens-plc", "vision"], ["plc", "robotics"], relations).closed == ()


def test_without_a_gap_or_a_duration_nothing_is_claimed():
    assert gap([], ["plc"]).share == 0
    assert gap(["plc"], ["plc"]).per_month is None


@pytest.mark.parametrize("months", [0, -6, float("nan")])
def test_a_programme_takes_time(months):
    with pytest.raises(ValueError, match="takes more than"):
        gap(["plc"], ["plc"], months=months)
