"""A coordinator fills in placements and agreements, sends changed sheets, and writes down signatures from elsewhere."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.applications import storage
from ipf_talent.enrolments.telling import differing
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.i18n import _
from ipf_talent.placements import amending, editing, policy, queries, retention, scans, signing
from ipf_talent.placements.agreements import kinds as agreement_kinds
from ipf_talent.placements.agreements.forms import DAY_LABELS, AgreementForm, ChangeForm
from ipf_talent.placements.forms import ElsewhereForm, FactsForm, ScanForm
from ipf_talent.placements.kinds import AgreementStatus, AgreementType, Who
from ipf_talent.placements.models import Placement, SignatureScan
from ipf_talent.placements.words import WORDS
from ipf_talent.vacancies.company_editing import Stale
from ipf_talent.web.access import allow, takes
from ipf_talent.web.saving import saved

bp = Blueprint("placement_edit", __name__)
LARGEST_UPLOAD = 11_000_000
"""Bytes of a request with a scan: the file, and what the form has around it."""


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


@bp.route("/placements/<slug:slug>/data", methods=["GET", "POST"])
@allow(policy.may_manage, load=queries.by_key, deny=404)
def data(placement: Placement) -> ResponseReturnValue:
    """Dates, hours, company, guides, and what the school knows of a minor."""
    form = FactsForm(data=FactsForm.shown(placement))
    form.offer(
        {str(row.id): row.display_name for row in queries.supervisors_of(placement.school_id)},
        {str(row.id): row.name for row in queries.employers()},
    )
    if form.submitted():
        version, me, now = form.version_sent(), _me(), clock.now()
        if saved(form, lambda: editing.change_facts(placement, form.columns, version=version, by=me, now=now)):
            flash(_("The data are kept."))
            return redirect(url_for("placements.show", slug=placement.key), 303)
    form.renew(placement)
    stands = FactsForm.shown(placement) if form.stale else {}
    return _edit("placements/data.html", placement, form, stands)


@bp.route("/placements/<slug:slug>/agreement", methods=["GET", "POST"])
@allow(policy.may_manage, load=queries.by_key, deny=404)
def agreement(placement: Placement) -> ResponseReturnValue:
    """The words and working times of the agreement in draft."""
    draft = placement.agreement
    if draft is None or draft.status is not AgreementStatus.DRAFT:
        return redirect(url_for("agreements.show", slug=placement.key), 303)
    form = AgreementForm(data=AgreementForm.shown(draft))
    if form.submitted() and form.week_is_right():
        version, me, now, week = form.version_sent(), _me(), clock.now(), form.days()
        if saved(form, lambda: editing.change_agreement(placement, form.columns, week, version=version, by=me, now=now)):
            flash(_("The agreement is kept. Nobody has got it yet."))
            return redirect(url_for("placements.show", slug=placement.key), 303)
    form.renew(draft)
    stands = AgreementForm.shown(draft) if form.stale else {}
    wanted = agreement_kinds.WANTED_TEXTS[AgreementType(draft.type)]
    return _edit("placements/agreement.html", placement, form, stands, days=DAY_LABELS, wanted=wanted)


@bp.route("/placements/<slug:slug>/change", methods=["GET", "POST"])
@allow(policy.may_manage, load=queries.by_key, deny=404)
def change(placement: Placement) -> ResponseReturnValue:
    """Change what was signed: on a new sheet, which everybody hears of (R10)."""
    signed = placement.agreement
    if signed is None or signed.status is not AgreementStatus.SIGNED:
        raise NotFound(_("There is no signed agreement."))
    form = ChangeForm(data=ChangeForm.shown(placement, signed))
    if form.submitted() and form.week_is_right() and saved(form, lambda: _amended(placement, form)):
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
    theirs = differing(form, {name: value for name, value in stands.items() if name != "week"}) if stands else []
    return render_template(template, one=placement, form=form, differing=theirs, words=WORDS, **values), form.status


@bp.route("/placements/<slug:slug>/signed", methods=["GET", "POST"])
@takes(LARGEST_UPLOAD)
@allow(policy.may_manage, load=queries.by_key, deny=404)
def signed(placement: Placement) -> ResponseReturnValue:
    """Write down signatures on paper, with a scan, or in the school's own system."""
    waiting = signing.waits_for(placement)
    if not waiting:
        return redirect(url_for("agreements.show", slug=placement.key), 303)
    paper = request.form.get("way") != "elsewhere"
    today = {"signed_on": clock.today()}
    scan = ScanForm(data=today) if paper else ScanForm(formdata=None, data=today)
    other = ElsewhereForm(formdata=None, data=today) if paper else ElsewhereForm(data=today)
    scan.offer(waiting)
    other.offer(waiting)
    form: Any = scan if paper else other
    if form.submitted() and saved(form, lambda: _written_down(placement, form)):
        flash(_("The signatures are kept."))
        return redirect(url_for("agreements.show", slug=placement.key), 303)
    view = {"scan": scan, "other": other, "paper": paper}
    return render_template("placements/signed.html", one=placement, words=WORDS, **view), 422 if form.errors else 200


def _written_down(placement: Placement, form: ScanForm | ElsewhereForm) -> None:
    me, now, day = _me(), clock.now(), form.signed_on.data or clock.today()
    if isinstance(form, ElsewhereForm):
        signing.in_school_system(placement, form.chosen, reference=form.reference.data or "", signed_on=day, by=me, now=now)
        return
    sent = form.file.data
    checked = scans.check(sent.filename or "", sent.read(scans.MOST_BYTES + 1))
    stored = storage.put(checked.data, retention.ROOM)
    signing.by_scan(placement, form.chosen, checked, stored=stored, names=form.names.data or "", signed_on=day, by=me, now=now)


@bp.get("/placements/scans/<number:number>")
@allow(policy.may_see_scan, load=queries.scan, deny=404)
def scan(scan: SignatureScan) -> Response:
    """The scan of signed paper, as an attachment."""
    try:
        path = storage.path_of(scan.name, retention.ROOM)
    except FileNotFoundError as error:
        raise NotFound(_("There is no such document.")) from error
    return storage.attached(path.read_bytes(), scan.label, scans.ScanKind(scan.kind).mimetype)
