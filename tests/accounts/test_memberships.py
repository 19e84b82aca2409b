"""Inviting, accepting, taking back, removing: once, for the invited address, and never the last manager."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from ipf_talent import clock, db
from ipf_talent.accounts import memberships, queries
from ipf_talent.accounts.models import AuditEntry, Invitation, Membership, User
from ipf_talent.accounts.roles import Role
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.i18n import speaking
from tests.accounts.conftest import mails
from tests.factories.accounts import make_user
from tests.factories.organisations import make_organisation, make_school

NOW = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
EMAIL = "colleague@company.example"


@pytest.fixture
def english(app_context):
    with speaking("en"):
        yield


@pytest.fixture
def company(english):
    return make_organisation()


@pytest.fixture
def manager(company):
    return make_user(Role.COMPANY_MANAGER, company, language="en")


def invite(company, manager, email=EMAIL, role=Role.WORKPLACE_TRAINER, now=NOW):
    return memberships.invite(company, email=email, role=role, by=manager, now=now)


def test_an_invitation_becomes_a_role_a_mail_and_a_line_in_the_trail(company, manager, session):
    secret = invite(company, manager, email=" Colleague@Company.example ")
    colleague = make_user(role=None, email=EMAIL)
    made = memberships.accept(secret, colleague, now=NOW)
    assert (made.role, made.organisation_id, colleague.session_epoch) == (Role.WORKPLACE_TRAINER, company.id, 1)
    assert [mail.to_address for mail in mails()] == [EMAIL]
    lines = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(line.action, line.actor_id) for line in lines] == [("invite", manager.id), ("accept_invitation", colleague.id)]
    assert EMAIL not in str([line.detail for line in lines])


def test_it_works_once(company, manager):
    secret = invite(company, manager)
    colleague = make_user(role=None, email=EMAIL)
    memberships.accept(secret, colleague, now=NOW)
    with pytest.raises(DomainError, match="no longer works"):
        memberships.accept(secret, colleague, now=NOW)


@pytest.mark.parametrize(("after", "works"), [(timedelta(days=14) - timedelta(seconds=1), True), (timedelta(days=14), False)])
def test_it_waits_fourteen_days(company, manager, after, works):
    secret = invite(company, manager)
    assert (memberships.find_invitation(secret, now=NOW + after) is not None) is works


def test_who_found_the_link_gets_nothing_and_does_not_use_it_up(company, manager):
    secret = invite(company, manager)
    stranger = make_user(role=None, email="stranger@company.example")
    with pytest.raises(DomainError, match="another address"):
        memberships.accept(secret, stranger, now=NOW)
    assert stranger.memberships == [] and memberships.find_invitation(secret, now=NOW)


def test_what_was_taken_back_no_longer_works(company, manager):
    secret = invite(company, manager)
    memberships.withdraw(queries.invitations_of(company.id, NOW)[0], by=manager, now=NOW)
    with pytest.raises(DomainError, match="no longer works"):
        memberships.accept(secret, make_user(role=None, email=EMAIL), now=NOW)


def test_a_second_invitation_for_the_same_role_replaces_the_first(company, manager):
    first, second = invite(company, manager), invite(company, manager)
    other = invite(company, manager, role=Role.SIGNER)
    works = [memberships.find_invitation(secret, now=NOW) is not None for secret in (first, second, other)]
    assert works == [False, True, True]


@pytest.mark.parametrize("role", [Role.PROGRAMME_MANAGER, Role.COORDINATOR, Role.STUDENT, Role.PLATFORM_ADMIN, Role.CLUSTER_OFFICE])
def test_a_role_that_does_not_fit_the_organisation_is_refused(company, manager, role):
    with pytest.raises(DomainError) as refused:
        invite(company, manager, role=role)
    assert refused.value.field == "role" and mails() == []


def test_somebody_with_the_role_is_not_invited_to_it_again(company, manager):
    with pytest.raises(DomainError) as refused:
        invite(company, manager, email=manager.email, role=Role.COMPANY_MANAGER)
    assert refused.value.field == "email"


def test_an_example_person_invites_and_removes_nobody(company, session):
    example = make_user(Role.COMPANY_MANAGER, company, is_demo=True)
    make_user(Role.COMPANY_MANAGER, company)
    with pytest.raises(DomainError, match="example account"):
        invite(company, example)
    with pytest.raises(DomainError, match="example account"):
        memberships.remove(session.scalars(select(Membership)).first(), by=example)


def test_only_the_hash_of_the_secret_is_kept(company, manager, session):
    secret = invite(company, manager)
    assert secret not in session.scalar(select(Invitation.secret_hash))
    assert secret in mails()[0].body


def test_the_last_manager_stays_and_the_last_but_one_may_go(company, manager, session):
    make_user(Role.WORKPLACE_TRAINER, company)
    make_user(Role.COMPANY_MANAGER, make_organisation())
    with pytest.raises(DomainError, match="last manager"):
        memberships.remove(manager.memberships[0], by=manager)
    other = make_user(Role.COMPANY_MANAGER, company)
    memberships.remove(manager.memberships[0], by=other)
    assert queries.managers_of(company.id) == 1 and manager.session_epoch == 1
    assert "has changed" in mails()[-1].subject and mails()[-1].to_address == manager.email


def test_somebody_who_is_no_manager_may_always_go(company, manager):
    trainer = make_user(Role.WORKPLACE_TRAINER, company)
    memberships.remove(trainer.memberships[0], by=manager)
    assert trainer.memberships == []


def test_students_of_a_school_are_not_among_its_people_and_cannot_be_removed_here(app_context):
    school = make_school()
    student, teacher = make_user(Role.STUDENT, school), make_user(Role.COORDINATOR, school)
    assert [row.user_id for row in queries.people_of(school.id)] == [teacher.id]
    with pytest.raises(NotFound):
        queries.membership_at(student.memberships[0].id, school.id)


def test_a_membership_or_invitation_of_another_organisation_is_not_found(company, manager):
    other = make_organisation()
    invite(company, manager)
    with pytest.raises(NotFound):
        queries.membership_at(manager.memberships[0].id, other.id)
    with pytest.raises(NotFound):
        queries.invitation_at(queries.invitations_of(company.id, NOW)[0].id, other.id, NOW)


def test_giving_a_role_twice_leaves_one(company, manager):
    again = memberships.give(manager, company, Role.COMPANY_MANAGER, by_id=None)
    assert again is manager.memberships[0] and len(manager.memberships) == 1 and manager.session_epoch == 0


def test_of_eight_who_accept_at_once_one_gets_the_role(busy_app):
    with busy_app.test_request_context():
        company = make_organisation()
        secret = invite(company, make_user(Role.COMPANY_MANAGER, company), now=clock.now())
        colleague = make_user(role=None, email=EMAIL)
        db.session.commit()
        number = colleague.id
    db.session.remove()

    def accept(_n: int) -> int:
        with busy_app.test_request_context():
            db.writing()
            try:
                memberships.accept(secret, db.session.get(User, number), now=clock.now())
            except DomainError:
                db.session.rollback()
                return 0
            db.session.commit()
            return 1

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(accept, range(8))) == 1


def test_two_managers_who_remove_each_other_at_once_leave_one(busy_app):
    with busy_app.test_request_context():
        company = make_organisation()
        numbers = [make_user(Role.COMPANY_MANAGER, company).memberships[0].id for _n in range(2)]
        here = company.id
    db.session.remove()

    def remove(number: int) -> int:
        with busy_app.test_request_context():
            db.writing()
            by = db.session.scalars(select(User)).first()
            try:
                memberships.remove(queries.membership_at(number, here), by=by)
            except DomainError:
                db.session.rollback()
                return 0
            db.session.commit()
            return 1

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(remove, numbers)) == 1
    with busy_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Membership)) == 1
