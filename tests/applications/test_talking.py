"""Messages about a response."""

from secrets import token_hex

import pytest
from sqlalchemy import select

from ipf_talent import clock
from ipf_talent.applications import talking
from ipf_talent.applications.kinds import State, Who
from ipf_talent.errors import DomainError
from ipf_talent.notifications.models import OutboxMail
from tests.factories.applications import make_application, make_draft


def write(application, who, by, body="Could you come on Tuesday?", once=None):
    return talking.write(application, who, by=by, body=body, once=once or token_hex(16), now=clock.now())


def mails_to(session, person):
    return session.scalars(select(OutboxMail).where(OutboxMail.to_address == person.email)).all()


def test_the_mail_says_that_there_is_one_and_not_what(both, session):
    made = make_application(both.student, both.place)
    before = len(mails_to(session, both.student))
    write(made, Who.COMPANY, both.manager)
    [mail] = mails_to(session, both.student)[before:]
    assert "Tuesday" not in mail.body


def test_only_the_first_unread_one_is_told_by_mail(both, session):
    made = make_application(both.student, both.place)
    before = len(mails_to(session, both.student))
    for _n in range(3):
        write(made, Who.COMPANY, both.manager)
    assert len(mails_to(session, both.student)) == before + 1
    talking.note_read(talking.unread(made, Who.STUDENT), now=clock.now())
    write(made, Who.COMPANY, both.manager)
    assert len(mails_to(session, both.student)) == before + 2


def test_one_form_writes_one_message(both):
    made = make_application(both.student, both.place)
    assert write(made, Who.STUDENT, both.student, once="a" * 32)
    assert not write(made, Who.STUDENT, both.student, once="a" * 32)
    assert len(made.messages) == 1


def test_each_side_sees_what_the_other_wrote_as_unread(both):
    made = make_application(both.student, both.place)
    write(made, Who.STUDENT, both.student)
    assert len(talking.unread(made, Who.COMPANY)) == 1
    assert talking.unread(made, Who.STUDENT) == []


@pytest.mark.parametrize("state", [State.LEARNING_WISH, State.PROPOSED, State.AGREED])
def test_where_the_school_places_nobody_talks_before_it_is_confirmed(both, state):
    made = make_application(both.student, both.school_place, state=state)
    with pytest.raises(DomainError):
        write(made, Who.COMPANY, both.manager)


def test_a_draft_has_nobody_to_write_to(both):
    with pytest.raises(DomainError):
        write(make_draft(both.student, both.place), Who.STUDENT, both.student)


def test_a_day_has_room_for_thirty(both):
    made = make_application(both.student, both.place)
    for _n in range(talking.MOST_A_DAY):
        write(made, Who.STUDENT, both.student)
    with pytest.raises(DomainError):
        write(made, Who.STUDENT, both.student)
    write(made, Who.COMPANY, both.manager)
