"""The agreement by a link of one's own: who gets which link, what it shows, signing and answering once, and when it is dead."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from ipf_talent import clock
from ipf_talent.accounts.models import Membership
from ipf_talent.accounts.roles import Role
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.notifications.models import OutboxMail
from ipf_talent.placements import amending, editing, queries, services, signing
from ipf_talent.placements.agreements import kinds as agreement_kinds
from ipf_talent.placements.guidance import guest_links, guest_signing
from ipf_talent.placements.guidance.models import GuestLink
from ipf_talent.placements.kinds import Answer, CheckOutcome, Deed, PlacementStatus, Reason, SheetStatus, SigningWay, Who
from tests.factories.accounts import make_user
from tests.factories.placements import birthday, click, make_placement

S = PlacementStatus
ANNA = ("Anna Hoekstra", "anna@thuis.example")
WYTSKE = "wytske@bedrijf.example"
"""A guide at the company without an account."""


def sent(sides, *, guide=WYTSKE, parent=ANNA, manager=True, send=True, **overrides):
    """An agreement of a minor that waits to be signed, with a guide without an account."""
    if not manager:
        session.execute(delete(Membership).where(Membership.user_id == sides.manager.id))
    placement = make_placement(sides, status=S.PREPARING_AGREEMENT, adult_on=birthday(16), parent=parent, **overrides)
    placement.trainer_id, placement.trainer_email = None, guide
    session.flush()
    editing.check_recognition(placement, CheckOutcome.RECOGNISED, by=sides.coordinator, now=clock.now())
    if send:
        services.move(placement, Deed.SEND, who=Who.SCHOOL, by=sides.coordinator, now=clock.now())
    session.commit()
    return placement


def mail_to(address):
    found = session.scalars(select(OutboxMail).where(OutboxMail.to_address == address).order_by(OutboxMail.id)).all()
    return found[-1] if found else None


def secret_to(address):
    return re.search(r"/guest/([\w-]+)", mail_to(address).body)[1]


def sign_by_link(placement):
    """The parent signs."""
    link = guest_links.find(secret_to(ANNA[1]), now=clock.now()).link
    guest_signing.sign(link, placement.agreement.first.sha256, now=clock.now())


def sign_all(placement, sides):
    """Everybody but the parent signs with an account."""
    for party, person in ((Who.STUDENT, sides.student), (Who.SCHOOL, sides.coordinator), (Who.COMPANY, sides.manager)):
        click(placement, party, person)
    session.commit()


def fields_of(page):
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text.split("<main")[1]))


def press(client, secret, **values):
    return client.post(f"/guest/{secret}", data=fields_of(client.get(f"/guest/{secret}")) | values)


def test_a_parent_without_an_account_reads_and_signs_once_by_a_link(sides, client):
    placement = sent(sides)
    assert "Jildou Hoekstra" in mail_to(ANNA[1]).body
    secret = secret_to(ANNA[1])
    page = client.get(f"/guest/{secret}?lang=en")
    assert page.status_code == 200
    assert "You sign as Anna Hoekstra" in page.text and "Elke week een gesprek." in page.text
    assert sides.student.email not in page.text and "noindex" in page.text
    assert press(client, secret).status_code == 303
    here = queries.by_key(placement.key).agreement.first
    one = here.signatures[0]
    assert (one.party, one.name, one.user_id, one.way, one.sha256) == (
        Who.PARENT,
        "Anna Hoekstra",
        None,
        SigningWay.CLICK,
        here.sha256,
    )
    again = client.get(f"/guest/{secret}")
    assert "You signed on" in again.text and "<form" not in again.text.split("<main")[1]
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/about").text)[1]
    client.post(f"/guest/{secret}", data={"csrf_token": token, "sheet": here.sha256})
    assert len(queries.by_key(placement.key).agreement.first.signatures) == 1


def test_a_parent_with_an_account_is_led_to_the_page_and_gets_no_link(sides):
    make_user(Role.PARENT, email=ANNA[1], language="fy")
    sent(sides)
    assert "/agreements/" in mail_to(ANNA[1]).body
    assert "/guest/" not in mail_to(ANNA[1]).body


def test_who_guides_reads_where_the_company_has_somebody_to_sign_and_else_signs(sides, client):
    placement = sent(sides)
    link = session.scalars(select(GuestLink).where(GuestLink.email == WYTSKE)).one()
    assert link.purpose.value == "read"
    page = client.get(f"/guest/{secret_to(WYTSKE)}?lang=en")
    assert "Elke week een gesprek." in page.text and "<form" not in page.text.split("<main")[1]
    assert press(client, secret_to(WYTSKE), sheet=placement.agreement.first.sha256).status_code in (303, 400)
    assert queries.by_key(placement.key).agreement.first.signatures == []


def test_without_anybody_with_an_account_at_the_company_the_guide_signs_by_a_link(sides, client):
    placement = sent(sides, manager=False)
    assert press(client, secret_to(WYTSKE)).status_code == 303
    one = queries.by_key(placement.key).agreement.first.signatures[0]
    assert (one.party, one.name, one.user_id) == (Who.COMPANY, "Wytske Proef", None)


def test_the_guide_hears_when_it_is_sent_signed_changed_and_in_force(sides):
    placement = sent(sides, send=False)
    assert mail_to(WYTSKE) is None
    services.move(placement, Deed.SEND, who=Who.SCHOOL, by=sides.coordinator, now=clock.now())
    heard = [mail_to(WYTSKE).subject]
    guest_signing.sign(
        guest_links.find(secret_to(ANNA[1]), now=clock.now()).link, placement.agreement.first.sha256, now=clock.now()
    )
    sign_all(placement, sides)
    heard.append(mail_to(WYTSKE).subject)
    change(placement, sides)
    heard.append(mail_to(WYTSKE).subject)
    assert len(set(heard)) == 3
    assert all(
        "Jildou Hoekstra" in mail.body for mail in session.scalars(select(OutboxMail).where(OutboxMail.to_address == WYTSKE))
    )


def change(placement, sides, days=14):
    ends_on = placement.ends_on + timedelta(days=days)
    values = {"ends_on": ends_on, "hours_by_year": agreement_kinds.spread(placement.starts_on, ends_on, placement.hours)}
    sheet = amending.amend(placement, values, asked_by=Who.SCHOOL, consent=False, by=sides.coordinator, now=clock.now())
    session.commit()
    return sheet


def signed(sides):
    placement = sent(sides)
    guest_signing.sign(
        guest_links.find(secret_to(ANNA[1]), now=clock.now()).link, placement.agreement.first.sha256, now=clock.now()
    )
    sign_all(placement, sides)
    return placement


def test_a_parent_objects_by_a_link_that_lasts_as_long_as_one_can_object(sides, client):
    placement = signed(sides)
    sheet = change(placement, sides)
    secret = secret_to(ANNA[1])
    link = guest_links.find(secret, now=clock.now()).link
    assert link.expires_at.astimezone(clock.AMSTERDAM).date() == sheet.object_until + timedelta(days=1)
    assert "Do you agree with the change?" in client.get(f"/guest/{secret}?lang=en").text
    assert press(client, secret, answer="objected").status_code == 422
    assert press(client, secret, answer="perhaps").status_code == 422
    assert press(client, secret, answer="objected", words="Dan is Jildou op vakantie.").status_code == 303
    here = queries.by_key(placement.key)
    said = here.agreement.sheets[-1].answers[0]
    assert (said.party, said.answer, said.name, said.user_id) == (Who.PARENT, Answer.OBJECTED, "Anna Hoekstra", None)
    assert here.agreement.sheets[-1].status is SheetStatus.CORRECTED
    assert "Dan is Jildou op vakantie." in mail_to(sides.manager.email).body


def test_a_former_link_to_sign_does_not_answer_a_change(sides, client):
    placement = sent(sides)
    first = secret_to(ANNA[1])
    assert press(client, first).status_code == 303
    placement = queries.by_key(placement.key)
    sign_all(placement, sides)
    change(placement, sides)
    page = client.get(f"/guest/{first}")
    assert "<form" not in page.text.split("<main")[1]


@pytest.mark.parametrize("end", ["other parent", "of age", "redone", "taken back", "cancelled"])
def test_a_link_ends_with_what_it_was_for(sides, client, end):
    placement = sent(sides)
    secret = secret_to(ANNA[1])
    sha256 = placement.agreement.first.sha256
    if end == "other parent":
        placement.parent_email = "bert@thuis.example"
    elif end == "of age":
        placement.adult_on = clock.today()
    elif end == "redone":
        services.move(placement, Deed.REDO, who=Who.SCHOOL, by=sides.coordinator, now=clock.now())
    elif end == "taken back":
        guest_links.revoke(guest_links.find(secret, now=clock.now()).link, by=sides.coordinator, now=clock.now())
    else:
        services.move(placement, Deed.CANCEL, who=Who.SCHOOL, by=sides.coordinator, now=clock.now(), reason=Reason.SCHOOL)
    session.commit()
    page = client.get(f"/guest/{secret}")
    assert "<form" not in page.text.split("<main")[1]
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/about").text)[1]
    assert client.post(f"/guest/{secret}", data={"csrf_token": token, "sheet": sha256}).status_code in (410, 422)
    assert queries.by_key(placement.key).agreements[0].first.signatures == []


def test_the_pdf_comes_with_the_link_and_not_without(sides, client):
    sent(sides)
    secret = secret_to(ANNA[1])
    answer = client.get(f"/guest/{secret}/1.pdf")
    assert answer.data.startswith(b"%PDF")
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.get(f"/guest/{secret}/2.pdf").status_code == 404
    assert client.get(f"/guest/{secret[:-1]}/1.pdf").status_code == 410


def test_the_school_sends_somebody_at_the_company_a_link_to_sign(sides, client, sign_in):
    placement = sent(sides)
    page = f"/placements/{placement.key}/signed"
    sign_in(client, sides.coordinator)
    text = client.get(page).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', text)[1]
    asked = {"csrf_token": token, "party": "company", "company-name": "Durk Baas", "company-email": "durk@bedrijf.example"}
    assert client.post(f"{page}/ask", data=asked | {"company-name": ""}).status_code == 422
    assert client.post(f"{page}/ask", data=asked | {"party": "school"}).status_code == 303
    assert mail_to("durk@bedrijf.example") is None
    assert client.post(f"{page}/ask", data=asked).status_code == 303
    listed = client.get(page).text
    assert "durk@bedrijf.example" in listed
    assert press(client, secret_to("durk@bedrijf.example")).status_code == 303
    one = queries.by_key(placement.key).agreement.first.signatures[0]
    assert (one.party, one.name) == (Who.COMPANY, "Durk Baas")


def test_a_link_to_a_parent_goes_to_whom_the_placement_names(sides):
    placement = sent(sides)
    how = {"name": "Iemand", "email": "iemand@elders.example", "by": sides.coordinator, "now": clock.now()}
    guest_signing.ask(placement, Who.PARENT, **how)
    assert mail_to("iemand@elders.example") is None
    assert session.scalars(select(GuestLink).order_by(GuestLink.id.desc())).first().name == "Anna Hoekstra"
    for party in (Who.STUDENT, Who.SCHOOL):
        with pytest.raises(DomainError, match="not asked"):
            guest_signing.ask(placement, party, **how)


def test_too_many_links_stop_no_step(sides, monkeypatch):
    monkeypatch.setattr(guest_links, "MOST_A_DAY", 0)
    placement = sent(sides)
    assert placement.status is S.AWAITING_SIGNATURES
    assert "/guest/" not in mail_to(ANNA[1]).body
    assert "on paper" in mail_to(ANNA[1]).body or "papier" in mail_to(ANNA[1]).body
    assert signing.waits_for(placement) == [Who.STUDENT, Who.PARENT, Who.SCHOOL, Who.COMPANY]
