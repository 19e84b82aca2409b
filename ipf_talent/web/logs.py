"""Structured logs: a request id, the user's number, never a name, a query string or a form."""

import logging
import re
import time
import uuid

import structlog
from flask import Flask, Response, g, request
from flask_login import current_user

_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


def init(app: Flask) -> None:
    """One JSON line per request, on standard error."""
    level = logging.getLevelNamesMapping()[app.config["LOG_LEVEL"]]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(),
    )
    log = structlog.get_logger()

    @app.before_request
    def begin() -> None:
        given = request.headers.get("X-Request-Id", "")
        g.request_id = given if _ID.fullmatch(given) else uuid.uuid4().hex[:16]
        g.began = time.perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=g.request_id)

    @app.after_request
    def end(response: Response) -> Response:
        request_id = g.get("request_id", "")
        response.headers["X-Request-Id"] = request_id
        if request.endpoint not in ("static", "home.healthz", "home.readyz"):
            user = current_user.get_id() if "_login_user" in g and current_user.is_authenticated else None
            log.info(
                "request",
                method=request.method,
                endpoint=request.endpoint,
                status=response.status_code,
                user=user.partition(".")[0] if user else None,
                ms=round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
            )
        return response
