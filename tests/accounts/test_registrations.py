"""Registering an organisation: unseen until it is checked, with its first manager, and refused without a trace."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ipf_talent import clock
from ipf_talent.accounts import registrations
from ipf_talent.accounts.models import AuditEntry, Invitation, Membership
from ipf_talent.accounts.roles import Role
from ipf_talent.organisations import queries as organisations
from ipf_talent.organisations.kinds import OrganisationKind
from ipf_talent.organisations.models import Organisation
from tests.accounts.conftest import mails
from tests.factories.accounts import make_user
from tests.factories.organisations import make_organisation, make_place, make_school
from tests.factories.vacancies import make_vacancy

NEW = {
    "kind": "company",
    "name": "Nije Machines B.V.",
    "kvk": "12345678",
    "town": "Drachten",
    "website": "www.nijemachines.example",
}


@pytest.fixture
def me(session):
    make_place()
    return make_user(role=None, language="en")


@pytest.fixture
def mine(client, sign_in, me):
    return sign_in(client, me)


@pytest.fixture
def admin(session):
    return make_user(Role.PLATFORM_ADMIN)


def made(session, slug="nije-machines-b-v") -> Organisation | None:
    session.expire_all()
    found = session.scalar(select(Organisation).where(Organisation.slug == slug))
    session.commit()
    return found


def test_a_row_made_without_a_word_counts_as_checked_and_none_means_none(session):
    silent, pending = make_organisation(), make_organisation(verified_at=None)
    session.expire_all()
    assert session.get(Organisation, silent.id).verified_at is not None
    assert session.get(Organisation, pending.id).verified_at is None


def test_the_walk_from_registering_to_being_seen(app, client, session, mine, me, admin, sign_in, fill):
    answer = fill(mine, "/organisations/new", **NEW)
    assert answer.location == "/organisation/nije-machines-b-v/people"
    assert mine.get(answer.location).status_code == 200  # still signed in, with the new role
    new = made(session)
    assert (new.kind, new.kvk, new.city, new.website) == ("company", "12345678", "Drachten", "https://www.nijemachines.example")
    assert new.verified_at is None and new.is_example is False
    assert mine.get("/companies/nije-machines-b-v").status_code == 404
    office = sign_in(app.test_client(), admin)
    assert "Nije Machines" in office.get("/organisations/pending").text
    fill(office, "/organisations/pending", action="/organisations/nije-machines-b-v/accept")
    assert made(session).verified_at is not None
    assert mine.get("/companies/nije-machines-b-v").status_code == 200
    assert [(mail.to_address, mail.subject) for mail in mails()] == [(me.email, "Your organisation is checked")]
    assert set(session.scalars(select(AuditEntry.action))) == {"register", "give_role", "verify"}


def test_a_school_gets_a_programme_manager_and_needs_no_number(session, mine, me, fill):
    fill(mine, "/organisations/new", **NEW | {"kind": "school", "name": "Nije Skoalle", "kvk": "123"})
    assert made(session, "nije-skoalle").kvk is None
    assert session.scalar(select(Membership.role).where(Membership.user_id == me.id)) is Role.PROGRAMME_MANAGER


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("kvk", "", "8 digits"), ("kvk", "1234567", "8 digits"), ("kvk", "123456789", "8 digits"), ("kvk", "١٢٣٤٥٦٧٨", "8 digits"),
        ("kind", "partner", "valid choice"), ("kind", "institute", "valid choice"), ("town", "Atlantis", "valid choice"),
        ("town", "", "Choose a town"), ("name", "", "required"), ("name", "x" * 121, "120 characters"),
        ("website", "javascript:alert(1)", "address of a website"), ("website", "https://", "address of a website"),
        ("website", "ftp://x.example", "address of a website"), ("website", 'https://x.example/"onx', "address of a website"),
        ("website", "javascript://x.example/%0aalert(1)", "address of a website"),
    ],
)  # fmt: skip
def test_a_refused_form_keeps_what_was_typed(session, mine, fill, field, value, words):
    answer = fill(mine, "/organisations/new", **NEW | {field: value})
    assert answer.status_code == 422 and words in answer.text
    assert session.scalars(select(Organisation)).all() == []
    if field != "name":
        assert 'value="Nije Machines B.V."' in answer.text


def test_what_everyone_can_see_is_not_registered_again(session, mine, fill):
    make_organisation(name="Nije machines b.v.", kvk="87654321")
    assert fill(mine, "/organisations/new", **NEW).status_code == 422
    assert fill(mine, "/organisations/new", **NEW | {"name": "Other", "kvk": "87654321"}).status_code == 422
    assert fill(mine, "/organisations/new", **NEW | {"name": "Other"}).status_code == 303


def test_what_nobody_checked_keeps_the_real_one_out_of_nothing(session, mine, fill):
    make_organisation(name="Nije Machines B.V.", kvk="12345678", slug="nije-machines-b-v", verified_at=None)
    assert fill(mine, "/organisations/new", **NEW).location == "/organisation/nije-machines-b-v-2/people"


def test_of_two_who_register_one_number_the_second_is_told_and_platform_administration_sees_both(
    app, session, mine, admin, sign_in, fill
):
    make_organisation(name="Nije Machines Drachten", kvk="12345678", verified_at=None)
    answer = fill(mine, "/organisations/new", **NEW)
    assert "Somebody registered a company with this KVK number before you" in mine.get(answer.location).text
    office = sign_in(app.test_client(), admin)
    office.set_cookie("lang", "en")
    assert "Nije Machines Drachten has the same KVK number." in office.get("/organisations/pending").text
    fill(office, "/organisations/pending", action="/organisations/nije-machines-b-v/accept")
    assert made(session).verified_at is not None
    first = session.scalars(select(Organisation.slug).where(Organisation.name == "Nije Machines Drachten")).one()
    assert fill(office, "/organisations/pending", action=f"/organisations/{first}/accept").status_code == 400
    assert made(session, first).verified_at is None


def test_who_is_alone_with_a_number_is_told_nothing(session, mine, fill):
    make_organisation(kvk="87654321", verified_at=None)
    make_organisation(kvk=None, verified_at=None)
    assert "before you" not in mine.get(fill(mine, "/organisations/new", **NEW).location).text


def test_a_second_press_registers_nothing_more(session, mine, fill):
    assert [fill(mine, "/organisations/new", **NEW).status_code for _press in range(2)] == [303, 422]


def test_the_database_shows_one_company_per_number(session):
    make_organisation(kvk="12345678")
    make_organisation(kvk="12345678", verified_at=None)
    with pytest.raises(IntegrityError):
        make_organisation(kvk="12345678")
    session.rollback()


def test_three_may_wait_and_a_fourth_may_not(session, mine, fill):
    answers = [fill(mine, "/organisations/new", **NEW | {"name": f"Firma {n}", "kvk": f"1234567{n}"}) for n in range(4)]
    assert [answer.status_code for answer in answers] == [303, 303, 303, 422]


def test_an_example_person_registers_nothing(client, session, sign_in, fill):
    make_place()
    sign_in(client, make_user(is_demo=True))
    assert fill(client, "/organisations/new", **NEW).status_code == 422 and made(session) is None


@pytest.mark.parametrize(("name", "slug"), [("Ynnovaasje & Sn.", "ynnovaasje-sn"), ("日本", "organisation"), ("É" * 100, "e" * 70)])
def test_a_name_becomes_an_address(app_context, name, slug):
    assert registrations._free_slug(name) == slug
    make_organisation(slug=slug)
    assert registrations._free_slug(name) == f"{slug}-2"


@pytest.mark.parametrize("role", [None, *(role for role in Role if role is not Role.PLATFORM_ADMIN)])
def test_nobody_but_platform_administration_sees_or_decides(client, session, sign_in, fill, role):
    waiting = make_organisation(verified_at=None)
    sign_in(client, make_user(role, waiting if role not in (Role.CLUSTER_OFFICE, None) else None))
    assert client.get("/organisations/pending").status_code == 403
    for deed in ("accept", "refuse"):
        assert fill(client, "/account", action=f"/organisations/{waiting.slug}/{deed}").status_code == 403
    assert made(session, waiting.slug).verified_at is None


def test_refusing_takes_all_of_it_away_and_tells_the_manager(app, client, session, mine, me, admin, sign_in, fill):
    fill(mine, "/organisations/new", **NEW)
    fill(mine, "/organisation/people", action="/organisation/nije-machines-b-v/people", email="x@y.example", role="signer")
    office = sign_in(app.test_client(), admin)
    fill(office, "/organisations/pending", action="/organisations/nije-machines-b-v/refuse")
    assert made(session) is None
    left = [session.scalars(select(model.id).where(model.organisation_id.is_not(None))).all() for model in (Membership, Invitation)]
    assert left == [[], []]
    assert mails()[-1].subject == "We could not confirm your organisation" and mails()[-1].to_address == me.email
    assert mine.get("/start").status_code == 303  # the session with the former role has ended


def test_what_places_hang_on_is_not_refused(client, session, sign_in, admin, fill):
    waiting = make_organisation(verified_at=None)
    make_vacancy(company=waiting)
    sign_in(client, admin)
    assert fill(client, "/account", action=f"/organisations/{waiting.slug}/refuse").status_code == 400
    assert made(session, waiting.slug) is not None and mails() == []


@pytest.mark.parametrize("deed", ["accept", "refuse"])
def test_what_is_checked_is_not_decided_again(client, session, sign_in, admin, fill, deed):
    checked = make_school(verified_at=clock.now())
    sign_in(client, admin)
    assert fill(client, "/account", action=f"/organisations/{checked.slug}/{deed}").status_code == 400
    assert made(session, checked.slug) is not None
    assert fill(client, "/account", action=f"/organisations/nowhere/{deed}").status_code == 404


def test_public_lists_leave_out_what_nobody_checked(session):
    shown, hidden = make_organisation(), make_organisation(verified_at=None)
    slugs = [row.slug for row in session.execute(organisations.rows(OrganisationKind.COMPANY))]
    assert shown.slug in slugs and hidden.slug not in slugs
