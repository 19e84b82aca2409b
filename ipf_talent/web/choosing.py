"""The filters of a list: a search field and selects, what is in use, and how many each choice would leave."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from wtforms import SelectChoice, SelectField  # type: ignore[attr-defined]  # the stubs are behind

from ipf_talent.i18n import _, lazy
from ipf_talent.web.forms import Filter, Line, choices

LONGEST_SEARCH = 120
"""Characters of a search that are read; what follows is left out."""


class Chosen(NamedTuple):
    """A filter in use, to show and to take away."""

    name: str
    label: str
    value: str


def offered(labels: Mapping[Any, Any]) -> list[SelectChoice]:
    """What a select of a filter offers: no filter first."""
    return choices({"": lazy("All"), **labels})


def select(label: Any, labels: Mapping[Any, Any], **more: Any) -> SelectField:
    """A select of a filter."""
    return SelectField(label, choices=offered(labels), default="", **more)


class Chooser(Filter):
    """A search field and selects, of which each shows its label when it is in use."""

    q = Line(lazy("Search"), default="", filters=[lambda text: (text or "")[:LONGEST_SEARCH]])

    @property
    def selects(self) -> list[SelectField]:
        """The fields of the panel; the order of the list is not one of them."""
        return [field for field in self if isinstance(field, SelectField) and field.short_name != "sort"]

    @property
    def chosen(self) -> list[Chosen]:
        """The filters in use, the search among them."""
        search = [Chosen("q", self.q.label.text, self.q.data)] if self.q.data else []
        return search + [Chosen(f.short_name, f.label.text, str(_labels(f)[f.data])) for f in self.selects if f.data]

    def number(self, counts: Mapping[str, Mapping[str, int]]) -> None:
        """
        Write behind each choice how many it leaves; one that leaves none is not offered, unless it is the one in use.

        Args:
            counts: by name of the select and value; a select that is not named stays as it is.
        """
        for field in self.selects:
            if (behind := counts.get(field.short_name)) is not None:
                field.choices = _numbered(field, behind)


def _numbered(field: SelectField, behind: Mapping[str, int]) -> list[SelectChoice]:
    labels = _labels(field)
    everything = labels.pop("")
    kept = {value: behind.get(value, 0) for value in labels if behind.get(value) or value == field.data}
    numbered = {value: _("%(label)s (%(count)s)", label=labels[value], count=count) for value, count in kept.items()}
    return choices({"": everything, **numbered})


def _labels(field: SelectField) -> dict[str, Any]:
    found: Any = field.choices
    return {choice.value: choice.label for choice in found}
