"""Looking around as somebody, and reading one's own mail where none is sent; in example mode only."""

from dataclasses import dataclass

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ipf_talent.accounts import sessions
from ipf_talent.accounts.models import OneTimeLink, User
from ipf_talent.db import session
from ipf_talent.demo.people import ACCOUNTS, TRAINER
from ipf_talent.i18n import _
from ipf_talent.notifications import queries as outbox
from ipf_talent.notifications.models import OutboxMail
from ipf_talent.web.access import public
from ipf_talent.web.text import local_path

bp = Blueprint("demo", __name__, url_prefix="/demo")


@bp.before_request
def only_in_example_mode() -> None:
    """Everywhere else these pages are not there."""
    if not current_app.config["DEMO"]:
        abort(404)


@bp.post("/<any(student, company, school, cluster, colleague, hbo):who>")
@public
def look_around(who: str) -> ResponseReturnValue:
    """Sign in as an example person; never as a real one. Somebody who is signed in signs out first, by their own hand."""
    if current_user.is_authenticated and not current_user.is_demo:
        flash(_("You are signed in with your own account. Sign out first to look around as an example."), "info")
        return redirect(url_for("home.dashboard"), 303)
    query = select(User).where(User.email == ACCOUNTS[who], User.is_demo.is_(True))
    user = session.scalar(query.options(selectinload(User.memberships)))
    if user is None:
        abort(404)
    sessions.sign_in(user)
    session.commit()
    flash(_("You look around as %(name)s, an example. Sign out when you are done.", name=user.display_name), "info")
    return redirect(local_path(request.form.get("next")) or url_for("home.dashboard"), 303)


@bp.app_context_processor
def colleague() -> dict[str, str | None]:
    """As whom an example programme manager can look around to be the second person."""
    email = current_user.email if current_user.is_authenticated and current_user.is_demo else None
    return {"example_colleague": {ACCOUNTS["school"]: "colleague", ACCOUNTS["colleague"]: "school"}.get(email or "")}


@dataclass(frozen=True)
class Part:
    """A paragraph of a mail, or the page that its link leads to."""

    lines: tuple[str, ...] = ()
    path: str | None = None


@dataclass(frozen=True)
class ShownMail:
    """A mail as this page shows it."""

    subject: str
    to_address: str
    parts: tuple[Part, ...]


@bp.get("/mail")
@public
def mail() -> ResponseReturnValue:
    """The mail of accounts that were made in this browser, and of no other."""
    own = [number for number in cookie.get("own_mail", []) if isinstance(number, int)]
    mails = [*(_mails_of(own) if own else []), *_mails_of_trainer()]
    return render_template("demo/mail.html", mails=[_shown(one) for one in mails])


def _mails_of(own: list[int]) -> list[OutboxMail]:
    """Mail to the addresses of these accounts, and the links that confirm an address they want to move to."""
    people = select(User.email).where(User.id.in_(own), User.is_demo.is_(False))
    wanted = select(OneTimeLink.new_email).where(OneTimeLink.user_id.in_(own), OneTimeLink.new_email.is_not(None))
    addresses = set(session.scalars(people))
    future = {email for email in session.scalars(wanted) if email}
    mails = outbox.to_addresses(addresses | future) if addresses else []
    return [mail for mail in mails if mail.to_address in addresses or "/confirm-email/" in mail.body]


def _mails_of_trainer() -> list[OutboxMail]:
    """Whoever looks around as an example person also reads what the example trainer without an account gets."""
    looking = current_user.is_authenticated and current_user.is_demo
    return list(outbox.to_addresses({TRAINER}, 5)) if looking else []


def _shown(mail: OutboxMail) -> ShownMail:
    site = str(current_app.config["BASE_URL"]).rstrip("/")
    text = mail.body.partition("\n--\n")[0]
    paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()]
    parts = [
        Part(path=local_path(p.removeprefix(site))) if p.startswith(site + "/") else Part(tuple(p.splitlines())) for p in paragraphs
    ]
    return ShownMail(mail.subject, mail.to_address, tuple(parts))
