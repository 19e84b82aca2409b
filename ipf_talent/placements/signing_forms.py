"""Forms of signing: a click, paper with a scan, the system of the school, a link, and what a party says of a change."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, HiddenField
from wtforms.validators import DataRequired, InputRequired, Regexp, StopValidation

from ipf_talent import clock
from ipf_talent.accounts.forms import EmailAddress
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _, lazy
from ipf_talent.placements import scans, signing
from ipf_talent.placements.kinds import WHO_LABELS, Who
from ipf_talent.placements.models import LONGEST_NOTE
from ipf_talent.placements.scans import Checked
from ipf_talent.web.forms import AtMost, Form, Line, boxes, choices


class SomeParty:
    """At least one party is ticked."""

    def __call__(self, form: Any, field: Any) -> None:
        if not field.data:
            raise StopValidation(_("Tick who signed."))


class SigningDay:
    """A day on which the sheet of the form can have been signed."""

    def __call__(self, form: Any, field: Any) -> None:
        if field.data is None:  # no day could be read, which is said already
            raise StopValidation
        try:
            signing.refuse_day(form.sent_at, field.data, clock.now())
        except DomainError as error:
            raise StopValidation(error.message) from error


class ScanForm(Form):
    """A scan of paper that some parties signed."""

    parties = boxes(lazy("Who signed it?"), {}, validators=[SomeParty()], validate_choice=False)
    names = Line(
        lazy("Names, as they stand on the paper"), [DataRequired(lazy("Write the names that stand on the paper.")), AtMost(120)]
    )
    signed_on = DateField(lazy("On which day?"), [InputRequired(), SigningDay()])
    file = FileField(
        lazy("The scan"),
        [FileRequired(lazy("Choose a file."))],
        description=lazy("PDF, JPG or PNG, at most 10 MB."),
        render_kw={"accept": ".pdf,.jpg,.jpeg,.png"},
    )

    sent_at: datetime
    """When the sheet was sent that is signed."""
    checked: Checked
    """The scan, once it was found to be one."""

    def offer(self, parties: Iterable[Who], sent_at: datetime) -> None:
        """Who has still to sign, and since when they could."""
        self.parties.choices = choices({one.value: WHO_LABELS[one] for one in parties})
        self.sent_at = sent_at

    def validate_file(self, field: Any) -> None:
        """Look at the scan by its content."""
        try:
            self.checked = scans.check(field.data.filename or "", field.data.read(scans.MOST_BYTES + 1))
        except DomainError as error:
            raise StopValidation(error.message) from error

    @property
    def chosen(self) -> list[Who]:
        """The ticked parties."""
        return [one for one in Who if one.value in (self.parties.data or ())]


class ElsewhereForm(Form):
    """Signatures that stand in the school's own system."""

    parties = boxes(lazy("Who signed there?"), {}, validators=[SomeParty()], validate_choice=False)
    reference = Line(
        lazy("Number or name in your system"),
        [InputRequired(), AtMost(60)],
        description=lazy("By which the agreement is found there."),
    )
    signed_on = DateField(lazy("On which day?"), [InputRequired(), SigningDay()])
    sent_at: datetime

    offer = ScanForm.offer
    chosen = ScanForm.chosen


class AskForm(Form):
    """Sending somebody without an account a link by which they sign."""

    name = Line(lazy("Name of whoever signs"), [DataRequired(lazy("Write the name of whoever signs.")), AtMost(120)])
    email = Line(lazy("E-mail address"), [InputRequired(), EmailAddress()])


class EndForm(Form):
    """Taking one of the links back."""

    thing = HiddenField()


class SignForm(Form):
    """A click that signs, under the name of the account or of whom a link was sent to."""

    sheet = HiddenField(validators=[Regexp(r"\A[0-9a-f]{64}\Z")])
    party = HiddenField()


class AnswerForm(Form):
    """What a party says of a changed sheet."""

    answer = HiddenField()
    party = HiddenField()
    sheet_version = HiddenField(validators=[Regexp(r"\A[0-9]{1,4}\Z")])
    words = Line(lazy("Why do you object?"), [AtMost(LONGEST_NOTE)], render_kw={"maxlength": LONGEST_NOTE})
