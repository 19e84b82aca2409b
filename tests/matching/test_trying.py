"""The sheet of a place for an example student: what its company and the cluster office see, and nobody else."""

import pytest
from bs4 import BeautifulSoup

from ipf_talent.accounts.roles import Role
from ipf_talent.matching import reader, sheet, trying
from ipf_talent.matching.forms import PlaceFilter
from ipf_talent.matching.kinds import Example
from ipf_talent.profiles import services as profiles
from ipf_talent.profiles.card import Card, KnownSkill
from ipf_talent.programmes.levels import Level, StartingPoint
from ipf_talent.skills import queries as skills
from ipf_talent.vacancies import queries as vacancies
from ipf_talent.vacancies.kinds import VacancyStatus
from ipf_talent.vacancies.models import Vacancy
from tests.factories.accounts import make_user
from tests.factories.organisations import make_organisation
from tests.factories.programmes import make_programme
from tests.factories.vacancies import make_vacancy
from tests.matching.conftest import PLC_STUDENT


@pytest.fixture
def place(taught):
    """A place with two must-haves and a wish, another that asks the same, and a programme that teaches two of the three."""
    made = make_vacancy(slug="cell", musts=(taught["plc-programming"], taught["cad"]), wanted=(taught["robotics"],))
    make_vacancy(slug="rival", musts=(taught["plc-programming"],))
    make_programme(slug="plc-school", teaches=(taught["plc-programming"], taught["robotics"], taught["welding"]))
    return made


def tried(example: Example = Example.MUSTS) -> trying.Tried:
    return trying.read(vacancies.get("cell"), example)


def test_who_has_the_must_haves_meets_all_of_them_and_lacks_the_wishes(place, index, app_context):
    index()
    found = tried()
    assert found.me.card == Card(point=StartingPoint.MBO_4, skills=(KnownSkill("cad"), KnownSkill("plc-programming")))
    assert (set(found.sheet.why.musts_met), found.sheet.why.musts_open) == ({"cad", "plc-programming"}, ())
    assert found.sheet.missing == ("robotics",)
    assert [step.concept for step in found.sheet.steps] == ["robotics"]
    assert (found.current, found.sheet.rank) == (True, 1)


@pytest.mark.parametrize(("level", "considered"), [(Level.MBO_4, 2), (Level.ENGD_PHD, 2), (Level.NONE, 5)])
def test_it_is_ranked_among_the_places_that_a_student_of_its_level_sees(taught, index, app_context, level, considered):
    make_vacancy(slug="cell", level=level, musts=(taught["cad"],))
    for other in (Level.MBO_4, Level.MASTER, Level.ENGD_PHD, Level.HBO_BACHELOR):
        make_vacancy(level=other, musts=(taught["cad"],))
    index()
    found = tried()
    assert found.me.search.ranking.considered == considered
    assert found.sheet.rank <= considered


def test_the_example_student_has_what_the_best_preparing_programme_teaches_and_one_sentence(place, index, app_context):
    index()
    found = tried(Example.STUDENT)
    assert set(found.me.card.slugs) == {"plc-programming", "robotics", "welding"}
    assert place.title_nl in found.me.card.wish and found.programme.slug == "plc-school"
    assert found.sheet.why.musts_open == ("cad",)
    assert "cad" in [step.concept for step in found.sheet.steps]


def test_without_a_programme_the_example_has_its_sentence_alone(taught, index, app_context):
    make_vacancy(slug="cell", musts=(taught["cad"],))
    index()
    found = tried(Example.STUDENT)
    assert found.programme is None and found.me.card.slugs == () and found.sheet.why is not None
    assert "query_concepts" in found.sheet.why.absent and len(found.absent) == 1


@pytest.mark.parametrize("example", list(Example))
def test_the_sheet_is_the_one_that_such_a_student_sees(place, index, app_context, example):
    index()
    found = tried(example)
    student = reader.of(found.me.card, PlaceFilter(), skills.taxonomy())
    assert sheet.read(student, student.rows["cell"]) == found.sheet


@pytest.mark.parametrize("example", list(Example))
def test_a_draft_adds_up_to_the_same_sum_as_when_it_is_open_but_has_no_rank(place, index, app_context, session, example):
    index()
    open_one = tried(example)
    session.query(Vacancy).filter_by(slug="cell").one().status = VacancyStatus.DRAFT
    session.commit()
    index()
    draft = tried(example)
    assert draft.sheet.why.score == pytest.approx(open_one.sheet.why.score, abs=1e-6)
    assert draft.sheet.sum == open_one.sheet.sum
    assert (draft.current, draft.sheet.rank, draft.sheet.steps) == (False, None, [])


def test_a_text_that_changed_since_the_last_index_counts_at_once(place, index, app_context, session):
    index()
    session.query(Vacancy).filter_by(slug="cell").one().description_nl = "Iets heel anders."
    session.commit()
    found = tried(Example.STUDENT)
    assert not found.current and found.sheet.rank is None
    assert "robotcel" not in found.sheet.words


def test_without_must_haves_there_is_nothing_to_try_with(taught, index, app_context):
    make_vacancy(slug="cell", wanted=(taught["cad"],))
    index()
    assert tried().sheet.why is None
    assert "document_musts" in tried(Example.STUDENT).sheet.why.absent


def test_everything_that_can_be_absent_has_its_sentence(app_context):
    assert set(trying.ABSENT) == {"query_text", "query_concepts", "document_text", "document_concepts", "document_musts"}


def page(client, query: str = "") -> BeautifulSoup:
    answer = client.get(f"/match/places/cell/check{query}")
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def test_the_company_sees_what_is_read_the_sum_and_what_is_not_known(place, index, client, sign_in, taught):
    index()
    sign_in(client, make_user(Role.WORKPLACE_TRAINER, place.company))
    shown = page(client)
    rows = [[cell.get_text(" ", strip=True) for cell in row.select("th, td")][:2] for row in shown.select("table tbody tr")[:3]]
    assert rows == [["cad", "must-have"], ["plc programming", "must-have"], ["robotics", "nice to have"]]
    lines = [float(tag.text) for tag in shown.select("table.ipf-sum tbody td.ipf-number")]
    assert round(sum(lines), 1) == float(shown.select_one("table.ipf-sum tfoot td").text.strip("%")) > 20
    assert "This example wrote no sentence" in shown.text
    links = {tag["href"] for tag in shown.select("main a")}
    assert "/match/places/cell/wrong" in links and "/match/places/cell/wrong?about=not_asked&skill=cad" in links
    assert "plc-school" in str(page(client, "?as=student").select_one("main"))
    assert page(client, "?as=nonsense").select_one(".match-examples [aria-current]").text == "Exactly the must-haves"


def test_no_real_person_is_on_it(place, index, client, sign_in, session):
    student = make_user(Role.STUDENT, display_name="Jitske Echt", email="jitske@school.example")
    profiles.save(student.id, PLC_STUDENT)
    session.commit()
    index()
    sign_in(client, make_user(Role.COMPANY_MANAGER, place.company))
    for query in ("", "?as=student"):
        text = page(client, query).text
        assert "Jitske" not in text and "jitske" not in text and PLC_STUDENT.wish not in text


@pytest.mark.parametrize(
    ("role", "own", "status", "code"),
    [
        (Role.COMPANY_MANAGER, True, VacancyStatus.PUBLISHED, 200),
        (Role.WORKPLACE_TRAINER, True, VacancyStatus.DRAFT, 200),
        (Role.COMPANY_MANAGER, False, VacancyStatus.PUBLISHED, 404),
        (Role.STUDENT, True, VacancyStatus.PUBLISHED, 404),
        (Role.CLUSTER_OFFICE, False, VacancyStatus.PUBLISHED, 200),
        (Role.CLUSTER_OFFICE, False, VacancyStatus.CLOSED, 200),
        (Role.CLUSTER_OFFICE, False, VacancyStatus.DRAFT, 404),
        (Role.PLATFORM_ADMIN, False, VacancyStatus.PUBLISHED, 404),
    ],
)
def test_only_the_company_and_the_cluster_office_see_it(match_folder, client, sign_in, session, role, own, status, code):
    place = make_vacancy(slug="cell", status=status)
    sign_in(client, make_user(role, place.company if own else make_organisation()))
    assert client.get("/match/places/cell/check").status_code == code
    linked = "/match/places/cell/check" in client.get("/vacancies/cell").text
    assert linked is (code == 200 and (status is VacancyStatus.PUBLISHED or (own and role is Role.COMPANY_MANAGER)))


@pytest.mark.parametrize("query", ["", "?as=student"])
def test_it_takes_at_most_twelve_statements(place, index, client, sign_in, count_queries, query):
    index()
    sign_in(client, make_user(Role.COMPANY_MANAGER, place.company))
    page(client, query)
    before = len(count_queries())
    page(client, query)
    assert len(count_queries()) - before <= 12
