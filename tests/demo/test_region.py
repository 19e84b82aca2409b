"""What must hold of the reviewed data itself."""

import re
from collections import Counter

import pytest

from ipf_talent.programmes import tracks
from ipf_talent.programmes.levels import Level, StartingPoint
from ipf_talent.programmes.models import RuleKind
from ipf_talent.vacancies.kinds import PlacingMode, VacancyKind

SOURCE_ROWS = (
    "mbo4-naar-hbo-engineering", "mbo-havo-naar-ad", "ad-naar-bachelor", "nlqf-ad-bachelor-master",
    "hbo-bachelor-naar-msc-ai", "hbo-naar-utwente-iem", "hbo-naar-utwente-iem-minor", "deficientie-nhl",
    "21plus-nhlstenden", "vmbo-naar-mbo", "mbo-keuzedeel-hbo", "msc-naar-engd", "astronomy-switch", "web-vmbo-mbo4",
    "web-vmbo-mbo3", "web-vmbo-mbo2", "web-entree", "web-mbo2-mbo3", "web-mbo2-mbo4", "web-mbo3-mbo4", "alfa-niveaus",
    "toelatingsrecht-1april", "bbl-werkplek", "whw-mbo4-hbo", "hbo-onderzoek-alternatief", "whw-21plus",
    "vwo-hbo-versneld", "propedeuse-hanze-me3", "whw-ad-studielast", "ad-gewicht-nhlstenden",
    "bachelor-korter-na-vooropleiding", "whw-master-eisen", "whw-premaster-recht", "whw-premaster-kosten",
    "whw-propedeuse-wo", "rug-fse-niet-selectief", "rug-fse-matching", "hbo-ut-me", "hbo-ut-robotics", "hbo-ut-emsys",
    "hbo-ut-applied-physics", "hbo-rug-bme", "hbo-ccs", "spring-school-master", "htsm-honours", "nlqf-niveaus",
    "mbo4-eqf5", "doorlopende-leerlijn-fryslan", "whw-havo-hbo", "whw-vwo-wo", "han-minor-vision", "hti-machine-vision",
    "windesheim-minor-iar", "keuzedeel-robotica", "ut-minor-interaction", "firda-keuzedeel-frysk",
)  # fmt: skip
"""The rules that were gathered from public sources."""

FITTING_LEVELS = {
    VacancyKind.BOL_INTERNSHIP: {Level.MBO_1, Level.MBO_2, Level.MBO_3, Level.MBO_4},
    VacancyKind.BBL_APPRENTICESHIP: {Level.MBO_1, Level.MBO_2, Level.MBO_3, Level.MBO_4},
    VacancyKind.HBO_INTERNSHIP: {Level.AD, Level.HBO_BACHELOR},
    VacancyKind.HBO_GRADUATION: {Level.AD, Level.HBO_BACHELOR},
    VacancyKind.WO_INTERNSHIP: {Level.WO_BACHELOR, Level.MASTER},
    VacancyKind.WO_DESIGN: {Level.WO_BACHELOR, Level.MASTER},
    VacancyKind.WO_THESIS: {Level.WO_BACHELOR, Level.MASTER},
    VacancyKind.DUAL: {Level.AD, Level.HBO_BACHELOR},
    VacancyKind.ENGD_POSITION: {Level.ENGD_PHD},
    VacancyKind.PRACTICE_CERTIFICATE: {Level.NONE},
    VacancyKind.ORIENTATION: set(Level),
}
ABOUT_WHO_SOMEONE_IS = re.compile(
    r"\b(man|mannen|vrouw|vrouwen|jongens?|meisjes?|jong(e|er)?|leeftijd|nationaliteit|afkomst|geloof|moedertaal"
    r"|statushouders?|gezond|native|young|male|female|nationality|religion)\b",
    re.IGNORECASE,
)


def national(region, start, level):
    """The kinds of national rule from a starting point to a level."""
    edges = [row for row in region.progressions if row["national"] and row["from_point"] is start and row["to_level"] is level]
    return {row["rule_kind"] for row in edges}


def test_the_reviewed_files_hold_everything_that_was_gathered(region):
    sizes = [len(rows) for rows in (region.institutions, region.programmes, region.companies, region.partners, region.patterns)]
    assert sizes == [32, 108, 28, 12, 68]


def test_every_rule_that_was_gathered_stands_in_an_edge(region):
    told = Counter(source for row in region.progressions for source in row["source_id"])
    assert sorted(told) == sorted(SOURCE_ROWS)
    assert len(SOURCE_ROWS) == 56


@pytest.mark.parametrize(
    ("start", "level", "kinds"),
    [
        (StartingPoint.NONE, Level.MBO_1, {RuleKind.RIGHT}),
        (StartingPoint.MBO_1, Level.MBO_2, {RuleKind.RIGHT}),
        (StartingPoint.VMBO_BB, Level.MBO_2, {RuleKind.RIGHT}),
        (StartingPoint.VMBO_BB, Level.MBO_3, set()),
        (StartingPoint.VMBO_KB, Level.MBO_4, {RuleKind.RIGHT}),
        (StartingPoint.VMBO_GL_TL, Level.MBO_3, {RuleKind.RIGHT}),
        (StartingPoint.MBO_2, Level.MBO_3, {RuleKind.RIGHT}),
        (StartingPoint.MBO_3, Level.MBO_4, {RuleKind.RIGHT}),
        (StartingPoint.MBO_4, Level.AD, {RuleKind.RIGHT}),
        (StartingPoint.MBO_4, Level.HBO_BACHELOR, {RuleKind.RIGHT, RuleKind.RECOMMENDED_ELECTIVE}),
        (StartingPoint.MBO_4, Level.WO_BACHELOR, set()),
        (StartingPoint.HAVO, Level.HBO_BACHELOR, {RuleKind.RIGHT}),
        (StartingPoint.VWO, Level.HBO_BACHELOR, {RuleKind.RIGHT, RuleKind.SHORTENED}),
        (StartingPoint.VWO, Level.WO_BACHELOR, {RuleKind.RIGHT}),
        (StartingPoint.AD, Level.HBO_BACHELOR, {RuleKind.RIGHT, RuleKind.SHORTENED}),
        (StartingPoint.AD, Level.WO_BACHELOR, {RuleKind.INSTITUTION_DECIDES}),
        (StartingPoint.HBO_PROPEDEUSE, Level.WO_BACHELOR, {RuleKind.INSTITUTION_DECIDES}),
        (StartingPoint.HBO_BACHELOR, Level.MASTER, {RuleKind.VIA_BRIDGE}),
        (StartingPoint.WO_BACHELOR, Level.MASTER, {RuleKind.INSTITUTION_DECIDES}),
        (StartingPoint.MASTER, Level.ENGD_PHD, {RuleKind.WORK}),
    ],
)
def test_the_law_says_who_has_a_right_and_where_the_school_decides(region, start, level, kinds):
    assert national(region, start, level) == kinds


@pytest.mark.parametrize("start", [StartingPoint.WORKING, StartingPoint.JOB_SEEKING])
def test_people_at_work_climb_from_statement_to_certificate_to_diploma(region, start):
    edges = [row for row in region.progressions if row["from_point"] is start and row["national"] and row["to_level"] is None]
    assert {row["to_type"] for row in edges} == {"practice_statement", "mbo_certificate", "mbo_diploma"}
    assert {row["rule_kind"] for row in edges} == {RuleKind.INSTITUTION_DECIDES}


def test_towns_to_live_in_and_all_towns_of_the_data_are_there(region):
    names = {row["name"] for row in region.places}
    assert len(names) >= 60
    assert {"Drachten", "Surhuisterveen", "Burgum", "Leek", "Dokkum", "Dwingeloo", "Enschede"} <= names


def test_the_tracks_find_the_rows_they_tell_of(region):
    slugs = {row["slug"] for rows in (region.institutions, region.programmes) for row in rows}
    assert {source for page in tracks.PAGES for source in page.sources} <= slugs


def test_places_are_spread_over_every_kind_and_level(region):
    kinds, levels = (Counter(row[column] for row in region.vacancies) for column in ("kind", "level"))
    assert len(region.vacancies) >= 64
    assert min(kinds[kind] for kind in VacancyKind) >= 3
    assert min(levels[level] for level in set(Level) - {Level.MBO_1}) >= 2
    assert all(row["level"] in FITTING_LEVELS[row["kind"]] for row in region.vacancies)
    assert {row["placing_mode"] for row in region.vacancies if row["kind"] is VacancyKind.BOL_INTERNSHIP} >= {
        PlacingMode.SCHOOL_PLACES,
        PlacingMode.COMPANY_CHOOSES,
    }


def test_the_guest_of_the_story_has_enough_to_choose_from(region):
    fields = {"mechatronics", "automation", "robotics", "design"}
    near = [row for row in region.vacancies if row["level"] is Level.MBO_4 and fields & set(row["fields"])]
    assert len(near) >= 10
    known = {"plc-programming", "cad", "mechatronics"}
    assert any(known <= set(row["must"]) for row in near)
    assert sum(bool(known & {*row["must"], *row["nice"]}) for row in near) >= 10


def test_no_place_asks_who_someone_is(region):
    texts = {
        row["slug"]: " ".join(value for name, value in row.items() if isinstance(value, str) and name.endswith(("_nl", "_en")))
        for row in region.vacancies
    }
    assert [slug for slug, text in texts.items() if ABOUT_WHO_SOMEONE_IS.search(text)] == []


def test_a_place_at_a_real_company_says_itself_that_it_is_an_example(region):
    real = {row["slug"]: row["name"] for row in region.companies}
    at_real = [row for row in region.vacancies if row["company"] in real]
    assert at_real
    for row in at_real:
        assert row["title_nl"].startswith("Voorbeeld:")
        assert row["description_nl"].startswith("Dit is een voorbeeld en geen vacature van")
        assert row["description_en"].startswith("This is an example and not a vacancy of")


def test_made_up_organisations_carry_it_in_their_name(region):
    assert all("voorbeeld" in row["name"].lower() for row in region.examples)


def test_texts_differ_from_place_to_place(region):
    for column in ("title_nl", "title_en", "description_nl", "description_en"):
        assert len({row[column] for row in region.vacancies}) == len(region.vacancies)
