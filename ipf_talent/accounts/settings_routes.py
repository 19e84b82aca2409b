"""Changing one's own account: name and language, password, address, closing it."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts import forms, policy, proving, services, sessions
from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.web.access import allow
from ipf_talent.web.forms import Form

bp = Blueprint("account", __name__, url_prefix="/account")


def _done(form: Form, deed: Callable[[], None]) -> bool:
    """Whether the form was sent in and the deed is done and kept; otherwise the form says why not."""
    if not form.submitted():
        return False
    try:
        deed()
    except DomainError as error:
        session.rollback()
        form.reject(error)
        return False
    session.commit()
    return True


def _page(name: str, form: Form) -> ResponseReturnValue:
    return render_template(f"accounts/{name}.html", form=form), 422 if form.errors else 200


def _prove(password: str) -> User:
    """
    The person at the screen, once more by their password; tries are counted.

    Raises:
        DomainError: that is not their password.
    """
    user = proving.prove(current_user.email, password)
    if user is None:
        raise DomainError(_("This is not your password."), field="old")
    return user


@bp.route("/details", methods=["GET", "POST"])
@allow(policy.is_signed_in)
def details() -> ResponseReturnValue:
    """Name and language."""
    form = forms.DetailsForm(obj=current_user)
    if not _done(form, lambda: services.change_details(current_user, **form.values)):
        return _page("details", form)
    flash(_("Your details are changed."))
    return sessions.speak(redirect(url_for("accounts.settings"), 303), form.language.data)


@bp.route("/password", methods=["GET", "POST"])
@allow(policy.is_signed_in)
def password() -> ResponseReturnValue:
    """Another password; sessions elsewhere end."""
    form = forms.PasswordForm()
    if not _done(form, lambda: _change_password(form)):
        return _page("password", form)
    flash(_("Your password is changed. You are signed out on other devices."))
    return redirect(url_for("accounts.settings"), 303)


def _change_password(form: forms.PasswordForm) -> None:
    services.refuse_example(current_user)
    user = _prove(str(form.old.data))
    session.commit()
    hashed = proving.new_hash(str(form.password.data), own=(user.display_name, user.email))
    services.change_password(user, password_hash=hashed, now=clock.now())
    sessions.renew(user)


@bp.route("/email", methods=["GET", "POST"])
@allow(policy.is_signed_in)
def email() -> ResponseReturnValue:
    """Another address; it works once confirmed."""
    form = forms.EmailForm()
    if not _done(form, lambda: _change_email(form)):
        return _page("email", form)
    return redirect(url_for("accounts.check_mail"), 303)


def _change_email(form: forms.EmailForm) -> None:
    services.refuse_example(current_user)
    user = _prove(str(form.old.data))
    session.commit()
    proving.count("invite", str(form.email.data))
    services.ask_new_email(user, str(form.email.data), now=clock.now())


@bp.route("/close", methods=["GET", "POST"])
@allow(policy.is_signed_in)
def close() -> ResponseReturnValue:
    """Delete the account and what hangs on it."""
    form = forms.CloseForm()
    if not _done(form, lambda: _close(form)):
        return _page("close", form)
    flash(_("Your account is closed and your data are deleted."))
    return redirect(url_for("home.index"), 303)


def _close(form: forms.CloseForm) -> None:
    services.refuse_example(current_user)
    user = _prove(str(form.old.data))
    sessions.sign_out(user)
    services.close(user)
