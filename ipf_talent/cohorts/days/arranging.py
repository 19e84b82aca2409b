"""From marks to a timetable: the question that a day asks, the plan kept as a proposal, and the published talks."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy.orm.exc import StaleDataError

from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.cohorts.days import queries
from ipf_talent.cohorts.days.kinds import PLANNABLE, WITH_TIMETABLE, Mark
from ipf_talent.cohorts.days.models import DayCompany, DayLock, DayStudent, DayTalk, MatchDay
from ipf_talent.cohorts.days.services import refuse_example
from ipf_talent.cohorts.timetable import timetabling
from ipf_talent.cohorts.timetable.checker import faults
from ipf_talent.cohorts.timetable.question import Company, Interest, Plan, Question, Student, Talk
from ipf_talent.cohorts.timetable.reasons import Reason, reachable, reasons
from ipf_talent.cohorts.timetable.timetabling import Contradiction, Unfinished
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _

_INTERESTS = {Mark.YES: Interest.YES, Mark.MAYBE: Interest.MAYBE}


class Against(StrEnum):
    """Whose word a fixed talk goes against."""

    COMPANY = "company"
    STUDENT = "student"
    BOTH = "both"


class Asked(NamedTuple):
    """A day as a question, with the rows behind its codes."""

    question: Question
    students: dict[str, DayStudent]
    companies: dict[str, DayCompany]
    talks: Sequence[DayTalk]
    """Those of the published timetable."""
    locks: Sequence[DayLock]


def looks_for(row: DayCompany, student: DayStudent) -> bool:
    """Whether a student has what a company looks for: a level and a field of study, and nothing else (R6)."""
    level = not row.levels or student.level.value in row.levels
    return level and (not row.fields or bool(set(row.fields) & set(student.fields)))


def against(row: DayCompany, student: DayStudent) -> Against | None:
    """What of a talk goes against what the company looks for, and what the student marked or lets us fill up."""
    marked = any(wish.day_company_id == row.id for wish in student.wishes)
    if looks_for(row, student):
        return None if marked or student.fill_up else Against.STUDENT
    return Against.COMPANY if marked else Against.BOTH


def asked(day: MatchDay) -> Asked:
    """What the day asks of a plan, from the rows as they are now."""
    companies = {row.company.slug: row for row in queries.companies(day.id)}
    students = {row.code: row for row in queries.students(day.id)}
    slugs, codes = {row.id: slug for slug, row in companies.items()}, {row.id: code for code, row in students.items()}
    held = [one for one in queries.locks(day.id) if one.day_student_id in codes and one.day_company_id in slugs]
    fixed = {Talk(codes[one.day_student_id], slugs[one.day_company_id], one.round) for one in held}
    published = queries.talks(day.id) if day.status in WITH_TIMETABLE else ()
    question = Question(
        rounds=day.rounds, least=day.least, most=day.most,
        students=tuple(Student(code, _interests(row, companies), frozenset(row.away)) for code, row in students.items()),
        companies=tuple(Company(slug, row.tables, row.talks, frozenset(row.away)) for slug, row in companies.items()),
        fixed=frozenset(fixed),
        former=frozenset(Talk(talk.student.code, talk.company.company.slug, talk.round) for talk in published),
    )  # fmt: skip
    return Asked(timetabling.in_order(question), students, companies, published, held)


def _interests(student: DayStudent, companies: dict[str, DayCompany]) -> dict[str, Interest]:
    marked = {wish.day_company_id: _INTERESTS[wish.mark] for wish in student.wishes}
    if student.fill_up:
        marked = {row.id: Interest.OPEN for row in companies.values()} | marked
    return {slug: marked[row.id] for slug, row in companies.items() if row.id in marked and looks_for(row, student)}


def digest(question: Question) -> str:
    """A fingerprint of a question: the plan belongs to exactly this one."""
    plain = {
        "rounds": question.rounds, "least": question.least, "most": question.most,
        "students": [[one.code, sorted(one.interests.items()), sorted(one.away)] for one in question.students],
        "companies": [[one.code, one.tables, one.talks, sorted(one.away)] for one in question.companies],
        "fixed": sorted(question.fixed), "former": sorted(question.former),
    }  # fmt: skip
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


class Solved(NamedTuple):
    """The best plan; where the minimum cannot be kept, why, and the highest one that can."""

    plan: Plan
    reasons: Sequence[Reason] = ()
    reachable: int | None = None


def solve(question: Question) -> Solved:
    """
    The best plan, and why the minimum cannot be kept where it cannot; takes a second and no database.

    Raises:
        DomainError: fixed talks contradict each other, or it took too long.
    """
    try:
        made = timetabling.plan(question)
    except Contradiction as error:
        raise DomainError(_("The fixed talks cannot all take place: take one of them away.")) from error
    except Unfinished as error:
        raise DomainError(_("This day is too large to find the best timetable in time. Use fewer rounds, or two days.")) from error
    return Solved(made, reasons(question), reachable(question)) if made.short else Solved(made)


def may_plan(day: MatchDay, now: datetime) -> bool:
    """Whether it is a time for planning: sign-up is open or over, and the day has not begun."""
    return day.status in PLANNABLE and not day.has_begun(now)


def refuse_unless_plannable(day: MatchDay, by: User, now: datetime) -> None:
    """
    Whether this person can plan this day now.

    Raises:
        DomainError: it is no time for planning, or the day is not theirs to touch.
    """
    refuse_example(day, by)
    if day.status in PLANNABLE and day.has_begun(now):
        raise DomainError(_("This day has begun: the timetable stays as it is."))
    if day.status not in PLANNABLE:
        raise DomainError(_("A day is planned while its sign-up is open or closed, and again after it was published."))


def propose(day: MatchDay, question: Question, solved: Solved, *, by: User, now: datetime) -> None:
    """
    Keep a plan as the proposal of the day, unless something changed while it was made.

    Raises:
        DomainError: it is no time for planning, or the day is not what was asked any more.
    """
    refuse_unless_plannable(day, by, now)
    if digest(asked(day).question) != digest(question):
        raise DomainError(_("Somebody changed something while the plan was made. Plan again."))
    made = solved.plan
    if wrong := faults(question, made.talks):
        raise AssertionError(wrong[0])
    day.proposal = {
        "asked": digest(question),
        "talks": [list(talk) for talk in made.talks],
        "short": dict(made.short),
        "reasons": [
            {
                "cause": one.cause.value,
                "students": list(one.students),
                "companies": list(one.companies),
                "needed": one.needed,
                "possible": one.possible,
            }
            for one in solved.reasons
        ],
        "reachable": solved.reachable,
        "wished": made.wished,
        "yes": made.yes,
        "kept": made.kept,
        "former": len(question.former),
    }
    day.proposed_at = now
    flush()
    audit.record(by.id, "plan_day", "match_day", day.id, talks=len(made.talks), short=len(made.short))


def is_fresh(day: MatchDay, question: Question) -> bool:
    """Whether the proposal still answers what the day asks."""
    return bool(day.proposal) and day.proposal["asked"] == digest(question)


def lock(day: MatchDay, code: str, slug: str, number: int, *, by: User, now: datetime) -> Against | None:
    """
    Fix a talk, so that every plan holds it; a pair that is fixed already moves.

    Returns:
        What of it goes against what the two of them said; None where nothing does.

    Raises:
        DomainError: there is no such student, company or round, it contradicts what is fixed, or it is no time for planning.
    """
    refuse_unless_plannable(day, by, now)
    found = asked(day)
    student, company = found.students.get(code.strip().upper()), found.companies.get(slug)
    if student is None:
        raise DomainError(_("There is no student with this code."), field="code")
    if company is None:
        raise DomainError(_("This company does not come."), field="company")
    talk = Talk(student.code, slug, number)
    others = {one for one in found.question.fixed if one[:2] != talk[:2]}
    try:
        timetabling.refuse_contradictions(_with(found.question, frozenset({*others, talk})))
    except Contradiction as error:
        raise DomainError(
            _("This cannot be: one of them is away then, or has a fixed talk there already."), field="round"
        ) from error
    known = next(
        (one for one in queries.locks(day.id) if (one.day_student_id, one.day_company_id) == (student.id, company.id)), None
    )
    if known is None:
        session.add(DayLock(day_student_id=student.id, day_company_id=company.id, round=number))
    else:
        known.round = number
    session.flush()
    audit.record(by.id, "fix_talk", "match_day", day.id, round=number)
    return against(found.companies[slug], student)


def _with(question: Question, fixed: frozenset[Talk]) -> Question:
    return Question(question.rounds, question.least, question.most, question.students, question.companies, fixed)


def unlock(day: MatchDay, student_id: int, company_id: int, *, by: User, now: datetime) -> None:
    """
    Let a fixed talk go; nothing happens where it is not fixed.

    Raises:
        DomainError: it is no time for planning.
    """
    refuse_unless_plannable(day, by, now)
    for one in queries.locks(day.id):
        if (one.day_student_id, one.day_company_id) == (student_id, company_id):
            session.delete(one)
    session.flush()
    audit.record(by.id, "free_talk", "match_day", day.id)


def flush() -> None:
    """
    Write down what changed of a day.

    Raises:
        DomainError: somebody else changed it meanwhile.
    """
    try:
        session.flush()
    except StaleDataError as error:
        raise DomainError(_("Somebody else has just changed this day. Look at the page again.")) from error
