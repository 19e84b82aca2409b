"""One student and one place from files: a JSON object each, its shape checked, and what is not read of it named."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ipf_talent.matching.collections import LANGS, Entry, fault_of, is_whole, read_lines, read_object
from ipf_talent.sheets import FaultyFile

PROFILE = ("id", "wish", "text", "skills", "lang")
PLACE = ("id", "slug", "text", "musts", "wanted", "skills", "lang")


@dataclass(frozen=True, slots=True)
class Given:
    """
    A student or a place as a file gives it.

    Attributes:
        text: what is written; of a student the wish.
        skills: slugs, or names as somebody typed them; of a place they count as wanted.
        musts, wanted: what a place asks; a student has none.
        unread: keys that mean nothing here.
    """

    id: str
    text: str = ""
    skills: tuple[str, ...] = ()
    musts: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    lang: str | None = None
    unread: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        """Every skill that is named."""
        return (*self.musts, *self.wanted, *self.skills)

    @property
    def entry(self) -> Entry:
        """The same as a line of a collection, which knows no must."""
        return Entry(self.id, self.text, self.named, self.lang)


def read_profile(path: Path) -> Given:
    """
    Read a student: `wish` (or `text`), `skills`, `lang`, `id`; each may be left out.

    Raises:
        FaultyFile: the file is no JSON object, or a value has another shape.
    """
    return _read(path, PROFILE)


def read_place(path: Path) -> Given:
    """
    Read a place: `text`, `musts`, `wanted`, `skills`, `lang`, `id` (or `slug`); each may be left out.

    Raises:
        FaultyFile: the file is no JSON object, or a value has another shape.
    """
    return _read(path, PLACE)


def read_places(path: Path) -> list[Given]:
    """
    Read many places, one a line, each with an `id` (or `slug`).

    Raises:
        FaultyFile: with every fault by its line.
    """
    return read_lines(path, lambda values: _given(values, PLACE))


def _read(path: Path, keys: Collection[str]) -> Given:
    values = read_object(path)
    try:
        return _given(values, keys, path.stem)
    except ValueError as error:
        raise FaultyFile([fault_of(error, path)]) from error


def _given(values: Any, keys: Collection[str], id: str = "") -> Given:
    if not isinstance(values, dict):
        raise ValueError("this line is no JSON object")
    own = {key: value for key, value in values.items() if key in keys and value is not None}
    lang = own.get("lang")
    return Given(
        id=_id(_one_of(own, ("id", "slug")) or id),
        text=_one_of(own, ("wish", "text")),
        skills=_several(own, "skills"),
        musts=_several(own, "musts"),
        wanted=_several(own, "wanted"),
        lang=lang if lang in LANGS else None,
        unread=tuple(key for key in values if key not in keys),
    )


def _id(text: str) -> str:
    if not text or not is_whole(text):
        raise ValueError("`id` must be text")
    return text


def _one_of(values: Mapping[str, Any], names: Iterable[str]) -> str:
    """The text of one thing that may have either name."""
    found = [name for name in names if values.get(name) not in (None, "")]
    if len(found) > 1:
        raise ValueError(f"give `{found[0]}` or `{found[1]}`, not both")
    text = values[found[0]] if found else ""
    if not isinstance(text, str):
        raise ValueError(f"`{found[0]}` must be text")
    return text


def _several(values: Mapping[str, Any], name: str) -> tuple[str, ...]:
    found = values.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise ValueError(f"`{name}` must be a list of texts")
    if not all(map(is_whole, found)):
        raise ValueError(f"`{name}` holds half a sign")
    return tuple(found)
