from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from ipf_talent import clock
from ipf_talent.accounts.models import Membership, User
from ipf_talent.accounts.roles import Role
from ipf_talent.demo import services
from ipf_talent.demo.people import ACCOUNTS
from ipf_talent.organisations.kinds import OrganisationKind
from ipf_talent.organisations.models import Establishment, Organisation
from ipf_talent.profiles import queries as profiles
from ipf_talent.programmes.levels import Standing, Track
from ipf_talent.programmes.models import Offering, Programme, ProgrammeSkill, Progression
from ipf_talent.sheets import FaultyFile
from ipf_talent.vacancies.kinds import VacancyKind, VacancyStatus
from ipf_talent.vacancies.models import Vacancy, VacancySkill

TODAY = date(2026, 11, 26)


def one(session, table, slug):
    return session.scalars(select(table).where(table.slug == slug)).one()


def count(session, table):
    return session.scalar(select(func.count()).select_from(table))


class TestFirstLoad:
    """The example region as everyone finds it."""

    def test_everything_is_there(self, world):
        real = select(func.count()).where(Organisation.is_example.is_(False))
        kinds = [world.scalar(real.where(Organisation.kind == kind)) for kind in OrganisationKind]
        assert dict(zip(OrganisationKind, kinds, strict=True)) == {
            "company": 28, "school": 21, "company_school": 4, "institute": 7, "partner": 12,
        }  # fmt: skip
        real = world.scalar(select(func.count()).select_from(Programme).where(Programme.is_example.is_(False)))
        assert (real, count(world, Vacancy) >= 64, count(world, Progression) >= 50) == (108, True, True)

    def test_a_place_is_open_marked_as_an_example_and_tells_its_source(self, world):
        for vacancy in world.scalars(select(Vacancy)):
            assert vacancy.is_open(clock.today()) and vacancy.is_example
            assert vacancy.source_url and vacancy.checked_on and "Voorbeeld" in vacancy.source_note
            assert vacancy.published_at <= clock.now()
            assert clock.today() < vacancy.closes_on < vacancy.starts_on < vacancy.ends_on

    def test_only_made_up_organisations_are_examples(self, world):
        made_up = world.scalars(select(Organisation.name).where(Organisation.is_example.is_(True))).all()
        assert len(made_up) >= 11
        assert all("voorbeeld" in name.lower() for name in made_up)

    def test_every_real_row_tells_its_source_and_the_day_of_the_check(self, world):
        for table in (Organisation, Programme, Progression):
            bare = select(func.count()).where(
                table.is_example.is_(False), (table.source_url.is_(None) | table.checked_on.is_(None))
            )
            assert world.scalar(bare.select_from(table)) == 0

    def test_a_place_stands_at_a_real_company_only_where_the_pattern_is_its_own(self, world, region):
        query = select(Vacancy.slug, Organisation.slug).join(Vacancy.company).where(Organisation.is_example.is_(False))
        owners = {row["id"]: row["company_id"] for row in region.patterns}
        patterns = {row["slug"]: row["pattern_id"] for row in region.vacancies}
        found = world.execute(query).all()
        assert found
        assert all(owners[patterns[vacancy]] == company for vacancy, company in found)

    def test_a_programme_has_an_offering_for_each_way_and_a_national_one_has_none(self, world):
        programme = one(world, Programme, "technicnoord-mechatronica-bbl")
        assert [(offering.mode, offering.place.name) for offering in programme.offerings] == [("bbl", "Drachten")]
        assert (programme.track, programme.standing) == (Track.COMPANY_SCHOOL, Standing.RUNNING)
        national = one(world, Programme, "mbo-technicus-mechatronica-systemen")
        assert national.national and national.offerings == []

    def test_a_programme_teaches_skills_with_the_words_of_its_source(self, world, region):
        programme = one(world, Programme, "nhl-stenden-hanze-ad-robotica")
        assert {known.skill.slug: known.words for known in programme.skills}["additive-manufacturing"] == "3D-printen"
        silent = {row["slug"] for row in region.programmes if not row["skills_taught"]}
        assert set(world.scalars(select(Programme.slug).where(~Programme.skills.any()))) == silent

    def test_an_organisation_is_at_home_in_its_town(self, world):
        school = one(world, Organisation, "lis")
        assert [home.place.name for home in school.establishments] == ["Leiden"]
        assert count(world, Establishment) >= 60

    def test_wages_stand_in_place_of_expenses(self, world):
        paid = (VacancyKind.BBL_APPRENTICESHIP, VacancyKind.ENGD_POSITION)
        assert all(row.expenses is None and row.pay_note_nl for row in world.scalars(select(Vacancy).where(Vacancy.kind.in_(paid))))


class TestExamplePeople:
    def test_each_account_holds_its_role_and_has_no_password(self, world):
        roles = {}
        for who, email in ACCOUNTS.items():
            user = world.scalars(select(User).where(User.email == email)).one()
            assert user.is_demo and user.confirmed_at and user.password_hash == "!"
            roles[who] = sorted((m.role, m.organisation.slug if m.organisation else None) for m in user.memberships)
        assert roles == {
            "student": [(Role.STUDENT, "voorbeeldcollege-drachten")],
            "company": [(Role.COMPANY_MANAGER, "voorbeeld-robotica")],
            "school": [(Role.COORDINATOR, "voorbeeldcollege-drachten"), (Role.PROGRAMME_MANAGER, "voorbeeldcollege-drachten")],
            "cluster": [(Role.CLUSTER_OFFICE, None)],
            "hbo": [(Role.COORDINATOR, "voorbeeldhogeschool-leeuwarden")],
            "colleague": [(Role.PROGRAMME_MANAGER, "voorbeeldcollege-drachten")],
        }

    def test_forty_students_the_guide_and_who_came_of_the_class_have_a_profile(self, world):
        students = select(User).where(User.is_demo.is_(True), User.memberships.any(Membership.role == Role.STUDENT))
        found = world.scalars(students).all()
        assert len(found) == 41 + 26
        assert all(profiles.card_of(user.id).skills for user in found)

    def test_the_example_company_has_places(self, world):
        company = one(world, Organisation, "voorbeeld-robotica")
        assert world.scalar(select(func.count()).where(Vacancy.company_id == company.id)) >= 3


class TestLoadingAgain:
    @pytest.fixture
    def loaded(self, session, app_context):
        services.load(TODAY, people=3)
        session.commit()
        return session

    def test_a_second_load_changes_nothing(self, loaded, count_queries):
        before = len(count_queries())
        counts = services.load(TODAY, people=3)
        assert {what: (c.added, c.changed) for what, c in counts.items() if c.added or c.changed} == {}
        written = [statement for statement in count_queries()[before:] if not statement.startswith("SELECT")]
        assert written == []
        assert len(count_queries()) - before <= 60

    def test_what_people_edited_stays_and_the_rest_is_renewed(self, loaded):
        programme, organisation = one(loaded, Programme, "lis-research-instrumentmaker"), one(loaded, Organisation, "astron")
        programme.edit(title_nl="Een eigen titel")
        programme.title_en, organisation.about_nl = "An old title", "Oude tekst"
        counts = services.load(TODAY, people=3)
        assert (programme.title_nl, programme.title_en) == ("Een eigen titel", "Research instrument maker")
        assert "Oude tekst" not in organisation.about_nl
        assert (counts["programmes"].changed, counts["organisations"].changed) == (1, 1)

    def test_skills_that_people_chose_stay(self, loaded):
        vacancy, other = one(loaded, Vacancy, "robotcel-bouwen"), one(loaded, Vacancy, "plc-programmeur-inpaklijn")
        for row in (vacancy, other):
            loaded.delete(loaded.scalars(select(VacancySkill).where(VacancySkill.vacancy_id == row.id)).first())
        vacancy.edited_fields = ["skills"]
        loaded.flush()
        parts = services.load(TODAY, people=3)["parts of places"]
        assert (parts.added, parts.changed) == (1, 0)

    def test_parts_that_are_no_longer_in_the_files_go(self, loaded):
        programme, skill = one(loaded, Programme, "technicnoord-mechatronica-bbl"), loaded.scalars(select(ProgrammeSkill)).first()
        loaded.add(Offering(programme=programme, mode="online", place=None))
        skill.words = "other words"
        loaded.flush()
        parts = services.load(TODAY, people=3)["parts of programmes"]
        assert (parts.added, parts.changed) == (0, 2)
        assert loaded.scalars(select(Offering.mode).where(Offering.programme_id == programme.id)).all() == ["bbl"]

    def test_a_place_that_time_closed_gets_a_new_period(self, loaded):
        later = TODAY + timedelta(days=400)
        kept, stopped = one(loaded, Vacancy, "robotcel-bouwen"), one(loaded, Vacancy, "plc-programmeur-inpaklijn")
        kept.edit(closes_on=TODAY + timedelta(days=10))
        stopped.edit(status=VacancyStatus.CLOSED)
        swept = one(loaded, Vacancy, "cad-tekenaar-machinedelen")
        swept.status = VacancyStatus.CLOSED
        services.load(later, people=3)
        assert kept.closes_on == TODAY + timedelta(days=10)
        assert stopped.status is VacancyStatus.CLOSED
        assert swept.is_open(later) and swept.starts_on > later
        assert loaded.scalar(select(func.count()).where(Vacancy.closes_on < later)) == 2

    def test_an_open_place_keeps_its_period(self, loaded):
        vacancy = one(loaded, Vacancy, "robotcel-bouwen")
        before = (vacancy.starts_on, vacancy.closes_on, vacancy.published_at)
        services.load(vacancy.closes_on, people=3)
        assert (vacancy.starts_on, vacancy.closes_on, vacancy.published_at) == before

    def test_more_people_come_along_and_nobody_is_made_twice(self, loaded):
        first = set(loaded.scalars(select(User.email)))
        counts = services.load(TODAY, people=5)["example people"]
        assert (counts.added, counts.unchanged) == (2, 9)
        assert first < set(loaded.scalars(select(User.email)))

    def test_an_example_person_keeps_what_visitors_said_for_them(self, loaded):
        user = loaded.scalars(select(User).where(User.email == ACCOUNTS["student"])).one()
        profiles.of(user.id).wish = "Iets anders"
        services.load(TODAY, people=3)
        assert profiles.of(user.id).wish == "Iets anders"


def test_without_examples_only_what_exists_is_loaded(session):
    services.load(TODAY, examples=False)
    assert (count(session, Vacancy), count(session, User)) == (0, 0)
    assert session.scalar(select(func.count()).where(Organisation.is_example.is_(True))) == 0
    assert count(session, Programme) == 108


def test_an_account_of_a_real_person_is_left_alone(session, app_context):
    session.add(User(email=ACCOUNTS["cluster"], display_name="Somebody", password_hash="x"))
    session.commit()
    services.load(TODAY, people=1)
    user = session.scalars(select(User).where(User.email == ACCOUNTS["cluster"])).one()
    assert (user.display_name, user.is_demo, user.memberships) == ("Somebody", False, [])


def test_a_faulty_file_stops_the_load(session, copies, write_cell):
    write_cell("vacancies.csv", 2, "place", "Atlantis")
    with pytest.raises(FaultyFile, match=r"vacancies\.csv, row 2, column place: 'Atlantis' is not known"):
        services.load(TODAY, folder=copies)
    assert count(session, Programme) == 0
