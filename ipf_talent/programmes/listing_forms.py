"""The forms of a listing: one for each page. What is missing is said on the list of pages, so that a draft can always be kept."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from ipf_talent.i18n import _, lazy
from ipf_talent.programmes.checks import level_fits
from ipf_talent.programmes.field_values import LONGEST_TEXT, RANGES
from ipf_talent.programmes.filters import LANGUAGE_LABELS
from ipf_talent.programmes.levels import LEVEL_LABELS, TRACK_LABELS, TYPE_LABELS, Level, ProgrammeType
from ipf_talent.programmes.listing import STATUS_LABELS, ListingStatus
from ipf_talent.programmes.listing_queries import AskedListings
from ipf_talent.programmes.listing_tasks import ListingTask
from ipf_talent.programmes.models import Programme
from ipf_talent.skills.fields import LABELS as FIELD_LABELS
from ipf_talent.web.choosing import Chooser, select
from ipf_talent.web.forms import AtMost, Form, Line, Number, Paragraphs, Versioned, WebAddress, boxes, choices

CHECK_LABELS = {"due": lazy("Check again"), "hidden": lazy("Hidden: not checked for 18 months")}
_TITLE = (InputRequired(lazy("Give the programme a name.")), Length(3, 256, message=lazy("Use 3 to 256 characters.")))
_NEEDED = InputRequired(lazy("Choose one of these."))


def _fits_kind(form: Any, field: Any) -> None:
    """The level is one that the kind beside it can have."""
    kind = form.type.data
    if kind in set(ProgrammeType) and field.data in set(Level) and not level_fits(ProgrammeType(kind), Level(field.data)):
        raise ValidationError(_("This level does not go with this kind of programme."))


class ListingFilter(Chooser):
    """What to show of one's own programmes."""

    status = select(lazy("State"), STATUS_LABELS)
    check = select(lazy("Check"), CHECK_LABELS)
    level = select(lazy("Level"), LEVEL_LABELS)

    @property
    def asked(self) -> AskedListings:
        """What was chosen, as values."""
        status = ListingStatus(self.status.data) if self.status.data else None
        return AskedListings(self.q.data or "", status, self.level.data or None, self.check.data or None)


class NewForm(Form):
    """What one must know before anything else."""

    key = HiddenField()
    institution = SelectField(lazy("School"), validators=[_NEEDED])
    title_nl = Line(lazy("Name, in Dutch"), validators=list(_TITLE))
    type = SelectField(lazy("Kind"), choices=choices(TYPE_LABELS), validators=[_NEEDED])
    level = SelectField(lazy("Level"), choices=choices(LEVEL_LABELS), validators=[_NEEDED, _fits_kind])


class ListingForm(Versioned):
    """A page of a listing."""

    @classmethod
    def of(cls, programme: Programme) -> Self:
        """The form as the programme fills it."""
        form = cls(data=cls.read(programme))
        if not form.is_submitted():
            form.version.data = str(programme.version)
        return form

    @classmethod
    def read(cls, programme: Programme) -> dict[str, Any]:
        """What the fields hold now, by name."""
        held = {name: getattr(programme, name) for name in programme.__mapper__.columns.keys()}  # noqa: SIM118
        return held | {"fields": [one.field for one in programme.fields]}


class WhatForm(ListingForm):
    """Name, level, length and field."""

    title_nl = Line(lazy("Name, in Dutch"), validators=list(_TITLE))
    type = SelectField(lazy("Kind"), choices=choices(TYPE_LABELS))
    level = SelectField(lazy("Level"), choices=choices(LEVEL_LABELS), validators=[_fits_kind])
    code = Line(
        lazy("Code"),
        description=lazy("The crebo of an mbo programme (five digits), K and four digits for an elective, otherwise its code."),
        validators=[AtMost(12)],
    )
    duration_months = Number(lazy("Length in months"), validators=[Optional(), NumberRange(*RANGES["duration_months"])])
    credits_ects = Number(lazy("Study credits (EC)"), validators=[Optional(), NumberRange(*RANGES["credits_ects"])])
    sbu = Number(lazy("Hours of study (SBU)"), validators=[Optional(), NumberRange(*RANGES["sbu"])])
    languages = boxes(lazy("Languages in which it is taught"), LANGUAGE_LABELS)
    fields = boxes(lazy("Field"), FIELD_LABELS)
    track = SelectField(lazy("Track"), choices=choices({"": lazy("None of the three"), **TRACK_LABELS}), default="")

    @property
    def chosen(self) -> dict[str, Any]:
        several = {"fields": self.fields.data or [], "languages": self.languages.data or []}
        return super().chosen | several


class TextForm(ListingForm):
    """What one learns, and what one can become."""

    description_nl = Paragraphs(
        lazy("What does one learn?"),
        description=lazy("In Dutch, as you would say it to somebody of sixteen. Name machines, tools and techniques."),
        validators=[AtMost(LONGEST_TEXT)],
    )
    careers_nl = Paragraphs(lazy("What can one become?"), validators=[AtMost(2000)])


class SkillsForm(ListingForm):
    """Skills that it teaches; those on the page come beside the fields, because nobody knows how many there are."""

    words = Line(lazy("Add a skill"), description=lazy("One or more, with commas between them."), validators=[AtMost(300)])

    @classmethod
    def read(cls, programme: Programme) -> dict[str, Any]:
        return {}


class AdmissionForm(ListingForm):
    """Who is admitted, and the school's own page."""

    admission_nl = Paragraphs(
        lazy("Who is admitted?"),
        description=lazy("In Dutch. Say it as it is: a right is a right only where the law gives one."),
        validators=[AtMost(LONGEST_TEXT)],
    )
    url = Line(lazy("Your own page about it"), validators=[WebAddress()])


class ElectivesForm(ListingForm):
    """Elective modules that one can take in it."""

    electives = boxes(lazy("Elective modules"), {})

    @classmethod
    def read(cls, programme: Programme) -> dict[str, Any]:
        return {}

    def offer(self, electives: Mapping[str, str], chosen: Sequence[str]) -> None:
        """The modules of the school, and those that are chosen."""
        self.electives.choices = choices(electives)
        if not self.is_submitted():
            self.electives.data = list(chosen)

    @property
    def chosen(self) -> dict[str, Any]:
        return {"electives": self.electives.data or []}


class TranslationForm(ListingForm):
    """The same in English."""

    title_en = Line(lazy("Name"), validators=[AtMost(256)])
    description_en = Paragraphs(lazy("What does one learn?"), validators=[AtMost(LONGEST_TEXT)])
    careers_en = Paragraphs(lazy("What can one become?"), validators=[AtMost(2000)])
    admission_en = Paragraphs(lazy("Who is admitted?"), validators=[AtMost(LONGEST_TEXT)])


FORMS: Mapping[ListingTask, type[ListingForm]] = {
    ListingTask.WHAT: WhatForm,
    ListingTask.TEXT: TextForm,
    ListingTask.SKILLS: SkillsForm,
    ListingTask.ADMISSION: AdmissionForm,
    ListingTask.ELECTIVES: ElectivesForm,
    ListingTask.TRANSLATION: TranslationForm,
}


class PressForm(Form):
    """A button."""


class StepForm(Form):
    """A step of the life of a listing, with a reason where one is asked."""

    reason = Line(lazy("What is to be mended?"), description=lazy("The school reads it."), validators=[AtMost(600)])


class CheckedForm(Form):
    """Several programmes of which all is still true."""

    programmes = boxes(lazy("Programmes"), {}, validate_choice=False)
