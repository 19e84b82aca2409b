"""Companies of the cluster."""

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts import proving
from ipf_talent.accounts.attempts import TooManyTries
from ipf_talent.db import session
from ipf_talent.i18n import _
from ipf_talent.organisations import queries as organisations
from ipf_talent.organisations.kinds import OrganisationKind
from ipf_talent.vacancies import companies, company_editing, company_policy, company_queries, queries, reader
from ipf_talent.vacancies.company_forms import InterestForm
from ipf_talent.vacancies.forms import CompanyFilter
from ipf_talent.vacancies.words import WORDS
from ipf_talent.web.access import allow, public
from ipf_talent.web.paging import paginate_list
from ipf_talent.web.saving import saved

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
    """One company, what it works with, what it is recognised for, and its open places."""
    company = organisations.get(slug, OrganisationKind.COMPANY)
    view = {
        "places": queries.for_company(company.id, clock.today(), reader.adult_on()),
        "skills": company_queries.skills_of(company.id),
        "recognised": company_queries.recognised(company.id),
        "own": company_policy.keeps_company(current_user, company),
    }
    return render_template("companies/show.html", company=company, words=WORDS, **view)


@bp.route("/companies/<slug:slug>/interest", methods=["GET", "POST"])
@allow(company_policy.is_student)
def interest(slug: str) -> ResponseReturnValue:
    """A student writes to a company that invites ideas, and sends name and address along."""
    company = organisations.get(slug, OrganisationKind.COMPANY)
    form, status, headers = InterestForm(), 200, {}
    if form.submitted():
        try:
            proving.count("interest", current_user.email)
        except TooManyTries as error:
            session.rollback()
            form.form_errors.append(_("There were many tries in a short time. Wait a few minutes and try again."))
            status, headers = 429, {"Retry-After": str(error.seconds)}
        else:
            by, text = current_user._get_current_object(), str(form.text.data)
            if saved(form, lambda: company_editing.write_interest(company, text, by=by, now=clock.now())):
                flash(_("Your idea is on its way to %(company)s. They answer you by e-mail.", company=company.name))
                return redirect(url_for(".show", slug=slug), 303)
    page = render_template("companies/interest.html", form=form, company=company)
    return make_response(page, 422 if form.errors and status == 200 else status, headers)
