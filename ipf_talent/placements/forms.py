"""Forms of placements: steps, facts, the recognition, assignments and the rules of a school."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from ipf_talent.accounts.forms import EmailAddress
from ipf_talent.i18n import lazy
from ipf_talent.placements.kinds import (
    OUTCOME_LABELS,
    REASON_LABELS,
    WHO_LABELS,
    AssignmentStatus,
    Reason,
    Who,
)
from ipf_talent.placements.models import LONGEST_NOTE, LONGEST_TEXT, Assignment, Placement
from ipf_talent.profiles.forms import Number
from ipf_talent.programmes.levels import LEVEL_LABELS, Level
from ipf_talent.vacancies.company_forms import Versioned
from ipf_talent.web.forms import AtMost, Form, Line, Paragraphs, choices

QUESTION_LABELS = {
    "recognised": lazy("The company is recognised at this address for the student's own qualification (R1)"),
    "looked_up": lazy("I looked the recognition up at SBB today, with leerbedrijf-ID, qualification and first day (R2)"),
    "relevant": lazy("The work belongs to the programme and to what the student wants to learn"),
    "safe": lazy("The workplace is safe for this student, also if they are under 18"),
    "guided": lazy("There is enough guidance, by somebody who knows the trade"),
}


_YEAR = r"(?:20\d\d)(?:/\d{2,4})? *: *\d{1,4}"


class DeedForm(Form):
    """A step, with what some steps ask beside it."""

    deed = HiddenField()
    reason = RadioField(lazy("Why?"), [Optional()], validate_choice=False)
    note = Line(
        lazy("In your own words"),
        [AtMost(LONGEST_NOTE)],
        description=lazy("For the school alone. The company and the student do not see it."),
        render_kw={"maxlength": LONGEST_NOTE},
    )
    last_day = DateField(lazy("The last day in fact"), [Optional()])
    heard = BooleanField(lazy("Student and company were heard"))
    recognised = BooleanField(QUESTION_LABELS["recognised"])
    looked_up = BooleanField(QUESTION_LABELS["looked_up"])
    relevant = BooleanField(QUESTION_LABELS["relevant"])
    safe = BooleanField(QUESTION_LABELS["safe"])
    guided = BooleanField(QUESTION_LABELS["guided"])

    def offer(self, reasons: Iterable[Reason]) -> None:
        """The reasons to choose from."""
        self.reason.choices = choices({one.value: REASON_LABELS[one] for one in reasons})

    @property
    def said(self) -> dict[str, Any]:
        """What was filled in, as words of `services.move`."""
        return {
            "reason": next((one for one in Reason if one.value == self.reason.data), None),
            "note": self.note.data or "",
            "answers": {name: bool(self[name].data) for name in QUESTION_LABELS},
            "last_day": self.last_day.data,
            "heard": bool(self.heard.data),
        }


class CancelForm(Form):
    """Cancelling before the start, by student or company."""

    reason = RadioField(lazy("Why?"), [InputRequired(lazy("Choose a reason."))], validate_choice=False)

    def offer(self, reasons: Iterable[Reason]) -> None:
        """The reasons to choose from."""
        self.reason.choices = choices({one.value: REASON_LABELS[one] for one in reasons})

    @property
    def chosen(self) -> Reason | None:
        """The reason of the list, if it is one."""
        return next((one for one in Reason if one.value == self.reason.data), None)


class CheckForm(Form):
    """What a person at school found when looking the recognition up."""

    outcome = RadioField(
        lazy("What did you find?"),
        [InputRequired(lazy("Choose one."))],
        choices=choices(OUTCOME_LABELS),
        description=lazy("Look at SBB with leerbedrijf-ID, qualification and first day. We keep the outcome and the day."),
    )


class ContractForm(Form):
    """Whether the employment contract of a bbl student is there."""

    present = BooleanField(lazy("I saw the employment contract"))


class FactsForm(Versioned):
    """The data of a placement before the agreement is sent."""

    starts_on = DateField(lazy("First day"), [InputRequired()])
    ends_on = DateField(lazy("Last day"), [InputRequired()])
    hours = Number(lazy("Hours in all"), [InputRequired(), NumberRange(1, 5000)])
    spread = Line(
        lazy("Hours per school year"),
        [Optional(), Regexp(rf"\A{_YEAR}(?:[,;] *{_YEAR})*\Z", message=lazy("Write it so: 2026: 200, 2027: 120."))],
        description=lazy("Leave it empty and we spread the hours over the days: 2026: 200, 2027: 120."),
    )
    leerbedrijf_id = Line(
        lazy("Leerbedrijf-ID"),
        [Optional(), Regexp(r"\A\d{1,20}\Z", message=lazy("Only digits, as SBB writes them."))],
        description=lazy("Another number is another company for the law: once the agreement was sent, a new one has to be signed."),
        render_kw={"inputmode": "numeric"},
    )
    crebo = Line(
        lazy("Qualification (crebo)"),
        [Optional(), Regexp(r"\A\d{5}\Z", message=lazy("Five digits, such as 25344."))],
        description=lazy("The student's own qualification, not an equivalent one."),
        render_kw={"inputmode": "numeric"},
    )
    optional_module = Line(
        lazy("Optional module"), [Optional(), Regexp(r"\AK\d{4}\Z", message=lazy("A K and four digits, such as K0072."))]
    )
    trainer_name = Line(lazy("Who guides at the company?"), [AtMost(120)])
    trainer_email = Line(lazy("E-mail address of who guides there"), [Optional(), EmailAddress()])
    supervisor = SelectField(lazy("Who guides at school?"), default="")
    employer = SelectField(
        lazy("Who is the employer?"), default="", description=lazy("Only where a company school employs the student (R14).")
    )
    adult_on = DateField(
        lazy("On which day does the student turn 18?"),
        [Optional()],
        description=lazy("Only for a student under 18. The company sees nothing but under 18: yes or no."),
    )
    parent_name = Line(lazy("Name of a parent"), [AtMost(120)])
    parent_email = Line(lazy("E-mail address of that parent"), [Optional(), EmailAddress()])
    three_party = BooleanField(
        lazy("This student needs the agreement between three parties"),
        description=lazy("For students from outside the EU. The company does not see why."),
    )

    def offer(self, supervisors: Mapping[str, str], employers: Mapping[str, str]) -> None:
        """People and organisations to choose from."""
        self.supervisor.choices = choices({"": lazy("Nobody yet"), **supervisors})
        self.employer.choices = choices({"": lazy("The company itself"), **employers})

    @staticmethod
    def shown(placement: Placement) -> dict[str, Any]:
        """What the form shows of a placement."""
        names = (
            "starts_on", "ends_on", "hours", "leerbedrijf_id", "crebo", "optional_module", "trainer_name", "trainer_email",
            "adult_on", "parent_name", "parent_email", "three_party", "version",
        )  # fmt: skip
        return {name: getattr(placement, name) for name in names} | {
            "spread": ", ".join(f"{year}: {hours}" for year, hours in sorted(placement.hours_by_year.items())),
            "supervisor": str(placement.supervisor_id or ""),
            "employer": str(placement.employer_id or ""),
        }

    @property
    def columns(self) -> dict[str, Any]:
        """What was filled in, as columns."""
        plain = ("starts_on", "ends_on", "hours", "adult_on")
        lines = ("trainer_name", "trainer_email", "parent_name", "parent_email")
        codes = ("leerbedrijf_id", "crebo", "optional_module")
        return (
            {name: self[name].data for name in plain}
            | {name: self[name].data or "" for name in lines}
            | {name: self[name].data or None for name in codes}
            | {"supervisor_id": _number(self.supervisor.data), "employer_id": _number(self.employer.data)}
            | {"three_party": bool(self.three_party.data), "hours_by_year": self._spread()}
        )

    def _spread(self) -> dict[str, int]:
        """As typed; as the days say where nothing was typed, or only dates or hours changed."""
        found = dict(re.findall(r"(20\d\d)(?:/\d{2,4})? *: *(\d{1,4})", self.spread.data or ""))
        return {year: int(hours) for year, hours in found.items()}


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdigit() else None


class RulesForm(Form):
    """How a school wants it."""

    parents_sign = BooleanField(lazy("A parent signs beside a student under 18"))
    most_per_trainer = Number(
        lazy("Students at once per trainer"),
        [InputRequired(), NumberRange(1, 50)],
        description=lazy("Above this number we warn. It stops nothing."),
    )


class AssignmentForm(Versioned):
    """An assignment, as student or company write it."""

    title = Line(lazy("Title"), [AtMost(120)], render_kw={"maxlength": 120})
    problem = Paragraphs(lazy("What is the problem?"), [AtMost(LONGEST_TEXT)], render_kw={"rows": 5})
    goal = Paragraphs(lazy("What is the goal?"), [AtMost(LONGEST_TEXT)], render_kw={"rows": 3})
    deliverables = Paragraphs(lazy("What will be there at the end?"), [AtMost(LONGEST_TEXT)], render_kw={"rows": 3})
    method = Paragraphs(lazy("How will the work be done?"), [AtMost(LONGEST_TEXT)], render_kw={"rows": 4})
    ec = Number(lazy("Credits (ec)"), [Optional(), NumberRange(1, 60)])
    supervisor_level = SelectField(
        lazy("Which level has whoever guides at the company?"), default="", description=lazy("At least that of your programme.")
    )
    no_family = BooleanField(lazy("Student and company supervisor are not family"))

    def offer(self, levels: Iterable[Level]) -> None:
        """The levels to choose from."""
        self.supervisor_level.choices = choices({"": lazy("Not said"), **{one.value: LEVEL_LABELS[one] for one in levels}})

    @staticmethod
    def shown(one: Assignment | None) -> dict[str, Any]:
        """What the form shows of an assignment."""
        if one is None:
            return {"version": 0}
        names = ("title", "problem", "goal", "deliverables", "method", "ec", "no_family", "version")
        level = one.supervisor_level.value if one.supervisor_level else ""
        return {name: getattr(one, name) for name in names} | {"supervisor_level": level}

    @property
    def columns(self) -> dict[str, Any]:
        """What was filled in, as columns."""
        texts = {name: self[name].data or "" for name in ("title", "problem", "goal", "deliverables", "method")}
        level = next((one for one in Level if one.value == self.supervisor_level.data), None)
        return texts | {"ec": self.ec.data, "no_family": bool(self.no_family.data), "supervisor_level": level}


class DecideForm(Form):
    """What the school says of an assignment."""

    outcome = RadioField(
        lazy("What do you decide?"),
        [InputRequired(lazy("Choose one."))],
        choices=choices(
            {
                AssignmentStatus.APPROVED: lazy("Approve it"),
                AssignmentStatus.REVISE: lazy("Ask to change it"),
                AssignmentStatus.REJECTED: lazy("Reject it"),
            }
        ),
    )
    note = Paragraphs(
        lazy("What do you want to say about it?"),
        [AtMost(LONGEST_TEXT)],
        description=lazy("Student and company read it. Needed unless you approve."),
        render_kw={"rows": 4},
    )


class _Parties(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ScanForm(Form):
    """A scan of paper that some parties signed."""

    parties = _Parties(lazy("Who signed it?"), validate_choice=False)
    names = Line(lazy("Names, as they stand on the paper"), [AtMost(120)])
    signed_on = DateField(lazy("On which day?"), [InputRequired()])
    file = FileField(
        lazy("The scan"),
        [FileRequired(lazy("Choose a file."))],
        description=lazy("PDF, JPG or PNG, at most 10 MB."),
        render_kw={"accept": ".pdf,.jpg,.jpeg,.png"},
    )

    def offer(self, parties: Iterable[Who]) -> None:
        """Who has still to sign."""
        self.parties.choices = choices({one.value: WHO_LABELS[one] for one in parties})

    @property
    def chosen(self) -> list[Who]:
        """The ticked parties."""
        return [one for one in Who if one.value in (self.parties.data or ())]


class ElsewhereForm(Form):
    """Signatures that stand in the school's own system."""

    parties = _Parties(lazy("Who signed there?"), validate_choice=False)
    reference = Line(
        lazy("Number or name in your system"),
        [InputRequired(), AtMost(60)],
        description=lazy("By which the agreement is found there."),
    )
    signed_on = DateField(lazy("On which day?"), [InputRequired()])

    offer = ScanForm.offer
    chosen = ScanForm.chosen


class SignForm(Form):
    """A click that signs."""

    name = Line(lazy("Your name"), [InputRequired(), AtMost(120)], description=lazy("Written here, it is your signature."))
    sheet = HiddenField(validators=[Regexp(r"\A[0-9a-f]{64}\Z")])
    party = HiddenField()


class AnswerForm(Form):
    """What a party says of a changed sheet."""

    answer = HiddenField()
    party = HiddenField()
    sheet_version = HiddenField(validators=[Regexp(r"\A[0-9]{1,4}\Z")])
    words = Line(lazy("Why do you object?"), [AtMost(LONGEST_NOTE)], render_kw={"maxlength": LONGEST_NOTE})
