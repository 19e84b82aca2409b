"""Signing: by a click, on paper, in the school's own system, and all three beside each other."""

from datetime import timedelta

import pytest

from ipf_talent import clock
from ipf_talent.errors import DomainError
from ipf_talent.placements import editing, scans, services, signing
from ipf_talent.placements.agreements import content as agreement_content
from ipf_talent.placements.kinds import AgreementStatus, CheckOutcome, Deed, PlacementStatus, SheetStatus, SignedIn, SigningWay, Who
from tests.factories.placements import birthday, click, make_placement

S = PlacementStatus
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
MINOR = {"adult_on": birthday(16)}


def waiting(sides, **overrides):
    return make_placement(sides, status=S.AWAITING_SIGNATURES, **overrides)


def test_the_last_click_completes_it(sides):
    placement = waiting(sides)
    assert signing.waits_for(placement) == [Who.STUDENT, Who.SCHOOL, Who.COMPANY]
    click(placement, Who.STUDENT, sides.student)
    assert placement.agreement.status is AgreementStatus.PARTLY_SIGNED
    click(placement, Who.COMPANY, sides.manager)
    assert placement.status is S.AWAITING_SIGNATURES
    click(placement, Who.SCHOOL, sides.coordinator)
    agreement = placement.agreement
    assert (placement.status, agreement.status) == (S.SIGNED, AgreementStatus.SIGNED)
    assert (agreement.signed_in, agreement.closing_on) == (SignedIn.PLATFORM, clock.today())
    assert agreement.first.status is SheetStatus.IN_FORCE


def test_a_second_click_signs_nothing_more(sides):
    placement = waiting(sides)
    assert click(placement, Who.STUDENT, sides.student)
    assert not click(placement, Who.STUDENT, sides.student)
    assert len(placement.agreement.first.signatures) == 1


def test_one_signs_the_sheet_that_stood_on_the_page_and_no_other(sides):
    placement = waiting(sides)
    with pytest.raises(DomainError, match="has changed"):
        signing.click(placement, Who.STUDENT, name="J", sha256="0" * 64, by=sides.student, now=clock.now())


def test_a_signature_keeps_name_moment_and_fingerprint(sides):
    placement = waiting(sides)
    click(placement, Who.STUDENT, sides.student)
    one = placement.agreement.first.signatures[0]
    assert (one.name, one.way, one.sha256) == ("Jildou Hoekstra", SigningWay.CLICK, placement.agreement.first.sha256)
    assert one.sha256 == agreement_content.fingerprint(placement.agreement.first.content)


def test_an_empty_name_is_no_signature(sides):
    placement = waiting(sides)
    sheet = placement.agreement.first
    with pytest.raises(DomainError) as refusal:
        signing.click(placement, Who.STUDENT, name="  ", sha256=sheet.sha256, by=sides.student, now=clock.now())
    assert refusal.value.field == "name"


def test_a_parent_signs_for_a_minor_where_the_school_has_it_so(sides):
    parents = {"parent_name": "Anna Hoekstra", "parent_email": "anna@thuis.example"}
    placement = make_placement(sides, status=S.PREPARING_AGREEMENT, **MINOR)
    with pytest.raises(DomainError, match="parent"):
        _send(placement, sides)
    editing.change_facts(placement, parents, version=placement.version, by=sides.coordinator, now=clock.now())
    _send(placement, sides)
    assert Who.PARENT in signing.waits_for(placement)
    assert placement.agreement.first.content["parent"] == "Anna Hoekstra"


def test_where_the_school_asks_no_parent_the_minor_signs_alone(sides):
    editing.set_rules(sides.school.id, parents_sign=False, most_per_trainer=5)
    placement = waiting(sides, **MINOR)
    assert signing.waits_for(placement) == [Who.STUDENT, Who.SCHOOL, Who.COMPANY]
    with pytest.raises(DomainError, match="not asked"):
        click(placement, Who.PARENT, sides.student)


def _send(placement, sides):
    editing.check_recognition(placement, CheckOutcome.RECOGNISED, by=sides.coordinator, now=clock.now())
    services.move(placement, Deed.SEND, who=Who.SCHOOL, by=sides.coordinator, now=clock.now())


def test_click_paper_and_school_system_stand_beside_each_other(sides):
    placement, now = waiting(sides), clock.now()
    click(placement, Who.STUDENT, sides.student)
    checked = scans.check("getekend.pdf", PDF)
    signing.by_scan(
        placement,
        [Who.COMPANY],
        checked,
        stored="a" * 40,
        names="Klaas de Wit",
        signed_on=clock.today(),
        by=sides.coordinator,
        now=now,
    )
    assert placement.status is S.AWAITING_SIGNATURES
    signing.in_school_system(placement, [Who.SCHOOL], reference="OSR-17", signed_on=clock.today(), by=sides.coordinator, now=now)
    assert placement.status is S.SIGNED
    assert placement.agreement.signed_in is SignedIn.MIXED
    ways = {one.party: one.way for one in placement.agreement.first.signatures}
    assert ways == {Who.STUDENT: SigningWay.CLICK, Who.COMPANY: SigningWay.SCAN, Who.SCHOOL: SigningWay.SCHOOL_SYSTEM}
    assert placement.agreement.reference == "OSR-17"


def test_the_day_on_paper_lies_between_sending_and_today(sides):
    placement, checked = waiting(sides), scans.check("getekend.pdf", PDF)
    for day in (clock.today() - timedelta(days=1), clock.today() + timedelta(days=1)):
        with pytest.raises(DomainError) as refusal:
            signing.by_scan(
                placement, [Who.COMPANY], checked, stored="a" * 40, names="K", signed_on=day, by=sides.coordinator, now=clock.now()
            )
        assert refusal.value.field == "signed_on"


def test_paper_without_a_name_is_not_kept(sides):
    placement, checked = waiting(sides), scans.check("getekend.pdf", PDF)
    how = {"stored": "a" * 40, "signed_on": clock.today(), "by": sides.coordinator, "now": clock.now()}
    with pytest.raises(DomainError) as refusal:
        signing.by_scan(placement, [Who.COMPANY], checked, names=" ", **how)
    assert refusal.value.field == "names"
    assert signing.by_scan(placement, [Who.COMPANY], checked, names="Klaas de Wit", **how)


def test_somebody_has_to_be_ticked_and_the_system_of_the_school_asks_a_reference(sides):
    placement, now, today = waiting(sides), clock.now(), clock.today()
    with pytest.raises(DomainError, match="Tick"):
        signing.in_school_system(placement, [], reference="1", signed_on=today, by=sides.coordinator, now=now)
    with pytest.raises(DomainError, match="number or name"):
        signing.in_school_system(placement, [Who.SCHOOL], reference=" ", signed_on=today, by=sides.coordinator, now=now)


def test_what_was_not_sent_cannot_be_signed(sides):
    placement = make_placement(sides, status=S.PREPARING_AGREEMENT)
    with pytest.raises(DomainError, match="nothing to sign"):
        signing.click(placement, Who.STUDENT, name="J", sha256="0" * 64, by=sides.student, now=clock.now())


def test_the_content_of_a_sent_sheet_stays_what_it_was(sides):
    placement = waiting(sides)
    before = dict(placement.agreement.first.content)
    sides.student.display_name = "Somebody Else"
    sides.company.name = "Another name"
    assert placement.agreement.first.content == before
    assert before["student"] == "Jildou Hoekstra"
