"""A sheet of an agreement as words in order, in its own language: the same for the page and for the PDF."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from babel.dates import get_day_names
from flask_babel import force_locale, format_date, format_decimal, get_locale

from ipf_talent.i18n import _
from ipf_talent.placements import minors
from ipf_talent.placements.agreements import content as agreement_content
from ipf_talent.placements.kinds import (
    SHEET_LABELS,
    TYPE_LABELS,
    WAY_LABELS,
    WHO_LABELS,
    AgreementType,
    SheetStatus,
    Who,
)
from ipf_talent.placements.models import AgreementSheet

Section = dict[str, Any]
"""A heading with rows (label and value), paragraphs, items of a list, or a table (head and lines)."""


@contextmanager
def spoken(language: str) -> Iterator[None]:
    """In the language of the agreement: Dutch or English."""
    with force_locale(language if language in ("nl", "en") else "nl"):
        yield


def told(sheet: AgreementSheet) -> dict[str, Any]:
    """
    Everything that stands on a sheet, with its signatures, as plain words.

    The language is that of the agreement, whoever reads; `pdf.render` and the page take it as it is.
    """
    agreement = sheet.agreement
    with spoken(agreement.language):
        content = sheet.content
        title = str(TYPE_LABELS[AgreementType(content["type"])])
        return {
            "lang": agreement.language,
            "region": "nl" if agreement.language == "nl" else "gb",
            "title": title,
            "subtitle": _subtitle(content),
            "author": content["school"]["name"],
            "reference": f"{content['key']}-{content['number']}-{content['version']}",
            "columns": [str(_("What")), str(_("Agreed"))],
            "page": str(_("Page")),
            "of": str(_("of")),
            "footer": str(
                _(
                    "%(title)s · sheet %(version)s · fingerprint %(hash)s",
                    title=title,
                    version=content["version"],
                    hash=sheet.sha256[:16],
                )
            ),
            "sections": [one for one in _sections(sheet) if any(one[name] for name in ("rows", "paragraphs", "items", "lines"))],
        }


def _subtitle(content: dict[str, Any]) -> str:
    return str(
        _(
            "Sheet %(version)s of agreement %(key)s-%(number)s",
            version=content["version"],
            key=content["key"],
            number=content["number"],
        )
    )


def _section(heading: str, **parts: Any) -> Section:
    return {"heading": str(heading), "rows": [], "paragraphs": [], "items": [], "head": [], "lines": [], **parts}


def _sections(sheet: AgreementSheet) -> list[Section]:
    content = sheet.content
    return [
        _section(_("What changed"), head=[str(_("What")), str(_("Was")), str(_("Becomes"))], lines=_changes(sheet)),
        _section(_("Who agree"), rows=_rows(_parties(content))),
        _section(_("Programme"), rows=_rows(_programme(content, sheet.agreement.language))),
        _section(_("What is learnt there"), items=list(content["parts"])),
        _section(_("Period and hours"), rows=_rows(_period(content["period"]))),
        _section(_("Working times"), head=_week_head(), lines=_week(content["period"]["week"])),
        *_assignment(content["assignment"]),
        *[
            _section(agreement_content.text_words(name), paragraphs=content["texts"][name].splitlines())
            for name in agreement_content.TEXTS
            if content["texts"].get(name, "").strip()
        ],
        _section(
            _("Signatures"),
            head=[str(_("Party")), str(_("Name")), str(_("Day")), str(_("How"))],
            lines=_signatures(sheet),
            paragraphs=_signature_words(sheet),
        ),
        _section(_("This sheet"), rows=_rows(_about(sheet))),
    ]


def _rows(pairs: Sequence[tuple[str, Any]]) -> list[list[str]]:
    return [[str(label), str(value)] for label, value in pairs if value not in (None, "")]


def _parties(content: dict[str, Any]) -> list[tuple[str, Any]]:
    company = content["company"]
    street = ", ".join(part for part in (company["street"], " ".join((company["postcode"], company["city"])).strip()) if part)
    there = company["name"] if company["name"] == company["establishment"] else f"{company['name']}, {company['establishment']}"
    trainer, school = content["trainer"], content["school"]
    return [
        (_("Student"), content["student"]),
        (_("Parent"), content["parent"] if Who.PARENT.value in content["parties"] else ""),
        (_("School"), school["name"] if school["city"] in school["name"] else f"{school['name']}, {school['city']}"),
        (_("Guides at school"), content["supervisor"]),
        (_("Company"), there),
        (_("Address"), street),
        (_("Leerbedrijf-ID"), company["leerbedrijf_id"]),
        (_("Guides at the company"), " · ".join(part for part in (trainer["name"], trainer["email"]) if part)),
        (_("Employer"), content["employer"]),
    ]


def _programme(content: dict[str, Any], language: str) -> list[tuple[str, Any]]:
    programme = content["programme"]
    return [
        (_("Programme"), programme[language]),
        (_("Qualification (crebo)"), programme["crebo"]),
        (_("Optional module"), programme["optional_module"]),
    ]


def _period(period: dict[str, Any]) -> list[tuple[str, Any]]:
    years = sorted(period["hours_by_year"].items())
    spread = "; ".join(
        str(_("%(year)s: %(hours)s hours", year=f"{year}/{int(year) + 1}", hours=format_decimal(hours))) for year, hours in years
    )
    return [
        (_("First day"), _day(period["starts_on"])),
        (_("Last day"), _day(period["ends_on"])),
        (_("Hours in all"), format_decimal(period["hours"])),
        (_("Hours per school year"), spread),
        (_("Days a week"), period["days_per_week"]),
        (_("Hours a week"), period["hours_per_week"]),
    ]


def _day(value: str) -> str:
    return str(format_date(date.fromisoformat(value), "long"))


def _week_head() -> list[str]:
    return [str(_("Day")), str(_("From")), str(_("Until")), str(_("Breaks")), str(_("At school"))]


def _week(rows: list[dict[str, Any]]) -> list[list[str]]:
    names = get_day_names("wide", locale=get_locale())
    return [
        [
            str(names[day.number]),
            "–" if day.begins is None else minors.clock_words(day.begins),
            "–" if day.ends is None else minors.clock_words(day.ends),
            str(_("%(number)s minutes", number=day.rest)) if day.rest else "–",
            _hours(day.school),
        ]
        for day in minors.week_of(rows)
    ]


def _hours(value: int) -> str:
    return str(_("%(number)s hours", number=format_decimal(round(value / 60, 2)))) if value else "–"


def _assignment(one: dict[str, Any] | None) -> list[Section]:
    if one is None:
        return []
    heads = (
        ("problem", _("The problem")),
        ("goal", _("The goal")),
        ("deliverables", _("What is delivered")),
        ("method", _("The method")),
    )
    rows = [(words, one[name]) for name, words in heads]
    return [_section(_("Assignment: %(title)s", title=one["title"]), rows=_rows([*rows, (_("Credits (ec)"), one["ec"])]))]


def _changes(sheet: AgreementSheet) -> list[list[str]]:
    return [
        [field_words(name), value_words(name, before), value_words(name, after)] for name, (before, after) in sheet.changes.items()
    ]


def field_words(name: str) -> str:
    """What a field that a later sheet can change is called."""
    words = {
        "starts_on": _("First day"),
        "ends_on": _("Last day"),
        "hours": _("Hours in all"),
        "hours_by_year": _("Hours per school year"),
        "days_per_week": _("Days a week"),
        "hours_per_week": _("Hours a week"),
        "trainer_name": _("Guides at the company"),
        "trainer_email": _("E-mail address of who guides there"),
        "optional_module": _("Optional module"),
        "parts": _("What is learnt there"),
        "week": _("Working times"),
    }
    return str(words[name])


def value_words(name: str, value: Any) -> str:
    """A value of such a field as words."""
    if value in (None, "", []):
        return "–"
    if name in ("starts_on", "ends_on"):
        return _day(value)
    if name == "hours_by_year":
        return "; ".join(f"{year}/{int(year) + 1}: {hours}" for year, hours in sorted(value.items()))
    if name == "week":
        return "; ".join(" ".join(line[:3]) for line in _week(value))
    return "; ".join(value) if isinstance(value, list) else str(value)


def _signatures(sheet: AgreementSheet) -> list[list[str]]:
    """Of the first sheet the signatures, of a later one what the parties said of it."""
    if sheet.version > 1:
        answers = {one.party: one for one in sheet.answers}
        return [[str(WHO_LABELS[party]), *_answer(sheet, party, answers.get(party))] for party in _ordered(sheet)]
    signed = {one.party: one for one in sheet.signatures}
    lines = []
    for party in _ordered(sheet):
        one = signed.get(party)
        how = "–" if one is None else str(WAY_LABELS[one.way]) + (f" ({one.reference})" if one.reference else "")
        day = "–" if one is None else _day(one.signed_on.isoformat())
        lines.append([str(WHO_LABELS[party]), one.name if one else str(_("not signed yet")), day, how])
    return lines


def _answer(sheet: AgreementSheet, party: Who, said: Any) -> list[str]:
    if said is None:
        silent = _("asked for it") if party is sheet.asked_by else _("has not objected")
        return ["", "–", str(silent)]
    words = _("agreed") if said.answer.value == "agreed" else _("objected")
    return ["", _day(said.at.date().isoformat()), str(words)]


def _ordered(sheet: AgreementSheet) -> list[Who]:
    return [Who(one) for one in sheet.content["parties"]]


def _signature_words(sheet: AgreementSheet) -> list[str]:
    if sheet.version == 1:
        return []
    return [str(_("A later sheet is not signed again. Whoever does not agree can object within ten working days."))]


def _about(sheet: AgreementSheet) -> list[tuple[str, Any]]:
    return [
        (_("Sheet"), sheet.version),
        (_("State"), SHEET_LABELS[SheetStatus(sheet.status)]),
        (_("Sent on"), _day(sheet.sent_at.date().isoformat())),
        (_("Object until"), _day(sheet.object_until.isoformat()) if sheet.object_until else ""),
        (_("In force from"), _day(sheet.in_force_on.isoformat()) if sheet.in_force_on else ""),
        (_("Fingerprint (SHA-256)"), sheet.sha256),
    ]
