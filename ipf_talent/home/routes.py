"""Landing page, colours, and the menu of every page."""

from typing import NamedTuple

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ipf_talent.i18n import _
from ipf_talent.web.access import public
from ipf_talent.web.templating import THEMES, has_endpoint
from ipf_talent.web.text import local_path

bp = Blueprint("home", __name__)


class NavItem(NamedTuple):
    """One entry of the main menu."""

    url: str
    label: str
    current: bool


def init(app: Flask) -> None:
    """Give every page its menu."""

    @app.context_processor
    def nav() -> dict[str, object]:
        return {"nav": _nav()}


def _nav() -> list[NavItem]:
    entries = (
        ("matching.places", _("My matches"), ("matching",)),
        ("vacancies.index", _("Places"), ("vacancies",)),
        ("programmes.index", _("Programmes"), ("programmes", "institutions")),
        ("pathways.index", _("Routes"), ("pathways",)),
        ("companies.index", _("Companies"), ("companies",)),
        ("skills.index", _("Skills"), ("skills",)),
    )
    return [NavItem(url_for(endpoint), label, request.blueprint in blueprints) for endpoint, label, blueprints in entries if has_endpoint(endpoint)]


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    """What this is, and where one can start."""
    return render_template("home/index.html")


@bp.post("/theme")
@public
def theme() -> ResponseReturnValue:
    """Remember light, dark or the device's own."""
    answer = redirect(local_path(request.form.get("next")) or url_for(".index"), 303)
    chosen = request.form.get("theme")
    if chosen in THEMES:
        answer.set_cookie("theme", chosen, max_age=365 * 24 * 3600, samesite="Lax", httponly=True, secure=request.is_secure)
    return answer
