import pytest

from ipf_talent.pathways.network import Network
from ipf_talent.pathways.onward import onward, title_of
from ipf_talent.programmes.edges import Edge
from ipf_talent.programmes.levels import Level, ProgrammeType
from ipf_talent.programmes.rules import RuleKind
from tests.pathways.test_network import HBO, MBO_4, TO_HBO, law, programme

TO_AD = law("to-ad", MBO_4, Level.AD)
OWN = Edge("own", RuleKind.INSTITUTION_DECIDES, from_point=MBO_4, to_programme="robotics")


def test_levels_come_lowest_first_with_their_rules_and_numbers():
    programmes = [
        programme("ict"),
        programme("nation", national=True),
        programme("ad", Level.AD),
        programme("master", Level.MASTER),
    ]
    found = onward(Network(programmes, [TO_HBO, TO_AD]).seen_from(MBO_4))
    told = [(one.level, [rule.slug for rule in one.rules], one.at_schools, one.national) for one in found]
    assert told == [(Level.AD, ["to-ad"], 1, 0), (HBO, ["to-hbo"], 1, 1)]


def test_rules_of_single_programmes_are_counted_and_left_to_their_pages():
    (found,) = onward(Network([programme("ict"), programme("robotics")], [TO_HBO, OWN]).seen_from(MBO_4))
    assert ([rule.slug for rule in found.rules], found.own, found.at_schools) == (["to-hbo"], 1, 2)


def test_a_level_of_which_no_programme_is_known_is_told_with_none():
    (found,) = onward(Network([], [TO_HBO]).seen_from(MBO_4))
    assert (found.level, found.at_schools, found.national) == (HBO, 0, 0)


@pytest.mark.usefixtures("app_context")
def test_a_sort_is_called_by_its_level_or_by_its_type_where_that_says_more(app):
    with app.test_request_context("/?lang=en"):
        assert title_of(ProgrammeType.BACHELOR, HBO) == "hbo bachelor"
        assert title_of(ProgrammeType.PREMASTER, Level.WO_BACHELOR) == "pre-master"
        assert title_of(ProgrammeType.PHD, Level.ENGD_PHD) == "PhD"
