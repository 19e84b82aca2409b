"""Forms of periods, classes and students of a school."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange, Optional, Regexp, StopValidation, ValidationError

from ipf_talent import clock
from ipf_talent.accounts.forms import EmailAddress
from ipf_talent.enrolments.arranging import school_year
from ipf_talent.enrolments.class_list import looks_like_bsn, years_before
from ipf_talent.enrolments.models import LONGEST_GOAL, LONGEST_NOTE, Enrolment, InternshipPeriod, SchoolClass
from ipf_talent.i18n import _, lazy
from ipf_talent.profiles.forms import Number
from ipf_talent.vacancies.company_forms import Versioned
from ipf_talent.vacancies.kinds import PlacingMode
from ipf_talent.web.forms import AtMost, Form, Line, Paragraphs, choices

MODE_LABELS = {
    PlacingMode.SCHOOL_PLACES: lazy("The school places: no CV, no motivation letter, no talk before it is settled"),
    PlacingMode.COMPANY_CHOOSES: lazy("Students respond to companies themselves"),
    PlacingMode.EVENT: lazy("At a matchmaking day"),
}
_YEARS = {"": lazy("Not said"), **{str(year): str(year) for year in range(1, 9)}}
_LONGEST_PERIOD = 800
"""Days."""


def _number(value: str | None) -> int | None:
    return int(value) if value else None


class _NoBsn:
    """A number that could be a BSN is not taken, whatever it is meant as (R17)."""

    def __call__(self, form: Any, field: Any) -> None:
        if looks_like_bsn(field.data or ""):
            raise StopValidation(
                _("This looks like a BSN. We never take one. Use the number that your school gave, with a letter if need be.")
            )


class PeriodForm(Versioned):
    """When students do their internship, how much of it, and who places."""

    name = Line(lazy("Name"), [InputRequired(), AtMost(80)], description=lazy("As students and companies read it: BPV leerjaar 3."))
    programme = SelectField(lazy("For which programme?"), default="")
    year = SelectField(lazy("For which year of study?"), choices=choices({**_YEARS, "": lazy("Every year")}), default="")
    starts_on = DateField(lazy("First day"), [InputRequired()])
    ends_on = DateField(lazy("Last day"), [InputRequired()])
    hours = Number(lazy("Hours in all"), [InputRequired(), NumberRange(1, 4000)], description=lazy("What counts for the diploma."))
    days_per_week = Number(lazy("Days a week"), [Optional(), NumberRange(1, 5)])
    goal = Paragraphs(
        lazy("What do students learn in it?"), [AtMost(LONGEST_GOAL)], render_kw={"rows": 4, "maxlength": LONGEST_GOAL}
    )
    placing_mode = RadioField(
        lazy("Who brings student and place together?"),
        [InputRequired(lazy("Choose one."))],
        choices=choices(MODE_LABELS),
        description=lazy("For mbo this wins over what a company chose for its place. In the first year of bol the school places."),
    )

    def offer(self, programmes: Mapping[str, str]) -> None:
        """The programmes to choose from, by number."""
        self.programme.choices = choices({"": lazy("All programmes"), **programmes})

    def validate_ends_on(self, field: Any) -> None:
        """
        Hold the order of the days.

        Raises:
            ValidationError: it ends before it begins, or lasts longer than any internship.
        """
        if self.starts_on.data and field.data:
            if field.data <= self.starts_on.data:
                raise ValidationError(_("The last day comes after the first one."))
            if (field.data - self.starts_on.data).days > _LONGEST_PERIOD:
                raise ValidationError(_("This is longer than two years. Is the year right?"))

    @staticmethod
    def shown(period: InternshipPeriod) -> dict[str, Any]:
        """What the form shows of a period."""
        names = ("name", "starts_on", "ends_on", "hours", "days_per_week", "goal", "version")
        values = {name: getattr(period, name) for name in names}
        return values | {
            "programme": str(period.programme_id or ""),
            "year": str(period.year or ""),
            "placing_mode": period.placing_mode.value,
        }

    @property
    def columns(self) -> dict[str, Any]:
        """What was filled in, as columns."""
        names = ("name", "starts_on", "ends_on", "hours", "days_per_week")
        values = {name: self[name].data for name in names}
        mode = PlacingMode(self.placing_mode.data)
        said = {"programme_id": _number(self.programme.data), "year": _number(self.year.data), "placing_mode": mode}
        return values | said | {"goal": self.goal.data or ""}


class ClassForm(Versioned):
    """A class of one school year."""

    name = Line(lazy("Name of the class"), [InputRequired(), AtMost(40)], description=lazy("As the school writes it: MT4A."))
    starts_year = SelectField(lazy("School year"), [InputRequired()])
    programme = SelectField(lazy("Programme"), [InputRequired()])
    year = SelectField(lazy("Year of study"), choices=choices(_YEARS), default="")
    supervisor = SelectField(lazy("Who guides the class?"), default="")
    period = SelectField(
        lazy("Internship period"),
        default="",
        description=lazy("For all students of the class, unless one has a period of their own."),
    )

    def offer(self, programmes: Mapping[str, str], supervisors: Mapping[str, str], periods: Mapping[str, str], today: date) -> None:
        """What there is to choose from."""
        self.starts_year.choices = choices(school_years(today, self.starts_year.data))
        self.programme.choices = choices(programmes)
        self.supervisor.choices = choices({"": lazy("Nobody yet"), **supervisors})
        self.period.choices = choices({"": lazy("None yet"), **periods})

    @staticmethod
    def shown(row: SchoolClass) -> dict[str, Any]:
        """What the form shows of a class."""
        return {
            "name": row.name,
            "starts_year": str(row.starts_year),
            "programme": str(row.programme_id),
            "year": str(row.year or ""),
            "supervisor": str(row.supervisor_id or ""),
            "period": str(row.period_id or ""),
            "version": row.version,
        }

    @property
    def columns(self) -> dict[str, Any]:
        """What was filled in, as columns."""
        return {
            "name": self.name.data,
            "starts_year": int(self.starts_year.data),
            "programme_id": int(self.programme.data),
            "year": _number(self.year.data),
            "supervisor_id": _number(self.supervisor.data),
            "period_id": _number(self.period.data),
        }


def school_years(today: date, chosen: str | None = None) -> dict[str, str]:
    """The school years to choose from: the last, this and the next one, and the one that stands there."""
    now = school_year(today)
    years = {now - 1, now, now + 1} | (
        {int(chosen)} if chosen and chosen.isascii() and chosen.isdigit() and len(chosen) == 4 else set()
    )
    return {str(year): f"{year}/{(year + 1) % 100:02}" for year in sorted(years)}


class UploadForm(Form):
    """A class list."""

    starts_year = SelectField(lazy("For which school year?"), [InputRequired()])
    file = FileField(
        lazy("The list"),
        [FileRequired(lazy("Choose a file."))],
        description=lazy("CSV or Excel (XLSX), at most 10 MB and 1,000 students."),
        render_kw={"accept": ".csv,.xlsx"},
    )

    def offer(self, today: date) -> None:
        """The school years to choose from; this one unless somebody chose otherwise."""
        self.starts_year.choices = choices(school_years(today))
        self.starts_year.data = self.starts_year.data or str(school_year(today))


class ApplyForm(Form):
    """Apply the list that was looked at."""

    shown = HiddenField(validators=[Regexp(r"\A[0-9a-f]{64}\Z")])


class StudentForm(Versioned):
    """What the school says of one student."""

    name = Line(lazy("Name"), [InputRequired(), AtMost(80)])
    number = Line(
        lazy("Student number"), [InputRequired(), AtMost(40), _NoBsn()], description=lazy("The school's own number; never a BSN.")
    )
    email = Line(lazy("E-mail address"), [InputRequired(), EmailAddress()])
    school_class = SelectField(lazy("Class"), default="")
    programme = SelectField(lazy("Programme"), [InputRequired()])
    year = SelectField(lazy("Year of study"), choices=choices(_YEARS), default="")
    cohort = Line(
        lazy("Cohort"),
        [Optional(), Regexp(r"\A20[0-9]{2}(?:[-/](?:20)?[0-9]{2})?\Z", message=lazy("Write 2026 or 2026-2027."))],
        description=lazy("The school year in which the student began."),
    )
    period = SelectField(lazy("Internship period"), default="")
    travel_km = Number(lazy("Travels at most (km)"), [Optional(), NumberRange(1, 500)])
    minor_until = DateField(
        lazy("Turns 18 on"), [Optional()], description=lazy("Only for who is under 18 now; it goes once the day is past.")
    )
    support = BooleanField(
        lazy("There are arrangements for support"), description=lazy("Only that they exist. What they are stays at school.")
    )
    excused = BooleanField(lazy("Needs no place in this period"), description=lazy("Such as a student with a place abroad."))
    example = False
    """Whether it is a student of an example school."""

    def offer(self, programmes: Mapping[str, str], classes: Mapping[str, str], periods: Mapping[str, str]) -> None:
        """What there is to choose from."""
        self.programme.choices = choices(programmes)
        self.school_class.choices = choices({"": lazy("No class"), **classes})
        self.period.choices = choices({"": lazy("That of the class"), **periods})

    def validate_email(self, field: Any) -> None:
        """
        Keep mail about an example school from real people.

        Raises:
            ValidationError: the address could be somebody's.
        """
        if self.example and not (field.data or "").lower().endswith(".example"):
            raise ValidationError(
                _("In this example school an address has to end in .example, so that no mail reaches real people.")
            )

    def validate_minor_until(self, field: Any) -> None:
        """
        Hold the age (R8).

        Raises:
            ValidationError: the student is under 16.
        """
        if field.data and clock.today() < years_before(field.data, 2):
            raise ValidationError(_("This student is under 16 today. An account is for people from 16 on."))

    @staticmethod
    def shown(row: Enrolment) -> dict[str, Any]:
        """What the form shows of a student."""
        names = ("name", "number", "email", "cohort", "travel_km", "minor_until", "support", "excused", "version")
        values = {name: getattr(row, name) for name in names}
        return values | {
            "school_class": str(row.class_id or ""),
            "programme": str(row.programme_id),
            "year": str(row.year or ""),
            "period": str(row.period_id or ""),
        }

    @property
    def columns(self) -> dict[str, Any]:
        """What was filled in, as columns."""
        minor = self.minor_until.data
        return {
            "name": self.name.data,
            "number": self.number.data,
            "email": (self.email.data or "").lower(),
            "class_id": _number(self.school_class.data),
            "programme_id": int(self.programme.data),
            "year": _number(self.year.data),
            "cohort": self.cohort.data or None,
            "period_id": _number(self.period.data),
            "travel_km": self.travel_km.data,
            "minor_until": minor if minor and minor > clock.today() else None,
            "support": bool(self.support.data),
            "excused": bool(self.excused.data),
        }


class ActForm(Form):
    """A button: what is to be done with a student."""

    deed = HiddenField()


class ChosenForm(Form):
    """Several students, by their keys."""

    keys = SelectMultipleField(validate_choice=False)

    @property
    def chosen(self) -> list[str]:
        """Their keys, each once, as far as they look like one."""
        found = (key for key in self.keys.data or () if key.isascii() and key.isalnum() and len(key) <= 16)
        return list(dict.fromkeys(found))[:500]


class NoteForm(Form):
    """What a student says is wrong."""

    note = Paragraphs(
        lazy("What is wrong?"),
        [InputRequired(), AtMost(LONGEST_NOTE)],
        description=lazy("The internship coordinator of your school reads it. At most 500 characters."),
        render_kw={"rows": 4, "maxlength": LONGEST_NOTE},
    )
