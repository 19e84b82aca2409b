"""The pages of placements for school, student, parent and company."""

import io
import re
from datetime import timedelta

import pytest

from ipf_talent import clock
from ipf_talent.accounts.roles import Role
from ipf_talent.db import session
from ipf_talent.placements import queries
from ipf_talent.placements.kinds import AgreementStatus, AssignmentStatus, PlacementStatus, SheetStatus
from ipf_talent.placements.models import PlacementEvent
from ipf_talent.vacancies.kinds import VacancyKind
from tests.factories import placements as factory
from tests.factories.accounts import make_user
from tests.factories.placements import YES, birthday

S = PlacementStatus
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def inside(app, session):
    """Rows are made inside the application, and pages are asked for outside it, each in a request of its own."""

    def within(make):
        def made(*args, **values):
            with app.test_request_context():
                return make(*args, **values)

        return made

    return within


@pytest.fixture
def make_sides(inside):
    return inside(factory.make_sides)


@pytest.fixture
def make_placement(inside):
    return inside(factory.make_placement)


@pytest.fixture
def sides(make_sides):
    return make_sides()


@pytest.fixture
def at(client, sign_in):
    """Somebody at the screen."""

    def begin(user):
        return sign_in(client, user)

    return begin


def post(client, path, **fields):
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/about").text)[1]
    return client.post(path, data={"csrf_token": token, **fields})


def fresh(placement):
    session.expire_all()
    return queries.by_key(placement.key)


def form_values(text):
    """What a form on the page would send: inputs, ticks and text areas as they stand."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", text):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value and ("checkbox" not in tag or " checked" in tag):
            found[name[1]] = value[1]
    found |= {
        name: body.strip() for name, body in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', text, re.DOTALL)
    }
    found |= dict(re.findall(r'<input checked[^>]*name="([^"]+)"[^>]*value="([^"]*)"', text))
    found |= dict(re.findall(r'<select[^>]*name="([^"]+)".*?<option selected value="([^"]*)"', text, re.DOTALL))
    return {name: value.replace("&#39;", "'") for name, value in found.items() if name != "csrf_token"}


def test_a_coordinator_goes_from_proposal_to_sent(sides, at, make_placement):
    placement = make_placement(sides)
    client, page = at(sides.coordinator), f"/placements/{placement.key}"
    listed = client.get("/placements").text
    assert "Jildou Hoekstra" in listed
    assert "Five questions" in client.get(page).text
    refused = post(client, f"{page}/act", deed="approve", recognised="y")
    assert refused.status_code == 422
    assert "cannot be approved" in refused.text
    assert post(client, f"{page}/act", deed="approve", **dict.fromkeys(YES, "y")).status_code == 303
    assert post(client, f"{page}/act", deed="prepare").status_code == 303
    assert "still missing" in client.get(page).text
    values = form_values(client.get(f"{page}/data").text) | {"supervisor": str(sides.supervisor.id)}
    assert post(client, f"{page}/data", **values).status_code == 303
    values = form_values(client.get(f"{page}/agreement").text) | {"parts": "B1-K1-W1\nB1-K1-W2", "allowance_text": "350 euro"}
    for number in range(4):
        values |= {f"week-{number}-begins": "08:00", f"week-{number}-ends": "16:30", f"week-{number}-rest": "30"}
    values |= {"week-4-school": "6,5", "language": "nl"}
    assert post(client, f"{page}/agreement", **values).status_code == 303
    assert "still missing" not in client.get(page).text
    assert post(client, f"{page}/check", outcome="recognised").status_code == 303
    assert post(client, f"{page}/act", deed="send").status_code == 303
    sent = fresh(placement)
    assert sent.status is S.AWAITING_SIGNATURES
    assert sent.agreement.week[4]["school"] == 390
    assert (sent.hours_per_week, sent.days_per_week) == (32, 4)


def test_each_party_signs_on_its_own_page(sides, at, make_placement):
    placement = make_placement(sides, status=S.AWAITING_SIGNATURES)
    page, sheet = f"/agreements/{placement.key}", placement.agreement.first.sha256
    for user, party in ((sides.student, "student"), (sides.manager, "company"), (sides.coordinator, "school")):
        client = at(user)
        assert "Sign for" in client.get(page).text
        assert f"You sign as {user.display_name}." in client.get(page).text
        answer = post(client, f"{page}/sign", party=party, sheet=sheet, name="Somebody Else")
        assert answer.status_code == 303
    signed = fresh(placement)
    assert signed.status is S.SIGNED
    assert [one.name for one in signed.agreement.first.signatures] == ["Jildou Hoekstra", "Klaas de Wit", "Froukje Haan"]


@pytest.mark.parametrize("party", ["school", "company", "parent", "system", ""])
def test_nobody_signs_for_another_party(sides, at, party, make_placement):
    placement = make_placement(sides, status=S.AWAITING_SIGNATURES)
    client = at(sides.student)
    answer = post(client, f"/agreements/{placement.key}/sign", party=party, sheet=placement.agreement.first.sha256, name="J")
    assert answer.status_code == 404
    assert fresh(placement).agreement.first.signatures == []


def test_a_trainer_reads_the_agreement_and_signs_nothing(sides, at, make_placement):
    placement = make_placement(sides, status=S.AWAITING_SIGNATURES)
    client = at(sides.trainer)
    text = client.get(f"/agreements/{placement.key}").text
    assert "Elke week een gesprek." in text
    assert "Sign for" not in text
    assert post(client, f"/received/placements/{placement.key}/cancel", reason="company").status_code == 404


def test_the_parent_of_a_minor_reads_and_signs_with_the_address_that_the_school_noted(sides, at, make_placement):
    parent, other = make_user(Role.PARENT, email="anna@thuis.example"), make_user(Role.PARENT, email="iemand@thuis.example")
    anna = ("Anna Hoekstra", "anna@thuis.example")
    placement = make_placement(sides, status=S.AWAITING_SIGNATURES, adult_on=birthday(16), parent=anna)
    page = f"/agreements/{placement.key}"
    assert at(other).get(page).status_code == 404
    client = at(parent)
    assert client.get(page).status_code == 200
    answer = post(client, f"{page}/sign", party="parent", sheet=placement.agreement.first.sha256, name="Anna Hoekstra")
    assert answer.status_code == 303
    assert client.get(f"/my-placement/{placement.key}").status_code == 404


def test_paper_is_kept_beside_a_click_and_read_by_the_school_alone(sides, at, make_placement, make_sides):
    placement = make_placement(sides, status=S.AWAITING_SIGNATURES)
    client, page = at(sides.coordinator), f"/placements/{placement.key}/signed"
    today = clock.today().isoformat()
    wrong = post(client, page, way="paper", parties="company", names="K", signed_on=today, file=(io.BytesIO(b"MZ"), "a.pdf"))
    assert wrong.status_code == 422
    good = {"way": "paper", "parties": ["company", "student"], "names": "Klaas en Jildou", "signed_on": today}
    assert post(client, page, **good, file=(io.BytesIO(PDF), "getekend blad.pdf")).status_code == 303
    here = fresh(placement)
    assert here.agreement.status is AgreementStatus.PARTLY_SIGNED
    number = here.agreement.first.signatures[0].scan_id
    scan = client.get(f"/placements/scans/{number}")
    assert scan.data == PDF
    assert scan.headers["Content-Disposition"].startswith("attachment")
    for user in (sides.student, sides.manager, make_sides().coordinator):
        assert at(user).get(f"/placements/scans/{number}").status_code == 404


def test_all_that_is_wrong_with_paper_is_said_at_once(sides, at, make_placement):
    placement = make_placement(sides, status=S.AWAITING_SIGNATURES)
    client, page = at(sides.coordinator), f"/placements/{placement.key}/signed"
    late = (clock.today() + timedelta(days=1)).isoformat()
    refused = post(client, page, way="paper", names=" ", signed_on=late, file=(io.BytesIO(b"MZ"), "a.pdf"))
    assert refused.status_code == 422
    for words in ("Tick who signed.", "Write the names that stand on the paper.", "the day it was sent and today", "Only a PDF"):
        assert words in refused.text, words
    assert re.search(r"correct (\d+) thing", refused.text)[1] == "4"
    assert "correct 1 thing" in post(client, page, way="paper", parties="company", names="K", signed_on=clock.today()).text
    assert fresh(placement).agreement.first.signatures == []


def test_the_boxes_of_both_forms_are_boxes_with_a_label_of_their_own(sides, at, make_placement):
    placement = make_placement(sides, status=S.AWAITING_SIGNATURES)
    text = at(sides.coordinator).get(f"/placements/{placement.key}/signed").text
    boxes = re.findall(r'<div class="form-check"><input class="form-check-input" id="([\w-]+)"[^>]*type="checkbox"', text)
    assert boxes == [f"{form}parties-{number}" for form in ("", "there-") for number in range(3)]
    assert all(text.count(f'for="{box}"') == 1 and text.count(f'id="{box}"') == 1 for box in boxes)


def test_an_objection_stands_on_the_pages_until_the_school_leaves_it_so(sides, at, make_placement):
    placement = make_placement(sides, status=S.SIGNED)
    values = form_values(at(sides.coordinator).get(f"/placements/{placement.key}/change").text)
    values |= {"asked_by": "school", "ends_on": (placement.ends_on + timedelta(days=14)).isoformat()}
    assert post(at(sides.coordinator), f"/placements/{placement.key}/change", **values).status_code == 303
    asked = at(sides.coordinator).get(f"/agreements/{placement.key}").text
    assert "Do you agree with the change?" not in asked and "Take this change back" in asked
    said = {"party": "student", "answer": "objected", "words": "Dan heb ik school.", "sheet_version": "2"}
    assert post(at(sides.student), f"/agreements/{placement.key}/answer", **said).status_code == 303
    for user, page in (
        (sides.coordinator, f"/placements/{placement.key}"),
        (sides.student, f"/my-placement/{placement.key}"),
        (sides.manager, f"/received/placements/{placement.key}"),
    ):
        text = at(user).get(page).text
        assert "objection to the change" in text and "Dan heb ik school." in text
        assert ("Leave it as it was" in text) is (user is sides.coordinator)
    client = at(sides.coordinator)
    assert placement.key in client.get("/placements").text
    assert "somebody objected to a change" in client.get("/placements").text
    assert post(client, f"/agreements/{placement.key}/note").status_code == 303
    assert placement.key not in client.get("/placements").text
    assert "Dan heb ik school." not in client.get(f"/placements/{placement.key}").text


def test_the_school_writes_down_what_was_signed_in_its_own_system(sides, at, make_placement):
    placement = make_placement(sides, status=S.AWAITING_SIGNATURES)
    client, page = at(sides.coordinator), f"/placements/{placement.key}/signed"
    today = clock.today().isoformat()
    assert post(client, page, way="elsewhere", **{"there-parties": "school", "there-signed_on": today}).status_code == 422
    everybody = {"there-parties": ["student", "school", "company"], "there-reference": "OSR-17", "there-signed_on": today}
    assert post(client, page, way="elsewhere", **everybody).status_code == 303
    assert fresh(placement).status is S.SIGNED


def test_a_change_is_sent_answered_and_comes_into_force(sides, at, make_placement):
    placement = make_placement(sides, status=S.SIGNED)
    client, page = at(sides.coordinator), f"/placements/{placement.key}/change"
    values = form_values(client.get(page).text)
    ends_on = placement.ends_on + timedelta(days=14)
    values |= {"asked_by": "school", "ends_on": ends_on.isoformat()}
    assert post(client, page, **values).status_code == 303
    assert post(client, page, **values).status_code in (409, 422)
    sheet = fresh(placement).agreement.sheets[-1]
    assert set(sheet.changes) <= {"ends_on", "hours_by_year"}
    for user, party in ((sides.student, "student"), (sides.manager, "company")):
        shown = at(user).get(f"/agreements/{placement.key}").text
        assert "Do you agree with the change?" in shown
        answer = post(client, f"/agreements/{placement.key}/answer", party=party, answer="agreed", sheet_version="2")
        assert answer.status_code == 303
    here = fresh(placement)
    assert (here.ends_on, here.agreement.sheets[-1].status) == (ends_on, SheetStatus.IN_FORCE)


def test_the_pdf_comes_as_an_attachment_to_the_parties_alone(sides, at, make_placement, make_sides):
    placement = make_placement(sides, status=S.AWAITING_SIGNATURES)
    path = f"/agreements/{placement.key}/1.pdf"
    for user in (sides.student, sides.manager, sides.coordinator, sides.supervisor, sides.trainer):
        answer = at(user).get(path)
        assert answer.data.startswith(b"%PDF")
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Cache-Control"] == "no-store"
        assert re.search(r"filename=praktijkovereenkomst-bol-jildou-hoekstra-\w+-1\.pdf", answer.headers["Content-Disposition"])
    stranger = make_sides()
    for user in (stranger.student, stranger.manager, stranger.coordinator, stranger.supervisor):
        assert at(user).get(path).status_code == 404
    assert at(sides.student).get(f"/agreements/{placement.key}/2.pdf").status_code == 404


def test_a_company_sees_what_it_needs_and_nothing_of_the_school_s_own(sides, at, make_placement):
    placement = make_placement(sides, status=S.APPROVED, adult_on=birthday(16))
    placement.note, placement.parent_name, placement.parent_email = "GEHEIME NOTITIE", "OUDERNAAM", "ouder@thuis.example"
    placement.three_party = True
    session.commit()
    client = at(sides.manager)
    for path in ("/received/placements", f"/received/placements/{placement.key}", f"/agreements/{placement.key}"):
        text = client.get(path).text
        for word in (
            "GEHEIME NOTITIE",
            "OUDERNAAM",
            "ouder@thuis.example",
            birthday(16).isoformat(),
            "Froukje Haan",
            "three parties",
        ):
            assert word not in text, (path, word)
    assert "Jildou Hoekstra" in client.get("/received/placements").text


def test_the_supervisor_sees_own_students_only_and_may_interrupt_but_not_approve(sides, at, make_placement):
    mine, other = make_placement(sides, status=S.RUNNING), make_placement(sides, student_id=make_user().id)
    client = at(sides.supervisor)
    assert client.get(f"/placements/{other.key}").status_code == 404
    assert client.get(f"/placements/{mine.key}").status_code == 200
    assert post(client, f"/placements/{mine.key}/check", outcome="recognised").status_code == 404
    refused = post(client, f"/placements/{mine.key}/act", deed="end_early", reason="company", heard="y")
    assert refused.status_code == 400
    assert post(client, f"/placements/{mine.key}/act", deed="interrupt", reason="illness").status_code == 303
    assert fresh(mine).status is S.INTERRUPTED


def test_what_still_runs_after_its_last_day_is_the_school_s_to_close(sides, at, make_placement):
    late, last_day = (make_placement(sides, status=S.RUNNING, student_id=make_user().id) for _one in range(2))
    for placement, ended in ((late, clock.today() - timedelta(days=1)), (last_day, clock.today())):
        kept = fresh(placement)
        kept.starts_on, kept.ends_on = ended - timedelta(days=100), ended
        session.commit()
    client = at(sides.coordinator)
    to_do = client.get("/placements").text
    assert late.key in to_do and last_day.key not in to_do
    assert re.search(r'aria-current="true">The school has to act <span class="plc-count">1<', to_do)
    every = client.get("/placements?state=all").text
    next_of = re.findall(r'data-label="Next">([^<]+)<', every)
    assert sorted(text.partition(",")[0] for text in next_of) == ["School", "Student"]
    assert all(re.search(r"20\d\d", text) for text in next_of)
    assert late.key in client.get("/placements?state=running").text


def test_a_student_sees_and_cancels_their_own(sides, at, make_placement):
    placement = make_placement(sides, status=S.APPROVED)
    client = at(sides.student)
    text = client.get("/my-placement").text
    assert "Your place is approved" in text
    assert "Froukje Haan" not in text
    assert post(client, f"/my-placement/{placement.key}/cancel").status_code == 422
    assert post(client, f"/my-placement/{placement.key}/cancel", reason="student").status_code == 303
    assert fresh(placement).status is S.CANCELLED
    assert sides.place.taken == 0


def test_an_assignment_goes_to_the_school_comes_back_and_is_approved(at, make_placement, make_sides):
    sides = make_sides(kind=VacancyKind.HBO_GRADUATION)
    placement = make_placement(sides)
    mine, school = f"/my-placement/{placement.key}/assignment", f"/placements/{placement.key}"
    client = at(sides.student)
    text = {"title": "Sneller testen", "problem": "Traag", "goal": "Snel", "deliverables": "Een opstelling", "method": "Meten"}
    assert post(client, mine, version="0", then="submit", **text).status_code == 422
    assert post(client, mine, version="0", then="save", **text).status_code == 303
    whole = text | {"supervisor_level": "hbo_bachelor", "no_family": "y", "ec": "30"}
    version = str(fresh(placement).assignment.version)
    assert post(client, mine, version=version, then="submit", **whole).status_code == 303
    client = at(sides.coordinator)
    assert post(client, f"{school}/act", deed="approve").status_code == 422
    assert post(client, f"{school}/assignment", outcome="revise").status_code == 422
    assert post(client, f"{school}/assignment", outcome="revise", note="Te groot").status_code == 303
    assert fresh(placement).assignment.status is AssignmentStatus.REVISE
    client = at(sides.manager)
    assert "Te groot" in client.get(f"/received/placements/{placement.key}/assignment").text
    version = str(fresh(placement).assignment.version)
    answer = post(client, f"/received/placements/{placement.key}/assignment", version=version, then="submit", **whole)
    assert answer.status_code == 303
    client = at(sides.coordinator)
    assert post(client, f"{school}/assignment", outcome="approved").status_code == 303
    assert post(client, f"{school}/act", deed="approve").status_code == 303
    assert fresh(placement).status is S.APPROVED


def test_two_coordinators_at_once_the_second_sees_what_the_first_saved(sides, at, make_placement):
    placement = make_placement(sides)
    client, page = at(sides.coordinator), f"/placements/{placement.key}/data"
    values = form_values(client.get(page).text)
    assert post(client, page, **(values | {"hours": "600", "spread": ""})).status_code == 303
    answer = post(client, page, **(values | {"hours": "500", "spread": ""}))
    assert answer.status_code == 409
    assert "This is what stands there now" in answer.text
    assert 'value="500"' in answer.text
    assert fresh(placement).hours == 600


def test_a_second_press_of_the_same_button_changes_nothing_more(sides, at, make_placement):
    placement = make_placement(sides, status=S.APPROVED)
    client, page = at(sides.coordinator), f"/placements/{placement.key}/act"
    assert post(client, page, deed="prepare").status_code == 303
    assert post(client, page, deed="prepare").status_code == 303
    assert session.query(PlacementEvent).filter_by(placement_id=placement.id, what="prepare").count() == 1
    assert len(fresh(placement).agreements) == 1


def test_only_the_fields_of_the_form_change(sides, at, make_placement, make_sides):
    placement = make_placement(sides)
    client, page = at(sides.coordinator), f"/placements/{placement.key}/data"
    values = form_values(client.get(page).text)
    other = make_sides()
    more = {"status": "running", "school_id": str(other.school.id), "student_id": str(other.student.id), "key": "hacked",
            "supervisor": str(other.supervisor.id), "recognition_outcome": "recognised"}  # fmt: skip
    assert post(client, page, **(values | more)).status_code == 422
    more.pop("supervisor")
    assert post(client, page, **(values | more | {"trainer_name": "Nieuw"})).status_code == 303
    here = fresh(placement)
    assert (here.status, here.school_id, here.student_id) == (S.PROPOSED, sides.school.id, sides.student.id)
    assert (here.trainer_name, here.recognition_outcome) == ("Nieuw", None)


def test_a_school_sets_its_own_rules(sides, at, make_sides):
    client, page = at(sides.coordinator), f"/placements/rules/{sides.school.slug}"
    assert client.get(page).status_code == 200
    assert post(client, page, most_per_trainer="3").status_code == 303
    rules = queries.rules_of(sides.school.id)
    assert (rules.parents_sign, rules.most_per_trainer) == (False, 3)
    assert client.get(f"/placements/rules/{make_sides().school.slug}").status_code == 404


@pytest.mark.parametrize("status", [S.PROPOSED, S.PREPARING_AGREEMENT, S.AWAITING_SIGNATURES, S.RUNNING])
def test_no_page_asks_more_than_twelve_statements(sides, at, status, count_queries, make_placement):
    placement = make_placement(sides, status=status)
    pages = (
        (sides.coordinator, f"/placements/{placement.key}"),
        (sides.coordinator, "/placements?state=all"),
        (sides.student, f"/my-placement/{placement.key}"),
        (sides.manager, f"/received/placements/{placement.key}"),
        (sides.manager, "/received/placements"),
        (sides.student, f"/agreements/{placement.key}"),
    )
    for user, path in pages:
        client = at(user)
        session.remove()
        before = len(count_queries())
        assert client.get(path).status_code == 200
        assert len(count_queries()) - before <= 12, (path, count_queries()[before:])


@pytest.mark.parametrize("language", ["nl", "fy", "en"])
def test_the_pages_stand_in_three_languages(sides, at, language, make_placement):
    placement = make_placement(sides, status=S.RUNNING)
    client = at(sides.coordinator)
    for path in ("/placements/how", f"/placements/{placement.key}", f"/agreements/{placement.key}"):
        answer = client.get(f"{path}?lang={language}")
        assert answer.status_code == 200
        assert f'<html lang="{language}"' in answer.text


def test_another_leerbedrijf_id_is_read_again_and_confirmed_before_an_agreement_ends(sides, at, make_placement):
    placement = make_placement(sides, status=S.SIGNED)
    client, page = at(sides.coordinator), f"/placements/{placement.key}/data"
    text = client.get(page).text
    assert 'name="hours"' not in text
    assert "Change what was agreed" in text
    values = form_values(text) | {"supervisor": str(sides.supervisor.id)}
    refused = post(client, page, **(values | {"leerbedrijf_id": "12"}))
    assert refused.status_code == 422
    assert "has nine digits" in refused.text
    assert "Tick this if you want that" in refused.text
    refused = post(client, page, **(values | {"leerbedrijf_id": "12", "odd_number": "y"}))
    assert "Tick this if you want that" in refused.text
    refused = post(client, page, **(values | {"leerbedrijf_id": "A2", "ends_agreement": "y"}))
    assert "Only digits" in refused.text
    assert fresh(placement).status is S.SIGNED
    assert post(client, page, **values).status_code == 303
    assert fresh(placement).status is S.SIGNED
    anew = values | {"leerbedrijf_id": "987 654 321", "ends_agreement": "y", "version": str(fresh(placement).version)}
    assert post(client, page, **anew).status_code == 303
    here = fresh(placement)
    assert (here.leerbedrijf_id, here.status, len(here.agreements)) == ("987654321", S.PREPARING_AGREEMENT, 2)


def test_what_was_agreed_is_shown_and_not_taken_from_a_form(sides, at, make_placement):
    placement = make_placement(sides, status=S.AWAITING_SIGNATURES)
    client, page = at(sides.coordinator), f"/placements/{placement.key}/data"
    text = client.get(page).text
    assert "Change what was agreed" not in text
    assert "Make a new agreement" in text
    values = form_values(text) | {"supervisor": str(sides.supervisor.id), "hours": "12", "parent_name": "Anna"}
    assert post(client, page, **values).status_code == 303
    here = fresh(placement)
    assert (here.hours, here.parent_name) == (640, "Anna")


def test_all_that_is_wrong_with_the_data_is_said_at_once(sides, at, make_placement):
    placement = make_placement(sides)
    client, page = at(sides.coordinator), f"/placements/{placement.key}/data"
    values = form_values(client.get(page).text) | {"ends_on": placement.starts_on.isoformat(), "hours": "abc"}
    text = post(client, page, **values).text
    assert "lies after the first day" in text
    assert text.count("Write a whole number from 1 to 5,000.") == 2  # at the field, and on top
    assert "Write a whole number from 1 to 5,000." in post(client, page, **(values | {"hours": "99999"})).text


def test_five_questions_without_an_answer_are_named_together(sides, at, make_placement):
    placement = make_placement(sides)
    client, page = at(sides.coordinator), f"/placements/{placement.key}/act"
    refused = post(client, page, deed="approve", safe="y")
    assert refused.text.count('class="ipf-error"') == 4
    assert 'id="safe-error"' not in refused.text


def prepared(at, sides, placement):
    """The form of an agreement in draft, and what it sends."""
    client, page = at(sides.coordinator), f"/placements/{placement.key}/agreement"
    return client, page, form_values(client.get(page).text)


def test_a_week_that_nobody_works_is_refused_at_its_day(sides, at, make_placement):
    placement = make_placement(sides, status=S.PREPARING_AGREEMENT)
    client, page, values = prepared(at, sides, placement)
    wrong = {
        "week-0-begins": "17:00", "week-0-ends": "08:00", "week-1-begins": "06:00", "week-1-ends": "20:00",
        "week-2-rest": "abc", "week-3-ends": "",
    }  # fmt: skip
    refused = post(client, page, **(values | wrong))
    assert refused.status_code == 422
    for number, part in ((0, "ends"), (1, "ends"), (2, "rest"), (3, "ends")):
        assert f'id="week-{number}-{part}-error"' in refused.text
    assert "Monday, Until: This lies before the beginning" in refused.text
    assert fresh(placement).agreement.week[0]["begins"] == 480
    night = values | {"week-0-begins": "22:00", "week-0-ends": "06:30", "night": "y"}
    assert "Monday, Until" not in post(client, page, **(night | {"week-0-ends": "06:29"})).text
    assert fresh(placement).agreement.week[0]["ends"] == 24 * 60 + 389
    overlap = values | {"version": str(fresh(placement).agreement.version), "week-0-begins": "20:30", "week-0-ends": "08:30"}
    assert "where work has begun already" in post(client, page, **overlap, night="y").text


def test_a_change_that_nobody_works_is_not_sent(sides, at, make_placement):
    placement = make_placement(sides, status=S.SIGNED)
    client, page = at(sides.coordinator), f"/placements/{placement.key}/change"
    values = form_values(client.get(page).text) | {"asked_by": "school"}
    for times in ({"week-0-ends": "07:00"}, {"week-0-ends": "07:00", "night": "y"}):
        assert post(client, page, **(values | times)).status_code == 422
    assert len(fresh(placement).agreement.sheets) == 1


def test_ticked_days_are_like_monday(sides, at, make_placement):
    placement = make_placement(sides, status=S.PREPARING_AGREEMENT)
    client, page, values = prepared(at, sides, placement)
    empty = {name: "" for name in values if name.startswith("week-")}
    monday = {"week-0-begins": "07:30", "week-0-ends": "16:00", "week-0-rest": "45"}
    assert "both times of Monday first" in post(client, page, **(values | empty), same=["1"]).text
    assert post(client, page, **(values | empty | monday), same=["1", "3"]).status_code == 303
    assert [(day["number"], day["begins"], day["ends"], day["rest"]) for day in fresh(placement).agreement.week] == [
        (0, 450, 960, 45), (1, 450, 960, 45), (3, 450, 960, 45),
    ]  # fmt: skip


def test_work_processes_of_the_recognition_are_ticked_and_others_typed(sides, at, make_placement, inside):
    def recognise():
        session.merge(sides.recognition).work_processes = ["B1-K1-W1 Bereidt werk voor", "B1-K1-W3 Test"]
        session.commit()

    inside(recognise)()
    placement = make_placement(sides, status=S.PREPARING_AGREEMENT)
    client, page, values = prepared(at, sides, placement)
    assert values["known"] == "B1-K1-W1 Bereidt werk voor"
    assert values["parts"] == "B1-K1-W2 Monteert"
    assert post(client, page, **(values | {"known": "B1-K1-W3 Test"})).status_code == 303
    assert fresh(placement).agreement.parts == ["B1-K1-W3 Test", "B1-K1-W2 Monteert"]


def test_usual_words_follow_the_language_and_changed_words_stay(sides, at, make_placement):
    placement = make_placement(sides, status=S.APPROVED)
    client, page = at(sides.coordinator), f"/placements/{placement.key}"
    assert post(client, f"{page}/act", deed="prepare").status_code == 303
    values = form_values(client.get(f"{page}/agreement").text)
    assert values["ending_text"].startswith("De overeenkomst eindigt")
    own = {"language": "en", "guidance_text": "Elke dag samen aan de bank."}
    assert post(client, f"{page}/agreement", **(values | own)).status_code == 303
    words = fresh(placement).agreement
    assert words.ending_text.startswith("The agreement ends")
    assert words.insurance_text.startswith("The school insures")
    assert words.guidance_text == "Elke dag samen aan de bank."


def test_an_agreement_is_read_before_it_is_sent_by_its_school_alone(sides, at, make_placement):
    placement = make_placement(sides, status=S.PREPARING_AGREEMENT)
    page = f"/placements/{placement.key}/agreement/preview"
    client = at(sides.coordinator)
    text = client.get(page).text
    for words in ("Elke week een gesprek.", "B1-K1-W2 Monteert", "Draft as PDF"):
        assert words in text
    assert "Handtekeningen" not in text
    answer = client.get(f"{page}.pdf")
    assert answer.data.startswith(b"%PDF")
    assert fresh(placement).agreement.sheets == []
    for user in (sides.student, sides.manager):
        assert at(user).get(page).status_code == 404
        assert at(user).get(f"{page}.pdf").status_code == 404
    sent = make_placement(sides, status=S.AWAITING_SIGNATURES, student_id=make_user().id)
    assert at(sides.coordinator).get(f"/placements/{sent.key}/agreement/preview").status_code == 404


def test_an_agreement_that_ended_can_still_be_read(sides, at, make_placement, make_sides):
    placement = make_placement(sides, status=S.SIGNED)
    client = at(sides.coordinator)
    assert post(client, f"/placements/{placement.key}/act", deed="redo").status_code == 303
    assert fresh(placement).agreement.sheets == []
    for user in (sides.student, sides.manager, sides.coordinator):
        client = at(user)
        text = client.get(f"/agreements/{placement.key}").text
        assert "Nothing was sent yet" not in text
        assert f"/agreements/{placement.key}/1/1.pdf" in text
        assert client.get(f"/agreements/{placement.key}/1.pdf").data.startswith(b"%PDF")
        assert client.get(f"/agreements/{placement.key}/1/1.pdf").data.startswith(b"%PDF")
    assert client.get(f"/agreements/{placement.key}/2/1.pdf").status_code == 404
    assert at(make_sides().coordinator).get(f"/agreements/{placement.key}/1/1.pdf").status_code == 404


def test_week_and_total_that_do_not_fit_are_named(sides, at, make_placement):
    fits = make_placement(sides, status=S.PREPARING_AGREEMENT)
    long = make_placement(sides, status=S.PREPARING_AGREEMENT, student_id=make_user().id, days=factory.week(5))
    client = at(sides.coordinator)
    assert "do not fit together" not in client.get(f"/placements/{fits.key}").text
    assert "40 hours a week in these weeks are about 800 hours" in client.get(f"/placements/{long.key}").text
