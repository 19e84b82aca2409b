"""The columns of a file with listings: their names in each language, what belongs in them, and how a cell is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ipf_talent.exchange import cells, wording
from ipf_talent.exchange.cells import Reader
from ipf_talent.exchange.kinds import Part
from ipf_talent.exchange.wording import plain
from ipf_talent.i18n import lazy
from ipf_talent.programmes.field_values import INTAKE_FIELDS, OFFERING_FIELDS, PROGRAMME_FIELDS, RANGES
from ipf_talent.programmes.filters import LANGUAGE_LABELS
from ipf_talent.programmes.levels import Level, Mode, ProgrammeType
from ipf_talent.programmes.listing import Channel
from ipf_talent.skills.fields import Field


@dataclass(frozen=True)
class Column:
    """
    One column.

    Attributes:
        name: how it is called in any file, whatever the language.
        field: the field of `programmes.editing` that it fills.
        labels: how it is called in Dutch, Frisian and English.
        also: further names under which schools have it.
        about: what belongs in it.
        sample: what a cell can look like.
    """

    name: str
    part: Part
    field: str
    labels: str
    about: Any
    read: Reader
    sample: str = ""
    also: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    many: bool = False
    """A cell can hold several of the choices."""

    @property
    def names(self) -> list[str]:
        """Its name in nl, fy and en."""
        return self.labels.split(" | ")

    def label(self, language: str) -> str:
        """Its name in nl, fy or en."""
        return self.names[("nl", "fy", "en").index(language)]


def _p(name: str, labels: str, about: Any, sample: str = "", **more: Any) -> Column:
    field = more.pop("field", name)
    read = more.pop("read", None) or (cells.number if field in RANGES else cells.field)(PROGRAMME_FIELDS, field)
    return Column(name, Part.PROGRAMME, field, labels, about, read, sample, **more)


def _o(name: str, labels: str, about: Any, sample: str = "", **more: Any) -> Column:
    field = more.pop("field", name)
    read = more.pop("read", None) or (cells.number if field in RANGES else cells.field)(OFFERING_FIELDS, field)
    return Column(name, Part.OFFERING, field, labels, about, read, sample, **more)


def _i(name: str, labels: str, about: Any, sample: str = "", **more: Any) -> Column:
    field = more.pop("field", name)
    read = more.pop("read", None) or (cells.number if field in RANGES else cells.field)(INTAKE_FIELDS, field)
    return Column(name, Part.INTAKE, field, labels, about, read, sample, **more)


_TYPES = tuple(one.value for one in ProgrammeType)
_LEVELS = tuple(one.value for one in Level)
_MODES = tuple(one.value for one in Mode)
_FIELDS = tuple(one.value for one in Field)
_CHANNELS = tuple(one.value for one in Channel)
_ENGLISH = lazy("The same in English.")

COLUMNS = (
    Column(
        "listing", Part.KEY, "listing", "Vermelding | Fermelding | Listing",
        lazy("Our name for the programme, as an export writes it. Empty: found by its code, else by its title, else new."),
        cells.address, "", ("slug",),
    ),
    _p("title_nl", "Naam | Namme | Title", lazy("Needed for a new programme."), "Mechatronica",
       also=("titel", "title", "name", "opleiding", "naam opleiding", "programme")),
    _p("title_en", "Naam (Engels) | Namme (Ingelsk) | Title (English)", _ENGLISH, "Mechatronics", also=("titel engels",)),
    _p("type", "Soort | Soarte | Type", lazy("Needed for a new programme."), "mbo_diploma", choices=_TYPES,
       read=cells.choice(PROGRAMME_FIELDS, "type", ProgrammeType, wording.TYPES), also=("soort opleiding",)),
    _p("level", "Niveau | Nivo | Level", lazy("Needed for a new programme."), "mbo_4", choices=_LEVELS,
       read=cells.choice(PROGRAMME_FIELDS, "level", Level, wording.LEVELS)),
    _p("code", "Code | Koade | Code", lazy("Crebo, croho or the code of an elective module."), "25744",
       also=("crebo", "crebocode", "croho", "opleidingscode", "programme code")),
    _p("duration_months", "Duur (maanden) | Doer (moannen) | Duration (months)", lazy("A whole number."), "48", also=("duur",)),
    _p("credits_ects", "Studiepunten (ec) | Stúdzjepunten (ec) | Credits (ects)", lazy("A whole number; hbo and university."), "",
       also=("ec", "ects")),
    _p("sbu", "Studielast (sbu) | Stúdzjelêst (sbu) | Study load (sbu)", lazy("A whole number of hours; mbo."), "6400"),
    _p("languages", "Talen | Talen | Languages", lazy("nl, fy, en or de; several with a semicolon between them."), "nl;en",
       read=cells.several("languages", LANGUAGE_LABELS, wording.LANGUAGES), also=("taal", "voertaal", "language")),
    _p("fields", "Vakgebieden | Fakgebieten | Fields", lazy("At least one to be published; several with a semicolon between them."),
       "mechatronics;automation", choices=_FIELDS, many=True, read=cells.several("fields", Field, wording.FIELDS),
       also=("vakgebied", "fakgebiet", "field")),
    _p("skills", "Vaardigheden | Feardichheden | Skills",
       lazy("What it teaches, at least one to be published: names as this platform calls them in Dutch, Frisian or English, with a "
            "semicolon between them. The cell holds all of them: a skill that is not in it goes."),
       "PLC-programmeren;pneumatiek", read=cells.listed, also=("vaardigheid", "feardichheid", "skill")),
    _p("electives", "Keuzedelen | Karfakken | Elective modules",
       lazy("Modules of your school that one can take in it: codes, names or listings, with a semicolon between them. The modules "
            "stand here already."),
       "K0165;K0205", read=cells.listed, also=("keuzedeel", "karfak")),
    _p("description_nl", "Omschrijving | Omskriuwing | Description", lazy("What one learns; several lines may stand in a cell."),
       "Je leert machines ontwerpen en bouwen.", also=("beschrijving",)),
    _p("description_en", "Omschrijving (Engels) | Omskriuwing (Ingelsk) | Description (English)", _ENGLISH),
    _p("admission_nl", "Toelating | Talitting | Admission", lazy("Who can begin."), "Vmbo kader, gl of tl.",
       also=("toelatingseisen",)),
    _p("admission_en", "Toelating (Engels) | Talitting (Ingelsk) | Admission (English)", _ENGLISH),
    _p("careers_nl", "Beroepen | Beroppen | Careers", lazy("What one can become."), "Mechatronicus"),
    _p("careers_en", "Beroepen (Engels) | Beroppen (Ingelsk) | Careers (English)", _ENGLISH),
    _p("programme_url", "Webpagina | Webside | Web page", lazy("The school's own page, beginning with https://."),
       "https://school.example/mechatronica", field="url", also=("url", "website", "link")),
    Column("place", Part.OFFERING, "place", "Plaats | Plak | Place", lazy("The town. Empty: no place is named."), cells.taken,
           "Drachten",
           ("locatie", "stad", "vestiging", "vestigingsplaats", "location", "town")),
    Column("mode", Part.OFFERING, "mode", "Leerweg of vorm | Learwei of foarm | Mode",
           lazy("Needed where the row tells of a place, days, costs or a start."), cells.mode, "bol", ("leerweg", "vorm",
           "variant"), _MODES),
    _o("school_days", "Schooldagen | Skoaldagen | School days", lazy("Days a week at school, 0 to 7."), "4"),
    _o("work_days", "Werkdagen | Wurkdagen | Work days", lazy("Days a week at a company, 0 to 7."), "1"),
    _o("costs_eur", "Kosten (euro) | Kosten (euro) | Costs (euro)", lazy("Whole euros a year, beside what the law asks."), "350",
       read=cells.money, also=("kosten",)),
    _o("costs_note_nl", "Toelichting kosten | Taljochting kosten | Note on costs", lazy("What the costs are for."), "Gereedschap"),
    _o("costs_note_en", "Toelichting kosten (Engels) | Taljochting kosten (Ingelsk) | Note on costs (English)", _ENGLISH),
    _o("offering_url", "Webpagina locatie | Webside lokaasje | Web page of the place", lazy("A page about this place and mode."),
       "",
       field="url"),
    Column("starts_on", Part.INTAKE, "starts_on", "Start | Start | Start",
           lazy("A date as 2027-09-01 or 1-9-2027, or “any” where one can start at any time. Empty: the row tells of no start."),
           cells.start,
           "2027-09-01", ("startdatum", "begindatum", "instroom", "start date")),
    _i("apply_from", "Aanmelden vanaf | Oanmelde fan ôf | Apply from", lazy("The first day to apply."), "2026-10-01",
       read=cells.day),
    _i("apply_until", "Aanmelden tot en met | Oanmelde oant en mei | Apply until", lazy("The last day to apply."), "2027-04-01",
       read=cells.day, also=("aanmelden tot", "aanmelden voor", "deadline")),
    _i("channel", "Aanmelden via | Oanmelde fia | Apply through", lazy("Where one applies."), "cambo", choices=_CHANNELS,
       read=cells.choice(INTAKE_FIELDS, "channel", Channel, wording.CHANNELS), also=("aanmeldkanaal", "kanaal")),
    _i("intake_url", "Webpagina aanmelden | Webside oanmelden | Web page to apply", lazy("Where the form stands."), "",
       field="url"),
    _i("capacity", "Aantal plekken | Tal plakken | Places", lazy("A whole number."), "24", also=("capaciteit", "plaatsen",
       "plekken")),
    _i("numerus_fixus", "Numerus fixus | Numerus fixus | Numerus fixus", lazy("Yes or no."), "", read=cells.truth),
    _i("permission_needed", "Toestemming nodig | Tastimming nedich | Permission needed", lazy("Yes or no."), "", read=cells.truth),
    Column("status", Part.TOLD, "status", "Status | Steat | Status",
           lazy("Only for reading. An import publishes nothing and withdraws nothing."), cells.taken),
)  # fmt: skip
BY_NAME: Mapping[str, Column] = {column.name: column for column in COLUMNS}
BY_FIELD: Mapping[tuple[Part, str], Column] = {(column.part, column.field): column for column in COLUMNS}


def _names() -> dict[str, Column]:
    found: dict[str, Column] = {}
    for column in COLUMNS:
        for name in (column.name, *column.names, *column.also):
            if found.setdefault(plain(name), column) is not column:
                raise ValueError(f"two columns are called {name}")
    return found


_BY_PLAIN = _names()


def column_called(name: str) -> Column | None:
    """The column with this name in any of the languages."""
    return _BY_PLAIN.get(plain(name))
