"""Numbered folders that are written whole, put in place in one step and cleared away when newer ones stand."""

import fcntl
import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

POINTER = re.compile(r"(generation-\d{6,}) ([0-9a-f]{64})\n")


def publish(work: Path, folder: Path, checksum: str, keep: int) -> Path:
    """
    Make a finished work folder the newest generation, point CURRENT to it and clear old generations away.

    Parameters
    ----------
    checksum : str
        Of the manifest; stands beside the name in CURRENT.
    keep : int
        Generations to keep, this one included; at least 1.
    """
    sync(work)
    with _locked(folder):
        numbers = sorted(int(path.name.partition("-")[2]) for path in folder.glob("generation-*"))
        generation = folder / f"generation-{max([0, *numbers]) + 1:06d}"
        work.rename(generation)
        pointer = folder / f".current-{uuid4().hex}"
        write(pointer, f"{generation.name} {checksum}\n".encode())
        pointer.replace(folder / "CURRENT")
        sync(folder)
        for number in numbers[: len(numbers) + 1 - max(keep, 1)]:
            shutil.rmtree(folder / f"generation-{number:06d}", ignore_errors=True)
    return generation


@contextmanager
def workplace(folder: Path) -> Iterator[Path]:
    """
    A fresh folder to build a generation in; what is left of it afterwards is removed.

    It is locked as long as its builder lives, so that the next builder can tell one in use from one that a kill left.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder):
        _clear_abandoned(folder)
        work = folder / f".new-{uuid4().hex}"
        work.mkdir()
        handle = os.open(work, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield work
    finally:
        os.close(handle)
        shutil.rmtree(work, ignore_errors=True)


def pointer(folder: Path) -> tuple[str, str] | None:
    """Name and checksum that CURRENT holds, None where there is none; ValueError where it holds something else."""
    try:
        content = (folder / "CURRENT").read_bytes()
    except FileNotFoundError:
        return None
    match = POINTER.fullmatch(content.decode("ascii"))
    if match is None:
        raise ValueError("CURRENT does not name a generation.")
    return match[1], match[2]


def write(path: Path, content: bytes) -> None:
    """Write a file and wait until it is on the disk."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def checksum(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    handle = os.open(folder / ".lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _clear_abandoned(folder: Path) -> None:
    for work in folder.glob(".new-*"):
        handle = os.open(work, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(work, ignore_errors=True)
        except BlockingIOError:
            continue
        finally:
            os.close(handle)
    for left in folder.glob(".current-*"):
        left.unlink(missing_ok=True)
