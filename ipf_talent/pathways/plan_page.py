"""What the pages of the planner show, put together from an answer."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urljoin

from flask import current_app, url_for

from ipf_talent import clock
from ipf_talent.i18n import _, pick
from ipf_talent.matching import queries as matching
from ipf_talent.pathways import amounts, goal_queries, planning, qr, sharing
from ipf_talent.pathways.axis import Axis
from ipf_talent.pathways.blocking import told_blocks
from ipf_talent.pathways.kept import LONGEST_NAME, Kept
from ipf_talent.pathways.models import PlanShare
from ipf_talent.pathways.network import FIRST_YEAR
from ipf_talent.pathways.plan_changes import Change, Changed
from ipf_talent.pathways.plan_forms import PACE_LABELS
from ipf_talent.pathways.plan_telling import ToldWay
from ipf_talent.pathways.planning import Answer, Region
from ipf_talent.pathways.question import GoalKind, Pace, Question
from ipf_talent.pathways.timetable import Day
from ipf_talent.profiles.card import Card
from ipf_talent.programmes import calendar, rules
from ipf_talent.programmes import queries as programmes
from ipf_talent.programmes.levels import LEVEL_LABELS, MODE_LABELS, START_LABELS
from ipf_talent.skills import queries as skills
from ipf_talent.vacancies.kinds import KIND_LABELS
from ipf_talent.web.templating import day

WORDS = {
    "levels": LEVEL_LABELS,
    "modes": MODE_LABELS,
    "points": START_LABELS,
    "rules": rules.RULE_LABELS,
    "kinds": KIND_LABELS,
}
"""What templates read stored codes with."""


def shown(*, asked: bool) -> dict[str, Any]:
    """What the page of the question needs before there is an answer."""
    return {"words": WORDS, "asked": asked, "answer": None, "chosen": None}


def answered(answer: Answer, chosen: ToldWay | None, *, everything: bool) -> dict[str, Any]:
    """What the page of an answer shows; of one way in full, if one is chosen."""
    listed = [chosen] if chosen else answer.some(planning.ALL if everything else planning.MOST)
    view = {
        **_common(answer),
        "asked": True,
        "chosen": chosen,
        "shown": listed,
        "brief": everything,
        "most": planning.ALL,
        "axis": Axis.of(listed, answer.question.start),
        "possible": planning.possible(answer) if answer.question.kind is GoalKind.POSSIBLE else None,
        "blocked": told_blocks(answer),
    }
    return view | (one_way(answer, chosen) if chosen else {})


def one_way(answer: Answer, chosen: ToldWay) -> dict[str, Any]:
    """What one way in full needs beside: what it opens, and the picture that leads back to it."""
    address = address_of(answer.question, way=chosen.key)
    code = qr.picture(address, _("QR code with the address of this plan"))
    return {"opens": answer.opened(chosen), "code": code, "address": address}


def address_of(question: Question, **more: Any) -> str:
    """The whole address of a question, for use outside this page."""
    return urljoin(str(current_app.config["BASE_URL"]), url_for("plans.index", **question.address, **more))


def _common(answer: Answer) -> dict[str, Any]:
    return {
        "words": WORDS,
        "answer": answer,
        "question": answer.question,
        "goal_name": goal_name(answer),
        "terms": terms(answer.question),
        "concepts": answer.region.taxonomy.concepts,
        "months_text": rules.months_text,
        "month": amounts.month,
        "school_year": calendar.SCHOOL_YEAR,
    }


def goal_name(answer: Answer) -> str:
    """What the goal is called; empty without one."""
    if answer.thing is None:
        return ""
    return pick(answer.thing, "label" if answer.question.kind is GoalKind.OCCUPATION else "title")


def short_name(answer: Answer) -> str:
    """A name to begin with."""
    name = goal_name(answer) or str(_("My plan"))
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"


def terms(question: Question) -> list[str]:
    """The terms of a question in a few words."""
    found = [str(_("from %(month)s", month=amounts.month(question.start)))]
    if question.place and question.km:
        found.append(str(_("up to %(km)s km from %(place)s", km=question.km, place=question.place)))
    if question.pace is not Pace.ANY:
        found.append(str(PACE_LABELS[question.pace]).lower())
    return found


def days_of(told: ToldWay) -> list[Day]:
    """The days of a way for a calendar: until when to apply, when each step starts, and when one is ready."""
    found = []
    for leg in told.legs:
        name, school = leg.title, leg.stage.row.institution if leg.stage.row else ""
        about, text = f"{told.key}/{leg.leg.stop.key}", _day_text(leg.title, school, leg.leg.assumed)
        if leg.leg.applies_by:
            title = str(_("Apply at the latest today: %(programme)s", programme=name))
            found.append(Day(f"{about}/apply", leg.leg.applies_by, title, text, deadline=True))
        found.append(Day(f"{about}/start", leg.leg.starts, str(_("Start: %(programme)s", programme=name)), text))
    return [*found, Day(f"{told.key}/ready", told.way.ready, str(_("Ready for your goal")), "")] if found else []


def _day_text(name: str, school: str, assumed: bool) -> str:
    usual = str(_("This day is what is usual. Ask the school for its own.")) if assumed else ""
    return "\n".join(part for part in (f"{name} – {school}" if school else name, usual) if part)


@dataclass(frozen=True)
class Opened:
    """
    A saved plan as it is today.

    Attributes:
        answer: None where its question cannot be answered any more; `problem` says why.
        told: the way that was kept, as it is today; None where it is no longer among the ways.
    """

    kept: Kept
    answer: Answer | None
    told: ToldWay | None
    changed: Sequence[Changed]
    problem: str = ""

    @property
    def goal_name(self) -> str:
        """What the goal is called."""
        return goal_name(self.answer) if self.answer else self.kept.question.to


def region_of(plans: Iterable[Kept]) -> Region:
    """All that the answers to the questions of these plans are made from."""
    asked = [kept.question for kept in plans]
    return planning.region(
        [one.to for one in asked if one.kind is GoalKind.OCCUPATION], [one.to for one in asked if one.kind is GoalKind.VACANCY]
    )


def opened(plans: Iterable[Kept], now: Region | None, card: Card) -> dict[str, Any]:
    """What the page of all plans shows."""
    found = [open_plan(kept, now, card) for kept in plans] if now else []
    first = min((one.answer.question.start for one in found if one.answer), default=None)
    told = [one.told for one in found if one.told]
    return {"opened": found, "words": WORDS, "axis": Axis.of(told, first) if first else None}


def open_plan(kept: Kept, now: Region, card: Card) -> Opened:
    """A saved plan, answered anew."""
    answer, problem = planning.answer_again(kept.question, card, now)
    if answer is None:
        return Opened(kept, None, None, (), problem)
    return Opened(kept, answer, answer.like(kept), answer.changes(kept))


def kept_view(one: Opened, now: Region) -> dict[str, Any]:
    """What the page of one saved plan shows."""
    view: dict[str, Any] = {
        "kept": one.kept, "chosen": one.told, "changed": one.changed, "problem": one.problem, "question": one.kept.question,
        "rows": now.atlas.rows, "stop_slug": stop_slug, "change_words": change_words, "words": WORDS, "local_day": local_day,
    }  # fmt: skip
    if one.answer is None:
        return view
    view |= {**_common(one.answer), "blocked": told_blocks(one.answer)}
    if one.told:
        view |= {"axis": Axis.of([one.told], one.answer.question.start), **one_way(one.answer, one.told)}
    return view


def local_day(moment: datetime) -> str:
    """The day of a moment on the wall in Drachten, as the reader writes it."""
    return day(moment.astimezone(clock.AMSTERDAM).date())


def stop_slug(stop: str) -> str:
    """The slug of the programme of a stop."""
    return stop.removesuffix(FIRST_YEAR)


def change_words(changed: Changed) -> str:
    """What changed, as a sentence."""
    told: dict[Change, Callable[[], str]] = {
        Change.GONE: lambda: _("We do not know this programme any more."),
        Change.CLOSED: lambda: _("This programme does not run any more."),
        Change.NO_RULE: lambda: _("No rule leads from the step before into this one any more."),
        Change.NOT_OFFERED: lambda: _("It is not offered in this form or at this place any more."),
        Change.NEW_DATE: lambda: _("It starts on %(date)s now.", date=day(changed.now)),
    }
    return str(told[changed.change]())


def shared_view(share: PlanShare) -> dict[str, Any]:
    """What a shared copy shows: only what is in it."""
    content = share.content
    rows = programmes.by_slugs(sharing.programmes_in(content))
    return {
        "content": content,
        "rows": rows,
        "goal": _shared_goal(content.get("goal"), rows),
        "ends_on": local_day(share.expires_at),
        "concepts": skills.taxonomy().concepts if "skills" in content else {},
        "words": WORDS,
        "amounts": amounts,
        "iso": date.fromisoformat,
        "month": amounts.month,
    }


def _shared_goal(goal: dict[str, str] | None, rows: Mapping[str, Any]) -> Any:
    """The line of the goal; None where there is none any more."""
    if not goal or not goal["to"]:
        return None
    if goal["kind"] == GoalKind.PROGRAMME:
        return rows.get(goal["to"])
    if goal["kind"] == GoalKind.OCCUPATION:
        return next((row for row in goal_queries.occupations() if row.slug == goal["to"]), None)
    return matching.open_among([goal["to"]], clock.today()).get(goal["to"])
