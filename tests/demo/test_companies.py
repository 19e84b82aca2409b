"""What the example region says of companies: skills with their words, and recognitions of made-up companies only."""

from sqlalchemy import select

from ipf_talent import clock
from ipf_talent.demo import services
from ipf_talent.demo.companies import INTEREST, NOTE, WAITING
from ipf_talent.organisations import recognitions
from ipf_talent.organisations.models import Establishment, Organisation, Recognition
from ipf_talent.organisations.recognition import RecognitionStatus
from ipf_talent.vacancies import company_queries
from ipf_talent.vacancies.company_models import CompanySkill


def test_a_real_company_has_skills_with_its_words_and_source_and_no_recognition(world):
    philips = world.scalars(select(Organisation).where(Organisation.slug == "philips-drachten")).one()
    rows = company_queries.skills_of(philips.id)
    assert {"robotics"} <= {row.slug for row in rows}
    assert all(row.words in philips.technologies and row.source_url == philips.source_url for row in rows)
    real = select(Recognition.id).join(Recognition.establishment).join(Establishment.organisation)
    assert world.scalars(real.where(Organisation.is_example.is_(False))).all() == []


def test_made_up_companies_are_recognised_for_what_their_places_ask_and_say_that_it_is_made_up(world):
    rows = world.scalars(select(Recognition)).all()
    assert len(rows) > 20
    assert [row.crebo for row in rows if row.status is not RecognitionStatus.VERIFIED] == [WAITING[1]]
    assert all(row.note == NOTE for row in rows if row.status is RecognitionStatus.VERIFIED)
    robotics = world.scalars(select(Establishment).join(Establishment.organisation).where(Organisation.slug == WAITING[0])).first()
    assert {"25344", "25919"} <= recognitions.verified(robotics.id)
    assert any(row.needs_check(clock.today()) for row in rows)


def test_loading_again_keeps_a_decision_and_a_struck_skill(world, app):
    row = world.scalars(select(Recognition).where(Recognition.status == RecognitionStatus.DECLARED)).one()
    row.status, row.checked_on, row.source = RecognitionStatus.REJECTED, clock.today(), "company_proof"
    skill = world.scalars(select(CompanySkill)).first()
    skill.struck_at = clock.now()
    world.flush()
    counts = services.load(clock.today())
    assert (counts["example recognitions"].added, row.status) == (0, RecognitionStatus.REJECTED)
    world.refresh(skill)
    assert skill.struck_at is not None


def test_one_made_up_company_invites_ideas(world):
    inviting = world.scalars(select(Organisation).where(Organisation.open_interest)).all()
    assert [one.slug for one in inviting] == list(INTEREST) and inviting[0].is_example
