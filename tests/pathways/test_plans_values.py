"""What a plan is made of, as values: the question, what ways are best at, the axis, what changed, the calendar, the code."""

import random
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import segno
from markupsafe import Markup

from ipf_talent.pathways import amounts, plan_changes, qr, timetable
from ipf_talent.pathways.graph import HERE, Entry, Graph, Stop
from ipf_talent.pathways.kept import Kept, KeptLeg
from ipf_talent.pathways.plan_changes import Change
from ipf_talent.pathways.plan_telling import key_of
from ipf_talent.pathways.planner.best import Best, bests
from ipf_talent.pathways.planner.ways import Option, Station
from ipf_talent.pathways.question import MODES, GoalKind, Pace, Question
from ipf_talent.pathways.timetable import Day
from ipf_talent.programmes.levels import Mode, StartingPoint
from tests.factories.plans import ASKED, a_leg, a_plan, a_way

FULL = Question(
    StartingPoint.HAVO, GoalKind.VACANCY, "robot-cell", date(2027, 9, 1), own="ict", km=25, place="Drachten", pace=Pace.BESIDE_WORK
)


@pytest.mark.parametrize(
    "question", [ASKED, FULL, replace(FULL, kind=GoalKind.OCCUPATION), replace(ASKED, kind=GoalKind.POSSIBLE, to="")]
)
def test_a_question_comes_back_from_its_address(question):
    assert Question.from_address(question.address) == question


def test_an_address_holds_nothing_that_was_not_said():
    assert ASKED.address == {"from": "mbo_4", "to": "msc", "start": "2027-01"}


@pytest.mark.parametrize(
    "change", [{"from": "mars"}, {"start": "soon"}, {"start": "2027-13"}, {"start": ""}, {"km": "far"}, {"pace": "x"}]
)
def test_what_is_no_question_is_refused(change):
    with pytest.raises(ValueError, match=r"\w"):
        Question.from_address(FULL.address | change)


def test_work_with_school_suits_a_whole_week_and_beside_work():
    assert Mode.BBL in MODES[Pace.FULL] & MODES[Pace.BESIDE_WORK]
    assert Mode.BOL not in MODES[Pace.BESIDE_WORK] and Mode.PARTTIME not in MODES[Pace.FULL]
    assert MODES[Pace.ANY] == frozenset()


def test_a_plan_comes_back_from_a_session_and_anything_else_does_not():
    kept = a_plan(question=FULL, name="Nei hbo")
    assert Kept.from_json(kept.as_json()) == kept
    for broken in ([], ["a"], ["k", "n", {}, [], "2026-11-27"], ["k", "n", FULL.address, [["s"]], "2026-11-27"], 7, None):
        assert Kept.from_json(broken) is None


def test_a_way_keeps_its_key_when_its_dates_move_and_changes_it_with_a_stop_or_an_option():
    same = [("a", "full"), ("b", "")]
    assert key_of(same) == key_of(list(same))
    assert len({key_of(same), key_of([("a", "part"), ("b", "")]), key_of([("b", ""), ("a", "full")]), key_of(same[:1])}) == 4


def test_each_way_is_told_what_it_alone_is_best_at():
    quick = a_way(ready=date(2029, 1, 1), fee=9_000, km=40.0, closed=("plc",))
    cheap = a_way(ready=date(2030, 1, 1), fee=100, km=40.0, closed=("plc",))
    full = a_way(ready=date(2031, 1, 1), fee=9_000, km=10.0, closed=("plc", "cad"), earning=24)
    assert bests([quick, cheap, full]) == [(Best.QUICKEST,), (Best.CHEAPEST,), (Best.CLOSES_MOST, Best.NEAREST, Best.EARNS)]


def test_what_is_the_same_for_all_sets_none_apart():
    assert bests([a_way(), a_way()]) == [(), ()]
    assert bests([a_way()]) == [()]
    assert bests([]) == []


def test_a_way_of_unknown_cost_is_not_called_cheapest_and_keeps_no_other_from_it():
    unknown, known = a_way(fee=0, fee_unknown=1), a_way(fee=500)
    assert bests([unknown, known]) == [(), ()], "the unknown one may still be cheaper"
    dear = a_way(fee=700, fee_unknown=1)
    assert bests([dear, known]) == [(), (Best.CHEAPEST,)], "what is known of the other costs more already"


def test_the_nearest_is_told_only_where_every_distance_is_known():
    assert bests([a_way(km=5.0), a_way(km=None)]) == [(), ()]
    assert bests([a_way(km=5.0), a_way(km=6.0)]) == [(Best.NEAREST,), ()]


HELD = (KeptLeg("bachelor", "full", date(2027, 9, 1)), KeptLeg("msc", "full", date(2031, 9, 1)))


def graph(**changed):
    stops = {key: Stop(key, key, rank) for rank, key in enumerate((HERE, "bachelor", "msc"))} | changed
    return Graph({k: s for k, s in stops.items() if s}, {HERE: {"bachelor": Entry("law")}, "bachelor": {"msc": Entry("law")}})


def stations(*keys):
    return {key: Station((Option("full"),)) for key in keys or ("bachelor", "msc")}


def what(found):
    return [(changed.leg.stop, changed.change) for changed in found]


def test_nothing_changed_where_every_step_holds():
    assert plan_changes.changes(HELD, None, graph(), stations()) == []
    now = a_way(a_leg(), a_leg("msc", date(2031, 9, 1), date(2033, 9, 1)))
    assert plan_changes.changes(HELD, now, graph(), stations()) == []


def test_a_new_date_is_told_with_the_old_one():
    now = a_way(a_leg(starts=date(2028, 2, 1)), a_leg("msc", date(2031, 9, 1), date(2033, 9, 1)))
    (changed,) = plan_changes.changes(HELD, now, graph(), stations())
    assert (changed.leg, changed.change, changed.now) == (HELD[0], Change.NEW_DATE, date(2028, 2, 1))


def test_a_step_that_is_gone_closed_or_offered_in_another_form_is_named():
    assert what(plan_changes.changes(HELD, None, graph(msc=None), stations())) == [("msc", Change.GONE)]
    closed = Stop("bachelor", "bachelor", 1, passable=False)
    assert what(plan_changes.changes(HELD, None, graph(bachelor=closed), stations())) == [("bachelor", Change.CLOSED)]
    other = stations() | {"msc": Station((Option("part"),))}
    assert what(plan_changes.changes(HELD, None, graph(), other)) == [("msc", Change.NOT_OFFERED)]


def test_a_rule_that_fell_away_is_named_at_the_step_that_it_led_into():
    without = Graph(graph().stops, {HERE: {"bachelor": Entry("law")}})
    assert what(plan_changes.changes(HELD, None, without, stations())) == [("msc", Change.NO_RULE)]


NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
DAYS = [
    Day("k/a/apply", date(2027, 5, 1), "Apply, at once; now", "BSc – School", deadline=True),
    Day("k/a/start", date(2027, 9, 1), "Start: BSc", "Rigel mei in komma, en ien\nmear"),
]


def events(text):
    return icalendar.Calendar.from_ical(text).walk("VEVENT")


def test_a_calendar_is_read_back_with_whole_days_and_a_warning_two_weeks_before_a_deadline():
    text = timetable.calendar(DAYS, name="Nei hbo", language="fy", address="https://x.example/plan?a=1&b=2", now=NOW)
    first, second = events(text)
    assert (first["DTSTART"].dt, first["DTEND"].dt) == (date(2027, 5, 1), date(2027, 5, 2))
    assert str(first["SUMMARY"]) == "Apply, at once; now" and str(second["DESCRIPTION"]) == DAYS[1].text
    (alarm,) = first.walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(days=-14) and not second.walk("VALARM")
    assert str(first["URL"]) == "https://x.example/plan?a=1&b=2"
    assert b"\r\n" in text and all(len(line) <= 75 for line in text.split(b"\r\n"))


def test_an_entry_keeps_its_name_when_its_day_moves_and_two_entries_never_share_one():
    moved = [replace(day, on=day.on + timedelta(365)) for day in DAYS]
    both = [
        [str(e["UID"]) for e in events(timetable.calendar(days, name="", language="nl", address="", now=NOW))]
        for days in (DAYS, moved)
    ]
    assert both[0] == both[1] and len(set(both[0])) == 2


def modules(drawn: Markup) -> set[tuple[int, int]]:
    """The dark squares of a drawing: its path runs line by line, in moves and strokes to the right."""
    path = re.search(r'stroke="#000" d="([^"]+)"', drawn)[1]
    x = y = 0.0
    dark = set()
    for command, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: ?(-?[\d.]+))?", path):
        if command == "h":
            dark |= {(int(x) + n, int(y)) for n in range(int(first))}
            x += float(first)
        else:
            x, y = (float(first), float(second)) if command == "M" else (x + float(first), y + float(second))
    return dark


@pytest.mark.parametrize("seed", range(3))
def test_the_code_holds_the_address_square_by_square(seed):
    address = "https://talent.example/plan?" + "".join(random.Random(seed).choices("abcdefgh=&0123", k=120))
    matrix = segno.make(address, error="m", micro=False).matrix
    expected = {(x + 4, y + 4) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}
    assert modules(qr.picture(address, "code")) == expected


def test_the_code_has_a_name_and_no_styles():
    drawn = qr.picture("https://talent.example/plan", 'A "code" <b>')
    assert "style=" not in drawn and "<b>" not in drawn and 'role="img"' in drawn
    assert "<title>" in drawn


@pytest.fixture
def english(app):
    with app.test_request_context("/?lang=en"):
        yield


@pytest.mark.parametrize(
    ("months", "told"),
    [(1, "1 month"), (11, "11 months"), (12, "1 year"), (24, "2 years"), (27, "2 years and 3 months"), (0, "0 months")],
)
def test_time_is_told_in_years_and_months(english, months, told):
    assert amounts.duration(months) == told


@pytest.mark.parametrize(
    ("fee", "unknown", "steps", "told"),
    [
        (10_120, 0, 2, "€\xa010,120"),
        (0, 0, 1, "No fee"),
        (0, 2, 2, "Nobody tells the cost"),
        (2_530, 1, 2, "€\xa02,530; of 1 of 2 steps nobody tells the cost"),
        (0, 0, 0, "Nothing"),
    ],
)
def test_cost_says_what_is_not_known(english, fee, unknown, steps, told):
    assert amounts.cost(fee, unknown, steps) == told


def test_the_study_load_in_credits_and_in_hours_stand_apart(english):
    assert amounts.load(240, 3200) == "240 EC + 3,200 hours (SBU)"
    assert amounts.load(None, 0) == "Not told"
