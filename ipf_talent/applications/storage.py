"""The folder of documents: outside the web root, random names, written whole or not at all."""

import io
import os
import re
import secrets
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from flask import Response, current_app, send_file

from ipf_talent.applications.models import Application
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _

_NAME = re.compile(r"[0-9a-f]{40}")


def folder(room: str = "documents") -> Path:
    """Where files of one sort lie, made when it is not there."""
    path = Path(str(current_app.config["INSTANCE"])) / room
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def put(data: bytes, room: str = "documents") -> str:
    """Keep a file; gives its name. The row that names it has to follow in the same request."""
    name, place = secrets.token_hex(20), folder(room)
    target, part = place / name, place / f"{name}.part"
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.rename(target)
    return name


def path_of(name: str, room: str = "documents") -> Path:
    """
    The file of that name.

    Raises:
        FileNotFoundError: there is none, or it is no name of ours.
    """
    path = folder(room) / name
    if not _NAME.fullmatch(name) or not path.is_file():
        raise FileNotFoundError(name)
    return path


def sweep(kept: Iterable[str], *, older_than: datetime, room: str = "documents") -> int:
    """Take away files that no row names, and that have lain there since before that moment; gives how many."""
    names, gone = set(kept), 0
    for path in folder(room).iterdir():
        if path.name not in names and path.stat().st_mtime < older_than.timestamp():
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def sent(application: Application) -> Response:
    """
    The CV of a response as an attachment that no browser runs or keeps.

    Raises:
        NotFound: there is none, or its file is gone.
    """
    document = application.document
    try:
        path = path_of(document.name if document else "")
    except FileNotFoundError as error:
        raise NotFound(_("There is no such document.")) from error
    assert document is not None
    return attached(path.read_bytes(), document.label, document.kind.mimetype)


def attached(data: bytes, label: str, mimetype: str) -> Response:
    """A file as an attachment that no browser runs or keeps."""
    answer = send_file(io.BytesIO(data), mimetype=mimetype, as_attachment=True, download_name=label, conditional=False)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "no-store"
    return answer
