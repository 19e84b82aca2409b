"""Reading corrections: those that a person may see, and what is told of each."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, and_, func, null, or_, select, true

from ipf_talent.accounts.models import Membership, User
from ipf_talent.accounts.policy import is_cluster_office
from ipf_talent.accounts.roles import MANAGING, STAFF
from ipf_talent.db import session
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _
from ipf_talent.matching.kinds import CorrectionKind, CorrectionStatus
from ipf_talent.matching.models import Correction
from ipf_talent.organisations.models import Organisation
from ipf_talent.programmes.models import Programme
from ipf_talent.programmes.queries import AnyRow, AnySelect
from ipf_talent.skills.models import Skill
from ipf_talent.vacancies.models import Vacancy


def visible_to(user: User) -> ColumnElement[bool]:
    """What must hold of a correction that this person may see: the twin of `policy.may_settle`."""
    return true() if is_cluster_office(user) else Correction.organisation_id.in_(user.organisation_ids(*STAFF))


def listed(user: User) -> AnySelect:
    """
    Lines of the corrections that this person may see: what waits first, and then the newest first.

    Returns:
        Rows with the titles of the place or programme, the labels of the skill and the name of the owner; `reporter` is a name for
        the cluster office and None for everyone else.
    """
    office = is_cluster_office(user)
    columns = (
        Correction.id, Correction.created_at, Correction.kind, Correction.slug, Correction.about, Correction.text,
        Correction.language, Correction.model, Correction.background, Correction.taxonomy, Correction.status,
        Correction.settled_at, Correction.skill, Skill.label_nl, Skill.label_fy, Skill.label_en,
        func.coalesce(Vacancy.title_nl, Programme.title_nl).label("title_nl"),
        func.coalesce(Vacancy.title_en, Programme.title_en).label("title_en"),
        Organisation.name.label("owner"), (User.display_name if office else null()).label("reporter"),
    )  # fmt: skip
    place = and_(Correction.kind == CorrectionKind.PLACE, Vacancy.slug == Correction.slug)
    programme = and_(Correction.kind == CorrectionKind.PROGRAMME, Programme.slug == Correction.slug)
    query = select(*columns).join(Organisation, Organisation.id == Correction.organisation_id)
    query = query.outerjoin(Vacancy, place).outerjoin(Programme, programme).outerjoin(Skill, Skill.slug == Correction.skill)
    if office:
        query = query.outerjoin(User, User.id == Correction.reporter_id)
    waits = Correction.status == CorrectionStatus.OPEN
    return query.where(visible_to(user)).order_by(waits.desc(), Correction.created_at.desc(), Correction.id.desc())


def get(number: int) -> Correction:
    """
    A correction; who may see it says `policy.may_settle`.

    Raises:
        NotFound: there is none with this number.
    """
    found = session.get(Correction, number)
    if found is None:
        raise NotFound(_("There is no such line."))
    return found


def said_before(row: Correction, earlier: Collection[int]) -> Sequence[Correction]:
    """
    What the same reader said of the same thing and still waits.

    Args:
        row: a new one, not yet kept.
        earlier: numbers of those that came from the same browser.
    """
    ours = [Correction.id.in_(earlier)] + ([Correction.reporter_id == row.reporter_id] if row.reporter_id is not None else [])
    same = (Correction.kind == row.kind, Correction.slug == row.slug, Correction.status == CorrectionStatus.OPEN)
    return session.scalars(select(Correction).where(or_(*ours), *same)).all()


def waiting_for(user: User) -> int:
    """How many corrections wait for this person."""
    return _count(visible_to(user))


def open_at(organisation_id: int) -> int:
    """How many corrections of an organisation wait."""
    return _count(Correction.organisation_id == organisation_id)


def _count(which: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(Correction)
    return session.scalar(query.where(which, Correction.status == CorrectionStatus.OPEN)) or 0


def managers_of(organisation_id: int) -> Sequence[AnyRow]:
    """Name, address and language of those who answer for an organisation, with its name; example people read no mail."""
    columns = (User.display_name, User.email, User.language, Organisation.name.label("organisation"))
    query = select(*columns).join(Membership, Membership.user_id == User.id).join(Membership.organisation)
    theirs = (Membership.organisation_id == organisation_id, Membership.role.in_(MANAGING), User.is_demo.is_(False))
    return session.execute(query.where(*theirs, User.closed_at.is_(None)).distinct().order_by(User.email)).all()
