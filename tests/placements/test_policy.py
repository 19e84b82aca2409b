"""Rules and the lists that follow them say the same; each side sees its own and nobody else's."""

import pytest
from sqlalchemy import select

from ipf_talent.accounts.roles import Role
from ipf_talent.db import session
from ipf_talent.placements import policy, queries
from ipf_talent.placements.kinds import PlacementStatus, Who
from ipf_talent.placements.models import Placement
from tests.factories.accounts import make_user
from tests.factories.placements import birthday, make_placement, make_sides

S = PlacementStatus


@pytest.fixture
def rows(sides):
    """Placements of two schools and companies: proposed, declined, guided, and erased."""
    other = make_sides()
    sides.place.places = 9
    found = [make_placement(sides), make_placement(other)]
    declined = make_placement(sides, student_id=make_user().id)
    declined.status = S.DECLINED
    guided = make_placement(sides, student_id=make_user().id, status=S.PREPARING_AGREEMENT)
    erased = make_placement(sides, student_id=make_user().id)
    erased.erased_at = erased.created_at
    session.commit()
    people = [
        *(getattr(one, name) for one in (sides, other) for name in ("student", "coordinator", "supervisor", "manager", "trainer")),
        make_user(Role.SIGNER, sides.school),
        make_user(Role.SIGNER, sides.company),
        make_user(Role.PROGRAMME_MANAGER, sides.school),
        make_user(Role.CLUSTER_OFFICE),
        make_user(Role.PLATFORM_ADMIN),
        make_user(None),
    ]
    return people, [*found, declined, guided, erased]


def keys(condition):
    query = select(Placement.key).join(Placement.establishment).where(condition)
    return set(session.scalars(query))


def test_the_list_of_a_school_is_the_twin_of_its_rule(rows):
    people, placements = rows
    for user in people:
        allowed = {one.key for one in placements if policy.may_see(user, one)}
        assert keys(queries.seen_by_school(user)) == allowed, user.memberships


def test_the_list_of_a_company_is_the_twin_of_its_rule(rows):
    people, placements = rows
    for user in people:
        if policy.receives_placements(user):
            allowed = {one.key for one in placements if policy.may_follow(user, one)}
            assert keys(queries.seen_by_company(user)) == allowed, user.memberships


def test_whoever_sees_it_in_some_role_finds_it_in_the_list_of_all(rows):
    people, placements = rows
    for user in people:
        rules = (policy.may_see, policy.may_follow, policy.is_own)
        allowed = {one.key for one in placements if one.erased_at is None and any(rule(user, one) for rule in rules)}
        assert keys(queries.visible_to(user)) == allowed, user.memberships


def test_cluster_office_platform_and_programme_managers_see_no_placement(rows):
    people, placements = rows
    for user in people:
        if user.has_role(Role.CLUSTER_OFFICE, Role.PLATFORM_ADMIN, Role.PROGRAMME_MANAGER):
            assert not any(policy.may_read_agreement(user, one) for one in placements)


def test_each_signs_for_one_party_and_a_signer_for_theirs(sides):
    placement = make_placement(sides)
    wanted = {
        sides.student: {Who.STUDENT},
        sides.coordinator: {Who.SCHOOL},
        sides.manager: {Who.COMPANY},
        sides.trainer: set(),
        sides.supervisor: set(),
        make_user(Role.SIGNER, sides.school): {Who.SCHOOL},
        make_user(Role.SIGNER, sides.company): {Who.COMPANY},
        make_user(Role.SIGNER, make_sides().company): set(),
    }
    for user, parties in wanted.items():
        assert policy.parties_of(user, placement) == parties


def test_a_parent_is_who_confirmed_the_noted_address_as_long_as_the_student_is_a_minor(sides):
    anna = ("Anna", "Anna@thuis.example")
    placement = make_placement(sides, adult_on=birthday(16), parent=anna)
    parent = make_user(Role.PARENT, email="anna@thuis.example")
    unconfirmed = make_user(Role.PARENT, email="iemand@thuis.example", confirmed_at=None)
    assert policy.parties_of(parent, placement) == {Who.PARENT}
    placement.parent_email = "iemand@thuis.example"
    assert policy.parties_of(unconfirmed, placement) == frozenset()
    placement.parent_email, placement.adult_on = anna[1], birthday(19)
    assert policy.parties_of(parent, placement) == frozenset()
