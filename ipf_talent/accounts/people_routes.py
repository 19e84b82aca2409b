"""Colleagues at an organisation: who may do what, inviting, accepting, and registering an organisation."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts import forms, memberships, policy, proving, queries, registrations, sessions
from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import LABELS, Role, fitting
from ipf_talent.db import session
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.i18n import _
from ipf_talent.organisations import queries as organisations
from ipf_talent.organisations.kinds import LABELS as KIND_LABELS
from ipf_talent.organisations.kinds import OrganisationKind
from ipf_talent.organisations.models import Organisation
from ipf_talent.web.access import allow, public
from ipf_talent.web.forms import choices

bp = Blueprint("people", __name__)


def _me() -> User:
    """The person at the screen, as a row; the guard has signed them in."""
    user: User = current_user._get_current_object()
    return user


@bp.get("/organisation/people")
@allow(policy.looks_after_people)
def index() -> ResponseReturnValue:
    """The people of one's own organisation; of the first one where there are more, with links to the others."""
    first = _managed()[0]
    return _people(first, _invite_form(first))


def _managed() -> list[Organisation]:
    """The organisations whose people this person looks after, by name."""
    own = policy.manages(_me())
    theirs = {one.organisation for one in _me().memberships if one.organisation and one.organisation_id in own}
    return sorted(theirs, key=lambda one: one.name.casefold())


@bp.route("/organisation/<slug:slug>/people", methods=["GET", "POST"])
@allow(policy.may_see_people, load=queries.organisation, deny=404)
def show(organisation: Organisation) -> ResponseReturnValue:
    """Who has which role here, and inviting somebody by mail."""
    form = _invite_form(organisation)
    if form.submitted():
        try:
            _invite(organisation, form)
        except DomainError as error:
            session.rollback()
            form.reject(error)
        else:
            session.commit()
            flash(_("The invitation is on its way to %(email)s.", email=form.email.data))
            return redirect(url_for(".show", slug=organisation.slug), 303)
    return _people(organisation, form)


def _invite(organisation: Organisation, form: forms.InviteForm) -> None:
    email, role = str(form.email.data), Role(form.role.data)
    proving.count("invite", email)
    memberships.invite(organisation, email=email, role=role, by=_me(), now=clock.now())


def _invite_form(organisation: Organisation) -> forms.InviteForm:
    """Offers the roles that this person may give; what is not offered is refused."""
    form = forms.InviteForm()
    roles = [role for role in fitting(OrganisationKind(organisation.kind)) if policy.may_give(_me(), organisation, role)]
    form.role.choices = choices({role.value: LABELS[role] for role in roles})
    return form


def _people(organisation: Organisation, form: forms.InviteForm) -> ResponseReturnValue:
    view = {
        "organisation": organisation,
        "people": queries.people_of(organisation.id),
        "invitations": queries.invitations_of(organisation.id, clock.now()),
        "others": [one for one in _managed() if one is not organisation],
        "may_give": {role for role in Role if policy.may_give(_me(), organisation, role)},
    }
    return render_template("accounts/people.html", form=form, labels=LABELS, **view), 422 if form.errors else 200


@bp.post("/organisation/<slug:slug>/people/remove")
@allow(policy.may_see_people, load=queries.organisation, deny=404)
def remove(organisation: Organisation) -> ResponseReturnValue:
    """Take a role away."""
    membership = queries.membership_at(forms.ChosenForm().number_sent(), organisation.id)
    _refuse_unless_given(organisation, membership.role)
    mine = membership.user_id == _me().id
    return _then(organisation, lambda: memberships.remove(membership, by=_me()), _("The role is taken away."), renew=mine)


@bp.post("/organisation/<slug:slug>/people/withdraw")
@allow(policy.may_see_people, load=queries.organisation, deny=404)
def withdraw(organisation: Organisation) -> ResponseReturnValue:
    """Take an invitation back."""
    invitation = queries.invitation_at(forms.ChosenForm().number_sent(), organisation.id, clock.now())
    _refuse_unless_given(organisation, invitation.role)
    words = _("The invitation no longer works.")
    return _then(organisation, lambda: memberships.withdraw(invitation, by=_me(), now=clock.now()), words)


def _refuse_unless_given(organisation: Organisation, role: Role) -> None:
    if not policy.may_give(_me(), organisation, role):
        raise NotFound(_("You cannot change this role."))


def _then(organisation, deed, words: str, *, renew: bool = False) -> ResponseReturnValue:  # type: ignore[no-untyped-def]
    """Do it, keep it, and go back to the people; a refusal is said there."""
    try:
        deed()
        session.commit()
    except DomainError as error:
        session.rollback()
        flash(error.message, "warning")
    else:
        if renew:
            sessions.renew(_me())
        flash(words)
    still = policy.may_see_people(_me(), organisation)
    return redirect(url_for(".show", slug=organisation.slug) if still else url_for("home.dashboard"), 303)


@bp.route("/invitation/<token>", methods=["GET", "POST"])
@public
def invitation(token: str) -> ResponseReturnValue:
    """What one is asked for, and accepting it; without an account, how to come in first."""
    found, form = memberships.find_invitation(token, now=clock.now()), forms.PressForm()
    if found is None:
        action = {"url": url_for("home.index"), "action": _("To the start page")}
        return render_template("accounts/dead_link.html", **action), 410
    if form.submitted() and current_user.is_authenticated:
        memberships.accept(token, _me(), now=clock.now())
        sessions.renew(_me())
        session.commit()
        flash(_("You work with %(organisation)s now.", organisation=found.organisation.name))
        return redirect(url_for("home.dashboard"), 303)
    fits = current_user.is_authenticated and current_user.email == found.email
    return render_template("accounts/invitation.html", form=form, invitation=found, role=LABELS[found.role], fits=fits)


@bp.route("/organisations/new", methods=["GET", "POST"])
@allow(policy.is_signed_in)
def register() -> ResponseReturnValue:
    """Register an organisation; others see it after a check."""
    form = forms.RegisterForm()
    form.offer([place.name for place in organisations.places()], {kind: KIND_LABELS[kind] for kind in registrations.KINDS})
    if form.submitted():
        try:
            made = _register(form)
        except DomainError as error:
            session.rollback()
            form.reject(error)
        else:
            sessions.renew(_me())
            session.commit()
            flash(_("%(name)s is registered. We check it before others see it.", name=made.name))
            if registrations.also_waiting(made):
                flash(
                    _("Somebody registered a company with this KVK number before you; it waits for a check too. "
                      "If that was a colleague, ask them to invite you. We look at both and show one."), "warning",
                )  # fmt: skip
            return redirect(url_for(".show", slug=made.slug), 303)
    return render_template("accounts/register.html", form=form), 422 if form.errors else 200


def _register(form: forms.RegisterForm) -> Organisation:
    values = form.values
    proving.count("register", _me().email)
    town = queries.town(values["town"])
    kind = OrganisationKind(values["kind"])
    kvk = values["kvk"] if kind is OrganisationKind.COMPANY else None
    return registrations.register(name=values["name"], kind=kind, kvk=kvk, town=town, website=values["website"] or None, by=_me())


@bp.get("/organisations/pending")
@allow(policy.is_platform_admin)
def pending() -> ResponseReturnValue:
    """Organisations that wait for a check."""
    return render_template("accounts/pending.html", rows=queries.pending(), kinds=KIND_LABELS, form=forms.PressForm())


@bp.post("/organisations/<slug:slug>/accept")
@allow(policy.may_check, load=queries.organisation)
def accept(organisation: Organisation) -> ResponseReturnValue:
    """Show it to everyone."""
    registrations.verify(organisation, by=_me(), now=clock.now())
    session.commit()
    flash(_("%(name)s can be seen by everyone now.", name=organisation.name))
    return redirect(url_for(".pending"), 303)


@bp.post("/organisations/<slug:slug>/refuse")
@allow(policy.may_check, load=queries.organisation)
def refuse(organisation: Organisation) -> ResponseReturnValue:
    """Take the registration away."""
    name = organisation.name
    registrations.refuse(organisation, by=_me())
    session.commit()
    flash(_("%(name)s is taken away, and its managers hear it.", name=name))
    return redirect(url_for(".pending"), 303)
