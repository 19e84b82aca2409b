"""Example responses: what both sides see of them, and that nothing of them leaves the examples."""

from collections import Counter
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.applications import queries, workdays
from ipf_talent.applications.kinds import State
from ipf_talent.applications.models import Application
from ipf_talent.demo import responses, services
from ipf_talent.demo.people import ACCOUNTS
from ipf_talent.notifications.models import OutboxMail
from ipf_talent.organisations.models import Organisation


def account(session, who) -> User:
    return session.scalars(select(User).where(User.email == ACCOUNTS[who])).one()


def keys(session) -> set[str]:
    return set(session.scalars(select(Application.key).where(Application.key.startswith(responses.KEY))))


class TestFirstLoad:
    """As everyone finds them."""

    def test_the_example_company_sees_a_handful_in_several_states(self, world):
        states = Counter(row.state for row in world.execute(queries.for_company(account(world, "company"))))
        assert states.keys() >= {State.SENT, State.IN_PROGRESS, State.INTERVIEW, State.OFFERED, State.REJECTED, State.EXPIRED}

    def test_the_example_student_sees_an_invitation_a_reasoned_no_a_silence_and_a_wish(self, world):
        rows = world.execute(queries.of_student(account(world, "student").id)).all()
        assert {row.state for row in rows} == {State.INTERVIEW, State.REJECTED, State.EXPIRED, State.LEARNING_WISH}
        refused = next(queries.get(row.key) for row in rows if row.state is State.REJECTED)
        assert refused.reason and refused.helpful_skills == ["technical-drawing"]

    def test_the_silent_one_has_its_whole_trail(self, world):
        rows = world.execute(queries.of_student(account(world, "student").id)).all()
        silent = next(queries.get(row.key) for row in rows if row.state is State.EXPIRED)
        assert [line.what for line in silent.events] == ["send", "release", "remind_5", "remind_10", "expire"]
        assert sorted(line.at for line in silent.events) == [line.at for line in silent.events]

    def test_the_example_school_finds_a_learning_wish(self, world):
        waiting = [row.state for row in world.execute(queries.for_school(account(world, "school")))]
        assert waiting.count(State.LEARNING_WISH) == 1

    def test_all_of_it_is_made_up_and_none_of_it_is_mailed_or_held_against_a_company(self, world):
        made = world.scalars(select(Application).where(Application.key.in_(keys(world)))).all()
        assert len(made) == len(responses.SAMPLES)
        assert all(one.student.is_demo and one.vacancy.is_example and one.vacancy.company.is_example for one in made)
        assert world.scalar(select(func.count()).where(OutboxMail.body.contains(f"/{responses.KEY}"))) == 0
        assert world.scalar(select(func.count()).where(Organisation.silence > 0)) == 0

    def test_nothing_happens_in_the_future_or_on_a_day_off(self, world):
        made = world.scalars(select(Application).where(Application.key.in_(keys(world)))).all()
        moments = [line.at.astimezone(clock.AMSTERDAM) for one in made for line in one.events]
        assert max(moments) <= clock.now() + timedelta(days=1)
        assert {moment.weekday() for moment in moments} <= set(range(5))


class TestLoadingAgain:
    """What a later start of the site does."""

    @pytest.fixture
    def loaded(self, session, app_context):
        services.load(people=4)
        session.commit()
        return session

    def test_they_are_written_anew_once_they_are_old_and_not_before(self, loaded):
        written = select(Application).where(Application.key.startswith(responses.KEY))
        first = {one.key: one.created_at for one in loaded.scalars(written)}
        with time_machine.travel(clock.now() + timedelta(days=5)):
            assert services.load(people=4)["example responses"].unchanged == len(responses.SAMPLES)
        with time_machine.travel(clock.now() + timedelta(days=21)):
            counts = services.load(people=4)["example responses"]
            again = {one.key: one.created_at for one in loaded.scalars(written)}
        assert again.keys() == first.keys() and all(again[key] > first[key] for key in again)
        assert (counts.added, counts.changed) == (0, len(responses.SAMPLES))

    def test_silence_of_a_made_up_company_is_forgiven_at_the_next_start(self, loaded):
        example, real = (loaded.scalars(select(Organisation).where(Organisation.slug == slug)).one() for slug in
                         ("voorbeeld-robotica", "astron"))  # fmt: skip
        example.silence = real.silence = 2
        loaded.commit()
        services.load(people=4)
        assert (example.silence, real.silence) == (0, 2)


@pytest.mark.parametrize("day", [date(2026, 11, 29), date(2027, 1, 4), date(2027, 5, 18)], ids=str)
def test_days_are_counted_back_over_weekends_and_holidays(day):
    for number in (0, 1, 9, 20):
        first = responses._workdays_before(day, number)
        assert workdays.is_workday(first) and workdays.between(first, day) == number
