from ipf_talent.pathways.network import Programme
from ipf_talent.pathways.teaching import covered, lacking, ranked, suffices, suits, wide
from ipf_talent.programmes.levels import Level, ProgrammeType
from ipf_talent.skills.taxonomy import Concept, Taxonomy

WORDS = ("plc", "siemens-plc", "automation", "cad", "welding")
TAXONOMY = Taxonomy.of(
    [Concept(slug, "skill", "automation", slug, slug) for slug in WORDS],
    broader=[("siemens-plc", "plc"), ("plc", "automation")],
    related=[("cad", "welding")],
)


def test_a_narrower_skill_counts_as_the_one_above_it_and_never_the_other_way_round():
    assert covered(["siemens-plc"], TAXONOMY) == {"siemens-plc", "plc"}
    assert covered(["plc"], TAXONOMY) == {"plc", "automation"}
    assert covered(["cad"], TAXONOMY) == {"cad"}


def test_what_is_missing_keeps_the_order_of_what_is_asked():
    assert lacking(["welding", "plc", "cad", "welding"], ["siemens-plc"], TAXONOMY) == ("welding", "cad")


def test_programmes_are_sought_by_every_skill_that_would_do():
    assert wide(["plc"], TAXONOMY) == {"plc", "siemens-plc"}
    assert wide(["cad"], TAXONOMY) == {"cad"}


def test_what_teaches_most_comes_first_and_what_teaches_nothing_is_left_out():
    taught = {"b": ["siemens-plc"], "a": ["plc"], "c": ["plc", "cad"], "d": ["welding"]}
    found = ranked(taught, ["plc", "cad"], TAXONOMY)
    assert [(one.slug, one.skills) for one in found] == [("c", ("plc", "cad")), ("a", ("plc",)), ("b", ("plc",))]


def programme(level, kind=ProgrammeType.BACHELOR, **more):
    return Programme("one", kind, level, "school", **more)


def test_a_programme_above_the_place_or_a_diploma_below_the_reader_is_of_no_use():
    hbo = programme(Level.HBO_BACHELOR)
    assert suits(hbo, Level.MBO_4, Level.HBO_BACHELOR) and suits(hbo, None, Level.NONE)
    assert not suits(hbo, Level.MBO_4, Level.MBO_4)
    assert not suits(hbo, Level.MASTER, Level.MASTER)
    assert not suits(programme(Level.HBO_BACHELOR, national=True), None, Level.MASTER)


def test_a_minor_or_course_is_of_use_at_any_higher_level():
    assert suits(programme(Level.HBO_BACHELOR, ProgrammeType.MINOR), Level.MASTER, Level.MASTER)


def test_a_level_is_enough_from_that_of_the_place_upwards():
    assert suffices(Level.MBO_4, Level.MBO_4) and suffices(Level.WO_BACHELOR, Level.HBO_BACHELOR)
    assert not suffices(Level.MBO_3, Level.MBO_4) and not suffices(None, Level.MBO_1) and not suffices(Level.NONE, Level.MBO_1)
    assert suffices(None, Level.NONE)
