"""Who sees what: the rules, and the lists that narrow by the same rules."""

import pytest
from flask_login import AnonymousUserMixin

from ipf_talent.accounts.roles import Role
from ipf_talent.applications import policy, queries
from ipf_talent.applications.kinds import State
from ipf_talent.applications.models import Application
from tests.factories.accounts import make_user
from tests.factories.applications import make_application, make_draft
from tests.factories.organisations import make_organisation


@pytest.fixture
def responses(both, session):
    """One in each state that differs in who may see it, and those of another company and school."""
    return [
        make_draft(both.student, both.place),
        make_application(make_user(), both.place),
        make_application(both.student, both.school_place, state=State.LEARNING_WISH),
        make_application(make_user(Role.STUDENT, both.school), both.school_place, state=State.AGREED),
        make_application(),
    ]


def test_lists_hold_exactly_what_the_rules_allow(both, session, responses):
    everyone = [make_user(role, organisation) for role in Role for organisation in (both.company, both.school, make_organisation())]
    everyone += [
        make_user(Role.COMPANY_MANAGER, both.company, is_demo=True),
        make_user(Role.COORDINATOR, both.school, is_demo=True),
    ]
    seen = set()
    for user in [both.student, both.manager, both.coordinator, *everyone]:
        by_rule = {one.key for one in responses if policy.may_handle(user, one)}
        assert {row.key for row in session.execute(queries.for_company(user))} == by_rule
        for_school = {one.key for one in responses if policy.may_place(user, one)}
        assert {row.key for row in session.execute(queries.for_school(user))} == for_school
        own = {one.key for one in responses if policy.is_own(user, one)}
        assert {row.key for row in session.execute(queries.of_student(user.id))} == own
        seen |= {len(by_rule), len(for_school), len(own)}
    assert seen >= {0, 2}


def test_a_company_sees_nothing_before_it_arrived(both, responses):
    arrived = [policy.may_handle(both.manager, one) for one in responses]
    assert arrived == [False, True, False, True, False]


def test_who_looks_around_as_an_example_sees_responses_of_examples_alone(both, session, responses):
    pupil = make_user(Role.STUDENT, both.school, is_demo=True)
    sent, wished = make_application(pupil, both.place), make_application(pupil, both.school_place, state=State.LEARNING_WISH)
    boss, coordinator = (make_user(role, where, is_demo=True) for role, where in
                         ((Role.COMPANY_MANAGER, both.company), (Role.COORDINATOR, both.school)))  # fmt: skip
    everything = [*responses, sent, wished]
    assert [one for one in everything if policy.may_handle(boss, one)] == [sent]
    assert [row.key for row in session.execute(queries.for_company(boss))] == [sent.key]
    assert [row.number for row in queries.places_with_responses(boss)] == [1]
    assert [one for one in everything if policy.may_place(coordinator, one)] == [wished]
    assert [row.key for row in session.execute(queries.for_school(coordinator))] == [wished.key]


@pytest.mark.parametrize("role", [Role.WORKPLACE_TRAINER, Role.COMPANY_SUPERVISOR, Role.SIGNER])
def test_other_staff_of_the_company_sees_no_responses(both, responses, role):
    assert not any(policy.may_handle(make_user(role, both.company), one) for one in responses)


def test_the_cluster_office_and_the_platform_see_no_response(responses):
    for role in (Role.CLUSTER_OFFICE, Role.PLATFORM_ADMIN):
        user = make_user(role)
        assert not any(rule(user, one) for one in responses for rule in (policy.may_handle, policy.may_place, policy.is_own))


def test_what_was_erased_is_nobodys(both, session, responses):
    one = session.get(Application, responses[1].id)
    one.student_id, one.erased_at = None, one.created_at
    session.commit()
    assert not policy.may_handle(both.manager, one) and not policy.is_own(AnonymousUserMixin(), one)
    assert one.key not in {row.key for row in session.execute(queries.for_company(both.manager))}


def test_a_guest_may_nothing(responses):
    guest = AnonymousUserMixin()
    assert not any(rule(guest, one) for one in responses for rule in (policy.may_handle, policy.may_place, policy.is_own))
    assert not policy.may_respond(guest) and not policy.handles_responses(guest) and not policy.places_students(guest)


@pytest.mark.parametrize(
    ("role", "may"), [(Role.STUDENT, True), (None, True), (Role.COMPANY_MANAGER, False), (Role.COORDINATOR, False)]
)
def test_students_respond_and_who_has_no_role_yet(app_context, role, may):
    assert policy.may_respond(make_user(role)) is may
