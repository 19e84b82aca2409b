"""Who is signed in: loading the person of a session, ending it when it is too old or was called back."""

from datetime import datetime, timedelta

from flask import Flask, flash, redirect, request, session as cookie, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, login_user, logout_user
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ipf_talent import clock
from ipf_talent.accounts.models import Membership, User
from ipf_talent.db import session
from ipf_talent.i18n import _

SINCE = "since"
"""When this session's sign-in took place."""


def init(app: Flask) -> None:
    """Teach Flask-Login our people."""
    manager = LoginManager(app)
    manager.session_protection = "basic"
    manager.user_loader(lambda remembered: _load(app, remembered))
    manager.unauthorized_handler(_ask)


def _load(app: Flask, remembered: str) -> User | None:
    number, _dot, epoch = remembered.partition(".")
    if not (number.isascii() and number.isdigit() and epoch.isascii() and epoch.isdigit()) or _too_old(app):
        return None
    query = select(User).where(User.id == int(number), User.session_epoch == int(epoch), User.closed_at.is_(None))
    return session.scalar(query.options(selectinload(User.memberships).selectinload(Membership.organisation)))


def _too_old(app: Flask) -> bool:
    try:
        since = datetime.fromisoformat(str(cookie.get(SINCE)))
    except ValueError:
        return True
    return clock.now() - since > timedelta(hours=app.config["SESSION_HOURS"])


def _ask() -> ResponseReturnValue:
    flash(_("Please sign in to go on."), "info")
    return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?") if request.method == "GET" else None), 303)


def sign_in(user: User) -> None:
    """Begin a fresh session for a person; what a guest had in it (a profile) stays for the caller to move."""
    kept = {key: cookie[key] for key in ("card",) if key in cookie}
    cookie.clear()
    cookie.update(kept)
    login_user(user)
    cookie[SINCE] = clock.now().isoformat()
    cookie.permanent = True


def sign_out(user: User) -> None:
    """End every session of this person: a copied cookie must not go on working."""
    user.session_epoch += 1
    logout_user()
    cookie.clear()
