"""Scans of signed paper: what a file really is, by its content. Nothing is executed, opened as a picture or trusted by name."""

import hashlib
import re
import struct
from dataclasses import dataclass
from enum import StrEnum

from ipf_talent.applications import files
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _

MOST_BYTES = 10_000_000
MOST_PIXELS = 100_000_000
"""Of a picture; a page scanned at 600 dots per inch has 35 million."""


class ScanKind(StrEnum):
    """Kinds of scan that are taken; the value is the ending of its name."""

    PDF = "pdf"
    JPG = "jpg"
    PNG = "png"

    @property
    def mimetype(self) -> str:
        """What a browser is told."""
        return {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}[self.value]


@dataclass(frozen=True)
class Checked:
    """A scan that may be kept."""

    kind: ScanKind
    label: str
    data: bytes

    @property
    def sha256(self) -> str:
        """Its fingerprint, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


def check(name: str, data: bytes) -> Checked:
    """
    Look at a scan by its content.

    Args:
        name: as the browser sent it; only a cleaned label is made of it.

    Raises:
        DomainError: it is empty, too large, no PDF, JPG or PNG, not whole, or one that could do harm.
    """
    if not data:
        raise DomainError(_("This file is empty."), field="file")
    if len(data) > MOST_BYTES:
        raise DomainError(_("This file is larger than 10 MB. Scan it with fewer dots per inch and try again."), field="file")
    kind = _kind_of(data)
    ending = name.rpartition(".")[2].lower().replace("jpeg", "jpg")
    if kind is None or ending != kind.value:
        raise DomainError(_("Only a PDF, JPG or PNG can be kept, and its name has to end that way."), field="file")
    {ScanKind.PDF: files.check_pdf, ScanKind.JPG: _check_jpg, ScanKind.PNG: _check_png}[kind](data)
    return Checked(kind, files.label_of(name, kind, fallback="scan"), data)


def _kind_of(data: bytes) -> ScanKind | None:
    if re.match(rb"%PDF-[12]\.\d", data):
        return ScanKind.PDF
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return ScanKind.PNG
    return ScanKind.JPG if data.startswith(b"\xff\xd8\xff") else None


def _check_png(data: bytes) -> None:
    if len(data) < 33 or data[12:16] != b"IHDR" or b"IEND" not in data[-64:]:
        raise _not_whole()
    width, height = struct.unpack(">II", data[16:24])
    _check_size(width, height)


def _check_jpg(data: bytes) -> None:
    """Walks the segments up to the frame, which gives the size; what follows the end of the picture may be padding alone."""
    if b"\xff\xd9" not in data[-4096:]:
        raise _not_whole()
    place = 2
    while place + 9 < len(data):
        if data[place] != 0xFF:
            raise _not_whole()
        marker = data[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            _check_size(width, height)
            return
        place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    raise _not_whole()


def _check_size(width: int, height: int) -> None:
    if not (width > 0 and height > 0):
        raise _not_whole()
    if width * height > MOST_PIXELS:
        raise DomainError(_("This picture has too many dots. Scan it with fewer dots per inch and try again."), field="file")


def _not_whole() -> DomainError:
    return DomainError(_("This file is not whole. Save or scan it again and try once more."), field="file")
