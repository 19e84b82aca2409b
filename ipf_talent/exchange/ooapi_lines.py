"""One programme or course of OOAPI, with one of its offerings, as a line; whatever form its values have."""

from collections.abc import Callable, Mapping
from typing import Any

from ipf_talent.errors import DomainError
from ipf_talent.exchange import faults
from ipf_talent.exchange.cells import FIELDS, tidy
from ipf_talent.exchange.columns import BY_FIELD
from ipf_talent.exchange.faults import Refusal
from ipf_talent.exchange.kinds import Part, Refused
from ipf_talent.exchange.listings import Line, Values
from ipf_talent.exchange.ooapi_words import (
    CONSUMER,
    LANGUAGES,
    LEVELS,
    MODES_HIGHER,
    MODES_MBO,
    TYPE_OF_LEVEL,
    TYPES,
    days,
    language_texts,
    months,
    one_of,
)  # fmt: skip
from ipf_talent.exchange.reading import line_of
from ipf_talent.programmes.field_values import INTAKE_FIELDS, OFFERING_FIELDS
from ipf_talent.programmes.levels import Level, Mode, ProgrammeType
from ipf_talent.uploads import Wrong

Json = Mapping[str, Any]


def rows(value: Any) -> list[Any]:
    """A list, whatever stands there."""
    return value if isinstance(value, list) else []


def own_part(thing: Json) -> Json:
    """What we wrote into it ourselves."""
    if CONSUMER in thing:
        mine: Json = thing[CONSUMER]
        return mine
    one = thing.get("consumer")
    consumers = [*rows(thing.get("consumers")), *([one] if isinstance(one, dict) else [])]
    return next((one for one in consumers if isinstance(one, dict) and one.get("consumerKey") == CONSUMER), {})


def _consumer(thing: Json, key: str) -> Json:
    return next((one for one in rows(thing.get("consumers")) if isinstance(one, dict) and one.get("consumerKey") == key), {})


def ident(thing: Json) -> str:
    """The identifier of a programme or course."""
    return str(thing.get("programmeId") or thing.get("programId") or thing.get("courseId") or "")


class LineReader:
    """Reads one programme with one of its offerings, and collects what is wrong with them."""

    def __init__(self, row: int) -> None:
        self.row = row
        self.refused: list[Refusal] = []
        self.values: dict[Part, Values] = {part: {} for part in Part}

    def line(self, thing: Json, offering: Json) -> Line:
        own = own_part(thing)
        if isinstance(own.get("listing"), str):
            self.values[Part.KEY]["listing"] = own["listing"][:80]
        self._programme(thing, own)
        if offering:
            self._offering(thing, offering)
        elif thing.get("modeOfStudy") and not own:
            self._place_and_mode(thing, thing, {})
        line = line_of(self.row, self.values)
        number = ident(thing)
        if not (line.listing or number or line.programme.get("code") or line.programme.get("title_nl")):
            self.refused.append(Refusal(self.row, "title_nl", Refused.NO_NAME))
        if line.mode is None and (line.place or line.offering or line.has_start):
            self.refused.append(Refusal(self.row, "mode", Refused.NO_MODE))
        return Line(**{**line.__dict__, "ident": number.lower()})

    def put(self, part: Part, field: str, value: Any, readers: Mapping[str, Callable[[Any], Any]]) -> None:
        """Take over a value, unless it says nothing or cannot be."""
        if value is None or value in ("", []):
            return
        try:
            self.values[part][field] = readers[field](tidy(value) if isinstance(value, str) else value)
        except DomainError:
            self.refused.append(Refusal(self.row, BY_FIELD[part, field].name, Refused.FILE, {"wrong": Wrong.ODD_SIGN.value}))
        except (ValueError, TypeError):
            self.refused.append(faults.of_value(self.row, BY_FIELD[part, field].name, str(value)))

    def _programme(self, thing: Json, own: Json) -> None:
        level = self._level(thing, own)
        values: dict[str, Any] = {"level": level, "type": self._type(thing, own, level), "code": _code(thing)}
        values["duration_months"] = months(thing.get("duration"))
        for name, theirs in (("title", "name"), ("description", "description"), ("admission", "admissionRequirements")):
            for language, said in language_texts(thing.get(theirs)).items():
                if name == "title" or said != values.get(
                    f"title_{language}"
                ):  # a text is needed there, so who has none repeats the name
                    values[f"{name}_{language}"] = said
        if "title_nl" not in values and "title_en" in values:
            values["title_nl"] = values["title_en"]
        spoken = thing.get("teachingLanguages") or own.get("languages") or [thing.get("teachingLanguage")]
        values["languages"] = [LANGUAGES.get(str(one)[:3].rstrip("-"), str(one)) for one in rows(spoken) if one]
        for load in rows(thing.get("studyLoad")) or [thing.get("studyLoad")]:
            if isinstance(load, dict) and load.get("studyLoadUnit") in ("ects", "sbu"):
                values["credits_ects" if load["studyLoadUnit"] == "ects" else "sbu"] = _whole(load.get("value"))
        values["url"] = thing.get("link")
        values |= {"careers_nl": own.get("careersNl"), "careers_en": own.get("careersEn")}
        values["sbu"] = own.get("sbu") or values.get("sbu")
        values |= {name: rows(own.get(name)) for name in ("fields", "skills", "electives")}
        for field, value in values.items():
            self.put(Part.PROGRAMME, field, value, FIELDS[Part.PROGRAMME])

    def _level(self, thing: Json, own: Json) -> Any:
        if isinstance(own.get("level"), str):
            return own["level"]
        said = str(thing.get("level") or "").strip().lower().replace("_", " ")
        if said == "bachelor":
            return Level.WO_BACHELOR if thing.get("sector") == "university education" else Level.HBO_BACHELOR
        return LEVELS.get(said) or (said or None)

    def _type(self, thing: Json, own: Json, level: Any) -> Any:
        if isinstance(own.get("type"), str):
            return own["type"]
        if "courseId" in thing:
            code = _code(thing) or ""
            return ProgrammeType.ELECTIVE if code.startswith("K") and code[1:].isdigit() else ProgrammeType.COURSE
        said = TYPES.get(str(thing.get("programmeType") or thing.get("programType") or ""))
        return said or TYPES.get(str(thing.get("formalDocument") or "")) or TYPE_OF_LEVEL.get(level)

    def _offering(self, thing: Json, offering: Json) -> None:
        own = own_part(offering)
        self._place_and_mode(thing, offering, own)
        for field, name in (("school_days", "schoolDays"), ("work_days", "workDays"), ("costs_note_nl", "costsNoteNl"),
                            ("costs_note_en", "costsNoteEn"), ("url", "offeringUrl")):  # fmt: skip
            self.put(Part.OFFERING, field, own.get(name), OFFERING_FIELDS)
        self.put(Part.OFFERING, "costs_eur", own.get("costsEur", _price(offering)), OFFERING_FIELDS)
        start = offering.get("startDateTime") or offering.get("startDate") or own.get("startsOn")
        if start is None and not own.get("anyTime"):
            return
        self.values[Part.INTAKE]["starts_on"] = None
        self.put(Part.INTAKE, "starts_on", days(start), INTAKE_FIELDS)
        periods = [one for one in rows(offering.get("enrolmentPeriods")) if isinstance(one, dict)]
        period: Json = periods[0] if periods else {}
        self.put(Part.INTAKE, "apply_from", days(period.get("startDateTime") or offering.get("enrollStartDate")), INTAKE_FIELDS)
        self.put(Part.INTAKE, "apply_until", days(period.get("endDateTime") or offering.get("enrollEndDate")), INTAKE_FIELDS)
        self.put(Part.INTAKE, "capacity", _whole(offering.get("maxNumberStudents", own.get("capacity"))), INTAKE_FIELDS)
        self.put(Part.INTAKE, "url", period.get("enrolmentUrl") or offering.get("link") or own.get("url"), INTAKE_FIELDS)
        self.put(Part.INTAKE, "channel", own.get("channel"), INTAKE_FIELDS)
        self.put(Part.INTAKE, "apply_from", own.get("applyFrom"), INTAKE_FIELDS)
        self.put(Part.INTAKE, "apply_until", own.get("applyUntil"), INTAKE_FIELDS)
        self._truths(offering, own)

    def _truths(self, offering: Json, own: Json) -> None:
        asked = {"yes": True, "True": True, "no": False, "False": False}.get(
            str(_consumer(offering, "rio").get("requiredPermissionRegistration"))
        )
        permission = own.get("permissionNeeded", asked)
        for field, value in (("permission_needed", permission), ("numerus_fixus", own.get("numerusFixus"))):
            if isinstance(value, bool):
                self.values[Part.INTAKE][field] = value

    def _place_and_mode(self, thing: Json, offering: Json, own: Json) -> None:
        city = own.get("place") or _city(offering) or _city(thing)
        if city:
            self.values[Part.OFFERING]["place"] = str(city)[:80]
        level = self.values[Part.PROGRAMME].get("level")
        is_mbo = level in (Level.MBO_1, Level.MBO_2, Level.MBO_3, Level.MBO_4)
        said = str(offering.get("modeOfStudy") or thing.get("modeOfStudy") or "full-time").replace("_", "-").replace(" ", "-")
        mode = own.get("mode") or (MODES_MBO if is_mbo else MODES_HIGHER).get(said)
        if one_of(Mode, mode):
            self.values[Part.OFFERING]["mode"] = Mode(str(mode))


def _code(thing: Json) -> str | None:
    """The crebo or croho number, else the identifier that the school itself gives, where that is one of ours in form."""
    entries = [thing.get("primaryCode"), *rows(thing.get("otherCodes"))]
    codes = {str(one.get("codeType")): str(one.get("code") or "") for one in reversed(entries) if isinstance(one, dict)}
    for kind in ("crohoCreboCode", "x-crebo", "programme_code", "programCode", "programmeCode", "identifier"):
        code = codes.get(kind, "").strip().upper()
        if code and len(code) <= 12 and all(sign.isascii() and (sign.isalnum() or sign == "-") for sign in code):
            return code
    return None


def _city(thing: Json) -> str:
    addresses = [one for one in rows(thing.get("addresses")) if isinstance(one, dict) and one.get("city")]
    teaching = [one for one in addresses if one.get("addressType") == "teaching"]
    return str((teaching or addresses or [{}])[0].get("city") or "")


def _price(offering: Json) -> Any:
    for one in rows(offering.get("priceInformation")):
        if isinstance(one, dict) and one.get("costType") == "total_costs":
            return str(one.get("amount") or "").partition(".")[0] or None
    return None


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value
