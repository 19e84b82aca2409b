"""Looking around as somebody, and reading one's own mail where none is sent; in example mode only."""

from dataclasses import dataclass

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ipf_talent.accounts import sessions
from ipf_talent.accounts.models import User
from ipf_talent.db import session
ACCOUNTS: dict[str, str] = {}
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


@bp.post("/<any(student, company, school, cluster):who>")
@public
def look_around(who: str) -> ResponseReturnValue:
    """Sign in as an example person; never as a real one."""
    query = select(User).where(User.email == ACCOUNTS[who], User.is_demo.is_(True))
    user = session.scalar(query.options(selectinload(User.memberships)))
    if user is None:
        abort(404)
    sessions.sign_in(user)
    session.commit()
    flash(_("You look around as %(name)s, an example. Sign out when you are done.", name=user.display_name), "info")
    return redirect(url_for("home.dashboard"), 303)


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
    addresses = session.scalars(select(User.email).where(User.id.in_(own), User.is_demo.is_(False))).all() if own else []
    mails = outbox.to_addresses(addresses) if addresses else []
    return render_template("demo/mail.html", mails=[_shown(one) for one in mails])


def _shown(mail: OutboxMail) -> ShownMail:
    site = str(current_app.config["BASE_URL"]).rstrip("/")
    text = mail.body.partition("\n--\n")[0]
    paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()]
    parts = [Part(path=local_path(p.removeprefix(site))) if p.startswith(site + "/") else Part(tuple(p.splitlines())) for p in paragraphs]
    return ShownMail(mail.subject, mail.to_address, tuple(parts))
