"""What the forms of the posting are made of."""

import re
from collections.abc import Mapping
from typing import Any

from wtforms import HiddenField, IntegerField, RadioField, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from ipf_talent.i18n import lazy
from ipf_talent.vacancies.models import Vacancy
from ipf_talent.web.forms import Form, choices


class Number(IntegerField):
    """A whole number, written with the digits 0 to 9."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist and valuelist[0].strip() and not re.fullmatch(r"[0-9]{1,6}", valuelist[0].strip()):
            self.data = None
            raise ValueError(self.gettext("Not a valid integer value."))
        super().process_formdata([value.strip() for value in valuelist])


def boxes(label: Any, labels: Mapping[Any, Any], **more: Any) -> SelectMultipleField:
    """Boxes of which several can be ticked."""
    widget, one = ListWidget(prefix_label=False), CheckboxInput()
    return SelectMultipleField(label, choices=choices(labels), widget=widget, option_widget=one, **more)


def radios(label: Any, labels: Mapping[Any, Any], **more: Any) -> RadioField:
    """Buttons of which one is chosen."""
    return RadioField(label, choices=choices(labels), validators=[InputRequired(lazy("Choose one of these."))], **more)


def codes_of(text: str | None) -> list[str]:
    """Codes with commas, spaces or line ends between them, each once, in capitals."""
    return list(dict.fromkeys(code.upper() for code in re.split(r"[\s,;]+", text or "") if code))


class TaskForm(Form):
    """A page of the posting; it carries the version that was on the screen when somebody began to type."""

    version = HiddenField()

    @classmethod
    def of(cls, vacancy: Vacancy) -> "TaskForm":
        """The form as the vacancy fills it."""
        form = cls(data=cls.read(vacancy))
        if not form.is_submitted():
            form.version.data = str(vacancy.version)
        return form

    @classmethod
    def read(cls, vacancy: Vacancy) -> dict[str, Any]:
        """What the fields hold now, by name."""
        return {name: getattr(vacancy, name) for name in vacancy.__mapper__.columns.keys()}  # noqa: SIM118

    @property
    def seen(self) -> int:
        """The version that was on the screen; none that there is where it is not a number."""
        text = str(self.version.data or "")
        return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else -1

    @property
    def chosen(self) -> dict[str, Any]:
        """What a service keeps of it."""
        return {name: value for name, value in self.values.items() if name != "version"}

    def offer(self, vacancy: Vacancy, **lists: Any) -> None:
        """Choices that depend on the vacancy."""
