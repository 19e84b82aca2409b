"""What templates can call: assets with a hash, icons, dates and numbers in the reader's language."""

import base64
import hashlib
from datetime import date
from functools import lru_cache
from pathlib import Path

from flask import Flask, current_app, request, url_for
from flask_babel import format_date, format_decimal
from markupsafe import Markup

from ipf_talent.i18n import current_language, language_links, language_of, pick

THEMES = ("light", "dark", "system")


@lru_cache(maxsize=256)
def _digest(path: Path, _changed: float) -> bytes:
    return hashlib.sha384(path.read_bytes()).digest()


def _file(name: str) -> Path:
    return Path(str(current_app.static_folder)) / name


def _hash(name: str) -> bytes:
    path = _file(name)
    return _digest(path, path.stat().st_mtime)


def asset(name: str) -> str:
    """The URL of a static file, with a part that changes when the file does."""
    return url_for("static", filename=name, v=_hash(name).hex()[:12])


def asset_integrity(name: str) -> str:
    """What a browser checks the file against."""
    return "sha384-" + base64.b64encode(_hash(name)).decode()


@lru_cache(maxsize=256)
def _svg(folder: str, name: str) -> Markup:
    path = next(Path(folder).glob(f"vendor/bootstrap-icons-*/{name}.svg"))
    return Markup(path.read_text().strip().replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))  # noqa: S704 own files


def icon_svg(name: str) -> Markup:
    """A vendored icon, inline, hidden from screen readers."""
    return _svg(str(current_app.static_folder), name)


def said(thing: object, name: str) -> Markup:
    """`thing`'s text in the reader's language, marked when it is in another."""
    text, code = pick(thing, name), language_of(thing, name)
    return Markup("{}").format(text) if code == current_language() else Markup('<span lang="{}">{}</span>').format(code, text)


def chosen_theme() -> str:
    """`light`, `dark` or `system`, from the reader's cookie."""
    theme = request.cookies.get("theme", "system")
    return theme if theme in THEMES else "system"


def with_query(**changes: object) -> str:
    """This page's address with some query values changed; None takes a value out, and the page number starts again."""
    kept = [(key, value) for key, value in request.args.items(multi=True) if key not in changes and key != "page"]
    new = [(key, str(value)) for key, value in changes.items() if value is not None]
    query: dict[str, list[str]] = {}
    for key, value in [*kept, *new]:
        query.setdefault(key, []).append(value)
    return url_for(str(request.endpoint), **{**(request.view_args or {}), **query})


def day(value: date | None) -> str:
    """A date as the reader writes it."""
    return format_date(value, "long") if value else ""


def init(app: Flask) -> None:
    """Hand these to every template."""
    app.jinja_env.globals.update(
        asset=asset,
        asset_integrity=asset_integrity,
        icon_svg=icon_svg,
        pick=pick,
        said=said,
        with_query=with_query,
    )
    app.jinja_env.filters.update(day=day, number=format_decimal)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.context_processor
    def per_request() -> dict[str, object]:
        return {
            "locale": current_language(),
            "theme": chosen_theme(),
            "language_links": language_links(request),
            "page_path": request.full_path.rstrip("?"),
        }
