"""Fetch the files of others that we serve ourselves, and note the hash of each.

`static/vendor/vendor.json` names every package, its version, the sha512 of its archive and the files we take; this script
fetches the archives with `npm pack`, refuses one whose hash differs, copies the files and writes `static/vendor/manifest.json`
(path → sha384). Only whoever updates a package needs Node: change the version and the integrity (`npm view NAME@VERSION
dist.integrity`), run this, commit the outcome.
"""

import base64
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WANTED = ROOT / "static" / "vendor" / "vendor.json"
MANIFEST = ROOT / "static" / "vendor" / "manifest.json"


class VendorError(RuntimeError):
    """An archive is not what vendor.json says it is."""


@dataclass(frozen=True)
class Package:
    """One package: where it comes from, and which of its files land where in this project."""

    name: str
    version: str
    licence: str
    """SPDX identifier."""
    integrity: str
    """Of the whole archive: `sha512-` and base64."""
    folder: str
    """Relative to the project."""
    files: dict[str, str]
    """Path in the archive → name in `folder`."""

    def targets(self) -> Iterator[tuple[str, str]]:
        """Path in the archive and path in the project, for each file."""
        for source, name in self.files.items():
            yield source, f"{self.folder}/{name}"


def packages() -> list[Package]:
    """What vendor.json asks for."""
    return [Package(**row) for row in json.loads(WANTED.read_text())["packages"]]


def digest(content: bytes, algorithm: str) -> str:
    """The hash as browsers and npm write it: algorithm, dash, base64."""
    return f"{algorithm}-{base64.b64encode(hashlib.new(algorithm, content).digest()).decode()}"


def fetch(package: Package, folder: Path) -> bytes:
    """
    The archive of a package.

    Raises:
        VendorError: its sha512 is not the one in vendor.json.
    """
    command = ["npm", "pack", f"{package.name}@{package.version}", "--silent", "--pack-destination", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    content = (folder / done.stdout.strip().splitlines()[-1]).read_bytes()
    if (found := digest(content, "sha512")) != package.integrity:
        raise VendorError(f"{package.name} {package.version}: expected {package.integrity}, got {found}")
    return content


def unpack(package: Package, archive: Path) -> dict[str, str]:
    """
    Copy the files that we want.

    Returns:
        path in the project → sha384.

    Raises:
        VendorError: the archive lacks a file.
    """
    hashes = {}
    with tarfile.open(archive) as tar:
        for source, target in package.targets():
            try:
                member = tar.extractfile(f"package/{source}")
            except KeyError:
                member = None
            if member is None:
                raise VendorError(f"{package.name} {package.version} has no file {source}")
            content = member.read()
            (ROOT / target).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / target).write_bytes(content)
            hashes[target] = digest(content, "sha384")
    return hashes


def main() -> None:
    """Fetch all, remove what is no longer asked for, write the manifest."""
    before = json.loads(MANIFEST.read_text()) if MANIFEST.exists() else {}
    hashes: dict[str, str] = {}
    for package in packages():
        with tempfile.TemporaryDirectory() as folder:
            archive = Path(folder) / "archive"
            archive.write_bytes(fetch(package, Path(folder)))
            hashes |= unpack(package, archive)
        print(f"{package.name} {package.version}: {len(package.files)} files")
    for path in before.keys() - hashes.keys():
        (ROOT / path).unlink(missing_ok=True)
    MANIFEST.write_text(json.dumps(hashes, indent=2, sort_keys=True) + "\n")


if __name__ == "__main__":
    try:
        main()
    except VendorError as error:
        sys.exit(str(error))
