"""The forms of what company and student agree on: pay, guidance, safety and the rest."""

import re
from typing import Any

from wtforms import BooleanField, SelectField
from wtforms.validators import NumberRange, Optional, StopValidation, ValidationError

from ipf_talent.i18n import _, lazy
from ipf_talent.programmes.filters import LANGUAGE_LABELS
from ipf_talent.programmes.levels import LEVEL_LABELS, Level
from ipf_talent.vacancies.checks import LONGEST_PART
from ipf_talent.vacancies.kinds import (
    AGREEMENT_LABELS,
    CONFIDENTIALITY_LABELS,
    EXPENSES_LABELS,
    FEATURE_LABELS,
    LANGUAGE_LEVELS,
    MINORS_LABELS,
    OWNERSHIP_LABELS,
    PER_LABELS,
    AllowancePer,
    CollectiveAgreement,
    Confidentiality,
    Expenses,
    Minors,
    Ownership,
    RequirementKind,
)
from ipf_talent.vacancies.models import Vacancy
from ipf_talent.vacancies.posting_fields import Number, TaskForm, boxes, codes_of, radios
from ipf_talent.web.forms import AtMost, Line, Paragraphs, choices

_PROCESS = re.compile(r"[A-Z0-9][A-Z0-9.-]{1,19}")


class PayForm(TaskForm):
    """What an intern gets, and whether costs are covered (R7)."""

    expenses = radios(lazy("Are the costs of the student covered?"), EXPENSES_LABELS)
    travel_costs = BooleanField(lazy("We pay for travel"))
    allowance_from_eur = Number(lazy("Allowance in euros"), validators=[Optional(), NumberRange(0, 10_000)])
    allowance_to_eur = Number(lazy("Up to, in euros"), validators=[Optional(), NumberRange(0, 10_000)])
    allowance_per = SelectField(lazy("Paid"), choices=choices(PER_LABELS), default=AllowancePer.MONTH.value)
    pay_note = Paragraphs(lazy("About the pay"), validators=[AtMost(LONGEST_PART)])

    @classmethod
    def read(cls, vacancy: Vacancy) -> dict[str, Any]:
        return super().read(vacancy) | {"pay_note": getattr(vacancy, f"pay_note_{vacancy.text_language}")}

    @property
    def chosen(self) -> dict[str, Any]:
        values = super().chosen
        per = AllowancePer(values["allowance_per"]) if values["allowance_from_eur"] is not None else None
        return values | {"expenses": Expenses(values["expenses"]), "allowance_per": per, "pay_note": values["pay_note"] or ""}


class WageForm(TaskForm):
    """What an employee gets: a wage and a contract, and no allowance (R7, R15)."""

    collective_agreement = radios(lazy("Which collective agreement does the wage follow?"), AGREEMENT_LABELS)
    travel_costs = BooleanField(lazy("We pay for travel"))
    pay_note = Paragraphs(
        lazy("Wage and contract"),
        description=lazy("What you pay, and for how long the contract is."),
        validators=[AtMost(LONGEST_PART)],
    )

    @classmethod
    def read(cls, vacancy: Vacancy) -> dict[str, Any]:
        return super().read(vacancy) | {"pay_note": getattr(vacancy, f"pay_note_{vacancy.text_language}")}

    @property
    def chosen(self) -> dict[str, Any]:
        values = super().chosen
        agreed = CollectiveAgreement(values["collective_agreement"])
        return values | {"collective_agreement": agreed, "pay_note": values["pay_note"] or ""}


class GuidanceForm(TaskForm):
    """Who guides, and what can be practised."""

    mentor_name = Line(
        lazy("Who guides the student?"),
        description=lazy("Shown to your colleagues alone. Students see that somebody guides them, and how many hours."),
        validators=[AtMost(120)],
    )
    mentor_level = SelectField(lazy("Level of whoever guides"), choices=choices({"": lazy("Not said"), **LEVEL_LABELS}), default="")
    mentor_hours = Number(lazy("Hours of guidance a week"), validators=[Optional(), NumberRange(1, 40)])
    work_processes = Line(
        lazy("Work processes that can be practised"),
        description=lazy("Codes of the qualification, such as B1-K1-W2, with commas between them."),
        validators=[AtMost(600)],
    )

    @classmethod
    def read(cls, vacancy: Vacancy) -> dict[str, Any]:
        level = vacancy.mentor_level.value if vacancy.mentor_level else ""
        return super().read(vacancy) | {"work_processes": ", ".join(vacancy.work_processes), "mentor_level": level}

    def validate_work_processes(self, field: Line) -> None:
        """Codes, and not without end."""
        codes = codes_of(field.data)
        if len(codes) > 40 or not all(_PROCESS.fullmatch(code) for code in codes):
            raise ValidationError(_("Write codes such as B1-K1-W2, with commas between them."))

    @property
    def chosen(self) -> dict[str, Any]:
        values = super().chosen
        level = Level(values["mentor_level"]) if values["mentor_level"] else None
        return values | {"mentor_level": level, "work_processes": codes_of(values["work_processes"])}


class SafetyForm(TaskForm):
    """Under 18, and what is asked beside skills: each with the reason that lies in the work (R5, R8)."""

    minors = radios(lazy("Can somebody under 18 take it?"), MINORS_LABELS)
    minors_reason = Paragraphs(
        lazy("If not, or only with supervision: which danger is there?"),
        description=lazy("Only safety can be a reason."),
        validators=[AtMost(500)],
    )
    conduct = Line(lazy("Why do you ask a certificate of conduct (VOG)?"), validators=[AtMost(300)])
    safety = Line(lazy("Why do you ask a safety certificate (VCA)?"), validators=[AtMost(300)])
    licence = Line(lazy("Why do you ask a driving licence?"), validators=[AtMost(300)])
    screening = Line(lazy("Why do you ask a screening?"), validators=[AtMost(300)])
    screening_ground = Line(lazy("Which law asks that screening?"), validators=[AtMost(300)])
    language_code = SelectField(
        lazy("Language that the work needs"), choices=choices({"": lazy("None"), **LANGUAGE_LABELS}), default=""
    )
    language_level = SelectField(lazy("At which level"), choices=choices({name: name for name in LANGUAGE_LEVELS}), default="B1")
    language = Line(lazy("Why does the work need it?"), validators=[AtMost(300)])

    @classmethod
    def read(cls, vacancy: Vacancy) -> dict[str, Any]:
        held = {one.kind: one for one in vacancy.requirements}
        said = {kind.value: held[kind].reason for kind in held}
        if screening := held.get(RequirementKind.SCREENING):
            said["screening_ground"] = screening.legal_ground
        if language := held.get(RequirementKind.LANGUAGE):
            said["language_code"], _sep, said["language_level"] = language.detail.partition(" ")
        return {"minors": vacancy.minors, "minors_reason": vacancy.minors_reason} | said

    def validate_screening_ground(self, field: Line) -> None:
        """A screening needs a law."""
        if self.screening.data and not field.data:
            raise StopValidation(_("Name the law that asks this screening, or leave the screening out."))

    def validate_language(self, field: Line) -> None:
        """A language needs a reason that lies in the work."""
        if self.language_code.data and not field.data:
            raise StopValidation(_("Say what in the work needs this language, or leave it out."))

    @property
    def chosen(self) -> dict[str, Any]:
        values = super().chosen
        asked = [{"kind": kind, "reason": values[kind.value]} for kind in RequirementKind if values[kind.value]]
        for one in asked:
            if one["kind"] is RequirementKind.SCREENING:
                one["legal_ground"] = values["screening_ground"]
            if one["kind"] is RequirementKind.LANGUAGE:
                one["detail"] = f"{values['language_code'] or 'nl'} {values['language_level']}"
        return {"minors": Minors(values["minors"]), "minors_reason": values["minors_reason"] or "", "requirements": asked}


class MoreForm(TaskForm):
    """Languages, secrets, ownership, and what makes the place easier to take."""

    work_languages = boxes(lazy("Language at work"), LANGUAGE_LABELS)
    features = boxes(lazy("What else holds"), FEATURE_LABELS)
    confidentiality = radios(lazy("Does something have to stay secret?"), CONFIDENTIALITY_LABELS)
    ownership = radios(lazy("Who owns the result?"), OWNERSHIP_LABELS)

    @property
    def chosen(self) -> dict[str, Any]:
        values = super().chosen
        lists = {"work_languages": values["work_languages"] or [], "features": values["features"] or []}
        kinds = {"confidentiality": Confidentiality(values["confidentiality"]), "ownership": Ownership(values["ownership"])}
        return lists | kinds
