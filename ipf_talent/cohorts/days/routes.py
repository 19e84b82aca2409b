"""Matchmaking days for everyone: which there are, who comes, and how it goes."""

from flask import Blueprint, render_template
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.roles import Role
from ipf_talent.cohorts.days import policy, queries
from ipf_talent.cohorts.days.telling import WORDS
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _
from ipf_talent.web.access import public

bp = Blueprint("events", __name__)


@bp.get("/events")
@public
def index() -> str:
    """The days to come, and those that have been."""
    today = clock.today()
    view = {"coming": queries.coming(today), "over": queries.over(today), "today": today}
    return render_template("cohorts/day_index.html", words=WORDS, organises=policy.organises_days(current_user), **view)


@bp.get("/events/<slug:slug>")
@public
def show(slug: str) -> str:
    """One day: when, where, which companies come and what they look for."""
    day = queries.get(slug)
    if not policy.may_see(current_user, day):
        raise NotFound(_("There is no such day."))
    mine = queries.student_at(day.id, current_user.id) if current_user.is_authenticated else None
    companies, manages = queries.companies(day.id), policy.may_bring_company(current_user, day)
    own = current_user.organisation_ids(Role.COMPANY_MANAGER) if manages else frozenset()
    return render_template(
        "cohorts/day_show.html", day=day, companies=companies, words=WORDS, today=clock.today(),
        mine=mine if mine is not None and mine.withdrawn_at is None else None,
        student=not current_user.is_authenticated or policy.may_take_part(current_user, day),
        company=manages, at_tables=any(row.company_id in own for row in companies), organises=policy.organises_days(current_user),
    )  # fmt: skip
