import pytest

from ipf_talent.demo.files import read_region
from ipf_talent.sheets import FaultyFile


@pytest.fixture
def faults(copies, skill_slugs):
    """What is said of the copies: file, row and column of each fault."""

    def read():
        with pytest.raises(FaultyFile) as refused:
            read_region(skill_slugs, copies)
        return [(fault.file, fault.row, fault.column) for fault in refused.value.faults]

    return read


def test_untouched_copies_read_like_the_files_themselves(copies, skill_slugs, region):
    assert read_region(skill_slugs, copies) == region


@pytest.mark.parametrize(
    ("file", "column", "text"),
    [
        ("places.csv", "lat", "north"),
        ("places.csv", "lon", "12.34"),
        ("institutions.csv", "kind", "academy"),
        ("institutions.csv", "source_url", "icdrachten.nl"),
        ("companies.csv", "cluster_member", "maybe"),
        ("stakeholders.csv", "checked", ""),
        ("example_organisations.csv", "size_band", "many"),
        ("programmes.csv", "level", "mbo_5"),
        ("programmes.csv", "modes", "bbl;evening"),
        ("programmes.csv", "fields", "mechatronics;magic"),
        ("programmes.csv", "checked_on", "yesterday"),
        ("progressions.csv", "rule_kind", "promise"),
        ("progressions.csv", "months", "-24"),
        ("vacancy_patterns.csv", "id", "V 1"),
        ("vacancies.csv", "hours", "41"),
        ("vacancies.csv", "description_nl", "Te kort."),
        ("vacancies.csv", "description_en", "long " * 200),
        ("vacancies.csv", "title_nl", "x" * 81),
        ("vacancies.csv", "start_in_months", "1"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(write_cell, faults, file, column, text):
    write_cell(file, 3, column, text)
    assert faults() == [(file, 3, column)]


@pytest.mark.parametrize(
    ("file", "column"),
    [
        ("institutions.csv", "city"),
        ("companies.csv", "city"),
        ("example_organisations.csv", "city"),
        ("programmes.csv", "institution"),
        ("programmes.csv", "city"),
        ("programmes.csv", "skills_taught"),
        ("progressions.csv", "from_programme"),
        ("progressions.csv", "to_programme"),
        ("progressions.csv", "from_institution"),
        ("progressions.csv", "to_institution"),
        ("vacancy_patterns.csv", "company_id"),
        ("vacancies.csv", "pattern_id"),
        ("vacancies.csv", "company"),
        ("vacancies.csv", "place"),
        ("vacancies.csv", "programmes"),
        ("vacancies.csv", "must"),
        ("vacancies.csv", "nice"),
    ],
)
def test_a_reference_to_nothing_is_named(write_cell, faults, file, column):
    write_cell(file, 4, column, "nowhere-at-all")
    assert faults() == [(file, 4, column)]


@pytest.mark.parametrize(
    ("column", "text", "named"),
    [
        ("must", "", "must"),
        ("nice", "plc-programming", "nice"),
        ("days", "1", "hours"),
        ("expenses", "", "expenses"),
        ("work_languages", "nl;klingon", "work_languages"),
        ("company", "philips-drachten", "company"),
        ("fields", "", "fields"),
    ],
)
def test_a_place_that_breaks_a_rule_is_named(write_cell, faults, region, column, text, named):
    row = 2 + next(n for n, place in enumerate(region.vacancies) if place["slug"] == "robotcel-bouwen")
    write_cell("vacancies.csv", row, column, text)
    assert faults() == [("vacancies.csv", row, named)]


@pytest.mark.parametrize(("column", "text"), [("hours", "16"), ("allowance_month_eur", "300"), ("pay_note_nl", "")])
def test_an_apprenticeship_is_a_job_of_at_least_twenty_hours_with_a_wage(write_cell, faults, region, column, text):
    row = 2 + next(n for n, place in enumerate(region.vacancies) if place["slug"] == "bbl-mechatronica-drachten")
    write_cell("vacancies.csv", row, column, text)
    assert faults() == [("vacancies.csv", row, column)]


@pytest.mark.parametrize(("column", "text"), [("months_meaning", ""), ("extra_en", "Only in English.")])
def test_a_progression_that_is_not_whole_is_named(write_cell, faults, region, column, text):
    row = 2 + next(n for n, edge in enumerate(region.progressions) if edge["slug"] == "mbo-2-mbo-4")
    write_cell("progressions.csv", row, column, text)
    assert faults() == [("progressions.csv", row, column)]


def test_a_progression_leads_from_somewhere_to_somewhere(write_cell, faults, region):
    row = 2 + next(n for n, edge in enumerate(region.progressions) if edge["slug"] == "mbo-2-mbo-4")
    for column in ("from_point", "to_level", "to_type"):
        write_cell("progressions.csv", row, column, "")
    assert faults() == [("progressions.csv", row, "from_point"), ("progressions.csv", row, "to_level")]


def test_organisations_of_all_files_have_different_slugs(write_cell, faults):
    write_cell("stakeholders.csv", 2, "slug", "philips-drachten")
    assert faults() == [("stakeholders.csv", 2, "slug")]


def test_all_faults_of_all_files_are_told_at_once(write_cell, faults):
    write_cell("places.csv", 3, "lat", "x")
    write_cell("programmes.csv", 5, "level", "x")
    write_cell("vacancies.csv", 2, "pattern_id", "x")
    write_cell("vacancies.csv", 7, "must", "x")
    assert sorted(faults()) == [
        ("places.csv", 3, "lat"), ("programmes.csv", 5, "level"), ("vacancies.csv", 2, "pattern_id"), ("vacancies.csv", 7, "must"),
    ]  # fmt: skip


def test_a_file_that_cannot_be_read_does_not_make_every_reference_to_it_a_fault(write_cell, faults):
    write_cell("institutions.csv", 2, "kind", "x")
    assert faults() == [("institutions.csv", 2, "kind")]
