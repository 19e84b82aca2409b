"""The parts of a plan that its owner shows, as plain values; what was not ticked is not in them, and a name never is."""

from collections.abc import Collection, Mapping
from typing import Any

from ipf_talent.pathways.kept import SharePart
from ipf_talent.pathways.plan_telling import ToldLeg, ToldWay
from ipf_talent.pathways.question import Question


def content(question: Question, told: ToldWay, parts: Collection[SharePart]) -> dict[str, Any]:
    """What is kept of a plan for whoever has the link."""
    way, shown = told.way, set(parts)
    values: dict[str, Any] = {}
    if SharePart.HERE in shown:
        values["here"] = {"point": question.point.value, "own": question.own}
    if SharePart.GOAL in shown:
        values["goal"] = {"kind": question.kind.value, "to": question.to}
    if SharePart.STEPS in shown:
        values["steps"] = [_step(leg) for leg in told.legs]
        values["ready"], values["months"] = way.ready.isoformat(), way.months
    if SharePart.COSTS in shown:
        values["costs"] = {"fee": way.fee, "unknown": way.fee_unknown, "steps": len(way.legs), "earning": way.earning}
        values["load"] = {"ects": way.ects, "sbu": way.sbu}
    if SharePart.SKILLS in shown:
        values["skills"] = {"learns": list(way.closed), "open": list(way.open)}
    return values


def programmes_in(content: Mapping[str, Any]) -> set[str]:
    """Slugs of the programmes that a copy speaks of."""
    goal, here = content.get("goal") or {}, content.get("here") or {}
    named = {step["programme"] for step in content.get("steps", ())} | {here.get("own")}
    return {slug for slug in named | ({goal["to"]} if goal.get("kind") == "programme" else set()) if slug}


def _step(told: ToldLeg) -> dict[str, Any]:
    leg = told.leg
    return {
        "programme": told.stage.row.slug if told.stage.row else None,
        "level": told.stage.level.value,
        "type": told.stage.type.value,
        "first_year": told.stage.first_year,
        "mode": leg.option.mode,
        "rule": told.stage.rules[0].rule_kind.value if told.stage.rules else None,
        "apply_by": leg.applies_by.isoformat() if leg.applies_by else None,
        "starts": leg.starts.isoformat(),
        "ends": leg.ends.isoformat(),
        "usual": leg.assumed,
    }
