"""The report as a file: what is written is read again, and what is not whole is refused by its place."""

import json
from dataclasses import replace
from datetime import date

import pytest

from ipf_talent.matching import report
from ipf_talent.matching.engine import Interval
from ipf_talent.matching.fairness import Effect, Fairness
from ipf_talent.matching.report import Cost, MatchReport, Part, Quality, Recognition, ReportProblem, read, write

SAME = Effect("name", 4, 1.0, True, 0.0, 0.0, 0.0, 0.0, 0.0)
MOVED = Effect("name", 4, 0.75, False, 0.125, 0.015, 0.05, 0.25, 0.0)
WHOLE = MatchReport(
    made_on=date(2030, 2, 3),
    versions={"model": "0123456789abcdef", "python": "3.11.7"},
    collections=(
        Quality("students, Dutch to English", "students", "nl", "en", "nDCG@10", 1300, Interval(0.7, 0.6875, 0.75),
                Interval(0.5, 0.4, 0.6), Interval(0.71, 0.7, 0.72)),
        Quality("mine", "", "", "", "MAP", 12, Interval(0.9, 0.8, 1.0), Interval(0.5, 0.4, 0.6), Interval(0.5, 0.4, 0.6)),
    ),
    ablation=(Part("no-idea", {"students, Dutch to English": 0.625}),),
    recognition=(Recognition("all", 84, 0.957, 0.912), Recognition("fy", 20, 1.0, 0.8)),
    fairness=Fairness(2, 87, (SAME,), (MOVED,), (MOVED,)),
    cost=Cost(87, 1_560_000, 17_931.03, 0.296),
    limits=("no_frisian", "another-limit"),
)  # fmt: skip


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "report.json"
    write(WHOLE, path)
    return path


@pytest.fixture
def spoil(file):
    """Change one value of the file, by its path."""

    def change(value, *steps):
        content = json.loads(file.read_text(encoding="utf-8"))
        part = content
        for step in steps[:-1]:
            part = part[step]
        part[steps[-1]] = value
        file.write_text(json.dumps(content), encoding="utf-8")
        return file

    return change


def test_what_is_written_is_read_again(file):
    assert read(file) == WHOLE


def test_it_is_written_the_same_way_every_time(file, tmp_path):
    write(WHOLE, tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == file.read_bytes()


def test_digits_that_say_nothing_are_left_out(tmp_path):
    write(replace(WHOLE, cost=replace(WHOLE.cost, build_seconds=0.12345678)), tmp_path / "r.json")
    assert read(tmp_path / "r.json").cost.build_seconds == 0.123457


@pytest.mark.parametrize(
    ("steps", "value", "said"),
    [
        (("collections", 0, "product", "low"), "high", "the report, collections 1, product, low: 'high' is no float"),
        (("collections", 0, "product", "low"), float("nan"), "the report, collections 1, product, low: nan is no float"),
        (("collections", 1, "n_queries"), 12.5, "the report, collections 2, n_queries: 12.5 is no int"),
        (("collections", 1, "n_queries"), True, "the report, collections 2, n_queries: True is no int"),
        (("collections",), {}, "the report, collections: this is no list"),
        (("ablation", 0, "values"), [], "the report, ablation 1, values: this is no object"),
        (("fairness", "fields", 0, "identical"), 1, "the report, fairness, fields 1, identical: 1 is no bool"),
        (("cost",), None, "the report, cost: expected build_seconds, bytes_per_place, index_bytes, places"),
        (("cost", "watts"), 3, "it differs in watts"),
        (("made_on",), "yesterday", "the report, made_on: Invalid isoformat string: 'yesterday'"),
        (("made_on",), 3, "the report, made_on: 3 is no date"),
        (("limits", 0), 3, "the report, limits 1: 3 is no str"),
        (("schema",), 99, "has layout 99, and this version reads 1"),
    ],
)
def test_what_is_not_whole_is_refused_by_its_place(spoil, steps, value, said):
    with pytest.raises(ReportProblem) as problem:
        read(spoil(value, *steps))
    assert said in str(problem.value)


def test_a_whole_number_may_stand_where_a_fraction_is_meant(spoil):
    assert read(spoil(1, "recognition", 0, "recall")).recognition[0].recall == 1.0


def test_a_file_that_is_not_there_or_no_json_is_refused(tmp_path):
    with pytest.raises(ReportProblem, match="cannot be read"):
        read(tmp_path / "none.json")
    for content in ("{", "[1]"):
        (tmp_path / "odd.json").write_text(content)
        with pytest.raises(ReportProblem, match=r"odd\.json"):
            read(tmp_path / "odd.json")


def test_the_shipped_report_can_be_read_and_its_figures_can_be():
    shipped = read(report.FILE)
    names = [one.name for one in shipped.collections]
    assert names and len(set(names)) == len(names)
    for one in shipped.collections:
        assert one.n_queries > 0
        for figure in (one.product, one.tfidf, one.bm25):
            assert 0 <= figure.low <= figure.mean <= figure.high <= 1
    assert all(set(part.values) <= set(names) for part in shipped.ablation)
    assert all(0 < one.precision <= 1 and 0 < one.recall <= 1 for one in shipped.recognition)
    assert shipped.fairness.students >= 500
    assert all(one.identical and one.greatest == 0 and one.answered > 0.9 for one in shipped.fairness.fields)
    assert shipped.cost.places > 0 and shipped.cost.index_bytes > 0
