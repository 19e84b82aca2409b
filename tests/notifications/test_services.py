"""The outbox: a mail exists exactly when its reason does, one sender at a time has it, and it is tried again for days."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from ipf_talent import db
from ipf_talent.accounts import services as accounts
from ipf_talent.accounts.models import User
from ipf_talent.notifications import queries, services
from ipf_talent.notifications.models import OutboxMail
from tests.accounts.conftest import busy_app  # noqa: F401 a fixture
from tests.factories.accounts import make_user

NOW = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)


def post(**overrides) -> OutboxMail:
    mail = services.post("a@b.example", "Subject", "Body", domain="ipf.example")
    mail.created_at = mail.not_before = NOW
    for name, value in overrides.items():
        setattr(mail, name, value)
    db.session.commit()
    return mail


def test_what_is_rolled_back_between_flush_and_commit_sends_no_mail(app_context, session):
    values = {"email": "a@b.example", "display_name": "A", "password_hash": "x", "language": "nl", "now": NOW}
    with suppress(ZeroDivisionError), db.transaction():
        accounts.sign_up(**values)
        assert session.scalar(select(func.count()).select_from(OutboxMail)) == 1
        1 / 0  # noqa: B018
    assert [session.scalar(select(func.count()).select_from(model)) for model in (User, OutboxMail)] == [0, 0]
    with db.transaction():
        accounts.sign_up(**values)
    assert [session.scalar(select(func.count()).select_from(model)) for model in (User, OutboxMail)] == [1, 1]


def test_a_subject_is_one_line_and_every_mail_has_its_own_number(session):
    first = services.post("a@b.example", "One\r\nBcc: x@y.example", "Body", domain="ipf.example")
    second = services.post("a@b.example", "Two", "Body", domain="ipf.example")
    assert first.subject == "One Bcc: x@y.example"
    assert first.message_id != second.message_id and first.message_id.endswith("@ipf.example>")


def test_a_leased_mail_is_nobody_elses_until_the_lease_is_over(session):
    mail = post()
    assert services.lease(mail.id, now=NOW).tries == 1
    assert services.lease(mail.id, now=NOW + services.LEASE - timedelta(seconds=1)) is None
    assert services.lease(mail.id, now=NOW + services.LEASE).tries == 2


@pytest.mark.parametrize("state", [{"sent_at": NOW}, {"given_up_at": NOW}, {"not_before": NOW + timedelta(seconds=1)}])
def test_what_is_sent_given_up_or_not_due_is_not_taken(session, state):
    mail = post(**state)
    assert services.lease(mail.id, now=NOW) is None
    assert list(services.due(now=NOW)) == []


def test_of_eight_senders_at_once_one_gets_the_mail(busy_app):  # noqa: F811
    with busy_app.app_context():
        number = post().id

    def take(_n: int) -> bool:
        with busy_app.app_context(), db.transaction():
            return services.lease(number, now=NOW) is not None

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(take, range(8))) == 1


def test_pauses_double_from_a_minute_to_four_hours():
    minutes = [services.pause_after(tries) // timedelta(minutes=1) for tries in range(1, 12)]
    assert minutes == [1, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240]


def test_after_forty_eight_tries_it_is_given_up_and_stays_visible(session):
    mail, now = post(), NOW
    for _try in range(48):
        assert services.lease(mail.id, now=now) is not None
        services.note_failed(mail.id, "OSError", now=now)
        now = max(mail.not_before, now)
    assert mail.given_up_at is not None and mail.tries == 48 and mail.last_error == "OSError"
    assert now - NOW > timedelta(days=6)
    status = queries.status()
    assert (status.waiting, status.sent, status.given_up, status.waiting_since) == (0, 0, 1, None)


def test_what_can_never_be_sent_is_given_up_at_once(session):
    mail = post()
    services.note_failed(mail.id, "ValueError", now=NOW, for_good=True)
    assert mail.given_up_at == NOW


@pytest.mark.parametrize(("keep", "body"), [(False, ""), (True, "Body")])
def test_the_text_of_a_sent_mail_may_hold_a_key_and_is_not_kept(session, keep, body):
    mail = post()
    services.note_sent(mail.id, now=NOW, keep_body=keep)
    session.expire_all()
    assert session.get(OutboxMail, mail.id).body == body


def test_tidying_takes_what_is_a_month_over_and_never_what_waits(session):
    old = NOW - timedelta(days=31)
    gone = [post(sent_at=old), post(given_up_at=old)]
    stays = [post(created_at=old), post(sent_at=NOW - timedelta(days=29))]
    numbers, wanted = {mail.id for mail in gone}, {mail.id for mail in stays}
    services.tidy(now=NOW)
    left = set(session.scalars(select(OutboxMail.id)))
    assert left == wanted and not left & numbers


def test_the_status_counts_and_says_since_when_the_oldest_waits(session):
    assert queries.status() == queries.OutboxStatus(0, 0, 0, None)
    post(created_at=NOW - timedelta(hours=3))
    post()
    post(sent_at=NOW)
    assert queries.status() == queries.OutboxStatus(2, 1, 0, NOW - timedelta(hours=3))


def test_closing_an_account_takes_its_mail_away_and_nobody_elses(app_context, session):
    user = make_user()
    services.post(user.email, "Yours", "Body", domain="x.example")
    services.post("other@x.example", "Theirs", "Body", domain="x.example")
    accounts.close(user)
    session.commit()
    assert sorted(session.scalars(select(OutboxMail.to_address))) == sorted([user.email, "other@x.example"])
    assert "Yours" not in session.scalars(select(OutboxMail.subject)).all()
