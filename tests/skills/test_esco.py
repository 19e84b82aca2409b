"""Reading a release of ESCO: made-up words in the official layout."""

from pathlib import Path

import pytest

from ipf_talent.sheets import FaultyFile
from ipf_talent.skills.esco import Words, read_release

FOLDER = Path(__file__).parent / "data" / "esco_release"
SKILL = "http://data.europa.eu/esco/skill/made-up-"
JOB = "http://data.europa.eu/esco/occupation/made-up-"


def spoil(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults(folder, *languages):
    with pytest.raises(FaultyFile) as refused:
        read_release(folder, languages or ("nl", "en"))
    return [str(fault) for fault in refused.value.faults]


def test_concepts_carry_their_words_in_each_language():
    release = read_release(FOLDER)
    kites = release.skills[SKILL + "kites"]
    assert kites.words["en"] == Words("fly kites", ("steer kites", "handle kites"), "Keep a kite in the air.")
    assert kites.words["nl"] == Words("vliegers oplaten", ("vliegeren",), "Een vlieger in de lucht houden.")
    assert release.skills[SKILL + "wind"].words["en"].alts == ("breeze",)
    assert {uri: skill.type for uri, skill in release.skills.items()} == {
        SKILL + "kites": "skill",
        SKILL + "string": "knowledge",
        SKILL + "wind": "transversal",
    }
    assert release.occupations[JOB + "kiter"].isco == "3115"


def test_what_is_no_longer_released_is_left_out():
    assert SKILL + "old" not in read_release(FOLDER, ["en"]).skills


def test_relations_lead_to_concepts_that_are_there():
    release = read_release(FOLDER)
    assert release.needs[JOB + "kiter", SKILL + "kites"] is True
    assert release.needs[JOB + "kiter", SKILL + "wind"] is False
    assert release.broader == {(SKILL + "wind", SKILL + "kites")}
    assert release.related == {(SKILL + "kites", SKILL + "string")}


def test_files_of_relations_may_be_named_without_a_language(release):
    (release / "skillSkillRelations_en.csv").rename(release / "skillSkillRelations.csv")
    assert read_release(release).related


def test_columns_may_stand_in_another_order_with_more_beside_them(release):
    (release / "skillSkillRelations_en.csv").write_text(
        f"relatedSkillUri,note,relationType,originalSkillUri\n{SKILL}wind,x,optional,{SKILL}kites\n", encoding="utf-8"
    )
    assert read_release(release).related == {(SKILL + "kites", SKILL + "wind")}


def test_a_missing_file_and_a_missing_column_are_named(release):
    (release / "occupations_nl.csv").unlink()
    spoil(release, "skills_en.csv", "preferredLabel", "label")
    assert faults(release) == [
        "occupations_nl.csv, row 1, column -: this file is missing",
        "skills_en.csv, row 1, column -: missing: preferredLabel",
    ]


def test_every_faulty_cell_is_named_at_once(release):
    spoil(release, "skills_nl.csv", "vliegertouw", "")
    spoil(release, "skills_en.csv", "knowledge,transversal", "opinion,transversal")
    spoil(release, "occupations_en.csv", "7512,cloud", "75,cloud")
    spoil(release, "occupationSkillRelations_en.csv", "optional", "perhaps")
    spoil(release, "broaderRelationsSkillPillar_en.csv", "http://data.europa.eu/esco/skill/S1.1", "ftp://elsewhere")
    found = faults(release)
    assert [fault.split(":")[0] for fault in found] == [
        "skills_nl.csv, row 3, column preferredLabel",
        "skills_en.csv, row 4, column skillType",
        "occupations_en.csv, row 3, column iscoGroup",
        "occupationSkillRelations_en.csv, row 3, column relationType",
        "broaderRelationsSkillPillar_en.csv, row 3, column broaderUri",
    ]


def test_a_concept_twice_or_in_one_language_only_is_a_fault(release):
    spoil(release, "skills_nl.csv", SKILL + "wind", SKILL + "kites")
    assert faults(release, "nl") == ["skills_nl.csv, row 4, column conceptUri: stands in row 2 too"]
    spoil(release, "skills_nl.csv", SKILL + "kites", SKILL + "other")
    assert "skills_en.csv, row 1, column conceptUri: " + SKILL + "other is missing" in faults(release)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b'conceptUri\n"' + b"x" * 1_100_000])
def test_a_file_that_is_no_table_is_named_and_does_not_crash(release, content):
    (release / "skills_en.csv").write_bytes(content)
    assert any(fault.startswith("skills_en.csv, row 1, column -: ") for fault in faults(release, "en"))
