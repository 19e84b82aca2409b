"""Forms of matchmaking days."""

from collections.abc import Iterable, Mapping
from secrets import token_hex
from typing import Any

from flask import request
from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectField, TimeField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from ipf_talent import clock
from ipf_talent.cohorts.days import outcomes, services
from ipf_talent.cohorts.days.clock import Slot
from ipf_talent.cohorts.days.models import (
    LONGEST_ABOUT,
    LONGEST_NOTE,
    MOST_ROUNDS,
    MOST_TABLES,
    MOST_TALKS,
    DayCompany,
    DayTalk,
    MatchDay,
)
from ipf_talent.i18n import lazy
from ipf_talent.programmes.levels import LEVEL_LABELS, Level
from ipf_talent.skills.fields import LABELS as FIELD_LABELS
from ipf_talent.vacancies.company_forms import Versioned
from ipf_talent.web.forms import AtMost, Form, Line, Number, Paragraphs, boxes, choices

_NUMBER = InputRequired(lazy("Fill in a number."))
_DAY = InputRequired(lazy("Choose a day."))
ADULT = {"yes": lazy("Yes"), "no": lazy("No, I am younger then")}
LEVELS = {level.value: label for level, label in LEVEL_LABELS.items() if level is not Level.NONE}
FIELDS = {field.value: label for field, label in FIELD_LABELS.items()}


class DayForm(Versioned):
    """What a day is: when, where, in which rounds, and how many talks."""

    title = Line(lazy("Title"), [InputRequired(), Length(5, 120)], render_kw={"maxlength": 120})
    held_on = DateField(lazy("Date"), validators=[_DAY])
    starts_at = TimeField(lazy("First round begins at"), validators=[InputRequired(lazy("Fill in a time."))])
    venue = Line(lazy("Where"), [InputRequired(), AtMost(200)], render_kw={"maxlength": 200})
    about = Paragraphs(lazy("What people should know"), [AtMost(LONGEST_ABOUT)], render_kw={"rows": 5, "maxlength": LONGEST_ABOUT})
    rounds = Number(lazy("Number of rounds"), validators=[_NUMBER, NumberRange(1, MOST_ROUNDS)])
    talk_minutes = Number(lazy("Minutes for a talk"), validators=[_NUMBER, NumberRange(5, 60)])
    change_minutes = Number(lazy("Minutes to change tables"), validators=[_NUMBER, NumberRange(0, 30)])
    break_after = Number(lazy("Break after round"), validators=[Optional(), NumberRange(1, MOST_ROUNDS)])
    break_minutes = Number(lazy("Minutes of this break"), validators=[Optional(), NumberRange(5, 120)])
    second_after = Number(lazy("Second break after round"), validators=[Optional(), NumberRange(1, MOST_ROUNDS)])
    second_minutes = Number(lazy("Minutes of the second break"), validators=[Optional(), NumberRange(5, 120)])
    least = Number(
        lazy("Talks guaranteed to each student"),
        validators=[_NUMBER, NumberRange(0, MOST_ROUNDS)],
        description=lazy("A timetable in which somebody has fewer is not published."),
    )
    most = Number(lazy("Talks of a student at most"), validators=[_NUMBER, NumberRange(1, MOST_ROUNDS)])
    sign_up_until = DateField(lazy("Last day to sign up"), validators=[_DAY])
    once = HiddenField(default=lambda: token_hex(16), validators=[Regexp(r"\A[0-9a-f]{32}\Z")])

    def validate(self, extra_validators: Any = None) -> bool:
        """Shape and what contradicts each other at once, so that nobody mends one thing to meet the next."""
        sound = bool(super().validate(extra_validators))
        known = {name: None if self[name].errors else value for name, value in self.columns.items() if name != "breaks"}
        found = services.contradictions({**known, "breaks": self.columns["breaks"]}, clock.today())
        for error in found:
            self.reject(error)
        return sound and not found

    @property
    def columns(self) -> dict[str, Any]:
        """What was filled in, as columns of the day."""
        names = ("title", "held_on", "starts_at", "venue", "about", "rounds", "talk_minutes", "change_minutes", "least", "most")
        breaks = {
            str(after.data): minutes.data
            for after, minutes in ((self.break_after, self.break_minutes), (self.second_after, self.second_minutes))
            if after.data and minutes.data
        }
        said = {name: self[name].data for name in names}
        return said | {"about": self.about.data or "", "breaks": breaks, "sign_up_until": self.sign_up_until.data}

    @staticmethod
    def shown(day: MatchDay) -> dict[str, Any]:
        """A day as the form shows it."""
        names = ("title", "held_on", "starts_at", "venue", "about", "rounds", "talk_minutes", "change_minutes", "least", "most")
        pairs = [*sorted(day.breaks.items(), key=lambda pair: int(pair[0])), (None, None), (None, None)]
        (first, minutes), (second, more) = pairs[:2]
        shown = {name: getattr(day, name) for name in (*names, "sign_up_until", "version")}
        return shown | {"break_after": first, "break_minutes": minutes, "second_after": second, "second_minutes": more}


class RoomForm(Form):
    """A room with its tables."""

    name = Line(lazy("Room"), [InputRequired(), AtMost(60)], render_kw={"maxlength": 60})
    tables = Number(lazy("Tables"), validators=[_NUMBER, NumberRange(1, 60)])


class ChoiceForm(Form):
    """A button that says what and which."""

    deed = HiddenField()
    number = HiddenField()
    other = HiddenField()

    def whole(self, name: str) -> int:
        """One of its numbers; 0, which nothing has, where none came along."""
        text = str(self[name].data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0


class LockForm(Form):
    """A talk that every plan must hold."""

    code = Line(lazy("Code of the student"), [InputRequired(), AtMost(8)], render_kw={"maxlength": 8, "autocomplete": "off"})
    company = SelectField(lazy("Company"), validate_choice=False)
    round = SelectField(lazy("Round"), coerce=int, validate_choice=False)

    def offer(self, companies: Iterable[DayCompany], slots: Iterable[Slot]) -> None:
        """The companies that come, and the rounds with their hour."""
        self.company.choices = choices({row.company.slug: row.company.name for row in companies})
        self.round.choices = choices(hours(slots))


class StudentForm(Form):
    """What a student says at sign-up, beside what the profile says."""

    adult = RadioField(
        lazy("Are you 18 or older when a place would start?"), [InputRequired(lazy("Choose yes or no."))], choices=choices(ADULT),
        description=lazy("We ask because of safety at work; nobody asks your date of birth."),
    )  # fmt: skip
    named = BooleanField(
        lazy("The companies I talk with may see my name on the list of their table"),
        description=lazy("Otherwise they see your code. The organiser never sees your name."),
    )
    fill_up = BooleanField(
        lazy("Plan talks with other companies too, where my marks are not enough for the guaranteed number"),
        description=lazy("Only with companies that look for your level and field of study."),
    )
    away = boxes(lazy("Rounds in which I am not there"), {}, coerce=int, validate_choice=False)

    def offer(self, slots: Iterable[Slot]) -> None:
        """The rounds with their hour."""
        self.away.choices = choices(hours(slots))

    @property
    def said(self) -> dict[str, Any]:
        """What was filled in, as values of `day_signing.sign_up_student`."""
        known = {"named": bool(self.named.data), "fill_up": bool(self.fill_up.data), "minor": self.adult.data == "no"}
        return known | {"away": self.away.data or []}


class CompanyDayForm(Versioned):
    """How much a company talks, and which students it looks for; never which person (R6)."""

    tables = Number(
        lazy("Tables"), validators=[_NUMBER, NumberRange(1, MOST_TABLES)],
        description=lazy("As many people can have a talk at the same time."),
    )  # fmt: skip
    talks = Number(
        lazy("Talks at most"), validators=[Optional(), NumberRange(1, MOST_TALKS)],
        description=lazy("Empty: as many as your tables hold."),
    )  # fmt: skip
    levels = boxes(lazy("Levels you look for"), LEVELS, description=lazy("None ticked: any level."))
    fields = boxes(lazy("Fields of study you look for"), FIELDS, description=lazy("None ticked: any field."))
    places = boxes(
        lazy("Places you bring"), {}, validate_choice=False,
        description=lazy("After a talk with a yes on both sides a response goes to one of these."),
    )  # fmt: skip
    note = Line(
        lazy("What students should know"), [AtMost(LONGEST_NOTE)], render_kw={"maxlength": LONGEST_NOTE},
        description=lazy("Everyone reads it: what you make, what you talk about."),
    )  # fmt: skip
    away = boxes(lazy("Rounds in which nobody sits at your tables"), {}, coerce=int, validate_choice=False)

    def offer(self, places: Mapping[str, str], slots: Iterable[Slot]) -> None:
        """The places that can be brought, and the rounds with their hour."""
        self.places.choices, self.away.choices = choices(places), choices(hours(slots))

    @property
    def said(self) -> dict[str, Any]:
        """What was filled in, as columns of the company's row."""
        texts = {"note": self.note.data or "", "levels": self.levels.data or [], "fields": self.fields.data or []}
        return texts | {"tables": self.tables.data, "talks": self.talks.data, "away": self.away.data or []}

    @property
    def chosen_places(self) -> set[int]:
        """Numbers of the places that were ticked."""
        return {int(value) for value in self.places.data or () if value.isascii() and value.isdigit() and len(value) <= 9}

    @staticmethod
    def shown(row: DayCompany) -> dict[str, Any]:
        """A company's row as the form shows it."""
        names = ("tables", "talks", "levels", "fields", "note", "away", "version")
        return {name: getattr(row, name) for name in names} | {"places": [str(one.vacancy_id) for one in row.places]}


class AnswersForm(Form):
    """What one side says of its talks, all in one form; a talk without an answer is left alone."""

    def typed(self, talks: Iterable[DayTalk]) -> dict[int, outcomes.Saying]:
        """What was filled in for each of these talks that was answered."""
        sent = request.form
        return {
            talk.id: outcomes.Saying(said, f"agrees-{talk.id}" in sent, sent.get(f"place-{talk.id}", ""))
            for talk in talks
            if (said := sent.get(f"outcome-{talk.id}", ""))
        }


def hours(slots: Iterable[Slot]) -> dict[int, str]:
    """Each round with its hour, for a list to choose from."""
    return {slot.number: f"{slot.number} · {slot.begins:%H:%M}–{slot.ends:%H:%M}" for slot in slots}
