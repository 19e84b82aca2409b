"""What the forms of the posting are made of."""

import re
from typing import Any

from ipf_talent.vacancies.models import Vacancy
from ipf_talent.web.forms import Number, Versioned, boxes, radios

__all__ = ("Number", "TaskForm", "boxes", "codes_of", "radios")


def codes_of(text: str | None) -> list[str]:
    """Codes with commas, spaces or line ends between them, each once, in capitals."""
    return list(dict.fromkeys(code.upper() for code in re.split(r"[\s,;]+", text or "") if code))


class TaskForm(Versioned):
    """A page of the posting; it carries the version that was on the screen when somebody began to type."""

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

    def offer(self, vacancy: Vacancy, **lists: Any) -> None:
        """Choices that depend on the vacancy."""
