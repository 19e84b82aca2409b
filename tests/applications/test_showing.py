"""What a company sees: nothing before the student shows it, and every look is kept."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from ipf_talent import clock
from ipf_talent.applications import services, showing, telling
from ipf_talent.applications.kinds import Deed, Release, State, Who
from ipf_talent.errors import DomainError
from ipf_talent.notifications.models import OutboxMail
from tests.factories.applications import make_application, make_profile


def show(application, part):
    return showing.release(application, part, by=application.student, now=clock.now())


def company_sees(application):
    return dict(telling.for_company(application, clock.now()).values)


def test_the_company_sees_nothing_of_a_person_at_first(both):
    make_profile(both.student)
    assert company_sees(make_application(both.student, both.place)) == {}


def test_each_piece_is_shown_by_itself_and_logged(both):
    made = make_application(both.student, both.place)
    show(made, Release.MESSAGE)
    assert set(company_sees(made)) == {Release.MESSAGE}
    show(made, Release.NAME)
    assert company_sees(made)[Release.NAME] == ("Jildou Hoekstra", None)
    assert Release.CONTACT not in company_sees(made)
    assert [(line.what, line.part) for line in made.events if line.what == "release"] == [
        ("release", Release.MESSAGE),
        ("release", Release.NAME),
    ]


def test_an_address_shows_the_name_with_it(both):
    made = make_application(both.student, both.place)
    show(made, Release.CONTACT)
    assert made.releases == {Release.NAME, Release.CONTACT}


def test_showing_twice_shows_once(both, session):
    made = make_application(both.student, both.place)
    assert show(made, Release.NAME)
    lines, mails = len(made.events), len(session.scalars(select(OutboxMail)).all())
    assert not show(made, Release.NAME)
    assert (len(made.events), len(session.scalars(select(OutboxMail)).all())) == (lines, mails)


def test_what_is_hidden_again_is_gone_with_all_that_carries_it(both):
    made = make_application(both.student, both.place)
    show(made, Release.CONTACT)
    show(made, Release.MESSAGE)
    showing.take_back(made, Release.NAME, by=both.student, now=clock.now())
    assert set(company_sees(made)) == {Release.MESSAGE}
    assert show(made, Release.NAME) and made.releases == {Release.NAME, Release.MESSAGE}


def test_a_cv_that_is_not_there_cannot_be_shown(both):
    with pytest.raises(DomainError):
        show(make_application(both.student, both.place), Release.CV)


@pytest.mark.parametrize("state", [State.LEARNING_WISH, State.PROPOSED, State.AGREED])
def test_ac_s4_where_the_school_places_nothing_can_be_shown_before_it_is_confirmed(both, state):
    made = make_application(both.student, both.school_place, state=state)
    assert showing.can_show(made) == []
    for part in Release:
        with pytest.raises(DomainError):
            show(made, part)


def test_ac_s4_where_the_school_places_a_cv_and_a_motivation_never_reach_the_company(both):
    made = make_application(both.student, both.school_place, state=State.AGREED)
    services.move(made, Deed.CONFIRM, who=Who.COMPANY, by=both.manager, now=clock.now())
    assert showing.can_show(made) == [Release.NAME, Release.CONTACT]
    assert company_sees(made) == {}


def test_after_a_no_nothing_more_can_be_shown(both):
    made = make_application(both.student, both.place)
    services.move(made, Deed.WITHDRAW, who=Who.STUDENT, by=both.student, now=clock.now())
    assert showing.can_show(made) == []


def test_looking_is_kept_once_per_person_and_showing_anew_counts_anew(both):
    made = make_application(both.student, both.place)
    show(made, Release.NAME)
    now = clock.now()
    assert showing.unseen(made, both.manager, made.releases) == [Release.NAME]
    showing.note_seen(made, both.manager, [Release.NAME], now=now)
    assert showing.unseen(made, both.manager, made.releases) == []
    showing.take_back(made, Release.NAME, by=both.student, now=now)
    showing.release(made, Release.NAME, by=both.student, now=now + timedelta(hours=1))
    assert showing.unseen(made, both.manager, made.releases) == [Release.NAME]


def test_a_company_may_ask_for_more_once_a_day(both, session):
    made = make_application(both.student, both.place)
    showing.ask(made, by=both.manager, now=clock.now())
    assert session.scalars(select(OutboxMail.to_address).order_by(OutboxMail.id.desc())).first() == both.student.email
    with pytest.raises(DomainError):
        showing.ask(made, by=both.manager, now=clock.now() + timedelta(hours=20))
    showing.ask(made, by=both.manager, now=clock.now() + timedelta(hours=25))
