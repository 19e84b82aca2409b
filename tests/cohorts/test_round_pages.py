"""The pages of rounds: each side sees its own, and does what it may."""

import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import g
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role
from ipf_talent.cohorts.checker import LARGEST
from ipf_talent.cohorts.criteria import Criterion
from ipf_talent.cohorts.rounds import computing as round_computing
from ipf_talent.cohorts.rounds import locking as round_locking
from ipf_talent.cohorts.rounds import preparing as round_preparing
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
    answer = post(client, f"/placing/places/{vacancy.slug}", data=FACTS | {"first": "near", "third": "year"})
    assert answer.status_code == 303
    assert session.get_one(PlacePriorities, vacancy.id).criteria == ["near", "year"]
    assert post(client, f"/placing/places/{vacancy.slug}", data=FACTS | {"first": "name"}).status_code == 422
    twice = post(client, f"/placing/places/{vacancy.slug}", data=FACTS | {"first": "near", "second": "year", "third": "near"})
    assert twice.status_code == 422
    assert twice.text.count("You chose this fact above already.") == 2  # in the summary, and beside the third
    assert session.get_one(PlacePriorities, vacancy.id).criteria == ["near", "year"]
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


def test_looking_what_a_pair_costs_puts_no_token_in_the_address(client: FlaskClient, sign_in: SignIn, school: Class) -> None:
    made = school.make_round()
    sign_in(client, school.coordinator)
    forms = re.findall(r'<form method="get".*?</form>', client.get(f"/rounds/{made.key}/locks").text, re.DOTALL)
    assert len([form for form in forms if 'name="student"' in form]) == 1
    assert not any("csrf_token" in form for form in forms)


def test_a_pair_that_is_fixed_again_shows_the_reason_that_it_had(client: FlaskClient, sign_in: SignIn, school: Class) -> None:
    made = school.make_round()
    sign_in(english(client), school.coordinator)
    client.set_cookie("lang", "en")
    sign_in(client, school.coordinator)
    values = {"student": school.entry(made, 1).code, "place": made.places[0].code}
    post(client, f"/rounds/{made.key}/locks", data=values | {"note": "Agreed with the parents"})
    tried = client.get(f"/rounds/{made.key}/locks", query_string=values).text
    assert 'value="Agreed with the parents"' in tried and "This student is fixed already" in tried
    other = client.get(f"/rounds/{made.key}/locks", query_string=values | {"student": school.entry(made, 0).code}).text
    assert 'value="Agreed with the parents"' not in other and "This student is fixed already" not in other
    again = post(client, f"/rounds/{made.key}/locks", data=values | {"note": "Lives near"}, follow_redirects=True).text
    assert "The fixed pair of this student is changed." in again


def test_wrong_seats_are_named_beside_their_row_and_what_was_typed_stays(
    client: FlaskClient, sign_in: SignIn, school: Class
) -> None:
    made = school.make_round(opened=False)
    sign_in(client, school.coordinator)
    one, other = (vacancy.slug for vacancy in school.vacancies)
    for typed in ("-1", "1.5", "x", "2", "999"):
        answer = post(client, f"/rounds/{made.key}/places", data={f"seats-{one}": typed, f"seats-{other}": "1"})
        assert answer.status_code == 422, typed
        assert f'value="{typed}"' in answer.text, typed
        assert f'href="#seats-{one}"' in answer.text and f'id="seats-{one}-error"' in answer.text, typed
        assert f'id="seats-{other}-error"' not in answer.text, typed
        sentence = "Write a whole number from 0 to 1." if typed in ("1.5", "x") else "There is 1 free seat: write 0 or 1."
        assert answer.text.count(sentence) == 2, typed  # in the summary, and beside the row
        assert [place.seats for place in round_queries.get(made.key).places] == [1, 1], typed
    assert post(client, f"/rounds/{made.key}/places", data={f"seats-{one}": "0", f"seats-{other}": "1"}).status_code == 303
    assert [place.vacancy.slug for place in round_queries.get(made.key).places] == [other]


def test_the_seed_stays_secret_until_the_places_are_proposed(client: FlaskClient, sign_in: SignIn, school: Class) -> None:
    made = school.make_round()
    for number in range(3):
        school.wish(made, number, 0)
    round_computing.compute(made, by_id=0, now=clock.now())
    session.commit()
    sign_in(client, school.coordinator)
    early = client.get(f"/rounds/{made.key}/certificate.json")
    assert early.status_code == 303 and made.seed not in early.text
    page = client.get(f"/rounds/{made.key}").text
    assert made.seed not in page and "certificate.json" not in page
    round_services.publish(made, by_id=0, now=clock.now())
    session.commit()
    assert made.seed in client.get(f"/rounds/{made.key}/certificate.json").text
    assert "certificate.json" in client.get(f"/rounds/{made.key}").text


def test_a_round_that_is_not_open_gives_a_sentence_for_its_trial_and_certificate(
    client: FlaskClient, sign_in: SignIn, school: Class
) -> None:
    made = school.make_round(opened=False)
    sign_in(client, school.coordinator)
    for page, words in (("trial", "open it first"), ("certificate.json", "There is no certificate yet")):
        answer = client.get(f"/rounds/{made.key}/{page}", follow_redirects=True)
        assert answer.status_code == 200 and words in answer.text


def test_closing_early_says_who_loses_and_asks_first(client: FlaskClient, sign_in: SignIn, school: Class) -> None:
    made = published(school)
    sign_in(client, school.coordinator)
    assert "2 students have not answered yet, lose the proposed place" in client.get(f"/rounds/{made.key}").text
    refused = post(client, f"/rounds/{made.key}/act", data={"deed": "close"}, follow_redirects=True).text
    assert "2 students have not answered yet and lose the proposed place." in refused
    assert round_queries.get(made.key).status is RoundStatus.PROPOSED
    closed = post(client, f"/rounds/{made.key}/act", data={"deed": "close", "sure": "y"}, follow_redirects=True).text
    assert "The round is closed. 2 people get a mail." in closed


def test_taking_a_round_away_asks_first(client: FlaskClient, sign_in: SignIn, school: Class) -> None:
    made = school.make_round(opened=False)
    sign_in(client, school.coordinator)
    post(client, f"/rounds/{made.key}/act", data={"deed": "remove"})
    assert client.get(f"/rounds/{made.key}").status_code == 200
    post(client, f"/rounds/{made.key}/act", data={"deed": "remove", "sure": "y"})
    assert client.get(f"/rounds/{made.key}").status_code == 404


def test_hard_limits_of_an_open_round_are_text(client: FlaskClient, sign_in: SignIn, school: Class) -> None:
    made = school.make_round(most_km=40)
    sign_in(client, school.coordinator)
    page = client.get(f"/rounds/{made.key}/settings").text
    assert 'name="most_km"' not in page and "at most 40 km" in page
    day = made.wishes_until.isoformat()
    values = {"name": "Mine", "wishes_until": day, "answer_until": day, "version": str(made.version), "most_km": "5"}
    assert post(client, f"/rounds/{made.key}/settings", data=values).status_code == 303
    kept = round_queries.get(made.key)
    assert (kept.name, kept.most_km, kept.adjustments) == ("Mine", 40, True)


def test_all_that_is_wrong_with_a_new_round_is_said_at_once(client: FlaskClient, sign_in: SignIn, school: Class) -> None:
    sign_in(client, school.coordinator)
    today = clock.today()
    values = {"period": school.period.slug, "name": "", "made_with": "d" * 32}
    values |= {"wishes_until": (today - timedelta(1)).isoformat(), "answer_until": (today - timedelta(2)).isoformat()}
    answer = post(client, "/rounds/new", data=values)
    assert answer.status_code == 422
    assert all(f'id="{name}-error"' in answer.text for name in ("name", "wishes_until", "answer_until"))


def test_the_next_round_starts_with_the_seats_that_are_free_and_the_limits_there_were(
    app_context: None, client: FlaskClient, sign_in: SignIn
) -> None:
    school = Class(students=3, places=(2, 2))
    made = published(school)
    made.most_km = 40
    session.commit()
    sign_in(client, school.coordinator)
    page = client.get(f"/rounds/{made.key}").text
    assert f"/rounds/new?after={made.key}" in page
    assert "Round, next round" in client.get(f"/rounds/new?after={made.key}").text
    today = clock.today().isoformat()
    values = {"period": school.period.slug, "name": "Next", "wishes_until": today, "answer_until": today, "made_with": "e" * 32}
    here = post(client, f"/rounds/new?after={made.key}", data=values).headers["Location"]
    after = round_queries.get(here.rsplit("/", 1)[1])
    assert (after.most_km, [place.seats for place in after.places]) == (40, [1])
    text = client.get(here).text
    assert "3 students stay out: another round proposes a place" in text
    stranger = sign_in(english(client), Class(students=1).coordinator)
    assert "Round, next round" not in stranger.get(f"/rounds/new?after={made.key}").text


def test_a_round_with_too_few_seats_warns_before_it_is_opened(client: FlaskClient, sign_in: SignIn, school: Class) -> None:
    made = school.make_round(opened=False)
    sign_in(client, school.coordinator)
    assert "1 student gets no place, whatever they wish" in client.get(f"/rounds/{made.key}").text
    enough = Class(students=2, places=(2,))
    made = enough.make_round(opened=False)
    page = sign_in(english(client), enough.coordinator).get(f"/rounds/{made.key}").text
    assert "whatever they wish" not in page and "2 students would take part now." in page


def test_a_fixed_pair_is_named_where_it_is_said_that_all_is_fair(app_context: None, client: FlaskClient, sign_in: SignIn) -> None:
    for fixed in (True, False):
        school = Class(students=2, places=(1, 1))
        made = school.make_round()
        school.wish(made, 0, 0, 1)
        school.wish(made, 1, 1)
        if fixed:
            codes = (school.entry(made, 1).code, made.places[0].code)
            round_locking.lock(made, *codes, "Why", by_id=school.coordinator.id, now=clock.now())
        round_computing.compute(made, by_id=0, now=clock.now(), early=True)
        round_services.publish(made, by_id=0, now=clock.now())
        session.commit()
        me = school.students[0].student
        assert me is not None
        text = sign_in(english(client), me).get(f"/my-rounds/{school.entry(made, 0).key}").text
        assert ("because your coordinator fixed them beforehand" in text) is fixed
        assert ("or by the lottery." in text) is not fixed


def test_a_reason_names_what_the_place_goes_by_and_no_company_where_all_stand_equal(
    client: FlaskClient, sign_in: SignIn, school: Class
) -> None:
    round_preparing.say_priorities(school.vacancies[0], [], by_id=school.coordinator.id, now=clock.now())
    round_preparing.say_priorities(school.vacancies[1], [Criterion.NEAR], by_id=school.coordinator.id, now=clock.now())
    made = published(school)
    without = next(one for one in made.students if one.got is None)
    assert without.student is not None
    own = sign_in(english(client), without.student).get(f"/my-rounds/{without.key}").text
    assert own.count("You and the last one who got it stand equal; the lottery decided.") == 2
    assert own.count("The company named: Who lives nearer first.") == 1
    assert "usual order" not in own
    page = sign_in(english(client), school.coordinator).get(f"/rounds/{made.key}").text
    assert "This student and the last one who got it stand equal" in page and "You and the last" not in page


def test_without_a_list_free_places_are_named_and_no_list_is_called_too_short(
    client: FlaskClient, sign_in: SignIn, school: Class
) -> None:
    made = school.make_round()
    school.wish(made, 0, 0)
    school.wish(made, 1, 0)
    sign_in(client, school.coordinator)
    page = client.get(f"/rounds/{made.key}/trial").text
    assert page.count("Still free and possible:") == 1  # the third one, who said nothing
    assert page.count("The list was too short") == 1  # who lost the lottery


def test_a_yes_still_waits_for_the_school(client: FlaskClient, sign_in: SignIn, school: Class) -> None:
    made = published(school)
    one = next(each for each in made.students if each.got is not None)
    assert one.student is not None
    sign_in(client, one.student)
    assert "your school still approves it" in client.get(f"/my-rounds/{one.key}").text
    page = post(client, f"/my-rounds/{one.key}/answer", data={"deed": "accepted"}, follow_redirects=True).text
    assert "You said yes:" in page and "Proposed to you:" not in page
    assert "Your school still has to approve it" in page


def test_the_certificate_to_check_is_not_called_optional(client: FlaskClient) -> None:
    client.set_cookie("lang", "en")
    assert "optional" not in client.get("/placing/check").text
    empty = post(client, "/placing/check", data={})
    assert empty.status_code == 422 and "Choose a file." in empty.text


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
    other = Class(students=25, places=(9, 9, 9), school=school.school)
    draft = other.make_round(opened=False)
    session.expire_all()
    pages = (f"/rounds/{key}", "/rounds", f"/rounds/{draft.key}", f"/rounds/{draft.key}/places", f"/rounds/new?after={key}")
    for page in pages:
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
