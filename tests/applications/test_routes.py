"""The pages of a student, a company and a school, filled in the way a browser does."""

import re
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from ipf_talent.accounts import memberships
from ipf_talent.accounts.models import AuditEntry, Membership, User
from ipf_talent.accounts.roles import Role
from ipf_talent.applications import queries
from ipf_talent.applications.kinds import Release, State
from ipf_talent.applications.models import Application, ApplicationMessage, DiscriminationReport, Document
from ipf_talent.notifications.models import OutboxMail
from ipf_talent.vacancies.kinds import PlacingMode
from ipf_talent.vacancies.models import Vacancy
from tests.accounts.conftest import fill, token_in  # noqa: F401 fixtures
from tests.applications.test_files import PDF, docx
from tests.factories.accounts import make_user
from tests.factories.applications import make_application, make_draft, make_profile
from tests.factories.organisations import make_organisation, make_school
from tests.factories.skills import make_skill
from tests.factories.vacancies import make_vacancy


@pytest.fixture
def both(session):
    company, school = make_organisation(name="Voorbeeld BV"), make_school()
    return SimpleNamespace(
        company=company,
        school=school,
        student=make_user(Role.STUDENT, school, display_name="Jildou Hoekstra", email="jildou@school.example"),
        manager=make_user(Role.COMPANY_MANAGER, company),
        coordinator=make_user(Role.COORDINATOR, school, display_name="Sjoukje"),
        place=make_vacancy(company=company, slug="robot", title_en="Robot cell", places=1),
        school_place=make_vacancy(company=company, slug="lathe", placing_mode=PlacingMode.SCHOOL_PLACES, title_en="Lathe"),
    )


@pytest.fixture
def as_(app, sign_in):
    """A browser of somebody who reads English: `as_(user)`."""

    def come_in(user):
        client = app.test_client()
        client.set_cookie("lang", "en")
        return sign_in(client, user)

    return come_in


@pytest.fixture
def made(app, session):
    """Make a response inside a request: `made(student, vacancy, state=…)`."""

    def make(*args, draft=False, **values):
        with app.test_request_context():
            return (make_draft if draft else make_application)(*args, **values)

    return make


def post(client, page, action=None, **fields):
    token = token_in(client.get(page).text)
    return client.post(action or page, data={"csrf_token": token, **fields})


def stored(application):
    return queries.get(application.key)


def text(answer):
    return BeautifulSoup(answer.text, "html.parser").main.get_text(" ", strip=True)


# a student


def test_a_guest_is_led_to_an_account_and_back(client, both):
    page = client.get("/vacancies/robot")
    assert 'href="/vacancies/robot/respond"' in page.text
    answer = client.get("/vacancies/robot/respond")
    assert answer.location == "/sign-in?next=/vacancies/robot/respond"
    assert "/sign-up?next=/vacancies/robot/respond" in client.get(answer.location).text.replace("%2F", "/")


def test_a_student_writes_looks_it_over_and_sends_it(as_, both, session):
    client = as_(both.student)
    answer = post(client, "/vacancies/robot/respond", message="I want to learn PLC.", adult="yes")
    assert answer.status_code == 303
    draft = client.get(answer.location)
    assert "I want to learn PLC." in draft.text and session.scalars(select(OutboxMail)).all() == []
    assert post(client, answer.location, f"{answer.location}/act", deed="send", part="message").status_code == 303
    assert session.scalars(select(Application.state)).one() is State.SENT
    assert "your turn" not in text(client.get(answer.location)) and "the company's turn" in text(client.get(answer.location))
    assert client.get("/vacancies/robot/respond").location == answer.location
    assert "My response: Sent" in client.get("/vacancies/robot").text


def test_a_double_click_on_send_has_one_effect(as_, both, made, session):
    draft = made(both.student, both.place, draft=True)
    client = as_(both.student)
    page = f"/responses/{draft.key}"
    token = token_in(client.get(page).text)
    answers = [client.post(f"{page}/act", data={"csrf_token": token, "deed": "send"}) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert session.scalar(select(func.count()).select_from(OutboxMail)) == 1
    assert session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "response_send")) == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"message": "", "adult": "yes"}, "required"),
        ({"message": "x" * 1501, "adult": "yes"}, "1,501"),
        ({"message": "hello"}, "Choose yes or no"),
        ({"message": "hello", "adult": "maybe"}, "valid choice"),
        ({"message": "bad \u202e text", "adult": "yes"}, "cannot be kept"),
    ],
)
def test_a_form_that_is_not_right_says_so_and_keeps_what_was_typed(as_, both, session, fields, words):
    answer = post(as_(both.student), "/vacancies/robot/respond", **fields)
    assert answer.status_code == 422 and words in answer.text
    assert session.scalar(select(func.count()).select_from(Application)) == 0
    if fields["message"].startswith("hello"):
        assert "hello" in answer.text


def test_hostile_text_is_shown_as_text(as_, both, made):
    nasty = "<script>alert(1)</script>"
    one = made(both.student, both.place, message=nasty)
    post(as_(both.student), f"/responses/{one.key}", f"/responses/{one.key}/act", deed="release", part="message")
    for client, page in ((as_(both.student), f"/responses/{one.key}"), (as_(both.manager), f"/received/{one.key}")):
        answer = client.get(page)
        assert answer.status_code == 200
        assert nasty not in answer.text and "&lt;script&gt;" in answer.text


def test_a_minor_is_told_that_a_place_is_not_for_them(as_, both, session):
    make_vacancy(company=both.company, slug="press", minors="no")
    answer = post(as_(both.student), "/vacancies/press/respond", message="hello", adult="no")
    assert answer.status_code == 422 and "from 18 years" in answer.text
    assert session.scalar(select(func.count()).select_from(Application)) == 0


def test_a_made_up_place_at_an_existing_company_takes_no_response(as_, both):
    make_vacancy(company=make_organisation(is_example=False), slug="made-up")
    client = as_(both.student)
    assert client.get("/vacancies/made-up/respond").status_code == 400
    assert "/respond" not in client.get("/vacancies/made-up").text


def test_staff_of_a_company_cannot_respond(as_, both):
    client = as_(both.manager)
    assert client.get("/vacancies/robot/respond").status_code == 403
    assert "/respond" not in as_(make_user(Role.COMPANY_MANAGER, make_organisation())).get("/vacancies/robot").text


def test_a_response_of_somebody_else_is_not_there(as_, both, made):
    one = made(both.student, both.place)
    stranger, other_company = as_(make_user()), as_(make_user(Role.COMPANY_MANAGER, make_organisation()))
    assert stranger.get(f"/responses/{one.key}").status_code == 404
    assert other_company.get(f"/received/{one.key}").status_code == 404
    for client in (stranger, other_company):
        for path in (f"/responses/{one.key}/act", f"/received/{one.key}/act", f"/received/{one.key}/message"):
            answer = post(client, "/about", path, deed="withdraw", body="x")
            assert answer.status_code == 404
    assert stored(one).state is State.SENT


def upload(client, page, name, data):
    """Send a file in, as the bytes a browser would send."""
    parts = (('name="csrf_token"', token_in(client.get(page).text).encode()), (f'name="file"; filename="{name}"', data))
    body = b"".join(
        b"--x\r\nContent-Disposition: form-data; " + head.encode() + b"\r\n\r\n" + part + b"\r\n" for head, part in parts
    )
    return client.post(f"{page}/cv", data=body + b"--x--\r\n", content_type="multipart/form-data; boundary=x")


@pytest.mark.parametrize(("name", "data"), [("cv.pdf", PDF), ("cv.docx", docx())])
def test_a_cv_goes_in_and_comes_out_as_an_attachment(as_, both, made, session, folder, name, data):
    one = made(both.student, both.place, draft=True)
    client = as_(both.student)
    assert upload(client, f"/responses/{one.key}", name, data).status_code == 303
    document = session.scalars(select(Document)).one()
    assert name not in document.name and (folder / "documents" / document.name).read_bytes() == data
    answer = client.get(f"/responses/{one.key}/cv/file")
    assert answer.data == data
    assert answer.headers["Content-Disposition"].startswith("attachment") and name in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store" and "sandbox" in answer.headers["Content-Security-Policy"]
    answer.close()


def test_a_bad_file_gets_a_sentence_and_the_draft_stays(as_, both, made, session):
    one = made(both.student, both.place, draft=True, message="my words")
    client = as_(both.student)
    for name, data in (
        ("cv.pdf", b"MZ" + b"\x00" * 500),
        ("cv.docx", docx(word__bomb_dot_xml=b"\x00" * 6_000_000)),
        ("cv.pdf", PDF + b"x" * 5_000_001),
    ):
        answer = upload(client, f"/responses/{one.key}", name, data)
        assert answer.status_code == 422
        assert "my words" in answer.text and 'href="#file"' in answer.text
    assert session.scalars(select(Document)).all() == []


def test_a_ten_megabyte_file_gets_a_calm_page_and_loses_nothing(as_, both, made):
    one = made(both.student, both.place, draft=True, message="my words")
    client = as_(both.student)
    answer = upload(client, f"/responses/{one.key}", "cv.pdf", PDF + b"x" * 10_000_000)
    assert answer.status_code == 413 and "far too large" in answer.text
    assert "my words" in client.get(f"/responses/{one.key}").text


def test_only_the_upload_may_be_large(as_, both, made):
    client = as_(both.student)
    token = token_in(client.get("/about").text)
    answer = client.post("/vacancies/robot/respond", data={"csrf_token": token, "message": "x" * 1_200_000})
    assert answer.status_code == 413


def test_a_document_of_somebody_else_cannot_be_chosen_or_taken_away(as_, both, made, session):
    theirs = made(make_user(), both.place, draft=True)
    upload(as_(theirs.student), f"/responses/{theirs.key}", "cv.pdf", PDF)
    document = session.scalars(select(Document)).one()
    mine = made(both.student, both.place, draft=True)
    client = as_(both.student)
    page = f"/responses/{mine.key}"
    assert post(client, page, f"{page}/cv", document=str(document.id)).status_code == 422
    post(client, "/about", "/responses/documents", part=str(document.id))
    assert session.scalars(select(Document)).one().id == document.id
    assert stored(mine).document is None


def test_an_example_account_takes_no_file(as_, both, made, session):
    shared = make_user(is_demo=True)
    one = made(shared, both.place, draft=True)
    assert upload(as_(shared), f"/responses/{one.key}", "cv.pdf", PDF).status_code == 422
    assert session.scalars(select(Document)).all() == []


def test_the_own_pages_take_few_statements(as_, both, made, count_queries):
    for number in range(3):
        made(both.student, make_vacancy(company=both.company, slug=f"place-{number}"))
    one = made(both.student, both.place)
    client, manager = as_(both.student), as_(both.manager)
    for browser, path in (
        (client, "/responses"),
        (client, f"/responses/{one.key}"),
        (manager, "/received"),
        (manager, f"/received/{one.key}"),
    ):
        before = len(count_queries())
        assert browser.get(path).status_code == 200
        assert len(count_queries()) - before <= 12, path


# a company


def test_the_company_sees_no_name_until_it_is_shown_and_every_look_is_kept(as_, both, made):
    cad = make_skill("cad")
    make_profile(both.student, skills=(cad,), place="Groningen")
    one = made(both.student, both.place, message="A secret wish.")
    company, student = as_(both.manager), as_(both.student)
    page = company.get(f"/received/{one.key}")
    for hidden in ("Jildou", "Hoekstra", "jildou@", "secret", "Groningen", both.school.name):
        assert hidden not in page.text, hidden
    assert one.code in page.text and "cad" in page.text and "25 to 50 km" in page.text
    post(student, f"/responses/{one.key}", f"/responses/{one.key}/act", deed="release", part="name")
    assert "Jildou Hoekstra" in company.get(f"/received/{one.key}").text
    assert "jildou@" not in company.get(f"/received/{one.key}").text
    seen = [line.part for line in stored(one).events if line.what == "seen"]
    assert seen == [Release.NAME]
    assert "The company looked at it: Name and programme" in text(student.get(f"/responses/{one.key}"))
    post(student, f"/responses/{one.key}", f"/responses/{one.key}/act", deed="take_back", part="name")
    assert "Jildou" not in company.get(f"/received/{one.key}").text


def test_a_cv_opens_only_once_it_is_shown_and_that_is_kept(as_, both, made):
    one = made(both.student, both.place, draft=True)
    student, company = as_(both.student), as_(both.manager)
    page = f"/responses/{one.key}"
    upload(student, page, "cv.pdf", PDF)
    post(student, page, f"{page}/act", deed="send")
    assert company.get(f"/received/{one.key}/cv").status_code == 404
    post(student, page, f"{page}/act", deed="release", part="cv")
    assert "Not scanned" in company.get(f"/received/{one.key}").text
    answer = company.get(f"/received/{one.key}/cv")
    assert answer.data == PDF and answer.headers["Content-Disposition"].startswith("attachment")
    answer.close()
    assert Release.CV in {line.part for line in stored(one).events if line.what == "seen"}


def test_the_list_stands_in_order_of_arrival_whoever_fits(as_, both, made, session):
    cad = make_skill("cad")
    vacancy = make_vacancy(company=both.company, slug="asks-cad", musts=(cad,), places=5)
    weak, strong, last = make_user(), make_user(), make_user()
    make_profile(strong, skills=(cad,))
    sent = [made(one, vacancy) for one in (weak, strong, last)]
    page = as_(both.manager).get("/received?place=asks-cad&state=all")
    codes = [link.get_text() for link in BeautifulSoup(page.text, "html.parser").select("main tbody th a")]
    assert [code.split(":")[0] for code in codes] == [one.code for one in sent]
    assert "%" not in text(page)


def test_ac_s4_where_the_school_places_there_is_no_cv_no_motivation_and_no_surname(as_, both, made, session):
    student, school, company = as_(both.student), as_(both.coordinator), as_(both.manager)
    form = student.get("/vacancies/lathe/respond").text
    assert 'name="message"' not in form and 'type="file"' not in form
    answer = post(student, "/vacancies/lathe/respond", wish="To turn precisely.", adult="yes", message="motivation")
    page = answer.location
    draft = student.get(page).text
    assert 'type="file"' not in draft
    assert upload(student, page, "cv.pdf", PDF).status_code == 422
    post(student, page, f"{page}/act", deed="wish")
    key = page.rpartition("/")[2]
    assert "Jildou Hoekstra" in school.get("/wishes").text and "To turn precisely." in school.get("/wishes").text
    assert company.get(f"/received/{key}").status_code == 404
    post(school, "/wishes", f"/wishes/{key}/act", deed="propose")
    post(student, page, f"{page}/act", deed="agree")
    for state in ("agreed", "confirmed"):
        seen = company.get(f"/received/{key}").text
        for hidden in ("Hoekstra", "Jildou", "To turn precisely.", "motivation", "/cv"):
            assert hidden not in seen, (state, hidden)
        if state == "agreed":
            post(company, f"/received/{key}", f"/received/{key}/act", deed="confirm", once="c" * 32)
    session.expire_all()
    assert session.get(Vacancy, both.school_place.id).taken == 1


def test_ac_s5_a_refusal_shows_its_reason_and_the_way_to_report_discrimination(as_, both, made, session):
    one = made(both.student, both.place)
    company, student = as_(both.manager), as_(both.student)
    page = f"/received/{one.key}"
    refused = post(company, page, f"{page}/act", deed="refuse", reason="", note="x")
    assert refused.status_code == 422 and "Choose a reason" in refused.text
    post(company, page, f"{page}/act", deed="refuse", reason="period", note="We start in May.")
    shown = student.get(f"/responses/{one.key}")
    assert "The period does not fit" in text(shown) and "We start in May." in text(shown)
    assert "Report discrimination" in text(shown)
    report = f"/responses/{one.key}/report"
    post(student, report, body="They asked where I was born.", anonymous="y")
    row = session.scalars(select(DiscriminationReport)).one()
    assert (row.reporter_id, row.vacancy_id, row.body) == (None, both.place.id, "They asked where I was born.")
    admin = as_(make_user(Role.PLATFORM_ADMIN))
    assert "They asked where I was born." in admin.get("/reports").text
    post(admin, "/reports", "/reports/handle", number=str(row.id), status="in_progress")
    assert session.scalars(select(DiscriminationReport.status)).one().value == "in_progress"
    assert as_(both.manager).get("/reports").status_code == 403


def test_words_that_the_rules_forbid_are_refused_in_a_reason_and_stay_typed(as_, both, made):
    one = made(both.student, both.place)
    page = f"/received/{one.key}"
    answer = post(as_(both.manager), page, f"{page}/act", deed="refuse", reason="other", note="alleen mannen")
    assert answer.status_code == 422 and "R5" in answer.text and "alleen mannen" in answer.text
    assert stored(one).state is State.SENT


def test_ac_s6_accepting_asks_to_withdraw_the_others(as_, both, made, session):
    one, other = made(both.student, both.place, state=State.OFFERED), made(both.student, make_vacancy(title_en="Other cell"))
    client = as_(both.student)
    page = client.get(f"/responses/{one.key}/accept")
    box = BeautifulSoup(page.text, "html.parser").select_one(f'input[type=checkbox][value="{other.key}"]')
    assert box is not None and box.has_attr("checked") and "Other cell" in text(page)
    post(client, f"/responses/{one.key}/accept", withdraw=[other.key])
    assert (stored(one).state, stored(other).state) == (State.ACCEPTED, State.WITHDRAWN)
    assert client.get(f"/responses/{one.key}/accept").status_code == 303


def test_accepting_without_ticks_leaves_the_others_open_and_a_second_press_changes_nothing(as_, both, made, session):
    vacancy = make_vacancy(company=both.company, places=4)
    one, other = made(both.student, vacancy, state=State.OFFERED), made(both.student, both.place)
    client = as_(both.student)
    page = f"/responses/{one.key}/accept"
    token = token_in(client.get(page).text)
    for _click in range(2):
        assert client.post(page, data={"csrf_token": token}).status_code == 303
    session.expire_all()
    assert session.get(Vacancy, vacancy.id).taken == 1
    assert stored(other).state is State.SENT


def test_the_last_place_is_gone_with_a_sentence(as_, both, made, session):
    one = made(both.student, both.place, state=State.OFFERED)
    session.get(Vacancy, both.place.id).taken = 1
    session.commit()
    answer = post(as_(both.student), f"/responses/{one.key}/accept")
    assert answer.status_code == 422 and "No place is left" in answer.text
    assert stored(one).state is State.OFFERED


def test_an_invitation_carries_its_words_as_a_message_once(as_, both, made, session):
    one = made(both.student, both.place)
    company = as_(both.manager)
    page = f"/received/{one.key}"
    token = token_in(company.get(page).text)
    for _click in range(2):
        company.post(f"{page}/act", data={"csrf_token": token, "deed": "invite", "body": "Tuesday at ten?", "once": "d" * 32})
    assert stored(one).state is State.INTERVIEW
    assert [row.body for row in session.scalars(select(ApplicationMessage))] == ["Tuesday at ten?"]
    assert "Tuesday at ten?" in as_(both.student).get(f"/responses/{one.key}").text


def test_both_write_and_read(as_, both, made, session):
    one = made(both.student, both.place)
    company, student = as_(both.manager), as_(both.student)
    mine, theirs = f"/responses/{one.key}", f"/received/{one.key}"
    once = re.search(r'name="once"[^>]*value="([0-9a-f]{32})"', student.get(mine).text)[1]
    for _click in range(2):
        assert post(student, mine, f"{mine}/message", body="When do I hear?", once=once).status_code == 303
    assert ">1<" in company.get("/received").text.replace(" ", "")
    assert "When do I hear?" in company.get(theirs).text
    assert session.scalars(select(ApplicationMessage.read_at)).one() is not None
    post(company, theirs, f"{theirs}/message", body="On Friday.", once="e" * 32)
    assert "On Friday." in student.get(mine).text


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"body": "", "once": "e" * 32}, 422), ({"body": "x" * 1501, "once": "e" * 32}, 422), ({"body": "x", "once": "no"}, 422)],
)
def test_a_message_that_is_not_right_is_not_sent(as_, both, made, session, fields, code):
    one = made(both.student, both.place)
    assert post(as_(both.student), f"/responses/{one.key}", f"/responses/{one.key}/message", **fields).status_code == code
    assert session.scalars(select(ApplicationMessage)).all() == []


def test_a_colleague_who_is_removed_while_typing_changes_nothing(app, as_, both, made, session):
    colleague = make_user(Role.COMPANY_MANAGER, both.company)
    one = made(both.student, both.place)
    client = as_(colleague)
    page = f"/received/{one.key}"
    token = token_in(client.get(page).text)
    with app.test_request_context():
        membership = session.scalars(select(Membership).where(Membership.user_id == colleague.id)).one()
        memberships.remove(membership, by=both.manager)
        session.commit()
    answer = client.post(f"{page}/message", data={"csrf_token": token, "body": "typed for long", "once": "f" * 32})
    assert answer.status_code == 303 and answer.location.startswith("/sign-in")
    assert as_(session.get(User, colleague.id)).get(page).status_code == 404
    assert session.scalars(select(ApplicationMessage)).all() == []
    assert stored(one).state is State.SENT


def test_a_school_sees_the_wishes_of_its_own_students_only(as_, both, made):
    mine = made(both.student, both.school_place, state=State.LEARNING_WISH)
    other = as_(make_user(Role.COORDINATOR, make_school()))
    assert "Jildou" not in other.get("/wishes").text
    assert post(other, "/wishes", f"/wishes/{mine.key}/act", deed="propose").status_code == 404
    school = as_(both.coordinator)
    post(school, "/wishes", f"/wishes/{mine.key}/act", deed="turn_down", reason="")
    assert stored(mine).state is State.LEARNING_WISH
    post(school, "/wishes", f"/wishes/{mine.key}/act", deed="turn_down", reason="full")
    assert stored(mine).state is State.REJECTED


@pytest.mark.parametrize("deed", ["", "accept", "expire", "close", "release", "send", "nonsense", "__class__"])
def test_a_deed_that_is_not_there_changes_nothing(as_, both, made, deed):
    one = made(both.student, both.place, state=State.IN_PROGRESS)
    for client, page in ((as_(both.student), f"/responses/{one.key}"), (as_(both.manager), f"/received/{one.key}")):
        answer = post(client, page, f"{page}/act", deed=deed, part="everything", once="a" * 32)
        assert answer.status_code in (303, 422)
    assert stored(one).state is State.IN_PROGRESS and stored(one).releases == frozenset()


def test_the_table_on_the_page_is_the_table_that_holds(client, session):
    page = text(client.get("/responses/how"))
    assert "a reason from the list, which the student sees" in page
    assert "15 working days without an answer" in page


def test_the_match_page_leads_to_the_response(client, both, app):
    page = client.get("/match/places/robot").text
    assert 'href="/vacancies/robot/respond"' in page


def test_refusals_stand_on_the_page_of_what_to_learn(as_, both, made):
    cad = make_skill("cad")
    one = made(both.student, make_vacancy(company=both.company, musts=(cad,)))
    page = f"/received/{one.key}"
    post(as_(both.manager), page, f"{page}/act", deed="refuse", reason="learning_goal", skills=["cad"])
    shown = text(as_(both.student).get("/match/programmes"))
    assert "It does not fit what you need to learn" in shown and "cad" in shown
    assert "when it was a no" not in text(as_(make_user()).get("/match/programmes"))


def test_the_file_of_all_that_is_kept_is_ones_own(as_, both, made):
    made(both.student, both.place, message="mine alone")
    mine, other = as_(both.student).get("/responses.json"), as_(make_user()).get("/responses.json")
    assert "mine alone" in mine.text and "mine alone" not in other.text
    assert mine.headers["Content-Disposition"].startswith("attachment")
