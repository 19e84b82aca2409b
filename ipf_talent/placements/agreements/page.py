"""A sheet of an agreement as words in order, in its own language: the same for the page and for the PDF."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from babel.dates import get_day_names
from flask_babel import format_decimal, get_locale

from ipf_talent.i18n import _, speaking
from ipf_talent.placements import minors
from ipf_talent.placements.agreements import content as agreement_content
from ipf_talent.placements.agreements.page_words import (
    day_words,
    field_words,
    local_words,
    times_words,
    value_words,
    week_head,
    week_words,
)
from ipf_talent.placements.kinds import (
    SHEET_LABELS,
    TYPE_LABELS,
    WAY_LABELS,
    WHO_LABELS,
    AgreementType,
    Answer,
    SheetStatus,
    Who,
)
from ipf_talent.placements.models import AgreementSheet, SheetAnswer

Section = dict[str, Any]
"""
A heading with rows (label and value), paragraphs, items of a list, or a table (head and lines).

On paper also blanks: for each party that has not signed, its name and what it fills in.
"""


@contextmanager
def spoken(language: str) -> Iterator[None]:
    """In the language of the agreement: Dutch or English."""
    with speaking(language if language == "en" else "nl"):
        yield


def told(sheet: AgreementSheet, *, draft: bool = False) -> dict[str, Any]:
    """
    Everything that stands on a sheet, with its signatures, as plain words.

    The language is that of the agreement, whoever reads; `pdf.render` and the page take it as it is.

    Args:
        draft: whether it is a preview, which says so and has no place to sign.
    """
    agreement = sheet.agreement
    with spoken(agreement.language):
        content = sheet.content
        title = str(TYPE_LABELS[AgreementType(content["type"])])
        if draft:
            title = str(_("Draft: %(title)s", title=title))
        sections = _sections(sheet)[:-2] if draft else _sections(sheet)
        return {
            "lang": agreement.language,
            "region": "nl" if agreement.language == "nl" else "gb",
            "title": title,
            "subtitle": _subtitle(content),
            "author": content["school"]["name"],
            "document": " – ".join(part for part in (title, content["student"]) if part),
            "reference": f"{content['key']}-{content['number']}-{content['version']}",
            "file": _file_name(title, content),
            "columns": [str(_("What")), str(_("Agreed"))],
            "page": str(_("Page")),
            "of": str(_("of")),
            "footer": str(
                _(
                    "%(title)s · %(student)s · sheet %(version)s · fingerprint %(hash)s",
                    title=title,
                    student=content["student"],
                    version=content["version"],
                    hash=sheet.sha256[:16],
                )
            ),
            "sections": [one for one in sections if any(one[name] for name in ("rows", "paragraphs", "items", "lines"))],
        }


def _file_name(title: str, content: dict[str, Any]) -> str:
    """What the file is called: which agreement, of whom, which sheet; with plain letters alone."""
    number = [str(content["number"])] if content["number"] > 1 else []
    words = " ".join([title, content["student"], *number, str(_("sheet")), str(content["version"])])
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") + ".pdf"


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
    return {"heading": str(heading), "rows": [], "paragraphs": [], "items": [], "head": [], "lines": [], "blanks": [], **parts}


def _sections(sheet: AgreementSheet) -> list[Section]:
    content = sheet.content
    return [
        _section(_("What changed"), head=[str(_("What")), str(_("Was")), str(_("Becomes"))], lines=_changes(sheet)),
        _section(_("Who agree"), rows=_rows(_parties(content))),
        _section(_("Programme"), rows=_rows(_programme(content, sheet.agreement.language))),
        _section(_("What is learnt there"), items=list(content["parts"])),
        _section(_("Period and hours"), rows=_rows(_period(content["period"]))),
        _section(_("Working times"), head=week_head(), lines=week_words(content["period"]["week"])),
        *_assignment(content["assignment"]),
        *[
            _section(agreement_content.text_words(name), paragraphs=content["texts"][name].splitlines())
            for name in agreement_content.TEXTS
            if content["texts"].get(name, "").strip()
        ],
        _signed(sheet) if sheet.version == 1 else _answered(sheet),
        _section(_("This sheet"), rows=_rows(_about(sheet))),
    ]


def _rows(pairs: Sequence[tuple[str, Any]]) -> list[list[str]]:
    return [[str(label), str(value)] for label, value in pairs if value not in (None, "")]


def _parties(content: dict[str, Any]) -> list[tuple[str, Any]]:
    company = content["company"]
    there = company["name"] if company["name"] == company["establishment"] else f"{company['name']}, {company['establishment']}"
    trainer, school = content["trainer"], content["school"]
    return [
        (_("Student"), content["student"]),
        (_("Parent"), content["parent"] if Who.PARENT.value in content["parties"] else ""),
        (_("School"), school["name"] if school["city"] in school["name"] else f"{school['name']}, {school['city']}"),
        (_("Address of the school"), _address(school)),
        (_("Guides at school"), content["supervisor"]),
        (_("Company"), there),
        (_("Address of the company"), _address(company)),
        (_("Leerbedrijf-ID"), company["leerbedrijf_id"]),
        (_("Guides at the company"), " · ".join(part for part in (trainer["name"], trainer["email"]) if part)),
        (_("Employer"), content["employer"]),
    ]


def _address(where: dict[str, Any]) -> str:
    town = " ".join(part for part in (where.get("postcode"), where["city"]) if part)
    return ", ".join(part for part in (where.get("street"), town) if part)


def _programme(content: dict[str, Any], language: str) -> list[tuple[str, Any]]:
    programme = content["programme"]
    named = (programme.get("qualification") or {}).get(language)
    return [
        (_("Programme"), programme[language]),
        (_("Qualification (crebo)"), " ".join(part for part in (programme["crebo"], named) if part)),
        (_("Optional module"), programme["optional_module"]),
    ]


def _period(period: dict[str, Any]) -> list[tuple[str, Any]]:
    years = sorted(period["hours_by_year"].items())
    spread = "; ".join(
        str(_("%(year)s: %(hours)s hours", year=f"{year}/{int(year) + 1}", hours=format_decimal(hours))) for year, hours in years
    )
    return [
        (_("First day"), day_words(period["starts_on"])),
        (_("Last day"), day_words(period["ends_on"])),
        (_("Hours in all"), format_decimal(period["hours"])),
        (_("Hours per school year"), spread),
        (_("Days a week"), period["days_per_week"]),
        (_("Hours a week"), period["hours_per_week"]),
    ]


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
    lines = []
    for name, (before, after) in sheet.changes.items():
        if name == "week":
            lines += _changed_days(before, after)
        else:
            lines.append([field_words(name), value_words(name, before), value_words(name, after)])
    return lines


def _changed_days(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[list[str]]:
    """The days of the week that become different, and no others."""
    names = get_day_names("wide", locale=get_locale())
    was, becomes = ({day.number: times_words(day) for day in minors.week_of(rows)} for rows in (before, after))
    nothing = str(_("no work, no school"))
    return [
        [f"{field_words('week')}, {names[number]}", was.get(number, nothing), becomes.get(number, nothing)]
        for number in sorted({*was, *becomes})
        if was.get(number) != becomes.get(number)
    ]


def _signed(sheet: AgreementSheet) -> Section:
    """Who signed the first sheet, and room for who has still to sign on paper."""
    signed = {one.party: one for one in sheet.signatures}
    lines, blanks = [], []
    for party in ordered(sheet):
        one = signed.get(party)
        how = "–" if one is None else str(WAY_LABELS[one.way]) + (f" ({one.reference})" if one.reference else "")
        day = "–" if one is None else day_words(one.signed_on.isoformat())
        lines.append([str(WHO_LABELS[party]), one.name if one else str(_("not signed yet")), day, how])
        if one is None:
            fields = [str(_("Name")), str(_("Town")), str(_("Date")), str(_("Signature"))]
            blanks.append([str(_("To sign on paper: %(side)s", side=WHO_LABELS[party])), fields])
    head = [str(_("Party")), str(_("Name")), str(_("Day")), str(_("How"))]
    return _section(_("Signatures"), head=head, lines=lines, blanks=blanks)


def _answered(sheet: AgreementSheet) -> Section:
    """What the parties said of a later sheet, which is not signed again."""
    answers = {one.party: one for one in sheet.answers}
    lines = [[str(WHO_LABELS[party]), *_answer(sheet, party, answers.get(party))] for party in ordered(sheet)]
    words = str(_("A later sheet is not signed again. Whoever does not agree can object within ten working days."))
    head = [str(_("Party")), str(_("Name")), str(_("Day")), str(_("Answer"))]
    return _section(_("What the parties say"), head=head, lines=lines, paragraphs=[words])


def _answer(sheet: AgreementSheet, party: Who, said: SheetAnswer | None) -> list[str]:
    if said is None:
        return ["–", "–", _silence(sheet, party)]
    took_back = party is Who.SCHOOL and said.answer is Answer.OBJECTED
    words = _("agreed") if said.answer is Answer.AGREED else _("took it back") if took_back else _("objected")
    return [said.name or "–", day_words(local_words(said.at)), str(words)]


def _silence(sheet: AgreementSheet, party: Who) -> str:
    """What it means that a party said nothing: only once the term is over that they had nothing against it."""
    if party is Who.SCHOOL:
        return str(_("sent it"))
    if sheet.status is SheetStatus.SENT:
        return str(_("asked for it, has not answered yet") if party is sheet.asked_by else _("has not answered yet"))
    return str(_("did not object") if sheet.status is SheetStatus.IN_FORCE else _("did not answer"))


def ordered(sheet: AgreementSheet) -> list[Who]:
    """The parties, as they stand on the sheet."""
    return [Who(one) for one in sheet.content["parties"]]


def _about(sheet: AgreementSheet) -> list[tuple[str, Any]]:
    return [
        (_("Sheet"), sheet.version),
        (_("State"), SHEET_LABELS[SheetStatus(sheet.status)]),
        (_("Sent on"), day_words(local_words(sheet.sent_at))),
        (_("Object until"), day_words(sheet.object_until.isoformat()) if sheet.object_until else ""),
        (_("In force from"), day_words(sheet.in_force_on.isoformat()) if sheet.in_force_on else ""),
        (_("Fingerprint (SHA-256)"), sheet.sha256),
    ]
