import re
import sqlite3

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from ipf_talent import db, jobs
from ipf_talent.accounts.roles import Role
from ipf_talent.exchange import services
from ipf_talent.exchange.columns import BY_NAME
from ipf_talent.exchange.kinds import RunStatus
from ipf_talent.exchange.models import ImportRun
from ipf_talent.i18n import speaking
from ipf_talent.programmes.filters import LANGUAGE_LABELS
from ipf_talent.programmes.levels import LEVEL_LABELS, MODE_LABELS, TYPE_LABELS
from ipf_talent.programmes.listing import CHANNEL_LABELS
from ipf_talent.programmes.models import Programme
from ipf_talent.skills.fields import LABELS as FIELD_LABELS
from ipf_talent.uploads import read_upload
from tests.factories.accounts import make_user
from tests.factories.exchange import GOOD, a_file, apply, buffer, make_manager, send
from tests.factories.organisations import make_place, make_school
from tests.factories.programmes import make_programme


class Browser:
    """Sends forms with the token that every page carries."""

    def __init__(self, client):
        self.get, self.set_cookie, self.raw = client.get, client.set_cookie, client.post

    def post(self, url, data=None):
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.get("/about").text)[1]
        return self.raw(url, data={"csrf_token": token, **(data or {})}, content_type="multipart/form-data")


BAD = GOOD.replace("mbo 4", "mbo 9")


@pytest.fixture
def school(app, session):
    make_place("Drachten")
    return make_school()


@pytest.fixture
def manager(school):
    return make_manager(school)


@pytest.fixture
def login(app, sign_in):
    """A browser that reads English, for one person."""

    def begin(user):
        client = app.test_client()
        client.set_cookie("lang", "en")
        return Browser(sign_in(client, user))

    return begin


@pytest.fixture
def page(login, manager):
    return login(manager)


def text(answer):
    return " ".join(BeautifulSoup(answer.data, "html.parser").get_text(" ").split())


def upload(client, data, school, name="aanbod.csv", **more):
    fields = {"school": str(school.id), "feed": "Aanbod", "file": buffer(data, name), "once": "a" * 32} | more
    return client.post("/listings/import", data=fields)


def held(app, school, manager, session):
    with app.test_request_context():
        run = send(a_file(GOOD), school, manager)
        run.status = RunStatus.HELD
        session.commit()
        return run


def newest(session):
    session.expire_all()
    return session.scalar(select(ImportRun).order_by(ImportRun.id.desc()).limit(1))


def test_a_file_is_shown_row_by_row_before_anything_changes(page, school, session):
    answer = upload(page, a_file(GOOD, BAD.replace("25744", "25299")), school)
    assert answer.status_code == 303
    words = text(page.get(answer.location))
    assert "Nothing has changed yet." in words
    assert "New: programme, place and mode, moment of start" in words
    assert "Level: “mbo 9” is none of the choices: mbo_1, mbo_2, mbo_3, mbo_4," in words
    assert "Read as UTF-8, with semicolons between the cells." in words
    assert "Begins as a draft. Before it can be published: Say how many months it takes. Choose at least one field." in words
    assert "1 New" in words and "1 Will be refused" in words
    assert session.scalar(select(func.count()).select_from(Programme)) == 0


def test_refused_rows_have_to_be_left_out_on_purpose(page, school, session):
    upload(page, a_file(GOOD, BAD.replace("25744", "25299")), school)
    run = newest(session)
    url = f"/listings/import/{run.key}/apply"
    refused = page.post(url, data={"shown": run.fingerprint})
    assert refused.status_code == 422
    assert "Say that the refused rows may stay out" in text(refused)
    assert page.post(url, data={"shown": run.fingerprint, "without_refused": "y"}).status_code == 303
    assert newest(session).status is RunStatus.APPLIED
    assert "What was applied" in text(page.get(f"/listings/import/{run.key}"))


def test_a_plan_that_was_not_looked_at_is_not_applied(page, school, session):
    upload(page, a_file(GOOD), school)
    run = newest(session)
    assert page.post(f"/listings/import/{run.key}/apply", data={"shown": "0" * 64}).status_code == 303
    assert newest(session).status is RunStatus.READY
    assert page.post(f"/listings/import/{run.key}/apply", data={"shown": "x"}).status_code == 422


def test_a_long_file_is_applied_by_a_job_and_says_how_far_it_is(page, school, session, app, monkeypatch):
    monkeypatch.setattr(services, "LONG", 1)
    waiting = []
    monkeypatch.setattr(jobs, "soon", lambda _app, job, number: waiting.append((job, number)))
    upload(page, a_file(GOOD, GOOD.replace(";bol;4;", ";bbl;1;")), school)
    run = newest(session)
    url = f"/listings/import/{run.key}"
    page.post(f"{url}/apply", data={"shown": run.fingerprint})
    assert "0 of 2 rows done" in text(page.get(url))
    jobs.tell(app, f"import-{run.id}", 1)
    part = page.get(f"{url}/progress")
    assert "1 of 2 rows done" in text(part) and b"<html" not in part.data
    ((job, number),) = waiting
    with app.app_context():
        job(number)
    done = page.get(f"{url}/progress")
    assert (done.data, done.headers["HX-Redirect"]) == (b"", url)
    assert newest(session).status is RunStatus.APPLIED


def test_faults_come_as_a_sheet_with_row_and_column(page, school, session):
    upload(page, a_file(GOOD, BAD.replace("25744", "25299")), school)
    for ending in ("csv", "xlsx"):
        answer = page.get(f"/listings/import/{newest(session).key}/faults.{ending}")
        assert "attachment" in answer.headers["Content-Disposition"]
        sheet = read_upload(answer.data, f"x.{ending}", most_rows=9)
        assert sheet.faults == ()
        row = next(list(one.cells.values()) for one in sheet.rows if "Level" in one.cells.values())
        assert row[:2] == ["3", "Mechatronica"]
        assert row[4].startswith("“mbo 9” is none of the choices: mbo_1")


@pytest.mark.parametrize("lang", ["nl", "fy", "en"])
def test_the_template_can_be_filled_in_and_sent_back(page, school, session, lang):
    page.set_cookie("lang", lang)
    for ending in ("csv", "xlsx"):
        sheet = read_upload(page.get(f"/listings/import/template.{ending}").data, f"x.{ending}", most_rows=9)
        assert (sheet.faults, sheet.rows) == ((), ())
        upload(
            page,
            (";".join(sheet.header) + "\n;Lassen;" + ";" * (len(sheet.header) - 3)).encode(),
            school,
            once=f"{len(sheet.header):030x}" + ("0a" if ending == "csv" else "0b"),
        )
        assert newest(session).report["strange"] == []


def test_the_listings_go_out_in_each_form(page, school):
    make_programme(institution=school, title_nl="=Mechatronica")
    foreign = make_programme(title_nl="Vreemd")
    for form in ("csv", "xlsx", "ooapi5", "ooapi6"):
        answer = page.get(f"/listings/export?school={school.slug}&format={form}")
        assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
        assert b"Vreemd" not in answer.data
    assert b"'=Mechatronica" in page.get(f"/listings/export?school={school.slug}&format=csv").data
    assert page.get(f"/listings/export?school={foreign.institution.slug}&format=csv").status_code == 404
    assert page.get(f"/listings/export?school={school.slug}&format=exe").status_code == 404


def test_another_school_sees_nothing_of_an_import(login, page, school, session):
    upload(page, a_file(GOOD), school)
    key = newest(session).key
    other = make_manager(make_school())
    client = login(other)
    for way in ("", "/progress", "/faults.csv"):
        assert client.get(f"/listings/import/{key}{way}").status_code == 404
    for way in ("apply", "release", "discard"):
        assert client.post(f"/listings/import/{key}/{way}", data={"shown": "0" * 64}).status_code == 404
    refused = upload(client, a_file(GOOD), school, once="b" * 32)
    assert refused.status_code == 422
    assert session.scalar(select(func.count()).select_from(ImportRun)) == 1


def test_the_platform_sees_and_releases_what_is_held_but_does_not_apply_it(login, page, school, manager, session, app):
    run = held(app, school, manager, session)
    admin = login(make_user(Role.PLATFORM_ADMIN))
    assert "So few rows are right" in text(admin.get(f"/listings/import/{run.key}"))
    assert run.label in text(admin.get("/listings/import"))
    assert admin.post(f"/listings/import/{run.key}/release").status_code == 303
    assert newest(session).status is RunStatus.READY
    assert admin.post(f"/listings/import/{run.key}/apply", data={"shown": run.fingerprint}).status_code == 404


def test_who_sent_it_is_told_to_wait(login, page, school, manager, session, app):
    run = held(app, school, manager, session)
    own = login(manager)
    assert "You sent it yourself" in text(own.get(f"/listings/import/{run.key}"))
    assert own.post(f"/listings/import/{run.key}/release").status_code == 403 or newest(session).status is RunStatus.HELD
    assert newest(session).status is RunStatus.HELD


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.csv", "The file is empty."),
        (b"MZ\x90", "a.exe", "only a CSV or an Excel file"),
        (b"%PDF-1.4", "a.xlsx", "only a CSV or an Excel file"),
        (b"a;b\n1;2\n", "a.csv", "The first row has to name the columns, as our template does."),
        (b"Naam;Soort\n", "a.csv", "There are no rows under the column names."),
        (b"{", "a.json", "This is not a whole JSON file."),
        (b"[1, 2]", "a.json", "no programmes or courses in the form of OOAPI"),
        (b"[" * 100_000, "a.json", "This is not a whole JSON file."),
        (a_file(*["x"] * 5_001, head="Naam"), "a.csv", "more than 5,000 rows"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(page, school, data, name, words):
    answer = upload(page, data, school, name)
    assert answer.status_code == 303
    assert words in text(page.get(answer.location))
    assert "Cannot be read" in text(page.get("/listings/import")) and "OOAPI 5 Cannot" not in text(page.get("/listings/import"))


def test_nothing_of_a_cell_runs_in_the_page(page, school, session):
    upload(page, a_file(GOOD.replace("Mechatronica", "<script>alert(1)</script>"), "=cmd;x;y"), school)
    answer = page.get(f"/listings/import/{newest(session).key}")
    assert b"<script>alert(1)" not in answer.data
    assert re.search(rb"&lt;script&gt;alert", answer.data)


def whole_body(page, school, number):
    """A form with a file of so many bytes, written out, since a test client keeps larger ones in a file that it leaves open."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.get("/about").text)[1]
    fields = {"csrf_token": token, "school": school.id, "feed": "Onze lijst", "once": "a" * 32}
    parts = [f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()]
    head = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n'
    return "".join([*parts, head]).encode() + b"x" * number + b"\r\n--b--\r\n"


@pytest.mark.parametrize(("number", "status"), [(10_000_001, 422), (10_000_000, 303), (41_000_000, 413)])
def test_a_file_that_is_too_large_is_refused_beside_its_field(page, school, session, number, status):
    body = whole_body(page, school, number)
    answer = page.raw("/listings/import", data=body, content_type="multipart/form-data; boundary=b")
    assert answer.status_code == status
    if status == 422:
        assert "This file is larger than 10 MB. Make it smaller or divide it." in text(answer)
        assert b'value="Onze lijst"' in answer.data
    if status == 413:
        assert "beside the field stands how large it can be" in text(answer)
    assert (newest(session) is None) == (status != 303)


def test_while_somebody_holds_the_database_the_form_says_so_and_keeps_what_was_typed(page, school, session, monkeypatch):
    def taken():
        raise OperationalError("BEGIN IMMEDIATE", {}, sqlite3.OperationalError("database is locked"))

    monkeypatch.setattr(db, "writing", taken)
    answer = upload(page, a_file(GOOD), school, feed="Onze lijst")
    assert answer.status_code == 422
    assert "Something large is being saved just now, such as an import." in text(answer)
    assert b'value="Onze lijst"' in answer.data
    assert newest(session) is None


def test_a_database_that_is_gone_is_no_form_to_fill_in_again(page, school, monkeypatch):
    def gone():
        raise OperationalError("BEGIN IMMEDIATE", {}, sqlite3.OperationalError("disk I/O error"))

    monkeypatch.setattr(db, "writing", gone)
    assert upload(page, a_file(GOOD), school).status_code == 503


def test_a_file_with_nothing_to_apply_does_not_say_that_it_is_ready(page, school, session, manager, app):
    upload(page, a_file(BAD), school)
    assert "All rows refused" in text(page.get(f"/listings/import/{newest(session).key}"))
    with app.test_request_context():
        apply(send(a_file(GOOD), school, manager), manager)
    upload(page, a_file(GOOD), school, once="b" * 32)
    words = text(page.get(f"/listings/import/{newest(session).key}"))
    assert "Nothing to apply" in words and "Ready to apply" not in words


def test_a_change_of_something_published_says_that_it_shows_at_once(page, school, session, manager, app):
    make_programme(institution=school, code="25744", title_nl="Mechatronica")
    upload(page, a_file("Mechatronica;25744;4800", head="Naam;Code;sbu"), school)
    words = text(page.get(f"/listings/import/{newest(session).key}"))
    assert "1 row changes something that is published: everyone sees that at once." in words
    assert "Mechatronica" in text(page.get(f"/listings/import/{newest(session).key}?only=live"))
    upload(page, a_file("Mechatronica;25744;Iedereen", head="Naam;Code;Toelating"), school, once="b" * 32)
    assert newest(session).status is RunStatus.HELD
    assert "changes the type, level, code or admission of something that is published" in text(
        page.get(f"/listings/import/{newest(session).key}")
    )


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("Start", "31-02-2027", "“31-02-2027” is a day that does not exist."),
        ("Start", "morgen", "“morgen” is no date: write it as 2027-09-01 or 1-9-2027."),
        ("Duur", "drie jaar", "“drie jaar” cannot be: write a whole number from 1 to 120."),
        ("Duur", "-3", "“-3” cannot be: write a whole number from 1 to 120."),
        ("sbu", "9999999999", "“9999999999” cannot be: write a whole number from 1 to 20,000."),
        ("Vakgebieden", "toveren", "“toveren” is none of the choices: mechatronics, mechanics,"),
    ],
)
def test_a_refusal_repeats_what_stands_there_and_says_what_can(page, school, session, column, cell, words):
    head = f"Naam;Soort;Niveau;Leerweg;{column}"
    upload(page, a_file(f"Mechatronica;mbo_diploma;mbo_4;bol;{cell}", head=head), school)
    assert words in text(page.get(f"/listings/import/{newest(session).key}"))


@pytest.mark.parametrize("lang", ["nl", "fy", "en"])
def test_the_labels_of_our_own_forms_can_stand_in_a_file(app, lang):
    kinds = {
        "type": TYPE_LABELS, "level": LEVEL_LABELS, "mode": MODE_LABELS, "channel": CHANNEL_LABELS, "fields": FIELD_LABELS,
        "languages": LANGUAGE_LABELS,
    }  # fmt: skip
    with app.test_request_context(), speaking(lang):
        for name, labels in kinds.items():
            for code, label in labels.items():
                read = BY_NAME[name].read(str(label))
                assert (read, code) == ([str(code)] if isinstance(read, list) else code, code), label


def test_thousands_may_have_a_dot_or_a_space():
    assert [BY_NAME["sbu"].read(cell) for cell in ("4800", "4.800", "4 800")] == [4800, 4800, 4800]
    for cell in ("48.00", "4.8000", "4,8"):
        with pytest.raises(ValueError, match="cannot be"):
            BY_NAME["sbu"].read(cell)
