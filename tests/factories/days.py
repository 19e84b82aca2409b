"""Matchmaking days with rooms, companies and students."""

from datetime import time, timedelta
from itertools import count

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role
from ipf_talent.cohorts.days import arranging
from ipf_talent.cohorts.days import publishing as day_publishing
from ipf_talent.cohorts.days import queries as day_queries
from ipf_talent.cohorts.days.kinds import DayStatus, Mark
from ipf_talent.cohorts.days.models import DayCompany, DayPlace, DayRoom, DayStudent, DayWish, MatchDay
from ipf_talent.db import session
from ipf_talent.organisations.models import Organisation
from ipf_talent.programmes.levels import Level
from tests.factories.accounts import make_user
from tests.factories.organisations import make_organisation

_number = count(1)


def make_day(**overrides) -> MatchDay:
    """A day in five weeks with three rounds and ten tables, open for sign-up."""
    number, today = next(_number), clock.today()
    values = {"slug": f"day-{number}", "title": f"Matchmaking day {number}", "venue": "Drachten", "held_on": today + timedelta(35),
              "starts_at": time(13, 0), "rounds": 3, "talk_minutes": 15, "change_minutes": 5, "breaks": {"2": 20}, "least": 1,
              "most": 3, "sign_up_until": today + timedelta(28), "status": DayStatus.OPEN, "proposal": {}}  # fmt: skip
    day = MatchDay(**values | overrides)
    day.rooms = [DayRoom(name="Hall", tables=6), DayRoom(name="Library", tables=4)]
    session.add(day)
    session.commit()
    return day


def make_day_company(day: MatchDay, company: Organisation | None = None, *, places=(), **overrides) -> DayCompany:
    """A company that comes, with one table and any student welcome."""
    values = {"day_id": day.id, "tables": 1, "levels": [], "fields": [], "away": [], "seats": []}
    row = DayCompany(**values | overrides)
    row.company = company or make_organisation()
    row.places = [DayPlace(vacancy_id=one.id) for one in places]
    session.add(row)
    session.commit()
    return row


def make_day_student(day: MatchDay, student: User | None = None, *, yes=(), maybe=(), **overrides) -> DayStudent:
    """A student of mbo 4 who comes, and the rows of companies that they marked."""
    number = next(_number)
    values = {"day_id": day.id, "code": f"S{number}", "level": Level.MBO_4, "fields": ["mechatronics"], "named": True, "away": []}
    row = DayStudent(**values | overrides)
    row.student = student or make_user(Role.STUDENT)
    row.wishes = [DayWish(day_company_id=one.id, mark=Mark.YES) for one in yes]
    row.wishes += [DayWish(day_company_id=one.id, mark=Mark.MAYBE) for one in maybe]
    session.add(row)
    session.commit()
    return row


def plan_day(day: MatchDay, by: User) -> MatchDay:
    """Make a plan and keep it."""
    question = arranging.asked(day).question
    arranging.propose(day, question, arranging.solve(question), by=by, now=clock.now())
    session.commit()
    return day


def publish_day(day: MatchDay, by: User) -> MatchDay:
    """Close the sign-up, plan and publish; inside the application, since it writes mails."""
    day = day_queries.get(day.slug)
    if day.status is DayStatus.OPEN:
        day.status = DayStatus.CLOSED
    plan_day(day, by)
    day_publishing.publish(day, by=by, now=clock.now())
    session.commit()
    return day_queries.get(day.slug)
