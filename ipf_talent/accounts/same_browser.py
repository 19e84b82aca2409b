"""Whether a confirmation link is opened in the browser that asked for the account.

Anyone can type somebody else's address with a password of their own and hope that the owner presses the button in the mail. So one
button is enough only where the request came from; every other browser asks for the password that was chosen. The mark is the same
kind of value for every address, known or not, and fits that one sign-up: another one with the same address makes it worthless.
"""

import hashlib
import hmac

from flask import current_app
from flask import session as cookie

from ipf_talent.accounts.models import User

ASKED = "asked"


def remember(email: str, password_hash: str) -> None:
    """Mark this browser as the one that asked for an account with this address and this password."""
    cookie[ASKED] = _mark(email, password_hash)


def asked_here(user: User) -> bool:
    """Whether this browser asked for this account as it stands."""
    return hmac.compare_digest(str(cookie.get(ASKED, "")).encode(), _mark(user.email, user.password_hash).encode())


def forget() -> None:
    """Take the mark away; it has done its work."""
    cookie.pop(ASKED, None)


def _mark(email: str, password_hash: str) -> str:
    secret = current_app.config["SECRET_KEY"].encode()
    return hmac.new(secret, f"asked\n{email.strip().lower()}\n{password_hash}".encode(), hashlib.sha256).hexdigest()[:32]
