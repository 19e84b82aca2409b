import pytest
from sqlalchemy.orm import joinedload

from ipf_talent.programmes import progressions
from ipf_talent.programmes.edges import Ends, leads_into, leads_out_of, that_hold_into, that_hold_out_of
from ipf_talent.programmes.levels import Level, ProgrammeType, StartingPoint
from ipf_talent.programmes.models import Programme
from ipf_talent.programmes.rules import RuleKind
from tests.factories.organisations import make_school
from tests.factories.programmes import make_programme, make_progression


@pytest.fixture(autouse=True)
def _database(request):
    """The empty database, unless a test asks for the example region."""
    if "world" not in request.fixturenames:
        request.getfixturevalue("session")


def bachelor(**overrides):
    return make_programme(**{"type": ProgrammeType.BACHELOR, "level": Level.HBO_BACHELOR, "nlqf": 6} | overrides)


def before(programme):
    return {edge.slug for edge in progressions.before(programme)}


def after(programme):
    return {edge.slug for edge in progressions.after(programme)}


def test_national_rules_lead_to_every_programme_of_their_level_and_no_other():
    make_progression(slug="law")
    assert before(bachelor()) == {"law"}
    assert before(make_programme(type=ProgrammeType.AD, level=Level.AD)) == set()
    assert before(bachelor(type=ProgrammeType.MINOR)) == set()


def test_a_rule_with_a_type_and_a_level_asks_both():
    make_progression(slug="law", to_level=Level.WO_BACHELOR, to_type=ProgrammeType.BACHELOR)
    assert before(bachelor()) == set()
    assert before(bachelor(level=Level.WO_BACHELOR)) == {"law"}


def test_a_rule_of_one_school_leads_to_its_own_programmes_only():
    school = make_school()
    make_progression(
        slug="own", from_point=StartingPoint.AD, to_level=Level.HBO_BACHELOR, to_institution_id=school.id, national=False
    )
    assert before(bachelor(institution=school)) == {"own"}
    assert before(bachelor()) == set()


def test_edges_that_name_a_programme_are_found_from_both_ends():
    minor, master = bachelor(type=ProgrammeType.MINOR), make_programme(type=ProgrammeType.MASTER, level=Level.MASTER)
    other = bachelor(type=ProgrammeType.MINOR)
    make_progression(slug="bridge", from_programme_id=minor.id, to_programme_id=master.id, rule_kind=RuleKind.VIA_BRIDGE)
    assert (after(minor), before(master)) == ({"bridge"}, {"bridge"})
    assert (after(other), before(other)) == (set(), set())


def test_a_diploma_opens_what_its_level_opens():
    make_progression(slug="law")
    make_progression(slug="higher", from_point=StartingPoint.HBO_BACHELOR, to_level=Level.MASTER)
    assert after(make_programme()) == {"law"}
    assert after(make_programme(level=Level.MBO_3)) == set()
    assert after(make_programme(type=ProgrammeType.ELECTIVE)) == set()


def test_a_school_opens_what_it_arranged_for_its_own_diplomas():
    school = make_school()
    make_progression(slug="own", from_institution_id=school.id, to_level=Level.AD, national=False)
    assert after(make_programme(institution=school)) == {"own"}
    assert after(make_programme()) == set()


def test_a_schools_own_rule_overrides_the_national_one_in_both_directions():
    programme = bachelor()
    make_progression(slug="law")
    make_progression(
        slug="own",
        from_point=StartingPoint.MBO_4,
        to_programme_id=programme.id,
        rule_kind=RuleKind.INSTITUTION_DECIDES,
        national=False,
    )
    assert before(programme) == {"own"}
    assert before(bachelor()) == {"law"}
    lower = make_programme()
    make_progression(
        slug="arranged", from_programme_id=lower.id, to_level=Level.HBO_BACHELOR, rule_kind=RuleKind.VIA_BRIDGE, national=False
    )
    assert after(lower) == {"arranged", "own"}
    assert after(make_programme()) == {"law", "own"}


def test_every_edge_carries_names_condition_and_source():
    lower, higher = make_programme(title_nl="Monteur", title_en=""), bachelor(title_nl="Robotica", title_en="Robotics")
    make_progression(slug="one", from_programme_id=lower.id, to_programme_id=higher.id, months=12, months_meaning="saved")
    (edge,) = progressions.everything()
    assert (edge.from_title_nl, edge.to_title_en, edge.months, edge.condition_en) == ("Monteur", "Robotics", 12, "With a diploma.")
    assert edge.source_url and edge.checked_on


@pytest.mark.demo
def test_the_rules_in_memory_find_the_same_edges_as_the_database(world):
    edges = progressions.everything()
    programmes = world.query(Programme).options(joinedload(Programme.institution)).order_by(Programme.id).all()
    assert len(programmes) > 100 and len(edges) > 100
    for programme in programmes[::4]:
        ends = Ends(programme.slug, programme.type, programme.level, programme.institution.slug)
        assert {edge.slug for edge in that_hold_into([e for e in edges if leads_into(e, ends)])} == before(programme)
        assert {edge.slug for edge in that_hold_out_of([e for e in edges if leads_out_of(e, ends)])} == after(programme)
