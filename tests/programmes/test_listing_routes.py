"""Keeping listings at the screen: pages, skills, steps, starts, rules, following; and what two people at once do to each other."""

import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from ipf_talent.accounts.roles import Role
from ipf_talent.programmes.field_values import INTAKE_FIELDS, OFFERING_FIELDS, PROGRAMME_FIELDS
from ipf_talent.programmes.levels import Level, Mode, ProgrammeType, StartingPoint
from ipf_talent.programmes.listing import ListingStatus
from ipf_talent.programmes.listing_models import ListingNews, ProgrammeFollow
from ipf_talent.programmes.listing_tasks import FIELD_NAMES
from ipf_talent.programmes.models import Intake, OpenDay, Programme, Progression
from ipf_talent.programmes.rules import RuleKind
from tests.factories.accounts import make_user
from tests.factories.listings import TEXT, make_intake, make_listing, make_offering, make_open_day
from tests.factories.organisations import make_place, make_school
from tests.factories.programmes import make_programme, make_progression
from tests.factories.skills import make_skill


@pytest.fixture
def school(session):
    return make_school(is_example=False, name="Proefschool")


@pytest.fixture
def manager(client, sign_in, school):
    return sign_in(client, make_user(Role.PROGRAMME_MANAGER, school))


def send(client, path, **values):
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/about").text)[1]
    return client.post(path, data={"csrf_token": token, **values})


def page(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "html.parser")


def filled(client, path):
    """The form of a page as it stands, with its version."""
    form = page(client, path).select_one("main form[novalidate]")
    values = {one["name"]: one.get("value", "") for one in form.select("input[name]:not([type=radio]):not([type=checkbox])")}
    for one in form.select("input[checked]"):
        values.setdefault(one["name"], []).append(one["value"]) if one["type"] == "checkbox" else values.update(
            {one["name"]: one["value"]}
        )
    values |= {one["name"]: one.text.removeprefix("\r\n").removeprefix("\n") for one in form.select("textarea")}
    for one in form.select("select"):
        chosen = one.select_one("option[selected]") or one.select_one("option")
        values[one["name"]] = chosen["value"] if chosen else ""
    return values


def save(client, path, **changes):
    return send(client, path, **filled(client, path) | changes)


def row(session, slug):
    session.expire_all()
    return session.scalar(select(Programme).where(Programme.slug == slug))


def test_a_programme_is_written_page_by_page_and_handed_in(manager, school, session):
    make_skill(slug="mechatronics", label_nl="mechatronica"), make_place("Drachten")
    begun = save(manager, "/listings/new", title_nl="Technicus mechatronica", type="mbo_diploma", level="mbo_4")
    slug = begun.location.split("/")[2]
    assert row(session, slug).status is ListingStatus.DRAFT
    here = f"/listings/{slug}"
    refused = send(manager, f"{here}/do/submit")
    assert refused.status_code == 422
    assert "An mbo diploma has a crebo: five digits." in refused.text
    assert save(manager, f"{here}/task/what", code="25344", duration_months="36", fields="mechatronics").status_code == 303
    assert save(manager, f"{here}/task/text", description_nl=TEXT).status_code == 303
    assert save(manager, f"{here}/task/skills", words="mechatronica").status_code == 303
    assert save(manager, f"{here}/task/admission", admission_nl="Met een diploma.", url="school.example/m").status_code == 303
    place = str(make_place("Drachten").id)
    way = save(manager, f"{here}/offerings/new", mode="bol", place=place).location
    assert save(manager, way, school_days="4", costs_eur="350").status_code == 303
    assert save(manager, f"{way}/intakes/new", starts_on="2090-09-01", apply_until="2090-04-01", channel="cambo").status_code == 303
    assert save(manager, f"{here}/open-days/new", day="2090-01-20", starts="15:00", ends="19:00", general="y").status_code == 303
    assert send(manager, f"{here}/do/submit").status_code == 303
    programme = row(session, slug)
    assert (programme.status, programme.url, programme.offerings[0].status) == (
        ListingStatus.IN_REVIEW, "https://school.example/m", ListingStatus.IN_REVIEW,
    )  # fmt: skip
    assert "publish" not in {form["action"].rpartition("/")[2] for form in page(manager, here).select("main form")}
    assert send(manager, f"{here}/do/publish").status_code == 422


@pytest.mark.parametrize(
    ("kind", "level", "fits"), [("mbo_diploma", "master", False), ("mbo_diploma", "mbo_3", True), ("course", "master", True)]
)
def test_a_level_that_does_not_go_with_the_kind_is_refused_beside_it(manager, school, kind, level, fits):
    programme = make_listing(institution=school)
    for path in ("/listings/new", f"/listings/{programme.slug}/task/what"):
        answer = save(manager, path, title_nl="Iets nieuws", type=kind, level=level)
        field = BeautifulSoup(answer.text, "html.parser").select_one("#level")
        assert answer.status_code == (303 if fits else 422)
        assert fits or "does not go with this kind" in field.find_parent(class_="ipf-field").text


def test_an_mbo_diploma_is_followed_in_ways_of_mbo_and_a_course_is_not(manager, school):
    diploma, course = (make_listing(institution=school, type=kind) for kind in (ProgrammeType.MBO_DIPLOMA, ProgrammeType.COURSE))
    ways = {one: {box["value"] for box in page(manager, f"/listings/{one.slug}/offerings/new").select("[name=mode]")}
            for one in (diploma, course)}  # fmt: skip
    assert ways[diploma] == {"bol", "bbl", "derde_leerweg"} and not ways[course] & {"bol", "bbl", "derde_leerweg", "dual"}
    assert save(manager, f"/listings/{diploma.slug}/offerings/new", mode="fulltime", place="").status_code == 422
    assert save(manager, f"/listings/{diploma.slug}/offerings/new", mode="derde_leerweg", place="").status_code == 303
    assert "third way (derde leerweg)" in page(manager, f"/listings/{diploma.slug}").text


def test_a_colleague_publishes_and_everyone_finds_it(client, sign_in, school, session):
    programme = make_listing(institution=school, title_nl="Waterstoftechniek", title_en="Hydrogen")
    writer, colleague = (make_user(Role.PROGRAMME_MANAGER, school) for _one in range(2))
    send(sign_in(client, writer), f"/listings/{programme.slug}/do/submit")
    assert "Hydrogen" in client.get("/listings/review").text
    sign_in(client, colleague)
    assert client.get(f"/programmes/{programme.slug}").status_code == 404
    assert send(client, f"/listings/{programme.slug}/do/publish").status_code == 303
    shown = page(client, f"/programmes/{programme.slug}").text
    assert "1 September 2090" in shown and "Apply via CAMBO (mbo)" in shown
    assert "Hydrogen" in client.get("/programmes").text


def test_ac_e1_two_ways_at_one_place_stand_under_one_programme(manager, school):
    programme = make_listing(institution=school, status=ListingStatus.PUBLISHED)
    make_intake(make_offering(programme, mode=Mode.BBL, school_days=1, work_days=4), starts_on=date(2090, 2, 1), apply_until=None)
    make_offering(programme, mode=Mode.PARTTIME, status=ListingStatus.DRAFT)
    rows = [
        one.text for one in page(manager, f"/programmes/{programme.slug}").select("#main table tbody tr") if "Drachten" in one.text
    ]
    assert len(rows) == 2
    bbl = next(text for text in rows if "bbl" in text)
    assert "1 day at school" in bbl and "4 days at work" in bbl and "1 February 2090" in bbl and "September" not in bbl
    twice = save(manager, f"/listings/{programme.slug}/offerings/new", mode="bbl", place=str(programme.offerings[0].place_id))
    assert twice.status_code == 422 and "You have this way at this place already." in twice.text


def test_the_text_proposes_skills_with_their_words_and_the_school_decides(manager, school, session):
    plc, cad = make_skill(slug="plc-programming", label_nl="PLC-programmeren"), make_skill(slug="cad", label_nl="CAD-tekenen")
    programme = make_listing(institution=school, description_nl="Je leert PLC-programmeren en CAD-tekenen.", teaches=())
    path = f"/listings/{programme.slug}/task/text"
    clinic = page(manager, path).select_one("#clinic").text
    assert "from “PLC-programmeren”" in clinic and "from “CAD-tekenen”" in clinic
    assert save(manager, path, teach="plc-programming").location.endswith("#clinic")
    save(manager, path, strike="cad")
    assert [(one.skill_id, one.words) for one in row(session, programme.slug).skills] == [(plc.id, "PLC-programmeren")]
    assert cad.label_nl not in page(manager, path).select_one("#clinic").text
    again = send(manager, path, **filled(manager, path) | {"description_nl": "Alleen tekst.", "check": "1"})
    assert "Skills in it" in again.text
    assert row(session, programme.slug).description_nl != "Alleen tekst."


def test_an_unknown_skill_is_said_and_nothing_is_lost(manager, school, session):
    programme = make_listing(institution=school)
    answer = save(manager, f"/listings/{programme.slug}/task/skills", words="kantklossen met draak")
    assert answer.status_code == 422 and "kantklossen met draak" in answer.text
    assert len(row(session, programme.slug).skills) == 1


def test_two_managers_at_once_and_nothing_is_overwritten(manager, school, session):
    programme = make_listing(institution=school, admission_nl="Oud.")
    path = f"/listings/{programme.slug}/task/admission"
    mine, theirs = filled(manager, path), filled(manager, path)
    assert send(manager, path, **theirs | {"admission_nl": "Van de collega."}).status_code == 303
    answer = send(manager, path, **mine | {"admission_nl": "Van mij."})
    assert answer.status_code == 409
    told = BeautifulSoup(answer.text, "html.parser")
    assert "Van de collega." in told.select_one(".post-theirs").text
    assert told.select_one("textarea[name=admission_nl]").text.strip() == "Van mij."
    assert row(session, programme.slug).admission_nl == "Van de collega."
    version = told.select_one("input[name=version]")["value"]
    assert send(manager, path, **mine | {"admission_nl": "Van mij.", "version": version}).status_code == 303
    assert row(session, programme.slug).admission_nl == "Van mij."


def test_an_old_page_of_a_way_or_a_start_is_told_too(manager, school):
    programme = make_listing(institution=school)
    way = f"/listings/{programme.slug}/offerings/{programme.offerings[0].id}"
    start = f"{way}/intakes/{programme.offerings[0].intakes[0].id}"
    for path, change in ((way, {"costs_eur": "10"}), (start, {"capacity": "10"})):
        old = filled(manager, path)
        assert send(manager, path, **old | change).status_code == 303
        assert send(manager, path, **old | dict.fromkeys(change, "20")).status_code == 409


@pytest.mark.parametrize(
    ("values", "words"),
    [({"starts_on": "2090-09-01", "apply_until": "2090-10-01"}, "lies after the start"),
     ({"starts_on": "gisteren"}, "Not a valid date"),
     ({"starts_on": "2090-09-01", "capacity": "99999"}, "from 0 to 10,000"), ({"starts_on": "1066-10-14"}, "this century"),
     ({"starts_on": "2090-09-01", "url": "javascript:alert(1)"}, "not the address of a website")],
)  # fmt: skip
def test_a_start_that_cannot_be_is_answered_beside_its_field(manager, school, session, values, words):
    programme = make_listing(institution=school, intakes=False)
    path = f"/listings/{programme.slug}/offerings/{programme.offerings[0].id}/intakes/new"
    answer = save(manager, path, **values)
    assert answer.status_code == 422 and words in answer.text
    assert session.scalar(select(func.count()).select_from(Intake)) == 0


def test_a_cancelled_start_is_shown_so_and_can_take_place_after_all(manager, school, session):
    programme = make_listing(institution=school, status=ListingStatus.PUBLISHED)
    start = programme.offerings[0].intakes[0]
    path = f"/listings/{programme.slug}/offerings/{programme.offerings[0].id}/intakes/{start.id}"
    send(manager, f"{path}/cancel"), send(manager, f"{path}/cancel")
    assert "Cancelled" in page(manager, f"/programmes/{programme.slug}").select_one(".prog-starts").text
    assert session.scalar(select(func.count()).select_from(ListingNews)) == 1
    send(manager, f"{path}/restore")
    assert "Cancelled" not in page(manager, f"/programmes/{programme.slug}").select_one(".prog-starts").text


def test_an_open_day_of_the_school_stands_at_each_of_its_programmes(client, school):
    one, other, elsewhere = (
        make_listing(institution=where, status=ListingStatus.PUBLISHED) for where in (school, school, make_school())
    )
    make_open_day(one, location="Alleen hier")
    make_open_day(one, programme_id=None, location="Overal")
    texts = [page(client, f"/programmes/{programme.slug}").text for programme in (one, other, elsewhere)]
    assert ["Alleen hier" in text for text in texts] == [True, False, False]
    assert ["Overal" in text for text in texts] == [True, True, False]


def test_an_open_day_is_changed_and_taken_away_by_its_own_school_only(manager, school, session):
    programme, foreign = make_listing(institution=school), make_open_day(make_listing())
    day = make_open_day(programme)
    path = f"/listings/{programme.slug}/open-days/{day.id}"
    assert save(manager, path, starts="20:00", ends="19:00").status_code == 422
    assert save(manager, path, location="Hal 3").status_code == 303
    assert manager.get(f"/listings/{programme.slug}/open-days/{foreign.id}").status_code == 404
    send(manager, f"{path}/remove")
    assert session.scalars(select(OpenDay.id)).all() == [foreign.id]


def test_one_press_says_that_it_is_still_true_and_another_says_it_of_several(manager, school, session):
    rows = [make_listing(institution=school, status=ListingStatus.PUBLISHED, checked_on=date(2020, 1, 1)) for _one in range(3)]
    foreign = make_listing(status=ListingStatus.PUBLISHED, checked_on=date(2020, 1, 1))
    listed = page(manager, "/listings?check=hidden").text
    assert "3 programmes were not checked for 18 months" in listed
    send(manager, f"/listings/{rows[0].slug}/checked")
    send(manager, "/listings/checked", programmes=[rows[1].slug, foreign.slug])
    found = [row(session, one.slug).checked_on == date(2020, 1, 1) for one in (*rows, foreign)]
    assert found == [False, False, True, True]


def test_the_list_searches_and_narrows(manager, school):
    make_listing(institution=school, title_en="Robotics", status=ListingStatus.PUBLISHED)
    make_listing(institution=school, title_en="Welding", level=Level.MBO_2)
    make_listing(title_en="Robotics elsewhere")

    def names(query):
        return [one.text for one in page(manager, f"/listings{query}").select("tbody th > a")]

    assert names("") == ["Welding", "Robotics"]
    assert names("?q=robot") == names("?status=published") == ["Robotics"]
    assert names("?level=mbo_2") == ["Welding"]
    assert names("?q=100%25&status=nonsense") == []


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\u202egnirts", "a" * 9000])
def test_hostile_text_stays_text_or_is_refused(manager, school, text):
    programme = make_listing(institution=school, status=ListingStatus.PUBLISHED)
    answer = save(manager, f"/listings/{programme.slug}/task/text", description_nl=TEXT + text)
    assert answer.status_code in (303, 422)
    assert "<script>alert" not in page(manager, f"/programmes/{programme.slug}").decode()


class TestEdges:
    """What leads to a programme and onwards (R19)."""

    @pytest.fixture
    def programme(self, school):
        return make_listing(institution=school, status=ListingStatus.PUBLISHED, level=Level.MBO_4)

    def values(self, **more):
        told = {
            "way": "here",
            "source_url": "https://school.example/doorstroom",
            "checked_on": "2026-11-01",
            "rule_kind": "shortened",
        }
        return told | {"point": "mbo_3", "condition_en": "After a talk."} | more

    def test_a_rule_of_the_school_stands_on_the_page_with_its_source(self, manager, programme, session):
        path = f"/listings/{programme.slug}/edges"
        assert save(manager, f"{path}/new", **self.values(months="12", months_meaning="saved")).status_code == 303
        edge = session.scalars(select(Progression)).one()
        assert (edge.from_point, edge.rule_kind, edge.owner_id) == (
            StartingPoint.MBO_3,
            RuleKind.SHORTENED,
            programme.institution_id,
        )
        shown = page(manager, f"/programmes/{programme.slug}").text
        assert "After a talk." in shown and "up to 12 months shorter" in shown and "Checked on 1 November 2026" in shown
        assert save(manager, f"{path}/{edge.slug}", condition_en="After two talks.").status_code == 303
        assert "After two talks." in page(manager, path).text
        send(manager, f"{path}/{edge.slug}/remove")
        assert session.scalars(select(Progression)).all() == []

    def test_a_right_is_promised_only_where_the_country_gives_one(self, manager, programme, session):
        path = f"/listings/{programme.slug}/edges/new"
        refused = save(manager, path, **self.values(rule_kind="right"))
        assert refused.status_code == 422 and "The rules of the country give no right here" in refused.text
        make_progression(from_point=StartingPoint.MBO_3, to_level=Level.MBO_4)
        assert save(manager, path, **self.values(rule_kind="right", point="vmbo_kb")).status_code == 422
        assert save(manager, path, **self.values(rule_kind="right")).status_code == 303
        onward = self.values(way="on", point="", level="hbo_bachelor", rule_kind="right")
        assert save(manager, path, **onward).status_code == 422
        make_progression(from_point=StartingPoint.MBO_4, to_level=Level.HBO_BACHELOR)
        assert save(manager, path, **onward).status_code == 303

    @pytest.mark.parametrize(
        "wrong",
        [
            {"source_url": ""},
            {"checked_on": "2999-01-01"},
            {"point": ""},
            {"way": "on"},
            {"months": "3"},
            {"source_url": "file:///x"},
        ],
    )
    def test_a_rule_without_source_check_or_end_is_refused(self, manager, programme, session, wrong):
        assert save(manager, f"/listings/{programme.slug}/edges/new", **self.values(**wrong)).status_code == 422
        assert session.scalars(select(Progression)).all() == []

    def test_rules_of_others_cannot_be_changed(self, manager, programme, session):
        other = make_listing(status=ListingStatus.PUBLISHED)
        make_progression(slug="national", to_programme_id=programme.id)
        make_progression(slug="foreign", national=False, owner_id=other.institution_id, to_programme_id=programme.id)
        for slug in ("national", "foreign"):
            assert manager.get(f"/listings/{programme.slug}/edges/{slug}").status_code == 404
            assert send(manager, f"/listings/{programme.slug}/edges/{slug}/remove").status_code == 404
        assert session.scalar(select(func.count()).select_from(Progression)) == 2


def test_a_student_follows_and_stops_with_a_button(client, sign_in, school, session):
    programme = make_listing(institution=school, status=ListingStatus.PUBLISHED, title_en="Robotics")
    path = f"/programmes/{programme.slug}"
    assert f"{path}/follow" not in client.get(path).text
    student = make_user()
    sign_in(client, student)
    assert f'action="{path}/follow"' in client.get(path).text
    send(client, f"{path}/follow"), send(client, f"{path}/follow")
    assert session.execute(select(ProgrammeFollow.user_id, ProgrammeFollow.programme_id)).all() == [(student.id, programme.id)]
    assert "Robotics" in client.get("/following").text
    assert client.get("/following/export").json["following"][0]["programme"] == programme.slug
    send(client, f"{path}/unfollow")
    assert session.scalars(select(ProgrammeFollow)).all() == []


@pytest.mark.parametrize(
    ("status", "words"),
    [(ListingStatus.INACTIVE, "does not offer it for now"), (ListingStatus.ARCHIVED, "no longer offers it"),
     (ListingStatus.CANCELLED, "The programme is cancelled")],
)  # fmt: skip
def test_a_page_that_ended_says_so_and_is_not_listed(client, status, words):
    programme = make_listing(status=status, title_en="Robotics")
    answer = client.get(f"/programmes/{programme.slug}")
    assert words in answer.text and 'content="noindex"' in answer.text
    assert "Robotics" not in client.get("/programmes").text


def test_the_page_of_a_programme_says_that_it_was_not_checked_for_long(client):
    old = make_listing(status=ListingStatus.PUBLISHED, checked_on=date(2020, 1, 1))
    assert "Nobody checked it for 18 months" in client.get(f"/programmes/{old.slug}").text


def test_the_pages_take_few_statements_however_many_rows_there_are(manager, school, count_queries):
    for _one in range(8):
        programme = make_listing(institution=school, status=ListingStatus.PUBLISHED)
        for mode in (Mode.BBL, Mode.PARTTIME):
            make_intake(make_offering(programme, mode=mode))
        make_open_day(programme)
    here = f"/listings/{programme.slug}"
    paths = (
        "/listings",
        here,
        f"{here}/preview",
        f"{here}/history",
        f"{here}/edges",
        f"/programmes/{programme.slug}",
        "/listings/review",
    )
    for path in paths:
        manager.get(path)  # reads the taxonomy, which is kept
        before = len(count_queries())
        assert manager.get(path).status_code == 200
        assert len(count_queries()) - before <= 12, path


def test_a_real_programme_of_the_region_can_be_taken_over_by_its_school(manager, school, session):
    programme = make_programme(institution=school, title_nl="Uit de streek", checked_on=date(2026, 11, 1))
    path = f"/listings/{programme.slug}/task/what"
    assert save(manager, path, title_nl="Van de school").status_code == 303
    found = row(session, programme.slug)
    assert (found.title_nl, found.status) == ("Van de school", ListingStatus.PUBLISHED)
    assert "Van de school" in manager.get("/programmes?lang=nl").text


def test_cancelling_a_start_asks_first_and_says_how_many_hear_it(manager, school, session):
    programme = make_listing(institution=school, status=ListingStatus.PUBLISHED)
    other, draft = make_listing(institution=school, status=ListingStatus.PUBLISHED), make_listing(institution=school)
    reader, unsure = make_user(), make_user(confirmed_at=None)
    session.add_all(ProgrammeFollow(user_id=one.id, programme_id=programme.id) for one in (reader, unsure))
    session.add(ProgrammeFollow(user_id=reader.id, programme_id=other.id))
    session.commit()
    question = "details:has([action$=cancel])"
    asked = page(manager, f"/listings/{programme.slug}/offerings/{programme.offerings[0].id}").select_one(question)
    assert "open" not in asked.attrs and "1 person follows this programme and gets a mail." in asked.text
    assert asked.select_one("form button").text.strip() == "Yes, cancel this start"
    unseen = page(manager, f"/listings/{draft.slug}/offerings/{draft.offerings[0].id}").select_one(question)
    assert "It was not published, so nobody gets a mail." in unseen.text


def test_the_history_calls_fields_as_the_forms_do(manager, school):
    programme = make_listing(institution=school)
    here = f"/listings/{programme.slug}"
    assert save(manager, f"{here}/task/what", duration_months="30", sbu="3.200", fields="mechatronics").status_code == 303
    assert save(manager, f"{here}/offerings/{programme.offerings[0].id}", school_days="2", work_days="3").status_code == 303
    shown = [one.text for one in page(manager, f"{here}/history").select(".list-fields li")]
    assert shown[:2] == ["Days a week at school", "Days a week at a company"]
    assert {"Length in months", "Hours of study (SBU)"} <= set(shown) and not [text for text in shown if "_" in text]


def test_every_field_has_a_name_for_the_history():
    fields = {"edit_listing": PROGRAMME_FIELDS, "edit_offering": OFFERING_FIELDS, "edit_intake": INTAKE_FIELDS}
    assert {deed: set(names) for deed, names in FIELD_NAMES.items()} == {deed: set(known) for deed, known in fields.items()}


def test_a_page_shows_the_skills_of_its_own_text_alone(manager, school, session):
    make_skill(slug="welding", label_nl="lassen", label_en="welding")
    programme = make_listing(institution=school, title_en="Welding", description_en="You learn welding and milling.")
    here = f"/listings/{programme.slug}/task"
    assert "welding" not in page(manager, f"{here}/text").select_one("#clinic").text.lower()
    assert "welding" in page(manager, f"{here}/translation").select_one("#clinic").text.lower()
    assert "welding" in page(manager, f"{here}/skills").select_one("#clinic").text.lower()


def test_the_list_of_pages_says_how_many_open_days_there_are(manager, school):
    programme = make_listing(institution=school)
    state = f"/listings/{programme.slug}"
    assert page(manager, state).select_one("#state-open_days").text.strip() == "Optional"
    make_open_day(programme), make_open_day(programme, programme_id=None)
    assert page(manager, state).select_one("#state-open_days").text.strip() == "2 open days"


def test_the_rules_that_a_school_writes_speak_to_nobody_in_person(manager, school):
    programme = make_listing(institution=school)
    text = page(manager, f"/listings/{programme.slug}/edges/new").select_one("main").text
    assert "There is a right to admission" in text and "You have a right" not in text


@pytest.mark.parametrize("typed", ["-4", "99999999999", "veel"])
def test_a_number_that_cannot_be_gets_one_sentence_beside_its_field(manager, school, typed):
    answer = save(manager, f"/listings/{make_listing(institution=school).slug}/task/what", sbu=typed)
    field = BeautifulSoup(answer.text, "html.parser").select_one("#sbu").find_parent(class_="ipf-field")
    assert answer.status_code == 422 and len(field.select(".ipf-error")) == 1 and "from 1 to 20,000" in field.text
    assert field.select_one("input")["value"] == typed
