import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from ipf_talent import clock
from ipf_talent.accounts.models import AuditEntry
from ipf_talent.errors import DomainError
from ipf_talent.exchange import applying, ooapi_writing, queries, services, writing
from ipf_talent.exchange.kinds import Format, RunStatus
from ipf_talent.exchange.models import ImportRun
from ipf_talent.notifications.models import OutboxMail
from ipf_talent.programmes import editing
from ipf_talent.programmes.levels import Mode
from ipf_talent.programmes.listing import ListingStatus
from ipf_talent.programmes.models import Intake, Offering, Programme
from tests.factories.exchange import GOOD, a_file, apply, make_manager, send
from tests.factories.organisations import make_place, make_school
from tests.factories.programmes import make_programme

BBL = GOOD.replace(";bol;4;", ";bbl;1;")
THREE_BAD = (
    GOOD,
    BBL,
    "Robotica;mbo_diploma;mbo 4;25299;Atlantis;bol;4;1-9-2027;2027-04-01;24",
    "Lassen;mbo_diploma;mbo 9;25600;Drachten;bol;4;1-9-2027;2027-04-01;24",
    "Frezen;mbo_diploma;mbo 2;25601;Drachten;bol;4;1-9-2027;2027-10-01;24",
)


@pytest.fixture
def school(app, session):
    make_place("Drachten")
    make_place("Groningen")
    with app.test_request_context():
        yield make_school()


@pytest.fixture
def manager(school):
    return make_manager(school)


def programmes(session, school):
    return session.scalars(select(Programme).where(Programme.institution_id == school.id).order_by(Programme.id)).all()


def counts(session):
    return [session.scalar(select(func.count()).select_from(kind)) for kind in (Programme, Offering, Intake)]


def test_a_file_becomes_programmes_that_wait_for_review(session, school, manager):
    run = send(a_file(GOOD, BBL), school, manager)
    assert (run.status, run.added, run.refused, programmes(session, school)) == (RunStatus.READY, 2, 0, [])
    assert apply(run, manager) is RunStatus.APPLIED
    (made,) = programmes(session, school)
    assert (made.title_nl, made.code, made.status) == ("Mechatronica", "25744", ListingStatus.IN_REVIEW)
    assert {(one.mode, one.school_days, one.status) for one in made.offerings} == {
        (Mode.BOL, 4, ListingStatus.IN_REVIEW),
        (Mode.BBL, 1, ListingStatus.IN_REVIEW),
    }
    assert [start.capacity for one in made.offerings for start in one.intakes] == [24, 24]


def test_the_same_file_twice_changes_nothing(session, school, manager):
    apply(send(a_file(GOOD, BBL), school, manager), manager)
    before = counts(session)
    again = send(a_file(GOOD, BBL), school, manager)
    assert (again.added, again.changed, again.left) == (0, 0, 2)
    assert apply(again, manager) is RunStatus.APPLIED
    assert counts(session) == before


def test_refused_rows_keep_everything_out_until_somebody_leaves_them_out(session, school, manager):
    run = send(a_file(*THREE_BAD), school, manager)
    assert (run.added, run.refused) == (2, 3)
    with pytest.raises(DomainError) as refusal:
        services.begin(run, by=manager, without_refused=False, now=clock.now())
    assert refusal.value.field == "without_refused"
    assert programmes(session, school) == []
    assert apply(run, manager, without_refused=True) is RunStatus.APPLIED
    assert [one.title_nl for one in programmes(session, school)] == ["Mechatronica"]


def test_a_field_that_a_person_edited_survives_the_next_import(session, school, manager):
    apply(send(a_file(GOOD), school, manager), manager)
    (made,) = programmes(session, school)
    editing.change_programme(made, {"title_nl": "Mechatronica Drachten"}, manager)
    offering = made.offerings[0]
    editing.put_intake(offering, {"starts_on": offering.intakes[0].starts_on, "capacity": 30}, manager)
    session.commit()
    changed = GOOD.replace(";24", ";18").replace(";4;", ";3;")
    run = send(a_file(changed), school, manager)
    (row,) = run.report["rows"]
    assert [change[1:] for change in row["changes"]] == [["school_days", 4, 3]]
    assert {change[1] for change in row["kept"]} == {"title_nl", "capacity"}
    apply(run, manager)
    session.expire_all()
    assert (made.title_nl, offering.school_days, offering.intakes[0].capacity) == ("Mechatronica Drachten", 3, 30)


def test_an_import_changes_no_status(session, school, manager):
    published = make_programme(institution=school, code="25744", title_nl="Mechatronica")
    archived = make_programme(institution=school, code="25999", title_nl="Oud", status=ListingStatus.ARCHIVED)
    old = "Oud;mbo_diploma;mbo 4;25999;Drachten;bol;4;;;"
    apply(send(a_file(GOOD, old), school, manager), manager)
    session.expire_all()
    assert (published.status, archived.status) == (ListingStatus.PUBLISHED, ListingStatus.ARCHIVED)
    assert published.offerings[0].school_days == 4
    assert archived.offerings[0].school_days is None


def test_another_schools_programme_is_out_of_reach(session, school, manager):
    foreign = make_programme(code="25744", title_nl="Mechatronica")
    apply(send(a_file(GOOD), school, manager), manager)
    named = send(a_file(f"{foreign.slug};Anders", head="Vermelding;Naam"), school, manager)
    assert [one["refused"][0]["why"] for one in named.report["rows"]] == ["unknown_listing"]
    session.expire_all()
    assert foreign.offerings[0].school_days is None
    assert [one.code for one in programmes(session, school)] == ["25744"]


def test_missing_rows_are_named_and_stay(session, school, manager):
    apply(send(a_file(GOOD, BBL), school, manager), manager)
    before = counts(session)
    run = send(a_file(GOOD), school, manager)
    slug = programmes(session, school)[0].slug
    assert run.report["missing"] == [f"{slug}/Drachten/bbl/2027-09-01"]
    assert counts(session) == before
    other_feed = send(a_file(GOOD), school, manager, feed="Deeltijd")
    assert other_feed.report["missing"] == []


def test_a_file_with_a_fifth_fewer_rows_waits_for_a_second_person(session, school, manager):
    rows = [GOOD.replace("25744", f"2574{number}").replace("Mechatronica", f"Opleiding {number}") for number in range(6)]
    apply(send(a_file(*rows), school, manager), manager)
    assert send(a_file(*rows[:5]), school, manager).status is RunStatus.READY
    colleague = make_manager(school)
    run = send(a_file(*rows[:4]), school, manager)
    assert run.status is RunStatus.HELD
    letters = session.scalars(select(OutboxMail).where(OutboxMail.to_address == colleague.email)).all()
    assert [run.key in letter.body for letter in letters] == [True]
    with pytest.raises(DomainError):
        services.begin(run, by=manager, without_refused=False, now=clock.now())
    with pytest.raises(DomainError):
        services.release(run, by=manager)
    services.release(run, by=colleague)
    assert (run.status, run.released_by_id) == (RunStatus.READY, colleague.id)
    assert apply(run, manager) is RunStatus.APPLIED


def test_a_plan_that_changed_meanwhile_is_shown_and_not_carried_out(session, school, manager):
    run = send(a_file(GOOD), school, manager)
    make_programme(institution=school, code="25744", title_nl="Mechatronica")
    before = counts(session)
    assert apply(run, manager) is RunStatus.READY
    session.refresh(run)
    assert counts(session) == before
    assert (run.added, run.report["rows"][0]["adds"]) == (1, ["intake"])
    assert apply(run, manager) is RunStatus.APPLIED


def test_what_breaks_in_the_middle_leaves_everything_as_it_was(session, school, manager, monkeypatch):
    rows = [GOOD.replace("25744", f"2574{number}").replace("Mechatronica", f"Opleiding {number}") for number in range(6)]
    run = send(a_file(*rows), school, manager)
    before, lines = counts(session), session.scalar(select(func.count()).select_from(AuditEntry))
    whole = editing.put_intake

    def breaks(offering, values, by):
        if offering.programme.title_nl == "Opleiding 4":
            raise OSError("the disk is full")
        return whole(offering, values, by)

    monkeypatch.setattr(editing, "put_intake", breaks)
    assert apply(run, manager) is RunStatus.READY
    session.refresh(run)
    assert counts(session) == before
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == lines
    assert run.broken_at is not None
    monkeypatch.setattr(editing, "put_intake", whole)
    assert apply(run, manager) is RunStatus.APPLIED


def test_pressing_twice_applies_once(session, school, manager):
    run = send(a_file(GOOD), school, manager)
    values = {"by": manager, "without_refused": False, "now": clock.now()}
    assert services.begin(run, **values)
    assert not services.begin(run, **values)
    session.commit()
    assert applying.finish(run.id) is RunStatus.APPLIED
    session.refresh(run)
    assert not services.begin(run, **values)
    assert applying.finish(run.id) is RunStatus.APPLIED
    assert counts(session)[0] == 1


def test_what_was_broken_off_can_be_taken_again_after_a_while(session, school, manager):
    run = send(a_file(GOOD), school, manager)
    begun = clock.now()
    assert services.begin(run, by=manager, without_refused=False, now=begun)
    assert not services.is_stuck(run, begun + timedelta(minutes=14))
    later = begun + timedelta(minutes=16)
    assert services.is_stuck(run, later)
    assert services.begin(run, by=manager, without_refused=False, now=later)


def test_sending_a_form_twice_keeps_one_import(session, school, manager):
    once = "0" * 31 + "f"
    first = send(a_file(GOOD), school, manager, once=once)
    assert send(a_file(GOOD), school, manager, once=once).id == first.id


def test_a_spoilt_file_is_kept_as_a_report_only(session, school, manager):
    run = send(b'Naam;Soort\n"Mechatronica;mbo', school, manager)
    assert (run.status, run.data, run.report["faults"][0]["values"]["wrong"]) == (RunStatus.SPOILT, None, "open_quote")
    with pytest.raises(DomainError):
        services.begin(run, by=manager, without_refused=True, now=clock.now())


def test_a_file_put_aside_or_applied_is_forgotten(session, school, manager):
    run = send(a_file(GOOD), school, manager)
    services.discard(run, by=manager)
    assert run.data is None
    with pytest.raises(DomainError):
        services.begin(run, by=manager, without_refused=False, now=clock.now())
    done = send(a_file(GOOD), school, manager)
    apply(done, manager)
    session.refresh(done)
    assert done.data is None
    with pytest.raises(DomainError):
        services.discard(done, by=manager)


def test_files_go_after_a_month_and_imports_after_two_years(session, school, manager):
    run = send(a_file(GOOD), school, manager)
    number, now = run.id, run.created_at
    assert services.sweep(now + timedelta(days=29)) == 0
    assert services.sweep(now + timedelta(days=31)) == 1
    session.expire_all()
    assert (session.get(ImportRun, number).status, session.get(ImportRun, number).data) == (RunStatus.DISCARDED, None)
    services.sweep(now + timedelta(days=732))
    session.expunge_all()
    assert session.get(ImportRun, number) is None


@pytest.mark.parametrize("form", list(Format))
def test_what_is_taken_out_and_sent_back_changes_nothing(session, school, manager, form):
    words = {"title_nl": "=Mechatronica", "description_nl": 'Regel 1\n\n- regel; twee\n+ "drie"', "admission_nl": "-"}
    full = make_programme(
        institution=school, code="25744", languages=["nl", "en"], sbu=6400, url="https://school.example/a", **words
    )
    editing.put_offering(full, make_place("Drachten"), Mode.BOL, {"costs_eur": 350, "costs_note_nl": "@boeken"}, manager)
    start = {"channel": "cambo", "capacity": 24, "permission_needed": True, "url": "https://school.example/form"}
    editing.put_intake(full.offerings[0], {"starts_on": "2027-09-01", "apply_until": "2027-04-01", **start}, manager)
    editing.put_intake(full.offerings[0], {"starts_on": None, **start}, manager)
    editing.put_offering(full, None, Mode.BBL, {"school_days": 1}, manager)
    bare = make_programme(institution=school, code="K0165", title_nl="Keuzedeel", type="elective", level="none", place=None)
    bare.offerings.clear()
    session.commit()
    data, name = taken_out(school, form)
    run = send(data, school, manager, name=name)
    assert [one["refused"] for one in run.report["rows"] if one["refused"]] == []
    assert [one["changes"] for one in run.report["rows"] if one["changes"]] == []
    assert (run.status, run.added, run.changed, run.left) == (RunStatus.READY, 0, 0, 4)


def taken_out(school, form):
    listed = list(queries.listed(queries.programmes_of(school.id)).values())
    if form in (Format.CSV, Format.XLSX):
        return writing.table(listed, form, "nl"), f"x.{form.value}"
    owner = ooapi_writing.School(school.slug, school.name)
    whole = ooapi_writing.document(listed, owner, version=5 if form is Format.OOAPI_5 else 6, today=clock.today())
    return json.dumps(whole).encode(), "x.json"
