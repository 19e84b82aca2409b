"""Moving a response: every step once, guarded, told and written down."""

import pytest
from sqlalchemy import select

from ipf_talent import clock
from ipf_talent.accounts.models import AuditEntry
from ipf_talent.accounts.roles import Role
from ipf_talent.applications import services
from ipf_talent.applications.kinds import Deed, Reason, State, Who
from ipf_talent.applications.models import Application
from ipf_talent.errors import DomainError
from ipf_talent.notifications.models import OutboxMail
from ipf_talent.vacancies.kinds import Minors, PlacingMode, VacancyStatus
from ipf_talent.vacancies.models import Vacancy
from tests.factories.accounts import make_user
from tests.factories.applications import make_application, make_draft, make_profile
from tests.factories.skills import make_skill
from tests.factories.vacancies import make_vacancy

NOW = clock.now()


def move(application, deed, who, by=None, **values):
    return services.move(application, deed, who=who, by=by, now=clock.now(), **values)


def mails(session):
    return list(session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def test_a_draft_is_nobodys_business(both, session):
    made = make_draft(both.student, both.place)
    assert (made.state, made.sent_at, made.card, made.releases) == (State.DRAFT, None, {}, frozenset())
    assert mails(session) == []


def test_sending_tells_the_company_without_a_name_and_starts_its_time(both, session):
    cad = make_skill("cad")
    make_profile(both.student, skills=(cad,), place="Groningen")
    made = make_application(both.student, both.place)
    assert made.state is State.SENT
    assert made.card == {"skills": ["cad"], "hours": 32, "travel": "under_50"}
    assert made.due_on is not None and made.waits_since == made.sent_at
    [mail] = mails(session)
    assert mail.to_address == both.manager.email
    assert "Jildou" not in mail.body + mail.subject and made.code in mail.body
    assert made.message not in mail.body


def test_a_promised_day_is_the_day_of_the_first_turn(both, session):
    promised = make_application(both.student, make_vacancy(answer_days=3))
    usual = make_application(both.student, both.place)
    assert promised.due_on < usual.due_on


def test_the_whole_way_writes_one_line_of_each_trail_for_each_step(both, session):
    made = make_application(both.student, both.place, state=State.OFFERED)
    services.accept(made, by=both.student, now=clock.now())
    whats = [(line.what, line.before, line.after) for line in made.events]
    assert whats == [
        ("send", State.DRAFT, State.SENT),
        ("invite", State.SENT, State.INTERVIEW),
        ("offer", State.INTERVIEW, State.OFFERED),
        ("accept", State.OFFERED, State.ACCEPTED),
    ]
    trail = session.scalars(select(AuditEntry.action).where(AuditEntry.thing == "application").order_by(AuditEntry.id)).all()
    assert trail == ["draft_response", "response_send", "response_invite", "response_offer", "response_accept"]


def test_accepting_takes_one_place_and_fills_the_vacancy(both, session):
    made = make_application(both.student, both.place, state=State.OFFERED)
    assert services.accept(made, by=both.student, now=clock.now())
    place = session.get(Vacancy, both.place.id, populate_existing=True)
    assert (place.taken, place.status, made.ended_at, made.due_on) == (1, VacancyStatus.FULL, None, None)


def test_accepting_twice_is_accepting_once(both, session):
    vacancy = make_vacancy(company=both.company, places=3)
    made = make_application(both.student, vacancy, state=State.OFFERED)
    assert services.accept(made, by=both.student, now=clock.now())
    before = len(mails(session))
    assert not services.accept(made, by=both.student, now=clock.now())
    assert session.get(Vacancy, vacancy.id, populate_existing=True).taken == 1
    assert len(mails(session)) == before


def test_ac_s6_accepting_withdraws_the_others_that_one_named_and_no_other(both, session):
    chosen = make_application(both.student, both.place, state=State.OFFERED)
    ended, kept = make_application(both.student), make_application(both.student)
    draft = make_draft(both.student)
    someone_elses = make_application()
    services.accept(chosen, by=both.student, now=clock.now(), withdraw=[ended.key, draft.key, someone_elses.key])
    session.commit()
    assert [one.state for one in (chosen, ended, kept, someone_elses)] == [State.ACCEPTED, State.WITHDRAWN, State.SENT, State.SENT]
    assert session.scalar(select(Application).where(Application.id == draft.id)) is None


def test_a_double_click_on_send_sends_once(both, session):
    made = make_draft(both.student, both.place)
    assert move(made, Deed.SEND, Who.STUDENT, both.student)
    assert not move(made, Deed.SEND, Who.STUDENT, both.student)
    assert len(mails(session)) == 1


def test_responding_twice_gives_the_one_that_is_there(both, session):
    sent = make_application(both.student, both.place)
    again = make_draft(both.student, both.place, message="other words")
    assert again is sent and again.message != "other words"


def test_the_database_itself_holds_one_live_response(both, session):
    make_application(both.student, both.place)
    twin = Application(key="twin", code="TWIN", student_id=both.student.id, vacancy_id=both.place.id, mode=PlacingMode.EVENT)
    session.add(twin)
    with pytest.raises(Exception, match=r"(?i)unique"):
        session.flush()
    session.rollback()


def test_who_withdrew_can_come_back_and_who_was_refused_cannot(both, session):
    first = make_application(both.student, both.place)
    move(first, Deed.WITHDRAW, Who.STUDENT, both.student)
    session.commit()
    second = make_application(both.student, both.place)
    assert second.id != first.id
    move(second, Deed.REFUSE, Who.COMPANY, both.manager, reason=Reason.PERIOD)
    session.commit()
    with pytest.raises(DomainError):
        make_draft(both.student, both.place)


@pytest.mark.parametrize(
    ("values", "minor"),
    [({"status": VacancyStatus.PAUSED}, False), ({"taken": 1, "places": 1}, False), ({"minors": Minors.NO}, True)],
)
def test_a_place_that_is_not_free_for_this_student_takes_no_response(both, session, values, minor):
    vacancy = make_vacancy(company=both.company, **values)
    with pytest.raises(DomainError):
        make_draft(both.student, vacancy, minor=minor)


def test_a_place_of_an_unchecked_company_takes_no_response(both, session):
    both.company.verified_at = None
    session.commit()
    with pytest.raises(DomainError):
        make_draft(both.student, both.place)


def test_a_company_that_takes_one_a_month_takes_no_second(both, session):
    vacancy = make_vacancy(company=both.company, reactions_per_month=1)
    waiting = make_draft(make_user(), vacancy)
    make_application(make_user(), vacancy)
    with pytest.raises(DomainError):
        move(waiting, Deed.SEND, Who.STUDENT, waiting.student)
    with pytest.raises(DomainError):
        make_draft(both.student, vacancy)


def test_an_adult_is_not_refused_for_being_young(both):
    assert Reason.MINOR_SAFETY not in services.reasons_for(make_application(both.student, both.place), Deed.REFUSE)
    young = make_application(make_user(), both.place, minor=True)
    assert Reason.MINOR_SAFETY in services.reasons_for(young, Deed.REFUSE)


@pytest.mark.parametrize(
    ("reason", "note", "field"),
    [
        (None, "", "reason"),
        (Reason.MINOR_SAFETY, "", "reason"),
        (Reason.OTHER, "", "note"),
        (Reason.OTHER, "We zoeken iemand met de Nederlandse nationaliteit", "note"),
        (Reason.PERIOD, "alleen mannen", "note"),
    ],
)
def test_ac_s5_a_no_has_a_reason_that_the_rules_allow(both, session, reason, note, field):
    made = make_application(both.student, both.place)
    with pytest.raises(DomainError) as refused:
        move(made, Deed.REFUSE, Who.COMPANY, both.manager, reason=reason, note=note)
    assert refused.value.field == field
    session.rollback()
    assert session.get(Application, made.id, populate_existing=True).state is State.SENT


def test_a_no_keeps_its_reason_and_only_skills_that_were_asked(both, session):
    cad, plc = make_skill("cad"), make_skill("plc")
    made = make_application(both.student, make_vacancy(musts=(cad,)))
    move(made, Deed.REFUSE, Who.COMPANY, reason=Reason.LEARNING_GOAL, note="Too early.", skills=["cad", plc.slug, "cad", "made-up"])
    assert (made.reason, made.reason_note, made.helpful_skills) == (Reason.LEARNING_GOAL, "Too early.", ["cad"])
    assert made.in_time and made.ended_at is not None
    assert [mail.to_address for mail in mails(session)][-1] == both.student.email


def test_giving_back_knows_no_better_candidate(both, session):
    made = make_application(both.student, both.school_place, state=State.AGREED)
    for reason in (Reason.OTHER_CANDIDATE, Reason.OTHER):
        with pytest.raises(DomainError):
            move(made, Deed.GIVE_BACK, Who.COMPANY, both.manager, reason=reason, note="x")
    move(made, Deed.GIVE_BACK, Who.COMPANY, both.manager, reason=Reason.GUIDANCE)
    assert made.state is State.RETURNED


def test_the_way_by_school_reaches_the_company_only_when_the_student_agrees(both, session):
    made = make_application(both.student, both.school_place, state=State.PROPOSED)
    assert made.sent_at is None and made.message == ""
    assert both.manager.email not in [mail.to_address for mail in mails(session)]
    move(made, Deed.AGREE, Who.STUDENT, both.student)
    assert made.sent_at is not None
    assert both.manager.email in [mail.to_address for mail in mails(session)]
    move(made, Deed.CONFIRM, Who.COMPANY, both.manager)
    assert session.get(Vacancy, both.school_place.id, populate_existing=True).taken == 1


def test_without_a_school_the_school_cannot_be_asked(both, session):
    alone = make_user(Role.STUDENT)
    with pytest.raises(DomainError):
        make_draft(alone, both.school_place)


@pytest.mark.parametrize("deed", [Deed.ACCEPT, Deed.SEND, Deed.AGREE, Deed.WISH])
def test_a_step_that_the_table_does_not_have_is_refused(both, session, deed):
    made = make_application(both.student, both.place, state=State.IN_PROGRESS)
    with pytest.raises(DomainError):
        move(made, deed, Who.STUDENT, both.student)


def test_nobody_takes_the_step_of_another(both):
    made = make_application(both.student, both.place, state=State.INTERVIEW)
    for who in (Who.STUDENT, Who.SCHOOL, Who.SYSTEM):
        with pytest.raises(DomainError):
            move(made, Deed.OFFER, who)


def test_no_place_is_offered_that_is_not_there(both, session):
    made = make_application(both.student, both.place, state=State.INTERVIEW)
    both.place.taken = 1
    session.commit()
    with pytest.raises(DomainError):
        move(made, Deed.OFFER, Who.COMPANY, both.manager)


def test_taking_it_up_is_no_answer_and_buys_no_time(both):
    made = make_application(both.student, both.place)
    due, since = made.due_on, made.waits_since
    move(made, Deed.TAKE_UP, Who.COMPANY, both.manager)
    assert (made.due_on, made.waits_since, made.answered_at) == (due, since, None)
    move(made, Deed.INVITE, Who.COMPANY, both.manager)
    assert made.waits_since > since and made.answered_at is not None
