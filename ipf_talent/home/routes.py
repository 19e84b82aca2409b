"""Landing page, pages about the site, colours, and the menu of every page."""

from typing import NamedTuple

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts import policy
from ipf_talent.home import dashboard as dashboards
from ipf_talent.home import queries
from ipf_talent.i18n import _
from ipf_talent.programmes.levels import LEVEL_LABELS, STANDING_LABELS, START_LABELS
from ipf_talent.vacancies.kinds import KIND_LABELS, STATUS_LABELS
from ipf_talent.web.access import allow, public
from ipf_talent.web.templating import THEMES
from ipf_talent.web.text import local_path

bp = Blueprint("home", __name__)
WORDS = {
    "kinds": KIND_LABELS,
    "levels": LEVEL_LABELS,
    "points": START_LABELS,
    "statuses": STATUS_LABELS,
    "standings": STANDING_LABELS,
}
"""What the start page reads stored codes with."""


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
        ("pathways.index", _("Routes"), ("pathways", "plans", "kept_plans", "onward")),
        ("companies.index", _("Companies"), ("companies",)),
        ("skills.index", _("Skills"), ("skills",)),
    )
    return [NavItem(url_for(endpoint), label, request.blueprint in blueprints) for endpoint, label, blueprints in entries]


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    """What this is, and where one can start."""
    today = clock.today()
    return render_template(
        "home/index.html",
        overview=queries.overview(today),
        newest=queries.newest_places(today),
        kind_labels=KIND_LABELS,
        level_labels=LEVEL_LABELS,
        start_labels=START_LABELS,
    )


@bp.get("/start")
@allow(policy.is_signed_in)
def dashboard() -> ResponseReturnValue:
    """The start page of someone with an account, by the roles they hold."""
    return render_template("home/dashboard.html", board=dashboards.of(current_user), words=WORDS)


@bp.post("/theme")
@public
def theme() -> ResponseReturnValue:
    """Remember light, dark or the device's own."""
    answer = redirect(local_path(request.form.get("next")) or url_for(".index"), 303)
    chosen = request.form.get("theme")
    if chosen in THEMES:
        answer.set_cookie("theme", chosen, max_age=365 * 24 * 3600, samesite="Lax", httponly=True, secure=request.is_secure)
    return answer


@bp.get("/about")
@public
def about() -> ResponseReturnValue:
    """Who this is for, and how matching works in plain words."""
    return render_template("home/about.html")


@bp.get("/help")
@public
def help() -> ResponseReturnValue:  # noqa: A001 the endpoint is home.help
    """Questions that people ask, and where to turn."""
    return render_template("home/help.html")


@bp.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """How accessible the site is, and how that was tested."""
    return render_template("home/accessibility.html")


@bp.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    """What is kept about people, for how long, and who sees it."""
    return render_template("home/privacy.html")


@bp.get("/sources")
@public
def sources() -> ResponseReturnValue:
    """Where the data come from, and what was not found."""
    return render_template("home/sources.html", overview=queries.overview(clock.today()))
