"""What the pages of a matchmaking day tell: hours with talks, who sees which name, and a plan in words and figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from ipf_talent.accounts.models import User
from ipf_talent.cohorts.days import arranging, outcomes, publishing
from ipf_talent.cohorts.days.clock import Slot
from ipf_talent.cohorts.days.kinds import MARK_LABELS, OUTCOME_LABELS, STATUS_LABELS
from ipf_talent.cohorts.days.life import DEED_LABELS
from ipf_talent.cohorts.days.models import DayCompany, DayPlace, DayStudent, DayTalk, MatchDay
from ipf_talent.cohorts.timetable.reasons import Cause
from ipf_talent.i18n import _
from ipf_talent.programmes.levels import LEVEL_LABELS
from ipf_talent.skills.fields import LABELS as FIELD_LABELS

WORDS = {
    "marks": {one.value: label for one, label in MARK_LABELS.items()},
    "outcomes": {one.value: label for one, label in OUTCOME_LABELS.items()},
    "statuses": STATUS_LABELS,
    "deeds": DEED_LABELS,
    "levels": {one.value: label for one, label in LEVEL_LABELS.items()},
    "fields": {one.value: label for one, label in FIELD_LABELS.items()},
}


class Hour(NamedTuple):
    """A round on the clock with the talks in it."""

    slot: Slot
    talks: Sequence[DayTalk]


def hours(day: MatchDay, talks: Iterable[DayTalk]) -> list[Hour]:
    """Every round of the day with its talks, by table."""
    by: dict[int, list[DayTalk]] = {}
    for talk in talks:
        by.setdefault(talk.round, []).append(talk)
    return [Hour(slot, by.get(slot.number, [])) for slot in day.slots]


def began(day: MatchDay, talk: DayTalk, now: datetime) -> bool:
    """Whether something can be said of a talk."""
    return now >= day.slots[talk.round - 1].begins


def name_for(talk: DayTalk, day: MatchDay, viewer: User) -> str | None:
    """
    The student's name for the company, with their consent; None where only the code may be shown.

    Whoever looks around with an example account sees no name of a real person.
    """
    row = talk.student
    if not row.named or row.student is None or row.withdrawn_at is not None:
        return None
    return row.student.display_name if row.student.is_demo or not (viewer.is_demo or day.is_example) else None


@dataclass(frozen=True)
class Offer:
    """A company as one student sees it before the day: whether it looks for somebody like them, and what they marked."""

    row: DayCompany
    fits: bool
    mark: str


def offers(student: DayStudent, companies: Iterable[DayCompany]) -> list[Offer]:
    """Companies that look for the student first, then by name."""
    marked = {wish.day_company_id: wish.mark.value for wish in student.wishes}
    found = [Offer(row, arranging.looks_for(row, student), marked.get(row.id, "")) for row in companies]
    return sorted(found, key=lambda offer: not offer.fits)


@dataclass(frozen=True)
class Proposed:
    """A proposal as the organiser sees it: figures, the grid by company, what differs from what is published, and what is short."""

    fresh: bool
    talks: int
    students: int
    wished: int
    yes: int
    short: dict[str, int]
    reasons: list[str]
    grid: list[tuple[DayCompany, list[list[str]]]]
    """Each company with the codes in each round."""
    least: int
    """The fewest talks that somebody has."""
    kept: int
    moved: int
    new: int
    gone: int
    fixed: frozenset[tuple[str, str]]


def proposal(day: MatchDay, found: arranging.Asked) -> Proposed | None:
    """The plan that was made last; None before the first."""
    if not day.proposal:
        return None
    known = day.proposal
    talks = [tuple(talk) for talk in known["talks"]]
    now = {(code, slug): number for code, slug, number in talks}
    was = {(talk.student.code, talk.company.company.slug): talk.round for talk in found.talks}
    counts = {code: sum(one[0] == code for one in talks) for code in found.students}
    grid = [
        (row, [sorted(code for code, company, at in talks if company == slug and at == number) for number in _rounds(day)])
        for slug, row in found.companies.items()
    ]
    names = {slug: row.company.name for slug, row in found.companies.items()}
    return Proposed(
        fresh=arranging.is_fresh(day, found.question), talks=len(talks), students=len(found.students), wished=known["wished"],
        yes=known["yes"], short=known["short"], reasons=[in_words(one, names) for one in known["reasons"]], grid=grid,
        least=min(counts.values(), default=0), kept=sum(was.get(pair) == number for pair, number in now.items()),
        moved=sum(pair in was and was[pair] != number for pair, number in now.items()), new=len(now.keys() - was.keys()),
        gone=len(was.keys() - now.keys()), fixed=frozenset((talk.student, talk.company) for talk in found.question.fixed),
    )  # fmt: skip


def _rounds(day: MatchDay) -> range:
    return range(1, day.rounds + 1)


def in_words(reason: dict[str, Any], names: dict[str, str]) -> str:
    """Why the minimum cannot be kept, in a sentence; students stand there by their code."""
    who, cause, needed, possible = ", ".join(reason["students"]), Cause(reason["cause"]), reason["needed"], reason["possible"]
    full = ", ".join(names.get(slug, slug) for slug in reason["companies"]) or "–"
    values = {"who": who, "needed": needed, "possible": possible, "full": full}
    said = {
        Cause.FEW_MARKED: _(
            "%(who)s: %(needed)s talks are guaranteed, and the marked companies that look for this level and field are "
            "%(possible)s.",
            **values,
        ),
        Cause.FEW_ROUNDS: _("%(who)s: %(needed)s talks are guaranteed, and there is time for %(possible)s at most.", **values),
        Cause.TABLES: _(
            "Together %(who)s need %(needed)s talks, and the companies that they marked can give %(possible)s at most: "
            "every table of %(full)s is full then. More tables or talks there, or more marks, would help.",
            **values,
        ),
        Cause.FIXED: _(
            "The fixed talks stand in the way: without them fewer talks of the minimum would miss. Missing because of "
            "them: %(number)s.",
            number=needed - possible,
        ),
        Cause.AWAY: _(
            "Students and companies that wish each other miss each other, because one of them is away in the rounds "
            "that the other has free. Missing because of that: %(number)s.",
            number=needed - possible,
        ),
    }
    return str(said[cause])


def both(talk: DayTalk) -> bool:
    """Whether both sides are interested; only then either side hears of the other."""
    return outcomes.both(talk)


def places_for(talk: DayTalk) -> list[DayPlace]:
    """The places of a talk's company, those of the student's level first."""
    return sorted(talk.company.places, key=lambda one: one.vacancy.level is not talk.student.level)


def where(day: MatchDay, talk: DayTalk) -> str:
    """The room and table of a talk, in words."""
    return str(_("%(room)s, table %(table)s", room=publishing.room_names(day).get(talk.table, "–"), table=talk.table))
