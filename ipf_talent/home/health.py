"""Whether the process lives, and whether it can serve."""

from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy import text

from ipf_talent.db import session
from ipf_talent.home import schema
from ipf_talent.web.access import public

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
def healthz() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@bp.get("/readyz")
@public
def readyz() -> tuple[Response, int]:
    """The database answers and has the tables that this code expects."""
    checks = {"database": _database_answers(), "migrations": False}
    if checks["database"]:
        checks["migrations"] = schema.is_current(current_app.extensions["database"])
    ready = all(checks.values())
    return jsonify(status="ok" if ready else "not ready", checks=checks), 200 if ready else 503


def _database_answers() -> bool:
    try:
        session.execute(text("SELECT 1"))
    except Exception:  # a health check reports every kind of trouble the same way
        session.rollback()
        return False
    return True
