"""The steps of a listing, the yearly check, and who is told what."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from ipf_talent import clock
from ipf_talent.accounts.models import AuditEntry
from ipf_talent.accounts.roles import Role
from ipf_talent.errors import DomainError
from ipf_talent.matching import documents
from ipf_talent.notifications.models import OutboxMail
from ipf_talent.pathways import queries as pathways
from ipf_talent.programmes import catalogue, editing, following, jobs, listing_queries, queries, search, services, telling
from ipf_talent.programmes.filters import Asked
from ipf_talent.programmes.levels import Mode
from ipf_talent.programmes.listing import ListingStatus as S
from ipf_talent.programmes.listing_models import ListingNews, NewsKind
from ipf_talent.programmes.listing_tasks import ListingTask, Part
from tests.factories.accounts import make_user
from tests.factories.listings import make_intake, make_listing, make_offering
from tests.factories.organisations import make_school
from tests.factories.programmes import make_programme

TODAY = date(2027, 3, 15)


@pytest.fixture
def school(session):
    return make_school()


@pytest.fixture
def writer(school):
    return make_user(Role.PROGRAMME_MANAGER, school)


@pytest.fixture
def colleague(school):
    return make_user(Role.PROGRAMME_MANAGER, school)


def go(thing, name, by, **more):
    services.move(thing, name, by=by, today=TODAY, now=clock.now(), **more)


def test_a_second_person_of_the_school_publishes_and_never_the_one_who_handed_it_in(school, writer, colleague, session):
    programme = make_listing(institution=school, checked_on=None)
    go(programme, "submit", writer)
    assert (programme.status, programme.offerings[0].status) == (S.IN_REVIEW, S.IN_REVIEW)
    with pytest.raises(DomainError, match="handed it in or changed it since"):
        go(programme, "publish", writer)
    assert programme.status is S.IN_REVIEW
    go(programme, "publish", colleague)
    assert (programme.status, programme.offerings[0].status, programme.checked_on) == (S.PUBLISHED, S.PUBLISHED, TODAY)
    trail = session.scalars(select(AuditEntry.action).where(AuditEntry.thing_id == programme.id).order_by(AuditEntry.id)).all()
    assert trail == ["submit_programme", "publish_programme"]


def test_the_platform_may_publish_but_a_manager_elsewhere_and_a_coordinator_may_not(school, writer):
    programme = make_listing(institution=school)
    go(programme, "submit", writer)
    stranger, coordinator = make_user(Role.PROGRAMME_MANAGER, make_school()), make_user(Role.COORDINATOR, school)
    for somebody in (stranger, coordinator):
        assert services.steps(somebody, programme) == []
        with pytest.raises(DomainError):
            go(programme, "publish", somebody)
    go(programme, "publish", make_user(Role.PLATFORM_ADMIN))
    assert programme.status is S.PUBLISHED


def test_pressing_twice_does_it_once(school, writer, colleague, session):
    programme = make_listing(institution=school)
    for _again in range(2):
        go(programme, "submit", writer)
    for _again in range(2):
        go(programme, "publish", colleague)
    actions = session.scalars(select(AuditEntry.action).where(AuditEntry.thing_id == programme.id)).all()
    assert sorted(actions) == ["publish_programme", "submit_programme"]


def test_what_is_missing_is_named_by_page_and_nothing_moves(school, writer):
    programme = make_listing(institution=school, intakes=False, description_nl="Kort.", admission_nl="", code=None, code_kind=None)
    with pytest.raises(services.Incomplete) as refusal:
        go(programme, "submit", writer)
    assert {one.page for one in refusal.value.reasons} == {
        ListingTask.WHAT, ListingTask.TEXT, ListingTask.ADMISSION, Part.OFFERINGS,
    }  # fmt: skip
    assert programme.status is S.DRAFT
    make_intake(programme.offerings[0], apply_until=TODAY - timedelta(1), apply_from=None)
    with pytest.raises(services.Incomplete) as refusal:
        go(programme, "submit", writer)
    assert Part.OFFERINGS in {one.page for one in refusal.value.reasons}


def test_giving_it_back_asks_a_reason_that_the_school_reads(school, writer, colleague):
    programme = make_listing(institution=school)
    go(programme, "submit", writer)
    with pytest.raises(DomainError, match="mended"):
        go(programme, "return", colleague, reason="nee")
    go(programme, "return", colleague, reason="De toelating klopt niet meer.")
    assert (programme.status, programme.review_note) == (S.DRAFT, "De toelating klopt niet meer.")
    go(programme, "submit", writer)
    assert programme.review_note == ""


def test_who_hands_it_in_again_is_the_one_who_cannot_publish(school, writer, colleague):
    programme = make_listing(institution=school)
    go(programme, "submit", writer)
    go(programme, "withdraw", colleague)
    go(programme, "submit", colleague)
    with pytest.raises(DomainError):
        go(programme, "publish", colleague)
    go(programme, "publish", writer)
    assert programme.status is S.PUBLISHED


def test_who_changed_it_since_it_was_handed_in_is_no_second_person(school, writer, colleague):
    programme = make_listing(institution=school)
    editing.change_programme(programme, {"careers_nl": "Monteur"}, colleague)
    go(programme, "submit", writer)
    assert "publish" in {step.name for step in services.steps(colleague, programme)}
    editing.change_programme(programme, {"admission_nl": "Met een diploma."}, colleague)
    for somebody in (writer, colleague):
        with pytest.raises(DomainError, match="changed it since"):
            go(programme, "publish", somebody)
    go(programme, "publish", make_user(Role.PROGRAMME_MANAGER, school))
    assert (programme.status, programme.offerings[0].status) == (S.PUBLISHED, S.PUBLISHED)


def test_what_an_import_brought_may_be_published_by_any_manager(school, writer):
    programme = make_listing(institution=school, status=S.IN_REVIEW)
    go(programme, "publish", writer)
    assert programme.status is S.PUBLISHED


def test_a_way_added_to_a_published_programme_waits_for_a_second_person_of_its_own(school, writer, colleague):
    programme = make_listing(institution=school, status=S.PUBLISHED)
    bbl = editing.put_offering(programme, programme.offerings[0].place, Mode.BBL, {}, writer)
    with pytest.raises(services.Incomplete):
        go(bbl, "submit", writer)
    make_intake(bbl)
    go(bbl, "submit", writer)
    with pytest.raises(DomainError):
        go(bbl, "publish", writer)
    assert queries.offered([programme.id])[programme.id].modes == (Mode.BOL,)
    go(bbl, "publish", colleague)
    assert queries.offered([programme.id])[programme.id].modes == (Mode.BOL, Mode.BBL)
    assert programme.status is S.PUBLISHED


def test_a_way_of_a_programme_in_review_cannot_go_ahead_of_it(school, colleague):
    programme = make_listing(institution=school, status=S.IN_REVIEW)
    with pytest.raises(DomainError, match="goes along"):
        go(programme.offerings[0], "publish", colleague)


@pytest.mark.parametrize("status", list(S))
def test_only_what_is_published_is_found(session, status):
    shown, other = make_listing(status=S.PUBLISHED, title_nl="Zichtbaar"), make_listing(status=status, title_nl="Anders")
    expected = {shown.slug} | ({other.slug} if status is S.PUBLISHED else set())
    assert {row.slug for row in session.execute(queries.rows())} == expected
    assert catalogue.counts(Asked(), None).total == len(expected)
    assert set(pathways.atlas().rows) == expected
    assert {one.id for one in documents.of_programmes()} == expected
    assert search.ranked("anders") == ([other.id] if status is S.PUBLISHED else [])


def test_who_studies_where_it_is_no_longer_offered_keeps_the_programme(session):
    ended, other, draft = (make_listing(status=status) for status in (S.ARCHIVED, S.ARCHIVED, S.DRAFT))
    assert [row.slug for row in queries.choices(also=ended.slug)] == [ended.slug]
    assert queries.named(ended.slug).title_nl == ended.title_nl
    assert queries.choices(also=draft.slug) == [] and queries.named(draft.slug) is None
    assert queries.choices() == [] and other.slug not in queries.by_slugs([other.slug])


def test_ac_e7_after_eighteen_months_search_planner_and_matching_leave_it_out(session, monkeypatch):
    programme = make_listing(status=S.PUBLISHED, checked_on=date(2026, 11, 1), title_nl="Mechatronica")
    national = make_programme(national=True, checked_on=date(2020, 1, 1))

    def found(day):
        monkeypatch.setattr(clock, "today", lambda: day)
        places = (
            {row.slug for row in session.execute(queries.rows())}, set(pathways.atlas().rows),
            {one.id for one in documents.of_programmes()},
        )  # fmt: skip
        assert places[0] == places[1] == places[2]
        assert (search.ranked("mechatronica") == [programme.id]) is (programme.slug in places[0])
        return places[0]

    assert found(date(2026, 11, 27)) == {programme.slug, national.slug}
    assert found(date(2028, 5, 2)) == {programme.slug, national.slug}
    assert found(date(2028, 5, 4)) == {national.slug}
    assert queries.get(programme.slug).is_too_old(date(2028, 5, 4))
    services.check([programme], by=make_user(Role.PROGRAMME_MANAGER, programme.institution), today=date(2028, 5, 4))
    assert found(date(2028, 5, 4)) == {programme.slug, national.slug}


def test_ac_e7_the_list_of_a_school_names_what_asks_for_a_check(school, session):
    make_listing(institution=school, status=S.PUBLISHED, checked_on=TODAY - timedelta(365))
    due = make_listing(institution=school, status=S.PUBLISHED, checked_on=TODAY - timedelta(366))
    hidden = make_listing(institution=school, status=S.PUBLISHED, checked_on=TODAY - timedelta(549))
    make_listing(institution=school, checked_on=TODAY - timedelta(900))
    counts = listing_queries.counts([school.id], listing_queries.AskedListings(), TODAY)
    assert (counts["published"], counts["draft"], counts["due"], counts["hidden"]) == (3, 1, 2, 1)
    asked = listing_queries.AskedListings(check="due")
    assert {row.slug for row in session.execute(listing_queries.rows([school.id], asked, TODAY))} == {due.slug, hidden.slug}


def test_checking_several_leaves_the_ended_ones(school, writer):
    alive = make_listing(institution=school, status=S.PUBLISHED, checked_on=None)
    ended = make_listing(institution=school, status=S.ARCHIVED, checked_on=None)
    assert services.check([alive, ended], by=writer, today=TODAY) == 1
    assert (alive.checked_on, ended.checked_on) == (TODAY, None)


def test_resting_comes_back_only_with_a_fresh_check(school, writer):
    programme = make_listing(institution=school, status=S.PUBLISHED, checked_on=TODAY - timedelta(400))
    go(programme, "rest", writer)
    with pytest.raises(DomainError, match="twelve months"):
        go(programme, "resume", writer)
    services.check([programme], by=writer, today=TODAY)
    go(programme, "resume", writer)
    go(programme, "rest", writer)
    go(programme, "archive", writer)
    assert programme.status is S.ARCHIVED
    assert services.steps(writer, programme) == []


def test_cancelling_a_way_cancels_its_starts_and_tells_followers(school, writer, session):
    programme = make_listing(institution=school, status=S.PUBLISHED)
    bbl = make_offering(programme)
    start = make_intake(bbl)
    go(bbl, "cancel", writer)
    assert (bbl.status, start.cancelled_at is not None, programme.offerings[0].intakes[0].cancelled_at) == (S.CANCELLED, True, None)
    assert [one.kind for one in session.scalars(select(ListingNews))] == [NewsKind.OFFERING_CANCELLED]


def test_a_draft_can_be_taken_away_and_what_was_handed_in_cannot(school, writer):
    programme, other = make_listing(institution=school), make_listing(institution=school)
    services.remove(programme, by=writer)
    go(other, "submit", writer)
    go(other, "withdraw", writer)
    with pytest.raises(DomainError):
        services.remove(other, by=writer)


def test_an_example_account_changes_no_real_school(school, writer):
    programme, school.is_example = make_listing(institution=school), False
    writer.is_demo = True
    for deed in (lambda: go(programme, "submit", writer), lambda: services.check([programme], by=writer, today=TODAY)):
        with pytest.raises(DomainError, match="example account"):
            deed()


class TestFollowing:
    """Who follows hears once of what changed since."""

    @pytest.fixture
    def programme(self, school):
        return make_listing(institution=school, status=S.PUBLISHED)

    def later(self, **more):
        return clock.now() + timedelta(**more)

    def test_a_follower_hears_once_and_in_one_mail(self, app, programme, writer, session):
        reader, other = make_user(language="en"), make_user()
        with app.app_context():
            following.follow(reader.id, programme.id, now=clock.now())
            following.follow(reader.id, programme.id, now=clock.now())
            intake = programme.offerings[0].intakes[0]
            editing.put_intake(programme.offerings[0], {"apply_until": date(2090, 5, 1)}, writer, intake=intake)
            services.cancel_intake(intake, by=writer, now=clock.now())
            session.commit()
            assert telling.send(clock.now()) == 0  # a change of just now may be followed by another
            assert telling.send(self.later(hours=1)) == 1
            assert telling.send(self.later(hours=2)) == 0
        mails = session.scalars(select(OutboxMail)).all()
        assert [mail.to_address for mail in mails] == [reader.email]
        assert "apply until: 1 May 2090 (was 1 April 2090)" in mails[0].body
        assert "1 September 2090 does not take place" in mails[0].body
        assert other.email not in mails[0].body

    def test_who_begins_later_or_stopped_hears_nothing(self, app, programme, writer, session):
        gone, late = make_user(), make_user()
        following.follow(gone.id, programme.id, now=clock.now())
        go(programme, "rest", writer)
        following.stop(gone.id, programme.id)
        following.follow(late.id, programme.id, now=self.later(minutes=1))
        session.commit()
        with app.app_context():
            assert telling.send(self.later(hours=1)) == 0

    @pytest.mark.parametrize(
        ("deeds", "words"),
        [(["rest"], "does not offer it for now"), (["rest", "archive"], "no longer offers it"), (["cancel"], "is cancelled")],
    )
    def test_the_end_of_a_programme_is_told_in_words(self, app, programme, writer, session, deeds, words):
        reader = make_user(language="en")
        following.follow(reader.id, programme.id, now=clock.now())
        for deed in deeds:
            go(programme, deed, writer)
        session.commit()
        with app.app_context():
            telling.send(self.later(hours=1))
        assert words in session.scalars(select(OutboxMail.body)).one()

    def test_the_job_takes_old_news_away(self, app, programme, session):
        session.add(ListingNews(programme_id=programme.id, kind=NewsKind.RESTING, detail={}, at=self.later(days=-500)))
        session.commit()
        with app.app_context():
            jobs.tell_followers()
        assert session.scalars(select(ListingNews)).all() == []

    def test_one_can_follow_so_many(self, programme, session, monkeypatch):
        monkeypatch.setattr(following, "MOST", 1)
        reader, other = make_user(), make_listing(status=S.PUBLISHED)
        following.follow(reader.id, programme.id, now=clock.now())
        with pytest.raises(DomainError, match="1 programmes"):
            following.follow(reader.id, other.id, now=clock.now())
