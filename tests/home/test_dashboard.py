"""The start page of each role: its own things, nobody else's, and few statements."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from ipf_talent import clock
from ipf_talent.accounts.models import Membership
from ipf_talent.accounts.roles import Role
from ipf_talent.home import dashboard
from ipf_talent.profiles import services as profiles
from ipf_talent.profiles.card import Card, KnownSkill
from ipf_talent.programmes.levels import Level, StartingPoint
from ipf_talent.programmes.listing_models import ListingNews, NewsKind, ProgrammeFollow
from ipf_talent.vacancies.kinds import VacancyStatus
from tests.factories.accounts import make_user
from tests.factories.organisations import make_organisation, make_school
from tests.factories.programmes import make_programme
from tests.factories.skills import make_skill
from tests.factories.vacancies import make_vacancy

MOST = 9


def start(client, sign_in, user, count_queries=None):
    before = len(count_queries()) if count_queries else 0
    answer = sign_in(client, user).get("/start")
    assert answer.status_code == 200
    return answer.text, len(count_queries()) - before if count_queries else 0


def test_a_guest_is_asked_to_sign_in(client):
    answer = client.get("/start")
    assert answer.status_code == 303 and answer.location.startswith("/sign-in?next=/start")


def test_somebody_new_is_asked_where_they_stand(client, session, sign_in):
    text, _n = start(client, sign_in, make_user(role=None))
    assert "Tell us your level" in text and 'href="/profile"' in text
    assert "Register your organisation" in text


def test_a_student_sees_where_they_stand_what_is_empty_and_places_at_their_level(client, session, sign_in, count_queries):
    make_skill()
    programme = make_programme(title_en="Mechatronics")
    fits, other = make_vacancy(title_en="Build a robot"), make_vacancy(title_en="Doctor of robots", level=Level.ENGD_PHD)
    draft = make_vacancy(title_en="Nobody knows yet", status=VacancyStatus.DRAFT)
    student = make_user()
    profiles.save(student.id, Card(point=StartingPoint.MBO_4, programme=programme.slug, skills=(KnownSkill("plc-programming"),)))
    session.commit()
    text, statements = start(client, sign_in, student, count_queries)
    assert "Mechatronics" in text and "1 skill" in text
    assert f"/vacancies/{fits.slug}" in text
    assert f"/vacancies/{other.slug}" not in text and f"/vacancies/{draft.slug}" not in text
    assert "What you want to learn" in text and "Your level" not in text
    assert statements <= MOST


def test_what_a_profile_does_not_say_leaves_no_empty_line(client, session, sign_in):
    student = make_user()
    profiles.save(student.id, Card(point=StartingPoint.HAVO))
    session.commit()
    text, _n = start(client, sign_in, student)
    assert ">havo<" in text and "<dd></dd>" not in text and "New places at your level" not in text


def test_a_company_sees_its_own_places_with_their_state_and_no_other_company(client, session, sign_in, count_queries):
    ours, theirs = make_organisation(name="Ours"), make_organisation(name="Theirs")
    make_vacancy(company=ours, title_en="Open one")
    make_vacancy(company=ours, title_en="Full one", places=1, taken=1)
    make_vacancy(company=ours, title_en="Over one", closes_on=clock.today() - timedelta(1))
    make_vacancy(company=ours, title_en="Draft one", status=VacancyStatus.DRAFT)
    make_vacancy(company=theirs, title_en="Foreign one")
    manager = make_user(Role.COMPANY_MANAGER, ours)
    text, statements = start(client, sign_in, manager, count_queries)
    assert "Foreign one" not in text and "Theirs" not in text
    states = dashboard.of(manager).companies[0].states
    assert states == dict.fromkeys((VacancyStatus.PUBLISHED, VacancyStatus.FULL, VacancyStatus.CLOSED, VacancyStatus.DRAFT), 1)
    assert f"/organisation/{ours.slug}/people" in text and "Where you stand" not in text
    assert statements <= MOST


def test_a_trainer_sees_the_places_and_cannot_reach_the_people(client, session, sign_in):
    ours = make_organisation()
    text, _n = start(client, sign_in, make_user(Role.WORKPLACE_TRAINER, ours))
    assert "No places yet" in text and "/people" not in text


def test_an_unchecked_organisation_says_so_and_links_to_no_public_page(client, session, sign_in):
    ours = make_organisation(verified_at=None)
    text, _n = start(client, sign_in, make_user(Role.COMPANY_MANAGER, ours))
    assert "Waits for a check" in text and f'href="/companies/{ours.slug}"' not in text


def test_a_school_sees_its_programmes_and_which_to_check_again(client, session, sign_in, count_queries):
    ours = make_school()
    today = clock.today()
    make_programme(institution=ours, title_en="Fresh", checked_on=today - timedelta(365))
    make_programme(institution=ours, title_en="Stale", checked_on=today - timedelta(366))
    make_programme(institution=ours, title_en="Never", checked_on=None)
    make_programme(title_en="Foreign")
    teacher = make_user(Role.COORDINATOR, ours)
    text, statements = start(client, sign_in, teacher, count_queries)
    late = {row.title_en for row, is_late in dashboard.of(teacher).schools[0].programmes if is_late}
    assert late == {"Stale", "Never"}
    assert "2 programmes were not checked" in text and "Foreign" not in text
    assert statements <= 12


@pytest.mark.parametrize(("number", "shown"), [(9, None), (10, 10)])
def test_students_of_a_school_are_counted_from_ten_on(session, number, shown):
    ours, other = make_school(), make_school()
    for _one in range(number):
        make_user(Role.STUDENT, ours)
    make_user(Role.STUDENT, other)
    doubled = make_user(Role.COORDINATOR, ours)
    doubled.memberships.append(Membership(role=Role.PROGRAMME_MANAGER, organisation=ours))
    session.commit()
    counts = dashboard.of(doubled).schools[0].people
    assert counts.students == shown
    assert counts.staff == 1


def test_the_cluster_office_sees_the_region_and_no_person(client, session, sign_in, count_queries):
    taught, untaught = make_skill("cad", label_en="cad"), make_skill("vision", label_en="machine vision")
    make_programme(teaches=(taught,))
    make_programme(teaches=(taught, untaught), national=True)
    make_vacancy(musts=(taught,), wanted=(untaught,))
    make_vacancy(musts=(untaught,))
    make_vacancy(musts=(taught,), closes_on=clock.today() - timedelta(1))
    make_vacancy(musts=(taught,), company=make_organisation(verified_at=None))
    make_organisation(is_example=False)
    make_organisation(is_example=False, verified_at=None)
    student = make_user(display_name="Somebody Private", email="private@school.example")
    clerk = make_user(Role.CLUSTER_OFFICE)
    text, statements = start(client, sign_in, clerk, count_queries)
    region = dashboard.of(clerk).cluster
    assert [(row.slug, row.asked, row.taught) for row in region.skills] == [("vision", 2, 0), ("cad", 1, 1)]
    assert region.places == {Level.MBO_4: 2} and region.programmes == {Level.MBO_4: 1}
    assert region.organisations == {"company": 1}
    assert "no programme known" in text
    assert student.display_name not in text and student.email not in text
    assert statements <= MOST


def test_platform_administration_sees_what_waits(client, session, sign_in, count_queries):
    make_organisation(name="Waiting", verified_at=None)
    text, statements = start(client, sign_in, make_user(Role.PLATFORM_ADMIN), count_queries)
    assert "1 waits for you" in text and "/organisations/pending" in text
    assert statements <= MOST


def test_somebody_with_many_roles_still_costs_at_most_twelve(client, session, sign_in, count_queries):
    user = make_user(Role.STUDENT)
    user.memberships += [
        Membership(role=Role.COMPANY_MANAGER, organisation=make_organisation()),
        Membership(role=Role.PROGRAMME_MANAGER, organisation=make_school()),
        Membership(role=Role.CLUSTER_OFFICE),
    ]
    session.commit()
    _text, statements = start(client, sign_in, user, count_queries)
    assert statements <= 12


@pytest.mark.parametrize("language", ["nl", "fy", "en"])
@pytest.mark.parametrize("role", [Role.STUDENT, Role.CLUSTER_OFFICE, Role.PLATFORM_ADMIN])
def test_the_page_answers_in_every_language(client, session, sign_in, role, language):
    client.set_cookie("lang", language)
    assert f'<html lang="{language}"' in start(client, sign_in, make_user(role))[0]


def test_whoever_follows_a_programme_finds_it_and_what_changed(client, session, sign_in):
    reader, other = make_user(), make_user()
    followed, unchanged, foreign = (make_programme(title_en=title) for title in ("Robotics", "Optics", "Welding"))
    session.add_all(ProgrammeFollow(user_id=reader.id, programme_id=one.id) for one in (followed, unchanged))
    session.add(ProgrammeFollow(user_id=other.id, programme_id=foreign.id))
    long_ago = clock.now() - dashboard.NEWS_SHOWN - timedelta(days=1)
    session.add_all(ListingNews(programme_id=one.id, kind=NewsKind.RESTING, detail={}) for one in (followed, foreign))
    session.add(ListingNews(programme_id=unchanged.id, kind=NewsKind.ARCHIVED, detail={}, at=long_ago))
    session.commit()
    text, _n = start(client, sign_in, reader)
    part = BeautifulSoup(text, "html.parser").select_one("section[aria-labelledby=followed]")
    assert "2 programmes" in part.text and part.select_one("a[href='/following']")
    assert [one.a.text for one in part.select("li")] == ["Robotics"]
    assert "The school does not offer it for now." in part.text
    assert BeautifulSoup(text, "html.parser").select_one(".ipf-account a[href='/following']")


def test_whoever_follows_nothing_reads_nothing_of_it(client, session, sign_in):
    text, _n = start(client, sign_in, make_user())
    assert 'section aria-labelledby="followed"' not in text


def test_nothing_new_is_said_where_nothing_changed(client, session, sign_in):
    reader, programme = make_user(), make_programme()
    session.add(ProgrammeFollow(user_id=reader.id, programme_id=programme.id))
    session.commit()
    text, _n = start(client, sign_in, reader)
    assert "1 programme" in text and "Nothing changed lately." in text
