"""What one looks at on the board, and nudging."""

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField

from ipf_talent.cohorts.board.lines import Order, Wanted
from ipf_talent.cohorts.board.models import NudgeTo
from ipf_talent.cohorts.board.standing import ACTOR_LABELS, STANDING_LABELS
from ipf_talent.i18n import lazy
from ipf_talent.web.choosing import Chooser, offered, select
from ipf_talent.web.forms import Form, choices

WEEKS = {
    "4": lazy("Begins within 4 weeks"),
    "8": lazy("Begins within 8 weeks"),
    "late": lazy("The day of the next step has passed"),
}

ORDERS = {Order.DUE: lazy("Who has to act soonest"), Order.NAME: lazy("Name"), Order.GROUP: lazy("Class")}


class BoardFilter(Chooser):
    """Which students one looks at; every choice stands in the address."""

    period = select(lazy("Internship period"), {}, validate_choice=False)
    group = select(lazy("Class"), {}, validate_choice=False)
    state = select(lazy("State"), STANDING_LABELS)
    actor = select(lazy("Who has to act"), ACTOR_LABELS)
    weeks = select(lazy("When"), WEEKS)
    sort = SelectField(lazy("Order"), choices=choices({one.value: label for one, label in ORDERS.items()}), default=Order.DUE.value)

    def offer(self, periods: Mapping[str, str], groups: Mapping[str, str]) -> None:
        """The periods and classes there are; one that is not among them counts as not chosen."""
        for field, labels in ((self.period, periods), (self.group, groups)):
            field.choices = offered(labels)
            field.data = field.data if field.data in labels else ""

    @property
    def order(self) -> Order:
        """What comes first."""
        return next((one for one in Order if one.value == self.sort.data), Order.DUE)

    @property
    def wanted(self) -> Wanted:
        """What was asked, as a value."""
        return Wanted(**{name: self[name].data or "" for name in ("period", "group", "state", "actor", "weeks", "q")})


class NudgeForm(Form):
    """Some students, and whom to nudge about them."""

    keys = SelectMultipleField(validate_choice=False)
    every = BooleanField()
    """All of the list that one looks at, on other pages of it too."""
    to = HiddenField()
    back = HiddenField()

    @property
    def receiver(self) -> NudgeTo | None:
        """Whom, if it is somebody."""
        return next((one for one in NudgeTo if one.value == self.to.data), None)

    @property
    def chosen(self) -> set[str]:
        """The keys of the students."""
        found: Any = self.keys.data or ()
        return set(found)
