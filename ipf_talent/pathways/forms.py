"""From where, and to which programme or place."""

from collections.abc import Iterable

from wtforms import SelectField

from ipf_talent.i18n import _, lazy, pick
from ipf_talent.programmes.levels import LEVEL_LABELS, START_LABELS, StartingPoint
from ipf_talent.programmes.queries import AnyRow
from ipf_talent.web.choosing import LONGEST_SEARCH
from ipf_talent.web.forms import Filter, Line, choices


class RouteFilter(Filter):
    """The question that a reader asks."""

    point = SelectField(
        lazy("Where are you now?"),
        name="from",
        default="",
        choices=choices({"": lazy("Choose"), **START_LABELS}),
    )
    to = SelectField(lazy("Where do you want to go?"), default="", validate_choice=False)
    q = Line(lazy("Or search a programme"), default="", filters=[lambda text: (text or "")[:LONGEST_SEARCH]])

    @property
    def starting_point(self) -> StartingPoint | None:
        """Where the reader says that they stand."""
        return StartingPoint(self.point.data) if self.point.data else None

    def offer(self, rows: Iterable[AnyRow]) -> None:
        """Let one choose among all programmes, grouped by level; those of schools before national qualifications."""
        offered = choices({"": _("Choose a programme")})
        for row in sorted(rows, key=lambda row: row.national):
            name = str(_("National qualifications") if row.national else LEVEL_LABELS[row.level])
            offered += choices({row.slug: title_at(row)}, group=name)
        self.to.choices = offered


def title_at(row: AnyRow) -> str:
    """A programme with its school, for a choice."""
    return pick(row, "title") if row.national else _("%(what)s at %(school)s", what=pick(row, "title"), school=row.institution)
