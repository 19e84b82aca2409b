"""The map of the whole field."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from ipf_talent.i18n import _
from ipf_talent.matching import around
from ipf_talent.pathways import queries, search
from ipf_talent.pathways.map import field, narrowing
from ipf_talent.pathways.map.columns import listed
from ipf_talent.pathways.map.drawing import SIZES
from ipf_talent.pathways.map.forms import MapFilter
from ipf_talent.pathways.map.layout import draw
from ipf_talent.pathways.queries import Atlas
from ipf_talent.profiles.current import card
from ipf_talent.programmes import search as words
from ipf_talent.programmes.levels import StartingPoint
from ipf_talent.web.access import public

bp = Blueprint("map", __name__)


@bp.get("/routes/map")
@public
def index() -> ResponseReturnValue:
    """Every level, programme and rule in one picture, or in a list; narrowed by what stands in the address."""
    filters, reader, atlas = MapFilter.read(), card(), queries.atlas()
    point = filters.starting_point or reader.point
    filters.point.data = point.value if point else ""
    offers = narrowing.offers()
    filters.offer(atlas.rows.values(), offers)
    fields = {one.slug: one.fields for one in atlas.programmes}
    shown = filters.shown(atlas.rows.values(), offers, fields, words.ranked(filters.q.data or ""))
    way, tone, sentence = _way(atlas, point, reader.programme)
    counts = around.open_places()
    scheme = field.scheme(atlas, counts, field.Asked({row.slug for row in shown}, point, way))
    as_list = request.args.get("view") == "list"
    pictures = [] if as_list or not scheme.stations else [draw(scheme, size, str(_("You are here"))) for size in SIZES]
    view = {"scheme": scheme, "pictures": pictures, "as_list": as_list, "bands": listed(scheme), "known": counts is not None}
    view |= {"goal": atlas.rows.get(way[-1]) if way else None, "tone": tone, "sentence": sentence, "point": point}
    return render_template("pathways/map.html", filters=filters, large=request.args.get("zoom") == "large", **view)


def _way(atlas: Atlas, point: StartingPoint | None, own: str | None) -> tuple[tuple[str, ...], str, str]:
    """The stops of the route that is asked for, and what has to be said of it: the kind of notice, and its sentence."""
    goal, stops = request.args.get("to", ""), tuple(filter(None, request.args.get("way", "").split(",")))
    if stops:
        gone = not field.known_stops(atlas).issuperset(stops)
        return (
            ((), "warn", str(_("A step of this route is not there any more. The map shows no route."))) if gone else (stops, "", "")
        )
    if not goal:
        return (), "", ""
    if goal not in atlas.rows:
        return (), "warn", str(_("There is no such programme."))
    if point is None:
        return (goal,), "info", str(_("Choose where you are now, and the map shows the route."))
    found = search.routes(atlas.network.seen_from(point, own).graph, goal, 1)
    none = str(_("No rule that we know leads from where you are to this programme."))
    return (found[0].keys, "", "") if found else ((goal,), "warn", none)
