"""Forms of placements: steps, the recognition, assignments and the rules of a school."""

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from ipf_talent.i18n import lazy
from ipf_talent.placements.kinds import (
    OUTCOME_LABELS,
    REASON_LABELS,
    AssignmentStatus,
    Reason,
)
from ipf_talent.placements.models import LONGEST_NOTE, LONGEST_TEXT, Assignment
from ipf_talent.programmes.levels import LEVEL_LABELS, Level
from ipf_talent.vacancies.company_forms import Versioned
from ipf_talent.web.forms import AtMost, Form, Line, Number, Paragraphs, choices

QUESTION_LABELS = {
    "recognised": lazy("The company is recognised at this address for the student's own qualification"),
    "looked_up": lazy("I looked the recognition up at SBB today, with leerbedrijf-ID, qualification and first day"),
    "relevant": lazy("The work belongs to the programme and to what the student wants to learn"),
    "safe": lazy("The workplace is safe for this student, also if they are under 18"),
    "guided": lazy("There is enough guidance, by somebody who knows the trade"),
}


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
