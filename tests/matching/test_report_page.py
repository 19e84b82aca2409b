"""The page of the report: figures in the reader's language, and a plain sentence where there are none."""

import json
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from ipf_talent.matching import report
from ipf_talent.matching.engine import Interval, Matcher
from ipf_talent.matching.figures import ahead, clearly_ahead, shipped
from ipf_talent.matching.report import write
from tests.factories.vacancies import make_vacancy
from tests.matching.test_report import MOVED, WHOLE


@pytest.fixture
def ship(tmp_path, monkeypatch):
    """Ship another report."""
    path = tmp_path / "report.json"
    monkeypatch.setattr(report, "FILE", path)
    return lambda what: write(what, path) or path


def page(answer) -> BeautifulSoup:
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def table(found: BeautifulSoup, caption: str) -> list[list[str]]:
    table = next(one for one in found.select("main table") if one.caption.get_text(strip=True) == caption)
    return [[" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")] for row in table.select("tbody tr")]


def test_quality_stands_beside_both_methods_with_its_range(client, ship):
    ship(WHOLE)
    found = page(client.get("/match/report"))
    assert table(found, "Our order beside two plain methods") == [
        ["Student seeks place, Dutch to English nDCG@10, 1,300 questions", "0.700 0.688 to 0.750", "0.500 0.400 to 0.600",
         "0.710 0.700 to 0.720"],
        ["mine MAP, 12 questions", "0.900 0.800 to 1.000", "0.500 0.400 to 0.600", "0.500 0.400 to 0.600"],
    ]  # fmt: skip
    assert "In 1 of 2 tests our order was better" in found.text
    assert "hardly chance: in 1." in found.text


def test_a_bar_is_as_long_as_the_score_and_hidden_from_screen_readers(client, ship):
    ship(WHOLE)
    bars = page(client.get("/match/report")).select("main svg.match-bar")
    assert len(bars) == 6 and all(bar["aria-hidden"] == "true" for bar in bars)
    assert bars[0].select_one(".match-bar-fill")["width"] == "70.0"
    assert bars[0].path["d"] == "M68.8 5H75.0"


def test_parts_errors_cost_limits_and_versions_are_told(client, ship):
    ship(WHOLE)
    found = page(client.get("/match/report"))
    assert table(found, "Change of the score") == [["no-idea", "−0.075", "–"]]
    assert table(found, "Mistakes in reading skills") == [["All languages", "84", "4.3", "8.8"], ["Frisian", "20", "0.0", "20.0"]]
    limits = [item.get_text(strip=True) for item in found.find(id="limits").find_parent().find_next_sibling("ul").select("li")]
    assert limits == ["There is no test in Frisian yet.", "another-limit"]
    facts = {term.text: term.find_next("dd").text for term in found.select("main dl dt")}
    assert facts["Size of the index"] == "1,560 kB" and facts["Size for each place"] == "17.9 kB"
    assert facts["Time to build it"] == "0.30 seconds"
    assert facts["Measured on"] == "3 February 2030" and facts["Model"] == "0123456789abcdef" and facts["python"] == "3.11.7"
    assert "ipf-talent matching report --collections FOLDER" in found.text


def test_fairness_is_told_apart_for_facts_and_for_words(client, ship):
    ship(WHOLE)
    found = page(client.get("/match/report"))
    assert "No fit changed, not even in the last digit." in found.text
    assert "2 made-up students, each with 2 variants, against 87 places." in found.text
    row = ["Name", "75.0", "1.5", "12.5", "5.0", "25.0", "0.0"]
    assert table(found, "With skills chosen beside the text") == table(found, "With the text alone") == [row]


def test_an_unfair_field_is_said_and_not_hidden(client, ship):
    ship(replace(WHOLE, fairness=replace(WHOLE.fairness, fields=(*WHOLE.fairness.fields, MOVED))))
    found = page(client.get("/match/report"))
    assert "Some fits changed, by 12.50 points at most." in found.text
    assert "No fit changed" not in found.text


def test_a_check_that_found_no_place_is_no_proof(client, ship):
    nothing = replace(WHOLE.fairness.fields[0], answered=0.0)
    ship(replace(WHOLE, fairness=replace(WHOLE.fairness, fields=(nothing,))))
    found = page(client.get("/match/report"))
    assert "None of these students found a place" in found.text
    assert "No fit changed" not in found.text and "Some fits changed" not in found.text


def test_without_parts_their_table_is_left_out(client, ship):
    ship(replace(WHOLE, ablation=()))
    assert page(client.get("/match/report")).find(id="parts") is None


def test_numbers_follow_the_language(client, ship):
    ship(WHOLE)
    for language in ("nl", "fy"):
        figure = page(client.get(f"/match/report?lang={language}")).select_one(".match-figure strong")
        assert figure.text == "0,700"


def test_another_matcher_than_the_measured_one_is_said(client, ship, taught, index):
    index()
    ship(WHOLE)
    said = "another version of the matcher"
    assert said in client.get("/match/report").text
    ship(replace(WHOLE, versions={"model": Matcher().model_version}))
    assert said not in client.get("/match/report").text


@pytest.mark.parametrize("content", [None, "{", json.dumps({"schema": 99})], ids=["missing", "damaged", "another layout"])
def test_without_a_report_the_page_says_so_and_still_tells_the_method(client, ship, content):
    path = ship(WHOLE)
    path.unlink() if content is None else path.write_text(content)
    found = page(client.get("/match/report"))
    assert "There are no figures for this version of the site yet." in found.text
    assert "puts the best fit on top" in found.text and not found.select("main table")


def test_a_new_file_is_seen_and_an_old_one_is_read_once(app_context, ship, monkeypatch):
    ship(WHOLE)
    assert shipped() == WHOLE
    monkeypatch.setattr(report, "read", lambda _path: pytest.fail("read again"))
    assert shipped() == WHOLE


def test_better_means_better_than_both_and_clearly_with_the_whole_range():
    assert [ahead(WHOLE.collections), clearly_ahead(WHOLE.collections)] == [1, 1]
    near = replace(WHOLE.collections[1], product=Interval(0.9, 0.6, 1.0))
    assert [ahead((near,)), clearly_ahead((near,))] == [1, 0]
    assert ahead(()) == clearly_ahead(()) == 0


def test_the_page_is_linked_from_every_page_and_from_a_sheet(client, taught, index, as_student):
    make_vacancy(slug="cell", musts=(taught["plc-programming"],))
    index()
    assert page(client.get("/")).select_one("footer a[href='/match/report']")
    assert page(as_student().get("/match/places/cell")).select_one("main a[href='/match/report']").text == "How good is this?"
