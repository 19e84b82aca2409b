"""Routes from here to there."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from ipf_talent import clock
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _
from ipf_talent.pathways import places, queries, search
from ipf_talent.pathways.forms import RouteFilter
from ipf_talent.pathways.onward import onward
from ipf_talent.pathways.queries import Atlas
from ipf_talent.pathways.telling import told
from ipf_talent.profiles.card import Card
from ipf_talent.profiles.current import card
from ipf_talent.programmes import queries as programmes
from ipf_talent.programmes import rules
from ipf_talent.programmes import search as words
from ipf_talent.programmes.levels import LEVEL_LABELS, MODE_LABELS, STANDING_LABELS, START_LABELS, TYPE_LABELS, StartingPoint
from ipf_talent.programmes.passages import origins
from ipf_talent.skills import queries as skills
from ipf_talent.web.access import public

bp = Blueprint("pathways", __name__)
WORDS = {
    "levels": LEVEL_LABELS,
    "types": TYPE_LABELS,
    "modes": MODE_LABELS,
    "standings": STANDING_LABELS,
    "points": START_LABELS,
    "rules": rules.RULE_LABELS,
}
"""What templates read stored codes with."""
FOUND = 12
"""Programmes that a search in words shows."""


@bp.get("/routes")
@public
def index() -> ResponseReturnValue:
    """Routes to a programme or a place; without either, what can be entered from here."""
    filters, reader, atlas = RouteFilter.read(), card(), queries.atlas()
    point = filters.starting_point or reader.point
    filters.point.data = point.value if point else ""
    filters.offer(atlas.rows.values())
    asked = _to_programme if filters.to.data else _to_place if request.args.get("vacancy") else _onward
    view = asked(atlas, point, reader)
    view |= {"found": _searched(filters.q.data, atlas), "months_text": rules.months_text}
    return render_template("pathways/index.html", filters=filters, point=point, words=WORDS, **view)


def _to_programme(atlas: Atlas, point: StartingPoint | None, reader: Card) -> dict[str, Any]:
    goal = atlas.rows.get(request.args["to"])
    if goal is None:
        raise NotFound(_("There is no such programme."))
    view = {"goal": goal, "own": reader.programme == goal.slug, "asks": origins(atlas.network.asked_by(goal.slug))}
    if point is None:
        return view
    here = atlas.network.seen_from(point, reader.programme)
    ways = told(search.routes(here.graph, goal.slug), here, atlas, point)
    instead = [] if ways else onward(here)
    return view | {"routes": ways, "onward": instead} | _offered(stage.row for way in ways for stage in way.stages)


def _to_place(atlas: Atlas, point: StartingPoint | None, reader: Card) -> dict[str, Any]:
    place, asked = queries.asked_by(request.args["vacancy"], clock.today())
    taxonomy = skills.taxonomy()
    plan = places.plan(place.level, asked, reader.slugs, taxonomy, atlas, point, reader.programme)
    return {"place": place, "plan": plan, "concepts": taxonomy.concepts} | _offered(one.row for one in plan.programmes)


def _onward(atlas: Atlas, point: StartingPoint | None, reader: Card) -> dict[str, Any]:
    return {"onward": onward(atlas.network.seen_from(point, reader.programme))} if point else {}


def _offered(rows: Any) -> dict[str, Any]:
    return {"offered": programmes.offered(list({row.id for row in rows if row}))}


def _searched(text: str | None, atlas: Atlas) -> list[Any] | None:
    """The programmes that a search in words finds, best first; None where nothing is searched."""
    found = words.ranked(text or "")
    by_number = {row.id: row for row in atlas.rows.values()}
    return None if found is None else [by_number[number] for number in found if number in by_number][:FOUND]
