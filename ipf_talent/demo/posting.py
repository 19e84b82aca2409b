"""What the example places say beside their rows: address, crebos that are recognised there, guidance and a promised answer."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ipf_talent.db import session
from ipf_talent.organisations.models import Establishment, Recognition
from ipf_talent.organisations.recognition import RecognitionStatus
from ipf_talent.programmes.levels import Level
from ipf_talent.skills.tables import Changes
from ipf_talent.vacancies.kinds import HBO, MBO, WO, AllowancePer, CollectiveAgreement
from ipf_talent.vacancies.models import Vacancy, VacancyCrebo
from ipf_talent.vacancies.tasks import OPTIONAL, Task

MENTOR = "Voorbeeld van een begeleider"
GUIDANCE_HOURS = 2
ANSWER_DAYS = 10


def load() -> Changes:
    """
    Complete the example places of the file; what people edited stays, and a second time writes nothing.

    A crebo counts as published only where the address is recognised for it.
    """
    of_file = select(Vacancy).where(Vacancy.is_example.is_(True), Vacancy.source_url.is_not(None))
    rows = session.scalars(of_file.options(selectinload(Vacancy.crebos))).all()
    homes: dict[int, int] = {}
    for number, owner in session.execute(select(Establishment.id, Establishment.organisation_id).order_by(Establishment.id)):
        homes.setdefault(owner, number)
    query = select(Recognition.establishment_id, Recognition.crebo).where(Recognition.status == RecognitionStatus.VERIFIED)
    held = {(number, crebo) for number, crebo in session.execute(query)}
    changed = sum([_complete(one, homes.get(one.company_id), held) for one in rows])
    session.flush()
    return Changes(0, changed, len(rows) - changed)


def _complete(vacancy: Vacancy, home: int | None, held: set[tuple[int, str]]) -> bool:
    wage = {} if vacancy.expenses else {"collective_agreement": CollectiveAgreement.METALEKTRO}
    level = Level.HBO_BACHELOR if vacancy.kind in HBO | MBO else Level.MASTER if vacancy.kind in WO else None
    touched = vacancy.refresh(
        establishment_id=home, mentor_name=MENTOR, mentor_hours=GUIDANCE_HOURS, mentor_level=level, answer_days=ANSWER_DAYS,
        tasks_done=sorted(task.value for task in Task if task not in OPTIONAL),
        allowance_from_eur=vacancy.allowance_month_eur,
        allowance_per=AllowancePer.MONTH if vacancy.allowance_month_eur is not None else None, **wage,
    )  # fmt: skip
    if vacancy.kind not in MBO or "programmes" in (vacancy.edited_fields or []):
        return touched
    known = {one.crebo: one for one in vacancy.crebos}
    for crebo in (code for code in vacancy.programmes if len(code) == 5 and code.isdigit()):
        published = home is not None and (home, crebo) in held
        if crebo not in known:
            vacancy.crebos.append(VacancyCrebo(crebo=crebo, published=published))
            touched = True
        elif known[crebo].published != published:
            known[crebo].published = published
            touched = True
    return touched
