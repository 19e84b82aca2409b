"""Forms: fields and their shape, messages in the reader's language, refusals beside the field."""

import re
from collections.abc import Mapping
from os import SEEK_END
from typing import Any, Self

from flask import g, request
from flask_babel import format_decimal, get_domain
from flask_wtf import FlaskForm
from wtforms import (  # type: ignore[attr-defined]  # the stubs are behind
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, NumberRange, StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from ipf_talent.errors import DomainError, Refusals
from ipf_talent.i18n import _, lazy, ngettext
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


def busy() -> str:
    """Why nothing could be kept just now."""
    return str(
        _("Something large is being saved just now, such as an import. Nothing of yours is kept yet: press again in a minute.")
    )


class Form(FlaskForm):  # type: ignore[misc]
    """A form that changes something: posted, with a CSRF token."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def get_translations(self, form: Any) -> _Spoken:
            return _Spoken()

    def submitted(self) -> bool:
        """Posted and well-shaped."""
        good = bool(self.validate_on_submit())
        if good and g.get("busy"):
            self.form_errors.append(busy())
            return False
        return good

    @property
    def values(self) -> dict[str, Any]:
        """The declared fields and nothing else."""
        return {name: value for name, value in self.data.items() if name != "csrf_token"}

    def reject(self, error: DomainError) -> None:
        """Put a refusal beside its field, or on top of the form; several each in its own place."""
        if isinstance(error, Refusals):
            for one in error.found:
                self.reject(one)
            return
        if error.field and error.field in self._fields:
            field = self._fields[error.field]
            field.errors = [*field.errors, error.message]
        else:
            self.form_errors.append(error.message)


class Versioned(Form):
    """A form that carries the version that was on the screen when somebody began to type."""

    version = HiddenField()

    @property
    def seen(self) -> int:
        """The version that was on the screen; none that there is where it is not a number."""
        text = str(self.version.data or "")
        return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else -1

    @property
    def chosen(self) -> dict[str, Any]:
        """What a service keeps of it."""
        return {name: value for name, value in self.values.items() if name != "version"}


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


def boxes(label: Any, labels: Mapping[Any, Any], **more: Any) -> SelectMultipleField:
    """Boxes of which several can be ticked."""
    widget, one = ListWidget(prefix_label=False), CheckboxInput()
    return SelectMultipleField(label, choices=choices(labels), widget=widget, option_widget=one, **more)


def radios(label: Any, labels: Mapping[Any, Any], **more: Any) -> RadioField:
    """Buttons of which one is chosen."""
    return RadioField(label, choices=choices(labels), validators=[InputRequired(lazy("Choose one of these."))], **more)


def _cleaned(value: str | None, *, lines: bool) -> str | None:
    try:
        return value if value is None else clean(value, lines=lines)
    except DomainError as error:
        raise StopValidation(error.message) from error


class FileAtMost:
    """A file has at most so many bytes; the refusal says how many that are."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, form: PlainForm, field: Field) -> None:
        stream = field.data.stream
        size = stream.seek(0, SEEK_END)
        stream.seek(0)
        if size > self.most:
            field.data.close()
            raise StopValidation(
                _("This file is larger than %(most)s MB. Make it smaller or divide it.", most=self.most // 1_000_000)
            )


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


_WHOLE = re.compile(r"-?(?:[0-9]+|[1-9][0-9]{0,2}(?:(?P<mark>[. \u00a0\u202f])[0-9]{3})(?:(?P=mark)[0-9]{3})*)")
"""Digits 0 to 9, with or without a dot or a space between thousands, always the same one."""
_MOST = 999_999


class Number(IntegerField):
    """A whole number, also with a dot or a space between thousands; what it may be is a `NumberRange` beside it, else from 0."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        if not text:
            self.data = None
        elif _WHOLE.fullmatch(text) is None:
            self.data = None
            raise ValueError(self._asked())
        else:
            digits = re.sub(r"[^0-9]", "", text).lstrip("0")
            number = int(digits or 0) if len(digits) < 10 else 10**9
            self.data = -number if text.startswith("-") else number

    def pre_validate(self, form: Any) -> None:
        """One sentence for a value: what is no number, or outside the range, is not looked at further."""
        if self.process_errors:
            raise StopValidation
        low, high = self._range()
        if self.data is not None and not ((low is None or low <= self.data) and (high is None or self.data <= high)):
            raise StopValidation(self._message() or self._asked())

    def _range(self) -> tuple[Any, Any]:
        given = self._given()
        return (given.min, given.max) if given else (0, _MOST)

    def _given(self) -> NumberRange | None:
        return next((one for one in self.validators if isinstance(one, NumberRange)), None)

    def _message(self) -> str | None:
        given = self._given()
        return str(given.message) if given and given.message else None

    def _asked(self) -> str:
        low, high = (None if end is None else format_decimal(end) for end in self._range())
        if low is None:
            return str(_("Write a whole number of at most %(high)s.", high=high))
        if high is None:
            return str(_("Write a whole number of at least %(low)s.", low=low))
        return str(_("Write a whole number from %(low)s to %(high)s.", low=low, high=high))


__all__ = [
    "AtMost", "Field", "Filter", "Form", "Line", "Number", "Paragraphs", "Versioned", "WebAddress", "boxes", "choices",
    "known_messages", "radios",
]  # fmt: skip
