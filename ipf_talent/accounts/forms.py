"""Forms of accounts. Fields carry the names that password managers look for; pasting is never hindered."""

from collections.abc import Mapping, Sequence
from typing import Any

from email_validator import EmailNotValidError, validate_email
from wtforms import BooleanField, HiddenField, PasswordField, SelectField
from wtforms.validators import InputRequired, Length, StopValidation

from ipf_talent.errors import NotFound
from ipf_talent.i18n import NAMES, _, lazy
from ipf_talent.organisations.kinds import OrganisationKind
from ipf_talent.web.forms import Form, Line, WebAddress, choices

TOO_YOUNG = lazy("An account is for people from 16 years. You can look at everything without one.")
MAIL_KEYS = {"type": "email", "inputmode": "email", "maxlength": 254}


class EmailAddress:
    """An address in lower case that mail can reach; its domain is written in ASCII."""

    def __call__(self, form: Form, field: Line) -> None:
        try:
            found = validate_email(field.data or "", check_deliverability=False, allow_smtputf8=False)
        except (EmailNotValidError, UnicodeError):
            raise StopValidation(_("This is not an e-mail address. It looks like name@school.nl.")) from None
        field.data = (found.ascii_email or found.normalized).lower()
        if len(field.data) > 254:
            raise StopValidation(_("This address is too long."))


class Secret(PasswordField):
    """A password: kept exactly as typed, never written back into the page."""


def _email(label: str) -> Line:
    return Line(label, [InputRequired(), EmailAddress()], render_kw=MAIL_KEYS | {"autocomplete": "email"})


def _new_password() -> Secret:
    hint = lazy("At least 12 characters. Three or four loose words work well.")
    return Secret(lazy("Password"), [InputRequired()], description=hint, render_kw={"autocomplete": "new-password"})


def _present_password(label: str) -> Secret:
    return Secret(label, [InputRequired()], render_kw={"autocomplete": "current-password"})


def _name() -> Line:
    hint = lazy("This is how we speak to you.")
    keys = {"autocomplete": "name", "maxlength": 80}
    return Line(lazy("Your name"), [InputRequired(), Length(max=80)], description=hint, render_kw=keys)


class SignUpForm(Form):
    """Ask for an account."""

    display_name = _name()
    email = _email(lazy("E-mail address"))
    password = _new_password()
    sixteen = BooleanField(lazy("I am 16 or older"), [InputRequired(TOO_YOUNG)])
    next = HiddenField()


class SignInForm(Form):
    """Come in."""

    email = Line(lazy("E-mail address"), [InputRequired(), Length(max=254)], render_kw=MAIL_KEYS | {"autocomplete": "username"})
    password = _present_password(lazy("Password"))
    next = HiddenField()


class ConfirmForm(Form):
    """The password chosen at sign-up, so that nobody can open an account in someone else's name."""

    password = _present_password(lazy("The password you chose"))


class ForgotForm(Form):
    """Ask for a link to choose a new password."""

    email = Line(lazy("E-mail address"), [InputRequired(), EmailAddress()], render_kw=MAIL_KEYS | {"autocomplete": "username"})


class ResetForm(Form):
    """Choose a new password by link."""

    password = _new_password()


class PasswordForm(Form):
    """Choose a new password while signed in."""

    old = _present_password(lazy("Your present password"))
    password = _new_password()


class EmailForm(Form):
    """Move the account to another address."""

    email = _email(lazy("New e-mail address"))
    old = _present_password(lazy("Your password"))


class DetailsForm(Form):
    """Name and language."""

    display_name = _name()
    language = SelectField(lazy("Language of our mail"), choices=choices(NAMES))


class CloseForm(Form):
    """Close the account."""

    old = _present_password(lazy("Your password"))


class PressForm(Form):
    """Only a button."""


class ChosenForm(Form):
    """A button beside one line of a list; the form of that line names it."""

    number = HiddenField()

    def number_sent(self) -> int:
        """
        The line that was chosen.

        Raises:
            NotFound: there can be no such line.
        """
        text = str(self.number.data or "")
        if not (text.isascii() and text.isdigit() and len(text) <= 9):
            raise NotFound(_("There is no such line."))
        return int(text)


class InviteForm(Form):
    """Ask a colleague to take a role."""

    email = Line(lazy("E-mail address"), [InputRequired(), EmailAddress()], render_kw=MAIL_KEYS | {"autocomplete": "off"})
    role = SelectField(lazy("Role"), validate_choice=True)


class RegisterForm(Form):
    """Register an organisation."""

    name = Line(
        lazy("Name of the organisation"), [InputRequired(), Length(min=2, max=120)], render_kw={"autocomplete": "organization"}
    )
    kind = SelectField(lazy("What is it?"), [InputRequired()])
    kvk = Line(
        lazy("KVK number"),
        description=lazy("Only for a company: the 8 digits of the trade register."),
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    town = SelectField(lazy("Town"), [InputRequired(lazy("Choose a town."))])
    website = Line(
        lazy("Website"),
        [Length(max=2048), WebAddress()],
        description=lazy("It helps us to check your organisation."),
        render_kw={"inputmode": "url", "autocomplete": "url"},
    )

    def offer(self, towns: Sequence[str], kinds: Mapping[OrganisationKind, Any]) -> None:
        """The towns and kinds to choose from."""
        self.town.choices = choices({"": _("Choose a town"), **{name: name for name in towns}})
        self.kind.choices = choices(kinds)

    def validate_kvk(self, field: Line) -> None:
        """Eight digits for a company; what a school types here is not kept."""
        text = (field.data or "").replace(" ", "").replace(".", "")
        if self.kind.data == OrganisationKind.COMPANY and not (text.isascii() and text.isdigit() and len(text) == 8):
            raise StopValidation(_("A KVK number has 8 digits."))
        field.data = text
