"""An agreement for everybody who agrees on it: reading its sheets, the PDF, signing, and answering a change."""

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.applications import storage
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.placements import amending, policy, queries, signing, telling
from ipf_talent.placements.agreements import page as agreement_page
from ipf_talent.placements.agreements import pdf
from ipf_talent.placements.kinds import Answer, Who
from ipf_talent.placements.models import AgreementSheet, Placement
from ipf_talent.placements.signing_forms import AnswerForm, EndForm, SignForm
from ipf_talent.placements.words import WORDS
from ipf_talent.web.access import allow
from ipf_talent.web.saving import saved

bp = Blueprint("agreements", __name__)


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


@bp.get("/agreements/<slug:slug>")
@allow(policy.may_read_agreement, load=queries.by_key, deny=404)
def show(placement: Placement) -> ResponseReturnValue:
    """The sheets of an agreement, the newest on top, with what this person can do."""
    return _page(placement)


def _page(placement: Placement, status: int = 200, **forms: Any) -> ResponseReturnValue:
    me = _me()
    view = {"sign": SignForm(formdata=None), "answer": AnswerForm(formdata=None), "me": me.display_name} | forms
    sheets = telling.sheets_of(placement, me)
    back = {
        "school": policy.may_see(me, placement),
        "student": policy.is_own(me, placement),
        "company": policy.may_follow(me, placement),
        "manages": policy.may_manage(me, placement),
    }
    waits = signing.waits_for(placement)
    return render_template(
        "placements/sheets.html", one=placement, sheets=sheets, waits=waits, words=WORDS, back=back, **view
    ), status


@bp.get("/agreements/<slug:slug>/<number:number>.pdf")
@allow(policy.may_read_sheet, load=queries.sheet, deny=404)
def download(sheet: AgreementSheet) -> Response:
    """One sheet as an accessible PDF, with the signatures there are."""
    return _sent(sheet)


@bp.get("/agreements/<slug:slug>/<number:agreement>/<number:number>.pdf")
@allow(policy.may_read_sheet, load=queries.earlier_sheet, deny=404)
def earlier(sheet: AgreementSheet) -> Response:
    """The same of an agreement by its number, for one that has ended."""
    return _sent(sheet)


def _sent(sheet: AgreementSheet) -> Response:
    words = agreement_page.told(sheet)
    data = pdf.render(words, at=sheet.settled_at or sheet.sent_at)
    return storage.attached(data, words["file"], "application/pdf")


@bp.post("/agreements/<slug:slug>/sign")
@allow(policy.may_read_agreement, load=queries.by_key, deny=404)
def sign(placement: Placement) -> ResponseReturnValue:
    """Sign for one's own party; a second press finds it signed."""
    form = SignForm()
    if form.submitted():
        party = _party(placement, form.party.data)
        me, sha256 = _me(), str(form.sheet.data)
        if saved(form, lambda: signing.click(placement, party, name=me.display_name, sha256=sha256, by=me, now=clock.now())):
            flash(_("You have signed. Everybody hears it once the last one has signed."))
            return redirect(url_for(".show", slug=placement.key), 303)
    return _page(queries.by_key(placement.key), 422, sign=form)


@bp.post("/agreements/<slug:slug>/answer")
@allow(policy.may_read_agreement, load=queries.by_key, deny=404)
def answer(placement: Placement) -> ResponseReturnValue:
    """Agree with a changed sheet, or object to it."""
    form = AnswerForm()
    if form.submitted():
        party = _party(placement, form.party.data)
        said = next((one for one in Answer if one.value == form.answer.data), None)
        if said is None:
            raise DomainError(_("Choose one."))
        known, words, version = said, form.words.data or "", int(str(form.sheet_version.data))
        if saved(
            form,
            lambda: amending.answer(placement, party, known, words=words, version=version, by=_me(), now=clock.now()),
        ):
            flash(_("Your answer is kept."))
            return redirect(url_for(".show", slug=placement.key), 303)
    return _page(queries.by_key(placement.key), 422, answer=form)


@bp.post("/agreements/<slug:slug>/note")
@allow(policy.may_manage, load=queries.by_key, deny=404)
def note(placement: Placement) -> ResponseReturnValue:
    """The school leaves the agreement as it was after an objection."""
    form = EndForm()
    if form.submitted() and saved(form, lambda: amending.note_objection(placement, by=_me(), now=clock.now())):
        flash(_("The agreement stays as it was."))
    return redirect(url_for("placements.show", slug=placement.key), 303)


def _party(placement: Placement, asked: str | None) -> Who:
    """The party that was asked for, which this person has to be."""
    found = next((one for one in policy.parties_of(_me(), placement) if one.value == asked), None)
    if found is None:
        abort(404)
    return found
