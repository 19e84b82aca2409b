"""The pages with which a company keeps itself: what it does, its addresses, and the skills it is shown with."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts import queries as people
from ipf_talent.accounts.forms import ChosenForm
from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.organisations import queries as organisations
from ipf_talent.organisations import recognitions
from ipf_talent.organisations.models import Establishment, Organisation
from ipf_talent.organisations.recognition import SOURCE_LABELS, STATUS_LABELS
from ipf_talent.vacancies import company_editing, company_policy, company_queries, company_skills
from ipf_talent.vacancies.company_forms import AddressForm, CompanyForm, SkillForm, Versioned
from ipf_talent.web.access import allow
from ipf_talent.web.saving import saved

bp = Blueprint("company", __name__)
WORDS = {"statuses": STATUS_LABELS, "sources": SOURCE_LABELS}


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


@bp.get("/organisation/<slug:slug>")
@allow(company_policy.keeps_company, load=company_queries.company, deny=404)
def show(company: Organisation) -> str:
    """A company as its managers see it: its addresses with what these are recognised for, and its skills."""
    view = {
        "recognitions": recognitions.of(company.id),
        "known": company_queries.qualifications(),
        "people": {row.id: row.display_name for row in company_queries.people_at(company.id)},
        "skills": company_queries.skills_of(company.id, struck=True),
        "today": clock.today(),
    }
    return render_template("companies/manage.html", company=company, form=ChosenForm(), words=WORDS, **view)


@bp.route("/organisation/<slug:slug>/about", methods=["GET", "POST"])
@allow(company_policy.keeps_company, load=company_queries.company, deny=404)
def about(company: Organisation) -> ResponseReturnValue:
    """What the company does and works with, and whether students may come with an idea."""
    form = CompanyForm(data=CompanyForm.shown(company))
    done = form.submitted() and saved(
        form,
        lambda: company_editing.describe(company, form.columns, version=form.version_sent(), by=_me(), today=clock.today()),
    )
    if done:
        flash(_("Your page is changed."))
        return redirect(url_for(".show", slug=company.slug), 303)
    return _page("companies/about.html", form, company, company=company)


@bp.route("/organisation/<slug:slug>/addresses/new", methods=["GET", "POST"])
@allow(company_policy.keeps_company, load=company_queries.company, deny=404)
def add_address(company: Organisation) -> ResponseReturnValue:
    """One more address."""
    form = _address_form(AddressForm())
    if form.submitted() and saved(form, lambda: company_editing.add_address(company, _columns(form), by=_me())):
        flash(_("The address is added."))
        return redirect(url_for(".show", slug=company.slug), 303)
    return _page("companies/address.html", form, None, company=company)


@bp.route("/organisation/<slug:slug>/addresses/<number:number>", methods=["GET", "POST"])
@allow(company_policy.keeps_address, load=company_queries.address, deny=404)
def change_address(address: Establishment) -> ResponseReturnValue:
    """Change an address."""
    form = _address_form(AddressForm(data=AddressForm.shown(address)))
    change = company_editing.change_address
    if form.submitted() and saved(form, lambda: change(address, _columns(form), version=form.version_sent(), by=_me())):
        flash(_("The address is changed."))
        return redirect(url_for(".show", slug=address.organisation.slug), 303)
    return _page("companies/address.html", form, address, company=address.organisation)


@bp.post("/organisation/<slug:slug>/addresses/remove")
@allow(company_policy.keeps_company, load=company_queries.company, deny=404)
def remove_address(company: Organisation) -> ResponseReturnValue:
    """Take an address away."""
    address = company_queries.address(company.slug, ChosenForm().number_sent())
    return _then(company, lambda: company_editing.remove_address(address, by=_me()), _("The address is taken away."))


@bp.post("/organisation/<slug:slug>/skills/strike")
@allow(company_policy.keeps_company, load=company_queries.company, deny=404)
def strike_skill(company: Organisation) -> ResponseReturnValue:
    """Take a skill off the page."""
    slug = SkillForm().slug_sent()
    strike = company_skills.strike
    return _then(
        company, lambda: strike(company, slug, by=_me(), now=clock.now()), _("It no longer stands on your page."), "skills"
    )


@bp.post("/organisation/<slug:slug>/skills/put-back")
@allow(company_policy.keeps_company, load=company_queries.company, deny=404)
def put_skill_back(company: Organisation) -> ResponseReturnValue:
    """Show a skill again."""
    slug = SkillForm().slug_sent()
    return _then(company, lambda: company_skills.put_back(company, slug, by=_me()), _("It stands on your page again."), "skills")


def _address_form(form: AddressForm) -> AddressForm:
    form.offer([place.name for place in organisations.places()])
    return form


def _columns(form: AddressForm) -> dict[str, Any]:
    return form.columns | {"place_id": people.town(str(form.town.data)).id}


def _page(template: str, form: Versioned, stands: Any, **view: Any) -> ResponseReturnValue:
    """The form; after a refusal for what a colleague did, beside what stands now."""
    form.renew(stands)
    return render_template(template, form=form, stands=stands, **view), form.status


def _then(company: Organisation, deed: Callable[[], object], words: str, part: str | None = None) -> ResponseReturnValue:
    """Do it, keep it, and go back to the company's page; a refusal is said there."""
    back = url_for(".show", slug=company.slug, _anchor=part)
    try:
        deed()
        session.commit()
    except DomainError as error:
        session.rollback()
        flash(error.message, "warning")
    else:
        flash(words)
    return redirect(back, 303)
