"""Keeping and sharing plans: on rows, with somebody else's beside them."""

import json
import random
from datetime import date, timedelta

import pytest
from flask import session as cookie
from sqlalchemy import func, select

from ipf_talent import clock, db
from ipf_talent.accounts import services as accounts
from ipf_talent.accounts import sessions
from ipf_talent.accounts.roles import Role
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.pathways import keeping, personal_data, plan_queries, plan_services
from ipf_talent.pathways.kept import LONGEST_NAME, MOST, KeptLeg
from ipf_talent.pathways.models import PlanShare, SavedPlan
from ipf_talent.profiles import current
from tests.factories.accounts import make_user
from tests.factories.plans import a_plan, make_plan


@pytest.fixture
def english(app):
    with app.test_request_context("/?lang=en"):
        yield


@pytest.fixture
def two(session):
    """A person with a plan, and another person with one too."""
    mine, theirs = make_user(Role.STUDENT), make_user(Role.STUDENT)
    return mine, make_plan(mine), theirs, make_plan(theirs)


def count(table):
    return db.session.scalar(select(func.count()).select_from(table))


def shared(plan_key, user=None, *, keys=(), days=7, now=None):
    number = user.id if user else None
    return plan_services.share(plan_key, {"goal": {}}, days=days, user_id=number, keys=keys, now=now or clock.now())


def test_a_plan_comes_back_as_it_was_kept(two):
    mine, _row, theirs, _other = two
    kept = a_plan(name="Nei hbo")
    plan_services.save(mine.id, kept)
    found = plan_queries.of(mine.id)[-1]
    assert (found.key, found.name, found.question, found.legs) == (kept.key, "Nei hbo", kept.question, kept.legs)
    assert kept.key not in {one.key for one in plan_queries.of(theirs.id)}


def test_a_fourth_plan_is_refused_with_a_sentence_and_nothing_is_lost(two, english):
    mine, *_ = two
    for _n in range(MOST - 1):
        plan_services.save(mine.id, a_plan())
    before = [one.key for one in plan_queries.of(mine.id)]
    with pytest.raises(plan_services.Full, match="You can keep 3 plans"):
        plan_services.save(mine.id, a_plan())
    assert [one.key for one in plan_queries.of(mine.id)] == before and len(before) == MOST


def test_a_plan_is_renamed_by_its_owner_alone_and_not_over_a_newer_name(two):
    mine, row, theirs, _other = two
    plan_services.rename(mine.id, row.key, "Nij", row.version)
    assert plan_queries.of(mine.id)[0].name == "Nij"
    with pytest.raises(DomainError) as refused:
        plan_services.rename(mine.id, row.key, "Out of date", 1)
    assert refused.value.field == "name"
    with pytest.raises(NotFound):
        plan_services.rename(theirs.id, row.key, "Stolen", 2)
    assert plan_queries.of(mine.id)[0].name == "Nij"


def test_removing_a_plan_ends_what_was_shared_of_it_and_of_no_other(two):
    mine, row, theirs, other = two
    shared(row.key, mine), shared(other.key, theirs)
    with pytest.raises(NotFound):
        plan_services.remove(theirs.id, row.key)
    plan_services.remove(mine.id, row.key)
    assert [one.plan_key for one in [*plan_queries.shares_of(other.key, clock.now(), user_id=theirs.id)]] == [other.key]
    assert count(SavedPlan) == 1 and count(PlanShare) == 1


def test_a_share_opens_by_its_secret_alone_until_it_ends(two):
    mine, row, *_ = two
    now = clock.now()
    made, secret = shared(row.key, mine, now=now)
    assert plan_queries.share_with(secret, now).id == made.id
    assert plan_queries.share_with(secret, now + timedelta(days=7) - timedelta(seconds=1)) is not None
    assert plan_queries.share_with(secret, now + timedelta(days=7)) is None
    for wrong in (secret[:-1], secret + "a", secret.swapcase(), made.key, made.secret_hash, "", "\ud800"):
        assert plan_queries.share_with(wrong, now) is None
    assert secret not in json.dumps([made.secret_hash, made.key, made.content])


def test_only_its_owner_ends_a_share_and_then_it_is_gone(two):
    mine, row, theirs, _other = two
    made, secret = shared(row.key, mine)
    for number, keys in ((theirs.id, ()), (None, [made.key])):
        with pytest.raises(NotFound):
            plan_services.end_share(made.key, user_id=number, keys=keys)
    plan_services.end_share(made.key, user_id=mine.id, keys=())
    assert plan_queries.share_with(secret, clock.now()) is None and count(PlanShare) == 0


def test_a_guest_ends_only_what_their_session_names(session):
    made, secret = shared("aaaaaaaaaaaa")
    with pytest.raises(NotFound):
        plan_services.end_share(made.key, user_id=None, keys=["another"])
    assert plan_queries.share_with(secret, clock.now())
    plan_services.end_share(made.key, user_id=None, keys=[made.key])
    assert count(PlanShare) == 0


def test_a_share_works_for_one_of_the_offered_times_and_a_plan_has_five_at_most(two):
    mine, row, *_ = two
    with pytest.raises(DomainError) as refused:
        shared(row.key, mine, days=365)
    assert refused.value.field == "days"
    for _n in range(plan_services.MOST_SHARES):
        shared(row.key, mine)
    with pytest.raises(DomainError):
        shared(row.key, mine)
    shared(row.key, mine, now=clock.now() + timedelta(days=8))


def test_what_has_ended_is_swept_and_the_rest_stays(two):
    mine, row, *_ = two
    now = clock.now()
    shared(row.key, mine, now=now - timedelta(days=7)), shared(row.key, mine, now=now)
    assert plan_services.sweep(now) == 1 and count(PlanShare) == 1


def test_all_of_a_person_is_exported_and_nothing_of_another(two):
    mine, row, theirs, other = two
    _made, secret = shared(row.key, mine)
    shared(other.key, theirs)
    told = json.dumps(personal_data.export(mine.id))
    assert row.key in told and row.name in told and "shared" in told
    assert other.key not in told and other.name not in told and secret not in told


def test_erasing_takes_all_of_one_person(two):
    mine, row, theirs, other = two
    shared(row.key, mine), shared(other.key, theirs)
    personal_data.erase(mine.id)
    assert personal_data.export(mine.id) == {"plans": [], "shared": []}
    assert len(personal_data.export(theirs.id)["plans"]) == len(personal_data.export(theirs.id)["shared"]) == 1


def test_closing_the_account_takes_plans_and_shares_along(two, app, session):
    mine, row, *_ = two
    shared(row.key, mine)
    with app.test_request_context("/"):
        accounts.close(mine)
        session.commit()
    session.expire_all()
    assert count(SavedPlan) == 1 and count(PlanShare) == 0


def test_at_sign_in_the_plans_of_a_guest_move_along_with_what_they_shared(app, session):
    user = make_user(Role.STUDENT)
    make_plan(user, name="Own")
    guests = [a_plan(name="Guest 1"), a_plan(name="Guest 2"), a_plan(name="Guest 3")]
    made, _secret = shared(guests[0].key)
    session.commit()
    with app.test_request_context("/"):
        cookie["plans"] = [one.as_json() for one in guests]
        cookie["plan_shares"] = [[made.key, guests[0].key]]
        sessions.sign_in(user)
        session.commit()
        assert "plans" not in cookie and "plan_shares" not in cookie
    assert [one.name for one in plan_queries.of(user.id)] == ["Own", "Guest 1", "Guest 2", "Guest 3"]
    assert session.scalar(select(PlanShare.user_id)) == user.id
    with pytest.raises(plan_services.Full):
        plan_services.save(user.id, a_plan())


def test_an_example_person_takes_nothing_of_a_guest(app, session):
    user = make_user(Role.STUDENT, is_demo=True)
    with app.test_request_context("/"):
        cookie["plans"] = [a_plan().as_json()]
        sessions.sign_in(user)
        assert len(cookie["plans"]) == 1
    assert plan_queries.of(user.id) == []


def noise(lot, length, alphabet="abcdefghijklmnopqrstuvwxyz0123456789"):
    return "".join(lot.choices(alphabet, k=length))


def added(kept, before):
    """Whether there was room for it; where there was none, all is as before."""
    try:
        keeping.add(kept)
    except DomainError as error:
        told = error
    else:
        return True
    assert told.field == "name" and cookie["plans"] == before
    return False


def test_what_a_guest_may_keep_fits_in_a_cookie_beside_the_fullest_profile(app, session):
    lot, refused = random.Random(1), 0
    with app.test_request_context("/"):
        cookie["card"] = {"wish": noise(lot, current.ROOM * 3 // 4)}
        cookie["csrf_token"] = noise(lot, 40)
        for length in (10, 40, 80):
            legs = tuple(KeptLeg(noise(lot, length), "full", date(2027, 9, 1)) for _n in range(4))
            before = list(cookie.get("plans", []))
            refused += not added(a_plan(name=noise(lot, LONGEST_NAME), legs=legs), before)
        for n in range(keeping.MOST_SHARED + 2):
            keeping.note_share(noise(lot, 12), f"{n:012x}")
        assert len(cookie["plan_shares"]) == keeping.MOST_SHARED
        size = len(app.session_interface.get_signing_serializer(app).dumps(dict(cookie)))
    assert 0 < refused < 3 and size < 4000


def test_putting_a_plan_in_the_place_of_another_keeps_the_others(app, session):
    with app.test_request_context("/"):
        plans = [a_plan() for _n in range(MOST)]
        for one in plans:
            keeping.add(one)
        new = a_plan(name="New")
        with pytest.raises(plan_services.Full):
            keeping.add(new)
        keeping.add(new, instead_of=plans[1].key)
        assert [one.key for one in keeping.plans()] == [plans[0].key, plans[2].key, new.key]


@pytest.mark.parametrize("held", ["x", 7, {"a": 1}, [["a"]], [None], [[1, 2, 3, 4, 5]]])
def test_a_session_of_another_time_holds_no_plans_and_breaks_nothing(app, session, held):
    with app.test_request_context("/"):
        cookie["plans"] = cookie["plan_shares"] = held
        assert keeping.plans() == [] and isinstance(keeping.share_keys(), list)


def test_a_row_that_cannot_be_read_any_more_is_left_out(two, session):
    mine, row, *_ = two
    row.question = {"from": "mars"}
    session.commit()
    assert plan_queries.of(mine.id) == []
