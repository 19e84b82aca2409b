import json
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import func, select, update

from ipf_talent import clock
from ipf_talent.accounts.models import AuditEntry
from ipf_talent.accounts.roles import Role
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.exchange import applying, ooapi_writing, queries, row_writing, services, writing
from ipf_talent.exchange.kinds import Format, RunStatus
from ipf_talent.exchange.models import ImportRun
from ipf_talent.notifications.models import OutboxMail
from ipf_talent.programmes import editing
from ipf_talent.programmes import services as listing_services
from ipf_talent.programmes.edit_log import EditLog, GatheredLog
from ipf_talent.programmes.levels import Mode
from ipf_talent.programmes.listing import ListingStatus
from ipf_talent.programmes.listing_models import ListingField, ListingNews, Submission
from ipf_talent.programmes.models import Intake, Offering, Programme
from tests.factories.accounts import make_user
from tests.factories.exchange import GOOD, WHOLE, WHOLE_HEAD, a_file, apply, make_manager, send
from tests.factories.organisations import make_place, make_school
from tests.factories.programmes import make_programme
from tests.factories.skills import make_skill

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


def test_a_file_becomes_programmes_that_are_drafts_while_something_lacks(session, school, manager):
    run = send(a_file(GOOD, BBL), school, manager)
    assert (run.status, run.added, run.refused, programmes(session, school)) == (RunStatus.READY, 2, 0, [])
    assert apply(run, manager) is RunStatus.APPLIED
    (made,) = programmes(session, school)
    assert (made.title_nl, made.code, made.status) == ("Mechatronica", "25744", ListingStatus.DRAFT)
    assert {(one.mode, one.school_days, one.status) for one in made.offerings} == {
        (Mode.BOL, 4, ListingStatus.DRAFT),
        (Mode.BBL, 1, ListingStatus.DRAFT),
    }
    assert [start.capacity for one in made.offerings for start in one.intakes] == [24, 24]


def whole_file(*rows):
    make_skill("plc")
    make_skill("pneumatics")
    return a_file(*(rows or (WHOLE, WHOLE.replace(";bol;4;", ";bbl;1;"))), head=WHOLE_HEAD)


def lacks(run):
    return [one["lacks"] for one in run.report["rows"]]


def test_a_new_programme_that_lacks_nothing_waits_for_a_second_person(session, school, manager):
    without = WHOLE.replace("mechatronics", "").replace("25744", "25745").replace("Mechatronica;", "Robotica;")
    run = send(whole_file(WHOLE, without), school, manager)
    assert lacks(run) == [[], ["field"]]
    apply(run, manager)
    whole, part = programmes(session, school)
    assert (whole.status, whole.offerings[0].status) == (ListingStatus.IN_REVIEW, ListingStatus.IN_REVIEW)
    assert (part.status, part.offerings[0].status) == (ListingStatus.DRAFT, ListingStatus.DRAFT)
    assert ([one.field for one in whole.fields], {one.skill.slug for one in whole.skills}) == (
        ["mechatronics"],
        {"plc", "pneumatics"},
    )


def test_who_sent_or_applied_a_file_is_no_second_person_for_it(session, school, manager):
    run = send(whole_file(WHOLE), school, manager)
    applier, reader = make_manager(school), make_manager(school)
    apply(run, applier)
    (made,) = programmes(session, school)
    for somebody in (manager, applier):
        with pytest.raises(DomainError, match="U hebt het ingediend of daarna gewijzigd"):
            listing_services.move(made, "publish", by=somebody, today=clock.today(), now=clock.now())
    listing_services.move(made, "publish", by=reader, today=clock.today(), now=clock.now())
    assert (made.status, made.offerings[0].status) == (ListingStatus.PUBLISHED, ListingStatus.PUBLISHED)


def test_who_changes_it_after_the_import_is_no_second_person_either(session, school, manager):
    apply(send(whole_file(WHOLE), school, manager), manager)
    (made,) = programmes(session, school)
    editor = make_manager(school)
    editing.change_programme(made, {"careers_nl": "Mechatronicus"}, editor)
    with pytest.raises(DomainError, match="U hebt het ingediend of daarna gewijzigd"):
        listing_services.move(made, "publish", by=editor, today=clock.today(), now=clock.now())
    listing_services.move(made, "publish", by=make_user(Role.PLATFORM_ADMIN), today=clock.today(), now=clock.now())
    assert made.status is ListingStatus.PUBLISHED


def published(session, school, manager):
    apply(send(whole_file(WHOLE), school, manager), manager)
    made = session.scalars(select(Programme).where(Programme.institution_id == school.id, Programme.code == "25744")).one()
    listing_services.move(made, "publish", by=make_manager(school), today=clock.today(), now=clock.now())
    session.commit()
    return made


def test_a_file_that_changes_what_a_published_listing_is_waits_for_a_second_person(session, school, manager):
    made = published(session, school, manager)
    run = send(whole_file(WHOLE.replace("Vmbo kader, gl of tl.", "Iedereen.")), school, manager)
    assert (run.status, run.report["hold"], run.report["rows"][0]["notes"]) == (RunStatus.HELD, ["weighty"], ["live", "weighty"])
    with pytest.raises(DomainError):
        services.begin(run, by=manager, without_refused=False, now=clock.now())
    services.release(run, by=make_manager(school))
    session.commit()
    assert apply(run, manager) is RunStatus.APPLIED
    session.expire_all()
    assert made.admission_nl == "Iedereen."


def test_a_released_file_whose_plan_changed_waits_again(session, school, manager):
    made = published(session, school, manager)
    run = send(whole_file(WHOLE.replace("Vmbo kader, gl of tl.", "Iedereen.")), school, manager)
    services.release(run, by=make_manager(school))
    editing.change_programme(made, {"sbu": 4800}, None)
    editing.change_programme(made, {"admission_nl": "Met een diploma."}, None)
    session.commit()
    assert apply(run, manager) is RunStatus.HELD
    session.refresh(run)
    assert run.released_by_id is None


def test_other_changes_of_a_published_listing_go_live_and_say_so(session, school, manager):
    made = published(session, school, manager)
    run = send(whole_file(WHOLE.replace(";24;", ";30;")), school, manager)
    assert (run.status, run.report["rows"][0]["notes"]) == (RunStatus.READY, ["live"])
    apply(run, manager)
    session.expire_all()
    assert (made.status, made.offerings[0].intakes[0].capacity) == (ListingStatus.PUBLISHED, 30)


def test_a_level_that_does_not_go_with_the_kind_is_refused(session, school, manager):
    made = published(session, school, manager)
    run = send(a_file(f"{made.slug};master", head="Vermelding;Niveau"), school, manager)
    assert [one["refused"][0]["why"] for one in run.report["rows"]] == ["level"]
    fits = send(a_file(f"{made.slug};mbo 3", head="Vermelding;Niveau"), school, manager)
    assert [one["changes"][0][1:] for one in fits.report["rows"]] == [["level", "mbo_4", "mbo_3"]]
    new = send(a_file("Lassen;mbo_diploma;master;25600;Drachten;bol;4;1-9-2027;;24"), school, manager)
    assert [one["refused"][0]["why"] for one in new.report["rows"]] == ["level"]


def test_skills_and_modules_are_named_as_here_or_refused(session, school, manager):
    module = make_programme(institution=school, code="K0165", title_nl="Robotica", type="elective", level="none")
    make_programme(code="K0999", title_nl="Van een ander", type="elective", level="none")
    made = published(session, school, manager)
    head = "Vermelding;Vaardigheden;Keuzedelen"
    run = send(a_file(f"{made.slug};PLC ;k0165", head=head), school, manager)
    assert [one[1:] for one in run.report["rows"][0]["changes"]] == [
        ["skills", ["plc", "pneumatics"], ["plc"]], ["electives", [], [module.slug]],
    ]  # fmt: skip
    apply(run, manager)
    session.expire_all()
    assert ([one.skill.slug for one in made.skills], [one.elective_id for one in made.electives]) == (["plc"], [module.id])
    bad = send(a_file(f"{made.slug};toveren;K0999", head=head), school, manager)
    assert [one["why"] for one in bad.report["rows"][0]["refused"]] == ["unknown_skill", "unknown_elective"]


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

    def breaks(offering, values, by, **more):
        if offering.programme.title_nl == "Opleiding 4":
            raise OSError("the disk is full")
        return whole(offering, values, by, **more)

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
    twin = make_skill("twin", label_nl="Meten", label_en="Measuring")
    make_skill("measuring", label_nl="Meten", label_en="Metrology")
    parts = {"fields": ["robotics", "mechatronics"], "skills": [twin.slug, make_skill("plc").slug], "electives": [bare.slug]}
    editing.change_programme(full, parts, manager)
    session.commit()
    data, name = taken_out(school, form)
    run = send(data, school, manager, name=name)
    assert [one["refused"] for one in run.report["rows"] if one["refused"]] == []
    assert [one["changes"] for one in run.report["rows"] if one["changes"]] == []
    assert (run.status, run.added, run.changed, run.left) == (RunStatus.READY, 0, 0, 4)


def taken_out(school, form):
    listed = list(queries.listed(queries.programmes_of(school.id)).values())
    if form in (Format.CSV, Format.XLSX):
        return writing.table(listed, form, queries.spoken(school.id, "nl")), f"x.{form.value}"
    owner = ooapi_writing.School(school.slug, school.name)
    whole = ooapi_writing.document(listed, owner, version=5 if form is Format.OOAPI_5 else 6, today=clock.today())
    return json.dumps(whole).encode(), "x.json"


class OneByOne(EditLog):
    """Writes each edit of an import down at once, as an edit by hand is."""

    def __init__(self, _school_id, _programmes, *, by_id):
        self.by_id = by_id

    def hand_in(self, programme, offering, by_id):
        (offering or programme).status = ListingStatus.IN_REVIEW
        self.flush()
        session.add(Submission(programme_id=programme.id, offering_id=offering.id if offering else None, by_id=by_id))

    def write(self):
        session.flush()


def everything(school):
    """All that an import can write for a school, without numbers and moments."""
    found = []
    for one in programmes(session, school):
        columns = {name: getattr(one, name) for name in ("title_nl", "code", "code_kind", "type", "level", "nlqf", "status", "sbu")}
        parts = (sorted(part.field for part in one.fields), sorted(part.skill.slug for part in one.skills), one.edited_fields)
        offers = [
            (queries.where_of(offer), offer.status, offer.school_days, offer.costs_eur, offer.costs_note_nl,
             [(start.starts_on, start.capacity, start.apply_until, start.numerus_fixus) for start in offer.intakes])
            for offer in one.offerings
        ]  # fmt: skip
        offerings = {offer.id: number for number, offer in enumerate(one.offerings)}
        intakes = {start.id: number for offer in one.offerings for number, start in enumerate(offer.intakes)}
        notes = session.scalars(select(ListingField).where(ListingField.programme_id == one.id)).all()
        fields = sorted((offerings.get(note.offering_id, -1), note.field, note.source) for note in notes)
        handed = session.scalars(select(Submission).where(Submission.programme_id == one.id)).all()
        trail = session.scalars(select(AuditEntry).where(AuditEntry.thing == "programme", AuditEntry.thing_id == one.id)).all()
        lines = sorted(
            (line.action, offerings.get(line.detail.get("offering"), -1), intakes.get(line.detail.get("intake"), -1),
             line.detail.get("fields", []), line.actor_id)
            for line in trail
        )  # fmt: skip
        news = session.scalars(select(ListingNews).where(ListingNews.programme_id == one.id).order_by(ListingNews.id)).all()
        told = [(piece.kind, piece.detail) for piece in news]
        found.append((columns, parts, offers, fields, sorted(offerings.get(a.offering_id, -1) for a in handed), lines, told))
    return found


def some_rows(random):
    """Rows about a few programmes; some contradict each other, and some say nothing new."""
    choose = random.choice
    return [
        (choose((0, 1, 2, 3, 4)), choose(("bol", "bbl")), choose(("Drachten", "Groningen", "")), choose((0, 2, 4)),
         choose(("", "100")), choose(("", "any", "2090-09-01", "2091-02-01")), choose(("", "12")),
         choose(("", "mechanics", "mechanics;robotics")), choose(("", "", "plc", "plc;pneumatics", "-")), choose(("", "", "4800")))
        for _row in range(24)
    ]  # fmt: skip


def file_of(rows):
    head = "Naam;Soort;Niveau;Code;Leerweg;Plaats;Schooldagen;Kosten;Start;Aantal plekken;Vakgebieden;Vaardigheden;sbu"
    lines = [
        f"Opleiding {number};mbo_diploma;mbo_3;2574{number};{mode};{place};{days};{costs};{start};{places if start else ''};"
        f'"{fields}";"{skills}";{sbu}'
        for number, mode, place, days, costs, start, places, fields, skills, sbu in rows
    ]
    return a_file(*lines, head=head)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_written_together_is_the_same_as_row_by_row(school, seed):
    random = Random(seed)
    files = some_rows(random), some_rows(random)
    for skill in ("plc", "pneumatics"):
        make_skill(skill)
    found = []
    for log in (GatheredLog, OneByOne):
        here = make_school()
        manager = make_manager(here)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(row_writing, "GatheredLog", log)
            for rows in files:
                assert apply(send(file_of(rows), here, manager), manager, without_refused=True) is RunStatus.APPLIED
                session.execute(update(Programme).where(Programme.institution_id == here.id).values(status=ListingStatus.PUBLISHED))
                session.commit()
        session.expire_all()
        found.append(everything(here))
    assert found[0] == found[1]
