"""Places that are open."""

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _, pick
from ipf_talent.organisations.queries import towns_at
from ipf_talent.skills import queries as skills
from ipf_talent.vacancies import catalogue, counting, jsonld, policy, queries, reader, search
from ipf_talent.vacancies.filters import Sort, postcode_area
from ipf_talent.vacancies.forms import VacancyFilter
from ipf_talent.vacancies.models import Vacancy
from ipf_talent.vacancies.saved_forms import SaveForm
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
    fits = reader.fits() if asked.sort is Sort.FIT else None
    asked = replace(asked, adult_on=reader.adult_on())
    found = search.look(asked.q)
    counts = catalogue.counts(asked, today, found)
    number = min(asked_page(), max(1, -(-counts.total // SIZE)))
    rows = catalogue.page(asked, today, number=number, size=SIZE, found=found, fits=fits) if counts.total else []
    counting.listed((row.id for row in rows), today)
    advice = {} if counts.total else catalogue.without(asked, today, found)
    chosen = filters.chosen
    filters.number(counts.by)
    view = {"filters": filters, "chosen": chosen, "asked": asked, "page": Page(rows, number, counts.total), "advice": advice}
    area = postcode_area(asked.q)
    view |= {"fits": fits, "area": area, "towns": towns_at(area) if area else []}
    said = {"found": found, "also": _labels(found.also), "query": filters.query, "saving": SaveForm(formdata=None)}
    return render_template("vacancies/index.html", words=WORDS, **view, **said)


def _labels(slugs: Sequence[str]) -> list[str]:
    """Skills that were looked for too, as the reader calls them."""
    concepts = skills.taxonomy().concepts if slugs else {}
    return [pick(concepts[slug], "label") for slug in slugs if slug in concepts]


@bp.get("/vacancies/<slug:slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    """One place; one that has closed says so and names others like it."""
    vacancy, today = queries.get(slug), clock.today()
    if policy.may_see(current_user, vacancy, today):
        return _shown(vacancy)
    if not policy.was_seen(vacancy):
        raise NotFound(_("There is no such place."))
    others = queries.similar(vacancy, today, adult_on=reader.adult_on())
    return render_template("vacancies/closed.html", vacancy=vacancy, others=others, today=today, words=WORDS), 410


def _shown(vacancy: Vacancy) -> str:
    today = clock.today()
    may = {"own": policy.manages(current_user, vacancy), "may_try": policy.may_try(current_user, vacancy)}
    view = {"open": vacancy.is_open(today), "way": way_to(vacancy).value}
    if view["open"] and not may["own"]:
        counting.opened(vacancy.id, today)
    url = f"{current_app.config['BASE_URL']}{url_for('.show', slug=vacancy.slug)}"
    real = view["open"] and not vacancy.is_example
    posting = jsonld.job_posting(vacancy, url) if real else None
    return render_template("vacancies/show.html", vacancy=vacancy, words=WORDS, posting=posting, **may, **view)
