"""The form "This is wrong" and the list of what was said, as guests, people with an account and owners meet them."""

import re

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from ipf_talent import clock
from ipf_talent.accounts import attempts
from ipf_talent.accounts.roles import Role
from ipf_talent.matching.kinds import CorrectionStatus
from ipf_talent.matching.models import Correction
from ipf_talent.skills import queries as skills
from ipf_talent.skills.fields import LABELS
from ipf_talent.vacancies.kinds import VacancyStatus
from tests.factories.accounts import make_user
from tests.factories.corrections import make_correction
from tests.factories.organisations import make_organisation
from tests.factories.programmes import make_programme
from tests.factories.vacancies import make_vacancy

PLACE, PROGRAMME = "/match/places/cell/wrong", "/match/programmes/plc-school/wrong"


@pytest.fixture
def things(taught, index):
    """A place that asks cad, and a programme that teaches it."""
    place = make_vacancy(slug="cell", musts=(taught["cad"],))
    programme = make_programme(slug="plc-school", teaches=(taught["cad"],))
    index()
    return place, programme


def read(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")


def send(client, address=PLACE, **values):
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(address).text)[1]
    return client.post(address, data={"csrf_token": token, "about": "other", "skill": "", "text": "It is wrong."} | values)


def kept(session) -> list[Correction]:
    """What the table holds now."""
    session.expire_all()
    return list(session.scalars(select(Correction).order_by(Correction.id)))


@pytest.mark.parametrize(("address", "sheet"), [(PLACE, "/match/places/cell"), (PROGRAMME, "/match/programmes/plc-school")])
def test_a_guest_says_what_is_wrong_and_comes_back_to_the_sheet(things, client, session, address, sheet):
    assert address in {link["href"] for link in read(client.get(sheet)).select("main a")}
    answer = send(client, address, about="not_asked", skill="cad", text="It is\r\nnot asked.")
    assert (answer.status_code, answer.location) == (303, sheet)
    assert "Thank you." in client.get(sheet).text
    (row,) = kept(session)
    assert (row.slug, row.skill, row.text, row.reporter_id, row.language) == (
        sheet.rpartition("/")[2], "cad", "It is\nnot asked.", None, "en",
    )  # fmt: skip
    assert row.model and row.background and row.taxonomy == skills.taxonomy().version


def test_someone_with_an_account_is_kept_with_it(things, client, sign_in, session):
    student = make_user()
    assert send(sign_in(client, student)).status_code == 303
    assert [row.reporter_id for row in kept(session)] == [student.id]


def test_a_company_comes_back_to_its_own_sheet(things, client, sign_in, session):
    sign_in(client, make_user(Role.WORKPLACE_TRAINER, things[0].company))
    assert send(client).location == "/match/places/cell/check"


def test_without_an_index_it_is_taken_in_without_versions(taught, match_folder, client, session):
    make_vacancy(slug="cell")
    assert send(client).status_code == 303
    assert [(row.model, row.background, row.taxonomy) for row in kept(session)] == [("", "", "")]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"about": ""}, "Choose what is wrong."),
        ({"about": "magic"}, "Not a valid choice."),
        ({"about": "not_asked", "skill": ""}, "Choose the skill that does not belong here."),
        ({"about": "not_asked", "skill": "never-was"}, "Not a valid choice."),
        ({"about": "missing", "skill": "cad"}, "This skill stands here already."),
        ({"about": "level", "text": "  \n "}, "Say in a few words what is wrong."),
        ({"text": "a" * 1001}, "At most 1,000 characters; yours has 1,001."),
        ({"text": "b" * 5000}, "At most 1,000 characters; yours has 5,000."),
        ({"text": "a\u202eb"}, "holds characters that cannot be kept"),
    ],
)
def test_a_fault_is_said_beside_its_field_and_nothing_is_lost(things, client, session, values, words):
    sent = {"about": "other", "skill": "robotics", "text": "My own words."} | values
    answer = send(client, **sent)
    assert answer.status_code == 422 and kept(session) == []
    page = read(answer)
    assert words in " ".join(error.text for error in page.select(".ipf-field .ipf-error"))
    assert page.select_one(".ipf-errors a")
    assert page.select_one("textarea").text.strip() == sent["text"].strip()
    chosen = page.select_one("#skill option[selected]")
    if sent["skill"] in ("cad", "robotics"):
        assert chosen["value"] == sent["skill"]
    if sent["about"] in ("other", "level", "missing", "not_asked"):
        assert page.select_one("input[name=about][checked]")["value"] == sent["about"]


def test_skills_that_are_read_here_come_first_and_a_link_can_choose_one(things, client):
    page = read(client.get(f"{PLACE}?about=not_asked&skill=cad"))
    groups = page.select("#skill optgroup")
    assert [option["value"] for option in groups[0].select("option")] == ["cad"]
    labels = [group["label"] for group in groups]
    assert (
        labels[0] == "Named here"
        and len(labels) == len(set(labels)) > 1
        and set(labels[1:]) <= {str(one) for one in LABELS.values()}
    )
    offered = [option["value"] for group in groups[1:] for option in group.select("option")]
    assert "cad" not in offered and {"robotics", "welding"} <= set(offered)
    assert page.select_one("#skill option[selected]")["value"] == "cad"
    assert page.select_one("input[name=about][checked]")["value"] == "not_asked"
    nonsense = read(client.get(f"{PLACE}?about=x&skill=%27"))
    assert not nonsense.select("input[name=about][checked]") and not nonsense.select(".ipf-error")


def test_control_characters_of_pasted_text_fall_out_and_the_rest_is_kept(things, client, session):
    assert send(client, text="It is\x00 not\x07 asked.").status_code == 303
    assert [row.text for row in kept(session)] == ["It is not asked."]


@pytest.mark.parametrize(("known", "client_says"), [(False, "guest"), (True, "person")], ids=str)
def test_the_same_is_taken_in_once_until_it_is_settled(things, client, sign_in, session, known, client_says):
    if known:
        sign_in(client, make_user(display_name=client_says))
    said = {"about": "not_asked", "skill": "cad"}
    assert send(client, **said).status_code == 303
    answer = send(client, **said | {"text": "In other words."})
    assert answer.status_code == 422
    assert "You already told us this; it waits for an answer." in read(answer).select_one(".ipf-errors").text
    assert read(answer).select_one("textarea").text.strip() == "In other words."
    assert send(client, about="missing", skill="robotics").status_code == 303
    assert send(client, PROGRAMME, **said).status_code == 303
    (first, *_others) = kept(session)
    assert len(kept(session)) == 3
    first.status, first.settled_at = CorrectionStatus.SETTLED, clock.now()
    session.commit()
    assert send(client, **said).status_code == 303


def test_another_browser_may_say_the_same(things, client, app, session):
    assert [send(client).status_code, send(app.test_client()).status_code] == [303, 303]
    assert len(kept(session)) == 2


def test_without_a_token_nothing_is_taken_in(things, client, session):
    assert client.post(PLACE, data={"about": "other", "text": "x"}).status_code == 400
    assert kept(session) == []


def test_what_was_never_shown_cannot_be_spoken_of_but_by_its_company(client, session, sign_in, match_folder):
    company = make_organisation()
    make_vacancy(slug="cell", company=company, status=VacancyStatus.DRAFT)
    make_programme(slug="plc-school", institution=make_organisation(verified_at=None))
    for address in (PLACE, PROGRAMME, "/match/places/never-was/wrong"):
        assert client.get(address).status_code == 404
    sign_in(client, make_user(Role.COMPANY_MANAGER, session.merge(company)))
    assert client.get(PLACE).status_code == 200


def test_the_twenty_first_of_a_guest_about_one_thing_waits_and_keeps_what_was_typed(things, client, session):
    assert [send(client, text=f"Wrong line {number}.").status_code for number in range(20)] == [303] * 20
    answer = send(client, text="The last straw.")
    assert answer.status_code == 429 and int(answer.headers["Retry-After"]) > 0
    assert "Wait a few minutes" in read(answer).select_one(".ipf-errors").text
    assert read(answer).select_one("textarea").text.strip() == "The last straw."
    assert len(kept(session)) == 20
    assert send(client, PROGRAMME).status_code == 303


def test_one_network_cannot_flood_everything(things, client, session, monkeypatch):
    monkeypatch.setitem(attempts.LIMITS, "report", (attempts.LIMITS["report"][0], attempts.Limit("network", 1, attempts.KEPT)))
    assert [send(client).status_code, send(client, PROGRAMME).status_code] == [303, 429]


def test_a_programme_without_skills_can_be_corrected_too(client, session, match_folder):
    make_programme(slug="plc-school")
    assert send(client, PROGRAMME, about="missing", text="Upholstery").status_code == 303


@pytest.fixture
def said(things, session):
    """Two corrections of one company and one of another, by a student with a name."""
    student = make_user(display_name="Jitske Echt", email="jitske@school.example")
    mine = make_correction(things[0].company, slug="cell", reporter_id=student.id, text="First.\n<b>Second</b>.")
    other = make_correction(text="Not yours.")
    return mine, other


def listing(client, query="") -> BeautifulSoup:
    answer = client.get(f"/corrections{query}")
    assert answer.status_code == 200
    return read(answer)


def settle(client, row):
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/about").text)[1]
    return client.post("/corrections/settle", data={"csrf_token": token, "number": str(row.id)})


def test_the_owner_reads_what_was_said_without_a_name_and_settles_it(things, said, client, sign_in, session):
    sign_in(client, make_user(Role.COMPANY_MANAGER, things[0].company))
    page = listing(client)
    text = page.main.text
    assert "First.\n<b>Second</b>." in text and "Not yours." not in text
    assert not {"Jitske", "jitske", "By"} & set(re.findall(r"\w+", text))
    assert "/vacancies/cell" in {link["href"] for link in page.select("main a")}
    assert "Readers say that 1 thing is read wrongly." in client.get("/start").text
    answer = settle(client, said[0])
    assert (answer.status_code, answer.location) == (303, "/corrections")
    assert [row.status for row in kept(session)] == [CorrectionStatus.SETTLED, CorrectionStatus.OPEN]
    assert not listing(client).select("main form[action='/corrections/settle']")
    assert "No reader says that something is read wrongly." in client.get("/start").text


def test_the_cluster_office_reads_all_of_it_with_the_names(said, client, sign_in):
    sign_in(client, make_user(Role.CLUSTER_OFFICE))
    text = listing(client).main.text
    assert "Jitske Echt" in text and "a guest" in text and "Not yours." in text
    assert "jitske@school.example" not in text
    assert settle(client, said[1]).status_code == 303


def test_what_is_not_ones_own_cannot_be_settled(things, said, client, sign_in, session):
    sign_in(client, make_user(Role.COMPANY_MANAGER, things[0].company))
    assert settle(client, said[1]).status_code == 404
    assert [row.status for row in kept(session)] == [CorrectionStatus.OPEN] * 2


def test_settling_twice_is_said_and_changes_nothing(said, client, sign_in, session):
    sign_in(client, make_user(Role.CLUSTER_OFFICE))
    settle(client, said[0])
    moment = kept(session)[0].settled_at
    assert moment and settle(client, said[0]).status_code == 303
    assert "This is settled already." in client.get("/corrections").text
    assert kept(session)[0].settled_at == moment


def test_nothing_said_is_an_honest_empty_page_and_many_stand_on_pages(client, sign_in, session, count_queries):
    ours = make_organisation()
    sign_in(client, make_user(Role.COMPANY_MANAGER, ours))
    assert "Nothing is said to be wrong" in listing(client).text
    for _ in range(23):
        make_correction(ours)
    assert len(listing(client).select("main article")) == 20
    before = len(count_queries())
    assert len(listing(client, "?page=2").select("main article")) == 3
    assert len(count_queries()) - before <= 6
    assert len(listing(client, "?page=99").select("main article")) == 3


@pytest.mark.parametrize("language", ["nl", "fy", "en"])
def test_what_was_written_keeps_its_language(said, client, sign_in, language):
    sign_in(client, make_user(Role.CLUSTER_OFFICE))
    page = listing(client, f"?lang={language}")
    assert [quote["lang"] for quote in page.select("blockquote")] == ["en", "en"]
