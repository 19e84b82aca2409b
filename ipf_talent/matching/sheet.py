"""The sheet of one place: every line of its fit in words, points that add up, and facts that filter."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from math import fsum
from typing import Any

from flask_babel import format_date, format_decimal

from ipf_talent.i18n import _, ngettext, pick
from ipf_talent.matching import closing, queries
from ipf_talent.matching.closing import Teacher
from ipf_talent.matching.engine import COVERS, Contribution, Explanation, Gate, Step
from ipf_talent.matching.filters import Wanted, first_levels, within_reach
from ipf_talent.matching.queries import AnyRow
from ipf_talent.matching.ranking import advisable, shared_words
from ipf_talent.matching.reader import Reader
from ipf_talent.matching.sums import percent_points
from ipf_talent.profiles.card import Card
from ipf_talent.programmes.filters import LANGUAGE_LABELS
from ipf_talent.programmes.levels import LEVEL_LABELS, Level
from ipf_talent.skills.taxonomy import Taxonomy
from ipf_talent.vacancies.kinds import KIND_LABELS

LINES = 12
"""Lines of a sum that are shown by themselves; all others are one line together."""
LEAST = 0.0005
"""Part of a score below which a line would show as nothing."""

Label = Callable[[str], str]


@dataclass(frozen=True)
class Line:
    """A line of the sum: what is shared, where it comes from, and its percent points."""

    label: str
    detail: str
    points: float


@dataclass(frozen=True)
class Sum:
    """A score as it is shown: the lines add up to the total."""

    lines: list[Line]
    total: float


@dataclass(frozen=True)
class Fact:
    """A fact that filters: the place's, one's own, and whether they go together (None: not said)."""

    name: str
    title: str
    place: str
    own: str
    met: bool | None


@dataclass(frozen=True)
class Sheet:
    """
    All that is said of one place and one person.

    Attributes:
        why: the fit taken apart; None where there is no index, where it does not hold the place yet, or where nothing was said.
        rank: among the places that the filters leave; None where it is not found there.
        had, missing: of what the place asks, required first.
        teachers: for each missing skill that a course can teach, who does.
    """

    why: Explanation | None
    sum: Sum | None
    rank: int | None
    steps: list[Step]
    had: tuple[str, ...]
    missing: tuple[str, ...]
    teachers: dict[str, list[Teacher]]
    facts: list[Fact]

    @property
    def attitudes(self) -> list[str]:
        """The missing attitudes and ways of working, which no course is asked for."""
        return [slug for slug in self.missing if slug not in self.teachers]

    @property
    def gates(self) -> list[str]:
        """What the gates do to the sum, in sentences."""
        return [text for gate in self.why.gates if (text := gate_text(gate))] if self.why else []

    @property
    def words(self) -> list[str]:
        """Words that stand in both texts."""
        return shared_words(self.why) if self.why else []


def read(me: Reader, row: AnyRow) -> Sheet:
    """The sheet of an open place, in two statements."""
    musts, wanted = queries.asked_by(row.id)
    asked, relations = (*musts, *wanted), me.taxonomy.relations
    missing = closing.lacking(asked, me.card.slugs, relations)
    learning = closing.taught_by(me.taxonomy)
    courses = [slug for slug in missing if not _is_attitude(slug, me.taxonomy)]
    taught = queries.teaching(closing.narrower(courses, learning)) if courses else []
    why = me.search.explain(row.slug) if me.search else None
    return Sheet(
        why=why,
        sum=summed(why, me.card.slugs, labels(me.taxonomy)) if why else None,
        rank=me.search.rank_of(row.slug) if me.search else None,
        steps=advised(me.search.steps(row.slug), me.taxonomy) if me.search else [],
        had=tuple(slug for slug in asked if slug not in missing),
        missing=missing,
        teachers=closing.teachers(taught, courses, learning, reach=partial(within_reach, me.card)),
        facts=facts(row, me.card, me.wanted),
    )


def advised(steps: list[Step], taxonomy: Taxonomy) -> list[Step]:
    """What is worth saying of the steps: all that a course can teach, and every open must-have."""
    courses = advisable(steps, taxonomy)
    return [step for step in steps if step.must or step in courses]


def _is_attitude(slug: str, taxonomy: Taxonomy) -> bool:
    return slug in taxonomy.concepts and taxonomy.concepts[slug].type == "transversal"


def labels(taxonomy: Taxonomy) -> Label:
    """How to say a skill; one that the taxonomy no longer knows is said by its slug."""

    def label(slug: str) -> str:
        concept = taxonomy.concepts.get(slug)
        return pick(concept, "label") if concept else slug.replace("-", " ")

    return label


def had_label(slug: str, own: Collection[str], taxonomy: Taxonomy) -> str:
    """How to say a skill that counts as had: one that was not named itself says by which narrower one it is."""
    label = labels(taxonomy)
    if slug in own:
        return label(slug)
    by = [one for one in own if taxonomy.relations.get(one, {}).get(slug, 0.0) >= COVERS]
    return str(_("%(skill)s (through %(yours)s)", skill=label(slug), yours=label(by[0]))) if by else label(slug)


def summed(why: Explanation, own: tuple[str, ...], label: Label) -> Sum:
    """The score as lines: the largest by themselves, and what is left in one."""
    large = [line for line in why.contributions if line.value >= LEAST][:LINES]
    rest = why.contributions[len(large) :]
    parts = [(*_said(line, own, label), line.value) for line in large]
    if rest:
        text = ngettext("%(num)d smaller line", "%(num)d smaller lines", len(rest))
        parts.append((_("All other words and skills"), text, fsum(line.value for line in rest)))
    points, total = percent_points([value for _title, _detail, value in parts])
    shown = [Line(title, detail, point) for (title, detail, _value), point in zip(parts, points, strict=True)]
    return Sum([line for line in shown if line.points > 0], total)


def _said(line: Contribution, own: tuple[str, ...], label: Label) -> tuple[str, str]:
    if line.kind == "concept":
        return label(line.key), _origin(line, own, label)
    if line.kind == "feedback":
        return str(_("Like another place that fits you")), line.document
    if line.kind == "translation":
        return _("the word “%(word)s”", word=line.document), str(_("One of your words means the same in another language."))
    words = ", ".join(line.query)
    return _("the word “%(word)s”", word=line.document), _("You wrote “%(words)s”; the place writes it too.", words=words)


def _origin(line: Contribution, own: tuple[str, ...], label: Label) -> str:
    yours, theirs = ", ".join(label(slug) for slug in line.query), label(line.document)
    if not set(line.query) & set(own):
        if line.key == line.document and line.key in line.query:
            return str(_("You wish for it, and the place asks it."))
        return str(_("Your wish (%(yours)s) comes near what the place asks (%(theirs)s).", yours=yours, theirs=theirs))
    if line.key in own and line.key == line.document:
        return str(_("You have it, and the place asks it."))
    if line.key == line.document:
        return str(_("The place asks it. You come near with: %(skills)s.", skills=yours))
    if line.key in own:
        return str(_("You have it. The place asks something near it: %(skill)s.", skill=theirs))
    if line.query == (line.document,):
        return str(_("It comes with %(skill)s, which you have and the place asks.", skill=theirs))
    return str(_("Your skills (%(yours)s) and what the place asks (%(theirs)s) come together here.", yours=yours, theirs=theirs))


def gate_text(gate: Gate) -> str:
    """What the gate of the must-haves does to the sum, in a sentence; empty where it does nothing."""
    if gate.name != "musts" or gate.factor >= 1:
        return ""
    percent = round(gate.factor * 100)
    return str(_("Because must-haves are open, every line counts for %(percent)s%% of what it could.", percent=percent))


def later(card: Card, programme: AnyRow) -> str:
    """Why a programme is no next step for someone, in a few words; empty where it is one, or where they are is not said."""
    if within_reach(card, programme.level, programme.type):
        return ""
    first = first_levels(card, programme.level, programme.type)
    levels = " / ".join(str(LEVEL_LABELS[level]) for level in first)
    return str(_("Later: first %(levels)s", levels=levels) if first else _("No next step from your level"))


def load(programme: AnyRow) -> str:
    """The size of a programme in hours or credits, for where no months are known; empty where neither is."""
    if programme.sbu:
        return str(_("%(hours)s hours (SBU)", hours=format_decimal(programme.sbu)))
    return str(_("%(credits)s EC", credits=format_decimal(programme.credits_ects))) if programme.credits_ects else ""


def facts(place: AnyRow, card: Card, wanted: Wanted) -> list[Fact]:
    """The facts that filter, each with what the place says, what the profile says, and whether they go together."""
    unmet = wanted.unmet(place)

    def judged(name: str) -> bool | None:
        return name not in unmet if name in wanted.in_use else None

    return [Fact(name, title, theirs, own, judged(name)) for name, title, theirs, own in _compared(place, card, wanted)]


def _compared(place: AnyRow, card: Card, wanted: Wanted) -> Iterator[tuple[str, str, str, str]]:
    levels = ", ".join(str(LEVEL_LABELS[level]) for level in Level if level in wanted.levels)
    yield "level", _("Level"), str(LEVEL_LABELS[place.level]), levels
    kinds = ", ".join(str(label) for kind, label in KIND_LABELS.items() if kind in wanted.kinds)
    yield "kind", _("Kind of place"), str(KIND_LABELS[place.kind]), kinds
    yield "within", _("Distance"), _distance(place, wanted), _("within %(km)s km", km=wanted.within_km) if wanted.within_km else ""
    yield "period", _("Period"), _days(place.starts_on, place.ends_on), _days(card.available_from, card.available_until)
    yield "language", _("Language at work"), _languages(place.work_languages), _languages(card.languages)
    if wanted.qualification and wanted.qualification.at(place):
        held = ", ".join(sorted((place.recognised_for or "").split(",")))
        yield "crebo", _("Recognised for"), held or _("no qualification that we know"), wanted.qualification.crebo


def _distance(place: AnyRow, wanted: Wanted) -> str:
    km = wanted.home.km(place) if wanted.home else None
    if km is None or wanted.home is None:
        return place.place or ""
    return str(_("%(place)s, %(km)s km from %(home)s", place=place.place, km=round(km), home=wanted.home.name))


def _days(first: Any, last: Any) -> str:
    if not first and not last:
        return ""
    words = [format_date(day, "medium") if day else "…" for day in (first, last)]
    return " – ".join(words)


def _languages(codes: Any) -> str:
    return ", ".join(str(LANGUAGE_LABELS.get(code, code)) for code in codes or ())
