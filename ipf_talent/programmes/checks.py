"""What a listing must tell before everyone sees it."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from ipf_talent.i18n import lazy
from ipf_talent.programmes.levels import MODES_OF, Level, Mode, ProgrammeType
from ipf_talent.programmes.listing import IntakeState, ListingStatus
from ipf_talent.programmes.listing_tasks import ListingTask, Missing, Part
from ipf_talent.programmes.models import Offering, Programme

SHORTEST_TEXT = 100
LEVELS_OF = {
    ProgrammeType.MBO_DIPLOMA: frozenset({Level.MBO_1, Level.MBO_2, Level.MBO_3, Level.MBO_4}),
    ProgrammeType.AD: frozenset({Level.AD}),
    ProgrammeType.BACHELOR: frozenset({Level.HBO_BACHELOR, Level.WO_BACHELOR}),
    ProgrammeType.MASTER: frozenset({Level.MASTER}),
    ProgrammeType.ENGD: frozenset({Level.ENGD_PHD}),
    ProgrammeType.PHD: frozenset({Level.ENGD_PHD}),
}
"""The levels that a diploma can have; other kinds can have any."""


class Lack(StrEnum):
    """One thing that a reader must know and does not find yet."""

    LEVEL = "level"
    CREBO = "crebo"
    MONTHS = "months"
    FIELD = "field"
    TEXT = "text"
    SKILL = "skill"
    ADMISSION = "admission"
    URL = "url"
    OFFERING = "offering"
    MODE = "mode"
    START = "start"


LACKS: Mapping[Lack, tuple[ListingTask | Part, Any]] = {
    Lack.LEVEL: (ListingTask.WHAT, lazy("This level does not go with this kind of programme.")),
    Lack.CREBO: (ListingTask.WHAT, lazy("An mbo diploma has a crebo: five digits.")),
    Lack.MONTHS: (ListingTask.WHAT, lazy("Say how many months it takes.")),
    Lack.FIELD: (ListingTask.WHAT, lazy("Choose at least one field.")),
    Lack.TEXT: (ListingTask.TEXT, lazy("Tell in at least %(number)s characters what one learns.")),
    Lack.SKILL: (ListingTask.SKILLS, lazy("Choose at least one skill that it teaches.")),
    Lack.ADMISSION: (ListingTask.ADMISSION, lazy("Say who is admitted.")),
    Lack.URL: (ListingTask.ADMISSION, lazy("Give the address of your own page about it.")),
    Lack.OFFERING: (Part.OFFERINGS, lazy("Name at least one way and place in which one can follow it.")),
    Lack.MODE: (Part.OFFERINGS, lazy("This way does not go with this kind of programme.")),
    Lack.START: (Part.OFFERINGS, lazy("Name at least one moment at which one can still start.")),
}
"""On which page it is told, and the sentence."""
_OVER = frozenset({ListingStatus.ARCHIVED, ListingStatus.CANCELLED})


def level_fits(type: ProgrammeType, level: Level) -> bool:
    """Whether a kind of programme can have this level."""
    levels = LEVELS_OF.get(type)
    return levels is None or level in levels


def mode_fits(type: ProgrammeType, mode: Mode) -> bool:
    """Whether a kind of programme can be followed in this way."""
    return mode in MODES_OF[type]


def missing(programme: Programme, today: date) -> list[Missing]:
    """What is not told yet, by page; empty where it can be published."""
    return [told(one) for one in lacks(programme, today)]


def missing_of_offering(offering: Offering, today: date) -> list[Missing]:
    """What an offering does not tell yet."""
    return [told(one) for one in lacks_of_offering(offering, today)]


def told(lack: Lack) -> Missing:
    """On which page it is missing, and the sentence."""
    page, words = LACKS[lack]
    return Missing(page, str(words) % {"number": SHORTEST_TEXT})


def lacks(programme: Programme, today: date) -> list[Lack]:
    """What is not told yet; empty where it can be published."""
    return [*_of_itself(programme), *_of_offerings(programme, today)]


def lacks_of_offering(offering: Offering, today: date) -> list[Lack]:
    """What an offering does not tell yet."""
    if not mode_fits(offering.programme.type, offering.mode):
        return [Lack.MODE]
    if any(one.state(today) in (IntakeState.OPEN, IntakeState.UPCOMING) for one in offering.intakes):
        return []
    return [Lack.START]


def _of_itself(programme: Programme) -> Iterator[Lack]:
    if not level_fits(programme.type, programme.level):
        yield Lack.LEVEL
    if programme.type is ProgrammeType.MBO_DIPLOMA and programme.code_kind != "crebo":
        yield Lack.CREBO
    if not programme.duration_months and programme.type in LEVELS_OF:
        yield Lack.MONTHS
    if not programme.fields:
        yield Lack.FIELD
    if len(programme.description_nl) < SHORTEST_TEXT:
        yield Lack.TEXT
    if not programme.skills:
        yield Lack.SKILL
    if not programme.admission_nl:
        yield Lack.ADMISSION
    if not (programme.url or programme.source_url):
        yield Lack.URL


def _of_offerings(programme: Programme, today: date) -> Iterator[Lack]:
    alive = [one for one in programme.offerings if one.status not in _OVER]
    if not alive:
        yield Lack.OFFERING
    for offering in alive:
        yield from lacks_of_offering(offering, today)
