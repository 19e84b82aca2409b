"""The pages of a coordinator and of a student: a list from file to students, confirming, and who sees what."""

import io
import re

import pytest
from sqlalchemy import select

from ipf_talent import clock
from ipf_talent.accounts.roles import Role
from ipf_talent.db import session as db
from ipf_talent.enrolments import queries, services
from ipf_talent.enrolments.kinds import EnrolmentStatus
from ipf_talent.enrolments.models import ClassList, Enrolment, InternshipPeriod, SchoolClass
from ipf_talent.notifications.models import OutboxMail
from ipf_talent.vacancies.kinds import PlacingMode
from tests.factories.accounts import make_user
from tests.factories.applications import make_profile
from tests.factories.enrolments import make_class, make_enrolment, make_period
from tests.factories.programmes import make_programme

HEADER = "nummer;naam;e-mail;opleiding;leerjaar;klas"
GOOD = "s1;Jildou Wiersma;jildou@school.example;25344;3;MT4A"


@pytest.fixture
def own(client, school, sign_in):
    """The coordinator at the screen."""
    return sign_in(client, school.coordinator)


def fresh(session, thing):
    """The row as it stands now; a request lets go of the objects that a test holds."""
    return session.get(type(thing), thing.id, populate_existing=True)


def token(client):
    return re.search(r'name="csrf_token" value="([^"]+)"', client.get("/about").text)[1]


def post(client, path, **data):
    return client.post(path, data={"csrf_token": token(client), **data})


def send(client, *rows, name="klas.csv", header=HEADER):
    data = "\n".join((header, *rows)).encode()
    return post(client, "/classes/import", starts_year="2026", file=(io.BytesIO(data), name))


def look(client, *rows):
    answer = send(client, *rows)
    assert answer.status_code == 303
    page = client.get(answer.location)
    return answer.location, page.text


def apply(client, address, page):
    shown = re.search(r'name="shown"[^>]*value="([0-9a-f]{64})"', page)[1]
    return post(client, f"{address}/apply", shown=shown)


def test_a_list_with_bad_rows_is_looked_at_applied_and_stands_in_the_class(own, session):
    address, page = look(own, GOOD, "111222333;Ilse Bakker;ilse@school.example;25344;3;MT4A", "s3;Karim;geen;25344;3;MT4A")
    assert "This looks like a BSN" in page
    assert "111222333" not in page
    assert "no e-mail address" in page
    assert session.scalars(select(Enrolment)).all() == []
    done = apply(own, address, page)
    assert done.status_code == 303
    assert "The list is in" in own.get(done.location).text
    group = session.scalars(select(SchoolClass)).one()
    assert "Jildou Wiersma" in own.get(f"/classes/{group.id}").text


def test_the_rows_that_are_not_taken_come_as_a_file_until_the_list_is_in(own):
    address, page = look(own, GOOD, "111222333;Ilse Bakker;ilse@school.example;25344;3;MT4A", "s3;=1+1;geen;25344;3;MT4A")
    told = own.get(f"{address}/refused.csv").get_data(as_text=True)
    assert told.startswith("\ufeffRow;Student number;Name;What and why\r\n3;;Ilse Bakker;")
    assert "111222333" not in told
    assert "\r\n4;s3;'=1+1;" in told and "no e-mail address" in told and "Jildou" not in told
    apply(own, address, page)
    assert own.get(f"{address}/refused.csv").status_code == 404


def test_only_a_file_whose_signs_were_guessed_warns_of_wrong_signs(own):
    guessed = "\n".join((HEADER, GOOD.replace("Jildou", "Jildoué"))).encode("windows-1252")
    for data, warns in ((guessed, True), (guessed.decode("windows-1252").encode(), False)):
        answer = post(own, "/classes/import", starts_year="2026", file=(io.BytesIO(data), "klas.csv"))
        page = own.get(answer.location).text
        assert ("Are names with é or ô wrong" in page) is warns
        assert ("Read as Windows-1252" in page) is warns


def test_a_refused_file_says_why_beside_the_field(own, session):
    answer = send(own, GOOD + ";1", header=HEADER + ";BSN")
    assert answer.status_code == 422
    assert "must not come here: BSN" in answer.text
    assert session.scalars(select(ClassList)).all() == []


def test_a_list_that_moved_is_shown_anew_and_not_applied(own, school, session):
    address, page = look(own, GOOD)
    make_enrolment(school.group, number="s1", name="Iemand", email="i@school.example")
    answer = apply(own, address, page)
    assert answer.status_code == 409
    assert "Something changed since you looked" in answer.text
    assert "Iemand" in answer.text
    assert apply(own, address, answer.text).status_code == 303
    assert session.scalars(select(Enrolment.name)).all() == ["Jildou Wiersma"]


def test_hostile_text_in_a_list_stays_text(own):
    address, page = look(own, "s1;<script>alert(1)</script>;a@school.example;25344;3;<b>MT</b>")
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    apply(own, address, page)
    assert "<b>MT</b>" not in own.get("/classes").text


def test_the_file_to_begin_with_can_be_sent_as_it_is(own):
    data = own.get("/classes/import/template.csv").data
    answer = post(own, "/classes/import", starts_year="2026", file=(io.BytesIO(data), "class-list.csv"))
    assert answer.status_code == 303
    assert "Jildou Voorbeeld" in own.get(answer.location).text


@pytest.mark.parametrize("path", ["/classes", "/classes/new", "/classes/import", "/periods", "/periods/new", "/students/confirm"])
def test_every_page_of_a_coordinator_opens(own, path):
    assert own.get(path).status_code == 200


def test_another_school_sees_nothing(client, school, sign_in, session):
    enrolment = make_enrolment(school.group, name="Jildou Wiersma")
    row = send_as(client, sign_in, school.coordinator)
    sign_in(client, school.stranger)
    hidden = (f"/classes/{school.group.id}", f"/classes/{school.group.id}/edit", f"/periods/{school.period.slug}",
              f"/students/{enrolment.key}", row)  # fmt: skip
    assert [client.get(path).status_code for path in hidden] == [404] * 5
    for path in ("/classes", "/periods", "/students/confirm", "/board"):
        assert "Jildou" not in client.get(path).text
        assert "BPV 3" not in client.get(path).text
    for path in (f"{row}/apply", f"/students/{enrolment.key}/act", f"/classes/{school.group.id}/remove"):
        assert post(client, path, deed="end").status_code == 404
    assert fresh(session, enrolment).status is EnrolmentStatus.INVITED


def send_as(client, sign_in, user):
    sign_in(client, user)
    return send(client, GOOD).location


def test_foreign_ids_in_a_form_are_no_choice(client, school, sign_in, session):
    theirs, foreign, elsewhere = make_period(school.other), make_programme(institution=school.other), make_class(school.other)
    enrolment = make_enrolment(school.group)
    values = fields(enrolment) | {"programme": str(foreign.id), "school_class": str(elsewhere.id)}
    own = sign_in(client, school.coordinator)
    answer = post(own, "/classes/new", name="MT4B", starts_year="2026", programme=str(school.programme.id), year="3",
                  supervisor=str(school.stranger.id), period=str(theirs.id))  # fmt: skip
    assert answer.status_code == 422
    assert post(own, f"/students/{enrolment.key}", **values).status_code == 422
    assert fresh(session, enrolment).programme_id == school.programme.id


def fields(enrolment):
    return {"name": enrolment.name, "number": enrolment.number, "email": enrolment.email, "programme": str(enrolment.programme_id),
            "school_class": str(enrolment.class_id), "year": "3", "period": "", "cohort": "", "travel_km": "",
            "minor_until": "", "version": str(enrolment.version)}  # fmt: skip


def period_fields(**changes):
    values = {"name": "BPV 4", "programme": "", "year": "", "starts_on": "2027-02-01", "ends_on": "2027-06-30", "hours": "640",
              "days_per_week": "4", "goal": "", "placing_mode": "company_chooses"}  # fmt: skip
    return values | changes


def test_a_period_is_made_and_changed(own, school, session):
    assert post(own, "/periods/new", **period_fields()).status_code == 303
    made = session.scalars(select(InternshipPeriod).where(InternshipPeriod.name == "BPV 4")).one()
    assert (made.school_id, made.hours, made.placing_mode) == (school.one.id, 640, PlacingMode.COMPANY_CHOOSES)
    answer = post(own, f"/periods/{made.slug}", **period_fields(hours="320", version="1"))
    assert answer.status_code == 303
    assert fresh(session, made).hours == 320


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_on": "2027-02-01"},
        {"ends_on": "2031-01-01"},
        {"hours": "0"},
        {"hours": "4001"},
        {"days_per_week": "6"},
        {"starts_on": "0000-00-00"},
        {"placing_mode": "lottery"},
        {"name": ""},
        {"year": "9"},
        {"goal": "x" * 1501},
    ],
)
def test_a_period_that_cannot_be_is_refused_with_what_was_typed(own, session, wrong):
    before = len(session.scalars(select(InternshipPeriod)).all())
    answer = post(own, "/periods/new", **period_fields(**wrong))
    assert answer.status_code == 422
    assert len(session.scalars(select(InternshipPeriod)).all()) == before


def test_what_a_colleague_changed_meanwhile_is_shown_and_not_overwritten(own, school, session):
    fresh(session, school.period).hours = 500
    session.commit()
    answer = post(own, f"/periods/{school.period.slug}", **period_fields(hours="123", version="1"))
    assert answer.status_code == 409
    assert "500" in answer.text
    assert "123" in answer.text
    assert post(own, f"/periods/{school.period.slug}", **period_fields(hours="123", version="2")).status_code == 303


def test_a_period_or_class_in_which_somebody_is_stays(own, school, session):
    make_enrolment(school.group)
    post(own, f"/periods/{school.period.slug}/remove")
    post(own, f"/classes/{school.group.id}/remove")
    assert session.get(InternshipPeriod, school.period.id) is not None
    assert session.get(SchoolClass, school.group.id) is not None


def test_an_empty_class_and_period_go(own, school, session):
    group, period = school.group.id, school.period.id
    post(own, f"/classes/{group}/remove")
    post(own, f"/periods/{school.period.slug}/remove")
    assert session.get(SchoolClass, group) is None
    assert session.get(InternshipPeriod, period) is None


def test_a_bsn_is_not_taken_in_the_form_either(own, school):
    enrolment = make_enrolment(school.group)
    answer = post(own, f"/students/{enrolment.key}", **fields(enrolment) | {"number": "111222333"})
    assert answer.status_code == 422
    assert "looks like a BSN" in answer.text


def test_many_are_confirmed_at_once_and_who_differs_stands_side_by_side(own, school, session):
    same, other = (make_user(None, display_name=name) for name in ("Nynke Zelfde", "Ilse Anders"))
    first, second = (make_enrolment(school.group, student=one, status=EnrolmentStatus.CLAIMED) for one in (same, other))
    make_profile(other, programme=make_programme(institution=school.one, title_en="Electronics", code="25000"), year=2)
    page = own.get("/students/confirm").text
    assert "Electronics" in page
    assert "Their profile says something else" in page
    post(own, "/students/confirm", keys=[first.key, second.key])
    assert [fresh(session, one).status for one in (first, second)] == [EnrolmentStatus.CONFIRMED, EnrolmentStatus.CLAIMED]
    post(own, f"/students/{second.key}/act", deed="theirs")
    second = fresh(session, second)
    assert second.status is EnrolmentStatus.CONFIRMED
    assert second.year == 2


def invited(app, enrolment, by):
    """The secret of an invitation that was sent."""
    with app.test_request_context():
        secret = services.invite(enrolment, by=by, now=clock.now())
        db.commit()
    return secret


def test_a_student_comes_by_the_link_and_sees_what_the_school_says(app, client, school, sign_in, session):
    student = make_user(None, email="jildou@school.example")
    enrolment = make_enrolment(school.group, email=student.email)
    secret = invited(app, enrolment, school.coordinator)
    assert "Make an account" in client.get(f"/school-invitation/{secret}").text
    sign_in(client, student)
    assert "Yes, this is me" in client.get(f"/school-invitation/{secret}").text
    assert post(client, f"/school-invitation/{secret}").status_code == 303
    page = client.get("/my-school").text
    assert "Techniekcollege" in page
    assert "Your school still has to confirm this" in page
    assert client.get(f"/school-invitation/{secret}").status_code == 410


def test_a_link_tells_nothing_to_another_account(app, client, school, sign_in, session):
    enrolment = make_enrolment(school.group, name="Jildou Wiersma")
    secret = invited(app, enrolment, school.coordinator)
    sign_in(client, make_user(None))
    page = client.get(f"/school-invitation/{secret}").text
    assert "for another address" in page
    assert "Jildou" not in page
    assert post(client, f"/school-invitation/{secret}").status_code == 422
    assert fresh(session, enrolment).student_id is None


def test_a_note_arrives_and_is_dealt_with(client, school, sign_in, session):
    student = make_user(None, display_name="Jildou Wiersma")
    enrolment = make_enrolment(school.group, student=student)
    sign_in(client, student)
    assert post(client, "/my-school", note="").status_code == 422
    assert post(client, "/my-school", note="Ik zit in <b>leerjaar</b> 2.").status_code == 303
    assert "has not dealt with it yet" in client.get("/my-school").text
    sign_in(client, school.coordinator)
    page = client.get("/students/confirm").text
    assert "Ik zit in &lt;b&gt;leerjaar&lt;/b&gt; 2." in page
    post(client, f"/students/{enrolment.key}/act", deed="settle")
    assert queries.by_key(enrolment.key).noted_at is None


def test_somebody_without_a_school_sees_what_to_do(client, sign_in):
    sign_in(client, make_user(None))
    assert "No school yet" in client.get("/my-school").text
    assert post(client, "/my-school", note="Hallo").status_code == 404
    assert client.get("/my-school.json").json == {"enrolments": []}


def test_a_supervisor_and_a_programme_manager_do_not_keep_classes(client, school, sign_in):
    for role in (Role.SCHOOL_SUPERVISOR, Role.PROGRAMME_MANAGER):
        sign_in(client, make_user(role, school.one))
        assert client.get("/classes").status_code == 403
        assert client.get(f"/classes/{school.group.id}").status_code == 404


def test_an_example_account_keeps_its_hands_off_real_schools(client, school, sign_in, session):
    sign_in(client, make_user(Role.COORDINATOR, school.one, is_demo=True))
    assert send(client, GOOD).status_code == 422
    assert post(client, "/periods/new", **period_fields()).status_code == 422
    assert session.scalars(select(OutboxMail)).all() == []


@pytest.mark.parametrize("path", ["/classes", "/classes/{group}", "/periods", "/students/confirm", "/students/{key}"])
def test_a_page_takes_few_statements_whatever_the_number_of_students(own, school, count_queries, path):
    students = [make_enrolment(school.group, student=make_user(None), status=EnrolmentStatus.CLAIMED) for _ in range(15)]
    address = path.format(group=school.group.id, key=students[0].key)
    before = len(count_queries())
    assert own.get(address).status_code == 200
    assert len(count_queries()) - before <= 12
