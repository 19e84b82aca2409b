"""The commands about mail."""

from datetime import timedelta

from ipf_talent import clock, mail
from ipf_talent.notifications import cli, services


def test_status_and_send(app, session):
    runner = app.test_cli_runner()
    services.post("a@b.example", "Subject", "Body", domain="x.example")
    given_up = services.post("c@b.example", "Subject", "Body", domain="x.example")
    given_up.given_up_at = clock.now() - timedelta(hours=1)
    session.commit()
    before = runner.invoke(cli.group, ["status"]).output
    assert "waiting 1, sent 0, given up 1" in before and "the oldest waits since" in before
    assert "1 sent." in runner.invoke(cli.group, ["send"]).output
    after = runner.invoke(cli.group, ["status"]).output
    assert "waiting 0, sent 1, given up 1" in after and "oldest" not in after


def test_what_was_given_up_is_listed_with_its_error_and_no_address(app, session):
    row = services.post("private@b.example", "Subject", "Body", domain="x.example")
    services.note_failed(row.id, "SMTPDataError 550", now=clock.now(), for_good=True)
    session.commit()
    number = row.id
    shown = app.test_cli_runner().invoke(cli.group, ["status"]).output
    assert f"given up {number}: SMTPDataError 550" in shown and "private" not in shown


def test_a_mail_is_a_file_by_default(app, app_context, tmp_path, monkeypatch):
    monkeypatch.setitem(app.config, "MAIL_BACKEND", "file")
    monkeypatch.setitem(app.config, "INSTANCE", str(tmp_path))
    mail.send(mail.message("a@b.example", "Ûnderwerp", "Goeie, dit is in brief.", "<7@x.example>"))
    text = (tmp_path / "mail" / "7.eml").read_text()
    assert "To: a@b.example" in text and "Message-ID: <7@x.example>" in text and mail.sent == []
