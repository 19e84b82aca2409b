"""The whole way, as three people walk it: from the match page to a place that is counted, and to silence that ends by itself."""

from datetime import timedelta

import time_machine
from sqlalchemy import select

from ipf_talent import clock
from ipf_talent.accounts.roles import Role
from ipf_talent.applications import queries
from ipf_talent.applications.jobs import keep_terms
from ipf_talent.applications.kinds import State, Who
from ipf_talent.applications.models import Application
from ipf_talent.notifications.models import OutboxMail
from ipf_talent.vacancies.models import Vacancy
from tests.applications.conftest import MONDAY, days_later
from tests.applications.test_routes import as_, post, text  # noqa: F401 a fixture
from tests.factories.accounts import make_user
from tests.factories.applications import make_profile
from tests.factories.organisations import make_organisation, make_school
from tests.factories.skills import make_skill
from tests.factories.vacancies import make_vacancy


def test_from_the_match_page_to_the_place_and_from_silence_to_the_end(app, session, as_):  # noqa: F811
    with time_machine.travel(MONDAY, tick=False) as now:
        cad, company = make_skill("cad"), make_organisation(name="Voorbeeld BV")
        boss = make_user(Role.COMPANY_MANAGER, company)
        pupil = make_user(Role.STUDENT, make_school(), display_name="Jildou Hoekstra", email="jildou@school.example")
        make_profile(pupil, skills=(cad,), place="Groningen")
        today = clock.today()
        until = {"closes_on": today + timedelta(90), "starts_on": today + timedelta(100), "ends_on": today + timedelta(200)}
        wanted = make_vacancy(slug="wanted", company=company, musts=(cad,), places=2, answer_days=5, **until)
        make_vacancy(slug="silent", company=company, **until)
        numbers = {"wanted": wanted.id}

        student, manager = as_(pupil), as_(boss)
        assert 'href="/vacancies/wanted/respond"' in student.get("/match/places/wanted").text
        pages = {}
        for slug in ("wanted", "silent"):
            pages[slug] = post(student, f"/vacancies/{slug}/respond", message="I like robots.", adult="yes").location
            post(student, pages[slug], f"{pages[slug]}/act", deed="send", part="message")
        mine = pages["wanted"]
        theirs = mine.replace("/responses/", "/received/")

        page = manager.get(theirs).text
        assert "Jildou" not in page and "I like robots." in page and "cad" in page
        post(student, mine, f"{mine}/act", deed="release", part="contact")
        page = manager.get(theirs).text
        assert "Jildou Hoekstra" in page and "jildou@school.example" in page
        now.move_to(days_later(2))
        student, manager = as_(pupil), as_(boss)
        post(manager, theirs, f"{theirs}/act", deed="invite", body="Wednesday at ten?", once="a" * 32)
        assert "Wednesday at ten?" in student.get(mine).text
        post(manager, theirs, f"{theirs}/act", deed="offer", once="b" * 32)
        assert "The company offers you the place" in text(student.get(mine))
        post(student, f"{mine}/accept")
        assert session.get(Vacancy, numbers["wanted"], populate_existing=True).taken == 1
        assert "You have this place" in text(student.get(mine))

        silent = pages["silent"].rpartition("/")[2]
        for day in range(3, 17):
            now.move_to(days_later(day))
            with app.app_context():
                keep_terms()
                keep_terms()
        ended = queries.get(silent)
        assert (ended.state, ended.silent) == (State.EXPIRED, Who.COMPANY)
        assert [line.what for line in ended.events] == ["send", "release", "remind_5", "remind_10", "expire"]
        assert [line.at for line in ended.events] == [MONDAY, MONDAY, days_later(5), days_later(10), days_later(15)]
        subjects = [mail.subject for mail in session.scalars(select(OutboxMail).where(OutboxMail.body.contains(silent)))]
        assert len(subjects) == 1 + 2 + 2  # sent; two reminders; the end, to both sides
        student = as_(pupil)
        assert "Nobody answered" in text(student.get(pages["silent"]))
        answers = text(as_(boss).get("/received"))
        assert "Answers 50% of responses (1 of 2 in the last year)" in answers
        assert "Only you see this" in answers
        assert "Answers 50%" not in text(student.get("/vacancies/wanted"))
        assert session.scalar(select(Application.in_time).where(Application.key == mine.rpartition("/")[2])) is True
