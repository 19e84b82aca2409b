"""Moving a response on: one function for every step of the table, and what a step brings about."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from secrets import choice, token_hex

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from ipf_talent import clock
from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.applications import letters, queries, signals, workdays, workflow
from ipf_talent.applications.cards import card_for
from ipf_talent.applications.kinds import ENDS, PLACED, Deed, Reason, Release, State, Who
from ipf_talent.applications.models import Application, ApplicationEvent
from ipf_talent.applications.workflow import Effect, Guard, Step
from ipf_talent.db import session
from ipf_talent.enrolments import queries as enrolments
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.profiles import queries as profiles
from ipf_talent.vacancies import services as vacancies
from ipf_talent.vacancies import wording
from ipf_talent.vacancies.kinds import Minors, PlacingMode
from ipf_talent.vacancies.models import Vacancy

TERM = 15
"""Working days that a turn lasts at most."""

_SIGNS = "ABCDEFGHJKLMNPRSTUVWXYZ23456789"
"""What a code is made of: nothing that looks like another sign."""
CLOSED_LIST = (Reason.FULL, Reason.LEARNING_GOAL, Reason.PERIOD, Reason.GUIDANCE, Reason.MINOR_SAFETY)
"""Reasons for giving a proposal of a school back; there is no choosing among students (R4)."""
TELLS = {Effect.TELL_STUDENT: Who.STUDENT, Effect.TELL_COMPANY: Who.COMPANY, Effect.TELL_SCHOOL: Who.SCHOOL}


def start(student: User, vacancy: Vacancy, *, message: str, wish: str, minor: bool, now: datetime) -> Application:
    """
    Begin a response; a draft that is there already takes these words, and what was sent stays as it is.

    Raises:
        DomainError: the place is not open to this student, or the company has refused them before.
    """
    former = queries.latest(student.id, vacancy.id)
    if former is not None and former.ended_at is None:
        return _reword(former, message, wish, minor) if former.state is State.DRAFT else former
    if former is not None and former.state in (State.REJECTED, State.RETURNED):
        raise DomainError(_("You responded to this place before, and the answer was no."))
    mode = mode_for(student, vacancy)
    by_school = mode is PlacingMode.SCHOOL_PLACES
    school_id = _school_of(student) if by_school else None
    if by_school and school_id is None:
        raise DomainError(
            _("Your school gives this place, and we do not know your school. Choose your programme in your profile first.")
        )
    application = Application(
        key=token_hex(6), code=new_code(), student_id=student.id, vacancy_id=vacancy.id, school_id=school_id,
        mode=mode, state=State.DRAFT, created_at=now, events=[], shown=[], messages=[], card={}, helpful_skills=[],
    )  # fmt: skip
    application.vacancy, application.student = vacancy, student
    _reword(application, message, wish, minor)
    _refuse_unless_free(application)
    try:
        with session.begin_nested():
            session.add(application)
    except IntegrityError:  # the same click twice
        there = queries.latest(student.id, vacancy.id)
        assert there is not None
        return there
    audit.record(student.id, "draft_response", "application", application.id)
    return application


def mode_for(student: User, vacancy: Vacancy) -> PlacingMode:
    """Who brings this student and this place together: as their school says for the period, else as the company chose (R4)."""
    return enrolments.placing_mode_for(student.id, vacancy) or vacancy.placing_mode


def _reword(application: Application, message: str, wish: str, minor: bool) -> Application:
    by_school = application.mode is PlacingMode.SCHOOL_PLACES
    application.message, application.wish, application.minor = "" if by_school else message, wish if by_school else "", minor
    return application


def _school_of(student: User) -> int | None:
    """The school that confirmed the student, else that of their role, else that of the programme in their profile."""
    confirmed = enrolments.of_student(student.id)
    if confirmed is not None:
        return confirmed.school_id
    if school_id := queries.school_of(student):
        return school_id
    profile = profiles.of(student.id)
    return profile.programme.institution_id if profile and profile.programme else None


def new_code() -> str:
    """Four signs by which a company can speak of a student without a name."""
    return "".join(choice(_SIGNS) for _sign in range(4))


def move(
    application: Application,
    deed: Deed,
    *,
    who: Who,
    by: User | None,
    now: datetime,
    reason: Reason | None = None,
    note: str = "",
    skills: Collection[str] = (),
) -> bool:
    """
    Take one step of the table, once however many ask at the same time.

    Args:
        by: the person; None for the site itself.
        reason: of the list, where the step asks one.
        note: a few words beside the reason; nothing that rule R5 forbids.
        skills: slugs that would have helped; only those that the place asks are kept.

    Returns:
        False where exactly this was done before, so that nothing was left to do.

    Raises:
        DomainError: the table has no such step from here, or a guard does not hold.
    """
    line = workflow.step(application.mode, application.state, deed, who)
    if line is None:
        if any(one.deed is deed and one.who is who and one.after is application.state for one in workflow.STEPS):
            return False
        raise DomainError(_("This is not possible now: the response has moved on. Look at the page again."))
    before = application.state
    _guard(application, line, reason, note, now)
    mine = update(Application).where(Application.id == application.id, Application.state == before).values(state=line.after)
    if session.execute(mine.returning(Application.id).execution_options(synchronize_session=False)).scalar() is None:
        raise DomainError(_("Somebody else has just changed this response. Look at the page again."))
    application.state = line.after
    _keep_reason(application, line, reason, note, skills)
    _bring_about(application, line, now)
    log(application, who, by, deed.value, now, before=before, after=line.after, reason=reason)
    for effect in line.effects:
        if side := TELLS.get(effect):
            letters.tell(application, side, deed.value)
    if line.after in PLACED:
        signals.placed.send(application, by=by, now=now)
    return True


def log(
    application: Application,
    who: Who,
    by: User | None,
    what: str,
    now: datetime,
    *,
    before: State | None = None,
    after: State | None = None,
    reason: Reason | None = None,
    part: Release | None = None,
) -> None:
    """Add a line to the trail of the response, and one to the audit trail."""
    line = ApplicationEvent(at=now, who=who, user_id=by.id if by else None, what=what, before=before, after=after, reason=reason)
    line.part = part
    application.events.append(line)
    detail = {"from": before, "to": after, "reason": reason, "part": part}
    known = {name: value.value for name, value in detail.items() if value is not None}
    audit.record(by.id if by else None, f"response_{what}", "application", application.id, **known)


def _guard(application: Application, line: Step, reason: Reason | None, note: str, now: datetime) -> None:
    if Guard.FREE in line.guards:
        _refuse_unless_free(application)
    if Guard.REASON in line.guards:
        check_reason(application, line.deed, reason, note)
    if Guard.PLACE_LEFT in line.guards and application.vacancy.taken >= application.vacancy.places:
        raise DomainError(_("No place is left here."))
    if Guard.SILENCE in line.guards and days_waiting(application, now) < TERM:
        raise DomainError(_("Its time is not over yet."))


def _refuse_unless_free(application: Application) -> None:
    vacancy = application.vacancy
    today = clock.today()
    if vacancy.company.verified_at is None or not vacancy.is_open(today):
        raise DomainError(_("This place is not open any more."))
    if not vacancy.takes_responses(today, this_month=_arrived_this_month(vacancy, today)):
        raise DomainError(_("This place takes no more responses now. Look again next month, or choose another place."))
    if application.minor and vacancy.minors is Minors.NO:
        raise DomainError(_("For safety this place is for people from 18 years."), field="adult")


def _arrived_this_month(vacancy: Vacancy, today: date) -> int:
    if vacancy.reactions_per_month is None:
        return 0
    first = datetime.combine(today.replace(day=1), time.min, clock.AMSTERDAM)
    return queries.arrived_since(vacancy.id, first)


def reasons_for(application: Application, deed: Deed) -> list[Reason]:
    """The reasons one can choose from; that somebody is under 18 counts only where it is so."""
    listed: Sequence[Reason] = CLOSED_LIST if deed is Deed.GIVE_BACK else list(Reason)
    return [one for one in listed if one is not Reason.MINOR_SAFETY or application.minor]


def check_reason(application: Application, deed: Deed, reason: Reason | None, note: str) -> None:
    """
    Whether this may be said as the reason of a no.

    Raises:
        DomainError: no reason of the list, none in words where it is another one, or words that rule R5 forbids.
    """
    if reason is None or reason not in reasons_for(application, deed):
        raise DomainError(_("Choose a reason. The student sees it."), field="reason")
    if reason is Reason.OTHER and not note:
        raise DomainError(_("Say in a few words what the reason is."), field="note")
    for found in wording.findings(note):
        if found.weight is wording.Weight.STOPS:
            raise DomainError(f"“{found.words}”: {found.why} ({found.rule})", field="note")


def _keep_reason(application: Application, line: Step, reason: Reason | None, note: str, skills: Collection[str]) -> None:
    if Guard.REASON not in line.guards:
        return
    asked = {one.skill.slug for one in application.vacancy.skills}
    application.reason, application.reason_note = reason, note
    application.helpful_skills = [slug for slug in dict.fromkeys(skills) if slug in asked]


def _bring_about(application: Application, line: Step, now: datetime) -> None:
    today = now.astimezone(clock.AMSTERDAM).date()
    if Effect.ARRIVE in line.effects:
        application.sent_at, application.card = now, card_for(application)
    if Effect.ANSWER in line.effects and application.answered_at is None:
        application.answered_at = now
        application.in_time = application.due_on is None or today <= application.due_on
    if Effect.TAKE_PLACE in line.effects and not vacancies.take_place(application.vacancy_id):
        raise DomainError(_("No place is left here: somebody was just before you."))
    if Effect.GIVE_PLACE_BACK in line.effects:
        vacancies.give_back(application.vacancy_id)
    if Effect.TERM in line.effects:
        application.waits_since, application.due_on = now, workdays.after(today, _days_for(application, line))
    elif line.after not in workflow.TURNS:
        application.waits_since = application.due_on = None
    if line.after in ENDS:
        application.ended_at = now
    session.flush()


def _days_for(application: Application, line: Step) -> int:
    """The company promised when it answers; that holds for the first answer."""
    promised = application.vacancy.answer_days
    return min(promised, TERM) if promised and Effect.ARRIVE in line.effects else TERM


def days_waiting(application: Application, now: datetime) -> int:
    """How many working days somebody's turn has lasted."""
    if application.waits_since is None:
        return 0
    since, today = (moment.astimezone(clock.AMSTERDAM).date() for moment in (application.waits_since, now))
    return workdays.between(since, today)


def accept(application: Application, *, by: User, now: datetime, withdraw: Collection[str] = ()) -> bool:
    """
    Take an offered place, and withdraw these other responses (their keys) in the same transaction.

    Returns:
        False where it was accepted before.

    Raises:
        DomainError: it is not offered any more, or no place is left.
    """
    if not move(application, Deed.ACCEPT, who=Who.STUDENT, by=by, now=now):
        return False
    withdraw_others(application, by=by, now=now, keys=withdraw)
    return True


def withdraw_others(application: Application, *, by: User, now: datetime, keys: Collection[str]) -> int:
    """Withdraw a student's other responses, of those named; gives how many. Drafts are taken away."""
    number = 0
    for other in queries.open_of(by.id, but=application.id):
        if other.key in keys:
            withdraw_one(other, by=by, now=now)
            number += 1
    return number


def withdraw_one(application: Application, *, by: User, now: datetime) -> None:
    """Withdraw a response; a draft, of which nobody knows, is taken away."""
    if application.state is State.DRAFT:
        audit.record(by.id, "drop_draft", "application", application.id)
        session.delete(application)
        session.flush()
        return
    move(application, Deed.WITHDRAW, who=Who.STUDENT, by=by, now=now)
