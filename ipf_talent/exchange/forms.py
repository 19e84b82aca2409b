"""Forms of imports."""

from secrets import token_hex

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import InputRequired, Regexp

from ipf_talent.exchange.models import LONGEST_NAME
from ipf_talent.i18n import lazy
from ipf_talent.uploads import MOST_BYTES
from ipf_talent.web.forms import AtMost, FileAtMost, Form, Line


class SendForm(Form):
    """A file with listings."""

    school = SelectField(lazy("School"), [InputRequired()])
    feed = Line(
        lazy("Which list is it?"),
        [InputRequired(), AtMost(LONGEST_NAME)],
        description=lazy(
            "The same name each time, so that we can say what is new and what is missing. For example: mbo programmes."
        ),
        render_kw={"maxlength": LONGEST_NAME, "list": "feeds", "autocomplete": "off"},
    )
    file = FileField(
        lazy("The file"),
        [FileRequired(lazy("Choose a file.")), FileAtMost(MOST_BYTES)],
        render_kw={"accept": ".csv,.xlsx,.json,.txt,.tsv", "data-most": MOST_BYTES},
    )
    once = HiddenField(default=lambda: token_hex(16), validators=[Regexp(r"\A[0-9a-f]{32}\Z")])


class ApplyForm(Form):
    """Apply what was shown."""

    shown = HiddenField(validators=[Regexp(r"\A[0-9a-f]{64}\Z")])
    without_refused = BooleanField(lazy("Leave the refused rows out and apply the others"))


class PressForm(Form):
    """A button."""
