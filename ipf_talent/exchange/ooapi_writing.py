"""What a school lists as OOAPI 5 or 6: programmes and courses with their offerings, one for each start."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from ipf_talent.exchange.listings import Listed, Offer, Start, Where, at, day, ident_of
from ipf_talent.exchange.ooapi_words import (
    AWARDS,
    CONSUMER,
    COURSES,
    DOCUMENTS,
    LANGUAGE_WORDS,
    LEVEL_WORDS,
    MODE_WORDS,
    SECTORS,
    ZONE,
)  # fmt: skip
from ipf_talent.programmes.levels import NLQF, Level, ProgrammeType
from ipf_talent.programmes.listing import IntakeState, ListingStatus, intake_state

Json = dict[str, Any]
SPECIFICATION = {5: "https://openonderwijsapi.nl/v5/", 6: "https://openonderwijsapi.nl/v6.0/"}
STATES = {
    ListingStatus.PUBLISHED: "active", ListingStatus.INACTIVE: "inactive", ListingStatus.ARCHIVED: "inactive",
    ListingStatus.CANCELLED: "cancelled",
}  # fmt: skip
_LOCALES = {"nl": "nl-NL", "en": "en-GB"}


@dataclass(frozen=True)
class School:
    """Whose listings they are."""

    slug: str
    name: str

    @property
    def ident(self) -> str:
        """Its identifier in OOAPI."""
        return ident_of(f"organisation/{self.slug}")


def document(listed: Iterable[Listed], school: School, *, version: int, today: date) -> Json:
    """
    Everything in one object: the collections of the API beside each other, each as a list.

    Args:
        version: 5 or 6.
        today: decides whether one can apply.
    """
    writer = _Writer(school, version, today)
    rows = sorted(listed, key=lambda one: one.slug)
    programmes = [one for one in rows if _type(one) not in COURSES]
    courses = [one for one in rows if _type(one) in COURSES]
    names = ("programs", "offerings", "offerings") if version == 5 else ("programmes", "programmeOfferings", "courseOfferings")
    found: Json = {"service": {"specification": SPECIFICATION[version], "owner": school.name}}
    found |= {names[0]: [writer.programme(one) for one in programmes], "courses": [writer.course(one) for one in courses]}
    found[names[1]] = [made for one in programmes for made in writer.offerings(one)]
    found[names[2]] = [*found.get(names[2], ()), *(made for one in courses for made in writer.offerings(one))]
    return found


def _type(one: Listed) -> ProgrammeType:
    kind: ProgrammeType = one.values["type"]
    return kind


def _texts(values: Mapping[str, Any], name: str) -> list[Json]:
    return [
        {"language": locale, "value": values[f"{name}_{code}"]} for code, locale in _LOCALES.items() if values.get(f"{name}_{code}")
    ]


def _without_nothing(thing: Json) -> Json:
    return {name: value for name, value in thing.items() if value is not None and value not in ("", [])}


class _Writer:
    def __init__(self, school: School, version: int, today: date) -> None:
        self.school, self.version, self.today = school, version, today

    def programme(self, one: Listed) -> Json:
        """A programme; its form differs between the versions more in names than in content."""
        kind, values = _type(one), one.values
        modes = {mode for _place, mode in one.offers}
        award = AWARDS.get(kind, ("None", "none"))
        minor = "minor" if kind is ProgrammeType.MINOR else ""
        common = {**self._common(one), "modeOfStudy": self._word(MODE_WORDS[min(modes)]) if len(modes) == 1 else None}
        if self.version == 5:
            own = {"programId": ident_of(one.slug), "programType": minor or "program", "qualificationAwarded": award[0]}
            return _without_nothing({**own, **common, "sector": SECTORS.get(values["level"])})
        own = {"programmeId": ident_of(one.slug), "programmeType": minor or "programme", "qualificationAwarded": award[1]}
        return _without_nothing({**own, **common, "formalDocument": DOCUMENTS.get(kind, "diploma")})

    def course(self, one: Listed) -> Json:
        """A course, elective module or microcredential."""
        return _without_nothing({"courseId": ident_of(one.slug), **self._common(one)})

    def _common(self, one: Listed) -> Json:
        values = one.values
        level: Level = values["level"]
        is_five = self.version == 5
        loads = [
            {"studyLoadUnit": unit, "value": values[name]}
            for name, unit in (("credits_ects", "ects"), ("sbu", "sbu"))
            if values.get(name)
        ]
        common = {
            "primaryCode": self._code(one),
            "name": _texts(values, "title"),
            "abbreviation": values.get("code") or one.slug,
            "description": _texts(values, "description") or _texts(values, "title"),
            "studyLoad": (loads[0] if loads else None) if is_five else loads,
            "duration": f"P{values['duration_months']}M" if values.get("duration_months") else None,
            "level": self._word(LEVEL_WORDS[level]),
            "admissionRequirements": _texts(values, "admission"),
            "link": values.get("url"),
            "organization" if is_five else "organisationId": self.school.ident,
        }
        if is_five:
            common["teachingLanguage"] = LANGUAGE_WORDS[(values.get("languages") or ["nl"])[0]]
        else:
            common["teachingLanguages"] = values.get("languages") or ["nl"]
        if _type(one) not in COURSES and level in NLQF:
            common["levelOfQualification"] = str(NLQF[level]) if is_five else f"eqf_{NLQF[level]}"
        return common | self._consumers(self._own(one))

    def _code(self, one: Listed) -> Json:
        code = one.values.get("code")
        if not code:
            return {"codeType": "x-ipf-listing", "code": one.slug}
        if _type(one) in COURSES:
            return {"codeType": "identifier", "code": code}
        return {"codeType": "crohoCreboCode" if self.version == 5 else "programme_code", "code": code}

    def _own(self, one: Listed) -> Json:
        values = one.values
        loads = {"sbu": values.get("sbu")} if self.version == 5 and values.get("credits_ects") else {}
        own = {
            "listing": one.slug, "type": _type(one).value, "level": values["level"].value, "languages": values.get("languages"),
            "careersNl": values.get("careers_nl"), "careersEn": values.get("careers_en"), **loads,
            "fields": values.get("fields"), "skills": values.get("skills"), "electives": values.get("electives"),
        }  # fmt: skip
        rest = [self._place(where, offer) for where, offer in _sorted(one) if not offer.starts]
        rest += [
            self._place(where, offer) | self._rolling(offer.starts[None]) for where, offer in _sorted(one) if None in offer.starts
        ]
        return _without_nothing({**own, "offerings": rest})

    def _place(self, where: Where, offer: Offer) -> Json:
        values = offer.values
        names = {"schoolDays": "school_days", "workDays": "work_days", "costsEur": "costs_eur", "offeringUrl": "url"}
        names |= {"costsNoteNl": "costs_note_nl", "costsNoteEn": "costs_note_en"}
        own = {theirs: values.get(ours) for theirs, ours in names.items()}
        return _without_nothing({"place": where[0], "mode": where[1].value, **own})

    def _rolling(self, start: Start) -> Json:
        """A start at any time: neither version has a form for it that every reader knows."""
        more = {"anyTime": True, "capacity": start.values.get("capacity"), "url": start.values.get("url")}
        return _without_nothing({**more, **self._applying(start)})

    def _applying(self, start: Start) -> Json:
        values = start.values
        return {
            "channel": values["channel"].value if values.get("channel") else None,
            "numerusFixus": bool(values.get("numerus_fixus")),
            "permissionNeeded": bool(values.get("permission_needed")),
            "applyFrom": _iso(values.get("apply_from")),
            "applyUntil": _iso(values.get("apply_until")),
        }

    def offerings(self, one: Listed) -> Iterator[Json]:
        """One for each start on a day."""
        for where, offer in _sorted(one):
            for starts_on, start in sorted((pair for pair in offer.starts.items() if pair[0]), key=lambda pair: str(pair[0])):
                if starts_on is not None:
                    yield self._offering(one, where, offer, starts_on, start)

    def _offering(self, one: Listed, where: Where, offer: Offer, starts_on: date, start: Start) -> Json:
        name = f"{one.slug}/{at(where)}/{day(starts_on)}"
        of = "course" if _type(one) in COURSES else "program"
        values = start.values
        cost = offer.values.get("costs_eur")
        own = _without_nothing({**self._place(where, offer), **self._applying(start)})
        common = {
            "primaryCode": {"codeType": "offeringCode" if self.version == 5 else "offering_code", "code": name},
            "name": _texts(one.values, "title"),
            "description": _texts(one.values, "description") or _texts(one.values, "title"),
            "maxNumberStudents": values.get("capacity"),
            "resultExpected": True,
            "addresses": [{"addressType": "teaching", "city": where[0], "countryCode": "NL"}] if where[0] else None,
            "priceInformation": None if cost is None else [{"costType": "total_costs", "amount": str(cost), "currency": "EUR"}],
            **self._consumers(own, self._rio(starts_on, start)),
        }
        if self.version == 5:
            return _without_nothing({**common, **self._five(one, of, name, starts_on, start)})
        return _without_nothing({**common, **self._six(one, of, name, starts_on, start, offer)})

    def _five(self, one: Listed, of: str, name: str, starts_on: date, start: Start) -> Json:
        return {
            "offeringId": ident_of(name),
            "offeringType": of,
            of: ident_of(one.slug),
            "teachingLanguage": LANGUAGE_WORDS[(one.values.get("languages") or ["nl"])[0]],
            "startDate": starts_on.isoformat(),
            "endDate": _end(starts_on, one).isoformat(),
            "enrollStartDate": _iso(start.values.get("apply_from")),
            "enrollEndDate": _iso(start.values.get("apply_until")),
            "link": start.values.get("url"),
            "organization": self.school.ident,
        }

    def _six(self, one: Listed, of: str, name: str, starts_on: date, start: Start, offer: Offer) -> Json:
        first, last, url = (start.values.get(field) for field in ("apply_from", "apply_until", "url"))
        period = {"startDateTime": _moment(first), "endDateTime": _moment(last), "enrolmentUrl": url}
        own = "course" if of == "course" else "programme"
        return {
            f"{own}OfferingId": ident_of(name),
            f"{own}Id": ident_of(one.slug),
            "teachingLanguages": one.values.get("languages") or ["nl"],
            "startDateTime": _moment(starts_on),
            "endDateTime": _moment(_end(starts_on, one)),
            "state": "cancelled" if start.cancelled else STATES.get(offer.status, "concept"),
            "enrolmentPeriods": [_without_nothing(period)] if first else None,
            "link": url,
            "organisationId": self.school.ident,
        }

    def _rio(self, starts_on: date, start: Start) -> Json:
        values = start.values
        state = intake_state(
            self.today, starts_on=starts_on, apply_from=values.get("apply_from"), apply_until=values.get("apply_until"),
            cancelled=start.cancelled,
        )  # fmt: skip
        return {
            "consumerKey": "rio",
            "registrationStatus": "open" if state is IntakeState.OPEN else "closed",
            "requiredPermissionRegistration": "yes" if values.get("permission_needed") else "no",
        }

    def _consumers(self, own: Json, *others: Json) -> Json:
        mine = {"consumerKey": CONSUMER, **own}
        return {"consumers": [mine, *others]} if self.version == 5 else {"consumer": mine}

    def _word(self, word: str) -> str:
        return word if self.version == 5 else word.replace(" ", "_").replace("-", "_")


def _sorted(one: Listed) -> list[tuple[Where, Offer]]:
    return sorted(one.offers.items(), key=lambda pair: (pair[0][0], pair[0][1].value))


def _iso(moment: date | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(moment: date | None) -> str | None:
    """The beginning of a day in the Netherlands."""
    return datetime.combine(moment, time(), ZONE).isoformat() if moment else None


def _end(starts_on: date, one: Listed) -> date:
    """Version 5 asks an end: after the programme's months, or a year where none are said."""
    months = starts_on.month - 1 + (one.values.get("duration_months") or 12)
    first = date(min(starts_on.year + months // 12, 9998), months % 12 + 1, 1)
    return first + timedelta(days=min(starts_on.day, 28) - 1)
