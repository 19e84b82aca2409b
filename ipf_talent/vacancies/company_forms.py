"""Forms with which a company keeps its page, and with which a recognition is declared and decided."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Length, StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _, lazy, ngettext
from ipf_talent.organisations.models import Establishment, Organisation, SizeBand
from ipf_talent.organisations.recognition import DECISION_LABELS, SOURCE_LABELS, RecognitionStatus
from ipf_talent.vacancies.company_editing import Stale
from ipf_talent.web.forms import AtMost, Form, Line, Paragraphs, WebAddress, choices

MOST_TECHNOLOGIES, LONGEST_TECHNOLOGY = 20, 60
MOST_PROCESSES, LONGEST_PROCESS = 30, 150
SAID = {"": lazy("We do not know"), "yes": lazy("Yes"), "no": lazy("No")}
LEVELS = {"": lazy("We know it from the number"), "1": "mbo 1", "2": "mbo 2", "3": "mbo 3", "4": "mbo 4"}
_CREBO = re.compile(r"[0-9]{5}")


class Lines(Paragraphs):
    """Several short texts, one on each line."""

    def __init__(self, *args: Any, most: int, longest: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most, self.longest = most, longest

    @property
    def lines(self) -> list[str]:
        """Each text once, without empty ones."""
        return list(dict.fromkeys(line for raw in (self.data or "").splitlines() if (line := " ".join(raw.split()))))

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        """
        Hold the number of lines and their length.

        Raises:
            ValidationError: there are too many, or one is too long.
        """
        if len(self.lines) > self.most:
            raise ValidationError(ngettext("At most %(num)d line.", "At most %(num)d lines.", self.most))
        if any(len(line) > self.longest for line in self.lines):
            raise ValidationError(_("A line has at most %(number)s characters.", number=self.longest))


class Versioned(Form):
    """A form that knows which version of the thing was shown with it."""

    version = HiddenField()
    stale = False
    """Whether somebody else saved since it was shown."""

    def reject(self, error: DomainError) -> None:
        """Put a refusal in its place, and remember one for what a colleague did."""
        self.stale = self.stale or isinstance(error, Stale)
        super().reject(error)

    def renew(self, thing: Any) -> None:
        """After such a refusal: take the thing as it stands now, so that saving again writes over it."""
        if self.stale:
            session.refresh(thing)
            self.version.data = thing.version

    @property
    def status(self) -> int:
        """What the page answers with."""
        return 409 if self.stale else 422 if self.errors else 200

    def version_sent(self) -> int:
        """The version that was shown; 0, which nothing has, where none came along."""
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0


class CompanyForm(Versioned):
    """What a company says of itself."""

    about_nl = Paragraphs(
        lazy("What does your company do? (Dutch)"), [InputRequired(), AtMost(3000)], render_kw={"rows": 6},
        description=lazy("What you make, for whom, and what a student sees there. Students read this first."),
    )  # fmt: skip
    about_en = Paragraphs(lazy("The same in English"), [AtMost(3000)], render_kw={"rows": 4})
    about_fy = Paragraphs(lazy("The same in Frisian"), [AtMost(3000)], render_kw={"rows": 4})
    technologies = Lines(
        lazy("What do you work with?"), most=MOST_TECHNOLOGIES, longest=LONGEST_TECHNOLOGY, render_kw={"rows": 5},
        description=lazy("One on each line, such as: robotics, PLC programming, milling. We read skills in it."),
    )  # fmt: skip
    website = Line(lazy("Website"), [Length(max=2048), WebAddress()], render_kw={"inputmode": "url", "autocomplete": "url"})
    size_band = SelectField(
        lazy("Employees"), default="", choices=choices({"": lazy("Not said"), **{one.value: one.value for one in SizeBand}})
    )
    open_interest = BooleanField(
        lazy("Students of hbo and university may come with an idea of their own"),
        description=lazy("Also when you offer no place now. They write to you through this site."),
    )
    interest_nl = Paragraphs(
        lazy("What would you like to have looked into? (Dutch)"), [AtMost(1500)], render_kw={"rows": 4},
        description=lazy("A question, a machine, a subject. It stands on your page."),
    )  # fmt: skip
    interest_en = Paragraphs(lazy("The same question in English"), [AtMost(1500)], render_kw={"rows": 3})

    def validate_interest_nl(self, field: Paragraphs) -> None:
        """Whoever invites ideas says about what."""
        if self.open_interest.data and not field.data:
            raise StopValidation(_("Say in a few words what students can come with."))

    @staticmethod
    def shown(company: Organisation) -> dict[str, Any]:
        """What the fields hold of a company."""
        same = ("about_nl", "about_en", "about_fy", "website", "open_interest", "interest_nl", "interest_en", "version")
        found = {name: getattr(company, name) for name in same}
        size = company.size_band.value if company.size_band else ""
        return found | {"technologies": "\n".join(company.technologies), "size_band": size}

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of the organisation."""
        found = {name: value or "" for name, value in self.values.items() if name.startswith(("about_", "interest_"))}
        size = SizeBand(self.size_band.data) if self.size_band.data else None
        return found | {
            "technologies": self.technologies.lines,
            "website": self.website.data or None,
            "size_band": size,
            "open_interest": bool(self.open_interest.data),
        }


class AddressForm(Versioned):
    """One establishment."""

    name = Line(
        lazy("Name of this address"), [InputRequired(), Length(min=2, max=120)],
        description=lazy("As people in your company call it, such as: Assembly hall Drachten."),
    )  # fmt: skip
    street = Line(lazy("Street and number"), [InputRequired(), Length(max=120)], render_kw={"autocomplete": "street-address"})
    postcode = Line(
        lazy("Postcode"),
        [InputRequired()],
        description=lazy("Like 9203 ZN."),
        render_kw={"autocomplete": "postal-code", "maxlength": 7},
    )
    town = SelectField(lazy("Town"), [InputRequired(lazy("Choose a town."))])
    branch_number = Line(
        lazy("Branch number"),
        description=lazy("The 12 digits of this address in the trade register (vestigingsnummer)."),
        render_kw={"inputmode": "numeric"},
    )
    public_transport = SelectField(lazy("Can one come by public transport?"), default="", choices=choices(SAID))
    accessible = SelectField(lazy("Can people with a physical disability work here?"), default="", choices=choices(SAID))
    access_note = Line(
        lazy("What should people know about getting there or moving around?"), [Length(max=300)],
        description=lazy("The nearest stop, a lift, stairs."),
    )  # fmt: skip

    def offer(self, towns: Sequence[str]) -> None:
        """The towns to choose from."""
        self.town.choices = choices({"": _("Choose a town"), **{name: name for name in towns}})

    def validate_postcode(self, field: Line) -> None:
        """Four digits and two letters, kept as 1234 AB."""
        found = re.fullmatch(r"([1-9][0-9]{3}) ?([A-Za-z]{2})", field.data or "")
        if not found:
            raise StopValidation(_("A postcode has four digits and two letters, like 9203 ZN."))
        field.data = f"{found[1]} {found[2].upper()}"

    def validate_branch_number(self, field: Line) -> None:
        """Twelve digits, or nothing."""
        field.data = (field.data or "").replace(" ", "")
        if field.data and not re.fullmatch(r"[0-9]{12}", field.data):
            raise StopValidation(_("A branch number has 12 digits."))

    @staticmethod
    def shown(address: Establishment) -> dict[str, Any]:
        """What the fields hold of an establishment."""
        said = {True: "yes", False: "no", None: ""}
        found = {name: getattr(address, name) for name in ("name", "street", "postcode", "branch_number", "access_note", "version")}
        found |= {name: said[getattr(address, name)] for name in ("public_transport", "accessible")}
        return found | {"town": address.place.name if address.place else ""}

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of the establishment, but for its town."""
        said = {"yes": True, "no": False}
        return {
            "name": self.name.data, "street": self.street.data, "postcode": self.postcode.data,
            "branch_number": self.branch_number.data or None, "public_transport": said.get(self.public_transport.data),
            "accessible": said.get(self.accessible.data), "access_note": self.access_note.data or "",
        }  # fmt: skip


def _boxes(label: str, hint: str) -> SelectMultipleField:
    """Several choices, each with a box."""
    return SelectMultipleField(label, description=hint, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())


class DeclareForm(Form):
    """The company says that SBB recognises it for a qualification."""

    establishment = SelectField(lazy("Address"), [InputRequired()])
    crebo = Line(
        lazy("Qualification (crebo)"), [InputRequired()], render_kw={"list": "crebos", "autocomplete": "off"},
        description=lazy("The five digits of the qualification; type a word to search. They stand in MijnSBB."),
    )  # fmt: skip
    level = SelectField(
        lazy("Level"), default="", choices=choices(LEVELS),
        description=lazy("Only for a number that is not in our list."),
    )  # fmt: skip
    leerbedrijf_id = Line(
        lazy("Leerbedrijf-ID"), [InputRequired()], render_kw={"inputmode": "numeric", "autocomplete": "off"},
        description=lazy("The number of this address at SBB; digits only. A school needs it to look you up."),
    )  # fmt: skip
    trainers = _boxes(
        lazy("Who guides students here?"), lazy("At least one workplace trainer. Invite colleagues with that role to choose them.")
    )
    work_processes = Lines(
        lazy("What can a student practise here?"), most=MOST_PROCESSES, longest=LONGEST_PROCESS, render_kw={"rows": 5},
        description=lazy("The work processes, one on each line with its code, such as: B1-K1-W2 Builds the machine."),
    )  # fmt: skip

    def offer(self, addresses: Mapping[int, str], people: Mapping[int, str]) -> None:
        """The addresses and trainers to choose from."""
        self.establishment.choices = choices(addresses)
        self.trainers.choices = choices(people)

    def validate_crebo(self, field: Line) -> None:
        """Five digits; what a list of suggestions writes behind them is left out."""
        text = (field.data or "")[:5]
        if not _CREBO.fullmatch(text) or (field.data or "")[5:6].isdigit():
            raise StopValidation(_("A crebo has five digits."))
        field.data = text

    def validate_leerbedrijf_id(self, field: Line) -> None:
        """Digits; how many SBB may change."""
        field.data = (field.data or "").replace(" ", "")
        if not re.fullmatch(r"[0-9]{1,20}", field.data):
            raise StopValidation(_("A leerbedrijf-ID has digits only."))


class TrainersForm(Versioned):
    """Who guides at a recognition, and what can be practised there."""

    trainers = _boxes(lazy("Who guides students here?"), lazy("At least one workplace trainer."))
    work_processes = Lines(
        lazy("What can a student practise here?"), most=MOST_PROCESSES, longest=LONGEST_PROCESS, render_kw={"rows": 6},
        description=lazy("The work processes, one on each line with its code, such as: B1-K1-W2 Builds the machine."),
    )  # fmt: skip

    def offer(self, people: Mapping[int, str]) -> None:
        """The trainers to choose from."""
        self.trainers.choices = choices(people)


class DecideForm(Versioned):
    """What a check found."""

    decision = RadioField(lazy("What did you find?"), [InputRequired(lazy("Choose what you found."))])
    source = RadioField(lazy("How do you know?"), [InputRequired(lazy("Choose how you know."))], choices=choices(SOURCE_LABELS))
    source_url = Line(
        lazy("Address of the page you looked at"), [Length(max=2048), WebAddress()], render_kw={"inputmode": "url"},
    )  # fmt: skip
    note = Line(
        lazy("Note"), [Length(max=600)],
        description=lazy("The company reads this. Needed unless it is recognised. Name no person."),
    )  # fmt: skip

    def offer(self, decisions: Sequence[RecognitionStatus], labels: Mapping[RecognitionStatus, Any] = DECISION_LABELS) -> None:
        """The decisions that can follow from where it stands."""
        self.decision.choices = choices({one.value: labels[one] for one in decisions})


class InterestForm(Form):
    """A student writes to a company that invites ideas."""

    text = Paragraphs(
        lazy("What would you like to work on?"), [InputRequired(), Length(min=30), AtMost(1500)], render_kw={"rows": 6},
        description=lazy("Who you are, what you study, and your idea. The company gets your name and e-mail address with it."),
    )  # fmt: skip
    agree = BooleanField(
        lazy("Send my name and e-mail address along"), [InputRequired(lazy("Without these the company cannot answer."))]
    )


class SkillForm(Form):
    """A button beside one skill; the form of that line names it."""

    slug = HiddenField()

    def slug_sent(self) -> str:
        """The skill that was chosen."""
        return str(self.slug.data or "")[:80]
