"""Sending: every mail once, a server that is gone or refuses costs patience and nothing else."""

import smtplib
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from ipf_talent import clock, db, mail
from ipf_talent.accounts.models import Attempt, AuditEntry, User
from ipf_talent.notifications import jobs, services
from ipf_talent.notifications.models import OutboxMail
from tests.factories.accounts import make_user


def post(number: int = 1, subject: str = "Subject") -> list[int]:
    made = [services.post(f"{n}@b.example", subject, "Body with link", domain="ipf.example").id for n in range(number)]
    db.session.commit()
    return made


def rows(session) -> list[OutboxMail]:
    session.expire_all()
    return list(session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


@pytest.fixture
def breaking(monkeypatch):
    """Let sending fail with this error, so many times; gives what was tried."""

    def with_(error: Exception, times: int = 10_000) -> list[str]:
        tried, real = [], mail.send

        def send(message):
            tried.append(message["To"])
            if len(tried) <= times:
                raise error
            real(message)

        monkeypatch.setattr(mail, "send", send)
        return tried

    return with_


def test_what_waits_goes_out_once(app_context, session):
    post(3)
    assert [jobs.sweep_outbox(), jobs.sweep_outbox()] == [3, 0]
    assert sorted(message["To"] for message in mail.sent) == ["0@b.example", "1@b.example", "2@b.example"]
    assert len({message["Message-ID"] for message in mail.sent}) == 3
    assert all(row.sent_at for row in rows(session))


def test_a_server_that_is_gone_is_asked_three_times_a_round_and_nothing_is_lost(app_context, session, breaking):
    with time_machine.travel("2027-01-04 09:00Z", tick=False) as traveller:
        post(10)
        tried = breaking(ConnectionRefusedError(), times=3)
        assert jobs.sweep_outbox() == 0 and len(tried) == 3
        traveller.shift(timedelta(minutes=1))
        assert jobs.sweep_outbox() == 10
        assert [row.tries for row in rows(session)] == [2, 2, 2] + [1] * 7


def test_one_address_that_is_refused_does_not_hold_up_the_others(app_context, session, breaking):
    post(6)
    breaking(smtplib.SMTPRecipientsRefused({}), times=4)
    assert jobs.sweep_outbox() == 2


def test_the_same_message_number_is_used_for_each_try(app_context, session, breaking):
    with time_machine.travel("2027-01-04 09:00Z", tick=False) as traveller:
        post()
        before = rows(session)[0].message_id
        breaking(TimeoutError(), times=1)
        jobs.sweep_outbox()
        traveller.shift(timedelta(minutes=2))
        jobs.sweep_outbox()
        assert [message["Message-ID"] for message in mail.sent] == [before]


def test_a_killed_sender_loses_nothing(app_context, session, monkeypatch):
    with time_machine.travel("2027-01-04 09:00Z", tick=False) as traveller:
        post()

        def die(_message):
            raise KeyboardInterrupt

        with monkeypatch.context() as broken:
            broken.setattr(mail, "send", die)
            with pytest.raises(KeyboardInterrupt):
                jobs.sweep_outbox()
        session.rollback()
        assert jobs.sweep_outbox() == 0
        traveller.shift(services.LEASE)
        assert jobs.sweep_outbox() == 1


def test_an_address_that_no_mail_can_carry_is_given_up_and_says_why(app_context, session):
    number = post()[0]
    session.get(OutboxMail, number).to_address = "a@b.example\nBcc: x@y.example"
    session.commit()
    assert jobs.sweep_outbox() == 0
    row = rows(session)[0]
    assert row.given_up_at is not None and row.last_error == "ValueError"


def test_errors_are_kept_without_what_the_server_said(app_context, session, breaking):
    post()
    breaking(smtplib.SMTPDataError(550, b"a@b.example is nobody here"))
    jobs.sweep_outbox()
    assert rows(session)[0].last_error == "SMTPDataError 550"


def test_a_commit_that_wrote_mail_asks_for_sending_and_another_does_not(app, app_context, session, monkeypatch):
    asked = []
    monkeypatch.setitem(app.config, "JOBS", True)
    monkeypatch.setattr(jobs.jobs, "soon", lambda _app, job: asked.append(job.__name__))
    make_user()
    assert asked == []
    services.post("a@b.example", "Subject", "Body", domain="x.example")
    session.rollback()
    session.commit()
    assert asked == []
    post()
    assert asked == ["send_mail_soon"]


def test_a_queue_that_is_broken_does_not_break_the_request(app, app_context, session, monkeypatch):
    def broken(_app, _job):
        raise OSError

    monkeypatch.setitem(app.config, "JOBS", True)
    monkeypatch.setattr(jobs.jobs, "soon", broken)
    assert post()


def test_the_hourly_round_takes_away_what_the_privacy_page_says(app_context, session):
    old = clock.now() - timedelta(days=800)
    session.add(AuditEntry(at=old, actor_id=1, action="x", thing="user", thing_id=1, detail={}))
    session.add_all([Attempt(kind="sign_in", key="x", at=clock.now() - timedelta(days=d, minutes=1)) for d in (0, 1)])
    make_user(confirmed_at=None, created_at=old)
    session.commit()
    jobs.tidy_outbox()
    left = [len(session.scalars(select(model.id)).all()) for model in (AuditEntry, Attempt, User)]
    assert left == [0, 1, 0]
