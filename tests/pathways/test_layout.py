"""Drawing a map: on a few stations, on random schemes, and on the whole region in three languages."""

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings

from ipf_talent.pathways.map.drawing import MIDDLE, NARROW, SIZES, WIDE
from ipf_talent.pathways.map.layout import draw
from ipf_talent.pathways.map.scheme import Band, Lane, Line, Rule, Scheme, Sign, Station
from tests.pathways.maps import faults, schemes

SMALL = Scheme(
    bands=(Band("low", "mbo 4"), Band("high", "hbo bachelor"), Band("top", "master")),
    lines=(Line("north", "School of the North", 4), Line("south", "School of the South", 5)),
    stations=(
        Station("a", "Mechatronics", "north", "low", count=3),
        Station("b", "Optics", "south", "low", count=12),
        Station("c", "Robotics", "north", "high", ("Planned",), 0, running=False),
        Station("d", "Premaster", "south", "high", diploma=False),
        Station("e", "Robotics (MSc)", "south", "top", count=1),
    ),
    lanes=(
        Lane("vmbo", "vmbo", None, (("low", Sign.RIGHT),)),
        Lane("havo", "havo", None, (("low", Sign.RIGHT), ("high", Sign.RIGHT))),
        Lane("low", "mbo 4", "low", (("high", Sign.RIGHT),)),
        Lane("high", "hbo bachelor", "high", (("top", Sign.BRIDGE),)),
    ),
    rules=(
        Rule(Sign.WORK, "south", "high", lanes=("vmbo", "low")),
        Rule(Sign.BRIDGE, "south", "top", station="d", target="e"),
    ),
    here="low",
    way=("c", "e"),
)  # fmt: skip


@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.name)
def test_a_small_map_has_no_fault_and_shows_all_of_it(size):
    picture = draw(SMALL, size, "You are here")
    assert list(faults(picture)) == []
    assert {mark.station.key for mark in picture.marks} == set("abcde")
    assert {text.lines[0] for text in picture.texts if text.role == "here"} == {"You are here"}
    assert [mark.station.key for mark in picture.marks if mark.goal] == ["e"]


@settings(max_examples=60, deadline=None)
@given(schemes())
def test_no_random_map_has_a_fault(scheme):
    for size in SIZES:
        assert list(faults(draw(scheme, size, "Hier ben je"))) == []


def test_the_faults_that_are_looked_for_are_found():
    picture = draw(SMALL, WIDE)
    mark = picture.marks[0]
    moved = replace(mark, texts=tuple(replace(text, x=picture.heads[1].x - 20, y=picture.heads[1].top + 3) for text in mark.texts))
    wrong = "\n".join(faults(replace(picture, marks=(moved, *picture.marks[1:]))))
    assert "overlaps" in wrong and "runs through" in wrong
    assert any("cut off" in fault for fault in faults(replace(picture, height=picture.height / 2)))
    lifted = replace(mark, box=(mark.box[0], -50, *mark.box[2:]))
    assert any("out of its band" in fault for fault in faults(replace(picture, marks=(lifted, *picture.marks[1:]))))


def test_on_wide_screens_the_ladder_goes_up_and_on_a_phone_it_goes_down():
    wide, narrow = draw(SMALL, WIDE), draw(SMALL, NARROW)
    assert [stripe.band.key if stripe.band else "" for stripe in wide.stripes] == ["top", "high", "low", ""]
    assert [stripe.band.key if stripe.band else "" for stripe in narrow.stripes] == ["", "low", "high", "top"]
    assert all(lane.end <= lane.start for lane in wide.lanes) and all(lane.end >= lane.start for lane in narrow.lanes)


def test_a_lane_calls_at_what_it_opens_with_the_sign_of_the_rule():
    picture = draw(SMALL, WIDE)
    bars = {stripe.bar: stripe.band.key for stripe in picture.stripes if stripe.bar}
    x = next(lane.x for lane in picture.lanes if lane.lane.key == "havo")
    assert {(bars[call.y], call.sign) for call in picture.calls if call.x == x} == {("low", Sign.RIGHT), ("high", Sign.RIGHT)}


def test_a_rule_of_a_school_calls_at_each_of_its_lanes_and_runs_once():
    picture = draw(SMALL, MIDDLE)
    own = [call for call in picture.calls if call.line]
    assert [(call.line.key, call.sign) for call in own] == [("south", Sign.WORK)] * 2
    assert len({call.y for call in own}) == 1
    assert len([track for track in picture.tracks if track.run.kind == "rule"]) == 2


def test_a_chosen_route_runs_from_the_reader_through_its_stations():
    picture = draw(SMALL, WIDE)
    places = {mark.station.key: (mark.x, mark.y) for mark in picture.marks}
    here = next((lane.x, lane.start) for lane in picture.lanes if lane.here)
    ways = [track.points for track in picture.tracks if track.run.kind == "way"]
    assert [(way[0], way[-1]) for way in ways] == [(here, places["c"]), (places["c"], places["e"])]


def test_a_stop_without_a_programme_is_passed_at_its_band():
    picture = draw(replace(SMALL, here="vmbo", way=("low", "c")), WIDE)
    ways = [track.points for track in picture.tracks if track.run.kind == "way"]
    own = next((lane.x, lane.start) for lane in picture.lanes if lane.lane.key == "low")
    assert ways[0][-1] == own == ways[1][0]


def test_runs_between_two_bands_never_lie_on_each_other():
    levels = {}
    for track in draw(SMALL, WIDE).tracks:
        for (x0, y0), (x1, y1) in pairwise(track.points):
            if y0 == y1 and abs(x1 - x0) > 60:
                levels.setdefault(y0, []).append(sorted((x0, x1)))
    for stretches in levels.values():
        stretches.sort()
        assert all(after[0] >= before[1] for before, after in pairwise(stretches))


def test_a_line_does_not_run_on_from_a_band_that_stands_apart():
    apart = replace(SMALL, bands=(replace(SMALL.bands[0], apart=True), *SMALL.bands[1:]))
    joins = {
        scheme: [t.run for t in draw(scheme, WIDE).tracks if t.run.kind == "line" and t.run.start.band == 0]
        for scheme in (SMALL, apart)
    }
    assert len(joins[SMALL]) == 2 and joins[apart] == []


def test_on_paper_a_picture_is_cut_between_bands_and_nothing_is_lost():
    picture = replace(draw(SMALL, NARROW), size=replace(NARROW, width=300))
    sheets = picture.sheets
    assert len(sheets) > 1 and sheets[0][0] == 0 and abs(sum(high for _top, high in sheets) - picture.height) < 1
    for (top, high), (after, _high) in pairwise(sheets):
        assert abs(top + high - after) < 0.2
        assert not any(stripe.top < after < stripe.bottom for stripe in picture.stripes)


def test_a_map_without_stations_is_drawn_too():
    picture = draw(replace(SMALL, stations=(), rules=(), way=()), WIDE)
    assert list(faults(picture)) == [] and picture.marks == ()


def test_the_same_scheme_gives_the_same_picture_in_every_process():
    code = (
        "import hashlib; from tests.pathways.test_layout import SMALL; from ipf_talent.pathways.map.layout import draw;"
        "from ipf_talent.pathways.map.drawing import WIDE; print(hashlib.sha256(repr(draw(SMALL, WIDE)).encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert found == {hashlib.sha256(repr(draw(SMALL, WIDE)).encode()).hexdigest() + "\n"}


@pytest.mark.demo
@pytest.mark.parametrize("language", ["nl", "fy", "en"])
def test_the_map_of_the_region_has_no_fault(app, world, language):
    from ipf_talent.pathways import queries
    from ipf_talent.pathways.map import field
    from ipf_talent.programmes.levels import StartingPoint

    ways = [(None, ()), ("mbo_4", ("hanze-major-mechatronics", "ut-premaster-robotics", "ut-msc-robotics", "ut-engd-robotics")),
            ("working", ("technicnoord-mechatronica-bbl",)), ("none", ("*mbo_1", "mbo-verspaner")),
            ("hbo_propedeuse", ("ut-bsc-mechanical-engineering",))]  # fmt: skip
    with app.test_request_context(f"/?lang={language}"):
        atlas = queries.atlas()
        for point, way in ways:
            asked = field.Asked(set(atlas.rows), StartingPoint(point) if point else None, way)
            scheme = field.scheme(atlas, dict.fromkeys(atlas.rows, 128), asked)
            for size in SIZES:
                picture = draw(scheme, size, "Hier ben je")
                assert list(faults(picture)) == []
                assert len(picture.marks) == len(atlas.rows) > 100
