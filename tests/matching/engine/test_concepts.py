import pytest

from ipf_talent.matching.engine import Matcher
from ipf_talent.matching.engine.concepts import evidence_share, met, origins, reach


def test_reach_adds_up_to_at_most_the_skill_itself(relations):
    assert reach(["siemens-plc"], relations) == {"automation": 0.2, "plc": 0.35, "siemens-plc": 1}
    together = reach(["plc", "robotics", "siemens-plc"], relations)
    assert together["automation"] == pytest.approx(0.35 + 0.35 + 0.2)
    assert together["plc"] == 1
    assert reach({"plc": 0.5}, relations) == {"automation": 0.175, "plc": 0.5, "robotics": 0.1}


def test_a_narrower_concept_meets_the_broader_one_and_nothing_else(relations):
    assert met(["siemens-plc"], relations) == {"siemens-plc", "plc"}
    assert met(["plc"], relations) == {"plc", "automation"}


def test_related_concepts_never_add_up_to_having_it():
    relations = {slug: {"plc": 0.2} for slug in ("a", "b", "c")}
    assert "plc" not in met(["a", "b", "c"], relations)


def test_origins_are_named_strongest_first(relations):
    assert origins("plc", ["robotics", "siemens-plc", "plc", "cad"], relations) == ("plc", "siemens-plc", "robotics")


def test_the_concept_share_grows_with_the_evidence():
    assert [evidence_share(n, 0.8, 8) for n in (0, 8)] == [0, 0.4]
    assert 0.79 < evidence_share(1000, 0.8, 8) < 0.8


@pytest.mark.parametrize("relations", [{"a": {"a": 0.5}}, {"a": {"b": 0.0}}, {"a": {"b": 1.5}}, {"a": {"b": -1}}])
def test_a_relation_that_cannot_be_is_refused(relations):
    with pytest.raises(ValueError, match="cannot be"):
        Matcher().fit([], relations=relations)
