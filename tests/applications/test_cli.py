"""Commands about responses."""

import pytest

from ipf_talent.applications import queries
from ipf_talent.applications.kinds import State
from tests.factories.accounts import make_user
from tests.factories.applications import make_application
from tests.factories.vacancies import make_vacancy


@pytest.fixture
def run(app):
    """Run a command; gives its exit code and what it says."""

    def run(*words):
        result = app.test_cli_runner().invoke(args=["responses", "terms", *words])
        return result.exit_code, result.output

    return run


def test_terms_of_one_response_pass_by_while_the_others_wait(app, session, run):
    with app.test_request_context():
        vacancy = make_vacancy(places=9)
        one, other = (make_application(make_user(), vacancy).key for _n in range(2))
    said = run("--only", one, "--after", "5", "--after", "10", "--after", "15", "--after", "16")
    assert said == (0, "reminded 1, ended 0, failed 0\nreminded 1, ended 0, failed 0\n"
                       "reminded 0, ended 1, failed 0\nreminded 0, ended 0, failed 0\n")  # fmt: skip
    with app.test_request_context():
        ended = queries.get(one)
        assert [line.what for line in ended.events] == ["send", "remind_5", "remind_10", "expire"]
        assert (ended.state, queries.get(other).state) == (State.EXPIRED, State.SENT)


def test_without_a_wish_nothing_is_due_yet_and_elsewhere_time_passes_by_itself(app, session, run, monkeypatch):
    with app.test_request_context():
        make_application()
    assert run() == (0, "reminded 0, ended 0, failed 0\n")
    monkeypatch.setitem(app.config, "DEMO", False)
    code, said = run("--after", "5")
    assert code == 1 and "outside example mode" in said
    assert run() == (0, "reminded 0, ended 0, failed 0\n")
