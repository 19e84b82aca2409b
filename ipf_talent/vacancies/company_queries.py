"""What the pages of companies are made of: skills with their source, qualifications, people, and recognitions to check."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from ipf_talent.accounts.models import AuditEntry, Membership, User
from ipf_talent.accounts.roles import MANAGING, STAFF, Role
from ipf_talent.db import session
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _
from ipf_talent.organisations import recognitions
from ipf_talent.organisations.kinds import OrganisationKind
from ipf_talent.organisations.models import Establishment, Organisation, Recognition
from ipf_talent.organisations.recognition import CHECK_AGAIN, RecognitionStatus
from ipf_talent.programmes.levels import Level
from ipf_talent.programmes.models import Programme
from ipf_talent.programmes.queries import AnyRow
from ipf_talent.skills.models import Skill
from ipf_talent.vacancies.company_models import CompanySkill

TOLD = "tell_schools"
"""Action of the audit trail: schools were told of what a company declared."""
MBO_LEVELS = {Level.MBO_1: 1, Level.MBO_2: 2, Level.MBO_3: 3, Level.MBO_4: 4}


class Qualification(NamedTuple):
    """A national mbo qualification that we know."""

    crebo: str
    title_nl: str
    title_en: str
    level: int


def company(slug: str) -> Organisation:
    """
    A company with its establishments, checked or not; who may see it says the policy.

    Raises:
        NotFound: there is none with this name.
    """
    query = select(Organisation).where(Organisation.slug == slug, Organisation.kind == OrganisationKind.COMPANY)
    found = session.scalar(query.options(selectinload(Organisation.establishments).joinedload(Establishment.place)))
    if found is None:
        raise NotFound(_("There is no such company."))
    return found


def address(slug: str, number: int) -> Establishment:
    """
    An establishment of this company and no other.

    Raises:
        NotFound: it has none with this number.
    """
    found = next((one for one in company(slug).establishments if one.id == number), None)
    if found is None:
        raise NotFound(_("There is no such address."))
    return found


def recognition(slug: str, number: int) -> Recognition:
    """
    A recognition of this company and no other.

    Raises:
        NotFound: it has none with this number.
    """
    found = recognitions.get(number)
    if found.establishment.organisation.slug != slug:
        raise NotFound(_("There is no such recognition."))
    return found


def qualifications() -> dict[str, Qualification]:
    """The national qualifications by crebo, by title."""
    query = select(Programme.code, Programme.title_nl, Programme.title_en, Programme.level)
    known = (Programme.national.is_(True), Programme.code_kind == "crebo", Programme.level.in_(MBO_LEVELS))
    rows = session.execute(query.where(*known).order_by(Programme.title_nl, Programme.id))
    return {code: Qualification(code, title_nl, title_en, MBO_LEVELS[level]) for code, title_nl, title_en, level in rows if code}


def skills_of(company_id: int, *, struck: bool = False) -> Sequence[AnyRow]:
    """The skills a company works with, with the words and the source; with `struck`, those it struck too."""
    columns = (
        Skill.slug, Skill.label_nl, Skill.label_fy, Skill.label_en, CompanySkill.words, CompanySkill.source_url,
        CompanySkill.read_on, CompanySkill.struck_at,
    )  # fmt: skip
    query = select(*columns).join(CompanySkill, CompanySkill.skill_id == Skill.id).where(CompanySkill.company_id == company_id)
    if not struck:
        query = query.where(CompanySkill.struck_at.is_(None))
    return session.execute(query.order_by(CompanySkill.words, Skill.label_nl, Skill.id)).all()


def recognised(company_id: int) -> Sequence[AnyRow]:
    """What a company is recognised for today, by address: name, crebo with its level and title, and the day of the check."""
    title = select(Programme.title_nl).where(Programme.code == Recognition.crebo, Programme.national.is_(True)).limit(1)
    english = select(Programme.title_en).where(Programme.code == Recognition.crebo, Programme.national.is_(True)).limit(1)
    columns = (
        Establishment.name, Recognition.crebo, Recognition.level, Recognition.checked_on,
        title.correlate(Recognition).scalar_subquery().label("title_nl"),
        english.correlate(Recognition).scalar_subquery().label("title_en"),
    )  # fmt: skip
    held = select(*columns).join(Recognition.establishment).where(Establishment.organisation_id == company_id)
    verified = held.where(Recognition.status == RecognitionStatus.VERIFIED)
    return session.execute(verified.order_by(Establishment.id, Recognition.level.desc(), Recognition.crebo)).all()


def people_at(organisation_id: int) -> Sequence[AnyRow]:
    """Everyone who works at a company, by name: id, name, and whether they are a workplace trainer."""
    trains = func.max(case((Membership.role == Role.WORKPLACE_TRAINER, 1), else_=0))
    query = select(User.id, User.display_name, trains.label("trains")).join(Membership, Membership.user_id == User.id)
    here = query.where(Membership.organisation_id == organisation_id, Membership.role.in_(STAFF))
    return session.execute(here.group_by(User.id, User.display_name).order_by(func.lower(User.display_name), User.id)).all()


def managers_of(organisation_id: int) -> Sequence[User]:
    """The managers of an organisation."""
    theirs = select(Membership.user_id).where(Membership.organisation_id == organisation_id, Membership.role.in_(MANAGING))
    return session.scalars(select(User).where(User.id.in_(theirs), User.closed_at.is_(None)).order_by(User.id)).all()


def coordinators_for(crebo: str, school_id: int | None) -> Sequence[User]:
    """
    Whom a recognition concerns: coordinators of the schools that teach it and of the one that checked it; where there is none
    of these, the coordinators of every mbo school.
    """
    checked = select(Organisation.id).where(Organisation.verified_at.is_not(None))
    teaching = select(Programme.institution_id).where(Programme.code == crebo, Programme.national.is_(False))
    near = checked.where(or_(Organisation.id.in_(teaching), Organisation.id == school_id))
    return _coordinators(near) or _coordinators(checked.where(Organisation.education == "mbo"))


def _coordinators(schools: Select[Any]) -> Sequence[User]:
    held = select(Membership.user_id).where(Membership.role == Role.COORDINATOR, Membership.organisation_id.in_(schools))
    return session.scalars(select(User).where(User.id.in_(held), User.closed_at.is_(None)).order_by(User.id)).all()


def to_check(today: date) -> Select[Any]:
    """Recognitions that wait for a check, the longest waiting first, and after these the ones to look up again."""
    return (
        _listed()
        .where(_waits(today))
        .order_by(case((Recognition.status == RecognitionStatus.DECLARED, 0), else_=1), Recognition.declared_at, Recognition.id)
    )


def checked() -> Select[Any]:
    """Recognitions that were looked at, the last one first."""
    return _listed().where(Recognition.checked_on.is_not(None)).order_by(Recognition.checked_on.desc(), Recognition.id.desc())


def waiting(today: date) -> int:
    """How many recognitions ask for a check."""
    return session.scalar(select(func.count()).select_from(Recognition).where(_waits(today))) or 0


def untold(since: datetime) -> dict[int, list[Recognition]]:
    """
    Declared recognitions that no school was told of yet, by company: of checked companies that exist.

    Args:
        since: a company of which schools were told later than this waits for its next turn.
    """
    told = exists().where(
        AuditEntry.action == TOLD,
        AuditEntry.thing == "recognition",
        AuditEntry.thing_id == Recognition.id,
        AuditEntry.at >= Recognition.declared_at,
    )
    late = exists().where(
        AuditEntry.action == TOLD,
        AuditEntry.thing == "organisation",
        AuditEntry.thing_id == Organisation.id,
        AuditEntry.at > since,
    )
    query = select(Recognition).join(Recognition.establishment).join(Establishment.organisation)
    query = query.where(
        Recognition.status == RecognitionStatus.DECLARED, ~told.correlate(Recognition), ~late.correlate(Organisation)
    )
    query = query.where(Organisation.verified_at.is_not(None), Organisation.is_example.is_(False))
    rows = session.scalars(
        query.options(contains_eager(Recognition.establishment).contains_eager(Establishment.organisation)).order_by(Recognition.id)
    )
    by_company: dict[int, list[Recognition]] = {}
    for row in rows:
        by_company.setdefault(row.establishment.organisation_id, []).append(row)
    return by_company


def _listed() -> Select[Any]:
    establishment = joinedload(Recognition.establishment)
    loads = (establishment.joinedload(Establishment.organisation), establishment.joinedload(Establishment.place))
    return select(Recognition).options(*loads, joinedload(Recognition.checked_for))


def _waits(today: date) -> Any:
    old = and_(Recognition.status == RecognitionStatus.VERIFIED, Recognition.checked_on < today - CHECK_AGAIN)
    return or_(Recognition.status == RecognitionStatus.DECLARED, old)
