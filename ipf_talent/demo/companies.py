"""What companies work with, and made-up recognitions and open interest of the made-up ones."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.clock import AMSTERDAM
from ipf_talent.db import session
from ipf_talent.demo.enrolment import COMPANY, SCHOOL
from ipf_talent.demo.files import Region
from ipf_talent.demo.people import ACCOUNTS
from ipf_talent.organisations.kinds import OrganisationKind
from ipf_talent.organisations.models import Establishment, Organisation, Recognition, RecognitionTrainer
from ipf_talent.organisations.recognition import CHECK_AGAIN, RecognitionSource, RecognitionStatus
from ipf_talent.skills.tables import Changes
from ipf_talent.vacancies import company_queries, company_skills

NOTE = "Voorbeeld: een verzonnen erkenning van een verzonnen bedrijf."
PROCESSES = {
    "25344": (
        "B1-K1-W1 Bereidt de werkzaamheden voor",
        "B1-K1-W2 Bewerkt en vervormt onderdelen",
        "B1-K1-W3 Monteert mechatronische systemen",
        "B1-K1-W4 Stelt mechatronische systemen af",
        "B1-K2-W1 Lokaliseert storingen",
        "B1-K2-W2 Lost storingen op",
    ),
}
"""What a student can practise at the made-up company, by qualification; made up like everything here."""
WAITING = (COMPANY, "25340")
"""Declared and not checked yet, so that the example school has something to look up."""
OLD = ("voorbeeld-logistiek", "25340")
"""Checked so long ago that it asks for another look."""
INTEREST = {
    "voorbeeld-software": {
        "interest_nl": "Onze machines meten meer dan wij gebruiken. Heb je een idee wat je uit die gegevens kunt halen? Kom ermee.",
        "interest_en": "Our machines measure more than we use. Do you have an idea what one could get out of that data? Bring it.",
    },
}


def load_skills(organisations: Mapping[str, Organisation], today: date) -> int:
    """Read the skills of every company out of what it works with; gives how many rows changed."""
    return company_skills.read([one for one in organisations.values() if one.kind is OrganisationKind.COMPANY], today)


def load_recognitions(region: Region, organisations: Mapping[str, Organisation], *, today: date) -> Changes:
    """
    Recognise the made-up companies for what their example places ask; a recognition that is there stays as it is.

    A real organisation gets none: only a check can say that.
    """
    for slug, texts in INTEREST.items():
        organisations[slug].refresh(open_interest=True, **texts)
    pairs = {(row["company"], crebo) for row in region.vacancies for crebo in row["programmes"]} | {WAITING}
    known = company_queries.qualifications()
    wanted = sorted((slug, crebo) for slug, crebo in pairs if organisations[slug].is_example and crebo in known)
    homes = _homes({organisations[slug].id for slug, _crebo in wanted})
    there = {tuple(row) for row in session.execute(select(Recognition.establishment_id, Recognition.crebo))}
    trainer = session.scalar(select(User.id).where(User.email == ACCOUNTS["company"], User.is_demo.is_(True)))
    added = 0
    for slug, crebo in wanted:
        home = homes[organisations[slug].id]
        if (home, crebo) in there:
            continue
        row = Recognition(
            establishment_id=home, crebo=crebo, level=known[crebo].level, leerbedrijf_id=f"{home:09d}", declared_at=clock.now()
        )
        if slug == COMPANY:
            row.work_processes = list(PROCESSES.get(crebo, ()))
            row.trainers = [RecognitionTrainer(user_id=trainer)] if trainer is not None else []
        if (slug, crebo) != WAITING:
            row.status, row.source, row.note = RecognitionStatus.VERIFIED, RecognitionSource.SCHOOL, NOTE
            row.checked_for_id = organisations[SCHOOL].id
            row.checked_on = today - (CHECK_AGAIN + timedelta(30) if (slug, crebo) == OLD else timedelta(60))
            row.declared_at = datetime.combine(row.checked_on - timedelta(7), time(9), AMSTERDAM)
        session.add(row)
        added += 1
    session.flush()
    return Changes(added, 0, len(wanted) - added)


def _homes(organisation_ids: set[int]) -> dict[int, int]:
    """The first establishment of each organisation."""
    query = select(Establishment.organisation_id, Establishment.id).where(Establishment.organisation_id.in_(organisation_ids))
    return dict(session.execute(query.order_by(Establishment.id.desc())).all())
