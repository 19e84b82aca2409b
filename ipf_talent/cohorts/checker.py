"""
An independent look at a certificate: may every pair be, and is there no student and place that would both rather have each other?

Shares no code with the placing: it reads the plain JSON, works out the lottery numbers anew, and tries every student with every
place of their list. It trusts nothing of what it reads.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

FORMAT = "ipf-talent-placing-1"
LARGEST = 4_000_000
"""Bytes of a certificate that is looked at."""
MOST = 5_000
"""Students, places or wishes of one student."""


class Fault(StrEnum):
    """What can be wrong with a certificate."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"
    SHAPE = "shape"
    HASH = "hash"
    SEED = "seed"
    STRANGER = "stranger"
    NOT_WISHED = "not_wished"
    BARRED = "barred"
    SEATS = "seats"
    LOCK = "lock"
    BLOCKING = "blocking"
    COUNTS = "counts"


@dataclass(frozen=True, slots=True)
class Found:
    """A fault, and the codes that it is about."""

    fault: Fault
    student: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check says: `faults` is empty where all is right; `pairs_tried` is how many were looked at."""

    faults: tuple[Found, ...]
    pairs_tried: int
    input_sha256: str = ""

    @property
    def sound(self) -> bool:
        """Nothing is wrong."""
        return not self.faults


def check_text(text: str | bytes) -> Verdict:
    """Check a certificate as it was downloaded."""
    if len(text) > LARGEST:
        return Verdict((Found(Fault.TOO_LARGE),), 0)
    if not text.strip():
        return Verdict((Found(Fault.EMPTY),), 0)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return Verdict((Found(Fault.UNREADABLE),), 0)
    return check(document)


def check(document: Any) -> Verdict:
    """Check a certificate that was read."""
    if not _well_shaped(document):
        return Verdict((Found(Fault.SHAPE),), 0)
    entered = document["input"]
    digest = sha256(_plain(entered)).hexdigest()
    faults = []
    if digest != document["input_sha256"]:
        faults.append(Found(Fault.HASH))
    if sha256(document["seed"].encode("utf-8", "replace")).hexdigest() != document["seed_sha256"]:
        faults.append(Found(Fault.SEED))
    got: dict[str, str] = dict(document["pairs"])
    faults += _infeasible(entered, document["pairs"])
    if not faults:
        blocking, tried = _blocking(entered, document["seed"], got)
        faults += blocking
    else:
        tried = 0
    if not faults and document["counts"] != _counted(entered, got):
        faults.append(Found(Fault.COUNTS))
    return Verdict(tuple(faults), tried, digest)


def _plain(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("ascii")


def _infeasible(entered: Mapping[str, Any], pairs: list[list[str]]) -> list[Found]:
    seats = {place["code"]: place["seats"] for place in entered["places"]}
    lists = {student["code"]: {wish["place"]: wish for wish in student["wishes"]} for student in entered["students"]}
    locks, faults, seen = {tuple(lock) for lock in entered["locks"]}, [], set()
    for student, place in pairs:
        if student not in lists or place not in seats or student in seen:
            faults.append(Found(Fault.STRANGER, student, place))
            continue
        seen.add(student)
        wish = lists[student].get(place)
        if wish is not None and wish["barred"]:
            faults.append(Found(Fault.BARRED, student, place))
        elif wish is None and (student, place) not in locks:
            faults.append(Found(Fault.NOT_WISHED, student, place))
        seats[place] -= 1
    faults += [Found(Fault.SEATS, place=place) for place, left in seats.items() if left < 0]
    given = {tuple(pair) for pair in pairs}
    return faults + [Found(Fault.LOCK, *lock) for lock in sorted(locks) if lock not in given]


def _blocking(entered: Mapping[str, Any], seed: str, got: Mapping[str, str]) -> tuple[list[Found], int]:
    locked = {student for student, _place in entered["locks"]}
    numbers = {one["code"]: sha256(f"{seed}:{one['code']}".encode()).digest() for one in entered["students"]}
    claims = {
        (one["code"], wish["place"]): (wish["standing"], numbers[one["code"]])
        for one in entered["students"]
        for wish in one["wishes"]
    }
    free = {place["code"]: place["seats"] for place in entered["places"]}
    last: dict[str, Any] = {}
    for student, place in got.items():
        free[place] -= 1
        if student not in locked and (place not in last or claims[student, place] > last[place]):
            last[place] = claims[student, place]  # whoever goes before anybody there goes before this one
    faults, tried = [], 0
    for one in entered["students"]:
        if one["code"] in locked:
            continue
        for wish in one["wishes"]:
            place = wish["place"]
            if got.get(one["code"]) == place:
                break  # what stands lower on the list is not wished more
            tried += 1
            wanted = free[place] > 0 or (place in last and claims[one["code"], place] < last[place])
            if wanted and not wish["barred"]:
                faults.append(Found(Fault.BLOCKING, one["code"], place))
    return faults, tried


def _counted(entered: Mapping[str, Any], got: Mapping[str, str]) -> dict[str, int]:
    firsts = sum(1 for one in entered["students"] if one["wishes"] and got.get(one["code"]) == one["wishes"][0]["place"])
    return {
        "students": len(entered["students"]),
        "places": len(entered["places"]),
        "seats": sum(place["seats"] for place in entered["places"]),
        "placed": len(got),
        "first_choice": firsts,
        "locks": len(entered["locks"]),
    }


def _well_shaped(document: Any) -> bool:
    try:
        return _is_certificate(document)
    except (KeyError, TypeError, ValueError, IndexError):
        return False


def _is_certificate(document: Any) -> bool:
    entered = document["input"]
    places, students, locks, pairs = entered["places"], entered["students"], entered["locks"], document["pairs"]
    lists, known = (places, students, locks, pairs), {place["code"] for place in places}
    return (
        document["format"] == FORMAT
        and all(isinstance(document[name], str) for name in ("seed", "seed_sha256", "input_sha256"))
        and all(isinstance(one, list) and len(one) <= MOST for one in lists)
        and set(entered) == {"places", "students", "locks"}
        and all(_text(place["code"]) and _whole(place["seats"]) for place in places)
        and len(known) == len(places)
        and len({student["code"] for student in students}) == len(students)
        and all(_text(student["code"]) and _is_list(student["wishes"], known) for student in students)
        and all(_is_pair(pair) for pair in (*locks, *pairs))
        and isinstance(document["counts"], dict)
    )


def _is_list(wishes: Any, places: set[str]) -> bool:
    return (
        isinstance(wishes, list)
        and len(wishes) <= MOST
        and len({wish["place"] for wish in wishes}) == len(wishes)
        and all(wish["place"] in places and isinstance(wish["barred"], bool) for wish in wishes)
        and all(isinstance(wish["standing"], list) and len(wish["standing"]) <= 20 for wish in wishes)
        and all(_whole(number) for wish in wishes for number in wish["standing"])
    )


def _is_pair(pair: Any) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and all(_text(code) for code in pair)


def _text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 80


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 1_000_000
