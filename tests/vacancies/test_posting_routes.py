"""Writing a place at the screen: pages, clinic, preview, publishing, and what two people at once do to each other."""

import json
import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from ipf_talent import clock
from ipf_talent.accounts import memberships
from ipf_talent.accounts.models import AuditEntry, User
from ipf_talent.accounts.roles import Role
from ipf_talent.organisations.models import Establishment, Organisation
from ipf_talent.organisations.recognition import APPLY_URL, RecognitionStatus
from ipf_talent.programmes.levels import Level
from ipf_talent.vacancies import counting
from ipf_talent.vacancies.kinds import VacancyKind, VacancyStatus
from ipf_talent.vacancies.models import Vacancy
from ipf_talent.vacancies.tasks import Task
from tests.factories.accounts import make_user
from tests.factories.organisations import make_establishment, make_organisation, make_recognition
from tests.factories.skills import make_skill
from tests.factories.vacancies import make_draft, make_vacancy

DESCRIPTION = "Je programmeert een PLC en bouwt mee aan robotcellen. Je test de cel samen met een monteur. " * 2
LEARN = "Je leert hoe je een machine veilig in bedrijf stelt."
TEXT = {"title": "Robotcellen bouwen", "description": DESCRIPTION, "learn": LEARN}


@pytest.fixture
def home(session):
    return make_establishment(make_organisation(name="Proef", slug="proef", is_example=False))


@pytest.fixture
def manager(client, sign_in, home):
    return sign_in(client, make_user(Role.COMPANY_MANAGER, home.organisation))


def send(client, path, **values):
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/about").text)[1]
    return client.post(path, data={"csrf_token": token, **values})


def page(client, path):
    return BeautifulSoup(client.get(path).text, "html.parser")


def filled(client, path):
    """The form of a page as it stands, with its version."""
    form = page(client, path).select_one("form.post-form")
    values = {one["name"]: one.get("value", "") for one in form.select("input[name]:not([type=radio]):not([type=checkbox])")}
    values |= {one["name"]: one["value"] for one in form.select("input[checked]")}
    values |= {one["name"]: one.text.removeprefix("\r\n").removeprefix("\n") for one in form.select("textarea")}
    for one in form.select("select"):
        chosen = one.select_one("option[selected]") or one.select_one("option")
        values[one["name"]] = chosen["value"] if chosen else ""
    return values


def begin(client, home, **overrides):
    key = page(client, "/posting/new").select_one("input[name=key]")["value"]
    values = {"key": key, "kind": "bol_internship", "title": "Robotcellen bouwen", "establishment": str(home.id),
              "text_language": "nl"}  # fmt: skip
    answer = send(client, "/posting/new", **values | overrides)
    assert answer.status_code == 303, answer.text
    return answer.location.split("/")[2]


def save(client, slug, task, **changes):
    path = f"/posting/{slug}/task/{task}"
    return send(client, path, **filled(client, path) | changes)


def write(client, slug, **crebos):
    """Fill in every required page."""
    done = {
        Task.WHAT: {}, Task.TEXT: TEXT, Task.TARGET: {"crebos": "25344", "fields": "mechatronics"}, Task.PERIOD: {},
        Task.PLACES: {}, Task.PAY: {"expenses": "yes", "allowance_from_eur": "400"},
        Task.GUIDANCE: {"mentor_name": "Wytske", "mentor_hours": "2"}, Task.SAFETY: {},
    }  # fmt: skip
    for task, values in done.items():
        answer = save(client, slug, task.value, **values | crebos.get(task.value, {}))
        assert answer.status_code == 303, (task, answer.text)


def row(session, slug):
    session.expire_all()
    return session.scalar(select(Vacancy).where(Vacancy.slug == slug))


def test_a_place_is_written_page_by_page_and_published(manager, home, session):
    slug = begin(manager, home)
    states = [one.text.strip() for one in page(manager, f"/posting/{slug}").select(".post-state")]
    assert states.count("Not started yet") == 8
    write(manager, slug)
    make_recognition(home, status=RecognitionStatus.VERIFIED)
    assert "8 of 8 pages completed" in manager.get(f"/posting/{slug}").text
    answer = send(manager, f"/posting/{slug}/publish")
    assert answer.status_code == 303
    vacancy = row(session, slug)
    assert (vacancy.status, vacancy.programmes, vacancy.allowance_month_eur) == (VacancyStatus.PUBLISHED, ["25344"], 400)
    assert "Robotcellen bouwen" in manager.get("/posting").text


def test_ac_c1_the_crebo_and_the_way_to_sbb_are_named_at_the_screen(manager, home, session):
    slug = begin(manager, home)
    write(manager, slug)
    answer = send(manager, f"/posting/{slug}/publish")
    assert answer.status_code == 422
    told = BeautifulSoup(answer.text, "html.parser").select_one(".ipf-errors")
    assert "25344" in told.text and "R1" in told.text
    assert told.select_one(f'a[href="{APPLY_URL}"]')
    assert row(session, slug).status is VacancyStatus.DRAFT
    preview = page(manager, f"/posting/{slug}/preview")
    assert "25344" in preview.text and not preview.select_one("form[action$='/publish']")


def test_ac_c3_the_preview_and_the_page_name_the_crebo_that_is_left_out(manager, home):
    slug = begin(manager, home)
    make_recognition(home, status=RecognitionStatus.VERIFIED)
    write(manager, slug, target={"crebos": "25344, 25919"})
    assert "It will be shown for crebo 25344, and not for 25919." in manager.get(f"/posting/{slug}/preview").text
    send(manager, f"/posting/{slug}/publish")
    assert "It is online for crebo 25344. Not for 25919" in manager.get(f"/posting/{slug}").text


@pytest.mark.parametrize("kind", ["bbl_apprenticeship", "engd_position"])
def test_ac_c4_a_job_asks_for_a_wage_and_not_for_an_allowance(manager, home, kind):
    slug = begin(manager, home, kind=kind)
    names = {one["name"] for one in page(manager, f"/posting/{slug}/task/pay").select("[name]")}
    assert "collective_agreement" in names and "pay_note" in names
    assert not names & {"expenses", "allowance_from_eur", "allowance_to_eur", "allowance_per"}
    slug = begin(manager, home, kind="bol_internship")
    names = {one["name"] for one in page(manager, f"/posting/{slug}/task/pay").select("[name]")}
    assert "allowance_from_eur" in names and "collective_agreement" not in names


def test_a_draft_is_kept_though_it_is_not_finished(manager, home, session):
    slug = begin(manager, home)
    answer = save(manager, slug, "text", description="Nog kort.")
    assert answer.status_code == 303
    assert row(session, slug).description_nl == "Nog kort."
    assert "“What you do” has 9 characters" in manager.get(f"/posting/{slug}").text


def test_the_second_editor_is_told_keeps_what_was_typed_and_sees_theirs(manager, home, session):
    slug = begin(manager, home)
    path = f"/posting/{slug}/task/text"
    mine, theirs = filled(manager, path), filled(manager, path)
    assert send(manager, path, **theirs | {"description": "What my colleague wrote."}).status_code == 303
    answer = send(manager, path, **mine | {"description": "What I wrote."})
    assert answer.status_code == 409
    shown = BeautifulSoup(answer.text, "html.parser")
    assert shown.select_one("textarea[name=description]").text.strip() == "What I wrote."
    assert "What my colleague wrote." in shown.select_one(".post-theirs").text
    assert row(session, slug).description_nl == "What my colleague wrote."
    again = mine | {"description": "What I wrote.", "version": shown.select_one("input[name=version]")["value"]}
    assert send(manager, path, **again).status_code == 303
    assert row(session, slug).description_nl == "What I wrote."


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999", "٣"])
def test_a_version_that_is_none_overwrites_nothing(manager, home, session, version):
    slug = begin(manager, home)
    path = f"/posting/{slug}/task/text"
    assert send(manager, path, **filled(manager, path) | {"version": version, "description": "Mine."}).status_code == 409
    assert row(session, slug).description_nl == ""


def test_a_double_click_on_publish_and_on_begin_has_one_effect(manager, home, session):
    values = {"kind": "bol_internship", "title": "Robotcellen bouwen", "establishment": str(home.id), "text_language": "nl"}
    first, second = (send(manager, "/posting/new", key="0123456789abcdef", **values) for _ in range(2))
    assert first.location == second.location
    assert session.scalar(select(func.count()).select_from(Vacancy)) == 1
    slug = first.location.split("/")[2]
    write(manager, slug)
    make_recognition(home, status=RecognitionStatus.VERIFIED)
    assert [send(manager, f"/posting/{slug}/publish").status_code for _ in range(2)] == [303, 303]
    published = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "publish_vacancy")
    assert session.scalar(published) == 1


def test_a_colleague_removed_while_typing_changes_nothing(client, sign_in, home, session):
    user = make_user(Role.COMPANY_MANAGER, home.organisation)
    boss = make_user(Role.COMPANY_MANAGER, home.organisation)
    sign_in(client, user)
    slug = begin(client, home)
    path = f"/posting/{slug}/task/text"
    values = filled(client, path) | {"description": "Too late."}
    with client.application.test_request_context():
        memberships.remove(session.get(User, user.id).memberships[0], by=session.get(User, boss.id))
        session.commit()
    assert send(client, path, **values).status_code in (303, 404)
    assert row(session, slug).description_nl == ""
    sign_in(client, session.get(User, user.id))
    assert client.get(path).status_code == 404


def test_the_clinic_reads_what_is_typed_and_keeps_nothing(manager, home, session):
    make_skill("plc-programming", label_nl="PLC programmeren")
    slug = begin(manager, home)
    path = f"/posting/{slug}/task/text"
    typed = filled(manager, path) | {"description": "Je gaat een PLC programmeren met jonge honden.", "check": "1"}
    whole = send(manager, path, **typed)
    assert "Stops publishing." in whole.text and "jonge honden" in whole.text and "from “PLC programmeren”" in whole.text
    token = re.search(r'name="csrf_token" value="([^"]+)"', manager.get("/about").text)[1]
    part = manager.post(path, data=typed | {"csrf_token": token}, headers={"HX-Request": "true"})
    assert part.status_code == 200 and "<html" not in part.text and "from “PLC programmeren”" in part.text
    assert row(session, slug).description_nl == ""


def test_skills_of_the_text_are_asked_struck_and_added(manager, home, session):
    make_skill("plc-programming", label_nl="PLC programmeren")
    make_skill("welding", label_nl="lassen")
    make_skill("cad", label_nl="CAD-tekenen")
    slug = begin(manager, home)
    text = TEXT | {"description": "Je gaat een PLC programmeren en lassen. " * 5}
    assert save(manager, slug, "text", **text, must="plc-programming").location.endswith("#clinic")
    save(manager, slug, "text", strike="welding")
    vacancy = row(session, slug)
    assert [(one.skill.slug, one.must, one.words) for one in vacancy.skills] == [("plc-programming", True, "PLC programmeren")]
    assert "lassen" not in page(manager, f"/posting/{slug}/task/text").select_one(".post-clinic").text
    save(manager, slug, "skills", words="CAD-tekenen")
    assert {one.skill.slug: one.must for one in row(session, slug).skills} == {"plc-programming": True, "cad": False}
    refused = save(manager, slug, "skills", words="qqqqzzzz")
    assert refused.status_code == 422 and "We do not know “qqqqzzzz”" in refused.text


def test_a_hint_is_set_aside_with_a_reason_and_taken_up_again(manager, home, session):
    slug = begin(manager, home)
    code = "wording:gendered:his or her"
    text = TEXT | {"description": DESCRIPTION + " Everyone has his or her own tools."}
    assert save(manager, slug, "text", **text, aside=code).status_code == 422
    save(manager, slug, "text", **text, aside=code, **{f"reason-{code}": "It is a quotation of a norm."})
    assert "You set this aside: It is a quotation of a norm." in manager.get(f"/posting/{slug}/task/text").text
    save(manager, slug, "text", again=code)
    assert row(session, slug).hints == []


def test_hard_verbs_of_a_text_for_mbo_are_told_with_their_words(manager, home):
    slug = begin(manager, home)
    save(
        manager,
        slug,
        "text",
        **TEXT | {"description": "Je kiest een onderzoeksvraag en gaat modelleren, simuleren en valideren. " * 3},
    )
    clinic = page(manager, f"/posting/{slug}/task/text").select_one(".post-clinic").text
    assert "You ask mbo 4, but these words fit" in clinic and "onderzoeksvraag" in clinic and "rule NLQF" in clinic


def test_hostile_text_is_shown_as_text_everywhere(manager, home, session):
    slug = begin(manager, home)
    make_recognition(home, status=RecognitionStatus.VERIFIED)
    write(
        manager, slug, text=TEXT | {"description": "<script>alert(1)</script></script><!--" + DESCRIPTION, "offer_text": "<b>x</b>"}
    )
    send(manager, f"/posting/{slug}/publish")
    for path in (f"/posting/{slug}/preview", f"/posting/{slug}/task/text", f"/vacancies/{slug}"):
        answer = manager.get(path)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text and "<b>x</b>" not in answer.text


BAD = [
    ("places", {"places": "0"}), ("places", {"places": "1000"}), ("places", {"places": "٣"}), ("places", {"places": "9" * 30}),
    ("places", {"answer_days": "16"}), ("places", {"closes_on": "0000-00-00"}), ("places", {"closes_on": ""}),
    ("period", {"starts_on": "9999-12-31"}), ("period", {"ends_on": "2021-01-01"}), ("period", {"hours_per_week": "41"}),
    ("target", {"crebos": "2534"}), ("target", {"crebos": "1' OR 1=1"}), ("target", {"fields": "nothing"}),
    ("what", {"establishment": "999999"}), ("what", {"level": "mbo_9"}), ("pay", {"expenses": "maybe"}),
    ("pay", {"expenses": "yes", "allowance_from_eur": "500", "allowance_to_eur": "100"}),
    ("pay", {"expenses": "yes", "allowance_from_eur": "-5"}),
    ("text", {"description": "x" * 3001}), ("text", {"title": "\u202eabc"}), ("guidance", {"work_processes": "<b>"}),
    ("safety", {"screening": "We fly."}), ("safety", {"language_code": "nl"}),
]  # fmt: skip


@pytest.mark.parametrize(("task", "bad"), BAD)
def test_bad_input_gets_a_clear_answer_and_changes_nothing(manager, home, session, task, bad):
    slug = begin(manager, home)
    before = row(session, slug).version
    answer = save(manager, slug, task, **bad)
    assert answer.status_code == 422, answer.status_code
    assert BeautifulSoup(answer.text, "html.parser").select_one(".ipf-errors a, .ipf-errors li")
    assert row(session, slug).version == before


def test_the_address_of_another_company_is_not_a_choice(manager, home):
    theirs = make_establishment(make_organisation())
    values = {"key": "k", "kind": "bol_internship", "title": "Robotcellen", "establishment": str(theirs.id), "text_language": "nl"}
    assert send(manager, "/posting/new", **values).status_code == 422


@pytest.mark.parametrize("path", ["task/none", "task/text/x"])
def test_a_page_that_is_none_is_not_there(manager, home, path):
    assert manager.get(f"/posting/{begin(manager, home)}/{path}").status_code == 404


def test_pause_resume_extend_close_copy_and_template(manager, home, session):
    slug = begin(manager, home)
    write(manager, slug)
    make_recognition(home, status=RecognitionStatus.VERIFIED)
    send(manager, f"/posting/{slug}/publish")
    send(manager, f"/posting/{slug}/pause")
    assert row(session, slug).status is VacancyStatus.PAUSED
    send(manager, f"/posting/{slug}/resume")
    assert row(session, slug).status is VacancyStatus.PUBLISHED
    until = clock.today() + timedelta(150)
    send(manager, f"/posting/{slug}/extend", until=until.isoformat())
    assert row(session, slug).closes_on == until
    for _ in range(2):
        send(manager, f"/posting/{slug}/copy", key="copy-key")
        send(manager, f"/posting/{slug}/template", key="template-key", name="Robots")
    assert session.scalar(select(func.count()).select_from(Vacancy)) == 3
    template = session.scalar(select(Vacancy).where(Vacancy.template_name == "Robots"))
    assert "Robots" in manager.get("/posting").text
    assert send(manager, f"/posting/{template.slug}/copy", key="from-template").status_code == 303
    assert send(manager, f"/posting/{template.slug}/remove").location == "/posting"
    send(manager, f"/posting/{slug}/close")
    assert row(session, slug).status is VacancyStatus.CLOSED
    assert manager.get(f"/vacancies/{slug}").status_code in (200, 410)


def test_the_platform_looks_at_words_that_were_set_aside(client, sign_in, session):
    draft = make_draft(kind=VacancyKind.HBO_INTERNSHIP, level=Level.HBO_BACHELOR, offer_nl="Een team van jonge honden.")
    sign_in(client, make_user(Role.COMPANY_MANAGER, draft.company))
    code = "wording:age:jonge honden"
    save(client, draft.slug, "text", aside=code, **{f"reason-{code}": "It is the name of our team."})
    send(client, f"/posting/{draft.slug}/publish")
    assert row(session, draft.slug).status is VacancyStatus.IN_REVIEW
    sign_in(client, make_user(Role.PLATFORM_ADMIN))
    assert draft.title_nl in client.get("/posting/review").text
    look = client.get(f"/posting/{draft.slug}/review").text
    assert "jonge honden" in look and "It is the name of our team." in look
    send(client, f"/posting/{draft.slug}/approve")
    assert row(session, draft.slug).status is VacancyStatus.PUBLISHED


def test_an_open_place_describes_itself_to_search_engines(client, session):
    skill = make_skill("plc-programming", uri="http://data.europa.eu/esco/skill/1")
    vacancy = make_vacancy(slug="robots", is_example=False, musts=(skill,), description_en="</script><b>Build & test</b>\nrobots.")
    told = page(client, "/vacancies/robots").select_one('script[type="application/ld+json"]')
    posting = json.loads(told.string)
    assert posting["@type"] == "JobPosting" and posting["title"] == vacancy.title_en
    assert posting["employmentType"] == "INTERN" and posting["validThrough"].startswith(vacancy.closes_on.isoformat())
    assert posting["jobLocation"]["address"]["addressLocality"] == "Drachten"
    assert posting["hiringOrganization"]["name"] == vacancy.company.name
    assert posting["skills"][0]["@id"] == "http://data.europa.eu/esco/skill/1"
    assert "&lt;/script&gt;" in posting["description"] and "<br>robots." in posting["description"]
    assert posting["url"].endswith("/vacancies/robots")


def test_an_example_or_a_closed_place_does_not(client):
    make_vacancy(slug="example")
    make_vacancy(slug="over", is_example=False, status=VacancyStatus.CLOSED)
    for slug in ("example", "over"):
        assert page(client, f"/vacancies/{slug}").select_one('script[type="application/ld+json"]') is None


def test_opening_a_place_counts_but_not_for_its_own_people(client, sign_in, session):
    counting.write()
    vacancy, other = make_vacancy(slug="seen"), make_vacancy(slug="unseen")
    client.get("/vacancies/seen")
    client.get("/vacancies/seen")
    counting.listed([vacancy.id, other.id, 999_999], clock.today())
    sign_in(client, make_user(Role.COMPANY_MANAGER, vacancy.company))
    client.get("/vacancies/seen")
    counting.write()
    assert counting.seen(vacancy.id, clock.today(), days=1) == (1, 2)
    assert counting.seen(other.id, clock.today(), days=1) == (1, 0)
    counting.opened(vacancy.id, clock.today())
    counting.write()
    assert counting.seen(vacancy.id, clock.today(), days=1) == (1, 3)
    assert counting.seen(vacancy.id, clock.today() + timedelta(2), days=1) == (0, 0)
    text = client.get("/posting/seen/statistics").text
    assert "Seen in a list" in text and "shown from 20 times on" in text


def test_pages_of_the_posting_cost_little(manager, home, count_queries):
    slug = begin(manager, home)
    for path in ("/posting", "/posting/new", f"/posting/{slug}", f"/posting/{slug}/preview", f"/posting/{slug}/task/text"):
        before = len(count_queries())
        assert manager.get(path).status_code == 200
        assert len(count_queries()) - before <= 12, path


class TestOpenInterest:
    """AC-C5: an assignment out of what a company wrote under open interest."""

    @pytest.fixture
    def invites(self, session, home, manager):
        """Say what the company invites ideas for; gives the number of its address."""

        def say(nl="Wat kan onze meetdata?", en="What can our data do?", open_interest=True):
            company = session.scalars(select(Organisation).where(Organisation.slug == "proef")).one()
            company.open_interest, company.interest_nl, company.interest_en = open_interest, nl, en
            session.commit()
            return session.scalars(select(Establishment.id).where(Establishment.organisation_id == company.id)).one()

        return say

    def begin(self, client, path, **changes):
        form = page(client, path).select_one("form.post-narrow")
        values = {one["name"]: one.get("value", "") for one in form.select("input[type=hidden]")}
        values |= {one["name"]: one["value"] for one in form.select("input[checked]")}
        values |= {one["name"]: (one.select_one("option[selected]") or one.option)["value"] for one in form.select("select")}
        return client.post("/posting/new", data=values | {"title": "Meten aan grijpers"} | changes)

    @pytest.mark.parametrize(("language", "text"), [("nl", "Wat kan onze meetdata?"), ("en", "What can our data do?")])
    def test_ac_c5_it_begins_an_assignment_filled_in(self, session, manager, invites, language, text):
        number = invites()
        link = page(manager, "/organisation/proef").select_one("a[href*='kind=hbo_graduation']")["href"]
        answer = self.begin(manager, link, text_language=language)
        assert text in manager.get(answer.location).text
        made = session.scalars(select(Vacancy)).one()
        assert (made.kind, made.status, made.establishment_id) == (VacancyKind.HBO_GRADUATION, VacancyStatus.DRAFT, number)
        assert getattr(made, f"description_{language}") == text

    def test_ac_c5_text_in_one_language_alone_is_better_than_none(self, session, manager, invites):
        invites(en="")
        self.begin(manager, "/posting/new?kind=hbo_graduation&interest=proef", text_language="en")
        assert session.scalars(select(Vacancy.description_en)).one() == "Wat kan onze meetdata?"

    @pytest.mark.parametrize("asked", ["kind=hbo_graduation&interest=stranger", "kind=hbo_graduation", "kind=odd&interest=nobody"])
    def test_ac_c5_another_company_or_none_gives_no_text(self, session, manager, invites, asked):
        invites()
        make_establishment(make_organisation(slug="stranger", open_interest=True, interest_nl="Geheim"))
        self.begin(manager, f"/posting/new?{asked}", kind="hbo_graduation", text_language="nl")
        assert session.scalars(select(Vacancy.description_nl)).one() == ""

    def test_ac_c5_a_company_that_invites_no_ideas_gives_no_text(self, session, manager, invites):
        invites(open_interest=False)
        self.begin(manager, "/posting/new?kind=hbo_graduation&interest=proef", text_language="nl")
        assert session.scalars(select(Vacancy.description_nl)).one() == ""


def test_a_draft_on_the_start_page_leads_to_its_pages_and_a_place_to_what_others_see(client, session, sign_in, home):
    make_draft(company=home.organisation, establishment=home, slug="in-the-making")
    make_vacancy(company=home.organisation, slug="online")
    manager = sign_in(client, make_user(Role.COMPANY_MANAGER, home.organisation))
    links = {link["href"] for link in page(manager, "/start").select("main table a")}
    assert links >= {"/posting/in-the-making", "/vacancies/online"} and "/vacancies/in-the-making" not in links
