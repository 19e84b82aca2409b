"""Who may open what, over the whole URL map: the tables are written by hand and not derived from the views."""

import re

import pytest
from sqlalchemy import func, select

from ipf_talent.accounts.models import Invitation, Membership, User
from ipf_talent.accounts.roles import Role
from ipf_talent.matching.kinds import CorrectionStatus
from ipf_talent.matching.models import Correction
from ipf_talent.organisations.kinds import OrganisationKind
from ipf_talent.organisations.models import Organisation
from ipf_talent.web import access
from tests.factories.accounts import make_user
from tests.factories.corrections import make_correction
from tests.factories.organisations import make_organisation, make_school
from tests.factories.vacancies import make_vacancy

PUBLIC = """
    home.index home.theme home.about home.help home.accessibility home.privacy home.sources health.healthz health.readyz static
    accounts.sign_up accounts.check_mail accounts.confirm accounts.sign_in accounts.forgot accounts.reset accounts.confirm_email
    people.invitation programmes.index programmes.show programmes.tracks programmes.track institutions.index institutions.show
    vacancies.index vacancies.show companies.index companies.show skills.index skills.show skills.occupations skills.occupation
    profiles.edit profiles.skills profiles.add_skill profiles.remove_skill profiles.suggest profiles.read_text profiles.wishes
    profiles.show profiles.forget matching.places matching.place matching.programmes matching.programme matching.report
    corrections.place corrections.programme pathways.index demo.look_around demo.mail
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
    "matching.check": "may_try",
    "corrections.index": "reads_corrections",
    "corrections.settle": "reads_corrections",
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
    "/corrections": frozenset({"manager", "stranger", "coordinator", "cluster"}),
}
"""Who gets an answer on a page; `manager` looks after the organisation `ours`, `stranger` after another company."""

HIDDEN = {"/organisation/ours/people", "/match/places/ours/check"}
"""Where the refusal must not even tell that the thing exists."""

DEEDS = {
    "/organisation/ours/people": frozenset({"manager", "admin"}),
    "/organisation/ours/people/remove": frozenset({"manager", "admin"}),
    "/organisation/ours/people/withdraw": frozenset({"manager", "admin"}),
    "/organisations/ours/accept": frozenset({"admin"}),
    "/organisations/ours/refuse": frozenset({"admin"}),
    "/corrections/settle": frozenset({"manager", "cluster"}),
}


CHANGING = [
    "/sign-out",
    "/sign-in",
    "/sign-up",
    "/profile",
    "/profile/skills/add",
    "/match/places/ours/wrong",
    "/theme",
    "/demo/student",
]


@pytest.fixture
def people(session):
    """One person of each kind; the organisation `ours` with a place and what was said of it, and another of the same kind."""
    ours, theirs = make_organisation(slug="ours"), make_organisation(slug="theirs")
    make_user(Role.WORKPLACE_TRAINER, ours)
    make_vacancy(slug="ours", company=ours)
    make_correction(ours, id=1)
    return {
        "student": make_user(Role.STUDENT),
        "manager": make_user(Role.COMPANY_MANAGER, ours),
        "stranger": make_user(Role.COMPANY_MANAGER, theirs),
        "coordinator": make_user(Role.COORDINATOR, make_school()),
        "cluster": make_user(Role.CLUSTER_OFFICE),
        "admin": make_user(Role.PLATFORM_ADMIN),
    }


def token(client):
    return re.search(r'name="csrf_token" value="([^"]+)"', client.get("/about").text)[1]


def rows(session):
    tables = (User, Membership, Invitation, Organisation)
    waiting = select(func.count()).where(Correction.status == CorrectionStatus.OPEN)
    return [*(session.scalar(select(func.count()).select_from(table)) for table in tables), session.scalar(waiting)]


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


def test_the_table_of_pages_names_every_guarded_page(app):
    guarded = {rule.rule for rule in app.url_map.iter_rules() if RULES[rule.endpoint] != "public"}
    named = {path.replace("ours", "<slug:slug>") for path in {**OPEN_TO, **DEEDS}}
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
