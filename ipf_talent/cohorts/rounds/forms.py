"""Forms of rounds: making one, its days and limits, fixing a pair, wishes, what a place goes by, a certificate to check."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from secrets import token_hex
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, HiddenField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional, Regexp

from ipf_talent.cohorts.criteria import Criterion
from ipf_talent.cohorts.rounds import preparing
from ipf_talent.cohorts.rounds.kinds import CRITERION_LABELS
from ipf_talent.cohorts.rounds.models import LONGEST_NOTE, LONGEST_WISH, Round
from ipf_talent.enrolments.models import InternshipPeriod
from ipf_talent.i18n import _, lazy, pick
from ipf_talent.vacancies.models import Vacancy
from ipf_talent.web.forms import AtMost, Form, Line, Number, Paragraphs, choices

LIMITS = ("least_weeks", "most_km", "adjustments")
"""What stays as students saw it once a round is open."""
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

    def offer(self, periods: Mapping[str, InternshipPeriod], today: date) -> None:
        """The periods to choose from, by their name in addresses."""
        self.periods, self.today = periods, today
        self.period.choices = choices({slug: one.name for slug, one in periods.items()})

    def validate(self, extra_validators: Any = None) -> bool:
        """What is wrong with the days is said together with what is wrong elsewhere."""
        sound = bool(super().validate(extra_validators))
        period = self.periods.get(str(self.period.data))
        if period is None:
            return sound
        wrong = preparing.wrong_dates(self.wishes_until.data, self.answer_until.data, period, self.today)
        for one in wrong:
            self.reject(one)
        return sound and not wrong

    @property
    def said(self) -> dict[str, Any]:
        """What was filled in, as values of `round_preparing.make`."""
        return {name: self.values[name] for name in ("name", "wishes_until", "answer_until", "made_with")}


class SettingsForm(Form):
    """Days and hard limits of a round."""

    name = Line(lazy("Name of the round"), [InputRequired(), AtMost(80)], render_kw={"maxlength": 80})
    wishes_until = DateField(lazy("Last day for wishes"), [InputRequired()])
    answer_until = DateField(lazy("Last day to say yes or no"), [InputRequired()])
    least_weeks = Number(
        lazy("Weeks that a place must last within the period"),
        [Optional(), NumberRange(1, 60)],
        description=lazy("Leave it open where every place is long enough."),
        render_kw={"inputmode": "numeric", "min": 1, "max": 60},
    )
    most_km = Number(
        lazy("Kilometres from home that a place may be at most"),
        [Optional(), NumberRange(1, 500)],
        description=lazy("As the crow flies. What the school says of a student's own travel holds beside it."),
        render_kw={"inputmode": "numeric", "min": 1, "max": 500},
    )
    adjustments = BooleanField(
        lazy("Students with arrangements only where guidance for whoever needs more of it is offered"), default=True
    )
    version = HiddenField(validators=[Regexp(r"\A\d{1,9}\Z")])

    def __init__(self, *given: Any, **values: Any) -> None:
        super().__init__(*given, **values)
        self.kept: dict[str, Any] = {}

    @property
    def said(self) -> dict[str, Any]:
        """What was filled in, as values of `round_preparing.change`."""
        return {**self.kept, **self.values, "version": int(self.version.data or 0)}

    def keep_limits(self, placing_round: Round) -> None:
        """Ask for name and days alone: the hard limits stay as they are."""
        for name in LIMITS:
            self.kept[name] = getattr(placing_round, name)
            del self[name]


class ActForm(Form):
    """A button; `early` confirms that wishes end before the promised day, `sure` that somebody loses by it."""

    deed = HiddenField()
    part = HiddenField()
    early = BooleanField(lazy("End the wishes before the last day"))
    sure = BooleanField()


def seats_form(free: Sequence[tuple[Vacancy, int]], now: Mapping[str, int]) -> Form:
    """
    A form with the seats of each place that can take part.

    Args:
        free: places with the seats that they have for the round.
        now: the seats that are given to it, by slug.
    """
    fields: dict[str, Any] = {}
    for vacancy, most in free:
        label = f"{pick(vacancy, 'title')}, {vacancy.company.name}"
        between = NumberRange(0, most, message=preparing.seats_between(most))
        fields[f"seats-{vacancy.slug}"] = Number(label, [Optional(), between], default=now.get(vacancy.slug))
    return type("SeatsForm", (Form,), fields)()  # type: ignore[no-any-return]


def seats_in(form: Form) -> dict[str, int]:
    """The seats that were filled in, by slug; none at all leaves a place out."""
    return {name.removeprefix("seats-"): number for name, number in form.values.items() if number}


class LockForm(Form):
    """A pair to fix, and why."""

    student = SelectField(lazy("Student"), [InputRequired()], validate_choice=False)
    place = SelectField(lazy("Place offered"), [InputRequired()], validate_choice=False)
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

    def validate(self, extra_validators: Any = None) -> bool:
        """A fact is chosen once."""
        sound, seen = bool(super().validate(extra_validators)), set()
        for field in (self[name] for name in self.SLOTS):
            if field.data in seen:
                field.errors = [*field.errors, _("You chose this fact above already.")]
                sound = False
            seen |= {field.data} - {""}
        return sound

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
        """What was chosen, in order."""
        return [Criterion(self[name].data) for name in self.SLOTS if self[name].data]


class CertificateForm(Form):
    """A certificate to check."""

    file = FileField(
        lazy("The certificate"),
        [FileRequired(lazy("Choose a file."))],
        description=lazy("A file that ends in .json, at most 4 MB. We do not keep it."),
    )


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
