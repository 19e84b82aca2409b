"""Commands about placements."""

import pytest

from ipf_talent import clock
from ipf_talent.db import session
from ipf_talent.placements import queries
from ipf_talent.placements.kinds import PlacementStatus
from tests.factories import placements as factory


@pytest.fixture
def due(app, session):
    """Two signed placements whose first day is today."""
    with app.test_request_context():
        found = [factory.make_placement(status=PlacementStatus.SIGNED) for _number in range(2)]
        for one in found:
            one.starts_on = clock.today()
        keys = [one.key for one in found]
        session.commit()
    return keys


def status(key):
    session.expire_all()
    return queries.by_key(key).status


def test_only_one_is_started_when_one_is_named_and_the_rest_without(app, due):
    run = app.test_cli_runner()
    assert "started 1, held up 0" in run.invoke(args=["placements", "keep", "--only", due[0]]).output
    assert [status(key) for key in due] == [PlacementStatus.RUNNING, PlacementStatus.SIGNED]
    assert "started 1, held up 0" in run.invoke(args=["placements", "keep"]).output
    assert "started 0" in run.invoke(args=["placements", "keep"]).output


def test_time_can_be_moved_on_in_example_mode_alone(app, due):
    answer = app.test_cli_runner().invoke(args=["placements", "keep", "--after", "3"])
    assert answer.exit_code == (0 if app.config["DEMO"] else 1)


def test_forgetting_says_first_how_many(app, session):
    run = app.test_cli_runner()
    assert "to erase 0" in run.invoke(args=["placements", "forget", "--dry-run"]).output
    assert "erased 0" in run.invoke(args=["placements", "forget"]).output
