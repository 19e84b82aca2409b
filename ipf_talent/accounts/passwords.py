"""Passwords: how they are kept (argon2id), compared in equal time, and which are too easy to guess."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

from ipf_talent.accounts.models import User
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _

SHORTEST, LONGEST = 12, 128
"""Characters."""

LEFT_OVER = 6
"""Different letters and digits that must remain once everything guessable is taken out."""

OURS = ("ipf", "ipftalent", "talent", "drachten", "smallingerland", "fryslan", "friesland", "innovatiepark")
_LIST = Path(__file__).parent / "data" / "common_passwords.txt"
_FOLDED = str.maketrans("01345789@$!€+", "oieasytgasiet")
_WORD = re.compile(r"[a-z]{3,}")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_REPEATS = re.compile(r"(.)\1{2,}")
_AGAIN = re.compile(r"(.{2,}?)\1+")
_NO_SIGN = re.compile(r"[\W_]+")
_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "azertyuiop",
    "qwertzuiop",
    "1qaz2wsx3edc4rfv5tgb6yhn",
)


def hash_password(password: str) -> str:
    """What may be stored of a password; the caller has checked it."""
    return _hasher().hash(_same_form(password))


def verify(user: User | None, password: str) -> bool:
    """Whether the password is this person's; as slow when nobody is known by that address, and never for a closed account."""
    kept = user.password_hash if user is not None and user.closed_at is None else None
    too_long = len(password) > LONGEST
    try:
        _hasher().verify(kept if kept and not too_long else _dummy(*_cost()), _same_form(password[:LONGEST]))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None and not too_long


def needs_rehash(user: User) -> bool:
    """Whether the settings have changed since this person's password was hashed."""
    return _hasher().check_needs_rehash(user.password_hash)


def check(password: str, *, own: Iterable[str] = (), field: str = "password") -> None:
    """
    Refuse a password that others would guess.

    Args:
        own: words that belong to the person or the place: a name, an address, organisations.
        field: the form field the refusal belongs to.

    Raises:
        DomainError: shorter than 12 or longer than 128 characters, or made of known words, names, rows and repeats.
    """
    password = unicodedata.normalize("NFC", password)
    if len(password) < SHORTEST:
        raise DomainError(_("Use at least %(number)s characters. A few words are easy to remember.", number=SHORTEST), field)
    if len(password) > LONGEST:
        raise DomainError(_("Use at most %(number)s characters.", number=LONGEST), field)
    if _is_common(password) or len(set(_left_over(password, own))) < LEFT_OVER:
        raise DomainError(_("This password is easy to guess. Leave out names, well-known words and rows such as 1234."), field)


def _left_over(password: str, own: Iterable[str]) -> str:
    """The letters and digits that no list, name, row, year or repeat explains."""
    rest = _without(_rows(), _REPEATS.sub(r"\1", _plain(password)))
    pieces = _weak_pieces(own)
    rest = _without(pieces, _without(pieces, _YEAR.sub(" ", rest)).translate(_FOLDED))
    return _NO_SIGN.sub("", _AGAIN.sub(r"\1", rest))


def _weak_pieces(own: Iterable[str]) -> list[str]:
    mine = {word for text in own for word in _WORD.findall(_plain(text))}
    whole = {_squeezed(text) for text in own if len(_squeezed(text)) >= 3}
    return sorted({*_common_words(), *OURS, *mine, *whole}, key=lambda piece: (-len(piece), piece))


def _without(pieces: Iterable[str], text: str) -> str:
    for piece in pieces:
        text = text.replace(piece, " ")
    return text


@lru_cache(maxsize=1)
def _rows() -> tuple[str, ...]:
    """Four or more keys or signs that follow each other, the longest first."""
    lines = [line for row in _RUNS for line in (row, row[::-1])]
    found = {line[start:end] for line in lines for start in range(len(line)) for end in range(start + 4, len(line) + 1)}
    return tuple(sorted(found, key=lambda row: (-len(row), row)))


def _is_common(password: str) -> bool:
    squeezed = _squeezed(password)
    known = _common_words()
    return squeezed in known or _squeezed(_plain(password).translate(_FOLDED)) in known


def _plain(text: str) -> str:
    """Small letters without accents."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(sign))


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", _plain(text))


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    lines = (line.strip() for line in _LIST.read_text(encoding="utf-8").splitlines())
    return frozenset(_squeezed(line) for line in lines if line and not line.startswith("#"))


def _same_form(password: str) -> str:
    return unicodedata.normalize("NFC", password)


def _cost() -> tuple[int, int]:
    return current_app.config["PASSWORD_ROUNDS"], current_app.config["PASSWORD_MEMORY_KIB"]


def _hasher() -> PasswordHasher:
    rounds, memory_kib = _cost()
    return PasswordHasher(time_cost=rounds, memory_cost=memory_kib, parallelism=1, type=Type.ID)


@lru_cache(maxsize=4)
def _dummy(rounds: int, memory_kib: int) -> str:
    """A hash at today's cost that stands in where there is no person."""
    return PasswordHasher(time_cost=rounds, memory_cost=memory_kib, parallelism=1, type=Type.ID).hash("nobody at all has this one")
