"""What the address may ask of the match pages. Nothing asked means: as the profile says."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from flask_babel import format_date
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from ipf_talent.i18n import _, lazy, pick
from ipf_talent.matching.filters import ONE_STEP_UP, Home, Qualification, Wanted, usual_levels
from ipf_talent.matching.kinds import ABOUT_LABELS, EXAMPLE_LABELS, Example
from ipf_talent.matching.models import MOST
from ipf_talent.profiles.card import Card
from ipf_talent.programmes.filters import LANGUAGE_LABELS
from ipf_talent.programmes.levels import LEVEL_LABELS, Level
from ipf_talent.skills.fields import LABELS as FIELD_LABELS
from ipf_talent.skills.taxonomy import Taxonomy
from ipf_talent.vacancies.kinds import KIND_LABELS
from ipf_talent.web.forms import AtMost, Filter, Form, Line, Paragraphs, choices

DISTANCES = (10, 25, 40, 60, 100, 200)
"""Kilometres that can be chosen."""


class Chip(NamedTuple):
    """A filter in use: its name in the address, and what it says."""

    name: str
    text: str


def _select(label: Any, labels: Mapping[Any, Any]) -> SelectField:
    first: dict[Any, Any] = {"": lazy("As in my profile"), "all": lazy("All")}
    return SelectField(label, choices=choices({**first, **labels}), default="")


class PlaceFilter(Filter):
    """Facts by which places are shown; a value of the profile holds until another is chosen."""

    level = _select(lazy("Level"), {"next": lazy("My level and one step up"), **LEVEL_LABELS})
    kind = _select(lazy("Kind of place"), KIND_LABELS)
    within = _select(lazy("Distance"), {str(km): lazy("within %(km)s km", km=km) for km in DISTANCES})
    period = _select(lazy("Period"), {})
    language = _select(lazy("Language at work"), LANGUAGE_LABELS)
    crebo = _select(lazy("Recognised for your qualification"), {})

    def wanted(self, card: Card, home: Home | None, qualification: Qualification | None = None) -> Wanted:
        """The filters as values: from the address, else from the profile."""
        return Wanted(
            levels=self._levels(card),
            kinds=_values(self.kind.data, card.kinds),
            within_km=None if self.within.data == "all" else int(self.within.data or card.travel_km or 0) or None,
            home=home,
            languages=_values(self.language.data, card.languages),
            available=(None, None) if self.period.data == "all" else (card.available_from, card.available_until),
            qualification=None if self.crebo.data == "all" else qualification,
        )

    def step_up(self, own: Level | None) -> frozenset[Level]:
        """One's own level and what comes directly above it, where only the own level is shown and something does."""
        above = ONE_STEP_UP.get(own, ()) if own else ()
        return frozenset({own, *above}) if own and above and not self.level.data else frozenset()

    def _levels(self, card: Card) -> frozenset[Level]:
        chosen = self.level.data
        if chosen == "all":
            return frozenset()
        if chosen in ("", "next"):
            above = ONE_STEP_UP.get(card.level, ()) if card.level and chosen else ()
            return usual_levels(card).union(above)
        return frozenset({Level(chosen)})

    @property
    def selects(self) -> list[SelectField]:
        """The fields of the panel."""
        return [field for field in self if isinstance(field, SelectField)]

    @property
    def asked(self) -> dict[str, str]:
        """What differs from the profile, as values of an address."""
        return {field.short_name: field.data for field in self.selects if field.data}


def _values(chosen: str, own: tuple[str, ...]) -> frozenset[str]:
    if chosen == "all":
        return frozenset()
    return frozenset({chosen}) if chosen else frozenset(own)


def chips(wanted: Wanted) -> list[Chip]:
    """The filters in use, in words."""
    words: dict[str, Callable[[], str]] = {
        "level": lambda: _("Only %(levels)s", levels=_listed(LEVEL_LABELS[level] for level in Level if level in wanted.levels)),
        "kind": lambda: _("Only %(kinds)s", kinds=_listed(label for kind, label in KIND_LABELS.items() if kind in wanted.kinds)),
        "within": lambda: _("Within %(km)s km of %(place)s", km=wanted.within_km, place=wanted.home.name if wanted.home else ""),
        "period": lambda: _period(wanted),
        "language": lambda: _(
            "At work in %(languages)s",
            languages=_listed(label for code, label in LANGUAGE_LABELS.items() if code in wanted.languages),
        ),
        "crebo": lambda: _(
            "Recognised for your qualification, %(crebo)s", crebo=wanted.qualification.crebo if wanted.qualification else ""
        ),
    }
    return [Chip(name, words[name]()) for name in wanted.in_use]


def _listed(labels: Any) -> str:
    return ", ".join(str(label) for label in labels)


def _period(wanted: Wanted) -> str:
    first, last = (format_date(day, "medium") if day else "" for day in wanted.available)
    if first and last:
        return str(_("Between %(first)s and %(last)s", first=first, last=last))
    return str(_("From %(first)s", first=first) if first else _("Until %(last)s", last=last))


class GoalFilter(Filter):
    """What programmes should bring closer: one place or one occupation; nothing means the places that fit best."""

    vacancy = Line(default="")
    occupation = SelectField(lazy("Goal"), default="", validate_choice=False)
    level = SelectField(lazy("Level"), choices=choices({"": lazy("All"), **LEVEL_LABELS}), default="")

    @property
    def goal(self) -> dict[str, str]:
        """The goal that the address names: slugs of a place and of an occupation, or nothing."""
        return {"vacancy": self.vacancy.data or "", "occupation": self.occupation.data or ""}

    def offer(self, occupations: Iterable[Any]) -> None:
        """Let one choose among these occupations."""
        named = sorted({(pick(row, "label"), row.slug) for row in occupations})
        self.occupation.choices = choices({"": _("The places that fit me best"), **{slug: label for label, slug in named}})


class ExampleFilter(Filter):
    """Which example student reads a place."""

    example_ = SelectField(name="as", choices=choices(EXAMPLE_LABELS), default=Example.MUSTS.value)

    @property
    def example(self) -> Example:
        """The one that was chosen."""
        return Example(self.example_.data)


class CorrectionForm(Form):
    """Which line is wrong, and why."""

    about = RadioField(lazy("What is wrong?"), [InputRequired(lazy("Choose what is wrong."))], choices=choices(ABOUT_LABELS))
    skill = SelectField(lazy("Which skill?"), description=lazy("Only where it is about one skill."))
    text = Paragraphs(
        lazy("In your own words"),
        [AtMost(MOST)],
        description=lazy("At most 1,000 characters. Please write no names or other data of people."),
        render_kw={"rows": 5, "maxlength": MOST},
    )

    def offer(self, here: Iterable[str], taxonomy: Taxonomy) -> None:
        """Let one choose a skill: those that are read here first, and then all others by field and name."""
        named = {slug: pick(concept, "label") for slug, concept in taxonomy.concepts.items()}
        own = {slug: named[slug] for slug in here if slug in named}
        offered = [*choices({"": _("No skill in particular")}), *choices(own, group=_("Named here"))]
        for field, label in FIELD_LABELS.items():
            others = [slug for slug, concept in taxonomy.concepts.items() if concept.field == field and slug not in own]
            by_name = sorted(others, key=lambda slug: named[slug].casefold())
            offered += choices({slug: named[slug] for slug in by_name}, group=str(label))
        self.skill.choices = offered
