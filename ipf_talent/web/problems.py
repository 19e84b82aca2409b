"""Calm pages for what goes wrong: a sentence, a way on, and a number to quote; details stand in the log only."""

import structlog
from flask import Flask, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from ipf_talent.db import session
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.i18n import _

log = structlog.get_logger()


def _words(code: int) -> tuple[str, str]:
    texts = {
        400: (_("This request did not arrive well"), _("Go back and try again. What you typed before is often still there.")),
        401: (_("Please sign in first"), _("This page is for people with an account.")),
        403: (_("This page is not open to you"), _("Your account has no access here. Another account may have.")),
        404: (_("This page is not here"), _("It may have moved or ended. Search, or start from one of the lists below.")),
        405: (_("This address does not work that way"), _("Go back and use the button on the page.")),
        413: (_("This is too much at once"), _("Please send less text or a smaller file.")),
        414: (_("This address is too long"), _("Choose fewer filters and try again.")),
        415: (_("This kind of content cannot be read here"), _("Please use the form on the page.")),
        429: (_("A short pause, please"), _("There were many tries in a short time. Wait a few minutes and try again.")),
        503: (_("We will be back in a moment"), _("The database does not answer. Nothing was lost. Try again in a minute.")),
    }
    fallback = (_("Something went wrong on our side"), _("It is not your fault. We have noted it. Please try again later."))
    return texts.get(code, fallback)


def problem_page(code: int, detail: str | None = None) -> tuple[str, int]:
    """The page for a status code; `detail` replaces the usual advice."""
    title, advice = _words(code)
    reference = g.get("request_id", "")
    return render_template("errors/error.html", code=code, title=title, advice=detail or advice, reference=reference), code


def init(app: Flask) -> None:
    """One handler per class of trouble."""
    _answer_requests(app)
    _answer_failures(app)


def _answer_requests(app: Flask) -> None:
    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> ResponseReturnValue:
        if error.code is None or error.code < 400:
            return error.get_response()
        if isinstance(error, SecurityError):  # a foreign Host: no address can be built, so no page with links either
            return error.get_response()
        response = app.make_response(problem_page(error.code, _too_large(app, error.code)))
        for name, value in error.get_headers():
            if name in ("Allow", "Retry-After"):
                response.headers[name] = value
        return response

    @app.errorhandler(CSRFError)
    def csrf(error: CSRFError) -> ResponseReturnValue:
        return problem_page(
            400, _("The page had been open for long, or cookies are off. Go back, reload the page and send it again.")
        )

    @app.errorhandler(DomainError)
    def refused(error: DomainError) -> ResponseReturnValue:
        session.rollback()
        return problem_page(404) if isinstance(error, NotFound) else problem_page(400, error.message)


def _too_large(app: Flask, code: int) -> str | None:
    """Where files are sent, the field itself says how large one can be."""
    if code == 413 and getattr(app.view_functions.get(request.endpoint or ""), "takes", None):
        return str(_("The file is far too large. Go back: beside the field stands how large it can be."))
    return None


def _answer_failures(app: Flask) -> None:
    @app.errorhandler(OperationalError)
    def database_gone(error: OperationalError) -> ResponseReturnValue:
        session.rollback()
        log.error("database_unavailable", error=type(error.orig).__name__)
        return (*problem_page(503), {"Retry-After": "30"})

    @app.errorhandler(RecursionError)
    def too_deep(error: RecursionError) -> ResponseReturnValue:
        return problem_page(400)

    @app.errorhandler(InternalServerError)
    def bug(error: InternalServerError) -> ResponseReturnValue:
        session.rollback()
        log.error("bug", endpoint=request.endpoint, exc_info=error.original_exception or error)
        return problem_page(500)
