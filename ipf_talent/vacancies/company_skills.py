"""The skills a company works with: read from its own words, struck by it, and put back."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select

from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.accounts.services import refuse_example
from ipf_talent.db import session
from ipf_talent.errors import NotFound
from ipf_talent.i18n import _
from ipf_talent.organisations.models import Organisation
from ipf_talent.skills import queries as skills
from ipf_talent.skills.models import Skill
from ipf_talent.vacancies.company_models import CompanySkill


def read(companies: Iterable[Organisation], today: date) -> int:
    """
    Read the skills out of what companies say they work with; what a company struck stays struck, what is no longer said goes.

    Returns:
        How many rows were added, changed or taken away.
    """
    recogniser, ids = skills.recogniser(), skills.ids_by_slug()
    companies = list(companies)
    stored: dict[int, dict[int, CompanySkill]] = {}
    for row in session.scalars(select(CompanySkill).where(CompanySkill.company_id.in_([one.id for one in companies]))):
        stored.setdefault(row.company_id, {})[row.skill_id] = row
    changes = 0
    for company in companies:
        own = "technologies" in (company.edited_fields or []) or not company.source_url
        source, seen = (None, today) if own else (company.source_url, company.checked_on or today)
        said: dict[int, str] = {}
        for words in company.technologies:
            for found in recogniser.find(words):
                said.setdefault(ids[found.slug], words[:200])
        changes += _write(company.id, said, stored.get(company.id, {}), source, seen)
    session.flush()
    return changes


def _write(company_id: int, said: dict[int, str], rows: dict[int, CompanySkill], source: str | None, seen: date) -> int:
    changes = 0
    for skill_id, words in said.items():
        row = rows.get(skill_id)
        if row is None:
            session.add(CompanySkill(company_id=company_id, skill_id=skill_id, words=words, source_url=source, read_on=seen))
        elif (row.words, row.source_url) != (words, source):
            row.words, row.source_url, row.read_on = words, source, seen
        else:
            continue
        changes += 1
    for skill_id, row in rows.items():
        if skill_id not in said and row.struck_at is None:
            session.delete(row)
            changes += 1
    return changes


def strike(company: Organisation, slug: str, *, by: User, now: datetime) -> None:
    """
    Take a skill off the page of a company; it stays off when its words are read again.

    Raises:
        NotFound: the company has no such skill.
    """
    refuse_example(by, of=company)
    row = _one(company, slug)
    if row.struck_at is None:
        row.struck_at, row.struck_by_id = now, by.id
        session.flush()
        audit.record(by.id, "strike_skill", "organisation", company.id, skill=slug)


def put_back(company: Organisation, slug: str, *, by: User) -> None:
    """
    Show a struck skill again.

    Raises:
        NotFound: the company has no such skill.
    """
    refuse_example(by, of=company)
    row = _one(company, slug)
    if row.struck_at is not None:
        row.struck_at, row.struck_by_id = None, None
        session.flush()
        audit.record(by.id, "put_skill_back", "organisation", company.id, skill=slug)


def _one(company: Organisation, slug: str) -> CompanySkill:
    query = select(CompanySkill).join(CompanySkill.skill).where(CompanySkill.company_id == company.id, Skill.slug == slug)
    row = session.scalar(query)
    if row is None:
        raise NotFound(_("There is no such skill on this page."))
    return row
