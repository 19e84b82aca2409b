"""Files that leave the site: the record for a school's own system (AC-E6), and a company's approved hours and guidance (AC-C6)."""

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock, db, tables
from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.placements import policy
from ipf_talent.placements.guidance import records
from ipf_talent.web.access import allow

bp = Blueprint("records", __name__)


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


@bp.get("/placements/record")
@allow(policy.places_students)
def school() -> ResponseReturnValue:
    """The record of one's own school, as csv, xlsx or json."""
    return _sent("record", records.of_school(_me()))


@bp.get("/received/weeks")
@allow(policy.receives_placements)
def company() -> ResponseReturnValue:
    """Approved hours and guidance per student and week, as csv, xlsx or json."""
    return _sent("hours", records.of_company(_me()))


def _sent(name: str, table: records.Table) -> ResponseReturnValue:
    """A file; that it was made is kept."""
    kind = request.args.get("as", "csv")
    if kind not in tables.MIMETYPES:
        abort(404)
    body = {
        "csv": lambda: tables.as_csv(table.lines),
        "xlsx": lambda: tables.as_xlsx(name, table.lines),
        "json": lambda: tables.as_json(table.objects),
    }[kind]()
    db.writing_anew()
    audit.record(_me().id, f"export_{name}", "placement", rows=len(table.rows), kind=kind)
    session.commit()
    answer = Response(body, mimetype=tables.MIMETYPES[kind].partition(";")[0])
    answer.headers["Content-Disposition"] = f"attachment; filename={name}-{clock.today().isoformat()}.{kind}"
    return answer
