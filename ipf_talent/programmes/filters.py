"""What a reader can ask of the list of programmes."""

from dataclasses import dataclass

from ipf_talent.i18n import lazy
from ipf_talent.programmes.levels import Level, Mode, ProgrammeType, Track
from ipf_talent.skills.fields import Field

LANGUAGE_LABELS = {"nl": lazy("Dutch"), "fy": lazy("Frisian"), "en": lazy("English"), "de": lazy("German")}
"""Languages in which programmes are taught."""


@dataclass(frozen=True)
class Asked:
    """The filters in use; None asks nothing."""

    q: str = ""
    kind: ProgrammeType | None = None
    level: Level | None = None
    field: Field | None = None
    place: str | None = None
    """Name of a town."""
    mode: Mode | None = None
    language: str | None = None
    institution: str | None = None
    """Slug."""
    track: Track | None = None
    national: bool = False
    """National qualifications instead of what schools offer."""
