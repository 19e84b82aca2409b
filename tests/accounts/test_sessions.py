"""How long a session lasts, and what ends it at once."""

from datetime import timedelta

import pytest
import time_machine

from ipf_talent import clock
from ipf_talent.accounts import memberships, services
from ipf_talent.accounts.models import Membership, User
from ipf_talent.accounts.roles import Role
from tests.accounts.conftest import PASSWORD
from tests.factories.accounts import make_user
from tests.factories.organisations import make_organisation

SECOND = timedelta(seconds=1)
START = "2027-01-04 09:00Z"


def stays(client) -> bool:
    return client.get("/account").status_code == 200


def test_a_session_ends_after_twelve_hours_however_much_it_is_used(client, session, fill, person):
    with time_machine.travel(START, tick=False) as traveller:
        fill(client, "/sign-in", email=person().email, password=PASSWORD)
        for _hour in range(11):
            traveller.shift(timedelta(hours=1))
            assert stays(client)
        traveller.shift(timedelta(hours=1))
        assert stays(client)
        traveller.shift(SECOND)
        assert not stays(client)


@pytest.mark.parametrize(
    ("role", "ends"),
    [
        (Role.CLUSTER_OFFICE, True),
        (Role.PLATFORM_ADMIN, True),
        (Role.PROGRAMME_MANAGER, True),
        (Role.STUDENT, False),
        (Role.COMPANY_MANAGER, False),
    ],
)
def test_half_an_hour_of_silence_ends_the_sessions_of_those_who_could_do_much_harm(client, session, sign_in, role, ends):
    with time_machine.travel(START, tick=False) as traveller:
        sign_in(client, make_user(role, make_organisation() if role is Role.PROGRAMME_MANAGER else None))
        for _use in range(3):
            traveller.shift(timedelta(minutes=30))
            assert stays(client)
        traveller.shift(timedelta(minutes=30) + SECOND)
        assert stays(client) is not ends


def test_use_within_a_minute_is_not_noted_again(client, session, sign_in):
    with time_machine.travel(START, tick=False) as traveller:
        sign_in(client, make_user(Role.CLUSTER_OFFICE))
        traveller.shift(timedelta(seconds=30))
        client.get("/account")
        with client.session_transaction() as cookie:
            assert "seen" not in cookie
        traveller.shift(timedelta(seconds=31))
        client.get("/account")
        with client.session_transaction() as cookie:
            assert cookie["seen"] == "2027-01-04T09:01:01+00:00"


@pytest.mark.parametrize("remembered", ["", "1", "1.x", "x.1", "1.0.0", "٣.0", "9" * 30 + ".0", "1.-1", "-1.0"])
def test_odd_sessions_are_nobody(client, session, remembered):
    with client.session_transaction() as cookie:
        cookie["_user_id"] = remembered
        cookie["since"] = "2027-01-04T09:00:00+00:00"
    with time_machine.travel(START, tick=False):
        assert not stays(client)


@pytest.mark.parametrize("since", [None, "yesterday", 7])
def test_a_session_without_a_beginning_is_over(client, session, sign_in, since):
    sign_in(client, make_user())
    with client.session_transaction() as cookie:
        cookie["since"] = since
    assert not stays(client)


def test_a_cookie_signed_by_another_is_nobody(client, session, sign_in):
    sign_in(client, make_user())
    value = client.get_cookie("ipf").value
    client.set_cookie("ipf", value[:-2] + ("AA" if value[-2:] != "AA" else "BB"))
    assert not stays(client)


def change_to(kept, change):
    organisation = kept.memberships[0].organisation
    match change:
        case "role taken away":
            make_user(Role.COMPANY_MANAGER, organisation)
            memberships.remove(kept.memberships[0], by=kept)
        case "role given":
            memberships.give(kept, organisation, Role.SIGNER, by_id=None)
        case "password":
            services.change_password(kept, password_hash="x", now=clock.now())
        case "closed":
            services.close(kept)


@pytest.mark.parametrize("change", ["role taken away", "role given", "password", "closed"])
def test_the_next_request_after_a_change_is_signed_out(app, client, session, sign_in, change):
    organisation = make_organisation()
    user = make_user(Role.COMPANY_MANAGER, organisation)
    sign_in(client, user)
    assert client.get("/organisation/people").status_code == 200
    with app.test_request_context():
        change_to(session.get(User, user.id), change)
        session.commit()
    answer = client.get("/organisation/people")
    assert answer.status_code == 303 and answer.location.startswith("/sign-in")


def test_a_demoted_person_who_signs_in_again_is_refused(client, session, sign_in):
    organisation = make_organisation()
    user = make_user(Role.COMPANY_MANAGER, organisation)
    assert sign_in(client, user).get(f"/organisation/{organisation.slug}/people").status_code == 200
    session.query(Membership).delete()
    session.commit()
    assert client.get(f"/organisation/{organisation.slug}/people").status_code == 404
    assert client.get("/organisation/people").status_code == 403


def test_an_example_person_signs_out_here_and_nowhere_else(app, client, session, sign_in, fill):
    user = make_user(is_demo=True)
    other = sign_in(app.test_client(), user)
    sign_in(client, user)
    with client.session_transaction() as cookie:
        cookie["card"] = {"point": "mbo_4"}
    fill(client, "/account", action="/sign-out")
    assert not stays(client) and stays(other)
    with client.session_transaction() as cookie:
        assert cookie["card"] == {"point": "mbo_4"}  # who only looked around keeps what they said before
