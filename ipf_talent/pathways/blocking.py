"""Why there is no route, or what no route teaches, in sentences; and what one can do instead."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from flask import url_for

from ipf_talent.i18n import _, ngettext, pick
from ipf_talent.pathways.network import FIRST_YEAR, RANKS
from ipf_talent.pathways.planner.ways import Blocked, Reason
from ipf_talent.pathways.planning import Answer
from ipf_talent.pathways.question import GoalKind, Pace
from ipf_talent.programmes.edges import DECIDING, Edge
from ipf_talent.programmes.levels import START_LABELS, Level

ELSEWHERE = 3
"""Programmes beside the routes that are named."""


@dataclass(frozen=True)
class ToldBlock:
    """
    A reason with all that a page says of it.

    Attributes:
        rule: the one that blocks.
        skills: what nobody teaches, by slug.
        ways_on: addresses and words of what one can do.
    """

    title: str
    text: str
    rule: Edge | None
    skills: tuple[str, ...]
    ways_on: tuple[tuple[str, str], ...]


def told_blocks(answer: Answer) -> list[ToldBlock]:
    """The reasons, in the planner's order."""
    return [_told(blocked, answer) for blocked in answer.plans.blocked]


def _told(blocked: Blocked, answer: Answer) -> ToldBlock:
    title, text = _words(blocked, answer)
    return ToldBlock(title, text, _rule(blocked, answer), tuple(blocked.skills), tuple(_ways_on(blocked, answer)))


def _rule(blocked: Blocked, answer: Answer) -> Edge | None:
    """The rule that blocks; where the planner names none, one of those that lead into the stop from elsewhere."""
    slug = (blocked.stop or "").removesuffix(FIRST_YEAR)
    if blocked.reason is not Reason.NO_RULE or slug not in answer.view.network.programmes:
        return None
    asked = [edge for edge in answer.view.network.asked_by(slug) if edge.rule_kind in DECIDING]
    return next((edge for edge in asked if edge.slug == blocked.rule), asked[0] if asked else None)


def _words(blocked: Blocked, answer: Answer) -> tuple[str, str]:
    words = _WORDS.get(blocked.reason)
    return words(blocked, answer) if words else (_("There is no route"), _("We found no way to this goal."))


def _no_rule(blocked: Blocked, answer: Answer) -> tuple[str, str]:
    what, point = _name(blocked.stop, answer), answer.question.point
    title, named = _("There is no route from where you are"), str(START_LABELS[point])
    goal = answer.view.network.programmes.get((blocked.stop or "").removesuffix(FIRST_YEAR))
    if goal and point.level is not Level.NONE and RANKS[goal.level] <= RANKS[point.level]:
        text = _("A route climbs, and you are at %(point)s already: %(what)s is not higher.", point=named, what=what)
    elif blocked.rule:
        text = _("%(what)s asks something else than %(point)s, and no way that we know leads to that.", what=what, point=named)
    else:
        text = _("We know no rule that leads from %(point)s to %(what)s.", what=what, point=named)
    return title, text


def _closed(blocked: Blocked, answer: Answer) -> tuple[str, str]:
    text = _("%(what)s does not run now, or is only planned.", what=_name(blocked.stop, answer))
    return _("This programme cannot be followed now"), text


def _too_far(blocked: Blocked, answer: Answer) -> tuple[str, str]:
    question, what = answer.question, _name(blocked.stop, answer)
    text = _("%(what)s is farther than %(km)s km from %(town)s.", what=what, km=question.km, town=question.place)
    return _("It is too far away"), text


def _no_mode(blocked: Blocked, answer: Answer) -> tuple[str, str]:
    text = _("%(what)s is not offered in the time that you have.", what=_name(blocked.stop, answer))
    return _("It does not fit in your week"), text


def _untaught(blocked: Blocked, answer: Answer) -> tuple[str, str]:
    text = ngettext(
        "No programme on these routes teaches this skill. You may learn it at work: ask the company.",
        "No programme on these routes teaches these %(num)d skills. You may learn them at work: ask the company.",
        len(blocked.skills),
    )
    return _("Not on any route"), str(text)


def _nothing_asked(_blocked: Blocked, _answer: Answer) -> tuple[str, str]:
    return _("You are there already"), _("This goal asks no higher level and no skill that you lack.")


_WORDS: dict[Reason, Callable[[Blocked, Answer], tuple[str, str]]] = {
    Reason.NO_RULE: _no_rule,
    Reason.CLOSED: _closed,
    Reason.TOO_FAR: _too_far,
    Reason.NO_MODE: _no_mode,
    Reason.UNTAUGHT: _untaught,
    Reason.NOTHING_ASKED: _nothing_asked,
}


def _name(stop: str | None, answer: Answer) -> str:
    row = answer.region.atlas.rows.get((stop or "").removesuffix(FIRST_YEAR))
    return pick(row, "title") if row is not None else str(_("Your goal"))


def _ways_on(blocked: Blocked, answer: Answer) -> list[tuple[str, str]]:
    question, reason = answer.question, blocked.reason
    found = []
    if reason is Reason.TOO_FAR:
        found.append((url_for("plans.index", **replace(question, km=None).address), str(_("Look farther away"))))
    if reason is Reason.NO_MODE:
        found.append((url_for("plans.index", **replace(question, pace=Pace.ANY).address), str(_("Look at every way to follow it"))))
    if reason in (Reason.NO_RULE, Reason.CLOSED):
        anywhere = replace(question, kind=GoalKind.POSSIBLE, to="").address
        found.append((url_for("plans.index", **anywhere), str(_("See what is possible from here"))))
    if reason in (Reason.NO_RULE, Reason.CLOSED) and question.kind is GoalKind.PROGRAMME:
        found.append((url_for("pathways.index", to=question.to), str(_("See what this programme asks"))))
    if reason is Reason.UNTAUGHT:
        found += _elsewhere(blocked.skills, answer)
    return found


def _elsewhere(skills: Sequence[str], answer: Answer) -> list[tuple[str, str]]:
    """Programmes of schools that teach most of these skills beside the routes, such as a minor inside a bachelor."""
    concepts, rows = answer.region.taxonomy.concepts, answer.region.atlas.rows
    taught = {slug: [skill for skill in skills if skill in station.teaches] for slug, station in answer.stations.items()}
    of_use = [slug for slug, found in taught.items() if found and slug in rows and not rows[slug].national]
    told = []
    for slug in sorted(of_use, key=lambda slug: (-len(taught[slug]), slug))[:ELSEWHERE]:
        names = ", ".join(pick(concepts[skill], "label") for skill in taught[slug])
        text = _(
            "%(programme)s teaches %(skills)s. Ask whether you can follow it.", programme=pick(rows[slug], "title"), skills=names
        )
        told.append((url_for("programmes.show", slug=slug), str(text)))
    return told
