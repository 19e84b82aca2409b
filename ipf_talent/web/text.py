"""Text from outside: what may come in, and the one shape it is kept in."""

import re
import unicodedata

from ipf_talent.errors import DomainError
from ipf_talent.i18n import _

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


def clean(value: str, *, lines: bool = False) -> str:
    """
    Bring text into NFC without control characters or space at its ends.

    Args:
        lines: keep line ends (as line feeds); otherwise every run of white space becomes one space.

    Raises:
        DomainError: it holds a NUL, half a character, or marks that turn the reading direction.
    """
    if "\x00" in value or _BIDI.search(value) or any(0xD800 <= ord(sign) <= 0xDFFF for sign in value):
        raise DomainError(_("This text holds characters that cannot be kept. Please type it again."))
    value = _CONTROL.sub("", unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")))
    return value.strip() if lines else " ".join(value.split())


def local_path(target: str | None) -> str | None:
    """The target if it is a path on this site, else None; this is what may follow `next=`."""
    return target if target and len(target) <= 2000 and _LOCAL.fullmatch(target) else None
