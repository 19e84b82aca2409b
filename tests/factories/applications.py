"""Responses to places."""

from datetime import datetime
from itertools import count

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.applications import attaching, services, showing
from ipf_talent.applications.files import check
from ipf_talent.applications.kinds import Deed, Release, State, Who
from ipf_talent.applications.models import Application
from ipf_talent.db import session
from ipf_talent.profiles.models import Profile, ProfileSkill
from ipf_talent.vacancies.kinds import PlacingMode
from ipf_talent.vacancies.models import Vacancy
from tests.factories.accounts import make_user
from tests.factories.organisations import make_place
from tests.factories.vacancies import make_vacancy

_number = count(1)


def make_profile(user: User, *, skills=(), place: str = "Drachten", **overrides) -> Profile:
    """What a student says of themselves."""
    values = {"user_id": user.id, "place": make_place(place), "hours_per_week": 32}
    profile = Profile(**values | overrides)
    profile.skills = [ProfileSkill(skill_id=skill.id, position=n) for n, skill in enumerate(skills)]
    session.add(profile)
    session.commit()
    return profile


def make_draft(student: User | None = None, vacancy: Vacancy | None = None, *, now: datetime | None = None, **said) -> Application:
    """A response that nobody but its student knows of."""
    values = {"message": "I want to learn how a robot cell works.", "wish": "To learn from a robot cell.", "minor": False}
    made = services.start(student or make_user(), vacancy or make_vacancy(), **values | said, now=now or clock.now())
    session.commit()
    return made


WAYS = {
    State.SENT: ((Deed.SEND, Who.STUDENT),),
    State.IN_PROGRESS: ((Deed.SEND, Who.STUDENT), (Deed.TAKE_UP, Who.COMPANY)),
    State.INTERVIEW: ((Deed.SEND, Who.STUDENT), (Deed.INVITE, Who.COMPANY)),
    State.OFFERED: ((Deed.SEND, Who.STUDENT), (Deed.INVITE, Who.COMPANY), (Deed.OFFER, Who.COMPANY)),
    State.LEARNING_WISH: ((Deed.WISH, Who.STUDENT),),
    State.PROPOSED: ((Deed.WISH, Who.STUDENT), (Deed.PROPOSE, Who.SCHOOL)),
    State.AGREED: ((Deed.WISH, Who.STUDENT), (Deed.PROPOSE, Who.SCHOOL), (Deed.AGREE, Who.STUDENT)),
}


def make_application(
    student: User | None = None, vacancy: Vacancy | None = None, *, state: State = State.SENT, now: datetime | None = None, **said
) -> Application:
    """A response that came so far in the ordinary way."""
    vacancy = vacancy or make_vacancy(placing_mode=PlacingMode.SCHOOL_PLACES if state in BY_SCHOOL else PlacingMode.COMPANY_CHOOSES)
    key = said.pop("key", None)
    made = make_draft(student, vacancy, now=now, **said)
    for deed, who in WAYS.get(state, ()):
        services.move(made, deed, who=who, by=made.student if who is Who.STUDENT else None, now=now or clock.now())
    if key:
        made.key = key
    session.commit()
    return made


def make_shown(student: User, vacancy: Vacancy, *, key: str) -> Application:
    """A sent response with a CV that the company may open."""
    made = make_application(student, vacancy, key=key)
    attaching.attach(made, attaching.keep(student, check("cv.pdf", b"%PDF-1.7\n%%EOF\n"), now=clock.now()))
    showing.release(made, Release.CV, by=student, now=clock.now(), tell=False)
    session.commit()
    return made


BY_SCHOOL = {State.LEARNING_WISH, State.PROPOSED, State.AGREED}
