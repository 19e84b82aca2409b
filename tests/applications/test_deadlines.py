"""No silence: reminders, the end, what it does to the company, and the way back. Doing it twice does it once."""

from collections import Counter

import pytest
from sqlalchemy import select

from ipf_talent import clock
from ipf_talent.applications import answer_queries, deadlines, queries, services
from ipf_talent.applications.kinds import Deed, Reason, State, Who
from ipf_talent.applications.models import Application, ApplicationReminder
from ipf_talent.applications.standing import Standing
from ipf_talent.errors import DomainError
from ipf_talent.notifications.models import OutboxMail
from ipf_talent.organisations.models import Organisation
from ipf_talent.vacancies import queries as vacancies
from ipf_talent.vacancies import services as vacancy_services
from tests.applications.conftest import MONDAY, days_later
from tests.factories.accounts import make_user
from tests.factories.applications import make_application
from tests.factories.vacancies import make_vacancy


def fresh(application):
    return queries.get(application.key)


def mails_to(session, person):
    return len(session.scalars(select(OutboxMail).where(OutboxMail.to_address == person.email)).all())


@pytest.fixture
def sent(both, session):
    return make_application(both.student, both.place, now=MONDAY)


@pytest.mark.parametrize(("days", "reminders"), [(4, []), (5, [5]), (9, [5]), (10, [5, 10]), (14, [5, 10])])
def test_reminders_come_after_five_and_ten_working_days(sent, session, days, reminders):
    for day in range(days + 1):
        deadlines.keep(days_later(day))
    assert session.scalars(select(ApplicationReminder.days).order_by(ApplicationReminder.days)).all() == reminders
    assert fresh(sent).state is State.SENT


def test_running_it_twice_sends_nothing_twice(sent, both, session):
    for day in (5, 10, 15):
        deadlines.keep(days_later(day))
        before = len(session.scalars(select(OutboxMail)).all()), len(fresh(sent).events)
        assert deadlines.keep(days_later(day)) == deadlines.Done()
        assert (len(session.scalars(select(OutboxMail)).all()), len(fresh(sent).events)) == before


def test_a_round_that_comes_late_sends_one_reminder_and_not_two(sent, session):
    assert deadlines.keep(days_later(12)).reminded == 1
    assert session.scalars(select(ApplicationReminder.days)).all() == [10]


def test_it_ends_after_fifteen_working_days_and_both_hear_it(sent, both, session):
    deadlines.keep(days_later(14))
    student, manager = mails_to(session, both.student), mails_to(session, both.manager)
    assert deadlines.keep(days_later(15)).expired == 1
    ended = fresh(sent)
    assert (ended.state, ended.silent, ended.ended_at) == (State.EXPIRED, Who.COMPANY, days_later(15))
    assert (mails_to(session, both.student), mails_to(session, both.manager)) == (student + 1, manager + 1)
    assert ended.reason is None


def test_a_response_that_was_taken_up_and_left_ends_as_well(sent, both):
    services.move(sent, Deed.TAKE_UP, who=Who.COMPANY, by=both.manager, now=days_later(9))
    deadlines.keep(days_later(15))
    assert fresh(sent).state is State.EXPIRED


def test_an_invitation_starts_a_new_time_with_reminders_of_its_own(sent, both, session):
    deadlines.keep(days_later(5))
    services.move(fresh(sent), Deed.INVITE, who=Who.COMPANY, by=both.manager, now=days_later(6))
    deadlines.keep(days_later(10))
    assert session.scalars(select(ApplicationReminder.days)).all() == [5]
    deadlines.keep(days_later(11))
    assert Counter(session.scalars(select(ApplicationReminder.days))) == {5: 2}


def test_a_student_who_does_not_answer_an_offer_is_reminded_and_no_company_is_blamed(both, session):
    made = make_application(both.student, both.place, state=State.OFFERED, now=MONDAY)
    before = mails_to(session, both.student)
    deadlines.keep(days_later(5))
    assert mails_to(session, both.student) == before + 1
    deadlines.keep(days_later(15))
    ended = fresh(made)
    assert (ended.state, ended.silent) == (State.EXPIRED, Who.STUDENT)
    assert answer_queries.of_company(both.company.id, days_later(16)).percent == 100


def test_a_silent_school_is_reminded_and_named(both, session):
    made = make_application(both.student, both.school_place, state=State.LEARNING_WISH, now=MONDAY)
    before = mails_to(session, both.coordinator)
    deadlines.keep(days_later(5))
    assert mails_to(session, both.coordinator) == before + 1
    deadlines.keep(days_later(15))
    assert fresh(made).silent is Who.SCHOOL
    assert mails_to(session, both.manager) == 0


def test_one_that_fails_holds_up_no_other(both, session, monkeypatch):
    first, second = (make_application(make_user(), both.place, now=MONDAY) for _n in range(2))
    real = services.move

    def failing(application, *args, **values):
        if application.id == first.id:
            raise RuntimeError
        return real(application, *args, **values)

    monkeypatch.setattr(services, "move", failing)
    done = deadlines.keep(days_later(15))
    assert (done.failed, done.expired) == (1, 1)
    assert [fresh(one).state for one in (first, second)] == [State.SENT, State.EXPIRED]


def leave(both, number, *, start=MONDAY):
    """So many responses that the company leaves without an answer."""
    vacancy = make_vacancy(company=both.company, places=5)
    made = [make_application(make_user(), vacancy, now=start) for _n in range(number)]
    deadlines.keep(days_later(15, start))
    return made


def shown(company_id):
    rows = vacancies.open_on(clock.today()).order_by(*vacancies.newest())
    return [row.company_slug for row in vacancies.session.execute(rows)].count(company_id)


def test_repeated_silence_sinks_the_places_then_hides_them_and_answering_late_brings_them_back(both, session):
    other = make_vacancy(published_at=MONDAY)
    first = leave(both, 2)
    assert session.get(Organisation, both.company.id, populate_existing=True).silence == Standing.SINKS
    order = [row.id for row in session.execute(vacancies.open_on(clock.today()).order_by(*vacancies.newest()))]
    assert order[0] == other.id and both.place.id in order
    more = leave(both, 2, start=days_later(5))
    assert session.get(Organisation, both.company.id, populate_existing=True).silence == Standing.HIDDEN
    assert [row.id for row in session.execute(vacancies.open_on(clock.today()))] == [other.id]
    for one in (*first, more[0]):
        now = days_later(21)
        assert deadlines.answer_late(fresh(one), by=both.manager, reason=Reason.FULL, note="", now=now)
        assert not deadlines.answer_late(fresh(one), by=both.manager, reason=Reason.PERIOD, note="", now=now)
    assert session.get(Organisation, both.company.id, populate_existing=True).silence == Standing.FINE
    ended = fresh(first[0])
    assert (ended.state, ended.reason) == (State.EXPIRED, Reason.FULL)


def test_silence_is_forgiven_after_ninety_days(both, session):
    leave(both, 2)
    deadlines.keep(days_later(15 + 63))
    assert session.get(Organisation, both.company.id, populate_existing=True).silence == Standing.SINKS
    deadlines.keep(days_later(15 + 65))
    assert session.get(Organisation, both.company.id, populate_existing=True).silence == Standing.FINE


def test_a_late_answer_is_no_answer_in_the_figures(both):
    made = leave(both, 1)[0]
    deadlines.answer_late(fresh(made), by=both.manager, reason=Reason.FULL, note="", now=days_later(16))
    assert answer_queries.of_company(both.company.id, days_later(17)).answered == 0


def test_only_a_silent_company_answers_late(both, session):
    made = make_application(both.student, both.place, state=State.OFFERED, now=MONDAY)
    with pytest.raises(DomainError):
        deadlines.answer_late(made, by=both.manager, reason=Reason.FULL, note="", now=days_later(1))
    deadlines.keep(days_later(15))
    with pytest.raises(DomainError):
        deadlines.answer_late(fresh(made), by=both.manager, reason=Reason.FULL, note="", now=days_later(16))


def test_what_is_open_ends_with_the_place_and_its_reason(both, session):
    vacancy = make_vacancy(company=both.company, places=3)
    open_ones = [make_application(make_user(), vacancy, state=state) for state in (State.SENT, State.OFFERED)]
    elsewhere = make_application(both.student, both.place)
    vacancy_services.close(vacancy, by_id=both.manager.id, now=clock.now(), reason="full")
    assert [(fresh(one).state, fresh(one).reason) for one in open_ones] == [(State.REJECTED, Reason.FULL)] * 2
    assert fresh(elsewhere).state is State.SENT
    assert answer_queries.of_company(both.company.id, clock.now()).due == 1  # an offer is an answer; the closing itself is none


def test_a_pause_leaves_responses_alone(both):
    made = make_application(both.student, both.place)
    vacancy_services.pause(both.place, by_id=both.manager.id)
    assert fresh(made).state is State.SENT


def test_the_figures_count_what_was_due_and_nothing_else(both, session):
    vacancy = make_vacancy(company=both.company, places=9)
    quick, slow, open_, gone = (make_application(make_user(), vacancy, now=MONDAY) for _n in range(4))
    other = make_application(make_user(), make_vacancy(), now=MONDAY)
    services.move(quick, Deed.INVITE, who=Who.COMPANY, by=None, now=days_later(2))
    services.move(slow, Deed.REFUSE, who=Who.COMPANY, by=None, now=days_later(8), reason=Reason.PERIOD)
    services.move(gone, Deed.WITHDRAW, who=Who.STUDENT, by=gone.student, now=days_later(1))
    services.move(other, Deed.INVITE, who=Who.COMPANY, by=None, now=days_later(1))
    session.commit()
    found = answer_queries.of_company(both.company.id, days_later(9))
    assert (found.due, found.answered, found.median_days) == (2, 2, 5)
    assert session.get(Application, open_.id).answered_at is None
