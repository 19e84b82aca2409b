"""Every mail in every language: a subject, a greeting, the right address, and no HTML."""

import re
from pathlib import Path

import pytest

from ipf_talent.accounts import letters
from ipf_talent.notifications import letters as writing
from tests.accounts.conftest import mails
from tests.factories.accounts import make_user
from tests.factories.organisations import make_organisation

TEMPLATES = Path(__file__).parents[2] / "templates" / "mail"
NAME = "Tsj. O'Neil & <Zn>"


def all_letters(language: str) -> None:
    user, organisation = make_user(display_name=NAME, language=language), make_organisation(name="Smit & <Zn>")
    letters.confirm(user, "s")
    letters.known(user)
    letters.reset(user, "s")
    letters.password_changed(user)
    letters.change_email(user, "new@b.example", "s")
    letters.email_changing(user)
    letters.email_changed(user, "old@b.example")
    letters.closed(user.email, language)
    letters.invitation("x@y.example", language, organisation, "s")
    letters.roles_changed(user, organisation)
    letters.roles_changed(user, None)
    letters.organisation_checked(user, organisation)
    letters.organisation_refused(user, organisation.name)


@pytest.mark.parametrize("language", ["nl", "fy", "en"])
def test_every_letter_reads_well_and_leads_to_this_site(app_context, language):
    all_letters(language)
    written = mails()
    assert len(written) == 13
    for mail in written:
        assert mail.subject and len(mail.subject) < 80
        assert "{" not in mail.body and "None" not in mail.body and "&amp;" not in mail.body and "&lt;" not in mail.body
        links = re.findall(r"^http://localhost/\S*$", mail.body, re.MULTILINE)
        assert len(links) >= 1, mail.subject
        assert "\n--\nIPF Talent\n" in mail.body
        assert not re.search(r"\n{4,}", mail.body)


def test_every_template_is_used(app_context):
    code = Path(writing.__file__).parents[1]
    texts = [(code / "accounts" / "letters.py").read_text()]
    texts += [text for path in code.glob("*/**/*.py") if "letters.write(" in (text := path.read_text())]
    names = {path.stem for path in TEMPLATES.glob("[!_]*.txt")}
    assert names == set(re.findall(r'(?:_ask|letters\.write)\(\s*"(\w+)"', "\n".join(texts)))


def test_a_letter_that_anyone_can_cause_holds_no_name(app_context):
    user = make_user(display_name="Win a prize at evil.example")
    letters.confirm(user, "s")
    letters.known(user)
    letters.change_email(user, "new@b.example", "s")
    assert not any("evil.example" in mail.body + mail.subject for mail in mails())


def test_an_unknown_language_is_dutch(app_context):
    writing.write("closed", to="a@b.example", language="xx", link=("home.index", {}), values={})
    writing.write("closed", to="a@b.example", language="nl", link=("home.index", {}), values={})
    unknown, dutch = mails()
    assert (unknown.subject, unknown.body) == (dutch.subject, dutch.body)


def test_an_address_starts_with_the_configured_one(app, app_context, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://talent.example/")
    assert writing.address_of("accounts.reset", {"token": "abc"}) == "https://talent.example/reset/abc"


def test_letters_that_nobody_writes_are_a_bug_and_not_lost(app_context, monkeypatch):
    monkeypatch.setattr(letters.signals.letter, "receivers", {})
    with pytest.raises(RuntimeError):
        letters.closed("a@b.example", "nl")
