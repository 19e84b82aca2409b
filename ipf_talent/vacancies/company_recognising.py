"""Recognitions with all that comes with a move: who did it, and who hears of it."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from ipf_talent.accounts import audit, memberships
from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role
from ipf_talent.accounts.services import refuse_example
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.notifications import letters
from ipf_talent.organisations import recognitions
from ipf_talent.organisations.models import Establishment, Organisation, Recognition
from ipf_talent.organisations.recognition import RecognitionSource, RecognitionStatus
from ipf_talent.vacancies import company_queries
from ipf_talent.vacancies.company_editing import Stale

TURN = timedelta(hours=23)
"""How long after a letter about a company the next one may come: a day, of which a round may come a little early."""


def declare(
    establishment: Establishment,
    *,
    crebo: str,
    level: int | None,
    leerbedrijf_id: str,
    trainers: Collection[int],
    work_processes: Sequence[str],
    by: User,
    now: datetime,
) -> Recognition:
    """
    The company says that an establishment is recognised for a qualification. The person at the screen becomes a workplace trainer
    by naming themselves; of others only those count who are one.

    Args:
        level: of mbo; not needed for a qualification that we know.

    Raises:
        DomainError: it stands here already, or something is missing.
    """
    company = establishment.organisation
    refuse_example(by, of=company)
    known = company_queries.qualifications().get(crebo)
    found = known.level if known else level
    if found is None:
        raise DomainError(_("We do not know this number. Say which mbo level it is."), field="level")
    chosen = _trainers(company, trainers, by)
    row = recognitions.declare(
        establishment, crebo=crebo, level=found, leerbedrijf_id=leerbedrijf_id, trainer_ids=chosen,
        work_processes=work_processes, by_id=by.id, now=now,
    )  # fmt: skip
    audit.record(by.id, "declare", "recognition", row.id, crebo=crebo, trainers=len(chosen))
    if by.id in chosen:
        memberships.give(by, company, Role.WORKPLACE_TRAINER, by_id=by.id)
    return row


def amend(row: Recognition, *, trainers: Collection[int], work_processes: Sequence[str], version: int, by: User) -> None:
    """
    Change who guides and what can be practised; what was checked stays checked.

    Raises:
        Stale: somebody else saved since.
        DomainError: nobody would guide.
    """
    company = row.establishment.organisation
    refuse_example(by, of=company)
    if row.version != version:
        raise Stale
    chosen = _trainers(company, trainers, by)
    recognitions.amend(row, trainer_ids=chosen, work_processes=work_processes)
    audit.record(by.id, "amend", "recognition", row.id, trainers=len(chosen))
    if by.id in chosen:
        memberships.give(by, company, Role.WORKPLACE_TRAINER, by_id=by.id)


def _trainers(company: Organisation, asked: Collection[int], by: User) -> list[int]:
    """Those asked for who are workplace trainers of the company, or the person at the screen."""
    people = {row.id: row for row in company_queries.people_at(company.id)}
    return [number for number in asked if number in people and (people[number].trains or number == by.id)]


def retract(row: Recognition, *, by: User) -> None:
    """
    The company takes back what was only declared.

    Raises:
        DomainError: it was recognised once.
    """
    refuse_example(by, of=row.establishment.organisation)
    number, crebo = row.id, row.crebo
    recognitions.retract(row)
    audit.record(by.id, "retract", "recognition", number, crebo=crebo)


def decide(
    row: Recognition,
    to: RecognitionStatus,
    *,
    source: RecognitionSource,
    source_url: str | None,
    note: str,
    version: int,
    by: User,
    school: Organisation | None,
    today: date,
) -> None:
    """
    Write down what a check found. The company's managers hear it; where a recognition is lost, the schools it concerns too, and
    the places that depend on it are paused in this same transaction.

    Args:
        version: the one that the page was opened with.
        school: in whose name; None for platform administration.

    Raises:
        Stale: somebody else decided since.
        DomainError: the decision does not fit, or says too little.
    """
    company = row.establishment.organisation
    refuse_example(by, of=company)
    if row.version != version:
        raise Stale
    before, former_school = row.status, row.checked_for_id
    lost = recognitions.decide(
        row, to, source=source, source_url=source_url, note=note, by_id=by.id, school_id=school.id if school else None, today=today
    )
    steps = {"before": before.value, "after": to.value, "source": source.value}
    audit.record(by.id, "decide", "recognition", row.id, crebo=row.crebo, **steps)
    if before is not to:
        _tell_managers(row, company)
    if lost:
        _tell_schools(row, company, former_school)


def tell_declared(now: datetime) -> int:
    """
    Tell the coordinators of schools that teach it what companies declared: one letter of a company a day, however much it declares.

    A second time tells nobody anything twice.

    Returns:
        How many letters were written.
    """
    return sum(_tell_of(number, rows) for number, rows in company_queries.untold(now - TURN).items())


def _tell_of(company_id: int, rows: Sequence[Recognition]) -> int:
    crebos: dict[int, list[str]] = {}
    people = {}
    for row in rows:
        for one in company_queries.coordinators_for(row.crebo, None):
            people[one.id] = one
            crebos.setdefault(one.id, []).append(row.crebo)
        audit.record(None, company_queries.TOLD, "recognition", row.id, crebo=row.crebo)
    company = rows[0].establishment.organisation
    for number, one in people.items():
        values = {"name": one.display_name, "organisation": company.name, "crebos": sorted(set(crebos[number]))}
        letters.write("recognition_declared", to=one.email, language=one.language, link=("recognitions.index", {}), values=values)
    audit.record(None, company_queries.TOLD, "organisation", company_id, people=len(people))
    return len(people)


def _tell_managers(row: Recognition, company: Organisation) -> None:
    link: letters.Link = ("company.show", {"slug": company.slug})
    values = {"organisation": company.name, "establishment": row.establishment.name, "crebo": row.crebo, "status": row.status.value}
    for manager in company_queries.managers_of(company.id):
        letters.write(
            "recognition_decided", to=manager.email, language=manager.language, link=link,
            values=values | {"name": manager.display_name, "note": row.note},
        )  # fmt: skip


def _tell_schools(row: Recognition, company: Organisation, former_school: int | None) -> None:
    link: letters.Link = ("recognitions.decide", {"number": str(row.id)})
    values = {"organisation": company.name, "establishment": row.establishment.name, "crebo": row.crebo, "status": row.status.value}
    for coordinator in company_queries.coordinators_for(row.crebo, former_school):
        letters.write(
            "recognition_lost", to=coordinator.email, language=coordinator.language, link=link,
            values=values | {"name": coordinator.display_name},
        )  # fmt: skip
