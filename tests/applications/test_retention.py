"""Forgetting in time, by consent, and with the account."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from ipf_talent import clock
from ipf_talent.accounts import services as accounts
from ipf_talent.applications import (
    attaching,
    files,
    personal_data,
    queries,
    reporting,
    retention,
    services,
    showing,
    storage,
    talking,
)
from ipf_talent.applications.kinds import Deed, Reason, Release, State, Who
from ipf_talent.applications.models import Application, ApplicationEvent, ApplicationMessage, DiscriminationReport, Document
from ipf_talent.errors import DomainError
from ipf_talent.vacancies.models import Vacancy
from tests.applications.conftest import MONDAY
from tests.applications.test_files import PDF
from tests.factories.accounts import make_user
from tests.factories.applications import make_application, make_draft, make_profile

DAY = timedelta(days=1)
CANARY = "kievitsei"


@pytest.fixture
def full(both, session):
    """A response with all that can hang on it, refused."""
    make_profile(both.student)
    made = make_draft(both.student, both.place, message=f"{CANARY} message", now=MONDAY)
    attaching.attach(made, attaching.keep(both.student, files.check(f"{CANARY}.pdf", PDF), now=MONDAY))
    services.move(made, Deed.SEND, who=Who.STUDENT, by=both.student, now=MONDAY)
    showing.release(made, Release.CV, by=both.student, now=MONDAY)
    talking.write(made, Who.STUDENT, by=both.student, body=f"{CANARY} text", once="b" * 32, now=MONDAY)
    services.move(made, Deed.REFUSE, who=Who.COMPANY, by=both.manager, now=MONDAY, reason=Reason.OTHER, note=f"{CANARY} note")
    session.commit()
    return made


def traces(session):
    """Where something personal of a response is still to be read."""
    found, names = [], ("message", "wish", "reason_note", "card", "code", "student_id", "document_id")
    for row in session.scalars(select(Application)):
        found += [name for name in names if getattr(row, name)]
    found += [row.body for row in session.scalars(select(ApplicationMessage))]
    return found


@pytest.mark.parametrize(("days", "erased"), [(27, False), (28, False), (29, True)])
def test_four_weeks_after_the_end_nothing_personal_is_left(full, session, days, erased):
    assert retention.sweep(MONDAY + days * DAY) == int(erased)
    session.commit()
    assert (traces(session) == []) is erased
    row = session.get(Application, full.id, populate_existing=True)
    assert (row.state, row.reason) == (State.REJECTED, Reason.OTHER)
    students = session.scalars(select(ApplicationEvent.user_id).where(ApplicationEvent.who == Who.STUDENT)).all()
    assert students and all(one is None for one in students) is erased


def test_doing_it_again_finds_nothing(full, session):
    assert retention.sweep(MONDAY + 40 * DAY) == 1
    assert retention.sweep(MONDAY + 40 * DAY) == 0


def test_with_consent_it_stays_a_year_and_consent_can_be_taken_back(full, session):
    retention.keep_longer(full, True, by=full.student, now=MONDAY)
    assert retention.sweep(MONDAY + 364 * DAY) == 0
    assert retention.sweep(MONDAY + 367 * DAY) == 1


def test_taking_consent_back_counts_at_once(full, session):
    retention.keep_longer(full, True, by=full.student, now=MONDAY)
    retention.keep_longer(full, False, by=full.student, now=MONDAY + 50 * DAY)
    assert retention.sweep(MONDAY + 50 * DAY) == 1


def test_what_is_open_or_placed_stays(both, session):
    sent = make_application(both.student, both.place, now=MONDAY)
    with pytest.raises(DomainError):
        retention.keep_longer(sent, True, by=both.student, now=MONDAY)
    assert retention.sweep(MONDAY + 400 * DAY) == 0
    assert session.get(Application, sent.id).student_id == both.student.id


def test_a_draft_that_nobody_sent_goes_after_three_months(both, session):
    draft = make_draft(both.student, both.place, now=MONDAY)
    number = draft.id
    retention.sweep(MONDAY + 89 * DAY)
    assert session.scalar(select(Application.id).where(Application.id == number))
    retention.sweep(MONDAY + 91 * DAY)
    assert session.scalar(select(Application.id).where(Application.id == number)) is None


def test_the_export_holds_all_that_is_theirs_and_nothing_of_others(full, both, session):
    stranger = make_application(make_user(), both.place)
    stranger.message = "somebody else"
    reporting.report(full, by=both.student, body=f"{CANARY} report", anonymous=False, now=MONDAY)
    reporting.report(full, by=both.student, body="without my name", anonymous=True, now=MONDAY)
    session.commit()
    told = str(personal_data.export(both.student.id))
    for part in ("message", "text", "note", ".pdf", "report"):
        assert f"{CANARY}{part}" in told or f"{CANARY} {part}" in told
    assert "somebody else" not in told and "without my name" not in told


def test_closing_the_account_takes_it_all_away_and_frees_the_place(full, both, session):
    placed = make_application(both.student, both.school_place, state=State.AGREED)
    services.move(placed, Deed.CONFIRM, who=Who.COMPANY, by=both.manager, now=clock.now())
    open_ = make_application(both.student)
    draft = make_draft(both.student)
    reporting.report(full, by=both.student, body="what happened", anonymous=False, now=MONDAY)
    session.commit()
    numbers = [placed.id, open_.id]
    accounts.close(both.student)
    session.commit()
    session.expire_all()
    assert traces(session) == []
    assert [session.get(Application, number).state for number in numbers] == [State.WITHDRAWN] * 2
    assert session.get(Vacancy, both.school_place.id, populate_existing=True).taken == 0
    assert session.scalar(select(Application.id).where(Application.id == draft.id)) is None
    assert session.scalars(select(Document)).all() == []
    assert session.scalars(select(DiscriminationReport.reporter_id)).all() == [None]


def test_a_file_without_a_row_goes_after_an_hour_and_one_with_a_row_stays(full, session):
    kept = storage.path_of(full.document.name)
    lonely = storage.path_of(storage.put(b"left behind"))
    assert retention.sweep_files(clock.now()) == 0
    retention.sweep_files(clock.now() + timedelta(hours=2))
    assert kept.is_file() and not lonely.exists()
    attaching.remove(full.student, full.document_id)
    session.commit()
    retention.sweep_files(clock.now() + timedelta(hours=2))
    assert not kept.exists()
    assert queries.get(full.key).document is None


@pytest.mark.parametrize("name", ["../secret_key", "..%2f", "", "x", "A" * 40, "a" * 39])
def test_no_name_leads_out_of_the_folder(app_context, name):
    with pytest.raises(FileNotFoundError):
        storage.path_of(name)
