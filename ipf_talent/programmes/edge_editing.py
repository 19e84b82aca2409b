"""Rules between programmes that a school writes itself. It can promise no right that the rules of the country do not give (R19)."""

import secrets
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm.exc import StaleDataError

from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.accounts.services import refuse_example
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.programmes import progressions
from ipf_talent.programmes.edges import Ends, gives_right, points_after
from ipf_talent.programmes.editing import Changed
from ipf_talent.programmes.levels import Level, StartingPoint
from ipf_talent.programmes.models import Programme, Progression
from ipf_talent.programmes.rules import RuleKind


def put_edge(edge: Progression | None, programme: Programme, values: Mapping[str, Any], *, by: User, today: date) -> Progression:
    """
    Write or change a rule that names a programme of one's own.

    Args:
        values: `way` (here or on), one of `programme` (number), `point` and `level`; kind, condition, months, source and check.

    Raises:
        DomainError: an end is missing, the source was looked up in the future, or there is no such right.
        Changed: somebody else changed it in the same moment.
    """
    refuse_example(by, of=programme.institution)
    columns = _ends(programme, values)
    kind = RuleKind(values["rule_kind"])
    if values["checked_on"] > today:
        raise DomainError(_("This day still has to come."), field="checked_on")
    if bool(values.get("months") is not None) != bool(values.get("months_meaning")):
        raise DomainError(_("Name the months and what they count, or neither."), field="months_meaning")
    if kind is RuleKind.RIGHT and not _is_right(programme, columns):
        message = _("The rules of the country give no right here, so you cannot promise one. Choose who decides instead.")
        raise DomainError(message, field="rule_kind")
    if edge is None:
        edge = Progression(
            slug=f"own-{secrets.token_hex(6)}", owner_id=programme.institution_id, is_example=programme.is_example, edited_fields=[]
        )
        session.add(edge)
    told = {name: (values.get(name) or "") for name in ("condition_nl", "condition_en")}
    meant = {"months": values.get("months"), "months_meaning": values.get("months_meaning") or None}
    source = {"source_url": values["source_url"], "checked_on": values["checked_on"]}
    for name, value in {**columns, **told, **meant, **source, "rule_kind": kind}.items():
        setattr(edge, name, value)
    try:
        session.flush()
    except StaleDataError:
        raise Changed from None
    audit.record(by.id, "edit_edge", "programme", programme.id, edge=edge.id, kind=kind.value)
    return edge


def remove_edge(edge: Progression, programme: Programme, *, by: User) -> None:
    """Take a rule of one's own away."""
    refuse_example(by, of=programme.institution)
    audit.record(by.id, "remove_edge", "programme", programme.id, edge=edge.id)
    session.delete(edge)
    session.flush()


def _ends(programme: Programme, values: Mapping[str, Any]) -> dict[str, Any]:
    other = int(values["programme"]) if values.get("programme") else None
    columns: dict[str, Any] = dict.fromkeys(("from_point", "from_programme_id", "to_level", "to_programme_id"))
    if other == programme.id:
        raise DomainError(_("A programme does not lead to itself."), field="programme")
    if values["way"] == "here":
        columns["to_programme_id"] = programme.id
        columns["from_programme_id"] = other
        columns["from_point"] = None if other else StartingPoint(values["point"]) if values.get("point") else None
        if not (other or columns["from_point"]):
            raise DomainError(_("Choose a programme, or where somebody stands."), field="point")
    else:
        columns["from_programme_id"] = programme.id
        columns["to_programme_id"] = other
        columns["to_level"] = None if other else Level(values["level"]) if values.get("level") else None
        if not (other or columns["to_level"]):
            raise DomainError(_("Choose a programme, or a level."), field="level")
    return columns


def _is_right(programme: Programme, columns: Mapping[str, Any]) -> bool:
    source = session.get(Programme, columns["from_programme_id"]) if columns["from_programme_id"] else None
    target = session.get(Programme, columns["to_programme_id"]) if columns["to_programme_id"] else None
    points: Collection[StartingPoint] = points_after(source.type, source.level) if source else {columns["from_point"]}
    goal = Ends(target.slug, target.type, target.level, "") if target else columns["to_level"]
    return gives_right(progressions.everything(), points, goal)
