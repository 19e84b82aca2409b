import random
import zlib
from dataclasses import replace
from datetime import date

import pytest
from flask import session as cookie
from sqlalchemy import func, select

from ipf_talent.accounts import passwords, sessions
from ipf_talent.accounts import services as accounts
from ipf_talent.accounts.roles import Role
from ipf_talent.profiles import current, queries, services
from ipf_talent.profiles.card import MOST_SKILLS, Card, KnownSkill
from ipf_talent.profiles.models import Profile, ProfileSkill
from ipf_talent.programmes.levels import StartingPoint
from tests.factories.accounts import make_user
from tests.factories.organisations import make_place
from tests.factories.skills import make_skill

FULL = Card(
    point=StartingPoint.MBO_4,
    programme="a-programme-with-a-name-of-the-usual-length-at-some-school",
    year=3,
    skills=tuple(KnownSkill(f"a-skill-with-number-{n}-and-more", "some words that were typed for it") for n in range(MOST_SKILLS)),
    wish="Ik wil leren hoe je robots programmeert en onderhoudt. " * 10,
    kinds=("bol_internship", "bbl_apprenticeship"),
    languages=("nl", "fy", "en"),
    available_from=date(2027, 2, 1),
    available_until=date(2027, 7, 1),
    hours_per_week=32,
    place="Drachten",
    travel_km=60,
)


@pytest.mark.parametrize(
    "alphabet", ["abcdefghij klmnop", "\u4e00\u4e8c\u4e09\u56db\u4e94", "\U0001f600\U0001f916\U0001f44d\U0001f680"]
)
def test_the_fullest_card_fits_in_a_cookie_and_keeps_what_matters(alphabet):
    lot = random.Random(1)
    noise = "".join(lot.choice(alphabet) for _ in range(600))
    kept = current.fitting(replace(FULL, wish=noise))
    assert kept.wish == noise
    assert len(kept.skills) >= 30
    assert len(zlib.compress(str(kept.as_json()).encode())) * 4 / 3 < 3500


def test_a_small_card_is_left_alone():
    card = replace(FULL, skills=FULL.skills[:5])
    assert current.fitting(card) is card


def test_at_sign_in_an_empty_account_takes_what_the_guest_said(app, session):
    make_place("Drachten")
    make_skill("plc-programming")
    user = make_user(Role.STUDENT)
    guest = Card(point=StartingPoint.MBO_4, skills=(KnownSkill("plc-programming", "PLC"),), place="Drachten", travel_km=25)
    with app.test_request_context("/"):
        cookie["card"] = guest.as_json()
        sessions.sign_in(user)
        session.commit()
        assert "card" not in cookie
        assert current.card() == guest
    assert queries.card_of(user.id) == guest


def test_at_sign_in_the_account_goes_before_the_guest_and_gains_their_skills(app, session):
    for slug in ("plc-programming", "cad"):
        make_skill(slug)
    user, other = make_user(Role.STUDENT), make_user(Role.STUDENT)
    services.save(user.id, Card(point=StartingPoint.MBO_3, skills=(KnownSkill("cad"),)))
    with app.test_request_context("/"):
        cookie["card"] = Card(
            point=StartingPoint.VWO, wish="Robots", skills=(KnownSkill("plc-programming"), KnownSkill("cad"))
        ).as_json()
        sessions.sign_in(user)
        session.commit()
    kept = queries.card_of(user.id)
    assert (kept.point, kept.wish, kept.slugs) == (StartingPoint.MBO_3, "Robots", ("cad", "plc-programming"))
    assert queries.card_of(other.id).is_empty


def test_signing_in_on_the_page_moves_the_card_out_of_the_cookie(app, client, session, send, card):
    with app.app_context():
        user = make_user(Role.STUDENT, password_hash=passwords.hash_password("lepel vuurtoren zeven"))
    send(client, "/profile", point="mbo_3")
    answer = send(client, "/sign-in", next="/profile", email=user.email, password="lepel vuurtoren zeven")
    assert answer.status_code == 303
    assert card(client).is_empty
    assert queries.card_of(user.id) == Card(point=StartingPoint.MBO_3)
    assert "What you filled in before is in your profile now." in client.get("/profile").text


def test_closing_the_account_takes_its_profile_along_and_no_other(app_context, session):
    make_skill("cad")
    user, other = make_user(Role.STUDENT), make_user(Role.STUDENT)
    for one in (user, other):
        services.save(one.id, Card(skills=(KnownSkill("cad"),)))
    session.commit()
    accounts.close(user)
    session.commit()
    assert session.scalar(select(func.count(Profile.id))) == 1
    assert session.scalar(select(func.count()).select_from(ProfileSkill)) == 1
    assert queries.card_of(other.id).slugs == ("cad",)


def test_nothing_of_a_guest_goes_to_an_example_person(app, session):
    user = make_user(Role.STUDENT, is_demo=True)
    with app.test_request_context("/"):
        cookie["card"] = Card(point=StartingPoint.VWO, wish="Geheim").as_json()
        sessions.sign_in(user)
        session.commit()
    assert queries.card_of(user.id).is_empty
