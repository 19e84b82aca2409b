"""The rules and programmes of the region as they are: what must be reachable, and by what right."""

from collections.abc import Iterable
from functools import cache
from itertools import pairwise

import pytest

from ipf_talent.demo.files import Region, read_region
from ipf_talent.pathways.graph import HERE
from ipf_talent.pathways.network import Network, Programme, View
from ipf_talent.pathways.search import routes
from ipf_talent.pathways.teaching import covered
from ipf_talent.programmes.edges import Edge
from ipf_talent.programmes.levels import Level, ProgrammeType, Standing, StartingPoint
from ipf_talent.programmes.rules import RuleKind
from ipf_talent.skills.files import read_subset, taxonomy_of

POINT = StartingPoint
RIGHT, DECIDES, BRIDGE, SHORT = RuleKind.RIGHT, RuleKind.INSTITUTION_DECIDES, RuleKind.VIA_BRIDGE, RuleKind.SHORTENED
EDGE_COLUMNS = (
    "slug", "rule_kind", "from_point", "from_programme", "from_institution", "to_level", "to_type", "to_programme",
    "to_institution", "condition_nl", "condition_en", "extra_nl", "extra_en", "months", "months_meaning", "national",
    "source_url", "source_note", "checked_on",
)  # fmt: skip


@cache
def region() -> Region:
    return read_region({row["slug"] for row in read_subset().skills})


ENDS = ("from_programme", "from_institution", "to_programme", "to_institution")


@cache
def network() -> Network:
    """The files as the planner sees them."""
    programmes = [
        Programme(
            row["slug"], row["type"], row["level"], row["institution"], row["duration_months"], row["national"], row["status"],
            frozenset(row["fields"]),
        )
        for row in region().programmes
    ]  # fmt: skip
    edges = [{column: row[column] for column in EDGE_COLUMNS} for row in region().progressions]
    return Network(programmes, [Edge(**edge | {end: edge[end] or None for end in ENDS}) for edge in edges])


def teaching(*skills: str) -> set[str]:
    """The programmes that teach one of these skills, or something narrower."""
    taxonomy, terms = taxonomy_of(read_subset()), region().terms
    taught = {row["slug"]: {slug for term in row["skills_taught"] for slug in terms[term]} for row in region().programmes}
    return {slug for slug, known in taught.items() if covered(known, taxonomy) & set(skills)}


def ways(view: View, goal: str) -> list[tuple[str, ...]]:
    return [route.keys for route in routes(view.graph, goal)]


def kinds(view: View, keys: Iterable[str]) -> list[RuleKind]:
    """By what right one passes each step of a way."""
    stops = (HERE, *keys)
    return [view.rules(before, after)[0].rule_kind for before, after in pairwise(stops)]


BEFORE_MBO_3 = (POINT.MBO_2, POINT.VMBO_KB, POINT.VMBO_GL_TL, POINT.HAVO, POINT.VWO)
FOR_PEOPLE_AT_WORK = (ProgrammeType.PRACTICE_STATEMENT, ProgrammeType.MBO_CERTIFICATE, ProgrammeType.MBO_DIPLOMA)
SEED = [
    (POINT.NONE, Level.MBO_1, None, RIGHT),
    *[(point, Level.MBO_2, None, RIGHT) for point in (POINT.MBO_1, POINT.VMBO_BB)],
    *[(point, Level.MBO_3, None, RIGHT) for point in BEFORE_MBO_3],
    *[(point, Level.MBO_4, None, RIGHT) for point in (*BEFORE_MBO_3, POINT.MBO_3)],
    *[(point, level, None, RIGHT) for point in (POINT.MBO_4, POINT.HAVO, POINT.VWO) for level in (Level.AD, Level.HBO_BACHELOR)],
    *[(POINT.AD, Level.HBO_BACHELOR, None, rule) for rule in (RIGHT, SHORT)],
    *[(point, Level.WO_BACHELOR, None, DECIDES) for point in (POINT.AD, POINT.HBO_PROPEDEUSE)],
    (POINT.HBO_BACHELOR, Level.MASTER, None, BRIDGE),
    *[(POINT.MASTER, Level.ENGD_PHD, kind, RuleKind.WORK) for kind in (ProgrammeType.ENGD, ProgrammeType.PHD)],
    *[(point, None, kind, DECIDES) for point in (POINT.WORKING, POINT.JOB_SEEKING) for kind in FOR_PEOPLE_AT_WORK],
]  # fmt: skip
"""The edges that the field starts from: start, level, type where it matters, kind of rule."""


@pytest.mark.parametrize(("point", "level", "kind", "rule"), SEED)
def test_every_edge_that_the_field_starts_from_is_a_national_rule_with_source_and_day(point, level, kind, rule):
    national = [row for row in region().progressions if row["national"] and row["rule_kind"] is rule]
    found = [row for row in national if row["from_point"] is point and row["to_level"] is level and kind in (None, row["to_type"])]
    assert found
    assert all(row["source_url"] and row["source_note"] and row["checked_on"] and row["condition_nl"] for row in found)


def test_from_vmbo_to_the_engd_every_step_stands_on_a_rule_and_the_last_is_a_job():
    view = network().seen_from(POINT.VMBO_GL_TL)
    found = ways(view, "rug-engd-autonomous-systems")
    assert found
    for keys in found:
        assert [network().programmes[key.partition("/")[0]].level for key in keys[-2:]] == [Level.MASTER, Level.ENGD_PHD]
        assert kinds(view, keys)[-1] is RuleKind.WORK
    assert {kinds(view, keys)[0] for keys in found} == {RIGHT, RuleKind.WORK}, (
        "by a right at a school, or by a job at the company school"
    )


def test_who_has_no_master_does_not_enter_the_engd_at_once():
    assert "rug-engd-autonomous-systems" not in network().seen_from(POINT.HBO_BACHELOR).graph.out_of(HERE)
    assert "rug-engd-autonomous-systems" in network().seen_from(POINT.MASTER).graph.out_of(HERE)


@pytest.mark.parametrize("point", [POINT.WORKING, POINT.JOB_SEEKING])
def test_without_a_diploma_the_company_school_leads_to_mbo_4_by_a_job(point):
    view = network().seen_from(point)
    goal = network().programmes["technicnoord-mechatronica-bbl"]
    assert (goal.type, goal.level, goal.standing) == (ProgrammeType.MBO_DIPLOMA, Level.MBO_4, Standing.RUNNING)
    assert ("technicnoord-mechatronica-bbl",) in ways(view, goal.slug)
    (rule, *_) = view.rules(HERE, goal.slug)
    assert rule.rule_kind is RuleKind.WORK
    assert rule.own and "zij-instromers" in rule.condition_nl and rule.source_url


def test_beyond_the_company_school_hbo_is_a_right():
    view = network().seen_from(POINT.WORKING)
    (rule, *_) = view.rules("technicnoord-mechatronica-bbl", "hanze-bsc-electrical-electronic-engineering")
    assert rule.rule_kind is RIGHT


def test_machine_vision_can_be_learnt_in_more_than_one_way_on_top_of_an_hbo_bachelor():
    taught = teaching("machine-vision")
    assert {"han-minor-embedded-vision", "hti-machine-vision", "nhl-stenden-ma-computer-vision-data-science"} <= taught
    assert "rug-msc-artificial-intelligence" not in taught
    view = network().seen_from(POINT.MBO_4, "mbo-technicus-mechatronica-systemen")
    bachelors = {key for key in view.graph.out_of(HERE) if network().programmes[key.partition("/")[0]].level is Level.HBO_BACHELOR}
    beyond = {key for before in bachelors for key in view.graph.out_of(before)} & taught
    assert {"han-minor-embedded-vision", "hti-machine-vision"} <= beyond


def test_every_running_minor_and_course_with_a_known_rule_of_entry_can_be_entered():
    for slug in ("han-minor-embedded-vision", "hti-machine-vision", "windesheim-minor-industrial-automation-robotics",
                 "ut-minor-interaction-technology"):  # fmt: skip
        assert slug in network().seen_from(POINT.HBO_BACHELOR).graph.out_of(HERE)
        assert slug not in network().seen_from(POINT.VMBO_KB).graph.out_of(HERE)
    assert "keuzedeel-robotica-zwolle" in network().seen_from(POINT.MBO_4).graph.out_of(HERE)


def test_what_the_sources_say_of_robots_and_mechatronics_is_found():
    assert {"hanze-major-mechatronics", "technicnoord-mechatronica-bbl", "mbo-technicus-mechatronica-systemen"} <= teaching(
        "mechatronics"
    )
    assert {"nhl-stenden-elektrotechniek", "ut-bsc-mechanical-engineering", "tud-msc-robotics"} <= teaching("robotics")
    assert {"rug-engd-autonomous-systems", "ut-bsc-mechanical-engineering"} <= teaching("autonomous-systems")


def test_a_specialists_year_opens_after_mbo_3_alone():
    for point in POINT:
        after = "mbo-technisch-leidinggevende" in network().seen_from(point).graph.out_of(HERE)
        assert after is (point is POINT.MBO_3)
