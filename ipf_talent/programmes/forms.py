"""The filters of the lists: what may be chosen, what was chosen, and how many each choice would leave."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from wtforms import SelectChoice, SelectField  # type: ignore[attr-defined]  # the stubs are behind

from ipf_talent.i18n import _, lazy
from ipf_talent.organisations.kinds import LABELS as KIND_LABELS
from ipf_talent.organisations.kinds import TEACHING, OrganisationKind
from ipf_talent.programmes import catalogue, institutions
from ipf_talent.programmes.filters import LANGUAGE_LABELS, Asked
from ipf_talent.programmes.institutions import AskedSchools
from ipf_talent.programmes.levels import LEVEL_LABELS, MODE_LABELS, TRACK_LABELS, TYPE_LABELS, Level, Mode, ProgrammeType, Track
from ipf_talent.programmes.words import MAX_LENGTH
from ipf_talent.skills.fields import LABELS as FIELD_LABELS
from ipf_talent.skills.fields import Field
from ipf_talent.web.forms import Filter, Line, choices

EDUCATION_LABELS = {"vmbo": lazy("vmbo"), "mbo": lazy("mbo"), "hbo": lazy("hbo"), "wo": lazy("university (wo)")}


class Chosen(NamedTuple):
    """A filter in use, to show and to take away."""

    name: str
    label: str
    value: str


def _choices(labels: Mapping[Any, Any]) -> list[SelectChoice]:
    return choices({"": lazy("All"), **labels})


def _pairs(select: SelectField) -> dict[str, Any]:
    offered: Any = select.choices
    return {choice.value: choice.label for choice in offered}


def _select(label: Any, labels: Mapping[Any, Any]) -> SelectField:
    return SelectField(label, choices=_choices(labels), default="")


class _Chooser(Filter):
    """A search field and selects, of which each shows its label when it is in use."""

    q = Line(lazy("Search"), default="", filters=[lambda text: (text or "")[:MAX_LENGTH]])

    @property
    def selects(self) -> list[SelectField]:
        """The fields of the panel."""
        return [field for field in self if isinstance(field, SelectField)]

    @property
    def chosen(self) -> list[Chosen]:
        """The filters in use, the search among them."""
        search = [Chosen("q", self.q.label.text, self.q.data)] if self.q.data else []
        return search + [Chosen(f.short_name, f.label.text, str(_pairs(f)[f.data])) for f in self.selects if f.data]


class ProgrammeFilter(_Chooser):
    """What to show of the programmes."""

    level = _select(lazy("Level"), LEVEL_LABELS)
    field = _select(lazy("Field"), FIELD_LABELS)
    place = _select(lazy("Place"), {})
    mode = _select(lazy("How you follow it"), MODE_LABELS)
    kind = _select(lazy("Kind"), TYPE_LABELS)
    institution = _select(lazy("School"), {})
    language = _select(lazy("Language"), LANGUAGE_LABELS)
    track = _select(lazy("Track"), TRACK_LABELS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        towns, schools = catalogue.places_and_institutions()
        self.place.choices, self.institution.choices = _choices(towns), _choices(schools)

    def asked(self, *, national: bool) -> Asked:
        """What was chosen, as values."""
        return Asked(
            q=self.q.data or "",
            kind=ProgrammeType(self.kind.data) if self.kind.data else None,
            level=Level(self.level.data) if self.level.data else None,
            field=Field(self.field.data) if self.field.data else None,
            place=self.place.data or None,
            mode=Mode(self.mode.data) if self.mode.data else None,
            language=self.language.data or None,
            institution=self.institution.data or None,
            track=Track(self.track.data) if self.track.data else None,
            national=national,
        )

    def number(self, counts: Mapping[str, Mapping[str, int]]) -> None:
        """Write behind each choice how many it leaves; a choice that leaves none is not offered, unless it is the one in use."""
        for select in self.selects:
            behind, labels = counts.get(select.short_name, {}), _pairs(select)
            everything = labels.pop("")
            kept = {value: behind.get(value, 0) for value in labels if behind.get(value) or value == select.data}
            numbered = {value: _("%(label)s (%(count)s)", label=labels[value], count=count) for value, count in kept.items()}
            select.choices = choices({"": everything, **numbered})


class InstitutionFilter(_Chooser):
    """What to show of the institutions."""

    kind = _select(lazy("Kind"), {kind: KIND_LABELS[kind] for kind in TEACHING})
    education = _select(lazy("Education"), EDUCATION_LABELS)
    place = _select(lazy("Place"), {})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place.choices = _choices({town: town for town in institutions.towns()})

    @property
    def asked(self) -> AskedSchools:
        """What was chosen, as values."""
        kind = OrganisationKind(self.kind.data) if self.kind.data else None
        return AskedSchools(self.q.data or "", kind, self.education.data or None, self.place.data or None)
