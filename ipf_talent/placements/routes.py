"""A school's placements: the lists, one placement with its steps, the recognition, assignments, and the rules of the school."""

from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts import queries as accounts
from ipf_talent.accounts.models import User
from ipf_talent.accounts.policy import is_signed_in
from ipf_talent.accounts.roles import Role
from ipf_talent.db import session
from ipf_talent.enrolments import queries as enrolments
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.organisations.models import Organisation
from ipf_talent.placements import assigning, editing, guards, personal_data, policy, queries, services, telling, workflow
from ipf_talent.placements.forms import CheckForm, ContractForm, DecideForm, DeedForm, RulesForm
from ipf_talent.placements.guidance import personal_data as guidance_data
from ipf_talent.placements.guidance import replacing
from ipf_talent.placements.kinds import AssignmentStatus, CheckOutcome, Deed, Who
from ipf_talent.placements.models import Placement
from ipf_talent.placements.words import WORDS
from ipf_talent.web.access import allow, public
from ipf_talent.web.paging import paginate
from ipf_talent.web.saving import saved

bp = Blueprint("placements", __name__)


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


@bp.get("/placements/how")
@public
def how() -> ResponseReturnValue:
    """How a placement goes: the table of its life, as the services obey it."""
    return render_template("placements/how.html", lines=workflow.STEPS, way=workflow.PATH, words=WORDS)


@bp.get("/placements.json")
@allow(is_signed_in)
def export() -> ResponseReturnValue:
    """All that placements keep of the person at the screen, as a file."""
    answer = jsonify({**personal_data.export(_me().id), "guidance": guidance_data.export(_me().id)})
    answer.headers["Content-Disposition"] = 'attachment; filename="placements.json"'
    return answer


@bp.get("/placements")
@allow(policy.works_with_placements)
def index() -> ResponseReturnValue:
    """Placements of one's own school, by what they ask; a supervisor sees those of their own students."""
    me, which = _me(), request.args.get("state", "to_do")
    period, mine = request.args.get("period", ""), request.args.get("mine") == "yes"
    today, chosen = clock.today(), telling.GROUPS.get(which, ())
    wanted = queries.narrowed(chosen, period, me.id if mine else None, closing=today if which == "to_do" else None)
    counts = queries.counts(me)
    numbers = {name: sum(counts.get(state, 0) for state in states) for name, states in telling.GROUPS.items()}
    numbers["to_do"] += queries.number_to_close(me, today)
    page = paginate(queries.of_school(me).where(wanted))
    view: dict[str, Any] = {"which": which, "period": period, "mine": mine, "numbers": numbers, "total": sum(counts.values())}
    schools = [one.organisation for one in me.memberships if one.role is Role.COORDINATOR and one.organisation]
    view |= {"schools": schools, "periods": enrolments.periods_of(*(one.id for one in schools)) if schools else []}
    return render_template("placements/index.html", page=page, words=WORDS, turn=workflow.turn, today=today, **view)


@bp.get("/placements/<slug:slug>")
@allow(policy.may_see, load=queries.by_key, deny=404)
def show(placement: Placement) -> ResponseReturnValue:
    """One placement: where it stands, what it lacks, what can be done now."""
    return _page(placement)


def _page(placement: Placement, status: int = 200, **forms: Any) -> ResponseReturnValue:
    told = telling.for_school(placement, _me(), clock.today())
    present = placement.agreement.contract_present if placement.agreement else False
    view: dict[str, Any] = {
        "press": DeedForm(formdata=None),
        "check": CheckForm(formdata=None),
        "contract": ContractForm(formdata=None, present=present),
        "decide": DecideForm(formdata=None),
    }
    view |= forms
    view["manages"] = policy.may_manage(_me(), placement)
    view["reason_lists"] = {deed.value: reasons for deed, reasons in guards.REASONS.items()}
    view["secret"] = assigning.is_secret(placement)
    view["around"] = replacing.around(placement)
    return render_template("placements/show.html", told=told, words=WORDS, **view), status


@bp.post("/placements/<slug:slug>/act")
@allow(policy.may_guide, load=queries.by_key, deny=404)
def act(placement: Placement) -> ResponseReturnValue:
    """One of the school's steps; a second press finds it done."""
    form, me = DeedForm(), _me()
    deed = next((one for one in Deed if one.value == form.deed.data), None)
    form.offer(guards.REASONS.get(deed, ()) if deed else ())
    if form.submitted():
        if deed is None or (deed not in telling.GUIDING and not policy.may_manage(me, placement)):
            raise DomainError(_("This is not possible now: the placement has moved on. Look at the page again."))
        step = deed
        if saved(form, lambda: services.move(placement, step, who=Who.SCHOOL, by=me, now=clock.now(), **form.said)):
            flash(_said(step))
            return redirect(url_for(".show", slug=placement.key), 303)
    return _page(queries.by_key(placement.key), 422, press=form)


def _said(deed: Deed) -> str:
    words = {
        Deed.APPROVE: _("The placement is approved. Student and company hear it."),
        Deed.DECLINE: _("The placement is not approved. Student and company hear it, and the place is free again."),
        Deed.PREPARE: _("Fill in the agreement now."),
        Deed.SEND: _("The agreement is sent. Everybody who signs hears it."),
        Deed.REDO: _("The agreement has ended. Make the new one."),
        Deed.INTERRUPT: _("The placement is interrupted. Student and company hear it."),
        Deed.RESUME: _("The placement goes on."),
        Deed.COMPLETE: _("The placement is completed."),
        Deed.END_EARLY: _("The placement has ended. Everybody hears it."),
        Deed.CANCEL: _("The placement is cancelled, and the place is free again."),
    }
    return str(words[deed])


@bp.post("/placements/<slug:slug>/check")
@allow(policy.may_manage, load=queries.by_key, deny=404)
def check(placement: Placement) -> ResponseReturnValue:
    """Keep that somebody looked the recognition up."""
    form = CheckForm()
    if form.submitted():
        outcome = CheckOutcome(form.outcome.data)
        if saved(form, lambda: editing.check_recognition(placement, outcome, by=_me(), now=clock.now())):
            flash(_("We keep the outcome and today's date, and nothing else."))
            return redirect(url_for(".show", slug=placement.key), 303)
    return _page(queries.by_key(placement.key), 422, check=form)


@bp.post("/placements/<slug:slug>/contract")
@allow(policy.may_manage, load=queries.by_key, deny=404)
def contract(placement: Placement) -> ResponseReturnValue:
    """Keep whether the employment contract is there."""
    form = ContractForm()
    if form.submitted():
        present = bool(form.present.data)
        if saved(form, lambda: editing.note_contract(placement, present, by=_me(), now=clock.now())):
            flash(_("It is kept."))
            return redirect(url_for(".show", slug=placement.key), 303)
    return _page(queries.by_key(placement.key), 422, contract=form)


@bp.post("/placements/<slug:slug>/assignment")
@allow(policy.may_manage, load=queries.by_key, deny=404)
def decide(placement: Placement) -> ResponseReturnValue:
    """Approve an assignment, ask to change it, or reject it."""
    form = DecideForm()
    if form.submitted():
        outcome, note = AssignmentStatus(form.outcome.data), form.note.data or ""
        if saved(form, lambda: assigning.decide(placement, outcome, note=note, by=_me(), now=clock.now())):
            flash(_("Student and company hear what you decided."))
            return redirect(url_for(".show", slug=placement.key), 303)
    return _page(queries.by_key(placement.key), 422, decide=form)


@bp.route("/placements/rules/<slug:slug>", methods=["GET", "POST"])
@allow(policy.may_set_rules, load=accounts.organisation, deny=404)
def rules(school: Organisation) -> ResponseReturnValue:
    """How this school wants it: who signs for a minor, and how many students a trainer has at most."""
    now = queries.rules_of(school.id)
    form = RulesForm(parents_sign=now.parents_sign, most_per_trainer=now.most_per_trainer)
    if form.submitted():
        editing.set_rules(school.id, **form.values)
        session.commit()
        flash(_("It is kept. What was sent before stays as it was."))
        return redirect(url_for(".index"), 303)
    return render_template("placements/rules.html", form=form, school=school), 422 if form.errors else 200
