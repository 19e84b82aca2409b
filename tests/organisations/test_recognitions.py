"""Recognitions as rows: what counts today, what the database itself refuses, and who hears that one is lost."""

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from ipf_talent import clock
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.organisations import recognitions, signals
from ipf_talent.organisations.models import Recognition
from ipf_talent.organisations.recognition import RecognitionSource, RecognitionStatus
from tests.factories.accounts import make_user
from tests.factories.organisations import make_establishment, make_organisation, make_recognition

S = RecognitionStatus
TODAY = date(2026, 11, 27)


@pytest.fixture
def lost():
    """What was told to be lost."""
    heard = []

    def hear(establishment_id, *, crebo, reason):
        heard.append((establishment_id, crebo, reason))

    signals.recognition_lost.connect(hear)
    yield heard
    signals.recognition_lost.disconnect(hear)


@pytest.fixture
def hall(session):
    return make_establishment(make_organisation(), name="Hall")


def decide(row, to, **overrides):
    values = {"source": RecognitionSource.STAGEMARKT, "source_url": None, "note": "SBB wrote so.", "by_id": make_user().id,
              "school_id": None, "today": TODAY}  # fmt: skip
    return recognitions.decide(row, to, **values | overrides)


def declare(hall, **overrides):
    values = {"crebo": "25344", "level": 4, "leerbedrijf_id": "100012345", "trainer_ids": [make_user().id],
              "work_processes": ["B1-K1-W1 Bouwt"], "by_id": make_user().id, "now": clock.now()}  # fmt: skip
    return recognitions.declare(hall, **values | overrides)


def test_only_what_is_verified_at_this_address_counts(app_context, hall):
    make_recognition(hall, status=S.VERIFIED)
    for number, status in enumerate(s for s in S if s is not S.VERIFIED):
        make_recognition(hall, crebo=f"2500{number}", status=status)
    other = make_establishment(hall.organisation, name="Office")
    make_recognition(other, crebo="25999", status=S.VERIFIED)
    assert recognitions.verified(hall.id) == {"25344"}
    assert [row.crebo for row in recognitions.of(hall.organisation_id)][-1] == "25999"
    assert len(recognitions.of(hall.organisation_id)) == 7


def test_an_old_check_still_counts(app_context, hall):
    row = make_recognition(hall, status=S.VERIFIED, checked_on=TODAY - timedelta(3000))
    assert recognitions.verified(hall.id) == {"25344"} and row.needs_check(TODAY)


def test_declaring_asks_for_a_trainer_and_waits_for_a_check(app_context, hall):
    with pytest.raises(DomainError) as refused:
        declare(hall, trainer_ids=[])
    assert refused.value.field == "trainers"
    row = declare(hall)
    assert (row.status, row.checked_on, recognitions.verified(hall.id)) == (S.DECLARED, None, frozenset())


@pytest.mark.parametrize("status", [S.DECLARED, S.VERIFIED, S.SUSPENDED])
def test_what_is_in_the_list_is_not_declared_again(app_context, hall, status):
    make_recognition(hall, status=status)
    with pytest.raises(DomainError) as refused:
        declare(hall)
    assert refused.value.field == "crebo"


@pytest.mark.parametrize("status", [S.REJECTED, S.REVOKED, S.LAPSED])
def test_what_was_refused_or_lost_is_declared_anew_on_the_same_row_without_the_former_check(app_context, hall, status):
    former = make_recognition(hall, status=status, note="not found", leerbedrijf_id="1")
    row = declare(hall)
    assert row is former and (row.status, row.checked_on, row.source, row.note) == (S.DECLARED, None, None, "")
    assert row.leerbedrijf_id == "100012345"


def test_one_address_has_one_leerbedrijf_id(app_context, hall):
    declare(hall)
    with pytest.raises(DomainError) as refused:
        declare(hall, crebo="25343", leerbedrijf_id="2")
    assert refused.value.field == "leerbedrijf_id"
    declare(hall, crebo="25343")
    declare(make_establishment(hall.organisation, name="Office"), leerbedrijf_id="2")


def test_a_leerbedrijf_id_is_recognised_at_one_address_only(app_context, hall):
    make_recognition(status=S.VERIFIED, leerbedrijf_id="77", crebo="25301")
    row = make_recognition(hall, leerbedrijf_id="77")
    with pytest.raises(DomainError) as refused:
        decide(row, S.VERIFIED)
    assert refused.value.field == "decision" and row.status is S.DECLARED


@pytest.mark.parametrize("to", [S.SUSPENDED, S.REVOKED, S.LAPSED])
def test_what_is_lost_is_told_with_its_reason(app_context, hall, lost, to):
    make_recognition(hall, crebo="25343", status=S.VERIFIED)
    assert decide(make_recognition(hall, status=S.VERIFIED), to) is True
    assert lost == [(hall.id, "25344", to)]
    assert recognitions.verified(hall.id) == {"25343"}


def test_what_never_counted_is_not_told_to_be_lost(app_context, hall, lost):
    assert decide(make_recognition(hall), S.REJECTED) is False
    assert decide(make_recognition(hall, crebo="25343", status=S.SUSPENDED), S.REVOKED) is False
    assert lost == []


def test_a_new_check_renews_the_day_and_the_source(app_context, hall, lost):
    row = make_recognition(hall, status=S.VERIFIED, checked_on=date(2024, 1, 1))
    decide(row, S.VERIFIED, source=RecognitionSource.SCHOOL, source_url="https://x.example", note="")
    assert (row.checked_on, row.source, row.source_url) == (TODAY, RecognitionSource.SCHOOL, "https://x.example")
    assert lost == [] and not row.needs_check(TODAY)


def test_a_decision_that_does_not_follow_or_says_nothing_is_refused(app_context, hall):
    row = make_recognition(hall)
    for to, note, field in ((S.REVOKED, "x", "decision"), (S.REJECTED, "", "note")):
        with pytest.raises(DomainError) as refused:
            decide(row, to, note=note)
        assert refused.value.field == field
    assert row.status is S.DECLARED


def test_only_what_nothing_ever_depended_on_is_taken_back(app_context, session, hall):
    kept = make_recognition(hall, status=S.REVOKED)
    with pytest.raises(DomainError):
        recognitions.retract(kept)
    recognitions.retract(make_recognition(hall, crebo="25343"))
    assert session.query(Recognition).all() == [kept]
    with pytest.raises(NotFound):
        recognitions.get(999)


@pytest.mark.parametrize(
    "wrong",
    [{"crebo": "2534"}, {"level": 5}, {"level": 0}, {"leerbedrijf_id": ""}, {"status": S.VERIFIED, "checked_on": None},
     {"status": S.REVOKED, "source": None}],
)  # fmt: skip
def test_the_database_refuses_what_must_never_be(session, hall, wrong):
    with pytest.raises(IntegrityError):
        make_recognition(hall, **wrong)
    session.rollback()


def test_the_database_holds_one_row_per_address_and_crebo_and_one_verified_number(session, hall):
    make_recognition(hall, status=S.VERIFIED, leerbedrijf_id="5")
    elsewhere = make_establishment(make_organisation())
    for place, values in ((hall, {}), (elsewhere, {"status": S.VERIFIED, "leerbedrijf_id": "5"})):
        with pytest.raises(IntegrityError):
            put(session, place, **values)
    make_recognition(elsewhere, leerbedrijf_id="5")


def put(session, place, **overrides):
    """A row past the service, which is gone again when the database refuses it."""
    values = {"establishment_id": place.id, "crebo": "25344", "level": 4, "leerbedrijf_id": "6", "checked_on": TODAY,
              "source": RecognitionSource.PROOF}  # fmt: skip
    with session.begin_nested():
        session.add(Recognition(**values | overrides))
        session.flush()
