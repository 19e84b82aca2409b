"""The states of an import, what it does with a row, and why a row is refused."""

from enum import StrEnum

from ipf_talent.i18n import lazy


class Format(StrEnum):
    """What a file is."""

    CSV = "csv"
    XLSX = "xlsx"
    OOAPI_5 = "ooapi5"
    OOAPI_6 = "ooapi6"


class RunStatus(StrEnum):
    """Where an import stands."""

    SPOILT = "spoilt"
    """The file as a whole cannot be used."""
    HELD = "held"
    """It holds far fewer rows than the one before it; a second person looks first."""
    READY = "ready"
    """Somebody can look at what it would do, and do it."""
    APPLYING = "applying"
    APPLIED = "applied"
    DISCARDED = "discarded"


class Deed(StrEnum):
    """What an import does with a row."""

    ADDED = "added"
    CHANGED = "changed"
    LEFT = "left"
    REFUSED = "refused"


class Part(StrEnum):
    """What a column belongs to."""

    KEY = "key"
    PROGRAMME = "programme"
    OFFERING = "offering"
    INTAKE = "intake"
    TOLD = "told"
    """Only for reading; an import passes it over."""


class Note(StrEnum):
    """Why something of a row stays as it is, beside fields that people edited."""

    PROGRAMME_CLOSED = "programme_closed"
    OFFERING_CLOSED = "offering_closed"
    INTAKE_CANCELLED = "intake_cancelled"
    LIVE = "live"
    """What it changes is published, so everyone sees it as soon as the file is applied."""
    WEIGHTY = "weighty"
    """It changes what a published listing is; a second person looks first."""


class Hold(StrEnum):
    """Why a file waits for a second person."""

    SHRINKS = "shrinks"
    WEIGHTY = "weighty"


class Refused(StrEnum):
    """Why a row, or a whole file, is not taken."""

    FILE = "file"
    """What the reader of files found; `wrong` says which."""
    VALUE = "value"
    """The reader of the column says why."""
    NEEDED = "needed"
    NO_NAME = "no_name"
    UNKNOWN_LISTING = "unknown_listing"
    SEVERAL = "several"
    UNKNOWN_PLACE = "unknown_place"
    NO_MODE = "no_mode"
    NO_START = "no_start"
    TWICE = "twice"
    SAME_CODE = "same_code"
    LEVEL = "level"
    MODE = "mode"
    UNKNOWN_SKILL = "unknown_skill"
    SEVERAL_SKILLS = "several_skills"
    UNKNOWN_ELECTIVE = "unknown_elective"
    SEVERAL_ELECTIVES = "several_electives"
    CONTRADICTS = "contradicts"
    WEEK = "week"
    APPLY_ORDER = "apply_order"
    APPLY_LATE = "apply_late"
    NO_COLUMN = "no_column"
    NO_JSON = "no_json"
    NO_PROGRAMMES = "no_programmes"
    NO_ROWS = "no_rows"
    TOO_MANY = "too_many"


FORMAT_LABELS = {
    Format.CSV: lazy("CSV"),
    Format.XLSX: lazy("Excel (XLSX)"),
    Format.OOAPI_5: lazy("OOAPI 5"),
    Format.OOAPI_6: lazy("OOAPI 6"),
}
STATUS_LABELS = {
    RunStatus.SPOILT: lazy("Cannot be read"),
    RunStatus.HELD: lazy("Waits for a second person"),
    RunStatus.READY: lazy("Ready to apply"),
    RunStatus.APPLYING: lazy("Being applied"),
    RunStatus.APPLIED: lazy("Applied"),
    RunStatus.DISCARDED: lazy("Removed"),
}
STANDING_LABELS = {
    **{status.value: label for status, label in STATUS_LABELS.items()},
    "nothing": lazy("Nothing to apply"),
    "all_refused": lazy("All rows refused"),
}
"""How a run is called: of one that is ready also whether it would do anything."""
AHEAD_LABELS = {
    Deed.ADDED: lazy("New (import)"),
    Deed.CHANGED: lazy("Will change"),
    Deed.LEFT: lazy("Stays as it is"),
    Deed.REFUSED: lazy("Will be refused"),
}
"""What would happen with a row, before it did."""
DEED_LABELS = {
    Deed.ADDED: lazy("Added"),
    Deed.CHANGED: lazy("Changed"),
    Deed.LEFT: lazy("Left as it is"),
    Deed.REFUSED: lazy("Refused"),
}
PART_LABELS = {
    Part.PROGRAMME: lazy("programme"),
    Part.OFFERING: lazy("place and mode"),
    Part.INTAKE: lazy("moment of start"),
}
NOTE_WORDS = {
    Note.PROGRAMME_CLOSED: lazy("The programme is archived or cancelled; an import does not change that."),
    Note.OFFERING_CLOSED: lazy("This place and mode is archived or cancelled; an import does not change that."),
    Note.INTAKE_CANCELLED: lazy("This start is cancelled; an import does not change that."),
    Note.LIVE: lazy("This is published: everyone sees the change as soon as the file is applied."),
    Note.WEIGHTY: lazy("This changes the type, level, code or admission of a published listing, so a second person looks first."),
}
REFUSED_WORDS = {
    Refused.NEEDED: lazy("A new programme needs this."),
    Refused.NO_NAME: lazy("The row does not say which programme it is about: it has no listing, code or title."),
    Refused.UNKNOWN_LISTING: lazy("Your school has no listing “%(found)s”. Leave the cell empty for a new programme."),
    Refused.SEVERAL: lazy("Your school has %(number)s programmes with “%(found)s”. Say in the column for the listing which one."),
    Refused.UNKNOWN_PLACE: lazy("We do not know the place “%(found)s”. Write the name of the town."),
    Refused.NO_MODE: lazy("The row tells of a place, days or costs, but not in which mode, such as bol or bbl."),
    Refused.NO_START: lazy("The row tells of applying, but not when one starts. Write a date, or “any”."),
    Refused.TWICE: lazy("The same programme, place, mode and start stand in row %(other)s too."),
    Refused.SAME_CODE: lazy(
        "The code %(code)s stands here under two names: “%(found)s” in row %(other)s. None of these rows is taken, since nobody "
        "can tell which is right."
    ),
    Refused.LEVEL: lazy("This level does not go with this kind of programme."),
    Refused.MODE: lazy("This way does not go with this kind of programme."),
    Refused.UNKNOWN_SKILL: lazy("We do not know the skill “%(found)s”. Write it as the list of skills here does."),
    Refused.SEVERAL_SKILLS: lazy("“%(found)s” can mean more than one skill. Write which one: %(several)s."),
    Refused.UNKNOWN_ELECTIVE: lazy("Your school has no elective module “%(found)s” here. Add the module first."),
    Refused.SEVERAL_ELECTIVES: lazy("Your school has more than one elective module “%(found)s”. Write which one: %(several)s."),
    Refused.CONTRADICTS: lazy("Row %(other)s says something else here about the same programme: “%(found)s”."),
    Refused.WEEK: lazy("School days and work days together are more than seven."),
    Refused.APPLY_ORDER: lazy("The last day to apply lies before the first."),
    Refused.APPLY_LATE: lazy("The last day to apply lies after the start."),
    Refused.NO_COLUMN: lazy(
        "We know none of the names in the first row. The first row has to name the columns, as our template does."
    ),
    Refused.NO_JSON: lazy("This is not a whole JSON file."),
    Refused.NO_PROGRAMMES: lazy("This JSON holds no programmes or courses in the form of OOAPI 5 or 6."),
    Refused.NO_ROWS: lazy("There are no rows under the column names."),
    Refused.TOO_MANY: lazy("The file has more than %(most)s rows. Divide it and send the parts one by one."),
}
