"""Who is signed in: loading the person of a session, ending it when it is too old, idle for too long or called back."""

from datetime import datetime, timedelta

from flask import Flask, current_app, flash, redirect, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, login_user, logout_user
from sqlalchemy import select
from sqlalchemy.orm import selectinload
from werkzeug import Response

from ipf_talent import clock
from ipf_talent.accounts import signals
from ipf_talent.accounts.models import Membership, User
from ipf_talent.accounts.roles import Role
from ipf_talent.db import session
from ipf_talent.i18n import COOKIE, _

SINCE = "since"
"""When this session's sign-in took place."""

SEEN = "seen"
"""When it was last used; noted once a minute."""

KEPT = ("card", "plans", "plan_shares", "own_mail", "after")
"""
What a guest's session hands on at sign-in: their profile, their plans with what they shared of them, and in example mode the mail
they may read; where they were going.
"""

LEFT = ("card", "plans", "plan_shares", "own_mail")
"""What stays at sign-out: a guest's profile and plans that did not move into an account, because they only looked around."""

WATCHFUL = frozenset({Role.CLUSTER_OFFICE, Role.PLATFORM_ADMIN, Role.PROGRAMME_MANAGER})
"""Roles whose session ends after half an hour of silence."""

IDLE = timedelta(minutes=30)
_NOTED = timedelta(minutes=1)


def init(app: Flask) -> None:
    """Teach Flask-Login our people."""
    manager = LoginManager(app)
    manager.session_protection = "basic"
    manager.user_loader(lambda remembered: _load(app, remembered))
    manager.unauthorized_handler(_ask)


def _load(app: Flask, remembered: str) -> User | None:
    number, _dot, epoch = remembered.partition(".")
    if not (_is_number(number) and _is_number(epoch)):
        return None
    since = _moment(SINCE)
    if since is None or clock.now() - since > timedelta(hours=app.config["SESSION_HOURS"]):
        return None
    query = select(User).where(User.id == int(number), User.session_epoch == int(epoch), User.closed_at.is_(None))
    user = session.scalar(query.options(selectinload(User.memberships).joinedload(Membership.organisation)))
    return user if user is not None and _is_awake(user, since) else None


def _is_awake(user: User, since: datetime) -> bool:
    """False after too long a silence of someone who could do much harm; notes this moment otherwise."""
    if user.is_demo or not user.has_role(*WATCHFUL):
        return True
    silence = clock.now() - (_moment(SEEN) or since)
    if silence > IDLE:
        return False
    if silence > _NOTED:
        cookie[SEEN] = clock.now().isoformat()
    return True


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9


def _moment(key: str) -> datetime | None:
    try:
        return datetime.fromisoformat(str(cookie.get(key)))
    except ValueError:
        return None


def _ask() -> ResponseReturnValue:
    flash(_("Please sign in to go on."), "info")
    return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?") if request.method == "GET" else None), 303)


def sign_in(user: User) -> None:
    """Begin a fresh session for a person; whoever listens to `signed_in` moves what a guest had in it. The caller commits."""
    _begin(user)
    signals.signed_in.send(user)


def renew(user: User) -> None:
    """Go on under a raised epoch: this session stays, the others have ended."""
    _begin(user)


def _begin(user: User) -> None:
    kept = {key: cookie[key] for key in KEPT if key in cookie}
    cookie.clear()
    cookie.update(kept)
    login_user(user)
    cookie[SINCE] = clock.now().isoformat()
    cookie.permanent = True


def sign_out(user: User) -> None:
    """End every session of this person: a copied cookie must not go on working. An example person is shared, so only here."""
    if not user.is_demo:
        user.session_epoch += 1
    logout_user()
    kept = {key: cookie[key] for key in LEFT if key in cookie}
    cookie.clear()
    cookie.update(kept)


def speak(answer: Response, language: str) -> Response:
    """Let this browser read the site in a language from now on."""
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    answer.set_cookie(COOKIE, language, max_age=365 * 24 * 3600, samesite="Lax", secure=secure)
    return answer
