"""Signing up, in and out, and finding the way back in."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts import forms, links, policy, proving, same_browser, services, sessions
from ipf_talent.accounts.attempts import TooManyTries
from ipf_talent.accounts.models import Purpose, User
from ipf_talent.accounts.roles import LABELS
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import COOKIE, NAMES, _, current_language, ngettext
from ipf_talent.web.access import allow, public
from ipf_talent.web.problems import problem_page
from ipf_talent.web.text import local_path

bp = Blueprint("accounts", __name__)
MOST_OWN_MAIL = 5


@bp.app_errorhandler(TooManyTries)
def too_many(error: TooManyTries) -> ResponseReturnValue:
    """The same words whether or not there is an account."""
    session.rollback()
    minutes, hours = -(-error.seconds // 60), -(-error.seconds // 3600)
    if minutes < 60:
        again = ngettext("Too many tries. Wait %(num)d minute.", "Too many tries. Wait %(num)d minutes.", minutes)
    else:
        again = ngettext("Too many tries. Wait %(num)d hour.", "Too many tries. Wait %(num)d hours.", hours)
    return (*problem_page(429, again), {"Retry-After": str(error.seconds)})


@bp.route("/sign-up", methods=["GET", "POST"])
@public
def sign_up() -> ResponseReturnValue:
    """Ask for an account; the answer is the same for every address."""
    form = forms.SignUpForm(next=request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(url_for("home.dashboard"), 303)
    if form.submitted():
        try:
            _sign_up(form)
        except DomainError as error:
            form.reject(error)
        else:
            return redirect(url_for(".check_mail"), 303)
    return render_template("accounts/sign_up.html", form=form), 422 if form.errors else 200


def _sign_up(form: forms.SignUpForm) -> None:
    email, name = str(form.email.data), str(form.display_name.data)
    hashed = proving.new_hash(str(form.password.data), own=(name, email), counted=("sign_up", email))
    user = services.sign_up(email=email, display_name=name, password_hash=hashed, language=current_language(), now=clock.now())
    session.commit()
    same_browser.remember(email, hashed)
    cookie["after"] = local_path(form.next.data)
    if current_app.config["DEMO"]:  # where no mail is sent, this browser may read it; elsewhere the cookie tells nothing of this
        own = cookie.get("own_mail", [])
        cookie["own_mail"] = list(dict.fromkeys([*own, *([user.id] if user else [])]))[-MOST_OWN_MAIL:]


@bp.get("/check-mail")
@public
def check_mail() -> ResponseReturnValue:
    """Said after a mail was asked for, whether or not one was sent."""
    return render_template("accounts/check_mail.html")


@bp.route("/confirm/<token>", methods=["GET", "POST"])
@public
def confirm(token: str) -> ResponseReturnValue:
    """Confirm an address with the link from the mail: one button in the browser that asked, elsewhere the chosen password too."""
    link = links.find(token, Purpose.CONFIRM, now=clock.now())
    if link is None:
        return _dead_link(url_for(".sign_in"), _("To sign in"))
    if same_browser.asked_here(link.user):
        return _confirm_here(token, link.user.email)
    form, email = forms.ConfirmForm(), link.user.email
    if form.submitted():
        if proving.prove_unconfirmed(email, str(form.password.data)) is not None:
            return _come_in(services.confirm(token, now=clock.now()), _("Your address is confirmed. Welcome!"))
        form.reject(DomainError(_("This is not the password you chose. Forgotten? Make an account again."), field="password"))
    return render_template("accounts/confirm.html", form=form, email=email), 422 if form.errors else 200


def _confirm_here(token: str, email: str) -> ResponseReturnValue:
    """A button and no more; it begins no session, since a link alone never does."""
    form = forms.PressForm()
    if not form.submitted():
        return render_template("accounts/confirm_here.html", form=form, email=email)
    services.confirm(token, now=clock.now())
    session.commit()
    same_browser.forget()
    flash(_("Your address is confirmed. Sign in with the password you chose."))
    return redirect(url_for(".sign_in"), 303)


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Come in with address and password."""
    form = forms.SignInForm(next=request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(local_path(form.next.data) or url_for("home.dashboard"), 303)
    if form.submitted():
        user = proving.prove(str(form.email.data), str(form.password.data))
        if user is not None:
            services.note_sign_in(user, str(form.password.data))
            return _come_in(user, _("You are signed in."), local_path(form.next.data))
        session.commit()  # a reminder to confirm may have been written
        form.reject(DomainError(_("This address and password do not fit. Is your account new? Open the link in our mail first.")))
    return render_template("accounts/sign_in.html", form=form), 422 if form.errors else 200


def _come_in(user: User, words: str, target: str | None = None) -> ResponseReturnValue:
    sessions.sign_in(user)
    session.commit()
    flash(words)
    after = local_path(cookie.pop("after", None))
    answer = redirect(target or after or url_for("home.dashboard"), 303)
    return answer if COOKIE in request.cookies else sessions.speak(answer, user.language)


@bp.post("/sign-out")
@allow(policy.is_signed_in)
def sign_out() -> ResponseReturnValue:
    """End every session of this person."""
    sessions.sign_out(current_user)
    session.commit()
    flash(_("You are signed out."))
    return redirect(url_for("home.index"), 303)


@bp.route("/forgot", methods=["GET", "POST"])
@public
def forgot() -> ResponseReturnValue:
    """Ask for a link to choose a new password; the answer is the same for every address."""
    form = forms.ForgotForm()
    if form.submitted():
        proving.count("forgot", str(form.email.data))
        services.forget_password(str(form.email.data), now=clock.now())
        session.commit()
        return redirect(url_for(".check_mail"), 303)
    return render_template("accounts/forgot.html", form=form), 422 if form.errors else 200


@bp.route("/reset/<token>", methods=["GET", "POST"])
@public
def reset(token: str) -> ResponseReturnValue:
    """Choose a new password; it does not sign in."""
    link = links.find(token, Purpose.RESET, now=clock.now())
    if link is None:
        return _dead_link(url_for(".forgot"), _("Ask for a new link"))
    form, own = forms.ResetForm(), (link.user.display_name, link.user.email)
    if form.submitted():
        try:
            services.reset_password(token, password_hash=proving.new_hash(str(form.password.data), own=own), now=clock.now())
        except DomainError as error:
            form.reject(error)
        else:
            session.commit()
            flash(_("Your new password is set. Sign in with it."))
            return redirect(url_for(".sign_in"), 303)
    return render_template("accounts/reset.html", form=form, email=own[1]), 422 if form.errors else 200


@bp.route("/confirm-email/<token>", methods=["GET", "POST"])
@public
def confirm_email(token: str) -> ResponseReturnValue:
    """Take a new address into use."""
    link = links.find(token, Purpose.CHANGE_EMAIL, now=clock.now())
    if link is None:
        return _dead_link(url_for(".settings"), _("To your account"))
    form = forms.PressForm()
    if form.submitted():
        services.confirm_new_email(token, now=clock.now())
        session.commit()
        flash(_("Your new address is in use. Sign in with it."))
        return redirect(url_for(".sign_in"), 303)
    return render_template("accounts/confirm_email.html", form=form, email=link.new_email)


@bp.get("/account")
@allow(policy.is_signed_in)
def settings() -> ResponseReturnValue:
    """What we keep of the person at the screen, and where to change it."""
    held = [
        (LABELS[one.role], one.organisation.name if one.organisation else "", one.created_at) for one in current_user.memberships
    ]
    language, manages = NAMES.get(current_user.language, ""), bool(policy.manages(current_user))
    return render_template("accounts/settings.html", user=current_user, held=held, language_name=language, manages=manages)


def _dead_link(url: str, action: str) -> ResponseReturnValue:
    return render_template("accounts/dead_link.html", url=url, action=action), 410
