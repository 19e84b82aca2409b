"""The bench of imports: its file is what it says, and a small run tells every figure. No time is asserted."""

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from bench import imports
from ipf_talent import db
from ipf_talent.exchange import services


@pytest.fixture(autouse=True)
def own_database(empty_engine: Engine) -> Iterator[None]:
    """The bench binds the session to a database of its own; afterwards it has the suite's again."""
    db.session.remove()
    db.session.configure(bind=empty_engine, join_transaction_mode="conditional_savepoint")
    yield
    db.session.remove()
    db.session.configure(bind=empty_engine)


def test_the_file_is_read_without_a_fault() -> None:
    parsed = services.parse(imports.make(9), "file.csv")
    assert (len(parsed.read.lines), parsed.read.refused, parsed.read.strange) == (9, (), ())
    assert len({line.programme["code"] for line in parsed.read.lines}) == 5


def test_a_run_tells_every_figure(capsys: pytest.CaptureFixture[str]) -> None:
    imports.main(["--rows", "8", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert {"read_s", "compare_s", "apply_s", "apply_ms_a_row", "again_apply_s"} <= set(told)
    imports.main(["--rows", "8"])
    assert "apply_ms_a_row" in capsys.readouterr().out
