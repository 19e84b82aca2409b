"""The forms of what hangs on a listing: ways and places, starts, open days, and the rules between programmes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from wtforms import BooleanField, DateField, SelectField, TimeField
from wtforms.validators import InputRequired, NumberRange, Optional

from ipf_talent.clock import AMSTERDAM
from ipf_talent.i18n import lazy
from ipf_talent.programmes.field_values import RANGES
from ipf_talent.programmes.levels import LEVEL_LABELS, MODE_LABELS, MODES_OF, START_LABELS, ProgrammeType
from ipf_talent.programmes.listing import CHANNEL_LABELS
from ipf_talent.programmes.models import Intake, Offering, OpenDay, Programme, Progression
from ipf_talent.programmes.rules import MONTHS_MEANING, RULE_CHOICES
from ipf_talent.web.forms import AtMost, Form, Line, Number, Paragraphs, Versioned, WebAddress, choices, radios

WAYS = {"here": lazy("From there to this programme"), "on": lazy("From this programme to there")}


class NewOfferingForm(Form):
    """In which way and where: each pair is a listing of its own (R18)."""

    mode = radios(lazy("How does one follow it?"), MODE_LABELS)
    place = SelectField(lazy("Where?"))

    def offer(self, places: Mapping[str, str], kind: ProgrammeType) -> None:
        """The towns, and the ways in which this kind of programme can be followed."""
        self.mode.choices = choices({mode: label for mode, label in MODE_LABELS.items() if mode in MODES_OF[kind]})
        self.place.choices = choices({"": lazy("No fixed place"), **places})


class OfferingForm(Versioned):
    """How a week looks, and what it costs."""

    school_days = Number(lazy("Days a week at school"), validators=[Optional(), NumberRange(*RANGES["school_days"])])
    work_days = Number(lazy("Days a week at a company"), validators=[Optional(), NumberRange(*RANGES["work_days"])])
    costs_eur = Number(
        lazy("Costs a year, in euro"),
        description=lazy("Books, clothes, tools and trips; not the fee that the law sets."),
        validators=[Optional(), NumberRange(*RANGES["costs_eur"])],
    )
    costs_note_nl = Line(lazy("What is in it, in Dutch"), validators=[AtMost(300)])
    costs_note_en = Line(lazy("What is in it, in English"), validators=[AtMost(300)])
    url = Line(lazy("Page about this way and place"), validators=[WebAddress()])

    @classmethod
    def of(cls, offering: Offering) -> Self:
        """The form as the offering fills it."""
        form = cls(data={name: getattr(offering, name) for name in offering.__mapper__.columns.keys()})  # noqa: SIM118
        if not form.is_submitted():
            form.version.data = str(offering.version)
        return form


class IntakeForm(Versioned):
    """When one can start, and how one applies."""

    starts_on = DateField(
        lazy("First day"), description=lazy("Leave it empty where one can start at any time."), validators=[Optional()]
    )
    apply_from = DateField(lazy("Apply from"), validators=[Optional()])
    apply_until = DateField(
        lazy("Apply until"),
        description=lazy("The last day. For mbo it is usually 1 April, for hbo 1 May."),
        validators=[Optional()],
    )
    channel = SelectField(lazy("Where does one apply?"), choices=choices({"": lazy("Not named"), **CHANNEL_LABELS}), default="")
    url = Line(lazy("Address where one applies"), validators=[WebAddress()])
    capacity = Number(lazy("Number of places"), validators=[Optional(), NumberRange(*RANGES["capacity"])])
    numerus_fixus = BooleanField(lazy("The number of places is fixed and you select (numerus fixus)"))
    permission_needed = BooleanField(lazy("One needs your permission, or a contract with a company, before one can start"))

    @classmethod
    def of(cls, intake: Intake | None) -> Self:
        """The form as the intake fills it; empty for a new one."""
        if intake is None:
            form = cls()
        else:
            values = {name: getattr(intake, name) for name in intake.__mapper__.columns.keys()}  # noqa: SIM118
            form = cls(data=values | {"channel": intake.channel.value if intake.channel else ""})
        if not form.is_submitted():
            form.version.data = str(intake.version if intake else 0)
        return form


class OpenDayForm(Form):
    """When and where a school shows itself."""

    day = DateField(lazy("Day"), validators=[InputRequired(lazy("Choose a day."))])
    starts = TimeField(lazy("From"), validators=[InputRequired(lazy("Choose a time."))])
    ends = TimeField(lazy("Until"), validators=[InputRequired(lazy("Choose a time."))])
    online = BooleanField(lazy("It is online"))
    general = BooleanField(lazy("It is for all programmes of your school"))
    location = Line(lazy("Address or room"), validators=[AtMost(120)])
    url = Line(lazy("Page with more, or to sign up"), validators=[WebAddress()])

    @classmethod
    def of(cls, day: OpenDay | None) -> Self:
        """The form as the day fills it; empty for a new one."""
        if day is None:
            return cls()
        start, end = day.starts_at.astimezone(AMSTERDAM), day.ends_at.astimezone(AMSTERDAM)
        values = {"day": start.date(), "starts": start.time(), "ends": end.time(), "general": day.programme_id is None}
        return cls(data=values | {"online": day.online, "location": day.location, "url": day.url})

    @property
    def chosen(self) -> dict[str, Any]:
        """What a service keeps of it."""
        day: Any = self.day.data
        times: Any = (self.starts.data, self.ends.data)
        begin, end = (datetime.combine(day, time, AMSTERDAM) for time in times)
        return {
            "starts_at": begin, "ends_at": end, "online": bool(self.online.data), "location": self.location.data or "",
            "url": self.url.data or None,
        }  # fmt: skip


class EdgeForm(Versioned):
    """A rule between this programme and another stop."""

    way = radios(lazy("Which way?"), WAYS, default="here")
    programme = SelectField(lazy("Another programme"), default="")
    point = SelectField(
        lazy("Or where somebody stands"), choices=choices({"": lazy("Not chosen"), **START_LABELS}), default="",
        description=lazy("For a way to this programme."),
    )  # fmt: skip
    level = SelectField(
        lazy("Or a level"), choices=choices({"": lazy("Not chosen"), **LEVEL_LABELS}), default="",
        description=lazy("For a way from this programme."),
    )  # fmt: skip
    rule_kind = radios(lazy("By what right?"), RULE_CHOICES)
    condition_nl = Paragraphs(lazy("On what condition, in Dutch"), validators=[AtMost(1000)])
    condition_en = Paragraphs(lazy("On what condition, in English"), validators=[AtMost(1000)])
    months = Number(lazy("Months"), validators=[Optional(), NumberRange(0, 240)])
    months_meaning = SelectField(
        lazy("What do the months count?"), choices=choices({"": lazy("Not named"), **MONTHS_MEANING}), default=""
    )
    source_url = Line(lazy("Page that says so"), validators=[InputRequired(lazy("Name the page that says so.")), WebAddress()])
    checked_on = DateField(lazy("Looked up on"), validators=[InputRequired(lazy("Choose a day."))])

    @classmethod
    def of(cls, edge: Progression | None, programme: Programme) -> Self:
        """The form as the edge fills it; empty for a new one."""
        if edge is None:
            form = cls()
        else:
            values = {name: getattr(edge, name) for name in edge.__mapper__.columns.keys()}  # noqa: SIM118
            here = edge.to_programme_id == programme.id
            ends = {"way": "here" if here else "on", "point": edge.from_point or "", "level": edge.to_level or ""}
            other = edge.from_programme_id if here else edge.to_programme_id
            form = cls(data=values | ends | {"programme": str(other or ""), "months_meaning": edge.months_meaning or ""})
        if not form.is_submitted():
            form.version.data = str(edge.version if edge else 0)
        return form

    def offer(self, programmes: Mapping[str, str]) -> None:
        """The programmes that can be the other end, by number."""
        self.programme.choices = choices({"": lazy("Not chosen"), **programmes})
