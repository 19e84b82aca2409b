"""The steps in the life of a vacancy on real rows, with places of others beside them; AC-C1 to AC-C4."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from ipf_talent import clock
from ipf_talent.accounts.models import AuditEntry
from ipf_talent.errors import DomainError
from ipf_talent.organisations import recognitions
from ipf_talent.organisations.recognition import RecognitionSource, RecognitionStatus
from ipf_talent.programmes.levels import Level
from ipf_talent.vacancies import asking, posting, services, signals
from ipf_talent.vacancies.kinds import Expenses, Hybrid, Minors, VacancyKind, VacancyStatus
from ipf_talent.vacancies.tasks import Task
from tests.factories.accounts import make_user
from tests.factories.organisations import make_establishment, make_organisation, make_recognition
from tests.factories.vacancies import make_draft, make_vacancy

pytestmark = pytest.mark.usefixtures("app_context")
S, R = VacancyStatus, RecognitionStatus


def recognised(draft, *crebos):
    for crebo in crebos:
        make_recognition(draft.establishment, crebo=crebo, status=R.VERIFIED)
    return draft


def publish(vacancy):
    return services.publish(vacancy, by_id=1, now=clock.now())


def refused(vacancy):
    with pytest.raises(services.NotReady) as refusal:
        publish(vacancy)
    return {reason.code: reason for reason in refusal.value.reasons}


def told(session, vacancy):
    query = select(AuditEntry.action).where(AuditEntry.thing == "vacancy", AuditEntry.thing_id == vacancy.id)
    return list(session.scalars(query.order_by(AuditEntry.id)))


def test_ac_c1_an_mbo_place_without_a_verified_crebo_is_blocked_and_the_crebo_named():
    draft = make_draft(crebos=("25344",))
    make_recognition(draft.establishment, crebo="25344")
    make_recognition(make_establishment(draft.company, name="Office"), crebo="25344", status=R.VERIFIED)
    reasons = refused(draft)
    assert set(reasons) == {"recognition"}
    assert "25344" in reasons["recognition"].message and reasons["recognition"].rule == "R1"
    assert draft.status is S.DRAFT


def test_ac_c1_the_hbo_variant_needs_no_recognition():
    draft = make_draft(kind=VacancyKind.HBO_INTERNSHIP, level=Level.HBO_BACHELOR)
    publish(draft)
    assert draft.status is S.PUBLISHED


def test_ac_c3_of_three_crebos_two_are_published_and_the_third_is_named():
    draft = recognised(make_draft(crebos=("25344", "25919", "25998")), "25344", "25998")
    found = publish(draft)
    assert (found.crebos, found.left_out) == (("25344", "25998"), ("25919",))
    assert {one.crebo: one.published for one in draft.crebos} == {"25344": True, "25919": False, "25998": True}
    assert draft.programmes == ["25344", "25998"]


@pytest.mark.parametrize("status", [status for status in R if status is not R.VERIFIED])
def test_only_verified_counts(status):
    draft = make_draft()
    make_recognition(draft.establishment, status=status)
    assert "recognition" in refused(draft)


def test_ac_c2_losing_a_recognition_pauses_what_hangs_on_it_in_the_same_transaction(session):
    draft = make_draft()
    recognition = make_recognition(draft.establishment, status=R.VERIFIED)
    two = recognised(make_draft(company=draft.company, establishment=draft.establishment, crebos=("25344", "25919")), "25919")
    hbo = make_draft(company=draft.company, establishment=draft.establishment, kind=VacancyKind.HBO_INTERNSHIP,
                     level=Level.HBO_BACHELOR)  # fmt: skip
    elsewhere = recognised(make_draft(), "25344")
    for one in (draft, two, hbo, elsewhere):
        publish(one)
    recognitions.decide(recognition, R.REVOKED, source=RecognitionSource.STAGEMARKT, source_url=None, note="SBB wrote so.",
                        by_id=make_user().id, school_id=None, today=clock.today())  # fmt: skip
    assert (draft.status, draft.paused_for) == (S.PAUSED, "recognition")
    assert two.status is S.PUBLISHED and two.programmes == ["25919"]
    assert hbo.status is S.PUBLISHED and elsewhere.status is S.PUBLISHED
    assert told(session, draft)[-1] == "pause_vacancy"
    with pytest.raises(services.NotReady):
        services.resume(draft, by_id=1, now=clock.now())


def test_publishing_twice_has_one_effect(session):
    draft = recognised(make_draft(), "25344")
    publish(draft)
    first = draft.published_at
    assert publish(draft).crebos == ("25344",)
    assert draft.published_at == first
    assert told(session, draft) == ["submit_vacancy", "publish_vacancy"]


FAULTS = [
    ("title", {"title_nl": "Pin"}),
    ("description", {"description_nl": "Te kort."}),
    ("learn", {"learn_nl": ""}),
    ("expenses", {"expenses": None}),
    ("mentor", {"mentor_name": ""}),
    ("mentor_hours", {"mentor_hours": None}),
    ("minors", {"minors": Minors.NO}),
    ("hybrid", {"hybrid": Hybrid.FULLY}),
    ("level", {"level": Level.MASTER}),
    ("start", {"starts_on": clock.today() - timedelta(1)}),
    ("closes", {"closes_on": clock.today() - timedelta(1)}),
    ("closes", {"closes_on": clock.today() + timedelta(200)}),
    ("hours", {"hours_per_week": 40, "days_per_week": 4}),
    ("crebos", {"crebos": ()}),
    ("unsaved", {"tasks_done": ["text"]}),
    ("wage", {"kind": VacancyKind.BBL_APPRENTICESHIP, "expenses": None}),
    ("hours", {"kind": VacancyKind.BBL_APPRENTICESHIP, "expenses": None, "pay_note_nl": "€ 2.000", "hours_per_week": 16}),
    ("wording:age:jonge honden", {"offer_nl": "Een team van jonge honden."}),
    ("wording:no-school:tussenjaar", {"bring_nl": "Je zit in een tussenjaar."}),
    ("wording:fee:eigen bijdrage", {"pay_note_nl": "Er is een eigen bijdrage."}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "fault"), FAULTS)
def test_each_fault_alone_keeps_a_place_from_being_published(code, fault):
    draft = recognised(make_draft(**fault), "25344")
    assert set(refused(draft)) == {code}
    assert draft.status is S.DRAFT


def test_r15_a_place_without_a_programme_is_refused():
    draft = make_draft(kind=VacancyKind.HBO_INTERNSHIP, level=Level.HBO_BACHELOR, target_types=[])
    assert refused(draft)["programmes"].rule == "R15"


@pytest.mark.parametrize(("kind", "least"), [(VacancyKind.HBO_INTERNSHIP, Level.AD), (VacancyKind.WO_THESIS, Level.WO_BACHELOR)])
def test_who_guides_has_the_level(kind, least):
    below = {Level.AD: Level.MBO_4, Level.WO_BACHELOR: Level.AD}[least]
    level = Level.HBO_BACHELOR if kind is VacancyKind.HBO_INTERNSHIP else Level.MASTER
    assert set(refused(make_draft(kind=kind, level=level, mentor_level=below))) == {"mentor_level"}
    publish(make_draft(kind=kind, level=level, mentor_level=least))


def test_costs_that_are_not_covered_warn_and_do_not_block():
    draft = recognised(make_draft(expenses=Expenses.NO), "25344")
    publish(draft)
    assert draft.status is S.PUBLISHED


def test_words_that_were_set_aside_go_to_a_person_first(session):
    draft = recognised(make_draft(offer_nl="Een team van jonge honden."), "25344")
    code, me = "wording:age:jonge honden", make_user()
    with pytest.raises(DomainError):
        asking.set_aside(draft, code, "hm", by=me, now=clock.now())
    asking.set_aside(draft, code, "So our product is called.", by=me, now=clock.now())
    publish(draft)
    assert draft.status is S.IN_REVIEW and draft.published_at is None
    services.send_back(draft, by_id=2)
    assert draft.status is S.DRAFT and code in refused(draft)
    asking.set_aside(draft, code, "So our product is called.", by=me, now=clock.now())
    publish(draft)
    services.approve(draft, by_id=2, now=clock.now())
    assert draft.status is S.PUBLISHED and draft.published_at is not None
    assert told(session, draft)[-1] == "approve_vacancy"


def test_a_template_is_never_published():
    with pytest.raises(DomainError):
        publish(recognised(make_draft(template_name="Robots"), "25344"))


def test_places_are_taken_up_to_their_number_and_given_back():
    vacancy, other = make_vacancy(places=2), make_vacancy(places=2)
    assert services.take_place(vacancy.id)
    assert (vacancy.taken, vacancy.status) == (1, S.PUBLISHED)
    assert services.take_place(vacancy.id)
    assert (vacancy.taken, vacancy.status) == (2, S.FULL)
    assert not services.take_place(vacancy.id)
    assert services.give_back(vacancy.id)
    assert (vacancy.taken, vacancy.status) == (1, S.PUBLISHED)
    assert services.give_back(vacancy.id) and not services.give_back(vacancy.id)
    assert (other.taken, other.status) == (0, S.PUBLISHED)


@pytest.mark.parametrize("status", [S.DRAFT, S.IN_REVIEW, S.CLOSED, S.ARCHIVED])
def test_no_place_is_taken_of_what_is_not_alive(status):
    assert not services.take_place(make_vacancy(status=status).id)


def test_a_paused_place_stays_paused_while_its_responses_go_on():
    vacancy = make_vacancy(places=1, status=S.PAUSED)
    assert services.take_place(vacancy.id)
    assert (vacancy.taken, vacancy.status) == (1, S.PAUSED)


def test_time_closes_a_place_once_and_two_years_archive_it(session):
    today = clock.today()
    over, still = make_vacancy(closes_on=today - timedelta(1)), make_vacancy(closes_on=today)
    heard = []

    def hear(vacancy, reason):
        heard.append((vacancy.id, reason))

    signals.closed.connect(hear)
    try:
        assert services.sweep(clock.now()) == 1
        assert services.sweep(clock.now()) == 0
    finally:
        signals.closed.disconnect(hear)
    assert heard == [(over.id, "period")]
    assert (over.status, still.status) == (S.CLOSED, S.PUBLISHED)
    assert services.sweep(clock.now() + timedelta(729)) == 1
    assert over.status is S.CLOSED
    services.sweep(clock.now() + timedelta(732))
    assert over.status is S.ARCHIVED


def test_extending_goes_six_months_at_most_and_only_forwards():
    today, vacancy = clock.today(), make_vacancy()
    for day in (vacancy.closes_on, today, today + timedelta(185)):
        with pytest.raises(DomainError) as refusal:
            services.extend(vacancy, until=day, by_id=1, today=today)
        assert refusal.value.field == "until"
    services.extend(vacancy, until=today + timedelta(184), by_id=1, today=today)
    assert vacancy.closes_on == today + timedelta(184)
    with pytest.raises(DomainError):
        services.extend(make_vacancy(status=S.CLOSED), until=today + timedelta(90), by_id=1, today=today)


def test_what_cannot_follow_is_refused():
    draft = make_draft()
    for deed in (services.pause, services.withdraw):
        with pytest.raises(DomainError):
            deed(draft, by_id=1)
    with pytest.raises(DomainError):
        services.close(draft, by_id=1, now=clock.now())


def test_a_second_editor_is_told_and_nothing_is_overwritten(session):
    draft, me = make_draft(), make_user()
    seen = draft.version
    texts = {"title": "First", "catchy_title": "", "description": "a", "learn": "b", "bring": "", "offer": ""}
    posting.save(draft, Task.TEXT, texts, version=seen, by=me, now=clock.now())
    session.commit()
    with pytest.raises(posting.Changed):
        posting.save(draft, Task.TEXT, texts | {"title": "Second"}, version=seen, by=me, now=clock.now())
    session.rollback()
    assert draft.title_nl == "First"


def test_what_is_online_must_still_pass(session):
    draft = recognised(make_draft(), "25344")
    publish(draft)
    session.commit()
    texts = {"title": "Robotcellen", "catchy_title": "", "description": "short", "learn": "b" * 60, "bring": "", "offer": ""}
    with pytest.raises(services.NotReady):
        posting.save(draft, Task.TEXT, texts, version=draft.version, by=make_user(), now=clock.now())
    session.rollback()
    assert draft.description_nl.startswith("Je bouwt")


def test_students_hear_only_of_what_matters_to_them():
    draft = recognised(make_draft(), "25344")
    publish(draft)
    heard, me = [], make_user()

    def hear(vacancy, tasks):
        heard.append((vacancy.id, tasks))

    signals.changed.connect(hear)
    try:
        posting.save(draft, Task.MORE, {"features": ["accessible"]}, version=draft.version, by=me, now=clock.now())
        places = {"places": 3, "respond_by": None, "closes_on": draft.closes_on}
        posting.save(draft, Task.PLACES, places, version=draft.version, by=me, now=clock.now())
    finally:
        signals.changed.disconnect(hear)
    assert heard == [(draft.id, [Task.PLACES])]


def test_fewer_places_than_are_taken_is_refused_and_as_many_makes_it_full():
    draft = recognised(make_draft(places=3), "25344")
    publish(draft)
    assert services.take_place(draft.id) and services.take_place(draft.id)
    values, me = {"respond_by": None, "closes_on": draft.closes_on}, make_user()
    with pytest.raises(DomainError) as refusal:
        posting.save(draft, Task.PLACES, {"places": 1, **values}, version=draft.version, by=me, now=clock.now())
    assert refusal.value.field == "places"
    posting.save(draft, Task.PLACES, {"places": 2, **values}, version=draft.version, by=me, now=clock.now())
    assert draft.status is S.FULL


def test_a_copy_has_the_content_and_none_of_the_history(session):
    draft = recognised(make_draft(starts_on=clock.today() + timedelta(1), ends_on=clock.today() + timedelta(100)), "25344")
    publish(draft)
    services.take_place(draft.id)
    later = clock.today() + timedelta(30)
    made = posting.copy(draft, by=make_user(), key="k1", today=later)
    assert posting.copy(draft, by=make_user(), key="k1", today=later) is made
    assert (made.status, made.taken, made.published_at, made.slug != draft.slug) == (S.DRAFT, 0, None, True)
    assert made.description_nl == draft.description_nl and [one.crebo for one in made.crebos] == ["25344"]
    assert not made.crebos[0].published
    assert made.starts_on >= later and made.ends_on - made.starts_on == draft.ends_on - draft.starts_on
    assert Task.PERIOD not in made.tasks_done


def test_the_same_key_begins_one_draft_and_another_company_has_keys_of_its_own(session):
    home, theirs = make_establishment(make_organisation()), make_establishment(make_organisation())
    me = make_user()

    def begin(where, key):
        return posting.start(company_id=where.organisation_id, establishment=where, kind=VacancyKind.BOL_INTERNSHIP,
                             title="Review", language="nl", by=me, key=key, today=clock.today())  # fmt: skip

    first = begin(home, "a")
    assert begin(home, "a") is first
    assert begin(theirs, "b").id != first.id
    assert first.slug == "review-2", "an address of a page is not given away"


def test_what_was_online_is_closed_and_not_taken_away(session):
    draft = recognised(make_draft(), "25344")
    me = make_user()
    publish(draft)
    with pytest.raises(DomainError):
        posting.remove(draft, by=me)
    posting.remove(make_draft(), by=me)
