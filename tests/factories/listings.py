"""Listings as a school keeps them: drafts, offerings with starts, open days, rules of its own."""

from datetime import UTC, date, datetime
from itertools import count

from ipf_talent.accounts.models import Membership, User
from ipf_talent.accounts.roles import Role
from ipf_talent.db import session
from ipf_talent.programmes.levels import Mode
from ipf_talent.programmes.listing import Channel, ListingStatus
from ipf_talent.programmes.models import Intake, Offering, OpenDay, Programme
from tests.factories.organisations import make_place, make_school
from tests.factories.programmes import make_programme, make_progression
from tests.factories.skills import make_skill

_number = count(1)
TEXT = "Je leert machines bouwen waarin mechanica, elektronica en besturing samenkomen, en je zoekt storingen op. " * 2


def make_offering(programme: Programme, *, mode: Mode = Mode.BBL, place: str | None = "Drachten", **overrides) -> Offering:
    """A published way to follow it."""
    offering = Offering(programme=programme, place=make_place(place) if place else None, mode=mode, **overrides)
    session.add(offering)
    session.commit()
    return offering


def make_intake(offering: Offering, **overrides) -> Intake:
    """A start for which one can apply for years."""
    values = {
        "starts_on": date(2090, 9, 1), "apply_from": date(2026, 1, 1), "apply_until": date(2090, 4, 1), "channel": Channel.CAMBO,
        "numerus_fixus": False, "permission_needed": False,
    }  # fmt: skip
    intake = Intake(offering=offering, **values | overrides)
    session.add(intake)
    session.commit()
    return intake


def make_listing(*, status: ListingStatus = ListingStatus.DRAFT, intakes: bool = True, **overrides) -> Programme:
    """A programme of which everything is told, in any state; its one offering stands where it stands."""
    number = next(_number)
    values = {
        "slug": f"listing-{number}", "title_nl": f"Aanbod {number}", "title_en": f"Listing {number}", "status": status,
        "code": "25344", "code_kind": "crebo", "description_nl": TEXT, "admission_nl": "Met een vmbo-diploma.",
        "url": "https://school.example/listing", "teaches": (make_skill(),),
    }  # fmt: skip
    programme = make_programme(**values | overrides)
    programme.offerings[0].status = status
    session.commit()
    if intakes:
        make_intake(programme.offerings[0])
    return programme


def make_open_day(programme: Programme, **overrides) -> OpenDay:
    """An afternoon of one programme, far ahead."""
    start, end = datetime(2090, 1, 20, 13, tzinfo=UTC), datetime(2090, 1, 20, 17, tzinfo=UTC)
    values = {"institution_id": programme.institution_id, "programme_id": programme.id, "starts_at": start, "ends_at": end,
              "online": False, "location": "Hal 2"}  # fmt: skip
    day = OpenDay(**values | overrides)
    session.add(day)
    session.commit()
    return day


def make_shown_listing(manager: User, *, slug: str) -> Programme:
    """A published programme of the school where somebody works, whom it makes its manager, with one of each that hangs on it."""
    school = manager.memberships[0].organisation if manager.memberships else make_school()
    manager.memberships.append(Membership(role=Role.PROGRAMME_MANAGER, organisation=school))
    programme = make_listing(slug=slug, institution=school, status=ListingStatus.PUBLISHED, intakes=False)
    offering = programme.offerings[0]
    session.delete(offering)
    session.flush()
    session.expire(programme)
    make_intake(make_offering(programme, id=1, mode=Mode.BOL), id=1)
    make_open_day(programme, id=1)
    make_progression(slug="own", national=False, owner_id=school.id, to_programme_id=programme.id)
    return programme
