"""Placements that came so far in the ordinary way: proposed, approved, with an agreement, signed, running."""

from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role
from ipf_talent.applications import storage
from ipf_talent.db import session
from ipf_talent.organisations.models import Organisation
from ipf_talent.organisations.recognition import RecognitionStatus
from ipf_talent.placements import editing, minors, services, signing
from ipf_talent.placements.agreements import drafts as agreement_drafts
from ipf_talent.placements.guards import QUESTIONS
from ipf_talent.placements.kinds import CheckOutcome, Deed, PlacementStatus, SigningWay, Who
from ipf_talent.placements.models import Placement, Signature, SignatureScan
from tests.factories.accounts import make_user
from tests.factories.organisations import make_organisation, make_recognition, make_school
from tests.factories.programmes import make_programme
from tests.factories.vacancies import make_vacancy

YES = dict.fromkeys(QUESTIONS, True)
WORDS = {
    "parts": ["B1-K1-W1 Bereidt werk voor", "B1-K1-W2 Monteert"],
    "guidance_text": "Elke week een gesprek.",
    "assessment_text": "De school beslist.",
    "ending_text": "Op de einddatum.",
    "insurance_text": "De school verzekert.",
    "allowance_text": "350 euro per maand.",
    "ownership_text": "De student.",
    "language": "nl",
}
_S = PlacementStatus
WAY = (_S.PROPOSED, _S.APPROVED, _S.PREPARING_AGREEMENT, _S.AWAITING_SIGNATURES, _S.SIGNED, _S.RUNNING)


def week(days: int = 4, begins: time = time(8), ends: time = time(16, 30), rest: int = 30, school: dict[int, int] | None = None):
    """So many equal days from Monday on, and hours at school by day."""
    school = school or {}
    return [
        minors.day_of(number, begins if number < days else None, ends if number < days else None,
                      rest if number < days else 0, 60 * school.get(number, 0))
        for number in range(7)
        if number < days or number in school
    ]  # fmt: skip


def make_sides(school: Organisation | None = None, company: Organisation | None = None, **vacancy) -> SimpleNamespace:
    """A school with a coordinator and a supervisor, a recognised company with a manager and a trainer, a student, a place."""
    school, company = school or make_school(), company or make_organisation(name="Voorbeeld BV")
    trainer = make_user(Role.WORKPLACE_TRAINER, company, display_name="Wytske Proef")
    recognition = make_recognition(company, status=RecognitionStatus.VERIFIED, trainers=(trainer,))
    home = recognition.establishment
    return SimpleNamespace(
        school=school,
        company=company,
        home=home,
        recognition=recognition,
        trainer=trainer,
        programme=make_programme(institution=school, code="25344", code_kind="crebo"),
        student=make_user(Role.STUDENT, school, display_name="Jildou Hoekstra"),
        coordinator=make_user(Role.COORDINATOR, school, display_name="Froukje Haan"),
        supervisor=make_user(Role.SCHOOL_SUPERVISOR, school, display_name="Sjoerd Bos"),
        manager=make_user(Role.COMPANY_MANAGER, company, display_name="Klaas de Wit"),
        place=make_vacancy(**{"company": company, "establishment": home, "mentor_name": "Wytske Proef"} | vacancy),
    )


def propose(sides: SimpleNamespace, *, now: datetime | None = None, starts_in: int = 30, **overrides) -> Placement:
    """A placement that the school still has to look at."""
    today = (now or clock.now()).astimezone(clock.AMSTERDAM).date()
    first = today + timedelta(days=starts_in)
    values = {
        "school_id": sides.school.id, "student_id": sides.student.id, "vacancy": sides.place, "establishment_id": sides.home.id,
        "programme_id": sides.programme.id, "starts_on": first, "ends_on": first + timedelta(days=139), "hours": 640,
        "by": sides.coordinator, "now": now or clock.now(), "take": True,
    }  # fmt: skip
    placement = services.propose(**values | overrides)
    session.commit()
    return placement


def advance(
    placement: Placement, to: PlacementStatus, sides: SimpleNamespace, *, now: datetime | None = None, days=None
) -> Placement:
    """Bring a placement on, step by step, as far as wanted."""
    moment = now or clock.now()
    for status in WAY[WAY.index(placement.status) + 1 : WAY.index(to) + 1]:
        STEPS[status](placement, sides, moment, days or week())
    session.commit()
    return placement


def _approve(placement, sides, now, _days):
    services.move(placement, Deed.APPROVE, who=Who.SCHOOL, by=sides.coordinator, now=now, answers=YES)


def _prepare(placement, sides, now, days):
    services.move(placement, Deed.PREPARE, who=Who.SCHOOL, by=sides.coordinator, now=now)
    values = {"supervisor_id": sides.supervisor.id, "trainer_name": "Wytske Proef"}
    editing.change_facts(placement, values, version=placement.version, by=sides.coordinator, now=now)
    draft = placement.agreement
    editing.change_agreement(placement, WORDS, days, version=draft.version, by=sides.coordinator, now=now)


def _send(placement, sides, now, _days):
    if placement.is_mbo:
        editing.check_recognition(placement, CheckOutcome.RECOGNISED, by=sides.coordinator, now=now)
    services.move(placement, Deed.SEND, who=Who.SCHOOL, by=sides.coordinator, now=now)


def _sign(placement, sides, now, _days):
    people = {Who.STUDENT: sides.student, Who.SCHOOL: sides.coordinator, Who.COMPANY: sides.manager, Who.PARENT: sides.coordinator}
    for party in signing.waits_for(placement):
        click(placement, party, people[party], now=now)


def _start(placement, _sides, now, _days):
    services.move(placement, Deed.START, who=Who.SYSTEM, by=None, now=now)


STEPS = {
    _S.APPROVED: _approve,
    _S.PREPARING_AGREEMENT: _prepare,
    _S.AWAITING_SIGNATURES: _send,
    _S.SIGNED: _sign,
    _S.RUNNING: _start,
}


def click(placement: Placement, party: Who, by: User, *, now: datetime | None = None) -> bool:
    """A party signs on the site."""
    sheet = placement.agreement.first
    return signing.click(placement, party, name=by.display_name, sha256=sheet.sha256, by=by, now=now or clock.now())


def make_placement(sides: SimpleNamespace | None = None, *, status: PlacementStatus = _S.PROPOSED, **overrides) -> Placement:
    """A placement that came so far; one that runs began today."""
    sides = sides or make_sides()
    days, now = overrides.pop("days", None), overrides.pop("now", None)
    key, starts_in = overrides.pop("key", None), overrides.pop("starts_in", 0 if status is _S.RUNNING else 30)
    parent = overrides.pop("parent", None)
    placement = propose(sides, now=now, starts_in=starts_in, **overrides)
    if key:
        placement.key = key
    if parent:
        placement.parent_name, placement.parent_email = parent
    session.commit()
    return advance(placement, status, sides, now=now, days=days)


def birthday(years: int, today: date | None = None) -> date:
    """The day on which somebody turns 18 who is so old today."""
    day = today or clock.today()
    return day.replace(year=day.year + 18 - years, day=min(day.day, 28))


def make_agreed(placement: Placement) -> Placement:
    """Give a placement that is there a signed agreement with one sheet, and scan number 1 of it."""
    now = clock.now()
    agreement = agreement_drafts.begin(placement, now=now)
    sheet = agreement_drafts.freeze(placement, agreement, parent=False, now=now)
    stored = storage.put(b"%PDF-1.7\n%%EOF\n", "scans")
    scan = SignatureScan(id=1, placement_id=placement.id, name=stored, label="signed.pdf", kind="pdf", size=15, sha256="0" * 64,
                         uploaded_at=now)  # fmt: skip
    for party in sheet.parties:
        sheet.signatures.append(Signature(party=party, way=SigningWay.SCAN, name="N", sha256=sheet.sha256, scan=scan,
                                          signed_on=clock.today(), at=now))  # fmt: skip
    agreement_drafts.conclude(agreement, now=now)
    session.commit()
    return placement
