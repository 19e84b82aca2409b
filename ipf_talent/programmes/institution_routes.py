"""Institutions that teach."""

from itertools import groupby

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from ipf_talent.organisations.kinds import LABELS as KIND_LABELS
from ipf_talent.programmes import institutions, queries
from ipf_talent.programmes.forms import EDUCATION_LABELS, InstitutionFilter
from ipf_talent.programmes.levels import LEVEL_LABELS, MODE_LABELS, STANDING_LABELS, TRACK_LABELS, TYPE_LABELS
from ipf_talent.web.access import public
from ipf_talent.web.paging import paginate_list

bp = Blueprint("institutions", __name__)
WORDS = {
    "kinds": KIND_LABELS,
    "education": EDUCATION_LABELS,
    "levels": LEVEL_LABELS,
    "types": TYPE_LABELS,
    "modes": MODE_LABELS,
    "standings": STANDING_LABELS,
    "tracks": TRACK_LABELS,
}
"""What templates read stored codes with."""


@bp.get("/institutions")
@public
def index() -> ResponseReturnValue:
    """Schools, company schools and institutes."""
    filters = InstitutionFilter.read()
    page = paginate_list(institutions.listed(filters.asked))
    return render_template("institutions/index.html", filters=filters, chosen=filters.chosen, page=page, words=WORDS)


@bp.get("/institutions/<slug:slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    """One institution and what it teaches, by level."""
    institution = institutions.get(slug)
    rows = institutions.programmes_of(institution)
    offered = queries.offered([row.id for row in rows])
    levels = [(level, list(group)) for level, group in groupby(rows, key=lambda row: row.level)]
    no_school = any(row.national for row in rows)
    view = {"institution": institution, "levels": levels, "offered": offered, "no_school": no_school}
    return render_template("institutions/show.html", words=WORDS, **view)
