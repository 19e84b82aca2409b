"""Reading responses: one with all that belongs to it, and the lists of each side."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, true
from sqlalchemy.orm import joinedload, selectinload

from ipf_talent.accounts.models import Membership, User
from ipf_talent.accounts.roles import Role
from ipf_talent.applications.kinds import OPEN, PLACED, State, Who
from ipf_talent.applications.models import Application, ApplicationMessage, DiscriminationReport, Document
from ipf_talent.db import session
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _
from ipf_talent.organisations.models import Organisation
from ipf_talent.programmes.queries import AnyRow, AnySelect
from ipf_talent.vacancies.models import Vacancy, VacancySkill


def get(slug: str) -> Application:
    """
    A response with its place, trail, releases and messages, fresh from the database; who may see it says the policy.

    Raises:
        NotFound: there is none with this key.
    """
    loads = (
        joinedload(Application.vacancy).joinedload(Vacancy.company),
        joinedload(Application.vacancy).selectinload(Vacancy.skills).joinedload(VacancySkill.skill),
        joinedload(Application.student),
        joinedload(Application.school),
        joinedload(Application.document),
        selectinload(Application.events),
        selectinload(Application.shown),
        selectinload(Application.messages),
    )
    query = select(Application).where(Application.key == slug).options(*loads)
    found = session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound(_("There is no such response."))
    return found


def latest(student_id: int, vacancy_id: int) -> Application | None:
    """The newest response of a student to a place."""
    theirs = (Application.student_id == student_id, Application.vacancy_id == vacancy_id)
    return session.scalar(select(Application).where(*theirs).order_by(Application.id.desc()).limit(1))


def _columns() -> tuple[Any, ...]:
    return (
        Application.id, Application.key, Application.code, Application.state, Application.mode, Application.created_at,
        Application.sent_at, Application.waits_since, Application.due_on, Application.ended_at, Application.reason,
        Application.silent, Application.late_answer_at, Application.vacancy_id, Application.card,
        Vacancy.slug, Vacancy.title_nl, Vacancy.title_en, Vacancy.starts_on, Vacancy.ends_on, Vacancy.company_id,
        Vacancy.is_example,
        Organisation.name.label("company"),
    )  # fmt: skip


def _unread(side: Who) -> ColumnElement[Any]:
    other = (
        ApplicationMessage.application_id == Application.id,
        ApplicationMessage.read_at.is_(None),
        ApplicationMessage.who != side,
    )
    count = select(func.count()).select_from(ApplicationMessage).where(*other).correlate(Application)
    return count.scalar_subquery().label("unread")


def _lines(side: Who) -> AnySelect:
    query = select(*_columns(), _unread(side)).join(Vacancy, Vacancy.id == Application.vacancy_id)
    return query.join(Organisation, Organisation.id == Vacancy.company_id)


def of_student(student_id: int) -> AnySelect:
    """Lines of one's own responses, the newest first."""
    return _lines(Who.STUDENT).where(Application.student_id == student_id).order_by(Application.id.desc())


def seen_by_company(user: User) -> ColumnElement[bool]:
    """What must hold of a response that this person's company deals with: the twin of `policy.may_handle`."""
    own = Vacancy.company_id.in_(user.organisation_ids(Role.COMPANY_MANAGER))
    return and_(own, Application.sent_at.is_not(None), Application.erased_at.is_(None), _known_to(user))


def _known_to(user: User) -> ColumnElement[bool]:
    """The twin of `policy.may_know`."""
    return Application.student_id.in_(select(User.id).where(User.is_demo.is_(True))) if user.is_demo else true()


def for_company(user: User) -> AnySelect:
    """Lines of the responses to the places of one's own companies, in the order in which they arrived (R6)."""
    return _lines(Who.COMPANY).where(seen_by_company(user)).order_by(Application.sent_at, Application.id)


def narrowed(which: str, place: str) -> ColumnElement[bool]:
    """What a company looks at: `open`, `late` (ended without its answer) or all of them, at one place where its slug is named."""
    kinds: dict[str, ColumnElement[bool]] = {
        "open": Application.state.in_(OPEN | PLACED),
        "late": and_(Application.state == State.EXPIRED, Application.silent == Who.COMPANY, Application.late_answer_at.is_(None)),
    }
    return and_(kinds.get(which, true()), Vacancy.slug == place if place else true())


def places_with_responses(user: User) -> Sequence[AnyRow]:
    """One's own places that somebody responded to: slug, titles and how many, the newest place first."""
    columns = (Vacancy.id, Vacancy.slug, Vacancy.title_nl, Vacancy.title_en, func.count().label("number"))
    query = select(*columns).join(Application, Application.vacancy_id == Vacancy.id).where(seen_by_company(user))
    return session.execute(query.group_by(Vacancy.id).order_by(Vacancy.id.desc())).all()


def seen_by_school(user: User) -> ColumnElement[bool]:
    """What must hold of a response that this person's school deals with: the twin of `policy.may_place`."""
    own = Application.school_id.in_(user.organisation_ids(Role.COORDINATOR))
    return and_(own, Application.state != State.DRAFT, Application.student_id.is_not(None), _known_to(user))


def for_school(user: User) -> AnySelect:
    """Lines of what students of one's own school ask: what waits for the school first, the longest waiting on top."""
    waits = Application.state == State.LEARNING_WISH
    columns = (Application.wish, Application.minor, User.display_name.label("student"))
    query = _lines(Who.SCHOOL).add_columns(*columns).join(User, User.id == Application.student_id)
    return query.where(seen_by_school(user)).order_by(waits.desc(), Application.waits_since, Application.id)


def open_of(student_id: int, *, but: int = 0) -> Sequence[Application]:
    """The other responses of a student in which somebody still has to do something, the oldest first."""
    theirs = (Application.student_id == student_id, Application.id != but, Application.state.in_(OPEN))
    loads = joinedload(Application.vacancy).joinedload(Vacancy.company)
    return session.scalars(select(Application).where(*theirs).options(loads).order_by(Application.id)).all()


def open_at(vacancy_id: int) -> Sequence[Application]:
    """The responses to a place in which somebody still has to do something, drafts left out."""
    here = (Application.vacancy_id == vacancy_id, Application.state.in_(OPEN - {State.DRAFT}))
    return session.scalars(select(Application).where(*here).order_by(Application.id)).all()


def arrived_since(vacancy_id: int, moment: datetime) -> int:
    """How many responses reached the company for this place since that moment."""
    here = (Application.vacancy_id == vacancy_id, Application.sent_at >= moment)
    return session.scalar(select(func.count()).select_from(Application).where(*here)) or 0


def waiting_since(moment: datetime, *, only: str | None = None) -> Sequence[int]:
    """The numbers of responses (or of the one with a key) in which a turn began before that moment, the longest waiting first."""
    waiting = [Application.state.in_(OPEN - {State.DRAFT}), Application.waits_since <= moment]
    if only is not None:
        waiting.append(Application.key == only)
    return session.scalars(select(Application.id).where(*waiting).order_by(Application.waits_since, Application.id)).all()


def managers_of(organisation_id: int, *roles: Role) -> Sequence[AnyRow]:
    """Whom to write to: number, name, address and language of the people with one of these roles there."""
    columns = (User.id, User.display_name, User.email, User.language)
    query = select(*columns).join(Membership, Membership.user_id == User.id)
    held = (Membership.organisation_id == organisation_id, Membership.role.in_(roles), User.closed_at.is_(None))
    return session.execute(query.where(*held).distinct().order_by(User.id)).all()


def documents_of(user_id: int) -> Sequence[Document]:
    """A person's documents, the newest first."""
    return session.scalars(select(Document).where(Document.user_id == user_id).order_by(Document.id.desc())).all()


def document_names() -> set[str]:
    """The names of all files that a row speaks of."""
    return set(session.scalars(select(Document.name)))


def reports() -> Sequence[DiscriminationReport]:
    """What was reported, the newest first."""
    loads = (joinedload(DiscriminationReport.vacancy).joinedload(Vacancy.company), joinedload(DiscriminationReport.reporter))
    return session.scalars(select(DiscriminationReport).options(*loads).order_by(DiscriminationReport.id.desc()).limit(200)).all()


def school_of(user: User) -> int | None:
    """The school of a student, by their membership there."""
    return next((m.organisation_id for m in user.memberships if m.role is Role.STUDENT and m.organisation_id is not None), None)


def administrators() -> Sequence[AnyRow]:
    """Whom to write to at platform administration: number, name, address and language."""
    columns = (User.id, User.display_name, User.email, User.language)
    query = select(*columns).join(Membership, Membership.user_id == User.id)
    held = (Membership.role == Role.PLATFORM_ADMIN, User.closed_at.is_(None))
    return session.execute(query.where(*held).distinct().order_by(User.id)).all()


def report(number: int) -> DiscriminationReport:
    """
    A report of discrimination.

    Raises:
        NotFound: there is none with this number.
    """
    found = session.get(DiscriminationReport, number)
    if found is None:
        raise NotFound(_("There is no such line."))
    return found
