"""The pages on which a school writes a listing: one thing each, in the order in which one fills them in."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from ipf_talent.i18n import lazy


class ListingTask(StrEnum):
    """One page of a listing."""

    WHAT = "what"
    TEXT = "text"
    ADMISSION = "admission"
    SKILLS = "skills"
    ELECTIVES = "electives"
    TRANSLATION = "translation"


class Part(StrEnum):
    """A part of a listing with pages of its own."""

    OFFERINGS = "offerings"
    OPEN_DAYS = "open_days"
    EDGES = "edges"


class Missing(NamedTuple):
    """What a reader must know and does not find yet."""

    page: ListingTask | Part
    message: str


OPTIONAL = frozenset({ListingTask.ELECTIVES, ListingTask.TRANSLATION})
GROUPS: Mapping[Any, tuple[ListingTask | Part, ...]] = {
    lazy("The programme"): (ListingTask.WHAT, ListingTask.TEXT, ListingTask.SKILLS, ListingTask.ADMISSION),
    lazy("Where and when"): (Part.OFFERINGS, Part.OPEN_DAYS),
    lazy("If you like"): (ListingTask.ELECTIVES, Part.EDGES, ListingTask.TRANSLATION),
}
LABELS = {
    ListingTask.WHAT: lazy("Name, level and length"),
    ListingTask.TEXT: lazy("The text"),
    ListingTask.SKILLS: lazy("Skills it teaches"),
    ListingTask.ADMISSION: lazy("Admission and web page"),
    Part.OFFERINGS: lazy("Ways, places and starts"),
    Part.OPEN_DAYS: lazy("Open days"),
    ListingTask.ELECTIVES: lazy("Elective modules"),
    Part.EDGES: lazy("What leads here and onwards"),
    ListingTask.TRANSLATION: lazy("In English"),
}


def following(task: ListingTask) -> ListingTask | None:
    """The next page in the order of filling in; None after the last one of the text."""
    order = (ListingTask.WHAT, ListingTask.TEXT, ListingTask.SKILLS, ListingTask.ADMISSION)
    place = order.index(task) + 1 if task in order else len(order)
    return order[place] if place < len(order) else None


_NAMES_OF_PROGRAMME = {
    "title_nl": lazy("Name, in Dutch"),
    "title_en": lazy("Name, in English"),
    "type": lazy("Kind"),
    "level": lazy("Level"),
    "code": lazy("Code"),
    "credits_ects": lazy("Study credits (EC)"),
    "sbu": lazy("Hours of study (SBU)"),
    "duration_months": lazy("Length in months"),
    "languages": lazy("Languages in which it is taught"),
    "description_nl": lazy("What does one learn?"),
    "description_en": lazy("What does one learn? (in English)"),
    "admission_nl": lazy("Who is admitted?"),
    "admission_en": lazy("Who is admitted? (in English)"),
    "careers_nl": lazy("What can one become?"),
    "careers_en": lazy("What can one become? (in English)"),
    "track": lazy("Track"),
    "standing": lazy("Standing"),
    "url": lazy("Your own page about it"),
    "fields": lazy("Field"),
    "skills": lazy("Skills it teaches"),
    "electives": lazy("Elective modules"),
}
_NAMES_OF_OFFERING = {
    "school_days": lazy("Days a week at school"),
    "work_days": lazy("Days a week at a company"),
    "costs_eur": lazy("Costs a year, in euro"),
    "costs_note_nl": lazy("What the costs are, in Dutch"),
    "costs_note_en": lazy("What the costs are, in English"),
    "url": lazy("Page about this way and place"),
}
_NAMES_OF_INTAKE = {
    "starts_on": lazy("First day"),
    "apply_from": lazy("Apply from"),
    "apply_until": lazy("Apply until"),
    "channel": lazy("Where does one apply?"),
    "url": lazy("Address where one applies"),
    "capacity": lazy("Number of places"),
    "numerus_fixus": lazy("Fixed number of places (numerus fixus)"),
    "permission_needed": lazy("Permission needed"),
}
FIELD_NAMES: Mapping[str, Mapping[str, Any]] = {
    "edit_listing": _NAMES_OF_PROGRAMME,
    "edit_offering": _NAMES_OF_OFFERING,
    "edit_intake": _NAMES_OF_INTAKE,
}
"""By deed, how the forms call the fields of which the audit trail speaks."""
DEEDS = {
    "create_listing": lazy("Begun"),
    "edit_listing": lazy("Changed"),
    "create_offering": lazy("A way and place added"),
    "edit_offering": lazy("A way and place changed"),
    "edit_intake": lazy("A start changed"),
    "cancel_intake": lazy("A start cancelled"),
    "restore_intake": lazy("A start takes place again"),
    "strike_skill": lazy("Skills left out"),
    "check_listing": lazy("Checked: still true"),
    "edit_edge": lazy("A rule changed"),
    "remove_edge": lazy("A rule taken away"),
    "remove_listing": lazy("A draft taken away"),
    "submit_programme": lazy("Handed in"),
    "withdraw_programme": lazy("Taken back"),
    "return_programme": lazy("Given back to be mended"),
    "publish_programme": lazy("Published"),
    "rest_programme": lazy("Not shown for now"),
    "resume_programme": lazy("Shown again"),
    "archive_programme": lazy("Archived"),
    "cancel_programme": lazy("Cancelled"),
    "submit_offering": lazy("A way and place handed in"),
    "withdraw_offering": lazy("A way and place taken back"),
    "return_offering": lazy("A way and place given back"),
    "publish_offering": lazy("A way and place published"),
    "rest_offering": lazy("A way and place not shown for now"),
    "resume_offering": lazy("A way and place shown again"),
    "archive_offering": lazy("A way and place archived"),
    "cancel_offering": lazy("A way and place cancelled"),
}
"""What the audit trail calls a deed, in words."""
