"""The filters of the lists: what may be chosen, what was chosen, and how many each choice would leave."""

from typing import Any

from ipf_talent.i18n import lazy
from ipf_talent.organisations.kinds import LABELS as KIND_LABELS
from ipf_talent.organisations.kinds import TEACHING, OrganisationKind
from ipf_talent.programmes import catalogue, institutions
from ipf_talent.programmes.filters import LANGUAGE_LABELS, Asked
from ipf_talent.programmes.institutions import AskedSchools
from ipf_talent.programmes.levels import LEVEL_LABELS, MODE_LABELS, TRACK_LABELS, TYPE_LABELS, Level, Mode, ProgrammeType, Track
from ipf_talent.skills.fields import LABELS as FIELD_LABELS
from ipf_talent.skills.fields import Field
from ipf_talent.web.choosing import Chooser, offered, select

EDUCATION_LABELS = {"vmbo": lazy("vmbo"), "mbo": lazy("mbo"), "hbo": lazy("hbo"), "wo": lazy("university (wo)")}


class ProgrammeFilter(Chooser):
    """What to show of the programmes."""

    level = select(lazy("Level"), LEVEL_LABELS)
    field = select(lazy("Field"), FIELD_LABELS)
    place = select(lazy("Place"), {})
    mode = select(lazy("How you follow it"), MODE_LABELS)
    kind = select(lazy("Kind"), TYPE_LABELS)
    institution = select(lazy("School"), {})
    language = select(lazy("Language"), LANGUAGE_LABELS)
    track = select(lazy("Track"), TRACK_LABELS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        towns, schools = catalogue.places_and_institutions()
        self.place.choices, self.institution.choices = offered(towns), offered(schools)

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


class InstitutionFilter(Chooser):
    """What to show of the institutions."""

    kind = select(lazy("Kind"), {kind: KIND_LABELS[kind] for kind in TEACHING})
    education = select(lazy("Education"), EDUCATION_LABELS)
    place = select(lazy("Place"), {})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place.choices = offered({town: town for town in institutions.towns()})

    @property
    def asked(self) -> AskedSchools:
        """What was chosen, as values."""
        kind = OrganisationKind(self.kind.data) if self.kind.data else None
        return AskedSchools(self.q.data or "", kind, self.education.data or None, self.place.data or None)
