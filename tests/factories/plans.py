"""Questions, ways and saved plans."""

from datetime import date
from itertools import count

from ipf_talent.db import session
from ipf_talent.pathways.graph import Entry, Stop
from ipf_talent.pathways.kept import Kept, KeptLeg, legs_as_json
from ipf_talent.pathways.models import SavedPlan
from ipf_talent.pathways.planner.ways import Leg, Option, Way
from ipf_talent.pathways.question import GoalKind, Question
from ipf_talent.programmes.levels import StartingPoint

_number = count(1)
ASKED = Question(StartingPoint.MBO_4, GoalKind.PROGRAMME, "msc", date(2027, 1, 1))


def a_leg(key: str = "bachelor", starts: date = date(2027, 9, 1), ends: date = date(2031, 9, 1), **overrides) -> Leg:
    """Four years at school, to be applied for before May."""
    option = overrides.pop("option", Option("full", mode="fulltime", starts=((9, 1),), apply_by=(5, 1), fee=2530))
    values = {"applies_by": date(starts.year, 5, 1)} | overrides
    return Leg(Stop(key, key, 12, 48), Entry("law"), option, starts=starts, ends=ends, **values)


def a_way(*legs: Leg, **overrides) -> Way:
    """One step, ready at its end; name only what the test is about."""
    legs = legs or (a_leg(),)
    values = {"ready": legs[-1].ends, "months": 56, "ects": 240, "sbu": 0, "fee": 10_120, "fee_unknown": 0, "earning": 0,
              "km": 30.0, "closed": (), "open": (), "share": 1.0}  # fmt: skip
    return Way(legs, **values | overrides)


def a_plan(**overrides) -> Kept:
    """A plan of one step, as a session holds it."""
    number = next(_number)
    legs = (KeptLeg("bachelor", "full", date(2027, 9, 1)),)
    values = {"key": f"{number:012x}", "name": f"Plan {number}", "question": ASKED, "legs": legs, "saved_on": date(2026, 11, 27)}
    return Kept(**values | overrides)


def make_plan(user, **overrides) -> SavedPlan:
    """The same as a row of somebody's."""
    kept = a_plan(**overrides)
    row = SavedPlan(user_id=user.id, key=kept.key, name=kept.name, question=kept.question.address, legs=legs_as_json(kept.legs))
    session.add(row)
    session.commit()
    return row
