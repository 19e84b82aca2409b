"""The question to the planner as a form in the address, and the small forms around a saved plan."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import format_date
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, Length, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from ipf_talent.i18n import _, lazy, pick
from ipf_talent.pathways.forms import title_at
from ipf_talent.pathways.kept import LONGEST_NAME, PART_LABELS
from ipf_talent.pathways.plan_services import DAYS
from ipf_talent.pathways.question import GoalKind, Pace, Question
from ipf_talent.profiles.card import Card
from ipf_talent.programmes.levels import LEVEL_LABELS, START_LABELS, StartingPoint
from ipf_talent.web.forms import Filter, Form, Line, choices

MONTHS = 36
"""Months from now that one can choose to start in."""
FARTHEST = 500
"""Kilometres."""
GOAL_LABELS = {
    GoalKind.PROGRAMME: lazy("A programme"),
    GoalKind.OCCUPATION: lazy("An occupation"),
    GoalKind.VACANCY: lazy("A place at a company"),
    GoalKind.POSSIBLE: lazy("Show me what is possible"),
}
PACE_LABELS = {
    Pace.ANY: lazy("Does not matter"),
    Pace.FULL: lazy("The whole week"),
    Pace.BESIDE_WORK: lazy("Beside work"),
}


@dataclass(frozen=True)
class Offer:
    """
    What can be chosen.

    Attributes:
        programmes: lines of all programmes, by the ladder.
        occupations: lines with slug and labels.
        places: lines of the open places.
        towns: names.
        closed: the asked place is no longer open, but was.
    """

    programmes: Iterable[Any]
    occupations: Iterable[Any]
    places: Iterable[Any]
    towns: Sequence[str]
    closed: bool = False


def _select(label: Any, **more: Any) -> SelectField:
    return SelectField(label, default="", validate_choice=False, **more)


class PlanFilter(Filter):
    """From where, to where, from when, and how far; what is wrong with it is said beside its field."""

    today: date
    offered: Offer
    point = _select(lazy("Where are you now?"), name="from", choices=choices({"": lazy("Choose"), **START_LABELS}))
    own = _select(lazy("Your programme, now or last"))
    start = _select(lazy("From when can you start?"))
    place = _select(lazy("In which town do you live?"))
    km = Line(lazy("How far away may it be, in km?"), default="")
    pace = _select(lazy("How much time do you have?"), choices=choices(PACE_LABELS))
    goal = RadioField(lazy("Where do you want to go?"), choices=choices(GOAL_LABELS), validate_choice=False)
    to = _select(lazy("Which programme?"))
    occupation = _select(lazy("Which occupation?"))
    vacancy = _select(lazy("Which place?"))

    @classmethod
    def of(cls, asked: Mapping[str, str], card: Card, today: date, offer: Offer) -> "PlanFilter":
        """The question of an address; what it leaves open is as the profile says."""
        form = cls(MultiDict(asked), data=_said(card, today))
        form.today, form.offered = today, offer
        form._fill(offer)
        form.goal.data = form.goal.data or next((kind for kind in GoalKind if asked.get(_SELECTS.get(kind, ""))), None)
        return form

    @property
    def is_asked(self) -> bool:
        """Whether there is a goal, or at least the wish to choose one."""
        return bool(self.goal.data)

    @property
    def question(self) -> Question:
        """What is asked, once it is valid."""
        kind = GoalKind(self.goal.data)
        return Question(
            StartingPoint(self.point.data),
            kind,
            self[_SELECTS[kind]].data if kind in _SELECTS else "",
            max(_month(self.start.data), self.today.replace(day=1)),
            own=self.own.data or None,
            km=int(self.km.data) if self.km.data else None,
            place=self.place.data or None,
            pace=Pace(self.pace.data or Pace.ANY),
        )

    def _fill(self, offer: Offer) -> None:
        programmes = _by_level(offer.programmes)
        self.own.choices = choices({"": _("Not said")}) + programmes
        self.to.choices = choices({"": _("Choose a programme")}) + programmes
        months = [_later(self.today, n) for n in range(MONTHS)]
        self.start.choices = choices({f"{month:%Y-%m}": format_date(month, "LLLL y") for month in months})
        self.place.choices = choices({"": _("Not said"), **{name: name for name in offer.towns}})
        named = sorted({(pick(row, "label"), row.slug) for row in offer.occupations})
        self.occupation.choices = choices({"": _("Choose an occupation"), **{slug: label for label, slug in named}})
        lines = {row.slug: _("%(what)s at %(school)s", what=pick(row, "title"), school=row.company) for row in offer.places}
        by_name = dict(sorted(lines.items(), key=lambda line: line[1].casefold()))
        self.vacancy.choices = choices({"": _("Choose a place"), **by_name})

    def validate_point(self, field: SelectField) -> None:
        """A starting point that we know."""
        if not field.data:
            raise StopValidation(_("Choose where you are now."))
        _refuse_unknown(field, _("We do not know this starting point. Choose one from the list."))

    def validate_own(self, field: SelectField) -> None:
        """A programme that is there, or none."""
        _refuse_unknown(field, _("We do not know this programme. Choose another one, or leave it open."))

    def validate_start(self, field: SelectField) -> None:
        """A month from now on."""
        if field.data in _values(field):
            return
        month = _month(field.data)
        if month != date.min and month < self.today:
            raise StopValidation(_("This month has passed. Choose this month or a later one."))
        raise StopValidation(_("Choose a month from the list, at most three years from now."))

    def validate_place(self, field: SelectField) -> None:
        """A town that we know; a distance counts from one."""
        _refuse_unknown(field, _("We do not know this town. Choose one from the list."))
        if self.km.data and not field.data:
            raise StopValidation(_("Choose the town where you live, or leave the distance open."))

    def validate_km(self, field: Line) -> None:
        """Plain digits."""
        text = field.data or ""
        if text and not (text.isascii() and text.isdigit() and len(text) <= 4 and 1 <= int(text) <= FARTHEST):
            raise StopValidation(_("Write a whole number of kilometres from 1 to 500, such as 25."))

    def validate_pace(self, field: SelectField) -> None:
        """One of ours."""
        _refuse_unknown(field, _("Choose how much time you have."))

    def validate_goal(self, field: RadioField) -> None:
        """One of ours."""
        if field.data not in set(GoalKind):
            raise StopValidation(_("Choose where you want to go."))

    def validate_to(self, field: SelectField) -> None:
        """A programme, where that is the goal."""
        if self.goal.data == GoalKind.PROGRAMME:
            _refuse_empty(field, _("Choose a programme."), _("We do not know this programme. Choose one from the list."))

    def validate_occupation(self, field: SelectField) -> None:
        """An occupation, where that is the goal."""
        if self.goal.data == GoalKind.OCCUPATION:
            _refuse_empty(field, _("Choose an occupation."), _("We do not know this occupation. Choose one from the list."))

    def validate_vacancy(self, field: SelectField) -> None:
        """An open place, where that is the goal."""
        if self.goal.data == GoalKind.VACANCY:
            closed = _("This place has closed. Choose another one; the rest of your question is still here.")
            unknown = _("We do not know this place. Choose one from the list.")
            _refuse_empty(field, _("Choose a place."), closed if self.offered.closed else unknown)


_SELECTS = {GoalKind.PROGRAMME: "to", GoalKind.OCCUPATION: "occupation", GoalKind.VACANCY: "vacancy"}


def _said(card: Card, today: date) -> dict[str, Any]:
    """What the profile says already."""
    free = card.available_from
    last = _later(today, MONTHS - 1)
    start = min(free, last) if free and free > today else today
    return {
        "point": card.point.value if card.point else "",
        "own": card.programme or "",
        "start": f"{start:%Y-%m}",
        "place": card.place or "",
        "km": str(card.travel_km or "") if card.place else "",
        "pace": Pace.ANY.value,
    }


def _by_level(rows: Iterable[Any]) -> list[Any]:
    """Programmes grouped by level, those of schools before national qualifications."""
    offered = []
    for row in sorted(rows, key=lambda row: row.national):
        group = str(_("National qualifications") if row.national else LEVEL_LABELS[row.level])
        offered += choices({row.slug: title_at(row)}, group=group)
    return offered


def _later(today: date, months: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _month(text: str | None) -> date:
    """The first day of a month such as 2027-09; the first day of all where it is none."""
    year, _dash, month = (text or "").partition("-")
    if not (year.isascii() and year.isdigit() and len(year) == 4 and month.isascii() and month.isdigit() and len(month) == 2):
        return date.min
    return date(int(year), int(month), 1) if int(year) and 1 <= int(month) <= 12 else date.min


def _values(field: Any) -> set[str]:
    return {choice.value for choice in field.choices}


def _refuse_unknown(field: Any, message: str) -> None:
    if field.data and field.data not in _values(field):
        raise StopValidation(message)


def _refuse_empty(field: Any, empty: str, unknown: str) -> None:
    if not field.data:
        raise StopValidation(empty)
    _refuse_unknown(field, unknown)


class NameForm(Form):
    """A name for a plan."""

    name = Line(
        lazy("Name of the plan"),
        [
            DataRequired(lazy("Give the plan a name.")),
            Length(max=LONGEST_NAME, message=lazy("This name is too long. Use at most 80 characters.")),
        ],
        description=lazy("Only you see it."),
        render_kw={"maxlength": LONGEST_NAME, "autocomplete": "off"},
    )
    version = HiddenField(default="0")
    instead = HiddenField(default="")

    @property
    def seen_version(self) -> int:
        """The version of the plan that was on the page."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1


class ShareForm(Form):
    """What others may see of a plan, and for how long."""

    parts = SelectMultipleField(
        lazy("What do you want to show?"),
        choices=choices(PART_LABELS),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    days = SelectField(lazy("How long does the link work?"), default="30")

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.days.choices = choices({number: _("%(num)s days", num=number) for number in DAYS})

    def validate_parts(self, field: SelectMultipleField) -> None:
        """At least one; as a rule of each box, a browser would ask for all of them."""
        if not field.data:
            raise StopValidation(_("Tick at least one part."))


class KeyForm(Form):
    """Which one is meant."""

    key = HiddenField(validators=[DataRequired()])
