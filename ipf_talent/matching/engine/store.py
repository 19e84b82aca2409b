"""Generations of an index on disk: written whole, checked when read, replaced in one step.

A folder holds `generation-000007/` with one .npy file for each array and `manifest.json`; `CURRENT` names the one in
use and the checksum of its manifest, and the manifest has the checksum of each file. Readers map the files into
memory and keep what they have mapped, also when a newer generation takes over.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from . import generations
from .layout import from_arrays, to_arrays
from .versions import SCHEMA, Versions

if TYPE_CHECKING:
    from .ranking import Matcher

ATTEMPTS = 3
"""How often a reader starts again because newer generations came and the one it was reading was cleared away."""


class IndexProblem(Exception):
    """A stored index cannot be used; it has to be built (again)."""


class IndexMissing(IndexProblem):
    """There is no index in this folder."""


class IndexDamaged(IndexProblem):
    """A file is missing, cut short or changed."""


class IndexStale(IndexProblem):
    """The index is sound, but of another version than asked for."""


def save(matcher: "Matcher", folder: Path, *, taxonomy: str = "", corpus: str = "", keep: int = 2) -> Path:
    """
    Write a fitted matcher as a new generation and make it the current one.

    Safe beside readers and other writers; a kill at any moment leaves a whole generation in use.

    Parameters
    ----------
    matcher : Matcher
    folder : Path
        Made if absent.
    taxonomy, corpus : str, optional
        Versions by the caller's own names instead of digests of the content.
    keep : int, default=2
        Generations to keep, the new one included; at least 1.

    Returns
    -------
    Path
        The folder of the new generation.
    """
    own = matcher.versions_
    versions = replace(own, taxonomy=taxonomy or own.taxonomy, corpus=corpus or own.corpus)
    with generations.workplace(folder) as work:
        files = {name: _write_array(work / f"{name}.npy", array) for name, array in to_arrays(matcher.index_.compact()).items()}
        content = {"versions": asdict(versions), "parameters": matcher.get_params(), "files": files}
        manifest = json.dumps(content, indent=1, sort_keys=True).encode()
        generations.write(work / "manifest.json", manifest)
        return generations.publish(work, folder, hashlib.sha256(manifest).hexdigest(), keep)


def load(folder: Path, *, expected: Mapping[str, str] | None = None) -> "Matcher":
    """
    Map the current generation into memory, checked.

    Parameters
    ----------
    folder : Path
    expected : mapping, optional
        Versions that it must have, any of "model", "background", "taxonomy", "corpus".

    Raises
    ------
    IndexMissing
        Nothing has been saved here.
    IndexDamaged
        A file is missing, cut short or changed.
    IndexStale
        The versions are others than expected, or than this code and its stemmer can read.
    """
    for _ in range(ATTEMPTS - 1):
        name = current(folder)
        try:
            return _load(folder, expected or {})
        except IndexDamaged:
            if current(folder) == name:
                raise
    return _load(folder, expected or {})


def current(folder: Path) -> str | None:
    """Name of the generation in use, None where there is none: cheap enough to ask before every request."""
    try:
        found = generations.pointer(folder)
    except (OSError, ValueError):
        return None
    return found[0] if found else None


def read_versions(folder: Path) -> Versions:
    """Versions of the generation in use; raises like `load`, but does not look at the arrays."""
    return Versions(**_manifest(folder)[1]["versions"])


def _load(folder: Path, expected: Mapping[str, str]) -> "Matcher":
    from .ranking import Matcher  # takes seconds the first time; who only looks at versions need not wait

    generation, manifest = _manifest(folder)
    versions = Versions(**manifest["versions"])
    try:
        matcher = Matcher(**manifest["parameters"])
    except TypeError as error:
        raise IndexStale("The index has parameters that this matcher does not know.") from error
    wanted = {"model": matcher.model_version, **expected}
    if others := [name for name, version in wanted.items() if getattr(versions, name) != version]:
        raise IndexStale(f"The index has another version of: {', '.join(others)}.")
    matcher.index_ = from_arrays(
        {name: _read_array(generation / f"{name}.npy", checksum) for name, checksum in manifest["files"].items()}
    )
    matcher.versions_ = versions
    return matcher


def _manifest(folder: Path) -> tuple[Path, dict[str, Any]]:
    try:
        found = generations.pointer(folder)
        if found is None:
            raise IndexMissing(f"There is no index in {folder.name}.")
        content = (folder / found[0] / "manifest.json").read_bytes()
    except (OSError, ValueError) as error:
        raise IndexDamaged("The generation in use cannot be found or read.") from error
    if hashlib.sha256(content).hexdigest() != found[1]:
        raise IndexDamaged("manifest.json is not the file that was written.")
    manifest: dict[str, Any] = json.loads(content)
    if manifest["versions"]["schema"] != SCHEMA:
        raise IndexStale(f"The index has schema {manifest['versions']['schema']}; this code reads {SCHEMA}.")
    return folder / found[0], manifest


def _write_array(path: Path, array: NDArray[Any]) -> str:
    np.save(path, array, allow_pickle=False)
    generations.sync(path)
    return generations.checksum(path)


def _read_array(path: Path, checksum: str) -> NDArray[Any]:
    try:
        if generations.checksum(path) != checksum:
            raise IndexDamaged(f"{path.name} is not the file that was written.")
        array: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError) as error:
        raise IndexDamaged(f"{path.name} cannot be read.") from error
    return array
