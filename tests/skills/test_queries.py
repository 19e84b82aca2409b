"""The taxonomy in memory is as new as the tables, and so is what is built on it."""

from ipf_talent.skills import queries
from tests.factories.skills import make_skill


def test_a_new_skill_is_recognised_and_suggested_at_once(session):
    make_skill("welding", label_nl="lassen")
    assert queries.recogniser().find("Ik kan goed solderen") == []
    make_skill("soldering", label_nl="solderen")
    assert [found.slug for found in queries.recogniser().find("Ik kan goed solderen")] == ["soldering"]
    assert [concept.slug for concept in queries.suggest("sold")] == ["soldering"]


def test_the_recogniser_is_built_once_for_a_taxonomy_that_stays(session, count_queries):
    make_skill("welding", label_nl="lassen")
    first = queries.recogniser()
    before = len(count_queries())
    assert queries.recogniser() is first
    assert len(count_queries()) - before == 1


def test_suggestions_stop_at_the_limit(session):
    for number in range(5):
        make_skill(f"robot-{number}", label_nl=f"robot {number}")
    assert [concept.slug for concept in queries.suggest("robot", limit=3)] == ["robot-0", "robot-1", "robot-2"]
