"""The start page of someone with an account: what their roles have to do with, and nothing of anybody else."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import String, case, cast, func, literal, select, union_all

from ipf_talent import clock
from ipf_talent.accounts import policy
from ipf_talent.accounts import queries as people
from ipf_talent.accounts.models import Membership, User
from ipf_talent.accounts.roles import STAFF, Role
from ipf_talent.db import session
from ipf_talent.matching import correction_queries
from ipf_talent.matching.policy import reads_corrections
from ipf_talent.notifications import queries as outbox
from ipf_talent.notifications.queries import OutboxStatus
from ipf_talent.organisations.kinds import TEACHING, OrganisationKind
from ipf_talent.organisations.models import Organisation, Place
from ipf_talent.organisations.queries import is_shown
from ipf_talent.profiles.models import Profile, ProfileSkill
from ipf_talent.programmes import listing_queries
from ipf_talent.programmes.levels import Level
from ipf_talent.programmes.listing import ListingStatus
from ipf_talent.programmes.models import Programme, ProgrammeSkill
from ipf_talent.programmes.news_words import sentence
from ipf_talent.programmes.queries import AnyRow, AnySelect, is_listed, ladder
from ipf_talent.skills.models import Skill
from ipf_talent.vacancies import company_queries
from ipf_talent.vacancies import queries as vacancies
from ipf_talent.vacancies.company_policy import checks_recognitions
from ipf_talent.vacancies.kinds import VacancyStatus
from ipf_talent.vacancies.models import Vacancy, VacancySkill

FEWEST_SHOWN = 10
"""A count of persons below this is never shown."""

CHECK_AGAIN = timedelta(days=365)
"""How long after its check a programme asks for another one."""

NEWS_SHOWN = timedelta(days=60)
"""How long a change in a programme that one follows stands on the start page."""
MOST_NEWS = 3

MOST_LINES = 100
MOST_SKILLS = 8


@dataclass(frozen=True)
class StudentPart:
    """Where a student stands; `profile` is None where they said nothing yet."""

    profile: AnyRow | None
    level: Level | None
    empty: tuple[str, ...]
    """What their profile does not say yet: point, skills, programme, wish, place, availability."""
    newest: Sequence[AnyRow]


class PeopleCount(NamedTuple):
    """How many people an organisation has here; `students` is None below ten."""

    staff: int
    students: int | None


@dataclass(frozen=True)
class CompanyPart:
    """A company of one's own, with its places and their state today."""

    organisation: Organisation
    people: PeopleCount
    places: Sequence[tuple[AnyRow, VacancyStatus]]
    states: dict[VacancyStatus, int]


@dataclass(frozen=True)
class SchoolPart:
    """A school of one's own, with its programmes and whether each asks for a check."""

    organisation: Organisation
    people: PeopleCount
    programmes: Sequence[tuple[AnyRow, bool]]

    @property
    def overdue(self) -> int:
        """How many programmes were not checked in the last 12 months."""
        return sum(late for _row, late in self.programmes)


@dataclass(frozen=True)
class ClusterPart:
    """The region in numbers; no person is in them."""

    programmes: dict[Level, int]
    places: dict[Level, int]
    organisations: dict[OrganisationKind, int]
    skills: Sequence[AnyRow]
    """Label, `asked` (open places that ask it), `taught` (programmes of schools that teach it); most asked first."""


@dataclass(frozen=True)
class PlatformPart:
    """What keeps the platform going."""

    pending: Sequence[AnyRow]
    mail: OutboxStatus


@dataclass(frozen=True)
class FollowedPart:
    """The programmes that someone follows: how many, and what changed in them lately."""

    number: int
    news: Sequence[tuple[AnyRow, str]]
    """A line with slug, titles and `ListingNews`, and the sentence."""


@dataclass(frozen=True)
class Dashboard:
    """The parts that fit someone's roles; the others are None or empty."""

    student: StudentPart | None
    companies: Sequence[CompanyPart]
    schools: Sequence[SchoolPart]
    cluster: ClusterPart | None
    platform: PlatformPart | None
    followed: FollowedPart | None
    manages: frozenset[int]
    """The organisations whose people this person looks after."""
    corrections: int | None
    """How many corrections wait for this person; None for who has nothing to do with them."""
    to_check: int | None
    """How many recognitions ask for a check; None for who does not check them."""


def of(user: User) -> Dashboard:
    """The start page of this person, today."""
    today = clock.today()
    own = {m.organisation for m in user.memberships if m.organisation and m.role in STAFF}
    schools = _by_name(one for one in own if one.kind in TEACHING)
    companies = _by_name(one for one in own if one.kind not in TEACHING)
    counts = _people([one.id for one in own]) if own else {}
    return Dashboard(
        student=_student(user, today) if user.has_role(Role.STUDENT) or not user.memberships else None,
        companies=_companies(companies, counts, today),
        schools=_schools(schools, counts, today),
        cluster=_cluster(today) if user.has_role(Role.CLUSTER_OFFICE) else None,
        platform=PlatformPart(people.pending(), outbox.status()) if user.has_role(Role.PLATFORM_ADMIN) else None,
        followed=_followed(user),
        manages=frozenset(policy.manages(user)),
        corrections=correction_queries.waiting_for(user) if reads_corrections(user) else None,
        to_check=company_queries.waiting(today) if checks_recognitions(user) else None,
    )


def _followed(user: User) -> FollowedPart | None:
    rows = listing_queries.newest_news(user.id, since=clock.now() - NEWS_SHOWN, limit=MOST_NEWS)
    if not rows:
        return None
    return FollowedPart(rows[0].number, [(row, sentence(row.ListingNews)) for row in rows if row.ListingNews])


def _by_name(organisations: Iterable[Organisation]) -> list[Organisation]:
    return sorted(organisations, key=lambda one: (one.name.casefold(), one.id))


def _student(user: User, today: date) -> StudentPart:
    skills = select(func.count()).select_from(ProfileSkill).where(ProfileSkill.profile_id == Profile.id)
    columns = (
        Profile.point, Profile.year, Profile.wish, Profile.available_from, Profile.hours_per_week, Profile.adult_on,
        Place.name.label("place"),
        Programme.slug.label("programme"), Programme.title_nl, Programme.title_en, Organisation.name.label("school"),
        skills.correlate(Profile).scalar_subquery().label("skills"),
    )  # fmt: skip
    query = select(*columns).select_from(Profile).outerjoin(Profile.programme).outerjoin(Programme.institution)
    profile = session.execute(query.outerjoin(Profile.place).where(Profile.user_id == user.id)).one_or_none()
    level = profile.point.level if profile and profile.point and profile.point.level is not Level.NONE else None
    newest = vacancies.open_on(today, profile.adult_on if profile else None).order_by(*vacancies.newest()).limit(4)
    if level:
        newest = newest.where(Vacancy.level.in_((level, Level.NONE)))
    return StudentPart(profile, level, _empty(profile), session.execute(newest).all())


def _empty(profile: Any) -> tuple[str, ...]:
    if profile is None:
        return ("point", "skills", "programme", "wish", "place", "availability")
    said = {
        "point": profile.point,
        "skills": profile.skills,
        "programme": profile.programme,
        "wish": profile.wish,
        "place": profile.place,
        "availability": profile.available_from or profile.hours_per_week,
    }
    return tuple(name for name, value in said.items() if not value)


def _people(organisation_ids: Collection[int]) -> dict[int, PeopleCount]:
    """Counts per organisation; one of students below ten does not even leave the database."""

    def distinct(*roles: Role) -> Any:
        return func.count(case((Membership.role.in_(roles), Membership.user_id)).distinct())

    students = distinct(Role.STUDENT)
    shown = case((students >= FEWEST_SHOWN, students))
    query = select(Membership.organisation_id, distinct(*STAFF), shown).where(Membership.organisation_id.in_(organisation_ids))
    return {number: PeopleCount(*counts) for number, *counts in session.execute(query.group_by(Membership.organisation_id))}


def _companies(own: Sequence[Organisation], counts: dict[int, PeopleCount], today: date) -> list[CompanyPart]:
    if not own:
        return []
    columns = (
        Vacancy.company_id, Vacancy.slug, Vacancy.title_nl, Vacancy.title_en, Vacancy.kind, Vacancy.level, Vacancy.status,
        Vacancy.places, Vacancy.taken, Vacancy.closes_on, Vacancy.is_example,
    )  # fmt: skip
    query = select(*columns).where(Vacancy.company_id.in_([one.id for one in own]))
    rows = session.execute(query.order_by(Vacancy.closes_on.desc(), Vacancy.id).limit(MOST_LINES)).all()
    parts = []
    for one in own:
        places = [(row, _state(row, today)) for row in rows if row.company_id == one.id]
        places.sort(key=lambda pair: list(VacancyStatus).index(pair[1]))
        parts.append(CompanyPart(one, counts[one.id], places, dict(Counter(state for _row, state in places))))
    return parts


def _state(row: Any, today: date) -> VacancyStatus:
    """How a place stands today: one that is published may be over, or full."""
    if row.status is not VacancyStatus.PUBLISHED:
        return VacancyStatus(row.status)
    if row.closes_on < today:
        return VacancyStatus.CLOSED
    return VacancyStatus.FULL if row.taken >= row.places else VacancyStatus.PUBLISHED


def _schools(own: Sequence[Organisation], counts: dict[int, PeopleCount], today: date) -> list[SchoolPart]:
    if not own:
        return []
    columns = (
        Programme.institution_id, Programme.slug, Programme.title_nl, Programme.title_en, Programme.level, Programme.standing,
        Programme.checked_on,
    )  # fmt: skip
    query = select(*columns).where(
        Programme.institution_id.in_([one.id for one in own]), Programme.status == ListingStatus.PUBLISHED
    )
    rows = session.execute(query.order_by(*ladder()).limit(MOST_LINES)).all()
    oldest = today - CHECK_AGAIN
    return [
        SchoolPart(
            one,
            counts[one.id],
            [(row, row.checked_on is None or row.checked_on < oldest) for row in rows if row.institution_id == one.id],
        )
        for one in own
    ]


def _cluster(today: date) -> ClusterPart:
    programmes, places, organisations = (
        _counted("programmes", Programme.level),
        _counted("places", Vacancy.level),
        _counted("kinds", Organisation.kind),
    )
    everything = union_all(
        programmes.where(Programme.national.is_(False), is_listed()).group_by(Programme.level),
        places.where(*vacancies.is_open(today)).group_by(Vacancy.level),
        organisations.where(is_shown(), Organisation.is_example.is_(False)).group_by(Organisation.kind),
    )
    found = {(what, by): number for what, by, number in session.execute(everything)}
    kinds = {kind: found["kinds", kind] for kind in OrganisationKind if ("kinds", kind) in found}
    levels = {what: {level: found[what, level] for level in Level if (what, level) in found} for what in ("programmes", "places")}
    return ClusterPart(levels["programmes"], levels["places"], kinds, _most_asked(today))


def _counted(what: str, by: Any) -> AnySelect:
    return select(literal(what).label("what"), cast(by, String(40)).label("by"), func.count().label("number"))


def _most_asked(today: date) -> Sequence[AnyRow]:
    open_places = select(VacancySkill.skill_id, func.count().label("number")).join(Vacancy, Vacancy.id == VacancySkill.vacancy_id)
    asked = open_places.where(*vacancies.is_open(today)).group_by(VacancySkill.skill_id).subquery()
    schools = select(ProgrammeSkill.skill_id, func.count().label("number")).join(
        Programme, Programme.id == ProgrammeSkill.programme_id
    )
    taught = schools.where(Programme.national.is_(False), is_listed()).group_by(ProgrammeSkill.skill_id).subquery()
    often = func.coalesce(taught.c.number, 0)
    columns = (Skill.slug, Skill.label_nl, Skill.label_fy, Skill.label_en, asked.c.number.label("asked"), often.label("taught"))
    query = select(*columns).join(asked, asked.c.skill_id == Skill.id).outerjoin(taught, taught.c.skill_id == Skill.id)
    return session.execute(query.order_by(asked.c.number.desc(), often, Skill.slug).limit(MOST_SKILLS)).all()
