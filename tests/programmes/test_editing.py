"""The one place that changes a listing's fields, for people and for imports."""

from datetime import date

import pytest
from sqlalchemy import select

from ipf_talent import db
from ipf_talent.accounts.roles import Role
from ipf_talent.errors import DomainError
from ipf_talent.programmes import editing, listing_queries
from ipf_talent.programmes.levels import MODES_OF, Level, Mode, ProgrammeType
from ipf_talent.programmes.listing import Channel, ListingStatus
from ipf_talent.programmes.listing_models import FieldSource, ListingField, ListingNews, NewsKind
from ipf_talent.programmes.models import Offering, Programme
from tests.factories.accounts import make_user
from tests.factories.listings import make_intake, make_listing
from tests.factories.organisations import make_place, make_school
from tests.factories.programmes import make_programme
from tests.factories.skills import make_skill

START = date(2090, 9, 1)


@pytest.fixture
def school(session):
    return make_school()


@pytest.fixture
def manager(school):
    return make_user(Role.PROGRAMME_MANAGER, school)


def given(school, **more):
    return {"institution_id": school.id, "title_nl": "Technicus mechatronica", "type": "mbo_diploma", "level": "mbo_4"} | more


def test_what_is_new_is_a_draft_by_hand_and_by_an_import(school, manager):
    by_hand = editing.create_programme(given(school), manager)
    imported = editing.create_programme(given(school, code="25344", duration_months="36"), None)
    assert (by_hand.status, imported.status) == (ListingStatus.DRAFT, ListingStatus.DRAFT)
    assert (by_hand.slug, imported.slug) == (f"{school.slug}-technicus-mechatronica", f"{school.slug}-technicus-mechatronica-2")
    assert (imported.type, imported.level, imported.nlqf) == (ProgrammeType.MBO_DIPLOMA, Level.MBO_4, 4)
    assert (imported.code_kind, imported.duration_months) == ("crebo", 36)


def test_the_same_key_begins_one_programme(school, manager):
    first = editing.create_programme(given(school), manager, key="k" * 32)
    assert editing.create_programme(given(school), manager, key="k" * 32) is first
    other = make_school()
    assert editing.create_programme(given(other), manager, key="k" * 32) is not first


def test_only_what_differs_counts_as_changed(school, manager):
    programme = editing.create_programme(given(school), manager)
    changed = editing.change_programme(
        programme, {"title_nl": "Technicus  mechatronica", "duration_months": 36, "sbu": ""}, manager
    )
    assert changed == {"duration_months"}
    assert editing.change_programme(programme, {"duration_months": "36"}, manager) == set()


@pytest.mark.parametrize(
    ("field", "value"),
    [("level", "mbo_9"), ("type", ""), ("duration_months", "lang"), ("duration_months", 0), ("sbu", -1),
     ("url", "javascript:alert(1)"), ("url", "https://a b.example"), ("languages", ["xx"]), ("fields", ["knitting"]),
     ("skills", ["no-such-skill"]), ("electives", ["no-such-module"]), ("title_nl", "x"), ("title_nl", "x" * 257),
     ("code", "A B"), ("nlqf", 8), ("status", "published"), ("description_nl", "x" * 8001), ("description_nl", "a\x00b")],
)  # fmt: skip
def test_a_value_that_cannot_be_is_refused_and_names_its_field(school, manager, field, value):
    programme = editing.create_programme(given(school), manager)
    before = (programme.title_nl, programme.status, programme.version)
    with pytest.raises(DomainError) as refusal:
        editing.change_programme(programme, {field: value}, manager)
    assert refusal.value.field == field
    assert (programme.title_nl, programme.status, programme.version) == before


def test_a_field_that_a_person_edited_survives_the_next_import(school, manager, session):
    programme = editing.create_programme(given(school), None)
    assert editing.kept_fields(programme) == frozenset()
    editing.change_programme(programme, {"admission_nl": "Met een diploma."}, manager)
    assert editing.kept_fields(programme) == {"admission_nl"}
    changed = editing.change_programme(programme, {"admission_nl": "Uit de bron.", "careers_nl": "Monteur"}, None)
    assert (changed, programme.admission_nl) == ({"careers_nl"}, "Met een diploma.")
    rows = session.scalars(select(ListingField).where(ListingField.field == "admission_nl")).all()
    assert [(one.source, one.edited_by_id) for one in rows] == [(FieldSource.PERSON, manager.id)]


def test_what_a_school_edits_survives_the_region_data_too(manager, school):
    programme = make_programme(institution=school, title_nl="Uit de streek")
    editing.change_programme(programme, {"title_nl": "Van de school"}, manager)
    assert not programme.refresh(title_nl="Uit de streek")
    assert programme.title_nl == "Van de school"


def test_ac_e1_bol_and_bbl_at_one_place_are_two_listings_under_one_programme(school, manager, session):
    programme, place = editing.create_programme(given(school), manager), make_place("Drachten")
    bol = editing.put_offering(programme, place, Mode.BOL, {"school_days": 4}, manager)
    bbl = editing.put_offering(programme, place, Mode.BBL, {"school_days": 1, "work_days": 4}, manager)
    again = editing.put_offering(programme, place, Mode.BOL, {"school_days": 5}, manager)
    assert (again is bol, bol is bbl, bol.school_days, bbl.work_days) == (True, False, 5, 4)
    rows = session.scalars(select(Offering).where(Offering.programme_id == programme.id)).all()
    assert {(one.mode, one.place_id) for one in rows} == {(Mode.BOL, place.id), (Mode.BBL, place.id)}
    assert editing.kept_fields(programme) >= {"Drachten/bol/school_days", "Drachten/bbl/work_days"}


def test_a_week_has_seven_days_and_a_national_qualification_is_nobodys(school, manager):
    programme = editing.create_programme(given(school), manager)
    with pytest.raises(DomainError, match="seven"):
        editing.put_offering(programme, None, Mode.BOL, {"school_days": 4, "work_days": 4}, manager)
    national = make_programme(national=True)
    with pytest.raises(DomainError):
        editing.put_offering(national, None, Mode.BBL, {}, None)


def test_an_import_leaves_kept_fields_of_an_offering_and_adds_to_what_is_published_only_for_review(school, manager):
    programme = make_listing(institution=school, status=ListingStatus.PUBLISHED)
    place = programme.offerings[0].place
    editing.put_offering(programme, place, Mode.BOL, {"costs_eur": 350}, manager)
    editing.put_offering(programme, place, Mode.BOL, {"costs_eur": 900, "school_days": 4}, None)
    bol = programme.offerings[0]
    assert (bol.costs_eur, bol.school_days, bol.status) == (350, 4, ListingStatus.PUBLISHED)
    assert editing.put_offering(programme, place, Mode.BBL, {}, None).status is ListingStatus.DRAFT


def test_an_intake_is_found_by_its_start_and_its_fields_are_kept_by_that_day(school, manager):
    programme = editing.create_programme(given(school), manager)
    offering = editing.put_offering(programme, None, Mode.BOL, {}, manager)
    values = {"starts_on": "2090-09-01", "apply_until": "2090-04-01", "channel": "cambo", "capacity": "24"}
    first = editing.put_intake(offering, values, None)
    assert (first.starts_on, first.channel, first.capacity) == (START, Channel.CAMBO, 24)
    assert editing.put_intake(offering, {"starts_on": START, "capacity": 30}, manager) is first
    assert editing.kept_fields(programme) == {"title_nl", "type", "level", "/bol/2090-09-01.capacity"}
    editing.put_intake(offering, {"starts_on": START, "capacity": 12, "numerus_fixus": True}, None)
    assert (first.capacity, first.numerus_fixus) == (30, True)
    rolling = editing.put_intake(offering, {"starts_on": None}, manager)
    assert editing.put_intake(offering, {"starts_on": "", "capacity": 3}, manager) is rolling
    assert len(offering.intakes) == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [({"starts_on": START, "apply_from": date(2090, 5, 1), "apply_until": date(2090, 4, 1)}, "apply_until"),
     ({"starts_on": START, "apply_until": date(2090, 9, 2)}, "apply_until"), ({"starts_on": "1 september"}, "starts_on"),
     ({"starts_on": date(1890, 1, 1)}, "starts_on"), ({"starts_on": START, "capacity": -1}, "capacity"),
     ({"starts_on": START, "channel": "fax"}, "channel")],
)  # fmt: skip
def test_dates_that_cannot_be_are_refused(school, manager, values, field):
    offering = editing.put_offering(editing.create_programme(given(school), manager), None, Mode.BOL, {}, manager)
    with pytest.raises(DomainError) as refusal:
        editing.put_intake(offering, values, manager)
    assert refusal.value.field == field


def test_a_start_cannot_move_onto_another(school, manager):
    offering = make_listing(institution=school).offerings[0]
    other = make_intake(offering, starts_on=date(2091, 9, 1))
    with pytest.raises(DomainError) as refusal:
        editing.put_intake(offering, {"starts_on": START}, manager, intake=other)
    assert refusal.value.field == "starts_on"


def test_followers_hear_of_changed_dates_of_what_is_published_and_of_nothing_else(school, manager, session):
    draft, shown = make_listing(institution=school), make_listing(institution=school, status=ListingStatus.PUBLISHED)
    for programme in (draft, shown):
        editing.put_intake(programme.offerings[0], {"starts_on": START, "apply_until": date(2090, 5, 1), "capacity": 3}, manager)
        editing.put_intake(programme.offerings[0], {"starts_on": START, "capacity": 4}, manager)
    rows = session.scalars(select(ListingNews)).all()
    assert [(one.programme_id, one.kind) for one in rows] == [(shown.id, NewsKind.DATES)]
    assert rows[0].detail["apply_until"] == "2090-05-01"
    assert rows[0].detail["former_apply_until"] == "2090-04-01"


def test_lists_are_set_as_a_whole_and_a_struck_skill_may_come_back(school, manager, session):
    plc, cad = make_skill(slug="plc"), make_skill(slug="cad")
    module = editing.create_programme(given(school, title_nl="Keuzedeel PLC", type="elective", code="k0123"), manager)
    programme = editing.create_programme(given(school), manager)
    values = {"skills": {"plc": "PLC's", "cad": ""}, "fields": ["mechatronics", "design"], "electives": [module.slug]}
    assert editing.change_programme(programme, values, manager) == {"skills", "fields", "electives"}
    assert editing.change_programme(programme, values, manager) == set()
    assert editing.change_programme(programme, {"skills": ["plc"], "fields": ["design"], "electives": []}, manager) == set(values)
    found = listing_queries.whole(programme.slug)
    assert [(one.skill_id, one.words) for one in found.skills] == [(plc.id, "PLC's")] and cad.id != plc.id
    assert [one.field for one in found.fields] == ["design"]
    assert listing_queries.chosen_electives(programme.id) == []
    assert (module.code, module.nlqf) == ("K0123", None)


def test_two_people_at_once_and_the_second_is_told(school, manager, session):
    programme = editing.create_programme(given(school), manager)
    session.commit()
    session.execute(db.Base.metadata.tables["programme"].update().where(Programme.id == programme.id).values(version=9))
    with pytest.raises(editing.Changed):
        editing.change_programme(programme, {"title_nl": "Een andere naam"}, manager)


@pytest.mark.parametrize("by_hand", [True, False])
def test_a_way_goes_with_the_kind_of_programme(school, manager, by_hand):
    by = manager if by_hand else None
    diploma = editing.create_programme(given(school), by)
    editing.put_offering(diploma, None, Mode.DERDE_LEERWEG, {}, by)
    course = editing.create_programme(given(school) | {"type": ProgrammeType.COURSE, "level": Level.NONE}, by)
    editing.put_offering(course, None, Mode.PARTTIME, {}, by)
    for programme, mode in ((diploma, Mode.FULLTIME), (course, Mode.BOL), (course, Mode.DERDE_LEERWEG)):
        with pytest.raises(DomainError) as refusal:
            editing.put_offering(programme, None, mode, {}, by)
        assert refusal.value.field == "mode"


def test_every_kind_of_programme_has_ways():
    assert set(MODES_OF) == set(ProgrammeType) and frozenset().union(*MODES_OF.values()) == set(Mode)
