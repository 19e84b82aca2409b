"""The forms of the profile."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from wtforms import DateField, IntegerField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from ipf_talent.i18n import _, lazy, pick
from ipf_talent.profiles.card import LONGEST_WISH, Card
from ipf_talent.profiles.suiting import in_order
from ipf_talent.programmes.filters import LANGUAGE_LABELS
from ipf_talent.programmes.levels import LEVEL_LABELS, START_LABELS, Level, StartingPoint
from ipf_talent.vacancies.kinds import KIND_LABELS
from ipf_talent.web.forms import Form, Paragraphs, choices

LONGEST_LIST = 1_000
"""Characters of a typed list of skills."""

LONGEST_TEXT = 20_000
"""Characters of a pasted text."""

YEARS_AHEAD = 5
AGE_LABELS = {"": lazy("Not said"), "minor": lazy("16 or 17"), "adult": lazy("18 or older")}
DISTANCES = (10, 25, 50, 100)
YEARS = 8

_P = StartingPoint
POINTS = {
    lazy("At school, before mbo"): (_P.VMBO_BB, _P.VMBO_KB, _P.VMBO_GL_TL, _P.HAVO, _P.VWO),
    lazy("mbo"): (_P.MBO_1, _P.MBO_2, _P.MBO_3, _P.MBO_4),
    lazy("hbo and university"): (_P.AD, _P.HBO_PROPEDEUSE, _P.HBO_BACHELOR, _P.WO_BACHELOR, _P.MASTER),
    lazy("Not at school"): (_P.WORKING, _P.JOB_SEEKING, _P.NONE),
}
"""The starting points as the page groups them; each stands in one group."""


def _kilometres(distances: Iterable[int]) -> dict[Any, Any]:
    return {km: f"{km} km" for km in distances}


def _digits(value: str | None) -> int | None:
    """A whole number of at most 4 ASCII digits; None for nothing."""
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) <= 4):
        raise ValueError
    return int(value)


class Number(IntegerField):
    """A whole number in plain digits."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take digits and nothing that only looks like them."""
        try:
            self.data = _digits(valuelist[0].strip()) if valuelist else None
        except ValueError as error:
            self.data = None
            raise ValueError(_("Write a whole number, such as 32.")) from error


def _boxes(label: Any, labels: Mapping[Any, Any]) -> SelectMultipleField:
    """Several boxes to tick."""
    return SelectMultipleField(label, choices=choices(labels), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())


class PointForm(Form):
    """Where someone stands; a field that was not sent keeps what the card says."""

    point = RadioField(
        lazy("What is your level?"),
        choices=choices({point: START_LABELS[point] for points in POINTS.values() for point in points}),
        validators=[InputRequired(lazy("Choose where you are now."))],
    )
    programme = SelectField(lazy("Which programme do you follow, or did you finish last?"), default="", validate_choice=True)
    year = SelectField(
        lazy("Which year are you in?"),
        choices=choices({"": lazy("Not said"), **{year: str(year) for year in range(1, YEARS + 1)}}),
        default="",
    )

    @property
    def said(self) -> dict[str, Any]:
        """What a card keeps of it."""
        year = int(self.year.data) if self.year.data else None
        return {"point": StartingPoint(self.point.data), "programme": self.programme.data or None, "year": year}

    @property
    def groups(self) -> list[tuple[Any, list[tuple[Any, Level]]]]:
        """The buttons of the level with their places on the ladder, by the heading they stand under."""
        buttons = {button.data: button for button in self.point}
        return [(heading, [(buttons[point], point.level) for point in points]) for heading, points in POINTS.items()]

    def offer(self, programmes: Iterable[Any]) -> None:
        """The programmes to choose from, grouped by level, schools behind their titles."""
        offered = choices({"": _("Not said")})
        for row in programmes:
            offered += choices({row.slug: f"{pick(row, 'title')} – {row.institution}"}, group=str(LEVEL_LABELS[row.level]))
        self.programme.choices = offered
        if not self.programme.raw_data and self.programme.data not in {choice.value for choice in offered}:
            self.programme.data = ""


class WordsForm(Form):
    """A list of skills, as someone types it."""

    words = Paragraphs(
        lazy("What can you do?"),
        validators=[
            DataRequired(lazy("Type one or more skills, with a comma between them.")),
            Length(max=LONGEST_LIST, message=lazy("This is too long. Type fewer skills at once.")),
        ],
    )


class TextForm(Form):
    """A text in which skills are looked for; it is not kept."""

    text = Paragraphs(
        lazy("A text about what you can do"),
        validators=[
            DataRequired(lazy("Paste or type a text first.")),
            Length(max=LONGEST_TEXT, message=lazy("This text is too long. Paste at most 20,000 characters.")),
        ],
    )


class WishesForm(Form):
    """What someone looks for; every field may stay empty."""

    wish = Paragraphs(
        lazy("What do you want to learn?"),
        validators=[Length(max=LONGEST_WISH, message=lazy("This is too long. Use at most 600 characters."))],
    )
    kinds = _boxes(lazy("What kind of place?"), KIND_LABELS)
    languages = _boxes(lazy("In which languages can you work?"), LANGUAGE_LABELS)
    available_from = DateField(lazy("From which day can you start?"), validators=[Optional()])
    available_until = DateField(lazy("Until which day?"), validators=[Optional()])
    hours_per_week = Number(
        lazy("How many hours a week?"),
        validators=[Optional(), NumberRange(4, 40, message=lazy("Choose between 4 and 40 hours a week."))],
    )
    age = RadioField(lazy("How old are you?"), choices=choices(AGE_LABELS), default="")
    adult_on = DateField(lazy("On which day do you turn 18?"), validators=[Optional()])
    place = SelectField(lazy("Where do you start from?"), default="")
    travel_km = SelectField(
        lazy("How far will you travel?"),
        choices=choices({"": lazy("Does not matter"), **_kilometres(DISTANCES)}),
        default="",
    )

    def offer(self, places: Iterable[str], today: date, card: Card) -> None:
        """The towns to choose from, kinds with those that suit first, what day it is, and what the card says already."""
        self.place.choices = choices({"": _("Not said"), **{name: name for name in places}})
        self.kinds.choices = choices({kind: KIND_LABELS[kind] for kind in in_order(card.point)})
        if card.travel_km and card.travel_km not in DISTANCES:
            everywhere = {"": _("Does not matter")}
            self.travel_km.choices = choices(everywhere | _kilometres(sorted({*DISTANCES, card.travel_km})))
        self.today, self.card = today, card

    @property
    def said(self) -> dict[str, Any]:
        """What a card keeps of it."""
        values = self.values
        km = int(values["travel_km"]) if values["travel_km"] else None
        several = {name: tuple(values[name] or ()) for name in ("kinds", "languages")}
        others = {"wish": values["wish"] or "", "travel_km": km, "place": values["place"] or None, "adult_on": self._adult_on}
        return {name: value for name, value in (values | several | others).items() if name != "age"}

    @property
    def _adult_on(self) -> date | None:
        """Of who is 18 or older no day is asked: the one on which they said so is as good."""
        if self.age.data == "adult":
            known = self.card.adult_on
            return known if known and known <= self.today else self.today
        return self.adult_on.data if self.age.data == "minor" else None

    def validate_available_from(self, field: DateField) -> None:
        """Not in the past, unless it was said when it was not, and not further away than anyone plans."""
        if field.data and field.data < self.today and field.data != self.card.available_from:
            raise StopValidation(_("This day has passed. Choose today or a later day, or leave it empty."))
        self._near(field)

    def validate_available_until(self, field: DateField) -> None:
        """After today, and after the first day."""
        if field.data and field.data <= self.today:
            raise StopValidation(_("This day has passed. Choose a later one, or leave it empty."))
        if field.data and self.available_from.data and field.data <= self.available_from.data:
            raise StopValidation(_("Choose a day after the first one."))
        self._near(field)

    def validate_age(self, field: RadioField) -> None:
        """Who names the day means that they are younger, and who is younger names the day."""
        if self.adult_on.data and not field.data:
            field.data = "minor"
        if field.data == "minor" and not any(self.adult_on.raw_data or ()):
            raise StopValidation(_("Say on which day you turn 18, so that we know what you can do by then."))

    def validate_adult_on(self, field: DateField) -> None:
        """For who is 16 or 17 a day in the coming two years; who is younger can look around, and respond later."""
        if self.age.data == "adult" and field.data and field.data > self.today:
            raise StopValidation(_("You chose “18 or older”, and this day is still to come. Which of the two is right?"))
        if self.age.data != "minor" or not field.data:
            return
        if field.data <= self.today:
            raise StopValidation(_("This day has passed. Choose “18 or older” instead."))
        if field.data > self.today.replace(year=self.today.year + 2, day=min(self.today.day, 28)) + timedelta(days=4):
            raise StopValidation(_("You can respond to places from your 16th birthday on. Until then, look around without this."))

    def validate_place(self, field: SelectField) -> None:
        """A distance counts from somewhere."""
        if self.travel_km.data and not field.data:
            raise StopValidation(_("Choose the town you start from, or leave the distance open."))

    def _near(self, field: DateField) -> None:
        if field.data and field.data > self.today + timedelta(days=366 * YEARS_AHEAD):
            raise StopValidation(_("Choose a day within five years from now."))
