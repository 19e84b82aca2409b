"""Bringing the taxonomy into the tables: ours, and the words of an official release beside it."""

import pytest
from sqlalchemy import func, select

from ipf_talent.skills import queries
from ipf_talent.skills.models import OccupationSkill, Skill, SkillLink, TaxonomyVersion
from ipf_talent.skills.services import Changes, import_esco, load_taxonomy
from tests.factories.skills import make_occupation, make_skill
from tests.skills.test_esco import FOLDER, JOB, SKILL, spoil

PLC = "plc-programming"


def words(slug):
    skill = queries.get(slug)
    return skill.label_source, skill.label_nl, skill.label_en, skill.alts_nl, skill.alts_en


@pytest.fixture
def kites(session):
    return make_skill(
        "kites", uri=SKILL + "kites", label_nl="vliegers", label_en="kites", alts_nl=["vliegeren"], alts_en=["flying kites"]
    )


def test_our_files_are_loaded_once_and_a_second_time_changes_nothing(session):
    first = load_taxonomy()
    assert first.added > 2000 and first.changed == 0
    version = queries.taxonomy().version
    assert load_taxonomy() == Changes(0, 0, first.added)
    assert queries.taxonomy().version == version == session.scalar(select(TaxonomyVersion.digest))


def test_a_load_puts_our_own_words_back_and_leaves_skills_of_others_alone(session):
    load_taxonomy()
    make_skill("welcome-guests")
    queries.get(PLC).label_nl = "iets anders"
    session.flush()
    assert load_taxonomy().changed == 1
    assert queries.get(PLC).label_nl != "iets anders"
    assert queries.get("welcome-guests").label_en == "welcome guests"


def test_an_import_takes_official_labels_and_keeps_ours_as_synonyms(kites):
    assert import_esco(FOLDER) == Changes(0, 1, 0)
    assert words("kites") == (
        "esco-official",
        "vliegers oplaten",
        "fly kites",
        ["vliegeren", "vliegers"],
        ["steer kites", "handle kites", "kites", "flying kites"],
    )


def test_an_import_of_english_alone_leaves_the_dutch_words_ours(kites):
    import_esco(FOLDER, ["en"])
    source, dutch, english, *_ = words("kites")
    assert (source, dutch, english) == ("esco-official-en", "vliegers", "fly kites")
    import_esco(FOLDER)
    import_esco(FOLDER, ["en"])
    assert words("kites")[:3] == ("esco-official", "vliegers oplaten", "fly kites")


def test_a_second_import_changes_nothing(kites):
    make_occupation("kiter", uri=JOB + "kiter", essential=(kites,))
    import_esco(FOLDER, add=True)
    before = words("kites")
    assert import_esco(FOLDER, add=True).added == import_esco(FOLDER, add=True).changed == 0
    assert words("kites") == before


def test_without_asking_for_more_nothing_is_added(session, kites):
    make_occupation("kiter", uri=JOB + "kiter", essential=(kites,))
    import_esco(FOLDER)
    assert session.scalar(select(func.count(Skill.id))) == 1


def test_what_our_occupations_need_can_be_added_with_its_links(session, kites):
    job = make_occupation("kiter", uri=JOB + "kiter", essential=(kites,))
    make_skill("wind")
    import_esco(FOLDER, add=True)
    added = queries.get("wind-2")
    assert (added.label_nl, added.alts_nl, added.type, added.field) == ("wind", ["bries"], "transversal", kites.field)
    need = session.get(OccupationSkill, (job.id, added.id))
    assert need is not None and not need.essential and need.source == "release"
    assert session.get(SkillLink, (added.id, kites.id)).kind == "broader"
    assert session.scalar(select(Skill.id).where(Skill.uri == SKILL + "string")) is None, "no occupation of ours needs it"


def test_a_need_that_the_release_no_longer_has_goes_and_our_own_needs_stay(session, kites, release):
    job = make_occupation("kiter", uri=JOB + "kiter", essential=(kites,))
    import_esco(release, add=True)
    spoil(release, "occupationSkillRelations_en.csv", f"{JOB}kiter,optional,knowledge,{SKILL}wind\n", "")
    import_esco(release, add=True)
    found = session.execute(select(OccupationSkill.skill_id, OccupationSkill.source).where(OccupationSkill.occupation_id == job.id))
    assert [tuple(row) for row in found] == [(kites.id, "own")]


def test_a_load_after_an_import_keeps_the_official_labels_and_our_words(session, tmp_path):
    load_taxonomy()
    plc = queries.get(PLC)
    ours = [plc.label_nl, *plc.alts_nl]
    plc.uri = SKILL + "kites"
    session.flush()
    import_esco(FOLDER)
    assert load_taxonomy().changed == 1, "our file's URI, which this test took away, comes back"
    after = queries.get(PLC)
    session.refresh(after)
    assert (after.label_source, after.label_nl) == ("esco-official", "vliegers oplaten")
    assert set(ours) <= set(after.alts_nl)
    assert load_taxonomy().changed == 0


def test_an_import_shows_in_the_taxonomy_at_once(kites):
    before = queries.taxonomy().version
    import_esco(FOLDER)
    assert queries.taxonomy().version != before
    assert [found.slug for found in queries.recogniser().find("Ik kan vliegers oplaten.")] == ["kites"]
