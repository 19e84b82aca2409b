"""What a listing must tell before everyone sees it."""

from collections.abc import Iterator
from datetime import date

from ipf_talent.i18n import _
from ipf_talent.programmes.levels import Level, ProgrammeType
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
_OVER = frozenset({ListingStatus.ARCHIVED, ListingStatus.CANCELLED})


def missing(programme: Programme, today: date) -> list[Missing]:
    """What is not told yet, by page; empty where it can be published."""
    return [*_of_itself(programme), *_of_offerings(programme, today)]


def missing_of_offering(offering: Offering, today: date) -> list[Missing]:
    """What an offering does not tell yet."""
    if any(one.state(today) in (IntakeState.OPEN, IntakeState.UPCOMING) for one in offering.intakes):
        return []
    return [Missing(Part.OFFERINGS, _("Name at least one moment at which one can still start."))]


def _of_itself(programme: Programme) -> Iterator[Missing]:
    levels = LEVELS_OF.get(programme.type)
    if levels is not None and programme.level not in levels:
        yield Missing(ListingTask.WHAT, _("This level does not go with this kind of programme."))
    if programme.type is ProgrammeType.MBO_DIPLOMA and programme.code_kind != "crebo":
        yield Missing(ListingTask.WHAT, _("An mbo diploma has a crebo: five digits."))
    if not programme.duration_months and levels is not None:
        yield Missing(ListingTask.WHAT, _("Say how many months it takes."))
    if not programme.fields:
        yield Missing(ListingTask.WHAT, _("Choose at least one field."))
    if len(programme.description_nl) < SHORTEST_TEXT:
        yield Missing(ListingTask.TEXT, _("Tell in at least %(number)s characters what one learns.", number=SHORTEST_TEXT))
    if not programme.skills:
        yield Missing(ListingTask.SKILLS, _("Choose at least one skill that it teaches."))
    if not programme.admission_nl:
        yield Missing(ListingTask.ADMISSION, _("Say who is admitted."))
    if not (programme.url or programme.source_url):
        yield Missing(ListingTask.ADMISSION, _("Give the address of your own page about it."))


def _of_offerings(programme: Programme, today: date) -> Iterator[Missing]:
    alive = [one for one in programme.offerings if one.status not in _OVER]
    if not alive:
        yield Missing(Part.OFFERINGS, _("Name at least one way and place in which one can follow it."))
    for offering in alive:
        yield from missing_of_offering(offering, today)
