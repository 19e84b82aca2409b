"""Example people as accounts with memberships and profiles; nobody can sign in as one by password."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import select

from ipf_talent import clock
from ipf_talent.accounts.models import Membership, User
from ipf_talent.accounts.roles import Role
from ipf_talent.db import session
from ipf_talent.demo.files import Region
from ipf_talent.demo.people import ACCOUNTS, guide, students
from ipf_talent.organisations.models import Organisation
from ipf_talent.profiles.card import Card
from ipf_talent.profiles.models import Profile, ProfileSkill
from ipf_talent.programmes.models import Programme
from ipf_talent.skills.tables import Changes

SCHOOL = "voorbeeldcollege-drachten"
HBO_SCHOOL = "voorbeeldhogeschool-leeuwarden"
COMPANY = "voorbeeld-robotica"
NO_PASSWORD = "!"  # noqa: S105 it is the hash of nothing


class Account(NamedTuple):
    """Someone to enrol: their roles with the organisation's slug, and their profile where they are a student."""

    email: str
    name: str
    roles: tuple[tuple[Role, str | None], ...]
    card: Card | None = None


def load(
    region: Region,
    organisations: Mapping[str, Organisation],
    programmes: Mapping[str, Programme],
    places: Mapping[str, int],
    skills: Mapping[str, int],
    *,
    count: int,
) -> Changes:
    """
    Enrol the example people who are not there yet; who is there keeps what they have.

    An address that belongs to a real person is left alone.
    """
    wanted = [*_staff(), *_students(region, count)]
    there = set(session.scalars(select(User.email).where(User.email.in_([one.email for one in wanted]))))
    new = [one for one in wanted if one.email not in there]
    people = [(_user(one, organisations), one.card) for one in new]
    session.add_all(user for user, _card in people)
    session.add_all(_profile(user, card, programmes, places, skills) for user, card in people if card)
    session.flush()
    return Changes(len(new), 0, len(wanted) - len(new))


def _staff() -> list[Account]:
    school = ((Role.COORDINATOR, SCHOOL), (Role.PROGRAMME_MANAGER, SCHOOL))
    return [
        Account(ACCOUNTS["company"], "Bouke Voorbeeld", ((Role.COMPANY_MANAGER, COMPANY),)),
        Account(ACCOUNTS["school"], "Sjoukje Voorbeeld", school),
        Account(ACCOUNTS["colleague"], "Wytske Voorbeeld", ((Role.PROGRAMME_MANAGER, SCHOOL),)),
        Account(ACCOUNTS["hbo"], "Doutzen Voorbeeld", ((Role.COORDINATOR, HBO_SCHOOL),)),
        Account(ACCOUNTS["cluster"], "Klaske Voorbeeld", ((Role.CLUSTER_OFFICE, None),)),
    ]


def _students(region: Region, count: int) -> Iterable[Account]:
    for student in (guide(region), *students(region, count)):
        yield Account(student.email, student.name, ((Role.STUDENT, SCHOOL),), student.card)


def _user(account: Account, organisations: Mapping[str, Organisation]) -> User:
    memberships = [Membership(role=role, organisation=organisations[slug] if slug else None) for role, slug in account.roles]
    return User(
        email=account.email,
        display_name=account.name,
        password_hash=NO_PASSWORD,
        confirmed_at=clock.now(),
        is_demo=True,
        memberships=memberships,
    )


def _profile(
    user: User, card: Card, programmes: Mapping[str, Programme], places: Mapping[str, int], skills: Mapping[str, int]
) -> Profile:
    return Profile(
        user=user,
        point=card.point,
        programme=programmes[card.programme] if card.programme else None,
        year=card.year,
        wish=card.wish,
        kinds=list(card.kinds),
        languages=list(card.languages),
        hours_per_week=card.hours_per_week,
        place_id=places[card.place] if card.place else None,
        travel_km=card.travel_km,
        skills=[ProfileSkill(skill_id=skills[slug], position=position) for position, slug in enumerate(card.slugs)],
    )
