"""Forms: fields and their shape, messages in the reader's language, refusals beside the field."""

import re
from collections.abc import Mapping
from typing import Any, Self

from flask import request
from flask_babel import format_decimal, get_domain
from flask_wtf import FlaskForm
from wtforms import Field, SelectChoice, StringField, TextAreaField  # type: ignore[attr-defined]  # the stubs are behind
from wtforms import Form as PlainForm
from wtforms.validators import StopValidation, ValidationError

from ipf_talent.errors import DomainError
from ipf_talent.i18n import _, ngettext
from ipf_talent.web.text import clean


class _Spoken:
    """WTForms' own messages through our catalogue, which has Frisian too."""

    def gettext(self, text: str) -> str:
        return str(_(text))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return str(get_domain().get_translations().ngettext(singular, plural, n))  # WTForms fills in the values


def known_messages() -> list[str]:
    """The messages of WTForms and Flask-WTF that a reader can meet, named here so that they are translated."""
    return [
        _("This field is required."),
        _("Invalid email address."),
        _("Not a valid choice."),
        _("Not a valid choice"),
        _("Invalid Choice: could not coerce."),
        _("Not a valid integer value."),
        _("Not a valid date value."),
        _("Number must be between %(min)s and %(max)s."),
        _("Number must be at least %(min)s."),
        _("Number must be at most %(max)s."),
        _("Field must be between %(min)d and %(max)d characters long."),
        _("Field must be equal to %(other_name)s."),
        _("Invalid value, must be one of: %(values)s."),
        ngettext(
            "'%(value)s' is not a valid choice for this field.", "'%(value)s' are not valid choices for this field.", 2, value=""
        ),
        ngettext("Field cannot be longer than %(max)d character.", "Field cannot be longer than %(max)d characters.", 2),
        ngettext("Field must be at least %(min)d character long.", "Field must be at least %(min)d characters long.", 2),
    ]


class Form(FlaskForm):  # type: ignore[misc]
    """A form that changes something: posted, with a CSRF token."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def get_translations(self, form: Any) -> _Spoken:
            return _Spoken()

    def submitted(self) -> bool:
        """Posted and well-shaped."""
        return bool(self.validate_on_submit())

    @property
    def values(self) -> dict[str, Any]:
        """The declared fields and nothing else."""
        return {name: value for name, value in self.data.items() if name != "csrf_token"}

    def reject(self, error: DomainError) -> None:
        """Put a refusal beside its field, or on top of the form."""
        if error.field and error.field in self._fields:
            field = self._fields[error.field]
            field.errors = [*field.errors, error.message]
        else:
            self.form_errors.append(error.message)


class Filter(PlainForm):
    """A form that only asks: its values stand in the URL."""

    class Meta:
        def get_translations(self, form: Any) -> _Spoken:
            return _Spoken()

    @classmethod
    def read(cls) -> Self:
        """From this request's query; a value that is not a choice is left out, never an error page."""
        form = cls(request.args)
        form.validate()
        for field in form:
            if field.errors:
                field.data, field.errors = field.default, ()
        return form


def choices(labels: Mapping[Any, Any], *, group: str | None = None) -> list[SelectChoice]:
    """What a select offers: value to words, under one heading if `group` names it."""
    return [SelectChoice(str(value), label, optgroup=group) for value, label in labels.items()]


def _cleaned(value: str | None, *, lines: bool) -> str | None:
    try:
        return value if value is None else clean(value, lines=lines)
    except DomainError as error:
        raise StopValidation(error.message) from error


class AtMost:
    """A text has at most so many characters; the refusal says how many it has."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, form: Any, field: Field) -> None:
        if (number := len(field.data or "")) > self.most:
            values = {"most": format_decimal(self.most), "number": format_decimal(number)}
            raise ValidationError(_("At most %(most)s characters; yours has %(number)s.", **values))


_WEB = re.compile(r"https?://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?::\d{1,5})?(?:/[^\s<>\"']*)?", re.IGNORECASE)


class WebAddress:
    """An address on the web; `https://` goes before it where it is missing, and nothing stays nothing."""

    def __call__(self, form: Any, field: Field) -> None:
        if not field.data:
            return
        address = field.data if "://" in field.data else f"https://{field.data}"
        if not _WEB.fullmatch(address):
            raise StopValidation(_("This is not the address of a website. It looks like https://www.company.nl."))
        field.data = address


class Line(StringField):
    """One line of text."""

    def pre_validate(self, form: Any) -> None:
        self.data = _cleaned(self.data, lines=False)


class Paragraphs(TextAreaField):
    """Text in which line ends stay."""

    def pre_validate(self, form: Any) -> None:
        self.data = _cleaned(self.data, lines=True)


__all__ = ["AtMost", "Field", "Filter", "Form", "Line", "Paragraphs", "WebAddress", "choices", "known_messages"]
