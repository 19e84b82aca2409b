"""What programmes close, and in which order they come."""

from types import SimpleNamespace

import pytest

from ipf_talent.matching.closing import lacking, most_asked, narrower, ranked, taught_by, teachers
from ipf_talent.programmes.levels import Level, ProgrammeType, Standing
from ipf_talent.skills.taxonomy import Concept, Taxonomy

RELATIONS = {"siemens-plc": {"plc": 0.35}, "welding": {"plc": 0.2}}


def teaches(slug, *skills, months=24, standing=Standing.RUNNING, level=Level.AD):
    facts = {"slug": slug, "duration_months": months, "standing": standing, "level": level, "type": ProgrammeType.AD}
    return [SimpleNamespace(skill=skill, **facts) for skill in skills]


def order(*programmes, missing=("cad", "plc", "robotics"), fits=None):
    rows = [row for programme in programmes for row in programme]
    return [one.programme.slug for one in ranked(rows, missing, RELATIONS, fits or {})]


def test_a_narrower_skill_counts_as_the_broader_one_and_a_related_one_does_not():
    assert lacking(["plc", "cad", "plc"], ["siemens-plc"], RELATIONS) == ("cad",)
    assert lacking(["plc"], ["welding"], RELATIONS) == ("plc",)
    assert narrower(["plc"], RELATIONS) == {"plc", "siemens-plc"}


def test_what_most_places_ask_comes_first_and_what_is_had_not_at_all():
    asked = [("cad", "plc"), ("robotics", "plc"), ("robotics", "cad"), ("robotics",)]
    assert most_asked(asked, ["siemens-plc"], RELATIONS) == ("robotics", "cad")


def test_more_of_the_gap_in_a_month_comes_first():
    assert order(teaches("long", "cad", "plc", months=48), teaches("short", "cad", months=12)) == ["short", "long"]


def test_among_equals_the_larger_share_then_the_better_fit_comes_first():
    assert order(teaches("half", "cad", months=12), teaches("whole", "cad", "plc", months=24)) == ["whole", "half"]
    assert order(teaches("a", "cad"), teaches("b", "cad"), fits={"b": 0.4, "a": 0.1}) == ["b", "a"]
    assert order(teaches("b", "cad"), teaches("a", "cad")) == ["a", "b"]


def test_unknown_duration_comes_after_known_and_a_plan_after_what_runs():
    unknown = teaches("unknown", "cad", "plc", "robotics", months=None)
    plan = teaches("plan", "cad", "plc", "robotics", months=1, standing=Standing.PLANNED)
    assert order(unknown, plan, teaches("known", "cad", months=48)) == ["known", "unknown", "plan"]


def test_a_programme_that_closes_nothing_is_left_out():
    assert order(teaches("welders", "welding"), teaches("siemens", "siemens-plc")) == ["siemens"]


def test_each_missing_skill_has_its_teachers_the_quickest_first():
    rows = [*teaches("slow", "plc", months=48), *teaches("quick", "siemens-plc", "plc", months=6), *teaches("cads", "cad")]
    assert taught_by_slug(teachers(rows, ("plc", "robotics"), RELATIONS)) == {"plc": ["quick", "slow"], "robotics": []}


def taught_by_slug(found):
    return {slug: [one.row.slug for one in teachers] for slug, teachers in found.items()}


def test_who_teaches_the_skill_itself_comes_before_who_teaches_a_narrower_one_and_each_stands_once():
    rows = [*teaches("narrow", "siemens-plc", months=3), *teaches("both", "siemens-plc", "plc", months=48)]
    found = teachers(rows, ("plc",), RELATIONS)
    assert [(one.row.slug, one.row.skill) for one in found["plc"]] == [("both", "plc"), ("narrow", "siemens-plc")]


def test_teachers_within_reach_come_first_however_long_they_take():
    rows = [*teaches("doctor", "plc", months=6, level=Level.ENGD_PHD), *teaches("near", "siemens-plc", months=48)]
    found = teachers(rows, ("plc",), RELATIONS, reach=lambda level, _type: level is Level.AD)
    assert [(one.row.slug, one.now) for one in found["plc"]] == [("near", True), ("doctor", False)]


def test_what_is_only_near_is_not_counted_as_closed_and_stands_behind():
    near, unknown = teaches("near", "siemens-plc", months=3), teaches("unknown", "cad", months=None)
    first, last = ranked([*near, *unknown], ("cad", "plc", "robotics"), RELATIONS, {})
    assert (first.programme.slug, first.gap.closed, first.beside, first.open) == ("unknown", ("cad",), (), ("plc", "robotics"))
    assert (last.programme.slug, last.gap.closed, last.beside, last.open) == ("near", (), ("plc",), ("cad", "robotics"))
    assert (last.gap.share, last.taught) == (0.0, ("siemens-plc",))


@pytest.mark.parametrize(
    ("standing", "level", "now"),
    [(Standing.RUNNING, Level.AD, True), (Standing.PLANNED, Level.AD, False), (Standing.RUNNING, Level.MASTER, False)],
)
def test_one_can_start_with_what_runs_and_is_within_reach(standing, level, now):
    (one,) = ranked(
        teaches("school", "plc", standing=standing, level=level), ("plc",), {}, {}, reach=lambda to, _type: to is Level.AD
    )
    assert one.now is now


def test_no_more_teachers_are_named_than_asked():
    rows = [row for number in range(5) for row in teaches(f"school-{number}", "plc")]
    assert len(teachers(rows, ("plc",), RELATIONS, most=2)["plc"]) == 2


def test_what_is_within_reach_comes_before_what_closes_more():
    rows = [*teaches("far", "cad", "plc", "robotics", months=6, level=Level.ENGD_PHD), *teaches("near", "cad")]
    found = ranked(rows, ("cad", "plc", "robotics"), RELATIONS, {}, reach=lambda level, _type: level is Level.AD)
    assert [one.programme.slug for one in found] == ["near", "far"]


def test_learning_one_attitude_teaches_no_other():
    concepts = [
        Concept("reflect", "transversal", "communication", "reflecteren", "reflect"),
        Concept("curious", "transversal", "communication", "leergierig", "be curious"),
        Concept("tia", "tool", "automation", "TIA Portal", "TIA Portal"),
        Concept("plc", "skill", "automation", "plc", "PLC"),
    ]
    relations = taught_by(Taxonomy.of(concepts, [("reflect", "curious"), ("tia", "plc")], []))
    assert relations == {"tia": {"plc": 0.35}}
