"""The independent check: it finds each thing that can be wrong, and trusts nothing of what it reads."""

import json
from collections.abc import Callable
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipf_talent.cohorts import certificate, checker
from ipf_talent.cohorts.assignment import Lock, Place, Problem, Student, Wish, assign
from ipf_talent.cohorts.checker import MOST, Fault

PROBLEM = Problem(
    (Place("P", 1), Place("Q", 1), Place("R", 2)),
    (
        Student("S1", (Wish("P", (0,)), Wish("Q", (0,)))),
        Student("S2", (Wish("P", (1,)), Wish("Q", (1,)), Wish("R", (0,), "travel"))),
        Student("S3", (Wish("R", (0,)),)),
        Student("S4", ()),
    ),
    "seed",
    (Lock("S4", "R"),),
)


def fresh() -> dict[str, Any]:
    return certificate.document(PROBLEM, assign(PROBLEM))


def swap(document: dict[str, Any]) -> None:
    document["pairs"] = [["S1", "Q"], ["S2", "P"], ["S3", "R"], ["S4", "R"]]


def rehash(document: dict[str, Any]) -> None:
    document["input_sha256"] = certificate.sha256(certificate.canonical(document["input"])).hexdigest()


def more_seats(document: dict[str, Any]) -> None:
    document["input"]["places"][0]["seats"] = 2


def test_a_true_certificate_is_sound_and_says_how_many_pairs_were_tried() -> None:
    verdict = checker.check_text(certificate.written(PROBLEM, assign(PROBLEM)))
    assert verdict.sound
    assert verdict.pairs_tried == 1
    assert verdict.input_sha256 == fresh()["input_sha256"]


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (swap, Fault.BLOCKING),
        (more_seats, Fault.HASH),
        (lambda d: d.update(seed="other"), Fault.SEED),
        (lambda d: d["pairs"].append(["S9", "P"]), Fault.STRANGER),
        (lambda d: d["pairs"].append(["S1", "Q"]), Fault.STRANGER),
        (lambda d: d.update(pairs=[["S1", "R"], ["S2", "P"], ["S3", "R"], ["S4", "R"]]), Fault.NOT_WISHED),
        (lambda d: d.update(pairs=[["S1", "P"], ["S2", "R"], ["S3", "R"], ["S4", "R"]]), Fault.BARRED),
        (lambda d: d.update(pairs=[["S1", "P"], ["S2", "P"], ["S3", "R"], ["S4", "R"]]), Fault.SEATS),
        (lambda d: d.update(pairs=[["S1", "P"], ["S2", "Q"], ["S3", "R"]]), Fault.LOCK),
        (lambda d: d.update(pairs=[["S1", "P"], ["S3", "R"], ["S4", "R"]]), Fault.BLOCKING),
        (lambda d: d["counts"].update(placed=3), Fault.COUNTS),
        (lambda d: d.pop("seed"), Fault.SHAPE),
        (lambda d: d["input"]["students"][0]["wishes"][0].update(standing=["a"]), Fault.SHAPE),
        (lambda d: d["input"]["places"][0].update(seats=True), Fault.SHAPE),
        (lambda d: d.update(pairs={}), Fault.SHAPE),
    ],
)
def test_a_spoilt_certificate_is_found_out(spoil: Callable[[dict[str, Any]], Any], fault: Fault) -> None:
    document = json.loads(json.dumps(fresh()))
    spoil(document)
    assert fault in {found.fault for found in checker.check(document).faults}


def test_a_placing_that_fits_other_input_is_found_out_even_with_a_new_hash() -> None:
    document = json.loads(json.dumps(fresh()))
    more_seats(document)
    rehash(document)
    found = {one.fault for one in checker.check(document).faults}
    assert found == {Fault.BLOCKING}


@pytest.mark.parametrize("text", [b"", b"\xff\xfe", b"[", b"[]", b"null", b"[" * 100_000, b"{" * 10, b'{"input": 1}', b"NaN"])
def test_anything_else_is_no_certificate(text: bytes) -> None:
    assert not checker.check_text(text).sound


def test_a_file_that_is_too_large_is_not_read() -> None:
    assert checker.check_text(b" " * (checker.LARGEST + 1)).faults == (checker.Found(Fault.TOO_LARGE),)


@pytest.mark.parametrize(
    ("text", "fault"), [(b"", Fault.EMPTY), (b" \n", Fault.EMPTY), (b"no", Fault.UNREADABLE), (b"[]", Fault.SHAPE)]
)
def test_an_empty_file_is_called_empty_and_not_spoilt(text: bytes, fault: Fault) -> None:
    assert checker.check_text(text).faults == (checker.Found(fault),)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(sorted(fresh())), JSON))
def test_strange_values_in_a_certificate_give_a_verdict_and_no_crash(values: dict[str, Any]) -> None:
    verdict = checker.check({**fresh(), **values})
    assert isinstance(verdict.sound, bool)


@given(st.sampled_from(["places", "students", "locks"]), JSON)
def test_strange_values_in_the_input_give_a_verdict_and_no_crash(name: str, value: Any) -> None:
    document = fresh()
    document["input"] = {**document["input"], name: value}
    assert not checker.check(document).sound or value == fresh()["input"][name]


def test_the_largest_certificate_that_is_looked_at_is_answered_soon() -> None:
    """Nobody can keep the site busy with one: everybody wishes one place, and all sit there."""
    codes = [f"S{number}" for number in range(MOST)]
    entered = {
        "places": [{"code": "P", "seats": MOST}],
        "students": [
            {"code": code, "wishes": [{"place": "P", "standing": [number], "barred": False}]} for number, code in enumerate(codes)
        ],
        "locks": [],
    }
    document = {
        **fresh(),
        "input": entered,
        "input_sha256": certificate.sha256(certificate.canonical(entered)).hexdigest(),
        "pairs": [[code, "P"] for code in codes[1:]],
    }
    begin = perf_counter()
    found = {one.fault for one in checker.check(document).faults}
    assert found == {Fault.BLOCKING}
    assert perf_counter() - begin < 5
