"""Forms of an agreement: its words, the working times of a week, and a change of what was signed."""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any

from wtforms import BooleanField, DateField, FieldList, FormField, RadioField, StringField, TimeField
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from ipf_talent.i18n import _, lazy
from ipf_talent.placements import minors
from ipf_talent.placements.agreements.content import TEXTS
from ipf_talent.placements.agreements.kinds import spread
from ipf_talent.placements.kinds import Who
from ipf_talent.placements.minors import Day
from ipf_talent.placements.models import LONGEST_NOTE, LONGEST_TEXT, Agreement, Placement
from ipf_talent.profiles.forms import Number
from ipf_talent.vacancies.company_forms import Versioned
from ipf_talent.web.forms import AtMost, Line, Paragraphs, choices

LANGUAGES = {"nl": lazy("Dutch"), "en": lazy("English")}
DAY_LABELS = (
    lazy("Monday"),
    lazy("Tuesday"),
    lazy("Wednesday"),
    lazy("Thursday"),
    lazy("Friday"),
    lazy("Saturday"),
    lazy("Sunday"),
)
_ROWS = {"rows": 4}
_SHORT = {"rows": 2, "maxlength": LONGEST_NOTE}


class DayForm(PlainForm):
    """One day of the week."""

    begins = TimeField(lazy("From"), [Optional()])
    ends = TimeField(lazy("Until"), [Optional()])
    rest = StringField(lazy("Breaks, in minutes"), [Optional()])
    school = StringField(lazy("Hours at school"), [Optional()])

    def day(self, number: int) -> Day:
        """
        The day as a value.

        Raises:
            ValidationError: a number is none, or only one of the two times is there.
        """
        if (self.begins.data is None) is not (self.ends.data is None):
            raise ValidationError(_("Fill in both times of a day, or neither."))
        rest = _amount(self.rest.data, most=240)
        school = _amount(self.school.data, most=12)
        return minors.day_of(number, self.begins.data, self.ends.data, round(rest), round(school * 60))


def _amount(text: str | None, *, most: int) -> float:
    cleaned = (text or "").strip().replace(",", ".")
    try:
        value = float(cleaned) if cleaned else 0.0
    except ValueError:
        value = -1.0
    if not 0 <= value <= most:
        raise ValidationError(_("Write a number from 0 to %(most)s.", most=most))
    return value


class _Week:
    """The working times of a week, as a field of a form that holds `week`."""

    week: Any

    def days(self) -> Sequence[Day]:
        """The week as values; days on which nothing happens are left out."""
        found = [entry.form.day(number) for number, entry in enumerate(self.week.entries)]
        return [day for day in found if day.total]

    def week_is_right(self) -> bool:
        """Whether the week can be read; else the reason stands beside it."""
        try:
            self.days()
        except ValidationError as error:
            self.week.errors = [*self.week.errors, str(error)]
            return False
        return True


def _week_field() -> Any:
    return FieldList(FormField(DayForm), label=lazy("Working times of a week"), min_entries=7, max_entries=7)


def shown_week(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What the form shows of a week."""
    held = {day.number: day for day in minors.week_of(rows)}
    return [_shown_day(held.get(number)) for number in range(7)]


def _shown_day(day: Day | None) -> dict[str, Any]:
    if day is None:
        return {}
    begins, ends = (None if one is None else time(one % minors.DAY // 60, one % 60) for one in (day.begins, day.ends))
    school = f"{day.school / 60:g}" if day.school else ""
    return {"begins": begins, "ends": ends, "rest": str(day.rest) if day.rest else "", "school": school}


class AgreementForm(_Week, Versioned):
    """The words and working times of an agreement."""

    language = RadioField(
        lazy("In which language is it made?"),
        [InputRequired()],
        choices=choices(LANGUAGES),
        description=lazy("Where the words are still the usual ones, they change along."),
    )
    parts = Paragraphs(
        lazy("Which parts of the qualification are learnt there?"),
        [AtMost(LONGEST_TEXT)],
        description=lazy("One on each line: work processes, or the optional module."),
        render_kw={"rows": 5},
    )
    week = _week_field()
    guidance_text = Paragraphs(lazy("Guidance by school and company"), [AtMost(LONGEST_TEXT)], render_kw=_ROWS)
    assessment_text = Paragraphs(lazy("How the work is assessed"), [AtMost(LONGEST_TEXT)], render_kw=_ROWS)
    ending_text = Paragraphs(lazy("When and how it can be ended"), [AtMost(LONGEST_TEXT)], render_kw=_ROWS)
    tasks_text = Paragraphs(lazy("Tasks"), [AtMost(LONGEST_TEXT)], render_kw=_ROWS)
    goals_text = Paragraphs(lazy("Learning goals"), [AtMost(LONGEST_TEXT)], render_kw=_ROWS)
    relevance_text = Paragraphs(lazy("Why this belongs to the programme"), [AtMost(LONGEST_TEXT)], render_kw=_ROWS)
    allowance_text = Paragraphs(lazy("Allowance or wage"), [AtMost(LONGEST_NOTE)], render_kw=_SHORT)
    insurance_text = Paragraphs(lazy("Insurance"), [AtMost(LONGEST_NOTE)], render_kw=_SHORT)
    confidentiality_text = Paragraphs(lazy("Confidentiality"), [AtMost(LONGEST_NOTE)], render_kw=_SHORT)
    ownership_text = Paragraphs(lazy("Who owns the result"), [AtMost(LONGEST_NOTE)], render_kw=_SHORT)

    @staticmethod
    def shown(agreement: Agreement) -> dict[str, Any]:
        """What the form shows of an agreement."""
        texts = {name: getattr(agreement, name) for name in (*TEXTS, "language", "version")}
        return texts | {"parts": "\n".join(agreement.parts), "week": shown_week(agreement.week)}

    @property
    def columns(self) -> dict[str, Any]:
        """What was filled in, as columns."""
        texts = {name: (self[name].data or "").strip() for name in TEXTS}
        return texts | {"language": self.language.data, "parts": lines_of(self.parts.data)}


def lines_of(text: str | None) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


ASKING = {
    Who.STUDENT.value: lazy("The student"),
    Who.SCHOOL.value: lazy("The school"),
    Who.COMPANY.value: lazy("The company"),
}


class ChangeForm(_Week, Versioned):
    """A change of what was signed: it comes on a new sheet."""

    asked_by = RadioField(
        lazy("Who asks for the change?"),
        [InputRequired(lazy("Choose one."))],
        choices=choices(ASKING),
        description=lazy("What belongs to the programme changes at the student's request alone."),
    )
    consent = BooleanField(
        lazy("The student said yes to it"), description=lazy("Needed where the company wants other dates or hours.")
    )
    starts_on = DateField(lazy("First day"), [InputRequired()])
    ends_on = DateField(lazy("Last day"), [InputRequired()])
    hours = Number(lazy("Hours in all"), [InputRequired(), NumberRange(1, 5000)])
    trainer_name = Line(lazy("Who guides at the company?"), [InputRequired(), AtMost(120)])
    trainer_email = Line(lazy("E-mail address of who guides there"), [AtMost(254)])
    optional_module = Line(lazy("Optional module"), [AtMost(5)])
    parts = Paragraphs(lazy("Which parts of the qualification are learnt there?"), [AtMost(LONGEST_TEXT)], render_kw={"rows": 4})
    week = _week_field()

    @staticmethod
    def shown(placement: Placement, agreement: Agreement) -> dict[str, Any]:
        """What the form shows before anything changes."""
        names = ("starts_on", "ends_on", "hours", "trainer_name", "trainer_email", "optional_module")
        values = {name: getattr(placement, name) for name in names}
        return values | {"version": agreement.version, "parts": "\n".join(agreement.parts), "week": shown_week(agreement.week)}

    def changed(self, placement: Placement, agreement: Agreement) -> dict[str, Any]:
        """What was filled in, as values of `amending.amend`; hours per school year follow dates and hours."""
        names = ("starts_on", "ends_on", "hours", "trainer_name")
        values: dict[str, Any] = {name: self[name].data for name in names}
        values |= {"trainer_email": self.trainer_email.data or "", "optional_module": self.optional_module.data or None}
        values |= {"parts": lines_of(self.parts.data), "week": minors.rows_of(self.days())}
        if any(getattr(placement, name) != values[name] for name in ("starts_on", "ends_on", "hours")):
            values["hours_by_year"] = spread(values["starts_on"], values["ends_on"], values["hours"])
        if values["week"] != agreement.week and values["week"]:
            days = self.days()
            values["days_per_week"] = minors.work_days(days)
            values["hours_per_week"] = max(1, round(minors.work_minutes(days) / 60))
        return values
