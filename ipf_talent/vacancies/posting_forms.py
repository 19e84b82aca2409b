"""The forms of the posting: one for each page. What is missing is said on the list of pages, so that a draft can always be kept."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from wtforms import BooleanField, DateField, HiddenField, SelectField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, StopValidation, ValidationError

from ipf_talent.i18n import _, lazy
from ipf_talent.programmes.levels import LEVEL_LABELS, TYPE_LABELS, Level, ProgrammeType
from ipf_talent.skills.fields import LABELS as FIELD_LABELS
from ipf_talent.vacancies.agreement_forms import GuidanceForm, MoreForm, PayForm, SafetyForm
from ipf_talent.vacancies.checks import DESCRIPTION, LEARN, LONGEST_PART, TITLE
from ipf_talent.vacancies.kinds import (
    HYBRID_LABELS,
    KIND_LABELS,
    Hybrid,
    PlacingMode,
    VacancyKind,
)
from ipf_talent.vacancies.models import Vacancy
from ipf_talent.vacancies.posting_fields import Number, TaskForm, boxes, codes_of, radios
from ipf_talent.vacancies.tasks import Task
from ipf_talent.web.forms import AtMost, Form, Line, Paragraphs, choices

PLACING = {
    PlacingMode.SCHOOL_PLACES: lazy("The school proposes a student, and you confirm"),
    PlacingMode.COMPANY_CHOOSES: lazy("Students respond to you, and you answer each of them"),
    PlacingMode.EVENT: lazy("You meet students at a matchmaking event"),
}
TYPES = (ProgrammeType.AD, ProgrammeType.BACHELOR, ProgrammeType.PREMASTER, ProgrammeType.MASTER, ProgrammeType.ENGD)
TEXT_LANGUAGES = {"nl": lazy("Dutch"), "en": lazy("English")}
MOST_CREBOS = 20
_CREBO = re.compile(r"[0-9]{5}")


class NewForm(Form):
    """What one must know before anything else."""

    key = HiddenField()
    interest = HiddenField()
    """Slug of the company of whose open interest an assignment is made."""
    kind = radios(lazy("What do you offer?"), KIND_LABELS)
    title = Line(
        lazy("Title"),
        description=lazy("What somebody does here, in a few words, for example “Build and test robot cells”."),
        validators=[InputRequired(lazy("Give the place a title.")), Length(*TITLE, message=lazy("Use 5 to 80 characters."))],
    )
    establishment = SelectField(lazy("Where is the work done?"))
    text_language = radios(lazy("In which language do you write?"), TEXT_LANGUAGES, default="nl")


class WhatForm(TaskForm):
    """Kind, level and address."""

    kind = SelectField(lazy("Kind of place"), choices=choices(KIND_LABELS))
    level = SelectField(lazy("Level"), choices=choices(LEVEL_LABELS))
    establishment = SelectField(lazy("Where is the work done?"))
    hybrid = radios(lazy("Can it be done from home?"), HYBRID_LABELS)

    @classmethod
    def read(cls, vacancy: Vacancy) -> dict[str, Any]:
        return super().read(vacancy) | {"establishment": str(vacancy.establishment_id or "")}

    def offer(self, vacancy: Vacancy, **lists: Any) -> None:
        self.places = {str(one.id): one for one in lists["establishments"]}
        self.establishment.choices = choices({number: named(one) for number, one in self.places.items()})

    @property
    def chosen(self) -> dict[str, Any]:
        values = super().chosen
        kinds = {"kind": VacancyKind(values["kind"]), "level": Level(values["level"]), "hybrid": Hybrid(values["hybrid"])}
        return kinds | {"establishment": self.places[values["establishment"]]}


def named(establishment: Any) -> str:
    """An address as a choice."""
    town = establishment.place.name if establishment.place else ""
    street = f"{establishment.street}, {town}" if establishment.street else town
    return f"{establishment.name} ({street})" if street else str(establishment.name)


class TextForm(TaskForm):
    """The text, in the language in which the company writes."""

    title = Line(lazy("Title"), validators=[AtMost(TITLE[1])])
    catchy_title = Line(
        lazy("A line that draws attention"), description=lazy("Shown below the title in lists."), validators=[AtMost(120)]
    )
    description = Paragraphs(
        lazy("What do you do here?"),
        description=lazy("150 to 3,000 characters: the work, the machines, the people beside you."),
        validators=[AtMost(DESCRIPTION[1])],
    )
    learn = Paragraphs(lazy("What do you learn?"), description=lazy("50 to 1,500 characters."), validators=[AtMost(LEARN[1])])
    bring = Paragraphs(lazy("What do you bring?"), validators=[AtMost(LONGEST_PART)])
    offer_text = Paragraphs(lazy("What do we offer?"), validators=[AtMost(LONGEST_PART)])
    NAMES: ClassVar = {"title": "title", "catchy_title": "catchy_title", "description": "description", "learn": "learn",
                       "bring": "bring", "offer_text": "offer"}  # fmt: skip
    """Fields of the form, and texts of the vacancy; a form has a method of its own called `offer`."""

    @classmethod
    def language(cls, vacancy: Vacancy) -> str:
        """The language of this page's texts."""
        return vacancy.text_language

    @classmethod
    def read(cls, vacancy: Vacancy) -> dict[str, Any]:
        code = cls.language(vacancy)
        return {field: getattr(vacancy, f"{name}_{code}") for field, name in cls.NAMES.items()}

    @property
    def chosen(self) -> dict[str, Any]:
        return {name: self.values[field] or "" for field, name in self.NAMES.items()}


class TranslationForm(TextForm):
    """The same in the other language."""

    @classmethod
    def language(cls, vacancy: Vacancy) -> str:
        return "en" if vacancy.text_language == "nl" else "nl"


class SkillsForm(TaskForm):
    """Skills that are asked; those on the page come beside the fields, because nobody knows how many there are."""

    words = Line(lazy("Add a skill"), description=lazy("One or more, with commas between them."), validators=[AtMost(300)])

    @classmethod
    def read(cls, vacancy: Vacancy) -> dict[str, Any]:
        return {}


class TargetForm(TaskForm):
    """For which programmes."""

    crebos = Line(
        lazy("Crebos of the qualifications"),
        description=lazy("Five digits each, with commas between them. Your address must be recognised for each (R1)."),
        validators=[AtMost(200)],
    )
    target_types = boxes(lazy("Kind of programme"), {kind: TYPE_LABELS[kind] for kind in TYPES})
    target_year = SelectField(
        lazy("From which year on?"), choices=choices({"": lazy("Does not matter"), **{n: str(n) for n in range(1, 7)}}), default=""
    )
    fields = boxes(lazy("Field"), FIELD_LABELS)

    @classmethod
    def read(cls, vacancy: Vacancy) -> dict[str, Any]:
        held = {"crebos": ", ".join(one.crebo for one in vacancy.crebos), "fields": [one.field for one in vacancy.fields]}
        return super().read(vacancy) | held | {"target_year": str(vacancy.target_year or "")}

    def validate_crebos(self, field: Line) -> None:
        """Five digits each, and not without end."""
        if wrong := [code for code in codes_of(field.data) if not _CREBO.fullmatch(code)]:
            raise ValidationError(_("A crebo has five digits; “%(code)s” has not.", code=wrong[0][:20]))
        if len(codes_of(field.data)) > MOST_CREBOS:
            raise ValidationError(_("Name at most %(number)s crebos.", number=MOST_CREBOS))

    @property
    def chosen(self) -> dict[str, Any]:
        year = int(self.target_year.data) if self.target_year.data else None
        lists = {"target_types": self.target_types.data or [], "fields": self.fields.data or []}
        return lists | {"crebos": codes_of(self.crebos.data), "target_year": year}


class PeriodForm(TaskForm):
    """When, and how many hours."""

    starts_on = DateField(lazy("First day"), validators=[InputRequired(lazy("Choose a day."))])
    starts_until = DateField(
        lazy("Start possible until"), description=lazy("Leave it empty where the start is that one day."), validators=[Optional()]
    )
    rolling = BooleanField(lazy("One can start at any time"))
    ends_on = DateField(lazy("Last day"), validators=[Optional()])
    days_per_week = Number(lazy("Days a week"), validators=[InputRequired(lazy("Fill in a number.")), NumberRange(1, 5)])
    hours_per_week = Number(lazy("Hours a week"), validators=[InputRequired(lazy("Fill in a number.")), NumberRange(4, 40)])
    total_hours = Number(lazy("Hours in all"), validators=[Optional(), NumberRange(1, 5000)])

    def validate_starts_on(self, field: DateField) -> None:
        """A year that a calendar of this century holds."""
        for one in (field, self.starts_until, self.ends_on):
            if one.data and not 2020 <= one.data.year <= 2099:
                raise StopValidation(_("Choose a day of this century."))


class PlacesForm(TaskForm):
    """How many, how one comes to it, and when one hears."""

    places = Number(lazy("Number of places"), validators=[InputRequired(lazy("Fill in a number.")), NumberRange(1, 50)])
    placing_mode = radios(lazy("How do students come to you?"), PLACING)
    answer_days = Number(
        lazy("Within how many working days do you answer?"),
        description=lazy("Students see this promise. After 15 working days without an answer a response ends by itself."),
        validators=[Optional(), NumberRange(1, 15)],
    )
    reactions_per_month = Number(
        lazy("At most how many responses a month?"),
        description=lazy("So many as you can answer. Leave it empty for no limit."),
        validators=[Optional(), NumberRange(1, 500)],
    )
    respond_by = DateField(lazy("Last day to respond"), validators=[Optional()])
    closes_on = DateField(
        lazy("Shown until"),
        description=lazy("Six months at most; you can extend it later."),
        validators=[InputRequired(lazy("Choose a day."))],
    )

    @property
    def chosen(self) -> dict[str, Any]:
        return super().chosen | {"placing_mode": PlacingMode(self.placing_mode.data)}


FORMS: Mapping[Task, type[TaskForm]] = {
    Task.WHAT: WhatForm,
    Task.TEXT: TextForm,
    Task.SKILLS: SkillsForm,
    Task.TARGET: TargetForm,
    Task.PERIOD: PeriodForm,
    Task.PLACES: PlacesForm,
    Task.PAY: PayForm,
    Task.GUIDANCE: GuidanceForm,
    Task.SAFETY: SafetyForm,
    Task.MORE: MoreForm,
    Task.TRANSLATION: TranslationForm,
}


class PressForm(Form):
    """A button; `key` keeps a second press from making a second thing."""

    key = HiddenField()


class ExtendForm(Form):
    """Until when a place is shown."""

    until = DateField(lazy("Shown until"), validators=[InputRequired(lazy("Choose a day."))])


class TemplateForm(PressForm):
    """What a template is called."""

    name = Line(
        lazy("Name of the template"),
        validators=[InputRequired(lazy("Give the template a name.")), Length(2, 80, message=lazy("Use 2 to 80 characters."))],
    )
