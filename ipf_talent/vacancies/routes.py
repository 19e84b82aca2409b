"""Places that are open."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _
from ipf_talent.vacancies import catalogue, policy, queries
from ipf_talent.vacancies.forms import VacancyFilter
from ipf_talent.vacancies.models import Vacancy
from ipf_talent.vacancies.words import WORDS, way_to
from ipf_talent.web.access import public
from ipf_talent.web.paging import SIZE, Page, asked_page

bp = Blueprint("vacancies", __name__)


@bp.get("/vacancies")
@public
def index() -> ResponseReturnValue:
    """Open places, narrowed by what stands in the address."""
    filters, today = VacancyFilter.read(), clock.today()
    asked = filters.asked
    counts = catalogue.counts(asked, today)
    number = min(asked_page(), max(1, -(-counts.total // SIZE)))
    rows = catalogue.page(asked, today, number=number, size=SIZE) if counts.total else []
    advice = {} if counts.total else catalogue.without(asked, today)
    chosen = filters.chosen
    filters.number(counts.by)
    view = {"filters": filters, "chosen": chosen, "asked": asked, "page": Page(rows, number, counts.total), "advice": advice}
    return render_template("vacancies/index.html", words=WORDS, **view)


@bp.get("/vacancies/<slug:slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    """One place; one that has closed says so and names others like it."""
    vacancy, today = queries.get(slug), clock.today()
    if policy.may_see(current_user, vacancy, today):
        return _shown(vacancy)
    if not policy.was_seen(vacancy):
        raise NotFound(_("There is no such place."))
    others = queries.similar(vacancy, today)
    return render_template("vacancies/closed.html", vacancy=vacancy, others=others, today=today, words=WORDS), 410


def _shown(vacancy: Vacancy) -> str:
    today = clock.today()
    may = {"own": policy.manages(current_user, vacancy), "may_try": policy.may_try(current_user, vacancy)}
    view = {"open": vacancy.is_open(today), "way": way_to(vacancy).value}
    return render_template("vacancies/show.html", vacancy=vacancy, words=WORDS, **may, **view)
