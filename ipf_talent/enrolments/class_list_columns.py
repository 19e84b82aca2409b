"""The columns of a class list: their names, which are needed, which must not come here, and what can be wrong in a row. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ipf_talent.i18n import lazy
from ipf_talent.uploads.faults import WORDS, Wrong


class Column(StrEnum):
    """What a class list can say of a student."""

    NUMBER = "number"
    NAME = "name"
    EMAIL = "email"
    PROGRAMME = "programme"
    YEAR = "year"
    CLASS = "class"
    COHORT = "cohort"
    MINOR_UNTIL = "minor_until"
    TRAVEL_KM = "travel_km"


COLUMN_LABELS = {
    Column.NUMBER: lazy("Student number"),
    Column.NAME: lazy("Name"),
    Column.EMAIL: lazy("E-mail address"),
    Column.PROGRAMME: lazy("Programme"),
    Column.YEAR: lazy("Year of study"),
    Column.CLASS: lazy("Class"),
    Column.COHORT: lazy("Cohort"),
    Column.MINOR_UNTIL: lazy("Turns 18 on"),
    Column.TRAVEL_KM: lazy("Travels at most (km)"),
}
NEEDED = (Column.NUMBER, Column.NAME, Column.EMAIL, Column.PROGRAMME, Column.CLASS)
HEADERS: Mapping[Column, tuple[str, ...]] = {
    Column.NUMBER: (
        "number", "student number", "studentnummer", "leerlingnummer", "deelnemernummer", "nummer", "student id", "studentnr",
        "leerlingnr", "studintnûmer", "learlingnûmer", "nûmer",
    ),
    Column.NAME: (
        "name", "student", "full name", "naam", "volledige naam", "naam student", "naam leerling", "namme", "folsleine namme",
    ),
    Column.EMAIL: ("e-mail", "e-mail address", "mail", "e-mailadres", "mailadres", "e-mailadres student", "schoolmail"),
    Column.PROGRAMME: (
        "programme", "program", "programme code", "opleiding", "opleidingscode", "opleidingsnaam", "crebo", "crebocode", "croho",
        "oplieding", "opliedingskoade",
    ),
    Column.YEAR: ("year", "year of study", "leerjaar", "studiejaar", "jaar", "learjier", "stúdzjejier", "jier"),
    Column.CLASS: ("class", "group", "klas", "groep", "klasse", "klasnaam", "lesgroep", "stamgroep"),
    Column.COHORT: ("cohort", "start year", "startjaar", "cohortjaar", "kohort", "startjier"),
    Column.MINOR_UNTIL: (
        "turns 18 on", "18 on", "wordt 18 op", "18 op", "18 jaar op", "achttien op", "wurdt 18 op", "wurdt achttjin op",
    ),
    Column.TRAVEL_KM: (
        "travel km", "travels at most km", "travel distance", "reisafstand", "reisafstand km", "max reisafstand", "km",
        "reisôfstân", "reisôfstân km",
    ),
}  # fmt: skip
"""The names that a column can have, in Dutch, Frisian and English; case, accents and signs do not count."""

FORBIDDEN = (
    "bsn", "burgerservicenummer", "boargerservicenûmer", "sofinummer", "sofi", "onderwijsnummer", "ûnderwiisnûmer", "pgn",
    "persoonsgebonden nummer", "eck id", "eckid", "geboortedatum", "bertedatum", "date of birth", "birth date", "geboorteland",
    "geboorteplaats", "nationaliteit", "nasjonaliteit", "nationality", "geslacht", "gender", "religie", "godsdienst",
)  # fmt: skip
"""Columns that must not come here (R17): a file with one of them is refused as a whole."""


class Why(StrEnum):
    """What can be wrong with one row."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    BSN = "bsn"
    EMAIL = "email"
    NOT_EXAMPLE = "not_example"
    YEAR = "year"
    COHORT = "cohort"
    DAY = "day"
    UNDER_16 = "under_16"
    TRAVEL = "travel"
    TWICE = "twice"
    TAKEN = "taken"
    NO_PROGRAMME = "no_programme"
    TWO_PROGRAMMES = "two_programmes"
    SHAPE = "shape"
    """What is wrong with the row as such, in the words of the upload."""


WHY = {
    Why.MISSING: lazy("This cell is empty."),
    Why.TOO_LONG: lazy("At most %(most)s characters."),
    Why.BSN: lazy(
        "This looks like a BSN. We take none and did not keep it. Use the number that your school gave, with a letter if need be."
    ),
    Why.EMAIL: lazy("“%(found)s” is no e-mail address."),
    Why.NOT_EXAMPLE: lazy("In this example school an address has to end in .example, so that no mail reaches real people."),
    Why.YEAR: lazy("“%(found)s” is no year of study: 1 to 8."),
    Why.COHORT: lazy("“%(found)s” is no cohort: 2026 or 2026-2027."),
    Why.DAY: lazy("“%(found)s” is no day: write 31-12-2026."),
    Why.UNDER_16: lazy("This student is under 16 today. An account is for people from 16 on."),
    Why.TRAVEL: lazy("“%(found)s” is no number of kilometres: 1 to 500."),
    Why.TWICE: lazy("This stands in row %(rows)s too. We cannot know which one is right."),
    Why.TAKEN: lazy("Student %(number)s has this address already."),
    Why.NO_PROGRAMME: lazy("We know no programme “%(found)s” of your school: write its code, its name or its address here."),
    Why.TWO_PROGRAMMES: lazy("Your school has more than one programme “%(found)s”: write its address here, such as %(one)s."),
}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in a row; `column` is empty where it is the row itself."""

    column: str
    why: Why
    values: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """What is wrong, in the reader's language."""
        if self.why is Why.SHAPE:
            return str(WORDS[Wrong(str(self.values["wrong"]))]) % self.values
        return str(WHY[self.why]) % self.values

    @property
    def label(self) -> str:
        """The column, in the reader's language."""
        return str(COLUMN_LABELS[Column(self.column)]) if self.column else ""
