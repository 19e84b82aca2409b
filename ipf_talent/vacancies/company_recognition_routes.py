"""Recognitions: declared and kept by the company, looked up and decided by a school or platform administration."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts import sessions
from ipf_talent.accounts.forms import ChosenForm
from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.organisations import recognitions
from ipf_talent.organisations.models import Organisation, Recognition
from ipf_talent.organisations.recognition import (
    APPLY_SEEN_ON,
    APPLY_URL,
    CONDITIONS_URL,
    SOURCE_LABELS,
    STATUS_LABELS,
    RecognitionSource,
    RecognitionStatus,
    decisions,
)
from ipf_talent.vacancies import company_policy, company_queries, company_recognising
from ipf_talent.vacancies.company_forms import DecideForm, DeclareForm, TrainersForm
from ipf_talent.web.access import allow
from ipf_talent.web.paging import paginate
from ipf_talent.web.saving import saved

bp = Blueprint("recognitions", __name__)
WORDS = {"statuses": STATUS_LABELS, "sources": SOURCE_LABELS}
SBB = {"apply": APPLY_URL, "conditions": CONDITIONS_URL, "seen_on": APPLY_SEEN_ON}


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


@bp.route("/organisation/<slug:slug>/recognitions/new", methods=["GET", "POST"])
@allow(company_policy.keeps_company, load=company_queries.company, deny=404)
def declare(company: Organisation) -> ResponseReturnValue:
    """Say for which qualification an address is recognised."""
    form = DeclareForm(crebo=request.args.get("crebo", "")[:5], establishment=request.args.get("address", ""))
    form.offer({one.id: one.name for one in company.establishments}, _trainers(company))
    if form.submitted() and saved(form, lambda: _declare(company, form)):
        sessions.renew(_me())
        flash(_("The qualification is in the list. A school or we look it up."))
        return redirect(url_for("company.show", slug=company.slug, _anchor="recognitions"), 303)
    known = company_queries.qualifications()
    page = render_template("companies/declare.html", form=form, company=company, known=known, sbb=SBB)
    return page, 422 if form.errors else 200


def _declare(company: Organisation, form: DeclareForm) -> None:
    company_recognising.declare(
        company_queries.address(company.slug, int(form.establishment.data)),
        crebo=str(form.crebo.data),
        level=int(form.level.data) if form.level.data else None,
        leerbedrijf_id=str(form.leerbedrijf_id.data),
        trainers=[int(number) for number in form.trainers.data or ()],
        work_processes=form.work_processes.lines,
        by=_me(),
        now=clock.now(),
    )


def _trainers(company: Organisation) -> dict[int, str]:
    """Who can be chosen: the workplace trainers, and the person at the screen."""
    return {
        row.id: _("%(name)s (you)", name=row.display_name) if row.id == _me().id else row.display_name
        for row in company_queries.people_at(company.id)
        if row.trains or row.id == _me().id
    }


@bp.route("/organisation/<slug:slug>/recognitions/<number:number>", methods=["GET", "POST"])
@allow(company_policy.keeps_recognition, load=company_queries.recognition, deny=404)
def amend(recognition: Recognition) -> ResponseReturnValue:
    """Who guides at this recognition, and what can be practised."""
    company, guiding = recognition.establishment.organisation, [str(one.user_id) for one in recognition.trainers]
    form = TrainersForm(version=recognition.version, trainers=guiding, work_processes="\n".join(recognition.work_processes))
    form.offer(_trainers(company))
    if form.submitted() and saved(form, lambda: _amend(recognition, form)):
        sessions.renew(_me())
        flash(_("It is changed."))
        return redirect(url_for("company.show", slug=company.slug, _anchor="recognitions"), 303)
    form.renew(recognition)
    known = company_queries.qualifications().get(recognition.crebo)
    view = {"company": company, "recognition": recognition, "known": known}
    return render_template("companies/amend.html", form=form, **view), form.status


def _amend(recognition: Recognition, form: TrainersForm) -> None:
    company_recognising.amend(
        recognition,
        trainers=[int(number) for number in form.trainers.data or ()],
        work_processes=form.work_processes.lines,
        version=form.version_sent(),
        by=_me(),
    )


@bp.post("/organisation/<slug:slug>/recognitions/retract")
@allow(company_policy.keeps_company, load=company_queries.company, deny=404)
def retract(company: Organisation) -> ResponseReturnValue:
    """Take back what was only declared."""
    row = company_queries.recognition(company.slug, ChosenForm().number_sent())
    try:
        company_recognising.retract(row, by=_me())
        session.commit()
    except DomainError as error:
        session.rollback()
        flash(error.message, "warning")
    else:
        flash(_("It is taken out of the list."))
    return redirect(url_for("company.show", slug=company.slug, _anchor="recognitions"), 303)


@bp.get("/recognitions")
@allow(company_policy.checks_recognitions)
def index() -> str:
    """What waits for a check, or everything that was checked."""
    done, today = request.args.get("show") == "checked", clock.today()
    page = paginate(company_queries.checked() if done else company_queries.to_check(today), scalars=True)
    known = company_queries.qualifications()
    return render_template("companies/recognitions.html", page=page, done=done, known=known, today=today, words=WORDS)


@bp.route("/recognitions/<number:number>", methods=["GET", "POST"])
@allow(company_policy.may_decide, load=recognitions.get, deny=404)
def decide(recognition: Recognition) -> ResponseReturnValue:
    """Look one up, and say what was found."""
    form = DecideForm(version=recognition.version)
    form.offer(decisions(recognition.status))
    if form.submitted() and saved(form, lambda: _decide(recognition, form)):
        flash(_("It is written down. The company hears it."))
        return redirect(url_for(".index"), 303)
    form.renew(recognition)
    form.offer(decisions(recognition.status))
    view = {"known": company_queries.qualifications().get(recognition.crebo), "today": clock.today(), "words": WORDS}
    people = {row.id: row.display_name for row in company_queries.people_at(recognition.establishment.organisation_id)}
    page = render_template("companies/decide.html", form=form, recognition=recognition, people=people, sbb=SBB, **view)
    return page, form.status


def _decide(recognition: Recognition, form: DecideForm) -> None:
    school = company_policy.checking_school(_me())
    company_recognising.decide(
        recognition,
        RecognitionStatus(form.decision.data),
        source=RecognitionSource(form.source.data),
        source_url=form.source_url.data or None,
        note=form.note.data or "",
        version=form.version_sent(),
        by=_me(),
        school=school,
        today=clock.today(),
    )
