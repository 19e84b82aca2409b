"""
OOAPI programmes and courses as JSON, version 5 and 6: read into lines, and written from what a school lists.

What the standard has no place for (the mode of study in Dutch terms, where one applies, days a week) stands in a consumer of our
own, `x-ipf-talent`; a file of another system does without it. A file may be a page of the API (`items`), a list, one object, or an
object with the collections `programs`, `programmes`, `courses`, `offerings`, `programmeOfferings` and `courseOfferings`.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ipf_talent.exchange.faults import Refusal
from ipf_talent.exchange.kinds import Refused
from ipf_talent.exchange.listings import Line
from ipf_talent.exchange.ooapi_lines import Json, LineReader, ident, own_part, rows
from ipf_talent.exchange.ooapi_words import CONSUMER
from ipf_talent.exchange.reading import Read

COLLECTIONS = ("programs", "programmes", "courses")
OFFERINGS = ("offerings", "programmeOfferings", "courseOfferings", "programOfferings")
DEEPEST = 4
"""How many lists and collections may stand around a programme."""


@dataclass(frozen=True)
class Found:
    """A JSON file, read; version 0 where it holds nothing of OOAPI."""

    read: Read
    version: int = 0


def read(data: bytes, *, most: int) -> Found:
    """Read a file of OOAPI; never raises for what is in it."""
    try:
        whole = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return _spoilt(Refused.NO_JSON)
    things = list(_things(whole))
    offered = _offered(whole)
    if not things:
        return _spoilt(Refused.NO_PROGRAMMES)
    if len(things) + sum(map(len, offered.values())) > most:
        return Found(Read(refused=(Refusal(0, "", Refused.TOO_MANY, {"most": most}),)), _version(things))
    lines: list[Line] = []
    refused: list[Refusal] = []
    titles: dict[int, str] = {}
    row = 0
    for thing in things:
        for offering in _offerings_of(thing, offered) or [{}]:
            row += 1
            reader = LineReader(row)
            line = reader.line(thing, offering)
            titles[row] = str(line.programme.get("title_nl") or line.programme.get("code") or "")[:120]
            refused += reader.refused
            if not reader.refused:
                lines.append(line)
    return Found(Read(tuple(lines), tuple(refused), titles=titles), _version(things))


def _spoilt(why: Refused) -> Found:
    return Found(Read(refused=(Refusal(0, "", why),)))


def _things(whole: Any, depth: int = 0) -> Iterator[Json]:
    """Programmes and courses, wherever they stand."""
    if depth > DEEPEST:
        return
    if isinstance(whole, list):
        for one in whole:
            yield from _things(one, depth + 1)
    elif isinstance(whole, dict):
        if any(name in whole for name in ("programId", "programmeId", "courseId")) and "offeringId" not in whole:
            yield whole
        else:
            for name in ("items", *COLLECTIONS):
                if isinstance(whole.get(name), list | dict):
                    yield from _things(whole[name], depth + 1)


def _offered(whole: Any) -> dict[str, list[Json]]:
    """Offerings that stand beside the programmes, by the identifier of theirs."""
    found: dict[str, list[Json]] = defaultdict(list)
    for name in OFFERINGS if isinstance(whole, dict) else ():
        part = whole.get(name)
        for one in rows(part.get("items") if isinstance(part, dict) else part):
            if isinstance(one, dict):
                found[_owner(one)].append(one)
    return found


def _owner(offering: Json) -> str:
    for name in ("programmeId", "programId", "courseId", "program", "programme", "course"):
        value = offering.get(name)
        if isinstance(value, str):
            return value
        if isinstance(value, dict):
            return ident(value)
    return ""


def _offerings_of(thing: Json, offered: Mapping[str, Sequence[Json]]) -> list[Json]:
    inside = [one for name in OFFERINGS for one in rows(thing.get(name)) if isinstance(one, dict)]
    own = [{CONSUMER: one} for one in rows(own_part(thing).get("offerings")) if isinstance(one, dict)]
    return [*inside, *offered.get(ident(thing), ()), *own]


def _version(things: Sequence[Json]) -> int:
    first = things[0]
    if "programmeId" in first or "teachingLanguages" in first or "organisationId" in first:
        return 6
    return 5
