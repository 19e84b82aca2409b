"""Reading listings for those who keep them: lists with state and checks, one with all its parts, its history, its followers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from ipf_talent.accounts.models import AuditEntry, Membership, User
from ipf_talent.db import session
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _
from ipf_talent.organisations.models import Organisation, Place
from ipf_talent.programmes.levels import Level, ProgrammeType
from ipf_talent.programmes.listing import CHECK_AGAIN, ListingStatus, shown_since
from ipf_talent.programmes.listing_models import ListingNews, ProgrammeFollow
from ipf_talent.programmes.models import Intake, Offering, OpenDay, Programme, ProgrammeElective, ProgrammeSkill, Progression
from ipf_talent.programmes.queries import AnyRow, AnySelect, ladder

MOST_HISTORY = 100


@dataclass(frozen=True)
class AskedListings:
    """The filters in use; None asks nothing."""

    q: str = ""
    status: ListingStatus | None = None
    level: Level | None = None
    check: str | None = None
    """due: not checked for twelve months; hidden: not for eighteen."""
    school: str | None = None
    """Slug."""


def whole(slug: str) -> Programme:
    """
    A programme of a school in any state, with all that hangs on it.

    Raises:
        NotFound: there is none.
    """
    loads = (
        joinedload(Programme.institution),
        selectinload(Programme.offerings).options(joinedload(Offering.place), selectinload(Offering.intakes)),
        selectinload(Programme.skills).joinedload(ProgrammeSkill.skill),
        selectinload(Programme.fields),
    )
    found = session.scalar(
        select(Programme).where(Programme.slug == slug, Programme.national.is_(False)).options(*loads),
        execution_options={"populate_existing": True},
    )
    if found is None:
        raise NotFound(_("There is no such programme."))
    return found


def offering(slug: str, number: int) -> Offering:
    """
    One offering of a programme.

    Raises:
        NotFound: there is none.
    """
    found = next((one for one in whole(slug).offerings if one.id == number), None)
    if found is None:
        raise NotFound(_("There is no such offering."))
    return found


def open_day(number: int) -> OpenDay:
    """
    One open day.

    Raises:
        NotFound: there is none.
    """
    found = session.get(OpenDay, number)
    if found is None:
        raise NotFound(_("There is no such open day."))
    return found


def edge(slug: str) -> Progression:
    """
    One edge.

    Raises:
        NotFound: there is none.
    """
    found = session.scalar(select(Progression).where(Progression.slug == slug))
    if found is None:
        raise NotFound(_("There is no such rule."))
    return found


def schools(numbers: Collection[int]) -> Sequence[Organisation]:
    """These schools, by name."""
    return session.scalars(
        select(Organisation).where(Organisation.id.in_(numbers)).order_by(Organisation.name, Organisation.id)
    ).all()


def of_slugs(slugs: Collection[str], school_ids: Collection[int]) -> Sequence[Programme]:
    """Of these programmes those of these schools."""
    query = select(Programme).where(
        Programme.slug.in_(slugs), Programme.institution_id.in_(school_ids), Programme.national.is_(False)
    )
    return session.scalars(query.options(joinedload(Programme.institution)).order_by(Programme.id)).all()


def rows(schools: Collection[int], asked: AskedListings, today: date) -> AnySelect:
    """Lines of the programmes of these schools, by the ladder; how many offerings and followers each has."""
    offerings = select(func.count()).where(Offering.programme_id == Programme.id).correlate(Programme).scalar_subquery()
    followers = select(func.count()).where(ProgrammeFollow.programme_id == Programme.id).correlate(Programme).scalar_subquery()
    starts = select(func.min(Intake.starts_on)).join(Intake.offering).where(
        Offering.programme_id == Programme.id, Intake.cancelled_at.is_(None), Intake.starts_on >= today
    )  # fmt: skip
    columns = (
        Programme.id, Programme.slug, Programme.title_nl, Programme.title_en, Programme.type, Programme.level, Programme.code,
        Programme.status, Programme.checked_on, Programme.is_example, Programme.review_note, Organisation.name.label("school"),
        offerings.label("offerings"), followers.label("followers"),
        starts.correlate(Programme).scalar_subquery().label("next_start"),
    )  # fmt: skip
    query = select(*columns).join(Programme.institution).where(*_conditions(schools, asked, today))
    return query.order_by(*ladder())


def counts(schools: Collection[int], asked: AskedListings, today: date) -> dict[str, int]:
    """How many programmes stand in each state, how many ask for a check, and how many are hidden for want of one; one statement."""
    base = _conditions(schools, AskedListings(school=asked.school), today)
    due, hidden = _check("due", today), _check("hidden", today)
    columns = [func.count().filter(Programme.status == status).label(status.value) for status in ListingStatus]
    query = select(*columns, func.count().filter(due).label("due"), func.count().filter(hidden).label("hidden"))
    return dict(session.execute(query.join(Programme.institution).where(*base)).one()._mapping)


def waiting(schools: Collection[int] | None) -> Sequence[Programme]:
    """Programmes in which something waits for a second person; of these schools, or of all."""
    inside = Programme.offerings.any(Offering.status == ListingStatus.IN_REVIEW)
    waits = or_(Programme.status == ListingStatus.IN_REVIEW, and_(Programme.status == ListingStatus.PUBLISHED, inside))
    query = select(Programme).where(waits).options(joinedload(Programme.institution))
    if schools is not None:
        query = query.where(Programme.institution_id.in_(schools))
    return session.scalars(query.order_by(Programme.institution_id, *ladder())).all()


def _conditions(schools: Collection[int], asked: AskedListings, today: date) -> list[ColumnElement[bool]]:
    checks = [
        Programme.institution_id.in_(schools),
        Programme.national.is_(False),
        Programme.status == asked.status if asked.status else None,
        Programme.level == asked.level if asked.level else None,
        Organisation.slug == asked.school if asked.school else None,
        _check(asked.check, today) if asked.check else None,
        or_(
            Programme.title_nl.icontains(asked.q, autoescape=True), Programme.title_en.icontains(asked.q, autoescape=True),
            Programme.code == asked.q.upper(),
        ) if asked.q else None,
    ]  # fmt: skip
    return [check for check in checks if check is not None]


def _check(which: str, today: date) -> ColumnElement[bool]:
    shown = Programme.status == ListingStatus.PUBLISHED
    if which == "hidden":
        return and_(shown, Programme.checked_on < shown_since(today))
    return and_(shown, or_(Programme.checked_on.is_(None), Programme.checked_on < today - CHECK_AGAIN))


def electives_of(school_id: int) -> Sequence[AnyRow]:
    """The elective modules of a school, by name."""
    query = select(Programme.id, Programme.slug, Programme.title_nl, Programme.title_en, Programme.sbu, Programme.code)
    mine = query.where(Programme.institution_id == school_id, Programme.type == ProgrammeType.ELECTIVE)
    alive = mine.where(Programme.status.not_in((ListingStatus.ARCHIVED, ListingStatus.CANCELLED)))
    return session.execute(alive.order_by(func.lower(Programme.title_nl), Programme.id)).all()


def chosen_electives(programme_id: int, *, listed: ColumnElement[bool] | None = None) -> Sequence[AnyRow]:
    """The elective modules that one can take in a programme, by name; with `listed` only those that hold to it."""
    query = select(Programme.slug, Programme.title_nl, Programme.title_en, Programme.sbu, Programme.code)
    query = query.join(ProgrammeElective, ProgrammeElective.elective_id == Programme.id)
    query = query.where(ProgrammeElective.programme_id == programme_id)
    return session.execute((query if listed is None else query.where(listed)).order_by(Programme.title_nl, Programme.id)).all()


def taken_in(elective_id: int, *, listed: ColumnElement[bool]) -> Sequence[AnyRow]:
    """The programmes in which one can take an elective module, by the ladder."""
    query = select(Programme.slug, Programme.title_nl, Programme.title_en, Programme.level)
    query = query.join(ProgrammeElective, ProgrammeElective.programme_id == Programme.id)
    return session.execute(query.where(ProgrammeElective.elective_id == elective_id, listed).order_by(*ladder())).all()


def open_days(institution_id: int, programme_id: int | None, *, since: datetime | None = None) -> Sequence[OpenDay]:
    """The open days of a school that a programme shows: its own and the general ones; the first first."""
    query = select(OpenDay).where(OpenDay.institution_id == institution_id)
    query = query.where(or_(OpenDay.programme_id.is_(None), OpenDay.programme_id == programme_id))
    if since is not None:
        query = query.where(OpenDay.ends_at >= since)
    return session.scalars(query.order_by(OpenDay.starts_at, OpenDay.id)).all()


def edges_of(school_ids: Collection[int]) -> Sequence[Progression]:
    """The edges that these schools wrote."""
    return session.scalars(select(Progression).where(Progression.owner_id.in_(school_ids)).order_by(Progression.id)).all()


def places() -> Sequence[Place]:
    """Every town, by name."""
    return session.scalars(select(Place).order_by(func.lower(Place.name), Place.id)).all()


def history(programme: Programme) -> Sequence[AnyRow]:
    """What was done to a listing, the newest first; names only of people who work at its school."""
    works = select(Membership.user_id).where(Membership.organisation_id == programme.institution_id)
    person = and_(User.id == AuditEntry.actor_id, User.id.in_(works))
    query = select(AuditEntry.id, AuditEntry.at, AuditEntry.action, AuditEntry.detail, AuditEntry.actor_id, User.display_name)
    query = query.join(User, person, isouter=True)
    about = query.where(AuditEntry.thing == "programme", AuditEntry.thing_id == programme.id)
    return session.execute(about.order_by(AuditEntry.id.desc()).limit(MOST_HISTORY)).all()


def follows(user_id: int, programme_id: int) -> bool:
    """Whether a person follows a programme."""
    return session.get(ProgrammeFollow, (user_id, programme_id)) is not None


def followed(user_id: int) -> Sequence[AnyRow]:
    """The programmes that a person follows, the last one first."""
    columns = (
        Programme.id, Programme.slug, Programme.title_nl, Programme.title_en, Programme.level, Programme.status,
        Programme.is_example, Organisation.name.label("school"), ProgrammeFollow.followed_at,
    )  # fmt: skip
    query = select(*columns).join(ProgrammeFollow, ProgrammeFollow.programme_id == Programme.id).join(Programme.institution)
    mine = query.where(ProgrammeFollow.user_id == user_id)
    return session.execute(mine.order_by(ProgrammeFollow.followed_at.desc(), Programme.id.desc())).all()


def newest_news(user_id: int, *, since: datetime, limit: int) -> Sequence[AnyRow]:
    """
    What changed last in the programmes that a person follows, in one statement: `number` of them, slug, titles, and `ListingNews`.

    Returns:
        No line for whoever follows nothing; one without news where nothing changed since then.
    """
    number = select(func.count()).where(ProgrammeFollow.user_id == user_id).scalar_subquery()
    columns = (number.label("number"), Programme.slug, Programme.title_nl, Programme.title_en, ListingNews)
    changed = and_(ListingNews.programme_id == Programme.id, ListingNews.at >= since)
    query = (
        select(*columns)
        .join(ProgrammeFollow, ProgrammeFollow.programme_id == Programme.id)
        .join(ListingNews, changed, isouter=True)
    )
    mine = query.where(ProgrammeFollow.user_id == user_id)
    order = (ListingNews.at.desc().nulls_last(), ListingNews.id.desc(), Programme.id)
    return session.execute(mine.order_by(*order).limit(limit)).all()


def followers(programme_id: int) -> int:
    """How many people hear of changes in a programme."""
    heard = and_(User.id == ProgrammeFollow.user_id, User.confirmed_at.is_not(None), User.closed_at.is_(None))
    query = select(func.count()).select_from(ProgrammeFollow).join(User, heard)
    return session.scalar(query.where(ProgrammeFollow.programme_id == programme_id)) or 0


def news_of(programme_ids: Collection[int], since: datetime | None = None) -> Sequence[ListingNews]:
    """What changed in these programmes, the newest first."""
    query = select(ListingNews).where(ListingNews.programme_id.in_(programme_ids))
    if since is not None:
        query = query.where(ListingNews.at > since)
    return session.scalars(query.order_by(ListingNews.at.desc(), ListingNews.id.desc()).limit(MOST_HISTORY)).all()
