"""Scans of signed paper are judged by what they are."""

import struct
import zlib

import pytest

from ipf_talent.errors import DomainError
from ipf_talent.placements import scans
from ipf_talent.placements.scans import ScanKind

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def png(width: int = 10, height: int = 10) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 20)) + chunk(b"IEND", b"")


def jpg(width: int = 10, height: int = 10) -> bytes:
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + frame + b"\xff\xd9"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [("a.pdf", PDF, ScanKind.PDF), ("a.PNG", png(), ScanKind.PNG), ("a.jpg", jpg(), ScanKind.JPG), ("a.jpeg", jpg(), ScanKind.JPG)],
)
def test_a_scan_is_taken_for_what_it_is(name, data, kind):
    found = scans.check(name, data)
    assert found.kind is kind
    assert found.label == f"a.{kind.value}"
    assert len(found.sha256) == 64


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", b""),
        ("a.pdf", png()),
        ("a.png", PDF),
        ("a.exe", PDF),
        ("a", PDF),
        ("a.gif", b"GIF89a"),
        ("a.svg", b"<svg onload='alert(1)'/>"),
        ("a.pdf", PDF[:-8]),
        ("a.pdf", PDF.replace(b"<<>>", b"<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>", 1)),
        ("a.pdf", PDF.replace(b"<<>>", b"<</S/J#61vaScript>>", 1)),
        ("a.pdf", PDF.replace(b"trailer<<>>", b"trailer<</Encrypt 2 0 R>>")),
        ("a.png", png()[:-20]),
        ("a.png", png(60_000, 60_000)),
        ("a.png", png(0, 5)),
        ("a.jpg", jpg()[:-2]),
        ("a.jpg", jpg(65_000, 65_000)),
        ("a.jpg", b"\xff\xd8\xff" + b"\x00" * 40 + b"\xff\xd9"),
        ("a.jpg", b"\xff\xd8\xff\xd9"),
        ("a.pdf", b"%PDF-1.7" + b" " * scans.MOST_BYTES + b"%%EOF"),
    ],
)
def test_what_is_none_or_could_do_harm_is_refused(name, data):
    with pytest.raises(DomainError) as refusal:
        scans.check(name, data)
    assert refusal.value.field == "file"


def test_a_name_is_only_a_label():
    assert scans.check("../../etc/pass<wd>.pdf", PDF).label == "passwd.pdf"
