"""Language: which one this request speaks, and how to say things in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

from babel import Locale
from flask import Flask, Request, g, has_request_context, request
from flask_babel import Babel, force_locale, get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy

from config import LANGUAGES

__all__ = ["LANGUAGES", "_", "current_language", "init", "language_links", "lazy", "ngettext", "pick", "speaking"]

COOKIE = "lang"
LOCALES = {"nl": "nl", "fy": "fy", "en": "en_GB"}
"""Whose days, months and numbers go with a language."""
NAMES = {"nl": "Nederlands", "fy": "Frysk", "en": "English"}


@dataclass(frozen=True)
class LanguageLink:
    """This same page in another language."""

    code: str
    name: str
    url: str
    current: bool


def init(app: Flask) -> None:
    """Let every request speak the language of `?lang=`, else of its cookie, else Dutch; remember an explicit choice."""
    Babel(app, locale_selector=lambda: LOCALES[_chosen()])
    _write_frisian_months_small()

    @app.after_request
    def remember(response):  # type: ignore[no-untyped-def]
        if request.args.get("lang") in LANGUAGES:
            secure = app.config["SESSION_COOKIE_SECURE"]
            response.set_cookie(COOKIE, request.args["lang"], max_age=365 * 24 * 3600, samesite="Lax", secure=secure)
        return response


def _chosen() -> str:
    if not has_request_context():
        return "nl"
    if forced := g.get("language"):
        return str(forced)
    for code in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if code in LANGUAGES:
            return str(code)
    return "nl"


def _write_frisian_months_small() -> None:
    """Frisian writes the names of months with a small letter, as Dutch does; the data of CLDR that Babel brings has capitals."""
    months = Locale.parse("fy").months["format"]
    for width in ("wide", "abbreviated"):
        months[width] = {number: str(name).lower() for number, name in months[width].items()}


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say things in this language, as in a letter to somebody; Dutch where it is none of ours."""
    with force_locale(LOCALES.get(language, "nl")):
        yield


def current_language() -> str:
    """`nl`, `fy` or `en`."""
    locale: Locale | None = get_locale()
    return locale.language if locale else "nl"


def language_links(this: Request) -> list[LanguageLink]:
    """The current page in each language, keeping its filters."""
    query = [(key, value) for key, value in this.args.items(multi=True) if key != "lang"]
    return [
        LanguageLink(code, NAMES[code], f"{this.path}?{urlencode([*query, ('lang', code)])}", code == current_language())
        for code in LANGUAGES
    ]


def pick(thing: object, name: str) -> str:
    """The text of `thing` in the reader's language: `pick(skill, "label")` reads `label_fy`, then Dutch, then English."""
    order = {"nl": ("nl", "en"), "fy": ("fy", "nl", "en"), "en": ("en", "nl")}[current_language()]
    for code in order:
        if text := getattr(thing, f"{name}_{code}", None):
            return str(text)
    return ""


def language_of(thing: object, name: str) -> str:
    """The language in which `pick` answers; the page marks text that is not in its own language."""
    order = {"nl": ("nl", "en"), "fy": ("fy", "nl", "en"), "en": ("en", "nl")}[current_language()]
    return next((code for code in order if getattr(thing, f"{name}_{code}", None)), current_language())
