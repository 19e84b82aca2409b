"""Forms of guidance."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wtforms import DateField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from ipf_talent.accounts.forms import EmailAddress
from ipf_talent.errors import DomainError, Refusals
from ipf_talent.i18n import lazy
from ipf_talent.placements.guidance.kinds import (
    ADVICE_LABELS,
    ASSESSMENT_LABELS,
    DECISION_LABELS,
    FORM_LABELS,
    GRADE_LABELS,
    OUTCOME_KIND_LABELS,
    PRESENT_LABELS,
    PURPOSE_LABELS,
    Advice,
    Grade,
    LinkPurpose,
)
from ipf_talent.placements.guidance.models import LONGEST_TEXT, LONGEST_WORDS, Assessment
from ipf_talent.web.forms import AtMost, Form, Line, Paragraphs, choices

_ATTITUDE = {grade.value: label for grade, label in GRADE_LABELS.items() if grade is not Grade.NOT_APPLICABLE}


def _codes(labels: Any) -> dict[str, Any]:
    return {one.value: label for one, label in labels.items()}


class PressForm(Form):
    """A button: what is done, and to what."""

    deed = HiddenField()
    thing = HiddenField()


class ReasonForm(Form):
    """Sending hours back."""

    reason = Paragraphs(
        lazy("What is not right?"),
        [InputRequired(), AtMost(LONGEST_WORDS)],
        description=lazy("The student reads this, mends it and sends it again."),
        render_kw={"rows": 3, "maxlength": LONGEST_WORDS},
    )


class DayForm(Form):
    """Choosing the day of a contact moment."""

    day = DateField(lazy("Day"), [InputRequired()])
    form = SelectField(lazy("How"), choices=choices(_codes(FORM_LABELS)))


class NoteForm(Form):
    """Writing down a contact moment that took place."""

    held_on = DateField(lazy("When was it?"), [InputRequired()])
    form = SelectField(lazy("How"), choices=choices(_codes(FORM_LABELS)))
    present = SelectMultipleField(
        lazy("Who was there?"),
        choices=choices(_codes(PRESENT_LABELS)),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    agreements = Paragraphs(
        lazy("What was agreed?"),
        [InputRequired(), AtMost(LONGEST_TEXT)],
        description=lazy("Student and company read this and say whether it is right. Write nothing about health."),
        render_kw={"rows": 5, "maxlength": LONGEST_TEXT},
    )
    version = HiddenField()


class RemarkForm(Form):
    """Saying what does not fit in a day or a note."""

    remark = Paragraphs(lazy("What does not fit?"), [AtMost(LONGEST_WORDS)], render_kw={"rows": 3, "maxlength": LONGEST_WORDS})
    thing = HiddenField()


class AdviceForm(Form):
    """What the company says besides the grades; these come as `grade-1`, `grade-2` …"""

    attitude = RadioField(
        lazy("Works with others and keeps to what was agreed"), [Optional()], choices=choices(_ATTITUDE), default=""
    )
    advice = RadioField(lazy("Your advice to the school"), [Optional()], choices=choices(_codes(ADVICE_LABELS)), default="")
    text = Paragraphs(
        lazy("In your own words"),
        [AtMost(LONGEST_TEXT)],
        description=lazy("What goes well, and what can be learnt still? The student reads this."),
        render_kw={"rows": 5, "maxlength": LONGEST_TEXT},
    )
    version = HiddenField()
    stale = False
    """Whether somebody else wrote while this was typed."""

    @property
    def unsaid(self) -> dict[int, str]:
        """What is missing at a line, by its position."""
        found: dict[int, str] = self.__dict__.setdefault("_unsaid", {})
        return found

    def reject(self, error: DomainError) -> None:
        """A refusal of one line stands at that line."""
        name, _dash, number = (error.field or "").partition("-")
        if name == "grade" and not isinstance(error, Refusals):
            self.unsaid[int(number)] = error.message
        else:
            super().reject(error)

    @property
    def said(self) -> dict[str, Any]:
        """What was chosen and typed, as `assessing.write` takes it."""
        seen = self.version.data or ""
        return {
            "attitude": Grade(self.attitude.data) if self.attitude.data else None,
            "advice": Advice(self.advice.data) if self.advice.data else None,
            "text": self.text.data or "",
            "version": int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else -1,
        }

    def fill(self, assessment: Assessment) -> None:
        """Show what is kept already."""
        self.attitude.data = assessment.attitude.value if assessment.attitude else ""
        self.advice.data = assessment.advice.value if assessment.advice else ""
        self.text.data = assessment.advice_text
        self.version.data = str(assessment.version)


class DecisionForm(Form):
    """What the school decides."""

    decision = RadioField(lazy("Decision of the school"), [InputRequired()], choices=choices(_codes(DECISION_LABELS)))
    text = Paragraphs(
        lazy("Explanation"),
        [AtMost(LONGEST_TEXT)],
        description=lazy("Needed where it is not sufficient, or has to be done again. Student and company read it."),
        render_kw={"rows": 3, "maxlength": LONGEST_TEXT},
    )
    moment = HiddenField()


class LinkForm(Form):
    """Asking somebody without an account to do one thing."""

    name = Line(lazy("Name"), [InputRequired(), AtMost(120)], render_kw={"maxlength": 120})
    email = Line(lazy("E-mail address"), [InputRequired(), EmailAddress()], render_kw={"type": "email", "maxlength": 254})
    what = SelectField(lazy("What for"))

    def offer(self, things: dict[str, Any]) -> None:
        """The things that can be asked now, by code."""
        self.what.choices = choices(things)


class AskForm(Form):
    """Asking the company for its advice."""

    moment = SelectField(lazy("Which assessment"), choices=choices(_codes(ASSESSMENT_LABELS)))


class OutcomeForm(Form):
    """Where somebody is now."""

    answer = RadioField(lazy("Where are you now?"), [InputRequired()], choices=choices(_codes(OUTCOME_KIND_LABELS)))
    term = HiddenField()


def grades_sent(sent: Mapping[str, str]) -> dict[int, Grade]:
    """The grades that a form sends back, by position of the line."""
    known = {grade.value: grade for grade in Grade}
    found = {}
    for name, value in sent.items():
        number = name.removeprefix("grade-")
        if name != number and number.isascii() and number.isdigit() and len(number) < 4 and value in known:
            found[int(number)] = known[value]
    return found


def link_things(weeks: list[tuple[str, date]], talks: dict[str, Any], advices: list[str]) -> dict[str, str]:
    """What a guest link can be made for, by `purpose:subject`, in words."""
    found = {f"{LinkPurpose.HOURS.value}:{name}": f"{PURPOSE_LABELS[LinkPurpose.HOURS]}: {name}" for name, _monday in weeks}
    found |= {
        f"{LinkPurpose.MOMENT.value}:{number}": f"{PURPOSE_LABELS[LinkPurpose.MOMENT]}: {label}" for number, label in talks.items()
    }
    labels = {one.value: label for one, label in ASSESSMENT_LABELS.items()}
    found |= {f"{LinkPurpose.ADVICE.value}:{code}": f"{PURPOSE_LABELS[LinkPurpose.ADVICE]}: {labels[code]}" for code in advices}
    return found
