"""The taxonomy's own files are whole: plain rows, no database, no application."""

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

LANGUAGES = ("nl", "fy", "en")
FIELDS = {
    "mechatronics", "mechanics", "electronics", "automation", "robotics", "software", "data-ai", "vision-optics",
    "production", "materials", "quality", "energy", "process", "logistics", "design", "research", "management",
    "communication", "safety",
}  # fmt: skip
LEVELS = {"mbo_1", "mbo_2", "mbo_3", "mbo_4", "ad", "hbo_bachelor", "wo_bachelor", "master", "engd_phd"}
DATA = Path(__file__).parents[2] / "ipf_talent" / "skills" / "data"
UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
FILES = ("skills", "occupations", "occupation_skills", "term_skills")


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def values(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def repeated(items: list[str]) -> list[str]:
    return [item for item, times in Counter(items).items() if times > 1]


def slugs(name: str) -> set[str]:
    return {row["slug"] for row in rows(name)}


@pytest.mark.parametrize("name", FILES)
def test_every_row_has_as_many_cells_as_the_header_and_no_stray_spaces(name):
    for row in rows(name):
        assert None not in row and None not in row.values(), row
        assert all(cell == " ".join(cell.split()) for cell in row.values()), row
        assert all(all(part == part.strip() and part for part in cell.split("|")) for cell in row.values() if cell), row


def test_the_subset_is_large_enough_to_be_useful():
    assert len(rows("skills")) >= 400
    assert len(rows("occupations")) >= 60


@pytest.mark.parametrize("name", ["skills", "occupations"])
def test_slugs_are_well_formed_and_each_is_used_once(name):
    assert not repeated([row["slug"] for row in rows(name)])
    assert [row["slug"] for row in rows(name) if not re.fullmatch(r"[a-z0-9-]{2,60}", row["slug"])] == []


@pytest.mark.parametrize(("name", "kind"), [("skills", "skill"), ("occupations", "occupation")])
def test_every_uri_is_an_esco_uri_and_belongs_to_one_row(name, kind):
    uris = [row["uri"] for row in rows(name) if row["uri"]]
    assert not repeated(uris)
    assert [uri for uri in uris if not re.fullmatch(rf"http://data\.europa\.eu/esco/{kind}/{UUID}", uri)] == []


def test_only_concepts_of_our_own_have_no_uri():
    assert {row["label_source"] for row in rows("skills")} == {"esco-en", "own-concept"}
    assert [row["slug"] for row in rows("skills") if (row["uri"] == "") != (row["label_source"] == "own-concept")] == []
    assert [row["slug"] for row in rows("occupations") if not row["uri"]] == []


@pytest.mark.parametrize("name", ["skills", "occupations"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_is_there_and_no_two_rows_share_one(name, language):
    labels = [row[f"label_{language}"].lower() for row in rows(name)]
    assert "" not in labels
    assert not repeated(labels)


def test_type_and_field_are_known():
    assert {row["type"] for row in rows("skills")} == {"skill", "knowledge", "tool", "transversal"}
    assert {row["field"] for row in rows("skills")} == FIELDS


def test_no_label_or_synonym_is_a_single_letter():
    words = [word for row in rows("skills") for lang in LANGUAGES for word in (row[f"label_{lang}"], *values(row[f"alt_{lang}"]))]
    assert [word for word in words if len(word) < 2] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_synonym_points_to_one_skill_only(language):
    owner = {row[f"label_{language}"].lower(): row["slug"] for row in rows("skills")}
    clashes = []
    for row in rows("skills"):
        for word in values(row[f"alt_{language}"]):
            if owner.setdefault(word.lower(), row["slug"]) != row["slug"]:
                clashes.append((word, row["slug"]))
            assert word.lower() != row[f"label_{language}"].lower(), word
    assert clashes == []


def test_every_skill_has_synonyms_in_dutch_and_english():
    bare = [row["slug"] for row in rows("skills") if row["type"] != "tool" and not (row["alt_nl"] and row["alt_en"])]
    assert bare == []


def test_broader_and_related_links_lead_to_skills_in_the_file():
    links = {link for row in rows("skills") for column in ("broader", "related") for link in values(row[column])}
    assert links <= slugs("skills")
    assert [row["slug"] for row in rows("skills") if row["slug"] in values(row["related"])] == []


def test_no_skill_is_broader_than_itself():
    broader = {row["slug"]: values(row["broader"]) for row in rows("skills")}

    def ancestors(slug: str, path: tuple[str, ...] = ()) -> set[str]:
        assert slug not in path, (*path, slug)
        found = set(broader[slug])
        return found.union(*(ancestors(parent, (*path, slug)) for parent in broader[slug]))

    assert [slug for slug in broader if slug in ancestors(slug)] == []


def test_a_tool_stands_under_the_skill_it_is_used_for():
    assert [row["slug"] for row in rows("skills") if row["type"] == "tool" and not row["broader"]] == []


def test_occupations_have_an_isco_group_a_known_level_and_descriptions():
    for row in rows("occupations"):
        assert re.fullmatch(r"\d{4}", row["isco"]), row["slug"]
        assert values(row["level"]) and set(values(row["level"])) <= LEVELS, row["slug"]
        assert row["description_nl"].endswith(".") and row["description_en"].endswith("."), row["slug"]


def test_occupations_link_to_known_skills_once():
    links = rows("occupation_skills")
    assert {row["occupation"] for row in links} == slugs("occupations")
    assert {row["skill"] for row in links} <= slugs("skills")
    assert not repeated([f"{row['occupation']} {row['skill']}" for row in links])
    assert {row["relation"] for row in links} == {"essential", "optional"}
    assert {row["source"] for row in links} == {"esco", "own"}


def test_every_occupation_has_six_skills_of_which_three_essential():
    links = rows("occupation_skills")
    all_skills = Counter(row["occupation"] for row in links)
    essential = Counter(row["occupation"] for row in links if row["relation"] == "essential")
    assert [slug for slug in slugs("occupations") if all_skills[slug] < 6 or essential[slug] < 3] == []


def test_a_relation_from_esco_joins_two_concepts_of_esco():
    own = {row["slug"] for row in rows("skills") if not row["uri"]}
    assert [row for row in rows("occupation_skills") if row["source"] == "esco" and row["skill"] in own] == []


def test_every_term_of_the_region_resolves_to_skills():
    terms = rows("term_skills")
    assert not repeated([row["term"] for row in terms])
    assert {slug for row in terms for slug in values(row["skills"])} <= slugs("skills")
    empty = [row for row in terms if not row["skills"]]
    assert len(empty) < 0.03 * len(terms)
    assert all(row["note"] for row in empty)


WORDS = {
    "PLC programmeren": "plc-programming", "S7-1500": "siemens-tia-portal", "CAD": "cad",
    "SolidWorks": "solidworks", "mechatronica": "mechatronics", "lassen": "welding", "TIG": "tig-welding",
    "verspanen": "machining", "frezen": "milling", "draaien": "turning", "CNC": "cnc-machining",
    "elektrotechniek": "electrical-engineering", "pneumatiek": "pneumatics", "hydrauliek": "hydraulics",
    "machine vision": "machine-vision", "beeldherkenning": "image-recognition",
    "robot programmeren": "robot-programming", "ROS": "ros", "C++": "cpp", "C#": "csharp", "FPGA": "fpga",
    "FMEA": "fmea", "3D-printen": "additive-manufacturing", "kalibreren": "calibration",
    "storingen zoeken": "troubleshooting", "schema lezen": "read-electrical-diagrams",
    "tekening lezen": "read-technical-drawings", "samenwerken": "work-in-teams", "heftruck": "forklift",
    "hygiëne": "hygiene", "cleanroom": "cleanroom-work", "regeltechniek": "control-engineering", "Fries": "frisian",
    "VCA": "vca", "optica": "optics", "welding": "welding", "milling": "milling", "teamwork": "work-in-teams",
}  # fmt: skip


@pytest.mark.parametrize(("word", "slug"), WORDS.items())
def test_what_people_type_finds_its_skill(word, slug):
    found = {
        row["slug"]
        for row in rows("skills")
        for language in ("nl", "en")
        if word.lower() in (row[f"label_{language}"].lower(), *row[f"alt_{language}"].lower().split("|"))
    }
    assert found == {slug}
