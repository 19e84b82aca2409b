"""A company's side: by which facts its places let students go before others. No names, and no judgement of a person (R6)."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.cohorts.criteria import USUAL
from ipf_talent.cohorts.rounds import policy, preparing, queries
from ipf_talent.cohorts.rounds.forms import PrioritiesForm
from ipf_talent.cohorts.rounds.words import WORDS
from ipf_talent.i18n import _
from ipf_talent.vacancies import queries as vacancies
from ipf_talent.vacancies.models import Vacancy
from ipf_talent.web.access import allow
from ipf_talent.web.saving import saved

bp = Blueprint("priorities", __name__)


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


@bp.get("/placing/places")
@allow(policy.says_priorities)
def index() -> ResponseReturnValue:
    """One's own places, and what each goes by."""
    rows = queries.places_of_company(_me())
    return render_template("cohorts/round_priorities.html", rows=rows, usual=USUAL, words=WORDS)


@bp.route("/placing/places/<slug:slug>", methods=["GET", "POST"])
@allow(policy.may_say, load=vacancies.get, deny=404)
def show(vacancy: Vacancy) -> ResponseReturnValue:
    """Say what a place goes by."""
    said = queries.priorities_of([vacancy.id]).get(vacancy.id)
    form = PrioritiesForm()
    form.offer(said.criteria if said else [one.value for one in USUAL])
    say = preparing.say_priorities
    if form.submitted() and saved(form, lambda: say(vacancy, form.chosen, by_id=_me().id, now=clock.now())):
        flash(_("Kept. It holds for rounds that open from now on."))
        return redirect(url_for(".index"), 303)
    page = render_template("cohorts/round_priority.html", form=form, vacancy=vacancy, said=said, words=WORDS)
    return page, 422 if form.errors else 200
