"""Places and searches that people keep, the mail about new places, and the feed."""

import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import select

from ipf_talent import clock
from ipf_talent.accounts.roles import Role
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.notifications.models import OutboxMail
from ipf_talent.vacancies import alerts, jobs, queries, saved_services
from ipf_talent.vacancies.filters import Alert
from ipf_talent.vacancies.kinds import VacancyStatus
from ipf_talent.vacancies.saved_models import Favourite, SavedSearch
from tests.factories.accounts import make_user
from tests.factories.organisations import make_establishment, make_organisation, make_recognition
from tests.factories.vacancies import make_vacancy

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DAY = timedelta(days=1)


def token(client):
    return re.search(r'name="csrf_token" value="([^"]+)"', client.get("/about").text)[1]


def post(client, path, **data):
    return client.post(path, data={"csrf_token": token(client), **data})


def save(user, *, query="q=robot", alert=Alert.DAILY, now=None, name="robot"):
    return saved_services.save(user, name=name, query=query, alert=alert, language="en", now=now or clock.now())


def mails(session):
    return session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()


# Places


def test_a_guest_keeps_a_place_in_the_cookie_and_lets_it_go(client, session):
    make_vacancy(slug="kept", title_en="Kept place")
    make_vacancy(slug="other", title_en="Other place")
    assert post(client, "/saved/places/kept/keep", next="/vacancies/kept").location == "/vacancies/kept"
    assert "Keep no longer" in client.get("/vacancies/kept").text
    page = client.get("/saved").text
    assert "Kept place" in page and "Other place" not in page
    assert session.scalars(select(Favourite)).all() == []
    post(client, "/saved/places/kept/let-go")
    assert "You keep no places yet" in client.get("/saved").text


def test_what_a_guest_kept_moves_into_the_account_once(client, app, session):
    from ipf_talent.accounts import signals
    from ipf_talent.vacancies import saving

    first, second = make_vacancy(slug="first"), make_vacancy(slug="second")
    user = make_user()
    saved_services.keep(user.id, [first.id])
    with app.test_request_context():
        from flask import session as cookie

        cookie[saving.KEY] = [second.id, first.id, 999_999]
        signals.signed_in.send(user)
        session.commit()
        assert saving.KEY not in cookie
        assert set(saved_services.favourites(user.id)) == {first.id, second.id}
        assert not saving.move_in(user)


def test_nothing_of_a_guest_goes_to_an_example_person(app, session):
    from flask import session as cookie

    from ipf_talent.vacancies import saving

    vacancy, user = make_vacancy(), make_user(is_demo=True)
    with app.test_request_context():
        cookie[saving.KEY] = [vacancy.id]
        assert not saving.move_in(user)
        assert cookie[saving.KEY] == [vacancy.id]
    assert saved_services.favourites(user.id) == []


def test_pressing_twice_keeps_one(client, session, sign_in):
    make_vacancy(slug="kept")
    sign_in(client, make_user())
    for _ in range(2):
        assert post(client, "/saved/places/kept/keep").status_code == 303
    assert len(session.scalars(select(Favourite)).all()) == 1


@pytest.mark.parametrize("state", [{"status": VacancyStatus.DRAFT}, {"company": "unchecked"}])
def test_a_place_that_one_cannot_see_cannot_be_kept(client, session, state):
    if state.get("company"):
        state = {"company": make_organisation(verified_at=None)}
    make_vacancy(slug="hidden", **state)
    assert post(client, "/saved/places/hidden/keep").status_code == 404


def test_a_kept_place_that_closed_is_named_as_closed_and_a_draft_not_at_all(client, session):
    make_vacancy(slug="kept", title_en="Kept place")
    post(client, "/saved/places/kept/keep")
    queries.get("kept").status = VacancyStatus.CLOSED
    session.commit()
    assert "not open any more" in client.get("/saved").text
    queries.get("kept").status = VacancyStatus.DRAFT
    session.commit()
    assert "Kept place" not in client.get("/saved").text


@pytest.mark.parametrize("odd", ["x", {"a": 1}, ["1", None, 2.5], [10**30]])
def test_an_odd_cookie_is_an_empty_list(client, odd):
    with client.session_transaction() as cookie:
        cookie["favourites"] = odd
    assert client.get("/saved").status_code == 200


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\t/evil.example", "javascript:alert(1)"])
def test_after_keeping_one_stays_on_the_site(client, target):
    make_vacancy(slug="kept")
    assert post(client, "/saved/places/kept/keep", next=target).location == "/saved"


# Searches


def test_a_search_is_kept_from_the_list_with_its_filters_and_opens_the_same_list(client, session, sign_in):
    make_vacancy(slug="hit", title_en="Robot cell", days_per_week=3)
    make_vacancy(slug="miss", title_en="Robot arm", days_per_week=5)
    sign_in(client, make_user())
    page = client.get("/vacancies?q=robot&days=4&sort=closing&nonsense=1")
    query = re.search(r'name="query" value="([^"]*)"', page.text)[1].replace("&amp;", "&")
    assert query == "q=robot&days=4"
    for _ in range(2):
        assert post(client, "/saved/searches", query=query, alert="daily").status_code == 303
    kept = session.scalars(select(SavedSearch)).one()
    assert (kept.query, kept.alert, kept.name) == ("q=robot&days=4", Alert.DAILY, "robot · at most 4 days")
    page = client.get("/saved").text
    assert 'href="/vacancies?q=robot&amp;days=4"' in page
    answer = client.get("/vacancies?q=robot&days=4").text
    assert "/vacancies/hit" in answer and "/vacancies/miss" not in answer


def test_a_hostile_query_keeps_only_what_can_be_chosen(client, session, sign_in):
    make_vacancy()
    sign_in(client, make_user())
    post(client, "/saved/searches", query="q=%3Cscript%3E&level=master%27--&company=nobody&evil=1", alert="weekly")
    assert session.scalars(select(SavedSearch.query)).one() == "q=%3Cscript%3E"
    assert "<script>alert" not in client.get("/saved").text
    post(client, "/saved/searches", query="q=x" + "y" * 9000, alert="weekly")
    post(client, "/saved/searches", query="q=x", alert="hourly")
    assert len(session.scalars(select(SavedSearch)).all()) == 1


def test_one_keeps_at_most_so_many(app_context, monkeypatch):
    monkeypatch.setattr(saved_services, "MOST_SEARCHES", 2)
    user = make_user()
    for number in range(2):
        save(user, query=f"q={number}")
    with pytest.raises(DomainError):
        save(user, query="q=more")
    assert save(user, query="q=1", alert=Alert.NONE).alert is Alert.NONE


def test_somebody_elses_search_does_not_exist_for_others(client, session, sign_in):
    search = save(make_user())
    session.commit()
    sign_in(client, make_user())
    for deed in ("alert", "remove"):
        assert post(client, f"/saved/searches/{search.key}/{deed}", alert="none").status_code == 404
    assert session.get(SavedSearch, search.id, populate_existing=True).alert is Alert.DAILY


def test_the_file_holds_ones_own_and_nobody_elses(client, session, sign_in):
    user = make_user()
    save(user, query="q=mine")
    save(make_user(), query="q=theirs")
    session.commit()
    values = sign_in(client, user).get("/saved/export").json
    assert [one["query"] for one in values["searches"]] == ["q=mine"]


# Mail


def at(vacancy, moment, session):
    vacancy.published_at = moment
    session.commit()


def test_new_places_are_told_once_and_only_those_that_fit(app_context, session):
    now = clock.now()
    search = save(make_user(email="s@school.example"), now=now - 2 * DAY)
    at(make_vacancy(slug="old", title_en="Old robot"), now - 3 * DAY, session)
    at(make_vacancy(slug="new", title_en="New robot"), now - DAY, session)
    at(
        make_vacancy(slug="unlike", title_nl="Inkoop", title_en="Purchasing", description_nl="Bel.", description_en="Call."),
        now - DAY,
        session,
    )
    at(make_vacancy(slug="later", title_en="Later robot"), now + DAY, session)
    assert alerts.send(now) == 1
    mail = mails(session)[0]
    assert mail.to_address == "s@school.example" and mail.subject == "1 new place: robot"
    assert "/vacancies/new" in mail.body
    for absent in ("old", "unlike", "later"):
        assert f"/vacancies/{absent}" not in mail.body
    assert alerts.send(now) == 0 and alerts.send(now + timedelta(hours=2)) == 0
    assert alerts.send(now + 2 * DAY) == 1
    assert "/vacancies/later" in mails(session)[1].body and "/vacancies/new" not in mails(session)[1].body
    assert session.get(SavedSearch, search.id, populate_existing=True).told_until == now + 2 * DAY


def test_without_anything_new_there_is_no_mail(app_context, session):
    save(make_user(), now=clock.now() - 2 * DAY)
    session.commit()
    assert alerts.send(clock.now()) == 0 and mails(session) == []


@pytest.mark.parametrize(("alert", "days", "number"), [("none", 30, 0), ("weekly", 2, 0), ("weekly", 7, 1), ("daily", 1, 1)])
def test_each_rhythm_waits_its_time(app_context, session, alert, days, number):
    now = clock.now()
    save(make_user(), alert=Alert(alert), now=now - days * DAY)
    at(make_vacancy(), now - timedelta(hours=1), session)
    assert alerts.send(now) == number


def test_two_rounds_at_once_tell_one_of_them(app_context, session):
    now = clock.now()
    search = save(make_user(), now=now - 2 * DAY)
    session.commit()
    assert saved_services.claim(search.id, now - 2 * DAY, now)
    assert not saved_services.claim(search.id, now - 2 * DAY, now)


def test_one_search_that_fails_holds_up_no_other(app_context, session, monkeypatch):
    now = clock.now()
    for number in range(2):
        save(make_user(), query=f"q=robot&days={number + 4}", now=now - 2 * DAY)
    at(make_vacancy(days_per_week=4), now - DAY, session)
    real, first = alerts.letters.write, []

    def write(*args, **kwargs):
        if not first:
            first.append(1)
            raise RuntimeError("no template")
        real(*args, **kwargs)

    monkeypatch.setattr(alerts.letters, "write", write)
    assert alerts.send(now) == 1
    assert alerts.send(now) == 1
    assert len(mails(session)) == 2


def test_the_job_tells(app_context, session):
    now = clock.now()
    save(make_user(), now=now - 2 * DAY)
    at(make_vacancy(), now - DAY, session)
    assert jobs.tell_new_places() == 1


def test_an_account_that_was_not_confirmed_gets_no_mail(app_context, session):
    now = clock.now()
    save(make_user(confirmed_at=None), now=now - 2 * DAY)
    at(make_vacancy(), now - DAY, session)
    assert alerts.send(now) == 0


def test_the_mail_stops_without_signing_in_and_only_on_a_press(client, session):
    now = clock.now()
    search, other = save(make_user(), now=now - 2 * DAY), save(make_user(), query="q=arm")
    at(make_vacancy(), now - DAY, session)
    with client.application.test_request_context():
        alerts.send(now)
    link = re.search(r"/saved/stop/\S+", mails(session)[0].body)[0]
    assert client.get(link).status_code == 200
    assert session.get(SavedSearch, search.id, populate_existing=True).alert is Alert.DAILY
    assert post(client, link).status_code == 303
    assert "You get no more mail" in client.get(link).text
    assert session.get(SavedSearch, search.id, populate_existing=True).alert is Alert.NONE
    assert session.get(SavedSearch, other.id, populate_existing=True).alert is Alert.DAILY


def test_a_stop_link_cannot_be_guessed_or_used_for_another_search(app_context):
    mine, theirs = save(make_user()), save(make_user())
    good = saved_services.stop_token(mine, "secret")
    assert saved_services.by_token(good, "secret") is mine
    bad = [mine.key, theirs.key + good[12:], good[:-1], good[:-1] + ("0" if good[-1] != "0" else "1"), "", "é" * 80]
    for token in (*bad, saved_services.stop_token(mine, "other")):
        with pytest.raises(NotFound):
            saved_services.by_token(token, "secret")


def test_mail_that_starts_again_begins_with_what_is_new(app_context, session):
    now = clock.now()
    search = save(make_user(), alert=Alert.NONE, now=now - 9 * DAY)
    at(make_vacancy(), now - DAY, session)
    saved_services.change_alert(search, Alert.DAILY, now=now)
    session.commit()
    assert alerts.send(now + DAY) == 0


# Feed


def test_the_feed_is_atom_with_the_places_of_the_search(client):
    make_vacancy(slug="hit", title_nl="Robotcel <b>&", title_en="", description_en="", days_per_week=2)
    make_vacancy(slug="miss", days_per_week=5)
    answer = client.get("/vacancies.atom?days=3&lang=en")
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    root = ET.fromstring(answer.data)
    assert root.tag == f"{ATOM}feed" and root.get(LANG) == "en"
    for name in ("id", "title", "updated"):
        assert root.find(f"{ATOM}{name}").text
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"].endswith("/vacancies.atom?days=3&lang=en") and links["alternate"].endswith("/vacancies?days=3")
    entry = root.findall(f"{ATOM}entry")
    assert [one.find(f"{ATOM}id").text.rpartition("/")[2] for one in entry] == ["hit"]
    title = entry[0].find(f"{ATOM}title")
    assert (title.text, title.get(LANG)) == ("Robotcel <b>&", "nl")
    for name in ("updated", "published"):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", entry[0].find(f"{ATOM}{name}").text)
    assert entry[0].find(f"{ATOM}author/{ATOM}name").text


def test_a_reader_that_has_the_feed_gets_304_until_something_changes(client):
    make_vacancy()
    first = client.get("/vacancies.atom")
    again = client.get("/vacancies.atom", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and again.data == b""
    make_vacancy()
    assert client.get("/vacancies.atom", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200
    assert client.get("/vacancies.atom?lang=nl").headers["ETag"] != client.get("/vacancies.atom?lang=en").headers["ETag"]


def test_an_empty_feed_is_still_a_feed(client):
    root = ET.fromstring(client.get("/vacancies.atom?q=nothing").data)
    assert root.findall(f"{ATOM}entry") == [] and root.find(f"{ATOM}updated").text


def test_the_list_names_its_feed_with_the_same_filters(client):
    make_vacancy()
    page = client.get("/vacancies?q=robot&days=5").text
    assert 'rel="alternate" type="application/atom+xml"' in page
    assert "/vacancies.atom?q=robot&amp;days=5&amp;lang=en" in page


# The list


def slugs(answer):
    return re.findall(r'class="ipf-card-title"[^>]*>\s*<a href="/vacancies/([^"?]+)"', answer.text)


def test_ac_s1_a_crebo_shows_only_places_that_are_published_for_it_at_a_verified_address(client, session):
    from ipf_talent.organisations.recognition import RecognitionStatus
    from ipf_talent.vacancies.models import VacancyCrebo

    def place(slug, *, status=RecognitionStatus.VERIFIED, crebo="25344", published=True):
        company = make_organisation()
        home = make_establishment(company)
        if status is not None:
            make_recognition(company, establishment=home, crebo=crebo, status=status)
        vacancy = make_vacancy(slug=slug, company=company, establishment=home)
        vacancy.crebos = [VacancyCrebo(crebo="25344", published=published)]
        session.commit()

    place("verified")
    place("declared", status=RecognitionStatus.DECLARED)
    place("none", status=None)
    place("for-another", crebo="25604")
    place("left-out", published=False)
    make_vacancy(slug="without")
    assert slugs(client.get("/vacancies?crebo=25344")) == ["verified"]
    assert slugs(client.get("/vacancies?recognised=yes")) == ["verified"]
    assert len(slugs(client.get("/vacancies"))) == 6


def test_ac_s2_without_an_account_searching_keeping_and_reading_work(client):
    make_vacancy(slug="open")
    assert slugs(client.get("/vacancies?q=robot")) == ["open"]
    assert client.get("/vacancies/open").status_code == 200
    assert post(client, "/saved/places/open/keep").status_code == 303
    assert client.get("/saved").status_code == 200
    assert client.get("/vacancies.atom").status_code == 200


def test_everyone_sees_the_same_order(client, sign_in):
    for number in range(5):
        make_vacancy(slug=f"place-{number}", title_en="Robot " * (number % 3 + 1))
    company = make_organisation()
    guest = [slugs(client.get(f"/vacancies?q=robot&sort={sort}")) for sort in ("", "newest", "closing")]
    assert all(len(order) == 5 for order in guest)
    for user in (make_user(), make_user(Role.COMPANY_MANAGER, company), make_user(Role.PLATFORM_ADMIN)):
        sign_in(client, user)
        assert [slugs(client.get(f"/vacancies?q=robot&sort={sort}")) for sort in ("", "newest", "closing")] == guest


def test_a_list_of_300_places_takes_no_more_than_twelve_statements(client, count_queries, session, sign_in):
    """Once the index stands: a place that is new since counts too."""
    company = make_organisation()
    for _ in range(300):
        make_vacancy(company=company)
    sign_in(client, make_user())
    client.get("/vacancies?q=robot")
    make_vacancy(company=session.merge(company))
    for address in (
        "/vacancies",
        "/vacancies?q=robot",
        "/vacancies?q=programeren+robotica&days=5",
        "/vacancies.atom?q=robot",
        "/saved",
    ):
        before = len(count_queries())
        assert client.get(address).status_code == 200
        assert len(count_queries()) - before <= 12, address


def test_the_page_says_what_it_made_of_a_search(client):
    make_vacancy(title_nl="Robotcellen", description_nl="Je bouwt grijpers.")
    assert "We looked for “grijpers”" in client.get("/vacancies?q=grijprs").text
    answer = client.get("/vacancies?q=robot+piano").text
    assert "“piano” is in no place." in answer and 'href="/vacancies?q=robot"' in answer


def test_a_place_is_found_as_it_reads_now(client, session):
    make_vacancy(slug="changing", title_nl="Grijpers")
    assert slugs(client.get("/vacancies?q=grijpers")) == ["changing"]
    queries.get("changing").title_nl = "Lopende banden"
    session.commit()
    assert slugs(client.get("/vacancies?q=grijpers")) == []
    assert slugs(client.get("/vacancies?q=lopende")) == ["changing"]
