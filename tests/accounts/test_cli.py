"""Roles that nobody can be invited to are given by whoever runs the server."""

import pytest
from sqlalchemy import select

from ipf_talent.accounts import cli
from ipf_talent.accounts.models import Membership, User
from ipf_talent.accounts.roles import Role
from tests.factories.accounts import make_user


@pytest.fixture
def run(app, session):
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(cli.group, list(words))


def roles(session) -> list[Role]:
    return list(session.scalars(select(Membership.role)))


def test_a_role_on_the_platform_is_given_and_taken(run, session):
    user = make_user(role=None)
    assert run("grant", "platform_admin", user.email.upper()).exit_code == 0
    assert roles(session) == [Role.PLATFORM_ADMIN]
    assert run("withdraw", "platform_admin", user.email).exit_code == 0
    assert roles(session) == []
    assert session.scalar(select(User.session_epoch)) == 2


@pytest.mark.parametrize("state", [{"confirmed_at": None}, {"is_demo": True}])
def test_it_is_not_given_to_somebody_unconfirmed_or_made_up(run, session, state):
    user = make_user(role=None, **state)
    assert run("grant", "platform_admin", user.email).exit_code == 1
    assert run("grant", "platform_admin", "nobody@x.example").exit_code == 1
    assert roles(session) == []


def test_roles_at_organisations_are_not_given_this_way(run, session):
    assert run("grant", "company_manager", make_user(role=None).email).exit_code == 2


def test_a_role_that_is_not_held_is_not_taken(run, session):
    assert run("withdraw", "cluster_office", make_user(role=None).email).exit_code == 1
