"""The filters of the lists: what may be chosen, what was chosen, and how many each choice would leave."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode

from flask_babel import format_date
from werkzeug.datastructures import MultiDict
from wtforms import SelectField

from ipf_talent import clock
from ipf_talent.i18n import lazy
from ipf_talent.organisations.distance import kilometres
from ipf_talent.organisations.queries import places
from ipf_talent.programmes.filters import LANGUAGE_LABELS
from ipf_talent.programmes.levels import LEVEL_LABELS, Level
from ipf_talent.skills.fields import LABELS as FIELD_LABELS
from ipf_talent.skills.fields import Field
from ipf_talent.vacancies import choices, companies
from ipf_talent.vacancies.companies import AskedCompanies
from ipf_talent.vacancies.filters import DAYS, DISTANCES, PAY_LABELS, SORT_LABELS, Asked, Pay, Sort
from ipf_talent.vacancies.kinds import KIND_LABELS, PLACING_LABELS, PlacingMode, VacancyKind
from ipf_talent.web.choosing import Chooser, offered, select
from ipf_talent.web.forms import choices as list_of

_MOST_MONTHS = 24


class VacancyFilter(Chooser):
    """What to show of the open places."""

    level = select(lazy("Level"), LEVEL_LABELS)
    kind = select(lazy("Kind of place"), KIND_LABELS)
    field = select(lazy("Field"), FIELD_LABELS)
    place = select(lazy("Town you travel from"), {})
    within = select(
        lazy("How far"),
        {km: lazy("within %(km)s km", km=km) for km in DISTANCES},
        description=lazy("From your town, as the crow flies."),
    )
    skill = select(lazy("Skill"), {})
    company = select(lazy("Company"), {})
    language = select(lazy("Language at work"), LANGUAGE_LABELS)
    crebo = select(lazy("Qualification (crebo)"), {}, description=lazy("Places of addresses that are recognised for it."))
    recognised = select(lazy("Recognised"), {"yes": lazy("Recognised for an mbo qualification")})
    days = select(lazy("Days a week"), {days: lazy("at most %(days)s days", days=days) for days in DAYS})
    starts_from = select(lazy("Starts in or after"), {})
    starts_until = select(lazy("Starts in or before"), {})
    pay = select(lazy("Pay and costs"), PAY_LABELS)
    minors = select(lazy("Under 18"), {"yes": lazy("Possible under 18")})
    mode = select(lazy("How you get the place"), PLACING_LABELS)
    sort = SelectField(lazy("Order"), choices=list_of(SORT_LABELS), default="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._towns = {town.name: town for town in places()}
        found = choices.offered(clock.today(), company=self.company.data, skill=self.skill.data)
        self.place.choices = offered({name: name for name in self._towns})
        self.company.choices, self.skill.choices = offered(found.companies), offered(found.skills)
        self.crebo.choices = offered(found.crebos)
        months = _months(found.first, found.last)
        named = offered({f"{month:%Y-%m}": format_date(month, "LLLL y") for month in months})
        self.starts_from.choices = self.starts_until.choices = named

    @classmethod
    def read(cls) -> Self:
        """From this request's query; a distance without a town asks nothing."""
        return super().read()._settled()

    @classmethod
    def of(cls, query: str) -> Self:
        """From the query of a saved search; what cannot be chosen any more is left out."""
        form = cls(MultiDict(parse_qsl(query)))
        form.validate()
        for field in form:
            if field.errors:
                field.data, field.errors = field.default, ()
        return form._settled()

    def _settled(self) -> Self:
        if not self.place.data:
            self.within.data = ""
        return self

    @property
    def query(self) -> str:
        """What was chosen, as the query of an address in a fixed order, without the order of the list."""
        fields = (self.q, *sorted(self.selects, key=lambda field: str(field.short_name)))
        return urlencode([(field.short_name, field.data) for field in fields if field.data])

    @property
    def asked(self) -> Asked:
        """What was chosen, as values; without a town nothing is nearest."""
        km = self._km()
        asked = Asked(
            q=self.q.data or "",
            kind=VacancyKind(self.kind.data) if self.kind.data else None,
            level=Level(self.level.data) if self.level.data else None,
            field=Field(self.field.data) if self.field.data else None,
            km=km,
            within=int(self.within.data) if self.within.data else None,
            company=self.company.data or None,
            language=self.language.data or None,
            skill=self.skill.data or None,
            starts_from=_first_day(self.starts_from.data) if self.starts_from.data else None,
            starts_until=_last_day(_first_day(self.starts_until.data)) if self.starts_until.data else None,
            pay=Pay(self.pay.data) if self.pay.data else None,
            minors=bool(self.minors.data),
            mode=PlacingMode(self.mode.data) if self.mode.data else None,
            crebo=self.crebo.data or None,
            recognised=bool(self.recognised.data),
            days=int(self.days.data) if self.days.data else None,
        )
        return replace(asked, sort=self._sort(asked))

    def _sort(self, asked: Asked) -> Sort:
        """The order that was chosen, where it can be: nothing is nearest without a town, nor best without a search."""
        wanted = Sort(self.sort.data) if self.sort.data else asked.usual_sort
        possible = (wanted is not Sort.NEAREST or asked.km) and (wanted is not Sort.BEST or asked.q)
        return wanted if possible else asked.usual_sort

    def _km(self) -> dict[int, float]:
        home = self._towns.get(self.place.data or "")
        if home is None:
            return {}
        return {town.id: kilometres(home.lat, home.lon, town.lat, town.lon) for town in self._towns.values()}


def _months(first: date | None, last: date | None) -> Sequence[date]:
    """The first days of the months from one day to another."""
    months: list[date] = []
    month = first.replace(day=1) if first else None
    while month and last and month <= last and len(months) < _MOST_MONTHS:
        months.append(month)
        month = _last_day(month) + timedelta(1)
    return months


def _first_day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _last_day(month: date) -> date:
    return (month + timedelta(31)).replace(day=1) - timedelta(1)


class CompanyFilter(Chooser):
    """What to show of the companies."""

    place = select(lazy("Place"), {})
    technology = select(lazy("Technology"), {})
    cluster = select(lazy("Cluster"), {"yes": lazy("Named as cluster participant")})
    hiring = select(lazy("Open places"), {"yes": lazy("Has open places")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.companies = companies.everything(clock.today())
        found = companies.choices(self.companies)
        self.place.choices = offered({town: town for town in found.towns})
        self.technology.choices = offered({name: name for name in found.technologies})

    @property
    def asked(self) -> AskedCompanies:
        """What was chosen, as values."""
        return AskedCompanies(
            q=self.q.data or "",
            place=self.place.data or None,
            technology=self.technology.data or None,
            cluster=bool(self.cluster.data),
            hiring=bool(self.hiring.data),
        )
