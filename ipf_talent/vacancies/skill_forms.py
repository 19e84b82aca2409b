"""The filters of the lists of skills and occupations, with how many each choice would leave."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from wtforms import SelectChoice, SelectField  # type: ignore[attr-defined]  # the stubs are behind

from ipf_talent.i18n import _, lazy
from ipf_talent.programmes.levels import LEVEL_LABELS
from ipf_talent.programmes.words import MAX_LENGTH
from ipf_talent.skills.fields import LABELS as FIELD_LABELS
from ipf_talent.skills.fields import TYPE_LABELS
from ipf_talent.web.forms import Filter, Line


class Chosen(NamedTuple):
    """A filter in use, to show and to take away."""

    name: str
    label: str
    value: str


def _select(label: Any, labels: Mapping[Any, Any]) -> SelectField:
    choices = [SelectChoice("", lazy("All")), *(SelectChoice(str(value), text) for value, text in labels.items())]
    return SelectField(label, choices=choices, default="")


class _Chooser(Filter):
    """A search field and selects."""

    q = Line(lazy("Search"), default="", filters=[lambda text: (text or "")[:MAX_LENGTH]])

    @property
    def selects(self) -> list[SelectField]:
        """The fields of the panel."""
        return [field for field in self if isinstance(field, SelectField)]

    @property
    def chosen(self) -> list[Chosen]:
        """The filters in use, the search among them."""
        search = [Chosen("q", self.q.label.text, self.q.data)] if self.q.data else []
        return search + [Chosen(f.short_name, f.label.text, str(_labels(f)[f.data])) for f in self.selects if f.data]

    def number(self, select: SelectField, counts: Counter[str]) -> None:
        """Write behind each choice how many it leaves; one that leaves none is not offered, unless it is in use."""
        labels = _labels(select)
        everything = labels.pop("")
        kept = [value for value in labels if counts[value] or value == select.data]
        texts = {value: _("%(label)s (%(count)s)", label=labels[value], count=counts[value]) for value in kept}
        select.choices = [SelectChoice(value, text) for value, text in {"": everything, **texts}.items()]


class SkillFilter(_Chooser):
    """What to show of the skills."""

    field = _select(lazy("Field"), FIELD_LABELS)
    type = _select(lazy("Kind"), TYPE_LABELS)


class OccupationFilter(_Chooser):
    """What to show of the occupations."""

    level = _select(lazy("Level"), LEVEL_LABELS)
    field = _select(lazy("Field"), FIELD_LABELS)


def _labels(select: SelectField) -> dict[str, Any]:
    choices: Any = select.choices
    return {choice.value: choice.label for choice in choices}
