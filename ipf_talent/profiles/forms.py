"""The forms of the profile."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from wtforms import DateField, IntegerField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from ipf_talent.i18n import _, lazy, pick
from ipf_talent.profiles.card import LONGEST_WISH, Card
from ipf_talent.programmes.filters import LANGUAGE_LABELS
from ipf_talent.programmes.levels import LEVEL_LABELS, START_LABELS
from ipf_talent.vacancies.kinds import KIND_LABELS
from ipf_talent.web.forms import Form, Line, Paragraphs, choices

LONGEST_LIST = 1_000
"""Characters of a typed list of skills."""

LONGEST_TEXT = 20_000
"""Characters of a pasted text."""

YEARS_AHEAD = 5
DISTANCES = (10, 25, 50, 100)
YEARS = 8


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


class Boxes(SelectMultipleField):
    """Several boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class PointForm(Form):
    """Where someone stands; a field that was not sent keeps what the card says."""

    point = SelectField(
        lazy("Where are you now?"),
        choices=choices({"": lazy("Choose your level"), **START_LABELS}),
        validators=[InputRequired(lazy("Choose where you are now."))],
    )
    programme = SelectField(lazy("Which programme do you follow, or did you finish last?"), default="", validate_choice=True)
    year = SelectField(
        lazy("Which year are you in?"),
        choices=choices({"": lazy("Not said"), **{year: str(year) for year in range(1, YEARS + 1)}}),
        default="",
    )

    def offer(self, programmes: Iterable[Any]) -> None:
        """The programmes to choose from, grouped by level, schools behind their titles."""
        offered = choices({"": _("Not said")})
        for row in programmes:
            offered += choices({row.slug: f"{pick(row, 'title')} – {row.institution}"}, group=str(LEVEL_LABELS[row.level]))
        self.programme.choices = offered


class WordsForm(Form):
    """A list of skills, as someone types it."""

    words = Line(
        lazy("What can you do?"),
        validators=[
            InputRequired(lazy("Type one or more skills, with a comma between them.")),
            Length(max=LONGEST_LIST, message=lazy("This is too long. Type fewer skills at once.")),
        ],
    )


class TextForm(Form):
    """A text in which skills are looked for; it is not kept."""

    text = Paragraphs(
        lazy("A text about what you can do"),
        validators=[
            InputRequired(lazy("Paste or type a text first.")),
            Length(max=LONGEST_TEXT, message=lazy("This text is too long. Paste at most 20,000 characters.")),
        ],
    )


class WishesForm(Form):
    """What someone looks for; every field may stay empty."""

    wish = Paragraphs(
        lazy("What do you want to learn?"),
        validators=[Length(max=LONGEST_WISH, message=lazy("This is too long. Use at most 600 characters."))],
    )
    kinds = Boxes(lazy("What kind of place?"), choices=choices(KIND_LABELS))
    languages = Boxes(lazy("In which languages can you work?"), choices=choices(LANGUAGE_LABELS))
    available_from = DateField(lazy("From which day can you start?"), validators=[Optional()])
    available_until = DateField(lazy("Until which day?"), validators=[Optional()])
    hours_per_week = Number(
        lazy("How many hours a week?"),
        validators=[Optional(), NumberRange(4, 40, message=lazy("Choose between 4 and 40 hours a week."))],
    )
    place = SelectField(lazy("Where do you start from?"), default="")
    travel_km = SelectField(
        lazy("How far will you travel?"),
        choices=choices({"": lazy("Does not matter"), **_kilometres(DISTANCES)}),
        default="",
    )

    def offer(self, places: Iterable[str], today: date, card: Card) -> None:
        """The towns to choose from, what day it is, and a distance that was chosen elsewhere."""
        self.place.choices = choices({"": _("Not said"), **{name: name for name in places}})
        if card.travel_km and card.travel_km not in DISTANCES:
            everywhere = {"": _("Does not matter")}
            self.travel_km.choices = choices(everywhere | _kilometres(sorted({*DISTANCES, card.travel_km})))
        self.today = today

    def validate_available_from(self, field: DateField) -> None:
        """Not further away than anyone plans; a day that has passed means now."""
        self._near(field)

    def validate_available_until(self, field: DateField) -> None:
        """After today, and after the first day."""
        last = self._near(field)
        if last <= self.today:
            raise StopValidation(_("This day has passed. Choose a later one, or leave it empty."))
        if self.available_from.data and last <= self.available_from.data:
            raise StopValidation(_("Choose a day after the first one."))

    def _near(self, field: DateField) -> date:
        day: date = field.data or self.today
        if day.year < self.today.year - 1 or day > self.today + timedelta(days=366 * YEARS_AHEAD):
            raise StopValidation(_("Choose a day within five years from now."))
        return day
