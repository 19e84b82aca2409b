"""Who may see a page: every view says so beside itself, and a view that is silent does not start the application."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, abort
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required

View = Callable[..., ResponseReturnValue]


def public(view: View) -> View:
    """Open to everyone, on purpose."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def allow(rule: Callable[..., bool], *, load: Callable[..., Any] | None = None, deny: int = 403) -> Callable[[View], View]:
    """
    Guard a view: sign people in, load the thing, ask the rule, and hand the view the thing itself.

    Args:
        rule: `rule(user)` or, with `load`, `rule(user, thing)`.
        load: takes the URL's arguments, gives the thing; raises `NotFound`.
        deny: 403, or 404 where it is private that the thing exists.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**url_args: Any) -> ResponseReturnValue:
            things = (load(**url_args),) if load else ()
            if not rule(current_user, *things):
                abort(deny)
            return view(*things) if load else view(**url_args)

        guard: View = login_required(guarded)
        guard.access = rule.__name__  # type: ignore[attr-defined]
        return guard

    return decorate


def takes(most: int) -> Callable[[View], View]:
    """Let a view take a larger request than others, such as one with a file: so many bytes. `headers` reads it."""

    def decorate(view: View) -> View:
        view.takes = most  # type: ignore[attr-defined]
        return view

    return decorate


def refuse_silent_views(app: Flask) -> None:
    """
    Check that every view says who may use it.

    Raises:
        RuntimeError: naming the endpoints that say nothing.
    """
    silent = sorted(e for e, view in app.view_functions.items() if e != "static" and not hasattr(view, "access"))
    if silent:
        raise RuntimeError(f"these views do not say who may use them: {', '.join(silent)}")
