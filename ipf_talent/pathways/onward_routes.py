"""From one programme: what one can do with it, and what leads here."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from ipf_talent.pathways import plan_page, using
from ipf_talent.programmes import progressions, queries, rules
from ipf_talent.programmes.passages import origins, targets
from ipf_talent.skills import queries as skills
from ipf_talent.web.access import public

bp = Blueprint("onward", __name__)


@bp.get("/programmes/<slug:slug>/onward")
@public
def programme(slug: str) -> ResponseReturnValue:
    """What follows on a programme, which occupations and open places suit it, and what leads into it."""
    one = queries.get(slug)
    return render_template(
        "pathways/plan_onward.html",
        programme=one,
        before=origins(progressions.before(one)),
        after=targets(progressions.after(one)),
        occupations=using.occupations(one),
        point=using.point_with(one),
        concepts=skills.taxonomy().concepts,
        months_text=rules.months_text,
        words=plan_page.WORDS,
    )
