"""Which passwords pass, how they are kept, and that a stranger takes as long as a friend."""

import unicodedata

import pytest

from ipf_talent import clock
from ipf_talent.accounts import passwords
from ipf_talent.errors import DomainError
from tests.factories.accounts import make_user

OWN = ("Tsjikke Proef", "tsjikke@voorbeeld.example", "Voorbeeld Robotica")


@pytest.mark.parametrize(
    "password",
    [
        "kievit op de dyk", "lepel vuurtoren zeven", "correct-kameel-batterij", "Zes9walnoten&regen", "ik fiets graag om de Leijen",
        "møte på torsdag hjemme", "wxqzjvkbpfgh", "  spaties blijven staan ", "x" * 100 + "kievit op dyk",
    ],
)  # fmt: skip
def test_a_password_that_others_do_not_guess_passes(app_context, password):
    passwords.check(password, own=OWN)


@pytest.mark.parametrize(
    "password",
    [
        "", "kort", "elftekens..", "x" * 129, "password1234", "P@ssw0rd!!!!", "aaaaaaaaaaaa", "123456789012", "qwertyuiop12",
        "abcabcabcabc", "welkom welkom", "tsjikke2009!", "TSJIKKEPROEF", "proefproefproef", "voorbeeld robotica", "drachten2026",
        "ipftalent2027", "1qaz2wsx3edc",
    ],
)  # fmt: skip
def test_a_password_that_is_short_long_known_or_ones_own_is_refused(app_context, password):
    with pytest.raises(DomainError) as refused:
        passwords.check(password, own=OWN)
    assert refused.value.field == "password"


def test_what_is_kept_is_argon2id_and_differs_each_time(app_context):
    first, second = passwords.hash_password("lepel vuurtoren zeven"), passwords.hash_password("lepel vuurtoren zeven")
    assert first.startswith("$argon2id$") and first != second


def test_the_right_password_fits_in_either_form_of_its_letters(app_context):
    user = make_user(password_hash=passwords.hash_password("café aan it wetter"))
    assert passwords.verify(user, unicodedata.normalize("NFD", "café aan it wetter"))
    assert not passwords.verify(user, "cafe aan it wetter")


def test_nobody_a_closed_account_and_a_hash_that_is_none_never_fit(app_context):
    right = "lepel vuurtoren zeven"
    closed = make_user(password_hash=passwords.hash_password(right), closed_at=clock.now())
    assert [passwords.verify(user, right) for user in (None, closed, make_user(password_hash="!"))] == [False] * 3


def test_a_very_long_password_does_not_fit_by_its_beginning(app_context):
    start = "abcdefg hijk " * 9 + "einde hier!"
    user = make_user(password_hash=passwords.hash_password(start[:128]))
    assert passwords.verify(user, start[:128])
    assert not passwords.verify(user, start[:128] + "x" * 10_000)


def test_a_stranger_costs_the_same_hashing_as_a_friend(app_context, monkeypatch):
    """The same function, once, with the same costs: what a clock could tell apart comes from nothing else."""
    user, calls = make_user(password_hash=passwords.hash_password("lepel vuurtoren zeven")), []
    real = passwords.PasswordHasher.verify

    def noted(self, kept, given):
        calls.append(kept.rpartition("$")[0].rpartition("$")[0])
        return real(self, kept, given)

    passwords.verify(None, "warm up")
    monkeypatch.setattr(passwords.PasswordHasher, "verify", noted)
    passwords.verify(user, "not this one")
    passwords.verify(None, "not this one")
    assert len(calls) == 2 and calls[0] == calls[1]


def test_ten_kilobytes_are_refused_before_anything_is_searched_in_them(app_context, monkeypatch):
    monkeypatch.setattr(passwords, "_left_over", lambda *_asked: pytest.fail("searched"))
    with pytest.raises(DomainError):
        passwords.check("ab1" * 3_400)


def test_other_settings_ask_for_another_hash(app, app_context, monkeypatch):
    user = make_user(password_hash=passwords.hash_password("lepel vuurtoren zeven"))
    assert not passwords.needs_rehash(user)
    monkeypatch.setitem(app.config, "PASSWORD_ROUNDS", 3)
    assert passwords.needs_rehash(user)
