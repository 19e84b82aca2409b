"""The bench of placing a class: its class is what it says, and a small run tells every figure. No time is asserted."""

import json
import sys
from collections.abc import Iterator

import pytest

pytest.importorskip("matching")

from bench import cohorts


@pytest.fixture(autouse=True)
def shallow() -> Iterator[None]:
    """The library's copies need more frames; afterwards Python has its own limit again."""
    limit = sys.getrecursionlimit()
    yield
    sys.setrecursionlimit(limit)


def test_one_seed_gives_one_class_and_another_seed_another() -> None:
    assert cohorts.make(30, 20, 5, 3) == cohorts.make(30, 20, 5, 3) != cohorts.make(30, 20, 5, 4)


def test_the_class_is_as_large_as_asked_for() -> None:
    made = cohorts.make(30, 20, 5, 0)
    assert (len(made.students), len(made.places)) == (30, 20)
    assert max(len(student.wishes) for student in made.students) == 5


@pytest.mark.parametrize("seed", range(5))
def test_the_library_finds_the_same_pairs(seed: int) -> None:
    found = cohorts.measure(cohorts.make(40, 30, 6, seed), rounds=1)
    assert found["same"] and found["sound"]


def test_a_run_tells_every_figure(capsys: pytest.CaptureFixture[str]) -> None:
    cohorts.main(["--students", "20", "--places", "15", "--wishes", "4", "--rounds", "1", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert {"assign_ms", "library_ms", "check_ms", "ratio", "same", "sound", "placed"} <= set(told)
    cohorts.main(["--students", "20", "--places", "15", "--rounds", "1"])
    assert "assign_ms" in capsys.readouterr().out
