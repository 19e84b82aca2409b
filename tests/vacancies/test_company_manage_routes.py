"""The pages with which a company keeps itself, and what others see of it."""

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from ipf_talent import clock
from ipf_talent.accounts.models import AuditEntry
from ipf_talent.accounts.roles import Role
from ipf_talent.organisations.models import Establishment, Organisation
from ipf_talent.organisations.recognition import RecognitionStatus
from ipf_talent.skills import queries as skills
from ipf_talent.vacancies import company_skills
from ipf_talent.vacancies.company_models import CompanySkill
from tests.accounts.conftest import mails
from tests.factories.accounts import make_user
from tests.factories.organisations import make_establishment, make_organisation, make_place, make_recognition
from tests.factories.skills import make_skill
from tests.factories.vacancies import make_vacancy

ABOUT = {"about_nl": "Wij bouwen robotcellen.", "about_en": "We build robot cells.", "technologies": "robotica\nlassen\n\nrobotica",
         "website": "firm.example", "size_band": "10-49"}  # fmt: skip
ADDRESS = {"name": "Hal 2", "street": "Lavendelheide 1", "postcode": "9203zn", "town": "Drachten",
           "branch_number": "0000 1234 5678", "public_transport": "yes", "accessible": "", "access_note": "Bus 4"}  # fmt: skip
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.fixture
def company(session):
    firm = make_organisation(slug="firm", name="Firm", is_example=False, about_nl="", about_en="")
    make_establishment(firm, name="Hall")
    return firm


@pytest.fixture
def manager(company):
    return make_user(Role.COMPANY_MANAGER, company, email="boss@firm.example", language="en")


@pytest.fixture
def mine(client, sign_in, manager):
    return sign_in(client, manager)


@pytest.fixture
def taxonomy(session):
    """Two skills that the words of the company speak of, and one that they do not."""
    make_skill("robotics", label_nl="robotica", label_en="robotics")
    make_skill("welding", label_nl="lassen", label_en="welding")
    make_skill("optics", label_nl="optica", label_en="optics")


def made(session, table=Organisation, **wanted):
    session.expire_all()
    found = session.scalars(select(table).filter_by(**wanted or {"slug": "firm"})).one_or_none()
    session.commit()
    return found


def change(fill, mine, session, page, **values):
    """Send a form with the version that its page shows."""
    version = BeautifulSoup(mine.get(page).text, "html.parser").select_one("input[name=version]")["value"]
    return fill(mine, page, version=version, **values)


def test_a_manager_describes_the_company_and_skills_are_read_from_it(session, mine, fill, company, taxonomy):
    assert change(fill, mine, session, "/organisation/firm/about", **ABOUT).location == "/organisation/firm"
    firm = made(session)
    assert (firm.about_nl, firm.website, firm.size_band) == ("Wij bouwen robotcellen.", "https://firm.example", "10-49")
    assert firm.technologies == ["robotica", "lassen"] and "about_nl" in firm.edited_fields
    rows = {row.skill.slug: row for row in session.scalars(select(CompanySkill))}
    assert set(rows) == {"robotics", "welding"}
    assert (rows["robotics"].words, rows["robotics"].source_url, rows["robotics"].read_on) == ("robotica", None, clock.today())
    page = mine.get("/companies/firm").text
    assert "because of “robotica”" in page and "the company says so" in page and "optics" not in page
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "describe")).one()
    assert "robot" not in str(entry.detail) and "technologies" in entry.detail["fields"]


def test_a_struck_skill_is_gone_for_others_stays_gone_when_read_again_and_comes_back(session, mine, fill, company, taxonomy):
    change(fill, mine, session, "/organisation/firm/about", **ABOUT)
    fill(mine, "/organisation/firm", action="/organisation/firm/skills/strike", slug="welding")
    assert "because of “lassen”" not in mine.get("/companies/firm").text
    assert "struck on" in mine.get("/organisation/firm").text
    change(fill, mine, session, "/organisation/firm/about", **ABOUT | {"technologies": "lassen\noptica"})
    page = mine.get("/companies/firm").text
    assert "because of “optica”" in page and "because of “lassen”" not in page and "because of “robotica”" not in page
    fill(mine, "/organisation/firm", action="/organisation/firm/skills/put-back", slug="welding")
    assert "because of “lassen”" in mine.get("/companies/firm").text
    actions = session.scalars(select(AuditEntry.action).where(AuditEntry.action.contains("skill")).order_by(AuditEntry.id)).all()
    assert actions == ["strike_skill", "put_skill_back"]
    for deed in ("strike", "put-back"):
        answer = fill(mine, "/organisation/firm", action=f"/organisation/firm/skills/{deed}", slug="optics-of-others")
        assert answer.status_code == 303


def test_a_skill_read_from_a_source_names_it(app_context, session, taxonomy):
    real = make_organisation(slug="real", is_example=False, technologies=["robotica"], source_url="https://s.example/x",
                             checked_on=clock.today())  # fmt: skip
    skills.forget()
    assert company_skills.read([real], clock.today()) == 1
    assert company_skills.read([real], clock.today()) == 0
    row = session.scalars(select(CompanySkill)).one()
    assert (row.source_url, row.skill.slug) == ("https://s.example/x", "robotics")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("about_nl", "", "required"), ("about_nl", "x" * 3001, "3,000"), ("website", "javascript:alert(1)", "address of a website"),
        ("technologies", "x" * 61, "60 characters"), ("technologies", "\n".join(map(str, range(21))), "20 lines"),
        ("about_nl", "\u202eabc", "cannot be kept"),
    ],
)  # fmt: skip
def test_a_refused_page_keeps_what_was_typed(session, mine, fill, company, field, value, words):
    values = ABOUT | {"open_interest": "y", "interest_nl": "Kom maar", field: value}
    answer = change(fill, mine, session, "/organisation/firm/about", **values)
    assert answer.status_code == 422 and words in answer.text and "We build robot cells." in answer.text
    assert made(session).about_en == ""


def fields_of(page: str) -> dict[str, str]:
    """What a browser would send back without a change."""
    form = BeautifulSoup(page, "html.parser").select_one("main form[method=post]")
    sent = {
        one["name"]: one.get("value", "")
        for one in form.select("input")
        if one.get("type") != "checkbox" or one.has_attr("checked")
    }
    sent |= {one["name"]: one.text.removeprefix("\r\n").removeprefix("\n") for one in form.select("textarea")}
    for one in form.select("select"):
        chosen = one.select_one("option[selected]") or one.select_one("option")
        sent[one["name"]] = chosen["value"]
    return sent


def test_saving_a_page_as_it_is_shown_changes_nothing(session, mine, fill, company):
    make_place()
    change(fill, mine, session, "/organisation/firm/about", **ABOUT | {"open_interest": "y", "interest_nl": "Kom maar"})
    change(fill, mine, session, "/organisation/firm/addresses/new", **ADDRESS)
    hall = made(session, Establishment, name="Hal 2")
    for page, table, wanted in (("/organisation/firm/about", Organisation, {"slug": "firm"}),
                                (f"/organisation/firm/addresses/{hall.id}", Establishment, {"name": "Hal 2"})):  # fmt: skip
        before = {column.name: getattr(made(session, table, **wanted), column.name) for column in table.__table__.columns}
        assert mine.post(page, data=fields_of(mine.get(page).text)).status_code == 303
        assert {column.name: getattr(made(session, table, **wanted), column.name) for column in table.__table__.columns} == before


def test_of_two_colleagues_the_second_is_told_and_nothing_is_overwritten(session, mine, fill, company):
    fill(mine, "/organisation/firm/about", **ABOUT, version="1")
    late = fill(mine, "/organisation/firm/about", **ABOUT | {"about_nl": "Iets anders."}, version="1")
    assert late.status_code == 409 and "Iets anders." in late.text and "Wij bouwen robotcellen." in late.text
    assert made(session).about_nl == "Wij bouwen robotcellen."
    version = BeautifulSoup(late.text, "html.parser").select_one("input[name=version]")["value"]
    assert fill(mine, "/organisation/firm/about", **ABOUT | {"about_nl": "Iets anders."}, version=version).status_code == 303
    assert made(session).about_nl == "Iets anders."


def test_hostile_text_is_shown_as_text(session, mine, fill, company):
    change(fill, mine, session, "/organisation/firm/about", **ABOUT | {
        "about_nl": HOSTILE, "about_en": HOSTILE, "technologies": HOSTILE[:50], "open_interest": "y",
        "interest_nl": HOSTILE})  # fmt: skip
    change(fill, mine, session, "/organisation/firm/addresses/new", **ADDRESS | {"name": HOSTILE})
    for page in ("/companies/firm", "/organisation/firm", "/organisation/firm/about", "/companies", "/start"):
        text = mine.get(page).text
        assert "<script>alert" not in text and "<img src=x" not in text, page


def test_addresses_are_added_changed_and_taken_away(session, mine, fill, company):
    make_place()
    assert change(fill, mine, session, "/organisation/firm/addresses/new", **ADDRESS).status_code == 303
    hall = made(session, Establishment, name="Hal 2")
    assert (hall.postcode, hall.branch_number, hall.public_transport, hall.accessible) == ("9203 ZN", "000012345678", True, None)
    page = f"/organisation/firm/addresses/{hall.id}"
    assert 'value="Lavendelheide 1"' in mine.get(page).text
    assert change(fill, mine, session, page, **ADDRESS | {"street": "De Knobben 2", "accessible": "no"}).status_code == 303
    late = fill(mine, page, **ADDRESS, version="1")
    assert late.status_code == 409 and "De Knobben 2" in late.text
    twice = change(fill, mine, session, "/organisation/firm/addresses/new", **ADDRESS)
    assert twice.status_code == 422 and "with this name already" in twice.text
    fill(mine, "/organisation/firm", action="/organisation/firm/addresses/remove", number=str(hall.id))
    assert made(session, Establishment, name="Hal 2") is None
    last = made(session, Establishment, name="Hall")
    fill(mine, "/organisation/firm", action="/organisation/firm/addresses/remove", number=str(last.id))
    assert made(session, Establishment, name="Hall") is not None


def test_an_address_on_which_something_hangs_stays(session, mine, fill, company):
    used, placed = make_establishment(company, name="Used"), make_establishment(company, name="Placed")
    make_recognition(used)
    make_vacancy(company=company, establishment_id=placed.id)
    foreign = make_establishment(make_organisation(), name="Foreign")
    for one in (used, placed, foreign):
        fill(mine, "/organisation/firm", action="/organisation/firm/addresses/remove", number=str(one.id))
        assert made(session, Establishment, name=one.name) is not None
    assert mine.get(f"/organisation/firm/addresses/{foreign.id}").status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [("postcode", "0123 AB", "four digits"), ("postcode", "9203", "four digits"), ("branch_number", "12345678", "12 digits"),
     ("town", "Atlantis", "valid choice"), ("street", "", "required"), ("name", "x" * 121, "120 characters")],
)  # fmt: skip
def test_an_odd_address_is_refused_beside_the_field(session, mine, fill, company, field, value, words):
    make_place()
    answer = change(fill, mine, session, "/organisation/firm/addresses/new", **ADDRESS | {field: value})
    assert answer.status_code == 422 and words in answer.text
    assert made(session, Establishment, street="Lavendelheide 1") is None


def test_an_example_person_changes_examples_only(session, client, sign_in, fill, company):
    mine = sign_in(client, make_user(Role.COMPANY_MANAGER, company, is_demo=True))
    assert change(fill, mine, session, "/organisation/firm/about", **ABOUT).status_code == 422
    session.get(Organisation, company.id).is_example = True
    session.commit()
    assert change(fill, mine, session, "/organisation/firm/about", **ABOUT).status_code == 303


@pytest.mark.parametrize("role", [Role.WORKPLACE_TRAINER, Role.COMPANY_SUPERVISOR, Role.SIGNER])
def test_colleagues_without_the_role_of_manager_keep_nothing(client, sign_in, company, role):
    sign_in(client, make_user(role, company))
    assert client.get("/organisation/firm").status_code == 404
    assert "Change your page" not in client.get("/companies/firm").text


def test_ac_c5_a_company_without_a_place_invites_ideas_and_a_student_writes_to_it(
    app, session, mine, fill, sign_in, company, manager
):
    values = ABOUT | {"open_interest": "y", "interest_nl": "Wat kan onze meetdata?", "interest_en": "What can our data do?"}
    change(fill, mine, session, "/organisation/firm/about", **values)
    page = mine.get("/companies/firm").text
    assert "Open interest" in page and "What can our data do?" in page and "no open place" in page
    assert "/posting/new?kind=hbo_graduation" in mine.get("/organisation/firm").text
    student = make_user(Role.STUDENT, display_name="Jildou", email="jildou@school.example")
    there = app.test_client()
    there.set_cookie("lang", "en")
    sign_in(there, student)
    idea = "I study mechatronics at hbo and would like to predict wear of your grippers."
    short = fill(there, "/companies/firm/interest", text="Hello", agree="y")
    secret = fill(there, "/companies/firm/interest", text=idea)
    assert (short.status_code, secret.status_code, mails()) == (422, 422, [])
    for _press in range(2):
        assert fill(there, "/companies/firm/interest", text=idea, agree="y").location == "/companies/firm"
    (mail,) = mails()
    assert mail.to_address == "boss@firm.example" and idea in mail.body and "jildou@school.example" in mail.body
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "write_interest")).one()
    assert entry.detail == {} and entry.actor_id == student.id


def test_nobody_writes_to_a_company_that_invites_no_ideas_or_is_made_up(client, session, sign_in, fill, company, manager):
    make_organisation(slug="dream", is_example=True, open_interest=True, interest_nl="Kom")
    sign_in(client, make_user(Role.STUDENT))
    idea = "I study mechatronics and have an idea about your machines."
    for slug in ("firm", "dream"):
        answer = fill(client, "/account", action=f"/companies/{slug}/interest", text=idea, agree="y")
        assert answer.status_code == 422
    assert mails() == [] and client.get("/companies/nobody/interest").status_code == 404


def test_the_mark_of_the_cluster_names_its_source(client):
    make_organisation(slug="named", cluster_member=True, is_example=False, source_url="https://icd.example/members")
    page = BeautifulSoup(client.get("/companies/named").text, "html.parser")
    assert page.select_one(".vac-note a")["href"] == "https://icd.example/members"


def test_only_what_is_verified_is_shown_to_others(client, company):
    make_recognition(company, crebo="25344", status=RecognitionStatus.VERIFIED)
    make_recognition(company, crebo="25343")
    make_recognition(company, crebo="25342", status=RecognitionStatus.REVOKED)
    page = client.get("/companies/firm").text
    assert "25344" in page and "25343" not in page and "25342" not in page
