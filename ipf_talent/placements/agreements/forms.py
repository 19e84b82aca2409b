"""Forms of an agreement: its words, the working times of a week, and a change of what was signed."""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any

from wtforms import BooleanField, DateField, Field, FieldList, FormField, RadioField, StringField, TimeField
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from ipf_talent.i18n import _, lazy
from ipf_talent.placements import minors
from ipf_talent.placements.agreements.content import TEXTS
from ipf_talent.placements.agreements.kinds import spread
from ipf_talent.placements.kinds import Who
from ipf_talent.placements.minors import Day
from ipf_talent.placements.models import LONGEST_NOTE, LONGEST_TEXT, Agreement, Placement
from ipf_talent.vacancies.company_forms import Versioned
from ipf_talent.web.forms import AtMost, Line, Number, Paragraphs, boxes, choices

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


class Clock(TimeField):
    """A time on the clock."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Say what a time looks like where none could be read."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Write a time, such as 08:30.")) from error


class DayForm(PlainForm):
    """One day of the week."""

    begins = Clock(lazy("From"), [Optional()])
    ends = Clock(lazy("Until"), [Optional()])
    rest = StringField(lazy("Breaks, in minutes"), [Optional()])
    school = StringField(lazy("Hours at school"), [Optional()])

    def day(self, number: int) -> Day:
        """The day as a value; a number that cannot be read is nothing."""
        rest, school = _amount(self.rest.data, most=240) or 0, _amount(self.school.data, most=12) or 0
        return minors.day_of(number, self.begins.data, self.ends.data, round(rest), round(school * 60))

    def check(self, number: int, *, night: bool) -> None:
        """Put beside its field what cannot be: a number that is none, one time alone, an end before the beginning, too long."""
        for field, most in ((self.rest, 240), (self.school, 12)):
            if _amount(field.data, most=most) is None:
                _blame(field, _("Write a number from 0 to %(most)s.", most=most))
        begins, ends = self.begins.data, self.ends.data
        if self.begins.errors or self.ends.errors:
            return
        if (begins is None) is not (ends is None):
            _blame(self.ends if ends is None else self.begins, _("Fill in both times of a day, or neither."))
        elif begins is not None and ends is not None and ends <= begins and not night:
            _blame(self.ends, _("This lies before the beginning. Is it a night shift? Say so below the week."))
        elif self.day(number).is_too_long:
            _blame(self.ends, _("At most 12 hours of work a day, breaks left out."))
        elif self.day(number).is_all_breaks:
            _blame(self.rest, _("The breaks are longer than the day."))


def _blame(field: Field, words: str) -> None:
    field.errors = [*field.errors, str(words)]


def _amount(text: str | None, *, most: int) -> float | None:
    cleaned = (text or "").strip().replace(",", ".")
    try:
        value = float(cleaned) if cleaned else 0.0
    except ValueError:
        return None
    return value if 0 <= value <= most else None


class _Week(Versioned):
    """A form with the working times of a week; the days that are to be like Monday, and whether work goes on after midnight."""

    week: Any
    same: Any
    night: Any

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Whether everything is right; what is not right of a day stands at that day."""
        self._copy_monday()
        good = super().validate(extra_validators)
        if self.same.data and not self.same.errors:
            _blame(self.same, _("Fill in both times of Monday first."))
        for number, entry in enumerate(self.week.entries):
            entry.label.text = DAY_LABELS[number]
            entry.form.check(number, night=bool(self.night.data))
        self.week.errors = [entry.errors for entry in self.week.entries] if any(entry.errors for entry in self.week.entries) else []
        if not self.week.errors and minors.overlap(self.days()):
            self.week.errors = [str(_("A night shift goes on into the next day, where work has begun already."))]
        return good and not self.errors

    def _copy_monday(self) -> None:
        """Give the ticked days the times of Monday, and take the ticks away, so that a page that comes back shows what holds."""
        monday = self.week.entries[0].form
        if not self.same.data or monday.begins.data is None or monday.ends.data is None:
            return
        for number in {int(one) for one in self.same.data if one in SAME_DAYS}:
            for name in ("begins", "ends", "rest"):
                source, target = monday[name], self.week.entries[number].form[name]
                target.data, target.raw_data, target.process_errors = source.data, source.raw_data, source.process_errors
        self.same.data = []

    def days(self) -> Sequence[Day]:
        """The week as values; days on which nothing happens are left out."""
        found = [entry.form.day(number) for number, entry in enumerate(self.week.entries)]
        return [day for day in found if day.total]


SAME_DAYS = {str(number): label for number, label in enumerate(DAY_LABELS) if number}


def _week_field() -> Any:
    return FieldList(FormField(DayForm), label=lazy("Working times of a week"), min_entries=7, max_entries=7)


def _same_field() -> Any:
    return boxes(lazy("The same on"), SAME_DAYS)


def _night_field() -> Any:
    return BooleanField(
        lazy("These are night shifts"),
        description=lazy("Where the end lies before the beginning, work goes on after midnight."),
    )


def shown_week(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What the form shows of a week."""
    held = {day.number: day for day in minors.week_of(rows)}
    return {"week": [_shown_day(held.get(number)) for number in range(7)], "night": any(day.goes_on for day in held.values())}


def _shown_day(day: Day | None) -> dict[str, Any]:
    if day is None:
        return {}
    begins, ends = (None if one is None else time(one % minors.DAY // 60, one % 60) for one in (day.begins, day.ends))
    school = f"{day.school / 60:g}" if day.school else ""
    return {"begins": begins, "ends": ends, "rest": str(day.rest) if day.rest else "", "school": school}


class AgreementForm(_Week):
    """The words and working times of an agreement."""

    language = RadioField(
        lazy("In which language is it made?"),
        [InputRequired()],
        choices=choices(LANGUAGES),
        description=lazy("Where the words are still the usual ones, they change along."),
    )
    offered: Sequence[str] = ()
    known = boxes(lazy("Which work processes are learnt there?"), {}, description=lazy("What the company is recognised for."))
    parts = Paragraphs(
        lazy("Which parts of the qualification are learnt there?"),
        [AtMost(LONGEST_TEXT)],
        description=lazy("One on each line: work processes, or the optional module."),
        render_kw={"rows": 4},
    )
    week = _week_field()
    same = _same_field()
    night = _night_field()
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

    def offer(self, parts: Sequence[str]) -> None:
        """Work processes to tick; where none are known they are typed."""
        if not parts:
            del self.known
            return
        self.offered, self.known.choices = parts, choices({one: one for one in parts})
        self.parts.label.text = lazy("Other parts that are learnt there")

    @staticmethod
    def shown(agreement: Agreement, offered: Sequence[str] = ()) -> dict[str, Any]:
        """What the form shows of an agreement; of its parts those that are offered as ticks."""
        texts = {name: getattr(agreement, name) for name in (*TEXTS, "language", "version")}
        parts = [one for one in agreement.parts if one not in offered]
        return texts | {"known": list(agreement.parts), "parts": "\n".join(parts)} | shown_week(agreement.week)

    @property
    def columns(self) -> dict[str, Any]:
        """What was filled in, as columns."""
        texts = {name: (self[name].data or "").strip() for name in TEXTS}
        ticked = [one for one in self.offered if one in (self.known.data or ())]
        parts = list(dict.fromkeys([*ticked, *lines_of(self.parts.data)]))
        return texts | {"language": self.language.data, "parts": parts}


def lines_of(text: str | None) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


ASKING = {
    Who.STUDENT.value: lazy("The student"),
    Who.SCHOOL.value: lazy("The school"),
    Who.COMPANY.value: lazy("The company"),
}


class ChangeForm(_Week):
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
    same = _same_field()
    night = _night_field()

    @staticmethod
    def shown(placement: Placement, agreement: Agreement) -> dict[str, Any]:
        """What the form shows before anything changes."""
        names = ("starts_on", "ends_on", "hours", "trainer_name", "trainer_email", "optional_module")
        values = {name: getattr(placement, name) for name in names}
        return values | {"version": agreement.version, "parts": "\n".join(agreement.parts)} | shown_week(agreement.week)

    def validate_ends_on(self, field: DateField) -> None:
        """It ends after it begins."""
        if self.starts_on.data and field.data and field.data <= self.starts_on.data:
            raise ValidationError(_("The last day lies after the first day."))

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
