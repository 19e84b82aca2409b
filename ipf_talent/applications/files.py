"""Documents that people bring: what a file really is, by its content. Nothing is executed, unpacked to disk or trusted by name."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.uploads import archive

MOST_BYTES = 5_000_000

_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA|OpenAction)\b")
"""What makes a PDF do something; an OpenAction alone only scrolls, but nothing of a CV needs one that runs."""
_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = "[Content_Types].xml"


class FileKind(StrEnum):
    """Kinds of document that are taken; the value is the ending of its name."""

    PDF = "pdf"
    DOCX = "docx"

    @property
    def mimetype(self) -> str:
        """What a browser is told."""
        return "application/pdf" if self is FileKind.PDF else _MAIN.decode().removesuffix(".main+xml")


@dataclass(frozen=True)
class Checked:
    """A file that may be kept: what it is, and a name for people to read."""

    kind: FileKind
    label: str
    data: bytes


def check(name: str, data: bytes) -> Checked:
    """
    Look at a file by its content.

    Args:
        name: as the browser sent it; only a cleaned label is made of it.

    Raises:
        DomainError: it is empty, too large, no PDF or DOCX, or one that could do harm.
    """
    if not data:
        raise DomainError(_("This file is empty."), field="file")
    if len(data) > MOST_BYTES:
        raise DomainError(_("This file is larger than 5 MB. Save it with smaller pictures and try again."), field="file")
    kind = _kind_of(data)
    ending = name.rpartition(".")[2].lower()
    if kind is None or ending != kind.value:
        raise DomainError(_("Only a PDF or a Word document (DOCX) can be sent, and its name has to end that way."), field="file")
    (check_pdf if kind is FileKind.PDF else _check_docx)(data)
    return Checked(kind, label_of(name, kind), data)


def _kind_of(data: bytes) -> FileKind | None:
    if re.match(rb"%PDF-[12]\.\d", data):
        return FileKind.PDF
    return FileKind.DOCX if data.startswith(b"PK\x03\x04") else None


def label_of(name: str, kind: StrEnum, *, fallback: str = "cv") -> str:
    """The name as a label: no folder, no odd character, at most 80, with the ending of what it is (the value of its kind)."""
    stem = unicodedata.normalize("NFC", re.split(r"[\\/]", name)[-1].rpartition(".")[0])
    stem = "".join(sign for sign in stem if sign.isalnum() or sign in " -_.()")
    stem = " ".join(stem.split()).strip(". ")[:74] or fallback
    return f"{stem}.{kind.value}"


def check_pdf(data: bytes) -> None:
    """
    A PDF that may be kept.

    Raises:
        DomainError: it is not whole, has a password, or does something when it is opened.
    """
    if b"%%EOF" not in data[-2048:]:
        raise DomainError(_("This PDF is not whole. Save it again and try once more."), field="file")
    if b"/Encrypt" in data:
        raise DomainError(_("This PDF has a password. Save it without one."), field="file")
    names = re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), data)
    found = {match[0] for match in _ACTIVE.finditer(names)}
    if found - {b"/OpenAction"}:
        raise _harmful()


def _check_docx(data: bytes) -> None:
    try:
        contents = archive.looked_through(data, keep=[_TYPES])
    except archive.NotWhole as error:
        raise DomainError(_("This document is not whole. Save it again and try once more."), field="file") from error
    except archive.Harmful as error:
        raise _harmful() from error
    if "word/document.xml" not in contents.names or _MAIN not in contents.kept.get(_TYPES, b""):
        raise DomainError(_("This is not a Word document."), field="file")


def _harmful() -> DomainError:
    words = _("This file holds more than a text. Save it anew as a plain PDF, without forms, scripts or attachments.")
    return DomainError(words, field="file")
