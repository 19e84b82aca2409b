"""A coordinator writes down signatures from elsewhere, and sends links by which people without an account sign."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.accounts.services import refuse_example
from ipf_talent.applications import storage
from ipf_talent.db import session
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _
from ipf_talent.placements import policy, queries, retention, scans, signing
from ipf_talent.placements.guidance import guest_links, guest_signing
from ipf_talent.placements.guidance import queries as guidance_queries
from ipf_talent.placements.kinds import Who
from ipf_talent.placements.models import AgreementSheet, Placement, SignatureScan
from ipf_talent.placements.signing_forms import AskForm, ElsewhereForm, EndForm, ScanForm
from ipf_talent.placements.words import WORDS
from ipf_talent.web.access import allow, takes
from ipf_talent.web.saving import saved

bp = Blueprint("placement_signing", __name__)
LARGEST_UPLOAD = 11_000_000
"""Bytes of a request with a scan: the file, and what the form has around it."""


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


@bp.route("/placements/<slug:slug>/signed", methods=["GET", "POST"])
@takes(LARGEST_UPLOAD)
@allow(policy.may_manage, load=queries.by_key, deny=404)
def signed(placement: Placement) -> ResponseReturnValue:
    """Write down signatures on paper, with a scan, or in the school's own system."""
    sheet = _waiting(placement)
    if sheet is None:
        return redirect(url_for("agreements.show", slug=placement.key), 303)
    way = request.form.get("way")
    scan, other = _forms(placement, sheet, way)
    form = other if way == "elsewhere" else scan
    if form.submitted() and saved(form, lambda: _written_down(placement, form)):
        flash(_("The signatures are kept."))
        return redirect(url_for("agreements.show", slug=placement.key), 303)
    return _page(placement, 422 if form.errors else 200, scan=scan, other=other, form=form)


def _waiting(placement: Placement) -> AgreementSheet | None:
    """The sheet that somebody has still to sign."""
    return placement.agreement.first if placement.agreement and signing.waits_for(placement) else None


def _forms(placement: Placement, sheet: AgreementSheet, way: str | None) -> tuple[ScanForm, ElsewhereForm]:
    """Both forms of the page, of which one was sent or none."""
    today = {"signed_on": clock.today()}
    scan = ScanForm(data=today) if way == "paper" else ScanForm(formdata=None, data=today)
    there: dict[str, Any] = {"prefix": "there", "data": today}
    other = ElsewhereForm(**there) if way == "elsewhere" else ElsewhereForm(formdata=None, **there)
    for form in (scan, other):
        form.offer(signing.waits_for(placement), sheet.sent_at)
    return scan, other


def _page(placement: Placement, status: int, **view: Any) -> ResponseReturnValue:
    asks = {one: _ask_form(placement, one) for one in guest_signing.BY_LINK if one in signing.waits_for(placement)}
    links = [(one, guest_links.standing(one, clock.now()).value) for one in guidance_queries.links_to_sign(placement.id)]
    view = {"links": links, **view, "asks": asks | view.get("asks", {})}
    return render_template("placements/signed.html", one=placement, words=WORDS, **view), status


def _ask_form(placement: Placement, party: Who) -> AskForm:
    return AskForm(formdata=None, prefix=party.value, data=_named(placement, party))


def _named(placement: Placement, party: Who) -> dict[str, str]:
    """Whom the placement names for this party."""
    if party is Who.PARENT:
        return {"name": placement.parent_name, "email": placement.parent_email.strip().lower()}
    return {"name": placement.trainer_name, "email": placement.trainer_email.strip().lower()}


def _written_down(placement: Placement, form: ScanForm | ElsewhereForm) -> None:
    me, now, day = _me(), clock.now(), form.signed_on.data or clock.today()
    if isinstance(form, ElsewhereForm):
        signing.in_school_system(placement, form.chosen, reference=form.reference.data or "", signed_on=day, by=me, now=now)
        return
    stored = storage.put(form.checked.data, retention.ROOM)
    how: dict[str, Any] = {"stored": stored, "names": form.names.data or "", "signed_on": day, "by": me, "now": now}
    signing.by_scan(placement, form.chosen, form.checked, **how)


@bp.post("/placements/<slug:slug>/signed/ask")
@allow(policy.may_manage, load=queries.by_key, deny=404)
def ask(placement: Placement) -> ResponseReturnValue:
    """Send somebody without an account a link by which they sign for a party."""
    sheet = _waiting(placement)
    party = next((one for one in guest_signing.BY_LINK if one.value == request.form.get("party")), None)
    if sheet is None or party is None:
        return redirect(url_for("agreements.show", slug=placement.key), 303)
    form = AskForm(prefix=party.value)
    if form.submitted() and saved(form, lambda: _asked(placement, party, form)):
        flash(_("The link is on its way to %(email)s.", email=form.email.data))
        return redirect(url_for(".signed", slug=placement.key, _anchor="link"), 303)
    placement = queries.by_key(placement.key)
    scan, other = _forms(placement, sheet, None)
    return _page(placement, 422, scan=scan, other=other, form=form, asks={party: form})


def _asked(placement: Placement, party: Who, form: AskForm) -> None:
    me, email = _me(), str(form.email.data)
    if email != _named(placement, party)["email"]:
        refuse_example(me)
    guest_signing.ask(placement, party, name=form.name.data or "", email=email, by=me, now=clock.now())


@bp.post("/placements/<slug:slug>/signed/end")
@allow(policy.may_manage, load=queries.by_key, deny=404)
def end(placement: Placement) -> ResponseReturnValue:
    """Take a link to sign back."""
    form = EndForm()
    if form.submitted():
        taken = guest_links.revoke(guidance_queries.link(form.thing.data or "", placement.id), by=_me(), now=clock.now())
        session.commit()
        flash(_("The link no longer works.") if taken else _("This link was used or taken back already."))
    return redirect(url_for(".signed", slug=placement.key, _anchor="link"), 303)


@bp.get("/placements/scans/<number:number>")
@allow(policy.may_see_scan, load=queries.scan, deny=404)
def scan(scan: SignatureScan) -> Response:
    """The scan of signed paper, as an attachment."""
    try:
        path = storage.path_of(scan.name, retention.ROOM)
    except FileNotFoundError as error:
        raise NotFound(_("There is no such document.")) from error
    return storage.attached(path.read_bytes(), scan.label, scans.ScanKind(scan.kind).mimetype)
