"""A coordinator fills in placements and agreements, and sends changed sheets."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.applications import storage
from ipf_talent.enrolments.telling import differing
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.i18n import _
from ipf_talent.placements import amending, editing, guards, policy, queries
from ipf_talent.placements.agreements import drafts as agreement_drafts
from ipf_talent.placements.agreements import kinds as agreement_kinds
from ipf_talent.placements.agreements import page as agreement_page
from ipf_talent.placements.agreements import parts, pdf
from ipf_talent.placements.agreements.forms import DAY_LABELS, AgreementForm, ChangeForm
from ipf_talent.placements.facts_forms import FactsForm
from ipf_talent.placements.kinds import AgreementStatus, AgreementType, Who
from ipf_talent.placements.models import Placement
from ipf_talent.placements.words import WORDS
from ipf_talent.vacancies.company_editing import Stale
from ipf_talent.web.access import allow
from ipf_talent.web.saving import saved

bp = Blueprint("placement_edit", __name__)


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


@bp.route("/placements/<slug:slug>/data", methods=["GET", "POST"])
@allow(policy.may_manage, load=queries.by_key, deny=404)
def data(placement: Placement) -> ResponseReturnValue:
    """Dates, hours, company, guides, and what the school knows of a minor."""
    form, sent = FactsForm(data=FactsForm.shown(placement)), not editing.is_open(placement)
    form.fit(placement, sent=sent, may_move=editing.may_begin_anew(placement))
    form.offer(
        {str(row.id): row.display_name for row in queries.supervisors_of(placement.school_id)},
        {str(row.id): row.name for row in queries.employers()},
    )
    if form.submitted():
        how: dict[str, Any] = {"version": form.version_sent(), "by": _me(), "now": clock.now()}
        ends = "ends_agreement" in form and bool(form.ends_agreement.data)
        if saved(form, lambda: editing.change_facts(placement, form.columns, ends_agreement=ends, **how)):
            flash(_("The data are kept."))
            return redirect(url_for("placements.show", slug=placement.key), 303)
    form.renew(placement)
    stands = FactsForm.shown(placement) if form.stale else {}
    return _edit("placements/data.html", placement, form, stands, sent=sent, changeable=amending.CHANGEABLE)


@bp.route("/placements/<slug:slug>/agreement", methods=["GET", "POST"])
@allow(policy.may_manage, load=queries.by_key, deny=404)
def agreement(placement: Placement) -> ResponseReturnValue:
    """The words and working times of the agreement in draft."""
    draft = placement.agreement
    if draft is None or draft.status is not AgreementStatus.DRAFT:
        return redirect(url_for("agreements.show", slug=placement.key), 303)
    offered = parts.offered(placement)
    form = AgreementForm(data=AgreementForm.shown(draft, offered))
    form.offer(offered)
    if form.submitted():
        version, me, now, week = form.version_sent(), _me(), clock.now(), form.days()
        if saved(form, lambda: editing.change_agreement(placement, form.columns, week, version=version, by=me, now=now)):
            flash(_("The agreement is kept. Nobody has got it yet."))
            return redirect(url_for("placements.show", slug=placement.key), 303)
    form.renew(draft)
    stands = AgreementForm.shown(draft) if form.stale else {}
    wanted = agreement_kinds.WANTED_TEXTS[AgreementType(draft.type)]
    return _edit("placements/agreement.html", placement, form, stands, days=DAY_LABELS, wanted=wanted)


@bp.get("/placements/<slug:slug>/agreement/preview")
@allow(policy.may_manage, load=queries.by_key, deny=404)
def preview(placement: Placement) -> ResponseReturnValue:
    """The sheet as everybody would get it, before it is sent."""
    return render_template("placements/preview.html", one=placement, told=_as_sent(placement), words=WORDS)


@bp.get("/placements/<slug:slug>/agreement/preview.pdf")
@allow(policy.may_manage, load=queries.by_key, deny=404)
def preview_pdf(placement: Placement) -> Response:
    """The same as a PDF that says that it is a draft."""
    words = _as_sent(placement)
    return storage.attached(pdf.render(words, at=clock.now()), words["file"], "application/pdf")


def _as_sent(placement: Placement) -> dict[str, Any]:
    draft, now = placement.agreement, clock.now()
    if draft is None or draft.status is not AgreementStatus.DRAFT:
        raise NotFound(_("There is no agreement that waits to be sent."))
    parent = guards.parent_signs(placement, clock.today())
    return agreement_page.told(agreement_drafts.preview(placement, draft, parent=parent, now=now), draft=True)


@bp.route("/placements/<slug:slug>/change", methods=["GET", "POST"])
@allow(policy.may_manage, load=queries.by_key, deny=404)
def change(placement: Placement) -> ResponseReturnValue:
    """Change what was signed: on a new sheet, which everybody hears of (R10)."""
    signed = placement.agreement
    if signed is None or signed.status is not AgreementStatus.SIGNED:
        raise NotFound(_("There is no signed agreement."))
    form = ChangeForm(data=ChangeForm.shown(placement, signed))
    if form.submitted() and saved(form, lambda: _amended(placement, form)):
        flash(_("The changed sheet is sent. It is in force after ten working days, or earlier when everybody agrees."))
        return redirect(url_for("agreements.show", slug=placement.key), 303)
    form.renew(signed)
    stands = ChangeForm.shown(placement, signed) if form.stale else {}
    return _edit("placements/change.html", placement, form, stands, days=DAY_LABELS)


def _amended(placement: Placement, form: ChangeForm) -> None:
    signed = placement.agreement
    assert signed is not None
    if signed.version != form.version_sent():
        raise Stale
    values = form.changed(placement, signed)
    asked_by, consent = Who(form.asked_by.data), bool(form.consent.data)
    if amending.amend(placement, values, asked_by=asked_by, consent=consent, by=_me(), now=clock.now()) is None:
        raise DomainError(_("Nothing is different, so there is nothing to send."))


def _edit(template: str, placement: Placement, form: Any, stands: Mapping[str, Any], **values: Any) -> tuple[str, int]:
    compared = {name: value for name, value in stands.items() if name not in ("week", "night", "known")}
    theirs = differing(form, compared) if stands else []
    return render_template(template, one=placement, form=form, differing=theirs, words=WORDS, **values), form.status
