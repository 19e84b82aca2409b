"""Mails about placements: whom they are about, until when, why a change was withdrawn, and that each reads well."""

import re
from datetime import timedelta

import pytest
from flask_babel import force_locale, format_date
from sqlalchemy import delete, select

from ipf_talent import clock
from ipf_talent.accounts.models import Membership, User
from ipf_talent.accounts.roles import Role
from ipf_talent.db import session
from ipf_talent.notifications.models import OutboxMail
from ipf_talent.placements import letters, retention, services
from ipf_talent.placements.guidance import letters as guidance_letters
from ipf_talent.placements.kinds import DECLINE_REASONS, Deed, PlacementStatus, Reason, Who
from tests.factories.accounts import make_user
from tests.factories.placements import birthday, make_placement

S = PlacementStatus
LINES = {
    "sheet": 2,
    "until": clock.today(),
    "objector": "student",
    "words": "Dan heb ik school.",
}
WHATS = (
    "propose", "approve", "decline", "send", "redo", "sign", "interrupt", "resume", "complete", "end_early", "cancel", "changed",
    "in_force", "corrected", "lost", "nudge", "assignment_in_review", "assignment_approved", "assignment_revise",
    "assignment_rejected",
)  # fmt: skip


def written(address=None):
    query = select(OutboxMail).order_by(OutboxMail.id)
    return session.scalars(query.where(OutboxMail.to_address == address) if address else query).all()


def clear():
    session.execute(delete(OutboxMail))


@pytest.mark.parametrize("language", ["nl", "fy", "en"])
def test_every_letter_of_a_placement_reads_well_for_every_side(sides, language):
    parent = ("Anna Hoekstra", "anna@thuis.example")
    placement = make_placement(sides, status=S.AWAITING_SIGNATURES, adult_on=birthday(16), parent=parent)
    for person in (sides.student, sides.manager, sides.coordinator, sides.supervisor, sides.trainer):
        person.language = language
    clear()
    for what in WHATS:
        for side in (Who.STUDENT, Who.PARENT, Who.COMPANY, Who.SCHOOL):
            letters.tell(placement, side, what, **LINES)
    found = written()
    assert len(found) > 4 * len(WHATS)
    for mail in found:
        assert mail.subject.strip() and len(mail.subject) < 80
        assert "{" not in mail.body and "None" not in mail.body and "“”" not in mail.body
        assert not re.search(r"\n{4,}", mail.body), (mail.subject, mail.body)
        assert "\n--\nIPF Talent\n" in mail.body


def test_school_company_and_parent_hear_which_student_it_is_and_the_student_knows(sides):
    placement = make_placement(sides, status=S.SIGNED)
    clear()
    for side in (Who.STUDENT, Who.COMPANY, Who.SCHOOL):
        letters.tell(placement, side, "interrupt")
    for mail in written():
        assert ("Jildou Hoekstra, " in mail.body) is (mail.to_address != sides.student.email)
        assert "Jildou" not in mail.subject


def test_a_company_that_may_not_look_any_more_gets_no_name_and_no_link(sides):
    placement = make_placement(sides)
    clear()
    how = {"who": Who.SCHOOL, "by": sides.coordinator, "now": clock.now(), "reason": DECLINE_REASONS[0]}
    services.move(placement, Deed.DECLINE, **how)
    (mail,) = written(sides.manager.email)
    assert "Jildou" not in mail.body and placement.key not in mail.body


def test_what_ended_early_ended_on_its_last_day_in_fact(sides):
    placement = make_placement(sides, status=S.RUNNING)
    placement.starts_on = clock.today() - timedelta(days=20)
    session.flush()
    clear()
    last = clock.today() - timedelta(days=1)
    how = {
        "who": Who.SCHOOL,
        "by": sides.coordinator,
        "now": clock.now(),
        "reason": Reason.COMPANY,
        "last_day": last,
        "heard": True,
    }
    services.move(placement, Deed.END_EARLY, **how)
    with force_locale("nl"):
        said, planned = format_date(last, "long"), format_date(placement.ends_on, "long")
    for mail in written(sides.manager.email):
        assert said in mail.body and planned not in mail.body
    assert written(sides.manager.email)


def test_a_withdrawn_change_says_who_objected_and_why(sides):
    placement = make_placement(sides, status=S.SIGNED)
    clear()
    letters.tell(placement, Who.COMPANY, "corrected", **LINES)
    assert all("“Dan heb ik school.”" in mail.body for mail in written()) and written()


def test_who_signs_for_a_company_is_told_of_the_agreement(sides):
    signer = make_user(Role.SIGNER, sides.company)
    placement = make_placement(sides, status=S.PREPARING_AGREEMENT)
    clear()
    letters.tell(placement, Who.COMPANY, "approve")
    assert written(signer.email) == []
    letters.tell(placement, Who.COMPANY, "send")
    assert "/agreements/" in written(signer.email)[0].body


def test_a_student_who_leaves_is_not_named_in_the_last_letter(sides):
    make_placement(sides, status=S.SIGNED)
    clear()
    retention.forget(session.get(User, sides.student.id), now=clock.now())
    others = [mail for mail in written() if mail.to_address != sides.student.email]
    assert len(others) >= 2
    assert all("Jildou" not in mail.body for mail in others)


def test_the_trainer_without_an_account_reads_the_decision_in_the_mail_and_others_on_the_page(sides):
    placement = make_placement(sides, status=S.RUNNING)
    for person in (sides.student, sides.trainer):
        person.language = "en"
    clear()
    guidance_letters.tell_trainer(placement, "decided", moment="end", decision="insufficient")
    assert "not sufficient" not in written()[0].body and placement.key in written()[0].body
    placement.trainer, placement.trainer_email = None, "wytske@bedrijf.example"
    guidance_letters.tell_trainer(placement, "decided", moment="end", decision="insufficient")
    (mail,) = written("wytske@bedrijf.example")
    assert re.search(r"(not sufficient|niet voldoende|onvoldoende)", mail.body)
    assert not re.search(r"^http://localhost/.+", mail.body, re.MULTILINE)


def test_a_student_reads_of_your_placement_and_others_of_that_of_the_student(sides):
    placement = make_placement(sides, status=S.RUNNING)
    sides.student.language = sides.trainer.language = "en"
    clear()
    guidance_letters.tell_student(placement, "moment_planned", day=clock.today())
    guidance_letters.tell_trainer(placement, "moment_planned", day=clock.today())
    own, other = written()
    assert "your placement at Voorbeeld BV" in own.body and "Jildou Hoekstra at" not in own.body
    assert "the placement of Jildou Hoekstra at Voorbeeld BV" in other.body


def test_nobody_is_spoken_to_in_the_foot_of_a_mail_to_an_organisation(sides):
    assert session.scalar(select(Membership.id).where(Membership.user_id == sides.manager.id)) is not None
    placement = make_placement(sides, status=S.SIGNED)
    clear()
    letters.tell(placement, Who.COMPANY, "sign")
    assert not re.search(r"\b[Jj]e\b", written(sides.manager.email)[0].body.partition("\n--\n")[2])
