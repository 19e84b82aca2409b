"""What the pages of a school offer and tell: choices, and what a colleague changed meanwhile."""

from collections.abc import Mapping
from typing import Any

from ipf_talent.accounts.models import User
from ipf_talent.enrolments import policy, queries
from ipf_talent.enrolments.class_list_columns import COLUMN_LABELS
from ipf_talent.enrolments.class_plan import Line, Plan
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _, lazy, pick
from ipf_talent.organisations.models import Organisation
from ipf_talent.programmes.levels import LEVEL_LABELS
from ipf_talent.tables import Cell
from ipf_talent.vacancies.company_forms import Versioned
from ipf_talent.web.templating import day


def chosen_school(user: User, slug: str) -> Organisation:
    """
    The school of one's own that an address names; the first one where it names none.

    Raises:
        NotFound: it is not one's own.
    """
    schools = policy.schools_of(user)
    found = next((one for one in schools if one.slug == slug), None) if slug else schools[0]
    if found is None:
        raise NotFound(_("There is no such school."))
    return found


def programme_labels(school_id: int, *, own: bool = False) -> dict[str, str]:
    """Programmes to choose from by number, with level and code; with `own` those of the school alone."""
    labels = {}
    for row in queries.programme_choices(school_id):
        if row.own or not own:
            more = ", ".join(str(part) for part in (LEVEL_LABELS[row.level], row.code, None if row.own else _("national")) if part)
            labels[str(row.id)] = f"{pick(row, 'title')} ({more})"
    return labels


def period_labels(school_id: int) -> dict[str, str]:
    """Periods to choose from by number, each with its days."""
    days = "{} ({} – {})".format
    return {str(one.id): days(one.name, day(one.starts_on), day(one.ends_on)) for one in queries.periods_of(school_id)}


def class_labels(school_id: int) -> dict[str, str]:
    """Classes to choose from by number, each with its school year."""
    return {str(one.id): f"{one.name} ({one.school_year})" for one in queries.classes_of(school_id)}


COLUMNS = {
    **{column.value: label for column, label in COLUMN_LABELS.items()},
    "school_year": lazy("School year"),
    "status": lazy("State"),
}
"""What can change by a list, in words."""


def refused(line: Line) -> list[Cell]:
    """A row that is not taken: where it stands, whose it is, and all that is wrong."""
    why = [f"{one.label}: {one.message}" if one.label else one.message for one in line.problems]
    return [line.row, line.number, line.name, " ".join(why)]


def programme_titles(plan: Plan) -> dict[int, str]:
    """Titles of the programmes that a list speaks of, by number."""
    told = {line.values.get("programme") for line in plan.lines} | {programme for programme, _year in plan.classes.values()}
    told |= {
        value for line in plan.lines for change in line.changes if change.what == "programme" for value in (change.old, change.new)
    }
    return {row.id: pick(row, "title") for row in queries.programmes_by_id({number for number in told if number is not None})}


def differing(form: Versioned, stands: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Where somebody else saved meanwhile: the label of each field that stands otherwise now, and what stands there."""
    found = []
    for field in form:
        theirs = stands.get(field.short_name)
        if field.short_name in stands and field.short_name != "version" and (theirs or "") != (field.data or ""):
            found.append((str(field.label.text), _shown(field, theirs)))
    return found


def _shown(field: Any, value: Any) -> str:
    for choice in getattr(field, "choices", None) or ():
        if str(choice.value) == str(value):
            return str(choice.label)
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    return "–" if value in (None, "") else str(value)
