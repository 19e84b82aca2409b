"""Programmes and the three tracks."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _
from ipf_talent.programmes import catalogue, codes, listing_queries, policy, progressions, queries, rules, search, tracks
from ipf_talent.programmes.filters import LANGUAGE_LABELS
from ipf_talent.programmes.forms import ProgrammeFilter
from ipf_talent.programmes.institutions import sources
from ipf_talent.programmes.levels import LEVEL_LABELS, MODE_LABELS, STANDING_LABELS, TRACK_LABELS, TYPE_LABELS, ProgrammeType
from ipf_talent.programmes.listing import CHANNEL_LABELS, INTAKE_LABELS, STATUS_LABELS
from ipf_talent.programmes.models import Programme
from ipf_talent.programmes.news_words import moment
from ipf_talent.programmes.passages import origins, targets
from ipf_talent.skills.fields import LABELS as FIELD_LABELS
from ipf_talent.web.access import public
from ipf_talent.web.paging import SIZE, Page, asked_page

bp = Blueprint("programmes", __name__)
WORDS = {
    "levels": LEVEL_LABELS,
    "types": TYPE_LABELS,
    "modes": MODE_LABELS,
    "standings": STANDING_LABELS,
    "tracks": TRACK_LABELS,
    "fields": FIELD_LABELS,
    "languages": LANGUAGE_LABELS,
    "rules": rules.RULE_LABELS,
    "statuses": STATUS_LABELS,
    "channels": CHANNEL_LABELS,
    "intakes": INTAKE_LABELS,
}
"""What templates read stored codes with."""


@bp.get("/programmes")
@public
def index() -> ResponseReturnValue:
    """Programmes, narrowed by what stands in the address."""
    filters = ProgrammeFilter.read()
    asked = filters.asked(national=request.args.get("national") == "1")
    found = search.ranked(asked.q)
    counts = catalogue.counts(asked, found)
    number = min(asked_page(), max(1, -(-counts.total // SIZE)))
    page = Page(catalogue.page(asked, found, number=number, size=SIZE), number, counts.total)
    chosen = filters.chosen
    filters.number({one.short_name: counts.by.get(one.short_name, {}) for one in filters.selects})
    offered = queries.offered([row.id for row in page])
    view = {"filters": filters, "chosen": chosen, "asked": asked, "page": page, "others": counts.others, "offered": offered}
    return render_template("programmes/index.html", words=WORDS, **view)


@bp.get("/programmes/<slug:slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    """One programme: what it teaches, what leads to it, and where it leads."""
    programme = queries.get(slug)
    before, after = progressions.around(programme)
    hung = {
        "today": clock.today(),
        "follows": current_user.is_authenticated and listing_queries.follows(current_user.id, programme.id),
        "edits": policy.manages_listing(current_user, programme),
        "open_days": listing_queries.open_days(programme.institution_id, programme.id, since=clock.now()),
        "moment": moment,
        **_electives(programme),
    }
    return render_template(
        "programmes/show.html",
        programme=programme,
        before=origins(before),
        after=targets(after),
        code_meaning=codes.meaning(programme.code_kind),
        code_caution=codes.caution(programme.code, national=programme.national),
        months_text=rules.months_text,
        words=WORDS,
        **hung,
    )


def _electives(programme: Programme) -> dict[str, Any]:
    """The elective modules of a programme, or the programmes of an elective module."""
    if programme.type is ProgrammeType.ELECTIVE:
        return {"taken_in": listing_queries.taken_in(programme.id, listed=queries.is_listed())}
    return {"electives": listing_queries.chosen_electives(programme.id, listed=queries.is_listed())}


@bp.get("/tracks", endpoint="tracks")
@public
def all_tracks() -> ResponseReturnValue:
    """The three tracks, each with where it stands."""
    return render_template("programmes/tracks.html", pages=tracks.PAGES, words=WORDS)


@bp.get("/tracks/<slug:slug>")
@public
def track(slug: str) -> ResponseReturnValue:
    """One track: what is said of it, by whom, and its programmes."""
    page = tracks.page_of(slug)
    if page is None:
        raise NotFound(_("There is no such track."))
    rows = queries.in_track(page.track)
    offered = queries.offered([row.id for row in rows])
    told = sources(page.sources) | {row.slug: row for row in rows}
    groups: dict[str, list[queries.AnyRow]] = {}
    for row in rows:
        groups.setdefault(tracks.place_of(row.standing, offered[row.id].places), []).append(row)
    view = {"claims": tracks.known(page.claims, told), "told": told, "groups": groups, "offered": offered}
    return render_template("programmes/track.html", track=page, words=WORDS, **view)
