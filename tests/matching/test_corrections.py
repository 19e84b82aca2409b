"""Taking in what readers say is wrong, settling it, telling the owner, and forgetting it in time."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ipf_talent import clock
from ipf_talent.accounts import services as accounts
from ipf_talent.accounts.models import AuditEntry, Membership, User
from ipf_talent.accounts.roles import Role
from ipf_talent.errors import DomainError
from ipf_talent.matching import correction_queries, corrections, policy
from ipf_talent.matching.corrections import Subject
from ipf_talent.matching.engine import Versions
from ipf_talent.matching.kinds import CorrectionAbout, CorrectionKind, CorrectionStatus
from ipf_talent.matching.models import Correction
from ipf_talent.notifications.models import OutboxMail
from tests.factories.accounts import make_user
from tests.factories.corrections import make_correction
from tests.factories.organisations import make_organisation, make_school
from tests.factories.programmes import make_programme
from tests.factories.vacancies import make_vacancy

pytestmark = pytest.mark.usefixtures("app_context")
ABOUT = CorrectionAbout


@pytest.fixture
def subject(taught):
    """A place that asks cad and robotics."""
    return Subject.of_place(make_vacancy(slug="cell", musts=(taught["cad"],), wanted=(taught["robotics"],)))


def say(subject: Subject, about: ABOUT = ABOUT.OTHER, **values) -> Correction:
    told = {"skill": None, "text": "It is wrong.", "language": "en", "reporter_id": None, "versions": None, "now": clock.now()}
    return corrections.report(subject, about=about, **told | values)


def mails(session) -> list[OutboxMail]:
    return list(session.scalars(select(OutboxMail).order_by(OutboxMail.to_address)))


def test_what_is_said_is_kept_with_the_owner_and_the_versions(subject, session):
    student = make_user()
    versions = Versions(schema=1, model="m1", background="b1", taxonomy="t1", corpus="c1")
    row = say(subject, ABOUT.NOT_ASKED, skill="cad", text="", reporter_id=student.id, versions=versions, language="fy")
    session.expire(row)
    assert (row.kind, row.slug, row.organisation_id) == (CorrectionKind.PLACE, "cell", subject.organisation_id)
    assert (row.about, row.skill, row.text, row.reporter_id, row.language) == (ABOUT.NOT_ASKED, "cad", "", student.id, "fy")
    assert (row.model, row.background, row.taxonomy) == ("m1", "b1", "t1")
    assert (row.status, row.settled_at) == (CorrectionStatus.OPEN, None)
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.actor_id, entry.action, entry.thing_id) == (student.id, "report_wrong", row.id)
    assert entry.detail == {"kind": "place", "about": "not_asked"}


def test_a_programme_belongs_to_its_school(taught, session):
    programme = make_programme(slug="plc-school", teaches=(taught["cad"],))
    row = say(Subject.of_programme(programme), ABOUT.NOT_ASKED, skill="cad")
    assert (row.kind, row.slug, row.organisation_id) == (CorrectionKind.PROGRAMME, "plc-school", programme.institution_id)


@pytest.mark.parametrize(
    ("about", "values", "field"),
    [
        (ABOUT.NOT_ASKED, {"skill": None}, "skill"),
        (ABOUT.NOT_ASKED, {"skill": "welding"}, "skill"),
        (ABOUT.MISSING, {"skill": "robotics"}, "skill"),
        (ABOUT.MISSING, {"skill": None, "text": ""}, "skill"),
        (ABOUT.LEVEL, {"text": ""}, "text"),
        (ABOUT.OTHER, {"text": "", "skill": "cad"}, "text"),
    ],
)
def test_what_nobody_could_understand_is_refused_beside_its_field(subject, session, about, values, field):
    with pytest.raises(DomainError) as refused:
        say(subject, about, **values)
    assert refused.value.field == field
    assert session.scalars(select(Correction)).all() == []


@pytest.mark.parametrize(
    ("about", "values", "other", "same"),
    [
        (ABOUT.NOT_ASKED, {"skill": "cad"}, {"skill": "cad", "text": "In other words."}, True),
        (ABOUT.NOT_ASKED, {"skill": "cad"}, {"skill": "robotics"}, False),
        (ABOUT.LEVEL, {}, {"text": "In other words."}, True),
        (ABOUT.OTHER, {}, {"text": " it IS  wrong."}, True),
        (ABOUT.OTHER, {}, {"text": "In other words."}, False),
        (ABOUT.MISSING, {"text": "Upholstery"}, {"text": "Sailing"}, False),
    ],
)
def test_one_person_says_the_same_of_one_thing_once(subject, session, about, values, other, same):
    student = make_user()
    say(subject, about, reporter_id=student.id, **values)
    say(subject, about, reporter_id=make_user().id, **values)
    if same:
        with pytest.raises(DomainError, match=r"."):
            say(subject, about, reporter_id=student.id, **values | other)
    else:
        say(subject, about, reporter_id=student.id, **values | other)
    assert len(session.scalars(select(Correction)).all()) == (2 if same else 3)


@pytest.mark.parametrize(
    ("about", "values", "skill"),
    [
        (ABOUT.NOT_ASKED, {"skill": "cad", "text": ""}, "cad"),
        (ABOUT.MISSING, {"skill": "welding", "text": ""}, "welding"),
        (ABOUT.MISSING, {"skill": None, "text": "Upholstery"}, None),
        (ABOUT.LEVEL, {"skill": "cad"}, None),
    ],
)
def test_a_skill_is_kept_only_where_it_is_meant(subject, about, values, skill):
    assert say(subject, about, **values).skill == skill


def test_more_than_a_thousand_signs_do_not_get_into_the_table(subject, session):
    say(subject, text="a" * 1000)
    with pytest.raises(IntegrityError):
        say(subject, text="a" * 1001)


def test_the_table_refuses_what_is_settled_without_a_moment(session):
    with pytest.raises(IntegrityError):
        make_correction(status=CorrectionStatus.SETTLED)


def test_the_managers_hear_of_the_first_one_that_waits_and_of_no_other(subject, session):
    owner = subject.thing.company
    make_user(Role.COMPANY_MANAGER, owner, email="a@maker.example", language="en", display_name="Anke")
    make_user(Role.WORKPLACE_TRAINER, owner, email="trainer@maker.example")
    make_user(Role.COMPANY_MANAGER, make_organisation(), email="other@maker.example")
    make_user(Role.COMPANY_MANAGER, owner, email="demo@maker.example", is_demo=True)
    student = make_user(display_name="Jitske Echt")
    first = say(subject, text="My secret words", reporter_id=student.id)
    say(subject)
    (mail,) = mails(session)
    assert mail.to_address == "a@maker.example"
    assert "Anke" in mail.body and owner.name in mail.body and "/corrections" in mail.body
    assert "Jitske" not in mail.body and "secret" not in mail.body
    for row in session.scalars(select(Correction)):
        corrections.settle(row, by=student, now=clock.now())
    assert first.status is CorrectionStatus.SETTLED
    say(subject)
    assert len(mails(session)) == 2


@pytest.mark.parametrize("language", ["nl", "fy", "en"])
def test_the_mail_reads_well_in_every_language(subject, session, language):
    make_user(Role.COMPANY_MANAGER, subject.thing.company, language=language, display_name="Tsj. O'Neil & <Zn>")
    say(subject)
    (mail,) = mails(session)
    assert mail.subject and len(mail.subject) < 80
    assert "Tsj. O'Neil & <Zn>" in mail.body and "http://localhost/corrections\n" in mail.body
    assert "{" not in mail.body and "None" not in mail.body and "\n--\nIPF Talent\n" in mail.body


def test_settling_notes_who_and_when_and_happens_once(session):
    row, manager = make_correction(), make_user(Role.COMPANY_MANAGER, make_organisation())
    now = clock.now()
    corrections.settle(row, by=manager, now=now)
    assert (row.status, row.settled_at, row.settled_by_id) == (CorrectionStatus.SETTLED, now, manager.id)
    assert session.scalars(select(AuditEntry.action)).all() == ["settle_correction"]
    with pytest.raises(DomainError, match=r"."):
        corrections.settle(row, by=manager, now=now)


def test_what_is_old_is_forgotten_and_what_is_a_day_younger_stays(session):
    now, day = clock.now(), timedelta(1)
    year, settled = timedelta(365), {"status": CorrectionStatus.SETTLED}
    kept = [
        make_correction(created_at=now - 5 * year, settled_at=now - year + day, **settled),
        make_correction(created_at=now - 2 * year + day),
    ]
    make_correction(created_at=now - 5 * year, settled_at=now - year - day, **settled)
    make_correction(created_at=now - 2 * year - day)
    assert corrections.sweep(now) == 2
    assert set(session.scalars(select(Correction.id))) == {row.id for row in kept}


def test_closing_an_account_takes_the_name_away_and_leaves_what_was_said(session):
    leaving, staying = make_user(), make_user()
    theirs = make_correction(
        reporter_id=leaving.id, status=CorrectionStatus.SETTLED, settled_at=clock.now(), settled_by_id=leaving.id
    )
    other = make_correction(reporter_id=staying.id)
    accounts.close(leaving)
    session.expire_all()
    assert session.get(User, leaving.id) is None
    assert (theirs.reporter_id, theirs.settled_by_id) == (None, None)
    assert theirs.text and other.reporter_id == staying.id


PEOPLE = {
    "manager": lambda ours, theirs: make_user(Role.COMPANY_MANAGER, ours),
    "trainer": lambda ours, theirs: make_user(Role.WORKPLACE_TRAINER, ours),
    "stranger": lambda ours, theirs: make_user(Role.COMPANY_MANAGER, theirs),
    "student there": lambda ours, theirs: make_user(Role.STUDENT, ours),
    "coordinator": lambda ours, theirs: make_user(Role.COORDINATOR, make_school()),
    "cluster": lambda ours, theirs: make_user(Role.CLUSTER_OFFICE),
    "admin": lambda ours, theirs: make_user(Role.PLATFORM_ADMIN),
}


@pytest.mark.parametrize("who", PEOPLE)
def test_the_list_holds_exactly_what_one_may_settle(session, who):
    ours, theirs = make_organisation(), make_organisation()
    rows = [make_correction(ours), make_correction(theirs), make_correction(ours)]
    user = PEOPLE[who](ours, theirs)
    listed = {row.id for row in session.execute(correction_queries.listed(user))}
    assert listed == {row.id for row in rows if policy.may_settle(user, row)}
    assert correction_queries.waiting_for(user) == len(listed)
    expected = {"manager": 2, "trainer": 2, "stranger": 1, "cluster": 3}
    assert len(listed) == expected.get(who, 0)


def test_only_the_cluster_office_reads_who_said_it(session):
    ours = make_organisation()
    make_correction(ours, reporter_id=make_user(display_name="Jitske Echt").id)
    make_correction(ours)
    names = {
        role: sorted(row.reporter or "" for row in session.execute(correction_queries.listed(make_user(role, place))))
        for role, place in ((Role.COMPANY_MANAGER, ours), (Role.CLUSTER_OFFICE, None))
    }
    assert names == {Role.COMPANY_MANAGER: ["", ""], Role.CLUSTER_OFFICE: ["", "Jitske Echt"]}


def test_a_manager_who_is_also_at_the_cluster_office_reads_as_the_office(session):
    ours = make_organisation()
    make_correction(reporter_id=make_user(display_name="Jitske Echt").id)
    user = make_user(Role.COMPANY_MANAGER, ours)
    user.memberships.append(Membership(role=Role.CLUSTER_OFFICE))
    session.commit()
    assert [row.reporter for row in session.execute(correction_queries.listed(user))] == ["Jitske Echt"]


def test_what_waits_comes_first_and_then_the_newest(session):
    now, ours = clock.now(), make_organisation()
    slugs = {"old": 5, "new": 1, "settled": 0}
    for slug, days in slugs.items():
        done = {"status": CorrectionStatus.SETTLED, "settled_at": now} if slug == "settled" else {}
        make_correction(ours, slug=slug, created_at=now - timedelta(days), **done)
    user = make_user(Role.COMPANY_MANAGER, ours)
    assert [row.slug for row in session.execute(correction_queries.listed(user))] == ["new", "old", "settled"]


def test_a_line_names_its_own_place_or_programme_and_its_skill(session, taught):
    place = make_vacancy(slug="same-name", title_en="A place")
    make_programme(slug="same-name", title_en="A programme")
    make_correction(place.company, slug="same-name", skill="cad", about=ABOUT.MISSING)
    make_correction(place.company, slug="same-name", kind=CorrectionKind.PROGRAMME)
    make_correction(place.company, slug="gone-since")
    user = make_user(Role.COMPANY_MANAGER, place.company)
    found = {(row.kind.value, row.slug): (row.title_en, row.label_en) for row in session.execute(correction_queries.listed(user))}
    assert found == {
        ("place", "same-name"): ("A place", "cad"),
        ("programme", "same-name"): ("A programme", None),
        ("place", "gone-since"): (None, None),
    }
