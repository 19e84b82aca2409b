"""What we took from others is exactly what vendor.json and manifest.json say, checked without a network."""

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "static" / "vendor"
MANIFEST: dict[str, str] = json.loads((VENDOR / "manifest.json").read_text())
PACKAGES: list[dict[str, Any]] = json.loads((VENDOR / "vendor.json").read_text())["packages"]


def _sha384(path: Path) -> str:
    return "sha384-" + base64.b64encode(hashlib.sha384(path.read_bytes()).digest()).decode()


@pytest.mark.parametrize("path", MANIFEST)
def test_each_file_has_the_hash_that_was_noted(path: str) -> None:
    assert _sha384(ROOT / path) == MANIFEST[path]


def test_the_manifest_names_exactly_the_files_asked_for() -> None:
    wanted = {f"{package['folder']}/{name}" for package in PACKAGES for name in package["files"].values()}
    assert set(MANIFEST) == wanted


def test_nothing_else_lies_among_the_vendored_files() -> None:
    present = {path.relative_to(ROOT).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    notes = {"static/vendor/vendor.json", "static/vendor/manifest.json"}
    assert present - notes == {path for path in MANIFEST if path.startswith("static/vendor/")}


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_each_package_brings_its_licence(package: dict[str, Any]) -> None:
    assert package["licence"] in {"MIT", "0BSD", "OFL-1.1", "MPL-2.0"}
    assert len((ROOT / package["folder"] / "LICENSE").read_text()) > 500


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_each_package_names_one_version_and_the_hash_of_its_archive(package: dict[str, Any]) -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", package["version"])
    assert re.fullmatch(r"sha512-[A-Za-z0-9+/]{86}==", package["integrity"])


def test_the_lists_name_no_place_on_the_network() -> None:
    for name in ("vendor.json", "manifest.json"):
        assert "://" not in (VENDOR / name).read_text()


def test_no_source_map_is_served() -> None:
    assert [path for path in MANIFEST if path.endswith(".map")] == []


def test_what_only_tests_need_is_not_served() -> None:
    assert [path for path in MANIFEST if "axe" in path and path.startswith("static/")] == []
