"""Zipped documents (DOCX, XLSX), looked at before anyone reads them: unpacked in memory, piece by piece, and nothing executed."""

import io
import zipfile
import zlib
from collections.abc import Collection
from dataclasses import dataclass

MOST_UNPACKED = 50_000_000
MOST_ENTRIES = 200
MOST_RATIO = 100
"""Unpacked bytes per packed byte; a real document stays far below."""

_PROGRAMS = (".exe", ".dll", ".com", ".scr", ".bat", ".cmd", ".js", ".vbs", ".ps1", ".jar", ".msi", ".lnk", ".hta")
_STARTS = (b"MZ", b"\x7fELF", b"#!")
_CHUNK = 65_536
_OVERLAP = 16


class NotWhole(ValueError):
    """No zip file, or one that is damaged."""


class Harmful(ValueError):
    """A zip file that a document never is: it unpacks to too much, holds programs, or declares entities."""


@dataclass(frozen=True)
class Contents:
    """What the archive holds: the names of its parts, and the bytes of those asked for."""

    names: tuple[str, ...]
    kept: dict[str, bytes]


def looked_through(data: bytes, *, keep: Collection[str] = ()) -> Contents:
    """
    Unpack an archive in memory, counting, and forget it again.

    Args:
        keep: names of parts whose bytes are given back.

    Raises:
        NotWhole: it cannot be unpacked.
        Harmful: it should not be.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_entries(archive.infolist(), len(data))
            kept = _check_parts(archive, frozenset(keep))
            return Contents(tuple(archive.namelist()), kept)
    except Harmful:
        raise
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise NotWhole(str(error)) from error


def _check_entries(entries: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * packed:
        raise Harmful("unpacks to too much")
    if len({entry.filename for entry in entries}) != len(entries):
        raise NotWhole("a name stands twice")
    for entry in entries:
        name = entry.filename.replace("\\", "/").lower()
        strange = name.startswith("/") or ".." in name.split("/") or ":" in name
        if strange or name.endswith(_PROGRAMS) or "vbaproject" in name or entry.flag_bits & 0x1:
            raise Harmful("holds a strange part")


def _check_parts(archive: zipfile.ZipFile, keep: frozenset[str]) -> dict[str, bytes]:
    """What the directory says of sizes may be a lie, so the bytes are counted."""
    kept: dict[str, bytes] = {}
    total = 0
    for name in archive.namelist():
        pieces: list[bytes] = []
        is_xml = name.lower().endswith((".xml", ".rels", ".vml"))
        before = b""
        with archive.open(name) as part:
            while piece := part.read(_CHUNK):
                total += len(piece)
                if total > MOST_UNPACKED or (not before and piece.startswith(_STARTS)) or (is_xml and _declares(before + piece)):
                    raise Harmful("holds a strange part")
                before = piece[-_OVERLAP * 2 :]
                if name in keep:
                    pieces.append(piece)
        if name in keep:
            kept[name] = b"".join(pieces)
    return kept


def _declares(piece: bytes) -> bool:
    """A document type in XML: office programs never write one, and entities are what it would be for."""
    if b"\0" in piece:
        piece = piece.replace(b"\0", b"")
    return b"<!DOCTYPE" in piece or b"<!ENTITY" in piece or b"<!doctype" in piece
