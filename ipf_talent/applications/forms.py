"""Forms of responses."""

from collections.abc import Iterable, Mapping
from secrets import token_hex
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, RadioField, SelectMultipleField
from wtforms.validators import InputRequired, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from ipf_talent.applications.kinds import REASON_LABELS, Reason
from ipf_talent.applications.models import LONGEST_MESSAGE, LONGEST_NOTE, LONGEST_WISH
from ipf_talent.i18n import lazy
from ipf_talent.web.forms import AtMost, Form, Line, Paragraphs, choices

ADULT = {"yes": lazy("Yes"), "no": lazy("No, I am younger then")}
LONGEST_REPORT = 3000


class AgeForm(Form):
    """Whether somebody is 18 on the first day; asked only of who has not said it in their profile."""

    adult = RadioField(
        lazy("Are you 18 or older on the first day?"), [InputRequired(lazy("Choose yes or no."))], choices=choices(ADULT)
    )
    minor: bool | None = None
    """What the profile says."""

    def settle(self, minor: bool | None) -> None:
        """Ask no more what is known."""
        self.minor = minor
        if minor is not None:
            del self.adult

    @property
    def is_minor(self) -> bool:
        """As the profile says, or else the answer."""
        return self.adult.data == "no" if self.minor is None else self.minor


class RespondForm(AgeForm):
    """What a student sends to a company."""

    message = Paragraphs(
        lazy("Your message to the company"),
        [InputRequired(), AtMost(LONGEST_MESSAGE)],
        description=lazy(
            "Why this place, and what do you want to learn there? Leave your name out if you do not want to show it yet."
        ),
        render_kw={"rows": 9, "maxlength": LONGEST_MESSAGE},
    )

    @property
    def said(self) -> dict[str, Any]:
        """What was filled in, as values of `services.start`."""
        return {"message": self.message.data or "", "wish": "", "minor": self.is_minor}


class WishForm(AgeForm):
    """What a student asks the school that places."""

    wish = Paragraphs(
        lazy("What do you want to learn here?"),
        [InputRequired(), AtMost(LONGEST_WISH)],
        description=lazy("For the internship coordinator of your school. The company does not see it. At most 600 characters."),
        render_kw={"rows": 5, "maxlength": LONGEST_WISH},
    )

    @property
    def said(self) -> dict[str, Any]:
        """What was filled in, as values of `services.start`."""
        return {"message": "", "wish": self.wish.data or "", "minor": self.is_minor}


class DeedForm(Form):
    """A button: what is to be done, and with which part."""

    deed = HiddenField()
    part = HiddenField()


class CvForm(Form):
    """A new CV, or one that is there already."""

    file = FileField(lazy("A new file"), description=lazy("PDF or Word (DOCX), at most 5 MB."), render_kw={"accept": ".pdf,.docx"})
    document = RadioField(lazy("Which CV goes with it?"), default="")

    def offer(self, documents: Iterable[Any], none: str) -> None:
        """Let one choose among one's own documents, or none."""
        self.document.choices = choices({"": none, **{str(one.id): one.label for one in documents}})


class MessageForm(Form):
    """A message; the hidden key makes that a second press writes no second one."""

    body = Paragraphs(
        lazy("Message"), [InputRequired(), AtMost(LONGEST_MESSAGE)], render_kw={"rows": 4, "maxlength": LONGEST_MESSAGE}
    )
    once = HiddenField(default=lambda: token_hex(16), validators=[Regexp(r"\A[0-9a-f]{32}\Z")])


class WordForm(Form):
    """A step with a few words beside it, which the other side reads as a message."""

    deed = HiddenField()
    body = Paragraphs(lazy("A message with it"), [AtMost(LONGEST_MESSAGE)], render_kw={"rows": 3, "maxlength": LONGEST_MESSAGE})
    once = HiddenField(default=lambda: token_hex(16), validators=[Regexp(r"\A[0-9a-f]{32}\Z")])


class ReasonForm(Form):
    """A no with its reason, and what would have helped."""

    deed = HiddenField()
    reason = RadioField(
        lazy("Why not?"),
        [InputRequired(lazy("Choose a reason. The student sees it."))],
        description=lazy("The student sees it."),
        validate_choice=False,
    )
    note = Line(
        lazy("In your own words"),
        [AtMost(LONGEST_NOTE)],
        description=lazy("The student reads this. It is needed with another reason."),
        render_kw={"maxlength": LONGEST_NOTE},
    )
    skills = SelectMultipleField(
        lazy("Which of the asked skills would have helped?"),
        description=lazy("The student sees where to learn them."),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )

    def offer(self, reasons: Iterable[Reason], skills: Mapping[str, str]) -> None:
        """The reasons and skills to choose from."""
        self.reason.choices = choices({one.value: REASON_LABELS[one] for one in reasons})
        self.skills.choices = choices(skills)

    @property
    def chosen(self) -> Reason | None:
        """The reason of the list, if it is one."""
        return next((one for one in Reason if one.value == self.reason.data), None)


class AcceptForm(Form):
    """Yes to a place, and which other responses end with it."""

    withdraw = SelectMultipleField(
        lazy("Withdraw these responses"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )

    def offer(self, others: Mapping[str, str]) -> None:
        """The other responses; all are ticked until one chooses otherwise."""
        self.withdraw.choices = choices(others)
        if not self.is_submitted():
            self.withdraw.data = list(others)


class ReportForm(Form):
    """What happened."""

    body = Paragraphs(
        lazy("What happened?"),
        [InputRequired(), AtMost(LONGEST_REPORT)],
        description=lazy("At most 3,000 characters."),
        render_kw={"rows": 8, "maxlength": LONGEST_REPORT},
    )
    anonymous = BooleanField(
        lazy("Report it without my name"), description=lazy("Then we cannot ask you anything or tell you how it ended.")
    )


class HandleForm(Form):
    """Move a report on."""

    number = HiddenField()
    status = HiddenField()


def new_key() -> str:
    """A key for a form that is written out anew."""
    return token_hex(16)
