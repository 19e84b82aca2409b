"""Counting tries: exact limits, at once from many sides, and nothing that names anybody."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from ipf_talent import clock, db
from ipf_talent.accounts import attempts
from ipf_talent.accounts.attempts import TooManyTries
from ipf_talent.accounts.models import Attempt

NOW = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def take(account="a@school.example", network="10.0.0.1", now=NOW, kind="sign_in"):
    return attempts.take(kind, account=account, network=network, now=now)


def take_many(number: int, **values) -> int:
    """How many of so many tries were let through."""
    through = 0
    for _one in range(number):
        try:
            take(**values)
        except TooManyTries:
            continue
        through += 1
    return through


def test_the_eleventh_try_for_an_account_waits_and_says_how_long(app_context):
    assert take_many(10) == 10
    with pytest.raises(TooManyTries) as refused:
        take(now=NOW + 10 * SECOND)
    assert refused.value.seconds == 290


@pytest.mark.parametrize("account", ["A@School.Example", " a@school.example "])
def test_another_spelling_of_the_address_is_the_same_account(app_context, account):
    take_many(10)
    assert take_many(1, account=account) == 0


def test_it_is_allowed_again_when_the_window_has_passed_and_not_a_second_before(app_context):
    take_many(10)
    window = timedelta(minutes=5)
    assert take_many(1, now=NOW + window - SECOND) == 0
    assert take_many(1, now=NOW + window) == 1


def test_a_refused_try_is_not_counted(app_context, session):
    take_many(30)
    assert session.scalar(select(func.count()).select_from(Attempt)) == 30  # 10 tries, each over account, network and all


def test_one_locked_account_does_not_lock_the_others_of_its_school(app_context):
    take_many(10)
    assert take_many(1, account="b@school.example") == 1


def test_a_network_is_stopped_after_a_hundred_whoever_is_tried(app_context):
    assert sum(take_many(1, account=f"{n}@school.example") for n in range(101)) == 100
    assert take_many(1, account="x@school.example", network="10.0.0.2") == 1


def test_everyone_together_is_stopped_after_a_thousand(app_context, session):
    key = attempts._key("sign_in", "all", "")
    session.add_all([Attempt(kind="sign_in", key=key, at=NOW) for _n in range(999)])
    session.flush()
    assert [take_many(1, account=f"{n}@x.example", network=f"10.1.0.{n}") for n in range(2)] == [1, 0]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:10.0.0.1", "10.0.0.1", True),
        (None, "no address", True),
    ],
)
def test_a_network_is_an_address_or_a_64(one, other, same):
    assert (attempts._net(one) == attempts._net(other)) is same


def test_success_forgives_the_account_and_its_own_count_of_the_network(app_context, session):
    take_many(9)
    attempts.forgive(take())
    left = session.scalars(select(Attempt.key)).all()
    assert len(left) == 18 and len(set(left)) == 2  # nine failures stay with the network and with all
    assert take_many(10) == 10


def test_kinds_are_counted_apart(app_context):
    take_many(10)
    assert take_many(1, kind="forgot") == 1


def test_no_address_stands_in_the_table(app_context, session):
    take()
    kept = " ".join(f"{row.kind} {row.key}" for row in session.scalars(select(Attempt)))
    assert "school" not in kept and "10.0.0.1" not in kept


def test_tries_are_swept_after_a_day(app_context, session):
    take()
    assert attempts.sweep(NOW + timedelta(days=1)) == 0
    assert attempts.sweep(NOW + timedelta(days=1) + SECOND) == 3
    assert max(limit.window for limits in attempts.LIMITS.values() for limit in limits) <= attempts.KEPT


def test_of_forty_tries_at_once_exactly_ten_come_through(busy_app):
    def one_try(_number: int) -> int:
        with busy_app.app_context():
            db.writing()
            try:
                take(now=clock.now())
            except TooManyTries:
                db.session.rollback()
                return 0
            db.session.commit()
            return 1

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one_try, range(40))) == 10
