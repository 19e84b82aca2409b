from hypothesis import given
from hypothesis import strategies as st

from ipf_talent.programmes.edges import Edge, points_after, that_hold_into, that_hold_out_of
from ipf_talent.programmes.levels import Level, ProgrammeType, StartingPoint
from ipf_talent.programmes.rules import RuleKind

MBO_4, AD, HAVO = StartingPoint.MBO_4, StartingPoint.AD, StartingPoint.HAVO


def edge(slug: str, kind: RuleKind = RuleKind.RIGHT, **fields: object) -> Edge:
    return Edge(slug, kind, **fields)  # type: ignore[arg-type]


def slugs(edges: list[Edge]) -> list[str]:
    return [each.slug for each in edges]


def test_a_schools_own_rule_takes_the_place_of_the_national_one_for_that_starting_point_only():
    own = edge("own", RuleKind.INSTITUTION_DECIDES, from_point=MBO_4, to_programme="robotics")
    held = that_hold_into([own, edge("mbo", from_point=MBO_4, national=True), edge("havo", from_point=HAVO, national=True)])
    assert slugs(held) == ["own", "havo"]


def test_a_shorter_route_stands_beside_the_right_and_does_not_hide_it():
    own = edge("own", RuleKind.SHORTENED, from_point=AD, to_programme="robotics")
    assert slugs(that_hold_into([own, edge("law", from_point=AD, national=True)])) == ["own", "law"]


def test_a_rule_for_the_students_of_one_programme_leaves_the_national_rule_for_all_others():
    own = edge("own", from_programme="mechatronics", from_point=MBO_4, to_programme="robotics")
    assert slugs(that_hold_into([own, edge("law", from_point=MBO_4, national=True)])) == ["own", "law"]


def test_a_national_rule_that_names_the_programme_takes_the_place_of_those_about_its_level():
    law = edge("law", from_point=HAVO, to_level=Level.MBO_4, national=True)
    named = edge("named", from_point=StartingPoint.MBO_3, to_programme="team-leader", national=True)
    school = edge("school", from_point=AD, to_programme="team-leader")
    assert slugs(that_hold_into([law, named, school])) == ["named", "school"]
    assert slugs(that_hold_into([law, edge("tip", RuleKind.RECOMMENDED_ELECTIVE, to_programme="team-leader", national=True)])) == [
        "law", "tip",
    ]  # fmt: skip


def test_an_edge_that_names_no_school_is_nobodys_own():
    general = edge("general", RuleKind.INSTITUTION_DECIDES, from_point=MBO_4, to_level=Level.HBO_BACHELOR)
    assert slugs(that_hold_into([general, edge("law", from_point=MBO_4, national=True)])) == ["general", "law"]


def test_going_on_to_one_school_leaves_the_national_rule_for_all_others():
    to_one = edge("one", RuleKind.VIA_BRIDGE, from_point=MBO_4, to_level=Level.HBO_BACHELOR, to_institution="hanze")
    from_one = edge("all", RuleKind.INSTITUTION_DECIDES, from_institution="lis", to_level=Level.HBO_BACHELOR)
    law = edge("law", from_point=MBO_4, to_level=Level.HBO_BACHELOR, national=True)
    other = edge("ad", from_point=MBO_4, to_level=Level.AD, national=True)
    assert slugs(that_hold_out_of([to_one, law])) == ["one", "law"]
    assert slugs(that_hold_out_of([from_one, law, other])) == ["all", "ad"]


def test_a_rule_after_the_diploma_leaves_the_one_after_the_first_year():
    own = edge("own", from_programme="ict", to_level=Level.WO_BACHELOR)
    law = edge("law", from_point=StartingPoint.HBO_PROPEDEUSE, to_level=Level.WO_BACHELOR, national=True)
    assert slugs(that_hold_out_of([own, law])) == ["own", "law"]


def test_a_diploma_brings_one_to_the_point_of_its_level():
    assert points_after(ProgrammeType.MBO_DIPLOMA, Level.MBO_3) == {StartingPoint.MBO_3}
    assert points_after(ProgrammeType.BACHELOR, Level.HBO_BACHELOR) == {StartingPoint.HBO_BACHELOR, StartingPoint.HBO_PROPEDEUSE}
    assert points_after(ProgrammeType.MASTER, Level.MASTER) == {StartingPoint.MASTER}


def test_a_minor_a_course_and_a_doctorate_bring_one_to_no_starting_point():
    assert not points_after(ProgrammeType.MINOR, Level.HBO_BACHELOR)
    assert not points_after(ProgrammeType.COURSE, Level.NONE)
    assert not points_after(ProgrammeType.PHD, Level.ENGD_PHD)


EDGES = st.builds(
    Edge,
    slug=st.text(max_size=4),
    rule_kind=st.sampled_from(RuleKind),
    from_point=st.none() | st.sampled_from(StartingPoint),
    to_level=st.none() | st.sampled_from(Level),
    to_programme=st.none() | st.just("robotics"),
    national=st.booleans(),
)


@given(st.lists(EDGES, max_size=12))
def test_only_national_rules_ever_give_way(edges):
    for held in (that_hold_into(edges), that_hold_out_of(edges)):
        assert [each for each in edges if not each.national] == [each for each in held if not each.national]
