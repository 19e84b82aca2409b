"""The form of the data of a placement: before the agreement is sent all of them, afterwards what does not stand on it."""

import re
from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, DateField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional, Regexp, StopValidation, ValidationError

from ipf_talent.accounts.forms import EmailAddress
from ipf_talent.i18n import _, lazy
from ipf_talent.placements.models import Placement
from ipf_talent.vacancies.company_forms import Versioned
from ipf_talent.web.forms import AtMost, Line, Number, choices

DIGITS = 9
"""Of a leerbedrijf-ID."""
AGREED = frozenset(
    {
        "starts_on", "ends_on", "hours", "spread", "crebo", "optional_module", "trainer_name", "trainer_email", "employer",
        "three_party",
    }
)  # fmt: skip
"""Fields of a placement that stand on the agreement, or decide which one it is."""
_YEAR = r"(?:20\d\d)(?:/\d{2,4})? *: *\d{1,4}"


class FactsForm(Versioned):
    """The data of a placement; `fit` leaves out what cannot be changed."""

    starts_on = DateField(lazy("First day"), [InputRequired()])
    ends_on = DateField(lazy("Last day"), [InputRequired()])
    hours = Number(lazy("Hours in all"), [InputRequired(), NumberRange(1, 5000)])
    spread = Line(
        lazy("Hours per school year"),
        [Optional(), Regexp(rf"\A{_YEAR}(?:[,;] *{_YEAR})*\Z", message=lazy("Write it so: 2026: 200, 2027: 120."))],
        description=lazy(
            "Leave it empty and we spread the hours over the days. A year stands for the school year that begins in it: "
            "2026: 200, 2027: 120 is 200 hours in 2026/2027 and 120 in 2027/2028."
        ),
    )
    leerbedrijf_id = Line(
        lazy("Leerbedrijf-ID"),
        [Optional()],
        description=lazy("Nine digits, as SBB writes them. Another number is another company for the law."),
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    odd_number = BooleanField(lazy("SBB really writes this number so"))
    ends_agreement = BooleanField(
        lazy("Yes, the present agreement ends"),
        description=lazy("Its signatures end with it. Student and company hear it, and sign the new one."),
    )
    crebo = Line(
        lazy("Qualification (crebo)"),
        [Optional(), Regexp(r"\A\d{5}\Z", message=lazy("Five digits, such as 25344."))],
        description=lazy("The student's own qualification, not an equivalent one."),
        render_kw={"inputmode": "numeric"},
    )
    optional_module = Line(
        lazy("Optional module"), [Optional(), Regexp(r"\AK\d{4}\Z", message=lazy("A K and four digits, such as K0072."))]
    )
    trainer_name = Line(lazy("Who guides at the company?"), [AtMost(120)])
    trainer_email = Line(lazy("E-mail address of who guides there"), [Optional(), EmailAddress()])
    supervisor = SelectField(lazy("Who guides at school?"), default="")
    employer = SelectField(
        lazy("Who is the employer?"), default="", description=lazy("Only where a company school employs the student.")
    )
    adult_on = DateField(
        lazy("On which day does the student turn 18?"),
        [Optional()],
        description=lazy("Only for a student under 18. The company sees nothing but under 18: yes or no."),
    )
    parent_name = Line(lazy("Name of a parent"), [AtMost(120)])
    parent_email = Line(lazy("E-mail address of that parent"), [Optional(), EmailAddress()])
    three_party = BooleanField(
        lazy("This student needs the agreement between three parties"),
        description=lazy("For students from outside the EU. The company does not see why."),
    )

    known_number: str | None = None
    """The leerbedrijf-ID that the placement has, which is right as it is."""

    def offer(self, supervisors: Mapping[str, str], employers: Mapping[str, str]) -> None:
        """People and organisations to choose from."""
        self.supervisor.choices = choices({"": lazy("Nobody yet"), **supervisors})
        if "employer" in self:
            self.employer.choices = choices({"": lazy("The company itself"), **employers})

    def fit(self, placement: Placement, *, sent: bool, may_move: bool) -> None:
        """
        Leave out what does not belong to such a placement, or cannot be changed here any more.

        Args:
            sent: whether the agreement was sent.
            may_move: whether it can end for another leerbedrijf-ID.
        """
        self.known_number = placement.leerbedrijf_id
        left_out = set() if placement.is_mbo else {"leerbedrijf_id", "crebo", "optional_module", "odd_number", "ends_agreement"}
        if not placement.asks_assignment:
            left_out.add("three_party")
        if sent:
            left_out |= AGREED
        if not (sent and may_move):
            left_out.add("ends_agreement")
        if sent and not may_move:
            left_out |= {"leerbedrijf_id", "odd_number"}
        for name in left_out & set(self._fields):
            del self[name]

    def validate_leerbedrijf_id(self, field: Line) -> None:
        """Digits; SBB writes nine, and promises nowhere that it always will."""
        field.data = (field.data or "").replace(" ", "")
        if field.data and not re.fullmatch(r"[0-9]{1,20}", field.data):
            raise StopValidation(_("Only digits, as SBB writes them."))
        odd = bool(field.data) and len(field.data) != DIGITS and field.data != self.known_number
        if odd and not self.odd_number.data:
            words = _(
                "A leerbedrijf-ID has nine digits; this one has %(number)s. Look it up, and tick below if it is right.",
                number=len(field.data),
            )
            raise ValidationError(words)

    def validate_ends_agreement(self, field: BooleanField) -> None:
        """Another number ends the agreement, which somebody has to want."""
        if self.leerbedrijf_id.data and self.leerbedrijf_id.data != self.known_number and not field.data:
            raise ValidationError(_("With another number the agreement ends. Tick this if you want that."))

    def validate_ends_on(self, field: DateField) -> None:
        """It ends after it begins."""
        if self.starts_on.data and field.data and field.data <= self.starts_on.data:
            raise ValidationError(_("The last day lies after the first day."))

    @staticmethod
    def shown(placement: Placement) -> dict[str, Any]:
        """What the form shows of a placement."""
        names = (
            "starts_on", "ends_on", "hours", "leerbedrijf_id", "crebo", "optional_module", "trainer_name", "trainer_email",
            "adult_on", "parent_name", "parent_email", "three_party", "version",
        )  # fmt: skip
        return {name: getattr(placement, name) for name in names} | {
            "spread": ", ".join(f"{year}: {hours}" for year, hours in sorted(placement.hours_by_year.items())),
            "supervisor": str(placement.supervisor_id or ""),
            "employer": str(placement.employer_id or ""),
        }

    @property
    def columns(self) -> dict[str, Any]:
        """What was filled in, as columns."""
        lines = ("trainer_name", "trainer_email", "parent_name", "parent_email")
        codes = ("leerbedrijf_id", "crebo", "optional_module")
        found: dict[str, Any] = {name: self[name].data for name in ("starts_on", "ends_on", "hours", "adult_on") if name in self}
        found |= {name: self[name].data or "" for name in lines if name in self}
        found |= {name: self[name].data or None for name in codes if name in self}
        found |= {f"{name}_id": _number(self[name].data) for name in ("supervisor", "employer") if name in self}
        if "three_party" in self:
            found["three_party"] = bool(self.three_party.data)
        return found | ({"hours_by_year": self._spread()} if "spread" in self else {})

    def _spread(self) -> dict[str, int]:
        """As typed; as the days say where nothing was typed, or only dates or hours changed."""
        found = dict(re.findall(r"(20\d\d)(?:/\d{2,4})? *: *(\d{1,4})", self.spread.data or ""))
        return {year: int(hours) for year, hours in found.items()}


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdigit() else None
