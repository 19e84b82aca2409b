"""What the pages of a matchmaking day tell: hours with talks, who sees which name, and a plan in words and figures."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from ipf_talent.accounts.models import User
from ipf_talent.cohorts.days import arranging, outcomes, publishing
from ipf_talent.cohorts.days.arranging import Against
from ipf_talent.cohorts.days.clock import Slot
from ipf_talent.cohorts.days.kinds import MARK_LABELS, OUTCOME_LABELS, STATUS_LABELS
from ipf_talent.cohorts.days.life import DEED_LABELS, DayDeed
from ipf_talent.cohorts.days.models import DayCompany, DayPlace, DayStudent, DayTalk, MatchDay
from ipf_talent.cohorts.timetable.reasons import Cause
from ipf_talent.i18n import _, lazy, ngettext
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


AGAINST = {
    Against.COMPANY: lazy("This company looks for another level or field of study."),
    Against.STUDENT: lazy("The student did not choose this company."),
    Against.BOTH: lazy("This company looks for another level or field of study, and the student did not choose it."),
}
"""What is said of a fixed talk that goes against what one of them said."""


DONE = {
    DayDeed.OPEN: lazy("The sign-up is open: everyone sees the day now."),
    DayDeed.CLOSE: lazy("The sign-up is closed. Plan the talks now."),
    DayDeed.REOPEN: lazy("The sign-up is open again."),
    DayDeed.FINISH: lazy("The day is over."),
}
"""What is said once a step was taken."""


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


def begun(day: MatchDay, talks: Iterable[DayTalk], now: datetime) -> list[DayTalk]:
    """The talks of which something can be said."""
    slots = day.slots
    return [talk for talk in talks if now >= slots[talk.round - 1].begins]


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
    reachable: int | None
    """The highest minimum that can be kept, where the one that is asked cannot."""
    reasons: list[str]
    grid: list[tuple[DayCompany, list[list[str]]]]
    """Each company with the codes in each round: of the proposal, or of what is published while the proposal is out of date."""
    least: int
    """The fewest talks that somebody has."""
    few: list[str]
    """Codes of students who have fewer talks in what is published than they are guaranteed."""
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
    fresh, published = arranging.is_fresh(day, found.question), [(*pair, number) for pair, number in was.items()]
    counts, had = Counter(one[0] for one in talks), Counter(one[0] for one in published)
    names = {slug: row.company.name for slug, row in found.companies.items()}
    return Proposed(
        fresh=fresh, talks=len(talks), students=len(found.students), wished=known["wished"], yes=known["yes"], short=known["short"],
        reachable=known.get("reachable"), reasons=[in_words(one, names) for one in grouped(known["reasons"])],
        grid=_grid(day, found, talks if fresh else published), least=min((counts[code] for code in found.students), default=0),
        few=[code for code in found.students if had[code] < day.least] if published else [],
        kept=sum(was.get(pair) == number for pair, number in now.items()),
        moved=sum(pair in was and was[pair] != number for pair, number in now.items()), new=len(now.keys() - was.keys()),
        gone=len(was.keys() - now.keys()), fixed=frozenset((talk.student, talk.company) for talk in found.question.fixed),
    )  # fmt: skip


def _grid(day: MatchDay, found: arranging.Asked, talks: Sequence[tuple[str, str, int]]) -> list[tuple[DayCompany, list[list[str]]]]:
    held: dict[tuple[str, int], list[str]] = {}
    for code, slug, number in talks:
        held.setdefault((slug, number), []).append(code)
    rounds = range(1, day.rounds + 1)
    return [(row, [sorted(held.get((slug, number), ())) for number in rounds]) for slug, row in found.companies.items()]


def grouped(reasons: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Reasons of one student each, put together where they are the same in cause and number; the rest as they are."""
    alike: dict[tuple[str, int, int], dict[str, Any]] = {}
    rest = []
    for one in reasons:
        if one["cause"] not in (Cause.FEW_MARKED, Cause.FEW_ROUNDS):
            rest.append(one)
            continue
        group = alike.setdefault((one["cause"], one["possible"], one["needed"]), {**one, "students": []})
        group["students"] = sorted([*group["students"], *one["students"]])
    return [*(group for _key, group in sorted(alike.items())), *rest]


def in_words(reason: dict[str, Any], names: dict[str, str]) -> str:
    """Why the minimum cannot be kept, in a sentence; students stand there by their code."""
    who, cause, needed, possible = ", ".join(reason["students"]), Cause(reason["cause"]), reason["needed"], reason["possible"]
    full = ", ".join(names.get(slug, slug) for slug in reason["companies"]) or "–"
    values = {"who": who, "needed": needed, "possible": possible, "full": full}
    said = {
        Cause.FEW_MARKED: ngettext(
            "%(num)d student gets at most %(possible)s instead of %(needed)s, because no more marked companies look for their "
            "level and field: %(who)s.",
            "%(num)d students get at most %(possible)s instead of %(needed)s, because no more marked companies look for their "
            "level and field: %(who)s.",
            len(reason["students"]),
            **values,
        ),
        Cause.FEW_ROUNDS: ngettext(
            "%(num)d student gets at most %(possible)s instead of %(needed)s, because there is no time for more: %(who)s.",
            "%(num)d students get at most %(possible)s instead of %(needed)s, because there is no time for more: %(who)s.",
            len(reason["students"]),
            **values,
        ),
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


def who(students: int, companies: int) -> str:
    """So many students and so many companies, in words."""
    people = ngettext("%(num)d student", "%(num)d students", students)
    firms = ngettext("%(num)d company", "%(num)d companies", companies)
    if students and companies:
        return str(_("%(students)s and %(companies)s", students=people, companies=firms))
    return str(firms if companies else people)


def few(day: MatchDay, student: DayStudent | None, offers: Iterable[Offer] | None = None) -> str | None:
    """
    That fewer talks can be planned for a student than everyone is guaranteed, in words; None where it is enough.

    Args:
        offers: the companies of the day, where the student could mark them already.
    """
    if student is None:
        return None
    there = set(range(1, day.rounds + 1)) - set(student.away)
    most = min(day.most, len(there))
    if offers is not None:
        usable = [one for one in offers if one.fits and (one.mark or student.fill_up) and there - set(one.row.away)]
        most = min(most, len(usable))
    if most >= day.least:
        return None
    could = ngettext("Like this we can plan %(num)d talk at most.", "Like this we can plan %(num)d talks at most.", most)
    if offers is not None and most < min(day.most, len(there)):
        return f"{could} " + str(_("Everyone is promised %(least)s: mark more companies.", least=day.least))
    return f"{could} " + str(_("Everyone is promised %(least)s: be there in more rounds.", least=day.least))


def how_many(day: MatchDay) -> str:
    """How many talks a student gets, in words."""
    if day.least == day.most:
        return str(ngettext("You get %(num)d talk.", "You get %(num)d talks.", day.most))
    if day.least == 0:
        return str(ngettext("You get %(num)d talk at most.", "You get %(num)d talks at most.", day.most))
    return str(_("You get %(least)s to %(most)s talks.", least=day.least, most=day.most))


def reached(companies: int, schools: int) -> str:
    """So many companies and so many schools, in words."""
    firms = ngettext("%(num)d company", "%(num)d companies", companies)
    taught = ngettext("%(num)d school", "%(num)d schools", schools)
    if companies and schools:
        return str(_("%(companies)s and %(schools)s", companies=firms, schools=taught))
    return str(taught if schools else firms)


def room(day: MatchDay, table: int) -> str:
    """The room in which a table stands."""
    return publishing.room_names(day).get(table, "–")


def kept(done: outcomes.Kept, heard: str) -> list[tuple[str, str]]:
    """
    What is said after answers were kept: sentences, and how weighty each is.

    Args:
        heard: the sentence where no response came of it.
    """
    found = [(_("Both of you are interested, but no response could be sent: %(why)s", why=why), "warning") for why in done.unsent]
    if done.sent:
        return [(str(ngettext("%(num)d response is sent.", "%(num)d responses are sent.", done.sent)), "message"), *found]
    return found or [(heard, "message")]


def both(talk: DayTalk) -> bool:
    """Whether both sides are interested; only then either side hears of the other."""
    return outcomes.both(talk)


def places_for(talk: DayTalk) -> list[DayPlace]:
    """The places of a talk's company, those of the student's level first."""
    return sorted(talk.company.places, key=lambda one: one.vacancy.level is not talk.student.level)


def where(day: MatchDay, talk: DayTalk) -> str:
    """The room and table of a talk, in words."""
    return str(_("%(room)s, table %(table)s", room=publishing.room_names(day).get(talk.table, "–"), table=talk.table))
