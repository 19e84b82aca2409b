"""Settings, read from the environment and checked before the first request.

Every setting has a name that starts with `IPF_`; values are JSON where they can be (`IPF_DEMO=true`). `Default` is what `./run`
uses, `Test` what the suite uses. With `IPF_ENV=production` the application refuses to start until its secrets are set.
"""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
LANGUAGES = ("nl", "fy", "en")


class ConfigError(RuntimeError):
    """The application must not start with these settings; the message says which to mend."""


class Default:
    """One machine, SQLite, example data shown: what a newcomer gets from `./run`."""

    ENV = "default"
    DEMO = True
    INSTANCE = str(ROOT / "instance")
    DATABASE_URL = ""
    BASE_URL = "http://127.0.0.1:8000"
    SECRET_KEY = ""
    SECRET_KEY_FALLBACKS: tuple[str, ...] = ()
    TRUSTED_HOSTS: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    PROXIES = 0
    """How many reverse proxies set X-Forwarded-For; 0 means the header is not believed."""
    BABEL_DEFAULT_LOCALE = "nl"
    BABEL_DEFAULT_TIMEZONE = "Europe/Amsterdam"
    BABEL_TRANSLATION_DIRECTORIES = str(ROOT / "ipf_talent" / "translations")
    SESSION_COOKIE_NAME = "ipf"
    SESSION_COOKIE_HTTPONLY = True
    SESSION_COOKIE_SAMESITE = "Lax"
    SESSION_COOKIE_SECURE = False
    SESSION_HOURS = 12
    """A sign-in ends after this many hours, used or not."""
    PERMANENT_SESSION_LIFETIME = 31 * 24 * 3600
    """Seconds that a guest's own profile stays in the cookie, counted from its last change."""
    SESSION_REFRESH_EACH_REQUEST = False
    """A page that changes nothing sends no cookie: one that answers late would put back what was there before."""
    MAX_CONTENT_LENGTH = 1_000_000
    MAX_FORM_MEMORY_SIZE = 500_000
    MAX_FORM_PARTS = 500
    WTF_CSRF_TIME_LIMIT = None
    MAIL_BACKEND = "file"
    """`file` writes to `instance/mail/`, `smtp` sends, `memory` keeps (tests)."""
    MAIL_FROM = "IPF Talent <no-reply@ipf-talent.example>"
    CONTACT = "info@ipf-talent.example"
    SMTP_HOST = ""
    SMTP_PORT = 587
    SMTP_USER = ""
    SMTP_PASSWORD = ""
    SMTP_STARTTLS = True
    PASSWORD_MEMORY_KIB = 19_456
    PASSWORD_ROUNDS = 2
    LOG_LEVEL = "INFO"
    EQUIVALENTS = str(ROOT / "ipf_talent" / "vacancies" / "equivalents.csv")
    """The table of older and newer numbers of the same mbo qualification; its columns stand in `vacancies/equivalents.py`."""
    JOBS = True
    """Run background jobs inside this process."""


class Test(Default):
    """The suite: no mail leaves, cheap password hashes, no background jobs."""

    ENV = "test"
    TESTING = True
    SECRET_KEY = "only-for-tests-only-for-tests-only-for-tests"  # noqa: S105 no secret: it guards nothing
    TRUSTED_HOSTS = ("localhost", "127.0.0.1")
    BASE_URL = "http://localhost"
    MAIL_BACKEND = "memory"
    PASSWORD_MEMORY_KIB = 64
    PASSWORD_ROUNDS = 1
    LOG_LEVEL = "WARNING"
    JOBS = False


def settle(values: dict[str, Any], given: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """
    Complete and check the settings.

    Args:
        values: what the class and the `IPF_` variables gave.
        given: the environment, for messages only.

    Raises:
        ConfigError: a production setting is missing or unsafe.
    """
    instance = Path(values["INSTANCE"])
    if values["ENV"] == "production":
        _refuse_unsafe(values, given)
        values["SESSION_COOKIE_SECURE"] = True
    if not values["SECRET_KEY"]:
        values["SECRET_KEY"] = _kept_secret(instance)
    if not values["DATABASE_URL"]:
        values["DATABASE_URL"] = f"sqlite:///{instance / 'ipf_talent.db'}"
    values["TRUSTED_HOSTS"] = list(values["TRUSTED_HOSTS"])
    values["SECRET_KEY_FALLBACKS"] = list(values["SECRET_KEY_FALLBACKS"])
    return values


def _refuse_unsafe(values: Mapping[str, Any], given: Mapping[str, str]) -> None:
    faults = [
        f"IPF_{name} is not set"
        for name in ("SECRET_KEY", "DATABASE_URL", "BASE_URL", "TRUSTED_HOSTS", "MAIL_FROM", "SMTP_HOST")
        if f"IPF_{name}" not in given or not values[name]
    ]
    if values["SECRET_KEY"] and len(values["SECRET_KEY"]) < 32:
        faults.append("IPF_SECRET_KEY is shorter than 32 characters")
    if values["DEMO"]:
        faults.append("IPF_DEMO must be false")
    if not str(values["BASE_URL"]).startswith("https://"):
        faults.append("IPF_BASE_URL must start with https://")
    if values["MAIL_BACKEND"] != "smtp":
        faults.append('IPF_MAIL_BACKEND must be "smtp"')
    if faults:
        raise ConfigError("Refusing to start in production: " + "; ".join(faults) + ".")


def _kept_secret(instance: Path) -> str:
    """A secret made once and kept beside the database, readable by this user only."""
    path = instance / "secret_key"
    if not path.exists():
        instance.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
