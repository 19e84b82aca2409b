"""What the map can be narrowed by, and how many programmes each choice would leave."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from wtforms import SelectField

from ipf_talent.i18n import lazy
from ipf_talent.pathways.map.narrowing import Offer
from ipf_talent.programmes.filters import LANGUAGE_LABELS
from ipf_talent.programmes.levels import LEVEL_LABELS, MODE_LABELS, START_LABELS, StartingPoint
from ipf_talent.programmes.queries import AnyRow
from ipf_talent.skills.fields import LABELS as FIELD_LABELS
from ipf_talent.web.choosing import Chooser, offered, select
from ipf_talent.web.forms import choices

_NARROWING = ("level", "field", "place", "mode", "institution", "language")


class MapFilter(Chooser):
    """Where the reader stands, and what the map shows."""

    point = SelectField(lazy("Where are you now?"), name="from", default="", choices=choices({"": lazy("Choose"), **START_LABELS}))
    level = select(lazy("Level"), LEVEL_LABELS)
    field = select(lazy("Field"), FIELD_LABELS)
    place = select(lazy("Place"), {}, validate_choice=False)
    mode = select(lazy("How you follow it"), MODE_LABELS)
    institution = select(lazy("School"), {}, validate_choice=False)
    language = select(lazy("Language"), LANGUAGE_LABELS)

    @property
    def starting_point(self) -> StartingPoint | None:
        """Where the reader says that they stand."""
        return StartingPoint(self.point.data) if self.point.data else None

    @property
    def narrowing(self) -> dict[str, SelectField]:
        """The selects that leave programmes out, by name."""
        return {field.short_name: field for field in self.selects if field.short_name in _NARROWING}

    def offer(self, rows: Iterable[AnyRow], offers: Mapping[str, Offer]) -> None:
        """Let one choose among the towns and schools that there are; a value that is none of them is left out."""
        towns = {town for offer in offers.values() for _mode, town in offer.ways if town}
        schools = {row.institution_slug: row.institution for row in rows if not row.national}
        named = {"place": {town: town for town in towns}, "institution": schools}
        for name, labels in named.items():
            self.narrowing[name].choices = offered(dict(sorted(labels.items(), key=lambda pair: (pair[1].casefold(), pair[0]))))
            self[name].data = self[name].data if self[name].data in labels else ""

    def shown(
        self,
        rows: Iterable[AnyRow],
        offers: Mapping[str, Offer],
        fields: Mapping[str, Collection[str]],
        found: Collection[int] | None,
    ) -> list[AnyRow]:
        """
        The rows that the filters leave, with how many each other choice would leave written behind it.

        Args:
            fields: fields of each programme, by slug.
            found: ids of what a search in words finds; None where nothing is searched.
        """
        searched = [row for row in rows if found is None or row.id in found]
        checks, selects = _checks(offers, fields), self.narrowing
        asked = {name: select.data for name, select in selects.items() if select.data}

        def left(values: Mapping[str, str]) -> list[AnyRow]:
            return [row for row in searched if _lets_through(row, values, checks, offers)]

        counts = {
            name: {value: len(left({**asked, name: value})) for value in _values_of(select) if value}
            for name, select in selects.items()
        }
        self.number(counts)
        return left(asked)


_Check = Callable[[AnyRow, str], bool]


def _checks(offers: Mapping[str, Offer], fields: Mapping[str, Collection[str]]) -> dict[str, _Check]:
    nothing = Offer()
    return {
        "level": lambda row, value: row.level.value == value,
        "field": lambda row, value: value in fields.get(row.slug, ()),
        "institution": lambda row, value: row.institution_slug == value and not row.national,
        "language": lambda row, value: value in offers.get(row.slug, nothing).languages,
        "mode": lambda row, value: any(mode.value == value for mode, _town in offers.get(row.slug, nothing).ways),
        "place": lambda row, value: any(town == value for _mode, town in offers.get(row.slug, nothing).ways),
    }


def _lets_through(row: AnyRow, asked: Mapping[str, str], checks: Mapping[str, _Check], offers: Mapping[str, Offer]) -> bool:
    """Whether a programme meets all that is asked; mode and place of one and the same offering."""
    if not all(checks[name](row, value) for name, value in asked.items()):
        return False
    mode, place = asked.get("mode"), asked.get("place")
    return not (mode and place) or (mode, place) in {(one.value, town) for one, town in offers[row.slug].ways}


def _values_of(select: SelectField) -> list[str]:
    """The values that a select offers."""
    found: Any = select.choices
    return [choice.value for choice in found]
