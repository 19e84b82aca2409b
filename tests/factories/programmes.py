"""Programmes, offerings and progressions."""

from datetime import date
from itertools import count

from ipf_talent.db import session
from ipf_talent.programmes.levels import Level, Mode, ProgrammeType, StartingPoint
from ipf_talent.programmes.models import Offering, Programme, ProgrammeField, ProgrammeSkill, Progression, RuleKind
from ipf_talent.skills.models import Skill
from tests.factories.organisations import make_place, make_school

_number = count(1)


def make_programme(*, teaches: tuple[Skill, ...] = (), mode: Mode = Mode.BOL, place: str | None = "Drachten",
                   fields: tuple[str, ...] = ("mechatronics",), **overrides) -> Programme:  # fmt: skip
    """An mbo 4 programme of two years at one place."""
    number = next(_number)
    values = {"slug": f"programme-{number}", "title_nl": f"Opleiding {number}", "title_en": f"Programme {number}",
              "type": ProgrammeType.MBO_DIPLOMA, "level": Level.MBO_4, "nlqf": 4, "duration_months": 24, "languages": ["nl"],
              "source_url": "https://school.example/programme", "checked_on": date(2026, 11, 1)}  # fmt: skip
    if "institution" not in overrides and "institution_id" not in overrides:
        overrides["institution"] = make_school()
    programme = Programme(**values | overrides)
    programme.skills = [ProgrammeSkill(skill=skill) for skill in teaches]
    programme.fields = [ProgrammeField(field=field) for field in fields]
    programme.offerings = [Offering(place=make_place(place) if place else None, mode=mode)]
    session.add(programme)
    session.commit()
    return programme


def make_progression(**overrides) -> Progression:
    """The right to go from mbo 4 to an hbo bachelor."""
    number = next(_number)
    values = {"slug": f"progression-{number}", "rule_kind": RuleKind.RIGHT, "condition_nl": "Met een diploma.",
              "condition_en": "With a diploma.",
              "source_url": "https://law.example/rule", "checked_on": date(2026, 11, 1), "national": True}  # fmt: skip
    if not any(name.startswith("from_") for name in overrides):
        overrides["from_point"] = StartingPoint.MBO_4
    if not any(name.startswith("to_") for name in overrides):
        overrides["to_level"] = Level.HBO_BACHELOR
    progression = Progression(**values | overrides)
    session.add(progression)
    session.commit()
    return progression
