"""What keeps a vacancy from being published: each reason with its rule and the page on which it is mended."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from ipf_talent.i18n import _
from ipf_talent.programmes.levels import Level
from ipf_talent.vacancies import wording
from ipf_talent.vacancies.kinds import HBO, LEVELS_OF, MBO, WAGED, WO, CollectiveAgreement, Hybrid, Minors, VacancyKind
from ipf_talent.vacancies.models import Vacancy
from ipf_talent.vacancies.tasks import OPTIONAL, Task, TaskState
from ipf_talent.vacancies.wording import Finding, Weight

TITLE = (5, 80)
DESCRIPTION = (150, 3000)
LEARN = (50, 1500)
LONGEST_PART = 1500
SHOWN_DAYS = 184
"""Six months, at the longest: how long a place is shown from its publication, or from the day on which that is extended."""
LEAST_BBL_HOURS = 20
MOST_MINOR_HOURS_A_DAY = 9
_PROGRAMME_LEVELS = {VacancyKind.ORIENTATION}


class Reason(NamedTuple):
    """Why a place cannot be published now; `code` stays the same whatever the words."""

    code: str
    task: Task
    message: str
    rule: str = ""


class Verdict(NamedTuple):
    """What was found: what stops it, what a person at the platform has to look at, and the crebos that are left out."""

    reasons: tuple[Reason, ...]
    flagged: tuple[Finding, ...]
    crebos: tuple[str, ...]
    """Those it can be published for."""
    left_out: tuple[str, ...]


def verdict(vacancy: Vacancy, verified: frozenset[str], today: date) -> Verdict:
    """
    Whether a vacancy can be published as it stands.

    Args:
        verified: crebos for which its establishment is recognised today (R1).
    """
    asked = tuple(one.crebo for one in vacancy.crebos) if vacancy.kind in MBO else ()
    crebos = tuple(crebo for crebo in asked if crebo in verified)
    left_out = tuple(crebo for crebo in asked if crebo not in verified)
    stopping = [one for one in spoken(vacancy) if one.weight is Weight.STOPS]
    aside = {hint.code for hint in vacancy.hints}
    flagged = tuple(one for one in stopping if one.code in aside)
    reasons = [
        *_unfinished(vacancy),
        *_text(vacancy),
        *_wording(one for one in stopping if one.code not in aside),
        *_target(vacancy, crebos, left_out),
        *_period(vacancy, today),
        *_pay(vacancy),
        *_guidance(vacancy),
        *_safety(vacancy),
    ]
    done = set(vacancy.tasks_done)
    told = (one for one in reasons if one.code == "unsaved" or one.task in done)
    return Verdict(tuple(told), flagged, crebos, left_out)


def spoken(vacancy: Vacancy) -> list[Finding]:
    """What the rules say of the words in all its texts, each words once."""
    is_job = vacancy.kind is VacancyKind.ENGD_POSITION
    found = (one for text in texts(vacancy) for one in wording.findings(text, is_job=is_job))
    return list({one.code: one for one in found}.values())


def texts(vacancy: Vacancy) -> list[str]:
    """All that a reader can read of it, in both languages."""
    names = ("title", "catchy_title", "description", "learn", "bring", "offer", "pay_note")
    said = [getattr(vacancy, f"{name}_{code}") or "" for code in ("nl", "en") for name in names]
    return [*said, vacancy.minors_reason or "", *(one.reason for one in vacancy.requirements)]


def states(vacancy: Vacancy, reasons: Iterable[Reason]) -> dict[Task, TaskState]:
    """How far each page is."""
    failing = {reason.task for reason in reasons if reason.code != "unsaved"}

    def state(task: Task) -> TaskState:
        if task.value not in vacancy.tasks_done:
            return TaskState.OPTIONAL if task in OPTIONAL else TaskState.TODO
        return TaskState.STARTED if task in failing else TaskState.DONE

    return {task: state(task) for task in Task}


def _unfinished(vacancy: Vacancy) -> Iterator[Reason]:
    for task in Task:
        if task not in OPTIONAL and task.value not in vacancy.tasks_done:
            yield Reason("unsaved", task, _("This page is not filled in yet."))


def _text(vacancy: Vacancy) -> Iterator[Reason]:
    code = vacancy.text_language
    asked = (
        ("title", TITLE, _("Title")),
        ("description", DESCRIPTION, _("What you do")),
        ("learn", LEARN, _("What you learn")),
    )
    for name, (least, most), label in asked:
        length = len(getattr(vacancy, f"{name}_{code}") or "")
        if not least <= length <= most:
            values = {"part": label, "least": least, "most": most, "length": length}
            message = _("“%(part)s” has %(length)s characters; it needs %(least)s to %(most)s.", **values)
            yield Reason(name, Task.TEXT, message)


def _wording(found: Iterable[Finding]) -> Iterator[Reason]:
    for one in found:
        message = _("“%(words)s”: %(why)s %(instead)s", words=one.words, why=one.why, instead=one.instead)
        yield Reason(one.code, Task.TEXT, message, one.rule)


def _target(vacancy: Vacancy, crebos: tuple[str, ...], left_out: tuple[str, ...]) -> Iterator[Reason]:
    if vacancy.establishment_id is None:
        yield Reason("establishment", Task.WHAT, _("Choose the address where the work is done."))
    if vacancy.level not in LEVELS_OF[vacancy.kind]:
        yield Reason("level", Task.WHAT, _("This level does not go with this kind of place."))
    if vacancy.kind in MBO:
        if vacancy.hybrid is Hybrid.FULLY:
            yield Reason("hybrid", Task.WHAT, _("An mbo student learns at the company, so not all of it can be from home."))
        if not vacancy.crebos:
            yield Reason("crebos", Task.TARGET, _("Name at least one qualification (crebo)."))
        elif not crebos:
            named = ", ".join(left_out)
            message = _("Your address is not recognised, or not checked yet, for crebo %(named)s.", named=named)
            yield Reason("recognition", Task.TARGET, message, "R1")
    elif vacancy.kind not in _PROGRAMME_LEVELS and not (vacancy.target_types and vacancy.fields):
        yield Reason(
            "programmes", Task.TARGET, _("Name the kind of programme and the field: a place belongs to a programme."), "R15"
        )


def _period(vacancy: Vacancy, today: date) -> Iterator[Reason]:
    if (vacancy.starts_until or vacancy.starts_on) < today and not vacancy.rolling:
        yield Reason("start", Task.PERIOD, _("The start lies in the past."))
    if vacancy.closes_on < today:
        yield Reason("closes", Task.PLACES, _("The last day on which it is shown lies in the past."))
    elif (vacancy.closes_on - today).days > SHOWN_DAYS:
        yield Reason("closes", Task.PLACES, _("A place is shown for six months at most. You can extend it later."))
    if vacancy.kind is VacancyKind.BBL_APPRENTICESHIP and vacancy.hours_per_week < LEAST_BBL_HOURS:
        yield Reason("hours", Task.PERIOD, _("An apprenticeship is at least %(hours)s hours a week.", hours=LEAST_BBL_HOURS))
    if vacancy.minors is not Minors.NO and vacancy.hours_per_week > MOST_MINOR_HOURS_A_DAY * vacancy.days_per_week:
        message = _("That is more than 9 hours a day, which somebody under 18 may not work.")
        yield Reason("hours", Task.PERIOD, message, "R8")


def _pay(vacancy: Vacancy) -> Iterator[Reason]:
    if vacancy.kind in WAGED:
        agreed = vacancy.collective_agreement not in (None, CollectiveAgreement.NONE)
        if not agreed and not (vacancy.pay_note_nl or vacancy.pay_note_en):
            message = _("Say which collective agreement the wage follows, or write what you pay.")
            yield Reason("wage", Task.PAY, message, "R15" if vacancy.kind is VacancyKind.ENGD_POSITION else "R7")
    elif vacancy.expenses is None:
        yield Reason("expenses", Task.PAY, _("Say whether the costs of the student are covered."), "R7")


_LADDER = list(Level)


def _guidance(vacancy: Vacancy) -> Iterator[Reason]:
    if not vacancy.mentor_name:
        yield Reason("mentor", Task.GUIDANCE, _("Name who guides the student."))
    if not vacancy.mentor_hours:
        yield Reason("mentor_hours", Task.GUIDANCE, _("Guidance takes at least one hour a week."))
    least = Level.AD if vacancy.kind in HBO else Level.WO_BACHELOR if vacancy.kind in WO else None
    if least is None:
        return
    has = vacancy.mentor_level
    if has is None or has is Level.NONE or _LADDER.index(has) < _LADDER.index(least):
        message = _("Who guides must have finished hbo.") if vacancy.kind in HBO else _("Who guides must have a university degree.")
        yield Reason("mentor_level", Task.GUIDANCE, message)


def _safety(vacancy: Vacancy) -> Iterator[Reason]:
    if vacancy.minors is Minors.NO and not vacancy.minors_reason:
        message = _("Say which danger keeps people under 18 away. Only safety can be a reason.")
        yield Reason("minors", Task.SAFETY, message, "R8")
