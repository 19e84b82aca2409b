"""Who may open what, over the whole URL map: the tables are written by hand and not derived from the views."""

import re

import pytest
from sqlalchemy import func, select

from ipf_talent.accounts.models import Invitation, Membership, User
from ipf_talent.accounts.roles import Role
from ipf_talent.applications.models import Application, ApplicationMessage, Document
from ipf_talent.matching.kinds import CorrectionStatus
from ipf_talent.matching.models import Correction
from ipf_talent.organisations.kinds import OrganisationKind
from ipf_talent.organisations.models import Establishment, Organisation, Recognition
from ipf_talent.vacancies.filters import Alert
from ipf_talent.vacancies.kinds import VacancyStatus
from ipf_talent.vacancies.models import Vacancy
from ipf_talent.vacancies.saved_models import Favourite, SavedSearch
from ipf_talent.web import access
from tests.factories.accounts import make_user
from tests.factories.applications import make_shown
from tests.factories.corrections import make_correction
from tests.factories.organisations import make_establishment, make_organisation, make_recognition, make_school
from tests.factories.vacancies import make_vacancy

PUBLIC = """
    home.index home.theme home.about home.help home.accessibility home.privacy home.sources health.healthz health.readyz static
    accounts.sign_up accounts.check_mail accounts.confirm accounts.sign_in accounts.forgot accounts.reset accounts.confirm_email
    people.invitation programmes.index programmes.show programmes.tracks programmes.track institutions.index institutions.show
    vacancies.index vacancies.show companies.index companies.show skills.index skills.show skills.occupations skills.occupation
    profiles.edit profiles.skills profiles.add_skill profiles.remove_skill profiles.suggest profiles.read_text profiles.wishes
    profiles.show profiles.forget matching.places matching.place matching.programmes matching.programme matching.report
    corrections.place corrections.programme pathways.index map.index plans.index plans.calendar plans.save plans.saved
    kept_plans.show
    kept_plans.rename kept_plans.remove kept_plans.share kept_plans.end_share kept_plans.shared kept_plans.export onward.programme
    demo.look_around demo.mail
    applications.how
    saved.index saved.keep saved.let_go saved.stop saved.atom
""".split()  # noqa: SIM905 a table to read
RULES = dict.fromkeys(PUBLIC, "public") | {
    "home.dashboard": "is_signed_in",
    "accounts.settings": "is_signed_in",
    "accounts.sign_out": "is_signed_in",
    "account.details": "is_signed_in",
    "account.password": "is_signed_in",
    "account.email": "is_signed_in",
    "account.close": "is_signed_in",
    "people.register": "is_signed_in",
    "people.index": "looks_after_people",
    "people.show": "may_see_people",
    "people.remove": "may_see_people",
    "people.withdraw": "may_see_people",
    "people.pending": "is_platform_admin",
    "people.accept": "may_check",
    "people.refuse": "may_check",
    "company.show": "keeps_company",
    "company.about": "keeps_company",
    "company.add_address": "keeps_company",
    "company.change_address": "keeps_address",
    "company.remove_address": "keeps_company",
    "company.strike_skill": "keeps_company",
    "company.put_skill_back": "keeps_company",
    "recognitions.declare": "keeps_company",
    "recognitions.amend": "keeps_recognition",
    "recognitions.retract": "keeps_company",
    "recognitions.index": "checks_recognitions",
    "recognitions.decide": "may_decide",
    "companies.interest": "is_student",
    "posting.index": "offers_places",
    "posting.new": "offers_places",
    "posting.show": "manages",
    "posting.task": "manages",
    "posting.preview": "manages",
    "posted.publish": "manages",
    "posted.pause": "manages",
    "posted.resume": "manages",
    "posted.withdraw": "manages",
    "posted.close": "manages",
    "posted.extend": "manages",
    "posted.copy": "manages",
    "posted.template": "manages",
    "posted.remove": "manages",
    "posted.statistics": "manages",
    "posted.review": "reviews_places",
    "posted.look": "may_review",
    "posted.approve": "may_review",
    "posted.send_back": "may_review",
    "saved.export": "is_signed_in",
    "saved.save": "is_signed_in",
    "saved.change_alert": "keeps_search",
    "saved.remove": "keeps_search",
    "matching.check": "may_try",
    "corrections.index": "reads_corrections",
    "corrections.settle": "reads_corrections",
    "applications.index": "may_respond",
    "applications.respond": "may_respond",
    "applications.documents": "may_respond",
    "applications.export": "is_signed_in",
    "applications.show": "is_own",
    "applications.act": "is_own",
    "applications.accept": "is_own",
    "applications.message": "is_own",
    "applications.cv": "is_own",
    "applications.cv_file": "is_own",
    "reports.new": "is_own",
    "received.index": "handles_responses",
    "received.show": "may_handle",
    "received.act": "may_handle",
    "received.message": "may_handle",
    "received.cv": "may_handle",
    "school_wishes.index": "places_students",
    "school_wishes.act": "may_place",
    "reports.index": "is_platform_admin",
    "reports.handle": "is_platform_admin",
}
"""The rule beside each view; a new view fails the test until it stands here too."""

SIGNED_IN = frozenset({"student", "manager", "stranger", "coordinator", "cluster", "admin"})
OPEN_TO = {
    "/start": SIGNED_IN,
    "/account": SIGNED_IN,
    "/account/details": SIGNED_IN,
    "/account/password": SIGNED_IN,
    "/account/email": SIGNED_IN,
    "/account/close": SIGNED_IN,
    "/organisations/new": SIGNED_IN,
    "/organisation/people": frozenset({"manager", "stranger", "coordinator"}),
    "/organisation/ours/people": frozenset({"manager", "admin"}),
    "/organisations/pending": frozenset({"admin"}),
    "/match/places/ours/check": frozenset({"manager", "cluster"}),
    "/posting": frozenset({"manager", "stranger"}),
    "/posting/new": frozenset({"manager", "stranger"}),
    "/posting/ours": frozenset({"manager"}),
    "/posting/ours/task/text": frozenset({"manager"}),
    "/posting/ours/preview": frozenset({"manager"}),
    "/posting/ours/statistics": frozenset({"manager"}),
    "/posting/review": frozenset({"admin"}),
    "/posting/waits/review": frozenset({"admin"}),
    "/organisation/ours": frozenset({"manager"}),
    "/organisation/ours/about": frozenset({"manager"}),
    "/organisation/ours/addresses/new": frozenset({"manager"}),
    "/organisation/ours/addresses/1": frozenset({"manager"}),
    "/organisation/ours/recognitions/new": frozenset({"manager"}),
    "/organisation/ours/recognitions/1": frozenset({"manager"}),
    "/recognitions": frozenset({"coordinator", "admin"}),
    "/recognitions/1": frozenset({"coordinator", "admin"}),
    "/companies/ours/interest": frozenset({"student"}),
    "/corrections": frozenset({"manager", "stranger", "coordinator", "cluster"}),
    "/responses": frozenset({"student"}),
    "/responses/documents": frozenset({"student"}),
    "/responses.json": SIGNED_IN,
    "/vacancies/ours/respond": frozenset({"student"}),
    "/responses/ours": frozenset({"student"}),
    "/responses/ours/accept": frozenset({"student"}),
    "/responses/ours/report": frozenset({"student"}),
    "/received": frozenset({"manager", "stranger"}),
    "/received/ours": frozenset({"manager"}),
    "/responses/ours/cv/file": frozenset({"student"}),
    "/received/ours/cv": frozenset({"manager"}),
    "/wishes": frozenset({"coordinator"}),
    "/reports": frozenset({"admin"}),
    "/saved/export": SIGNED_IN,
}
"""Who gets an answer on a page; `manager` looks after the organisation `ours`, `stranger` after another company."""

HIDDEN = {
    "/responses/ours", "/responses/ours/accept", "/responses/ours/report", "/responses/ours/cv/file", "/received/ours",
    "/received/ours/cv",
    "/posting/ours", "/posting/ours/task/text", "/posting/ours/preview", "/posting/ours/statistics", "/posting/waits/review",
    "/organisation/ours/people", "/match/places/ours/check", "/organisation/ours", "/organisation/ours/about",
    "/organisation/ours/addresses/new", "/organisation/ours/addresses/1", "/organisation/ours/recognitions/new",
    "/organisation/ours/recognitions/1", "/recognitions/1",
}  # fmt: skip
"""Where the refusal must not even tell that the thing exists."""

DEEDS = {
    "/responses/ours/act": frozenset({"student"}),
    "/responses/ours/message": frozenset({"student"}),
    "/responses/ours/cv": frozenset({"student"}),
    "/received/ours/act": frozenset({"manager"}),
    "/received/ours/message": frozenset({"manager"}),
    "/wishes/ours/act": frozenset(),
    "/reports/handle": frozenset({"admin"}),
    "/organisation/ours/people": frozenset({"manager", "admin"}),
    "/organisation/ours/people/remove": frozenset({"manager", "admin"}),
    "/organisation/ours/people/withdraw": frozenset({"manager", "admin"}),
    "/organisations/ours/accept": frozenset({"admin"}),
    "/organisations/ours/refuse": frozenset({"admin"}),
    "/corrections/settle": frozenset({"manager", "cluster"}),
    "/posting/new": frozenset({"manager", "stranger"}),
    "/posting/ours/task/text": frozenset({"manager"}),
    "/posting/ours/publish": frozenset({"manager"}),
    "/posting/ours/pause": frozenset({"manager"}),
    "/posting/ours/resume": frozenset({"manager"}),
    "/posting/ours/withdraw": frozenset({"manager"}),
    "/posting/ours/close": frozenset({"manager"}),
    "/posting/ours/extend": frozenset({"manager"}),
    "/posting/ours/copy": frozenset({"manager"}),
    "/posting/ours/template": frozenset({"manager"}),
    "/posting/ours/remove": frozenset({"manager"}),
    "/posting/waits/approve": frozenset({"admin"}),
    "/posting/waits/return": frozenset({"admin"}),
    "/organisation/ours/about": frozenset({"manager"}),
    "/organisation/ours/addresses/new": frozenset({"manager"}),
    "/organisation/ours/addresses/1": frozenset({"manager"}),
    "/organisation/ours/addresses/remove": frozenset({"manager"}),
    "/organisation/ours/skills/strike": frozenset({"manager"}),
    "/organisation/ours/skills/put-back": frozenset({"manager"}),
    "/organisation/ours/recognitions/new": frozenset({"manager"}),
    "/organisation/ours/recognitions/1": frozenset({"manager"}),
    "/organisation/ours/recognitions/retract": frozenset({"manager"}),
    "/recognitions/1": frozenset({"coordinator", "admin"}),
    "/companies/ours/interest": frozenset({"student"}),
    "/saved/searches": SIGNED_IN,
    "/saved/searches/ours/alert": frozenset({"student"}),
    "/saved/searches/ours/remove": frozenset({"student"}),
}


CHANGING = [
    "/saved/places/ours/keep",
    "/saved/places/ours/let-go",
    "/sign-out",
    "/sign-in",
    "/sign-up",
    "/profile",
    "/profile/skills/add",
    "/match/places/ours/wrong",
    "/plan/keep?from=mbo_4&goal=possible",
    "/plan/kept/0123456789ab/name",
    "/plan/kept/0123456789ab/remove",
    "/plan/kept/0123456789ab/share",
    "/plan/kept/0123456789ab/end-share",
    "/theme",
    "/demo/student",
]


@pytest.fixture
def people(app, session):
    """One person of each kind; the organisation `ours` with a place and what was said of it, and another of the same kind."""
    ours, theirs = make_organisation(slug="ours"), make_organisation(slug="theirs")
    make_establishment(ours, id=1)
    make_user(Role.WORKPLACE_TRAINER, ours)
    make_vacancy(slug="ours", company=ours)
    make_vacancy(slug="waits", company=ours, status=VacancyStatus.IN_REVIEW)
    make_correction(ours, id=1)
    make_recognition(ours, id=1)
    student = make_user(Role.STUDENT)
    with app.test_request_context():
        make_shown(student, make_vacancy(slug="answered", company=ours), key="ours")
    session.add(SavedSearch(key="ours", user_id=student.id, name="robot", query="q=robot", alert=Alert.DAILY, language="en"))
    session.commit()
    return {
        "student": student,
        "manager": make_user(Role.COMPANY_MANAGER, ours),
        "stranger": make_user(Role.COMPANY_MANAGER, theirs),
        "coordinator": make_user(Role.COORDINATOR, make_school()),
        "cluster": make_user(Role.CLUSTER_OFFICE),
        "admin": make_user(Role.PLATFORM_ADMIN),
    }


def token(client):
    return re.search(r'name="csrf_token" value="([^"]+)"', client.get("/about").text)[1]


def rows(session):
    tables = (User, Membership, Invitation, Organisation, Establishment, Recognition, ApplicationMessage, Document)
    tables = (*tables, SavedSearch, Favourite)
    waiting = select(func.count()).where(Correction.status == CorrectionStatus.OPEN)
    places = session.execute(select(Vacancy.slug, Vacancy.status, Vacancy.version).order_by(Vacancy.id)).all()
    told = session.execute(select(Application.key, Application.state).order_by(Application.id)).all()
    counts = [session.scalar(select(func.count()).select_from(table)) for table in tables]
    alerts = session.scalars(select(SavedSearch.alert).order_by(SavedSearch.id)).all()
    return [*counts, session.scalar(waiting), *places, *told, *alerts]


def test_every_view_says_who_may_use_it_and_the_table_knows_each(app):
    said = {rule.endpoint: getattr(app.view_functions[rule.endpoint], "access", None) for rule in app.url_map.iter_rules()}
    assert said == RULES


def test_a_silent_view_does_not_start_the_application(app):
    app.view_functions["silent"] = lambda: ""
    try:
        with pytest.raises(RuntimeError, match="silent"):
            access.refuse_silent_views(app)
    finally:
        del app.view_functions["silent"]


def addressed(path):
    """The rule of an address."""
    named = path.replace("ours", "<slug:slug>").replace("waits", "<slug:slug>").replace("/task/text", "/task/<slug:task>")
    return named.replace("/1", "/<number:number>")


def test_the_table_of_pages_names_every_guarded_page(app):
    guarded = {rule.rule for rule in app.url_map.iter_rules() if RULES[rule.endpoint] != "public"}
    named = {addressed(path) for path in {**OPEN_TO, **DEEDS}}
    assert guarded - named == {"/sign-out"}


@pytest.mark.parametrize("path", OPEN_TO)
def test_a_guest_is_asked_to_sign_in_and_comes_back(client, people, path):
    answer = client.get(path)
    assert answer.status_code == 303
    assert answer.location == f"/sign-in?next={path}"


@pytest.mark.parametrize("who", sorted(SIGNED_IN))
@pytest.mark.parametrize("path", OPEN_TO)
def test_a_page_opens_for_whom_it_is_meant(client, people, sign_in, who, path):
    sign_in(client, people[who])
    status = client.get(path).status_code
    assert status == (200 if who in OPEN_TO[path] else 404 if path in HIDDEN else 403)


@pytest.mark.parametrize(("path", "who"), [(path, who) for path in DEEDS for who in sorted(SIGNED_IN - DEEDS[path])])
def test_a_deed_that_is_not_ones_own_is_refused_and_changes_nothing(client, people, sign_in, session, who, path):
    sign_in(client, people[who])
    before = rows(session)
    answer = client.post(path, data={"csrf_token": token(client), "number": "1", "email": "x@y.example", "role": "signer"})
    assert answer.status_code in (403, 404)
    assert rows(session) == before


@pytest.mark.parametrize("path", [*DEEDS, "/sign-out"])
def test_a_guest_does_no_deed(client, people, session, path):
    before = rows(session)
    answer = client.post(path, data={"csrf_token": token(client)})
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in")
    assert rows(session) == before


@pytest.mark.parametrize("path", [*DEEDS, *CHANGING])
def test_nothing_changes_without_a_token(client, people, sign_in, session, path):
    sign_in(client, people["admin"])
    before = rows(session)
    assert client.post(path, data={"number": "1", "slug": "cad", "point": "mbo_4"}).status_code == 400
    assert rows(session) == before


def test_an_organisation_that_was_not_checked_is_seen_by_nobody_but_its_own(client, people, sign_in, session):
    make_organisation(slug="unchecked", name="Nog niet bekeken", verified_at=None)
    make_school(slug="unchecked-school", name="Nog niet bekeken", verified_at=None, kind=OrganisationKind.SCHOOL)
    for path in ("/companies/unchecked", "/institutions/unchecked-school"):
        assert client.get(path).status_code == 404
    for path in ("/companies", "/institutions"):
        assert "Nog niet bekeken" not in client.get(path).text
