"""Files that people bring: told by their content, and harmless."""

import io
import struct
import zipfile
import zlib
from contextlib import suppress

import pytest

from ipf_talent.applications.files import MOST_BYTES, FileKind, check
from ipf_talent.errors import DomainError

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Override PartName="/word/document.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def docx(**parts: bytes) -> bytes:
    """A document of these parts; `__` in a name stands for a slash and `_dot_` for a dot."""
    named = {name.replace("__", "/").replace("_dot_", "."): data for name, data in parts.items()}
    held = {"[Content_Types].xml": TYPES, "word/document.xml": b"<w:document/>"} | named
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(("name", "data", "kind"), [("cv.pdf", PDF, FileKind.PDF), ("Mijn CV.DOCX", docx(), FileKind.DOCX)])
def test_a_plain_document_is_taken(name, data, kind):
    found = check(name, data)
    assert (found.kind, found.data) == (kind, data)
    assert found.label.endswith(f".{kind.value}")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("cv.pdf", b""),
        ("cv.pdf", b"MZ\x90\x00" + PDF),
        ("cv.pdf", b"\x7fELF" + b"\x00" * 200),
        ("cv.pdf", b"<html><script>alert(1)</script></html>"),
        ("cv.pdf", b"<svg onload=alert(1)>%%EOF"),
        ("cv.pdf", b"\n" + PDF),
        ("cv.pdf", docx()),
        ("cv.docx", PDF),
        ("cv.exe", PDF),
        ("cv", PDF),
        ("cv.pdf.exe", PDF),
        ("cv.pdf", PDF.replace(b"%%EOF", b"")),
        ("cv.pdf", PDF + b"A" * MOST_BYTES),
        ("cv.pdf", PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript /JS (app.alert(1)) >>")),
        ("cv.pdf", PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /#4aava#53cript >>")),
        ("cv.pdf", PDF.replace(b"/Catalog", b"/Catalog /AA << /S /Launch /F (cmd.exe) >>")),
        ("cv.pdf", PDF.replace(b"/Catalog", b"/Catalog /Names << /EmbeddedFile 1 >>")),
        ("cv.pdf", PDF.replace(b"trailer", b"trailer << /Encrypt 5 0 R >>")),
        ("cv.docx", b"PK\x03\x04" + b"\x00" * 100),
        ("cv.docx", docx()[:-40]),
        ("cv.docx", docx(word__vbaProject_dot_bin=b"x")),
        ("cv.docx", docx(word__evil_dot_exe=b"x")),
        ("cv.docx", docx(word__embeddings__oleObject1_dot_bin=b"MZ\x90\x00")),
        ("cv.docx", docx(**{"..__..__etc__passwd": b"x"})),
        ("cv.docx", docx(__etc__passwd=b"x")),
        ("cv.docx", docx(**{f"word__part{n}_dot_xml": b"x" for n in range(210)})),
        ("cv.docx", docx(word__bomb_dot_xml=b"\x00" * 60_000_000)),
        ("cv.docx", docx(word__bomb_dot_xml=b"\x00" * 5_000_000)),
        ("cv.docx", docx(**{"[Content_Types].xml": TYPES.replace(b"document.main", b"document.macroEnabled.main")})),
        ("cv.docx", docx(**{"[Content_Types].xml": b"<Types/>"})),
    ],
)
def test_anything_else_is_refused_with_a_sentence_beside_the_field(name, data):
    with pytest.raises(DomainError) as refused:
        check(name, data)
    assert refused.value.field == "file"
    assert refused.value.message


def test_a_zip_that_is_no_document_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(DomainError):
        check("cv.docx", buffer.getvalue())


def test_a_directory_that_lies_about_sizes_is_found_out_while_unpacking():
    data = bytearray(docx(word__bomb_dot_xml=b"\x00" * 4_000_000))
    honest, lie = struct.pack("<L", 4_000_000), struct.pack("<L", 1_000)
    assert bytes(data).count(honest) == 2
    with pytest.raises(DomainError):
        check("cv.docx", bytes(data).replace(honest, lie))


def test_damaged_parts_are_refused_and_do_not_crash():
    data = bytearray(docx(word__long_dot_xml=zlib.compress(b"abc" * 9999)))
    for position in range(60, len(data), 37):
        broken = bytearray(data)
        broken[position] ^= 0xFF
        with suppress(DomainError):
            check("cv.docx", bytes(broken))


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("C:\\Users\\me\\Mijn cv.pdf", "Mijn cv.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ('cv"\r\nX-Evil: 1.pdf', "cvX-Evil 1.pdf"),
        ("<script>.pdf", "script.pdf"),
        ("\u202efdp.pdf", "fdp.pdf"),
        (".pdf", "cv.pdf"),
        ("a" * 300 + ".pdf", "a" * 74 + ".pdf"),
        ("cv Jildou Hoekstra (2).pdf", "cv Jildou Hoekstra (2).pdf"),
    ],
)
def test_the_name_becomes_a_harmless_label(name, label):
    assert check(name, PDF).label == label
