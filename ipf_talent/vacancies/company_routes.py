"""Companies of the cluster."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from ipf_talent import clock
from ipf_talent.organisations import queries as organisations
from ipf_talent.organisations.kinds import OrganisationKind
from ipf_talent.vacancies import companies, queries
from ipf_talent.vacancies.forms import CompanyFilter
from ipf_talent.vacancies.words import WORDS
from ipf_talent.web.access import public
from ipf_talent.web.paging import paginate_list

bp = Blueprint("companies", __name__)


@bp.get("/companies")
@public
def index() -> ResponseReturnValue:
    """Companies, real ones first, narrowed by what stands in the address."""
    filters = CompanyFilter.read()
    page = paginate_list(companies.narrowed(filters.companies, filters.asked))
    chosen = filters.chosen
    filters.number(companies.counts(filters.companies, filters.asked))
    return render_template("companies/index.html", filters=filters, chosen=chosen, page=page, words=WORDS)


@bp.get("/companies/<slug:slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    """One company, what it works with, and its open places."""
    company = organisations.get(slug, OrganisationKind.COMPANY)
    places = queries.for_company(company.id, clock.today())
    return render_template("companies/show.html", company=company, places=places, words=WORDS)
