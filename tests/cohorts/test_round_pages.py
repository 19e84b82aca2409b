"""The pages of rounds: each side sees its own, and does what it may."""

import json
from collections.abc import Callable

import pytest
from flask import g
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role
from ipf_talent.cohorts.checker import LARGEST
from ipf_talent.cohorts.rounds import computing as round_computing
from ipf_talent.cohorts.rounds import queries as round_queries
from ipf_talent.cohorts.rounds import services as round_services
from ipf_talent.cohorts.rounds.kinds import Answer, RoundStatus
from ipf_talent.cohorts.rounds.models import PlacePriorities, Round
from ipf_talent.db import session
from tests.accounts.conftest import token_in
from tests.factories.accounts import make_user
from tests.factories.rounds import Class

FACTS = dict.fromkeys(("first", "second", "third", "fourth", "fifth"), "")
SignIn = Callable[[FlaskClient, User], FlaskClient]


@pytest.fixture
def school(app_context: None) -> Class:
    return Class(students=3, places=(1, 1))


def post(client: FlaskClient, page: str, data: dict[str, object], **values: object) -> TestResponse:
    """Press a button, with the token of a form of this browser."""
    return client.post(page, data={"csrf_token": token_in(client.get("/placing/check").text), **data}, **values)


def check(client: FlaskClient, data: bytes) -> TestResponse:
    """Choose a certificate and press the button, as a browser sends it."""
    token = token_in(client.get("/placing/check").text)
    parts = (('name="csrf_token"', token.encode()), ('name="file"; filename="certificate.json"', data))
    body = b"".join(b"--end\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n" % (name.encode(), part) for name, part in parts)
    return client.post("/placing/check", data=body + b"--end--\r\n", content_type="multipart/form-data; boundary=end")


def english(client: FlaskClient) -> FlaskClient:
    """Another browser, of somebody who reads English."""
    g.pop("_login_user", None)  # the context around the test would remember who came first
    other = client.application.test_client()
    other.set_cookie("lang", "en")
    return other


def published(school: Class) -> Round:
    made = school.make_round()
    for number in range(3):
        school.wish(made, number, 0, 1)
    round_computing.compute(made, by_id=0, now=clock.now())
    round_services.publish(made, by_id=0, now=clock.now())
    session.commit()
    return made


def test_a_coordinator_goes_from_a_new_round_to_proposals(
    client: FlaskClient,
    sign_in: SignIn,
    school: Class,
) -> None:
    sign_in(client, school.coordinator)
    today = clock.today().isoformat()
    made = post(
        client,
        "/rounds/new",
        data={"period": school.period.slug, "name": "Spring", "wishes_until": today, "answer_until": today, "made_with": "c" * 32},
    )
    assert made.status_code == 303
    here = made.headers["Location"]
    assert "Spring" in client.get(here).text
    chosen = post(client, f"{here}/places", data={f"seats-{vacancy.slug}": "1" for vacancy in school.vacancies})
    assert chosen.status_code == 303
    assert post(client, f"{here}/act", data={"deed": "open"}, follow_redirects=True).status_code == 200
    found = round_queries.get(here.rsplit("/", 1)[1])
    assert found.status is RoundStatus.WISHES
    for number in range(3):
        school.wish(found, number, number % 2)
    assert "Dry run" in client.get(f"{here}/trial").text
    assert "Computed and checked" in post(client, f"{here}/act", data={"deed": "compute"}, follow_redirects=True).text
    assert "Students say yes or no" in post(client, f"{here}/act", data={"deed": "publish"}, follow_redirects=True).text
    certificate = client.get(f"{here}/certificate.json")
    assert certificate.headers["Content-Disposition"].startswith("attachment")
    checked = check(client, certificate.data)
    assert "This certificate is right" in checked.text


def test_no_page_of_a_round_tells_a_name_in_the_certificate(school: Class) -> None:
    made = published(school)
    for one in made.students:
        assert one.enrolment is not None
        assert one.enrolment.name not in made.certificate
        assert one.enrolment.number not in made.certificate


def test_another_school_sees_no_round(client: FlaskClient, sign_in: SignIn, school: Class) -> None:
    made = school.make_round()
    sign_in(client, Class(students=1).coordinator)
    for page in ("", "/settings", "/places", "/trial", "/locks", "/certificate.json"):
        assert client.get(f"/rounds/{made.key}{page}").status_code == 404
    for deed in ("/act", "/unlock"):
        assert post(client, f"/rounds/{made.key}{deed}", data={"deed": "close"}).status_code == 404
    assert made.name not in client.get("/rounds").text


def test_a_programme_manager_does_not_place(client: FlaskClient, sign_in: SignIn, school: Class) -> None:
    sign_in(client, make_user(Role.PROGRAMME_MANAGER, school.school))
    assert client.get("/rounds").status_code == 403


def test_a_student_ranks_places_with_numbers_and_buttons(client: FlaskClient, sign_in: SignIn, school: Class) -> None:
    made = school.make_round()
    one, me = school.entry(made, 0), school.students[0].student
    assert me is not None
    sign_in(client, me)
    first, second = (place.code for place in made.places)
    page = client.get(f"/my-rounds/{one.key}")
    assert "You can change your list" in page.text
    post(client, f"/my-rounds/{one.key}/wishes", data={"part": f"add:{first}"})
    post(client, f"/my-rounds/{one.key}/wishes", data={f"rank-{first}": "2", f"rank-{second}": "1"})
    assert [wish.place.code for wish in round_queries.entry(one.key).wishes] == [second, first]
    post(client, f"/my-rounds/{one.key}/wishes", data={f"rank-{first}": "2", f"rank-{second}": "1", "part": f"down:{second}"})
    assert [wish.place.code for wish in round_queries.entry(one.key).wishes] == [first, second]
    post(client, f"/my-rounds/{one.key}/wishes", data={f"rank-{first}": "x", f"rank-{second}": "-3", "rank-nonsense": "1"})
    assert round_queries.entry(one.key).wishes == []


def test_a_student_cannot_open_the_part_of_another(client: FlaskClient, sign_in: SignIn, school: Class) -> None:
    made = school.make_round()
    other, me = school.entry(made, 1), school.students[0].student
    assert me is not None
    sign_in(client, me)
    assert client.get(f"/my-rounds/{other.key}").status_code == 404
    assert post(client, f"/my-rounds/{other.key}/wishes", data={"part": f"add:{made.places[0].code}"}).status_code == 404
    assert post(client, f"/my-rounds/{other.key}/answer", data={"deed": "accepted"}).status_code == 404


def test_before_it_is_published_a_student_sees_no_result(client: FlaskClient, sign_in: SignIn, school: Class) -> None:
    made = school.make_round()
    for number in range(3):
        school.wish(made, number, 0)
    round_computing.compute(made, by_id=0, now=clock.now())
    session.commit()
    me = school.students[0].student
    assert me is not None
    sign_in(client, me)
    page = client.get(f"/my-rounds/{school.entry(made, 0).key}").text
    assert "The wishes are closed" in page
    assert made.seed not in page


def test_each_student_hears_their_result_with_the_reason_and_the_seed(client: FlaskClient, sign_in: SignIn, school: Class) -> None:
    made = published(school)
    texts = []
    for enrolment in school.students:
        assert enrolment.student is not None
        one = next(each for each in made.students if each.enrolment_id == enrolment.id)
        text = sign_in(english(client), enrolment.student).get(f"/my-rounds/{one.key}").text
        texts.append(text)
        assert made.seed in text and json.loads(made.certificate)["input_sha256"] in text
        assert not any(other.name in text for other in school.students if other is not enrolment)
        if one.got is None:
            assert "No place in this round yet" in text and "the lottery decided" in text
        else:
            assert "Proposed to you" in text
    assert sum("No place in this round yet" in text for text in texts) == 1


def test_a_student_declines_after_reading_what_happens_then(client: FlaskClient, sign_in: SignIn, school: Class) -> None:
    made = published(school)
    one = next(each for each in made.students if each.got is not None)
    assert one.student is not None
    sign_in(client, one.student)
    assert "nobody else moves up" in client.get(f"/my-rounds/{one.key}").text
    post(client, f"/my-rounds/{one.key}/answer", data={"deed": "declined"})
    assert round_queries.entry(one.key).answer is Answer.DECLINED
    assert post(client, f"/my-rounds/{one.key}/answer", data={"deed": "nonsense"}).status_code == 400


def test_a_company_says_what_its_place_goes_by(client: FlaskClient, sign_in: SignIn, school: Class) -> None:
    vacancy = school.vacancies[0]
    sign_in(client, make_user(Role.COMPANY_MANAGER, vacancy.company))
    assert vacancy.title_en in client.get("/placing/places").text
    answer = post(client, f"/placing/places/{vacancy.slug}", data=FACTS | {"first": "near", "second": "year", "third": "near"})
    assert answer.status_code == 303
    assert session.get_one(PlacePriorities, vacancy.id).criteria == ["near", "year"]
    assert post(client, f"/placing/places/{vacancy.slug}", data=FACTS | {"first": "name"}).status_code == 422
    assert client.get(f"/placing/places/{school.vacancies[1].slug}").status_code == 404


def test_a_pair_is_tried_before_it_is_fixed(client: FlaskClient, sign_in: SignIn, school: Class) -> None:
    made = school.make_round()
    school.wish(made, 0, 0)
    sign_in(client, school.coordinator)
    student, place = school.entry(made, 1), made.places[0]
    tried = client.get(f"/rounds/{made.key}/locks?student={student.code}&place={place.code}").text
    assert "This is what it would cost" in tried and "(worse)" in tried
    without = post(client, f"/rounds/{made.key}/locks", data={"student": student.code, "place": place.code, "note": ""})
    assert without.status_code == 422
    fixed = post(
        client, f"/rounds/{made.key}/locks", data={"student": student.code, "place": place.code, "note": "Lives next door"}
    )
    assert fixed.status_code == 303
    assert "Lives next door" in client.get(f"/rounds/{made.key}/locks").text
    post(client, f"/rounds/{made.key}/unlock", data={"part": student.code})
    assert "No pair is fixed" in client.get(f"/rounds/{made.key}/locks").text


def test_two_coordinators_at_once_are_told(client: FlaskClient, sign_in: SignIn, school: Class) -> None:
    made = school.make_round(opened=False)
    sign_in(client, school.coordinator)
    day = made.wishes_until.isoformat()
    values = {"name": "<b>Mine</b>", "wishes_until": day, "answer_until": day, "version": str(made.version - 1)}
    answer = post(client, f"/rounds/{made.key}/settings", data=values)
    assert answer.status_code == 409
    assert "&lt;b&gt;Mine&lt;/b&gt;" in answer.text
    answer = post(client, f"/rounds/{made.key}/settings", data=values | {"version": str(made.version), "least_weeks": "0"})
    assert answer.status_code == 422


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff\xfe\x00", b"[" * 5000, b" " * (LARGEST + 10)])
def test_a_file_that_is_no_certificate_gets_a_sentence(client: FlaskClient, data: bytes) -> None:
    answer = check(client, data)
    assert answer.status_code == 200
    assert "This certificate is not right" in answer.text


def test_a_spoilt_certificate_is_named_on_the_page(client: FlaskClient, school: Class) -> None:
    document = json.loads(published(school).certificate)
    document["pairs"] = document["pairs"][1:]
    answer = check(client, json.dumps(document).encode())
    assert "would both rather have each other" in answer.text


def test_the_page_of_a_round_takes_few_statements(
    app_context: None,
    client: FlaskClient,
    sign_in: SignIn,
    count_queries: Callable[[], list[str]],
) -> None:
    school = Class(students=25, places=(9, 9, 9))
    made = published_many(school)
    sign_in(client, school.coordinator)
    key = made.key
    session.expire_all()
    for page in (f"/rounds/{key}", "/rounds"):
        before = len(count_queries())
        assert client.get(page).status_code == 200
        assert len(count_queries()) - before <= 12, page


def published_many(school: Class) -> Round:
    made = school.make_round()
    for number in range(len(school.students)):
        school.wish(made, number, number % 3)
    round_computing.compute(made, by_id=0, now=clock.now())
    session.commit()
    return made
