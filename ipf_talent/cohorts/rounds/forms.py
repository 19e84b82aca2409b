"""Forms of rounds: making one, its days and limits, fixing a pair, wishes, what a place goes by, a certificate to check."""

from collections.abc import Iterable, Mapping
from secrets import token_hex
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, HiddenField, IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional, Regexp

from ipf_talent.cohorts.criteria import Criterion
from ipf_talent.cohorts.rounds.kinds import CRITERION_LABELS
from ipf_talent.cohorts.rounds.models import LONGEST_NOTE, LONGEST_WISH
from ipf_talent.i18n import lazy
from ipf_talent.web.forms import AtMost, Form, Line, Paragraphs, choices

MOST_PLACES = 200
"""Numbers that are read from one page."""


class RoundForm(Form):
    """A new round; the hidden key makes that a second press makes no second one."""

    period = SelectField(lazy("For which period?"), [InputRequired()], validate_choice=True)
    name = Line(lazy("Name of the round"), [InputRequired(), AtMost(80)], render_kw={"maxlength": 80})
    wishes_until = DateField(
        lazy("Last day for wishes"), [InputRequired()], description=lazy("Until then students can change their list.")
    )
    answer_until = DateField(
        lazy("Last day to say yes or no"),
        [InputRequired()],
        description=lazy("Whoever has not answered by then keeps nothing from this round."),
    )
    made_with = HiddenField(default=lambda: token_hex(16), validators=[Regexp(r"\A[0-9a-f]{32}\Z")])

    def offer(self, periods: Mapping[str, str]) -> None:
        """The periods to choose from."""
        self.period.choices = choices(periods)

    @property
    def said(self) -> dict[str, Any]:
        """What was filled in, as values of `round_preparing.make`."""
        return {name: self.values[name] for name in ("name", "wishes_until", "answer_until", "made_with")}


class SettingsForm(Form):
    """Days and hard limits of a round."""

    name = Line(lazy("Name of the round"), [InputRequired(), AtMost(80)], render_kw={"maxlength": 80})
    wishes_until = DateField(lazy("Last day for wishes"), [InputRequired()])
    answer_until = DateField(lazy("Last day to say yes or no"), [InputRequired()])
    least_weeks = IntegerField(
        lazy("Weeks that a place must last within the period"),
        [Optional(), NumberRange(1, 60)],
        description=lazy("Leave it open where every place is long enough."),
        render_kw={"inputmode": "numeric", "min": 1, "max": 60},
    )
    most_km = IntegerField(
        lazy("Kilometres from home that a place may be at most"),
        [Optional(), NumberRange(1, 500)],
        description=lazy("As the crow flies. What the school says of a student's own travel holds beside it."),
        render_kw={"inputmode": "numeric", "min": 1, "max": 500},
    )
    adjustments = BooleanField(
        lazy("Students with arrangements only where guidance for whoever needs more of it is offered"), default=True
    )
    version = HiddenField(validators=[Regexp(r"\A\d{1,9}\Z")])

    @property
    def said(self) -> dict[str, Any]:
        """What was filled in, as values of `round_preparing.change`."""
        return {**self.values, "version": int(self.version.data or 0)}


class ActForm(Form):
    """A button; `early` confirms that wishes end before the promised day."""

    deed = HiddenField()
    part = HiddenField()
    early = BooleanField(lazy("End the wishes before the last day"))


class LockForm(Form):
    """A pair to fix, and why."""

    student = SelectField(lazy("Student"), [InputRequired()], validate_choice=False)
    place = SelectField(lazy("Place"), [InputRequired()], validate_choice=False)
    note = Line(
        lazy("Why?"),
        [AtMost(LONGEST_NOTE)],
        description=lazy("For whoever checks the round later; no details of a person. Needed to fix the pair."),
        render_kw={"maxlength": LONGEST_NOTE},
    )

    def offer(self, students: Mapping[str, str], places: Mapping[str, str]) -> None:
        """The students and places by code."""
        self.student.choices = choices({"": "–", **students})
        self.place.choices = choices({"": "–", **places})


class LearningForm(Form):
    """What a student wants to learn, in place of a list of their own."""

    learning_wish = Paragraphs(
        lazy("What do you want to learn?"),
        [AtMost(LONGEST_WISH)],
        description=lazy("In your own words, at most 600 characters. Companies do not see it."),
        render_kw={"rows": 4, "maxlength": LONGEST_WISH},
    )


class PrioritiesForm(Form):
    """By which facts a place lets students go before others: up to five, the first one first."""

    first = SelectField(lazy("First"), choices=[])
    second = SelectField(lazy("Then"), choices=[])
    third = SelectField(lazy("Then (third)"), choices=[])
    fourth = SelectField(lazy("Then (fourth)"), choices=[])
    fifth = SelectField(lazy("Then (fifth)"), choices=[])
    SLOTS = ("first", "second", "third", "fourth", "fifth")

    def offer(self, now: Iterable[str]) -> None:
        """The facts to choose from; what holds now is chosen."""
        held = [*now, "", "", "", "", ""]
        labels = {"": lazy("nothing more"), **{one.value: label for one, label in CRITERION_LABELS.items()}}
        for name, value in zip(self.SLOTS, held, strict=False):
            self[name].choices = choices(labels)
            if not self.is_submitted():
                self[name].data = value

    @property
    def chosen(self) -> list[Criterion]:
        """What was chosen, in order, each once."""
        return [Criterion(value) for value in dict.fromkeys(self[name].data for name in self.SLOTS) if value]


class CertificateForm(Form):
    """A certificate to check."""

    file = FileField(lazy("The certificate"), description=lazy("A file that ends in .json, at most 4 MB. We do not keep it."))


def numbers(fields: Mapping[str, str], prefix: str, most: int) -> dict[str, int]:
    """
    The whole numbers of a page of many small fields, by what stands behind the prefix; empty ones and nonsense are left out.

    Args:
        most: a larger number counts as this one.
    """
    found: dict[str, int] = {}
    for name, value in fields.items():
        text = value.strip()
        if name.startswith(prefix) and text.isascii() and text.isdigit() and len(text) <= 9 and int(text) > 0:
            found[name.removeprefix(prefix)] = min(int(text), most)
        if len(found) == MOST_PLACES:
            break
    return found
