"""Example places, from rows to models; their dates are counted from today, so that they never grow stale."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from ipf_talent.clock import AMSTERDAM
from ipf_talent.demo.files import REVIEWED_ON, Region, Row
from ipf_talent.demo.rows import bring, bring_parts
from ipf_talent.organisations.models import Organisation
from ipf_talent.skills.tables import Changes
from ipf_talent.vacancies.kinds import VacancyStatus
from ipf_talent.vacancies.models import Vacancy, VacancyField, VacancySkill

SAME = (
    "kind", "level", "title_nl", "title_en", "description_nl", "description_en", "learn_nl", "learn_en", "offer_nl", "offer_en",
    "pay_note_nl", "pay_note_en", "programmes", "places", "placing_mode", "expenses", "allowance_month_eur", "work_languages",
    "minors",
)  # fmt: skip
"""Columns that the file and the table call the same."""
CLOSES_BEFORE = timedelta(days=14)
"""How long before the start people can no longer apply."""
SHOWN_AT_MOST = timedelta(days=180)
WEEKS_OF_NEWS = 3
"""Over how many weeks the days of publication are spread."""
NOTE = "Voorbeeld, gemaakt naar een soort plek uit deze bron. Uren, periode, vergoeding en aantal plaatsen zijn bedacht."


def load(
    region: Region, companies: Mapping[str, Organisation], places: Mapping[str, int], skills: Mapping[str, int], *, today: date
) -> tuple[Changes, Changes]:
    """
    Places with the skills and fields they ask; one whose time is over gets a new period, unless people edited that.

    Returns:
        How many places were touched, and how many of what hangs on them.
    """
    patterns = {row["id"]: row for row in region.patterns}
    periods = {row["slug"]: _period(row, number, today) for number, row in enumerate(region.vacancies)}
    wanted = {row["slug"]: _place(row, patterns[row["pattern_id"]], companies, places) for row in region.vacancies}
    vacancies, changes = bring(Vacancy, wanted, first=periods.__getitem__)
    over = [one for one in vacancies.values() if _is_over(one, today)]
    renewed = sum([one.refresh(**periods[one.slug]) for one in over])
    owners, numbered = list(vacancies.values()), [(vacancies[row["slug"]].id, row) for row in region.vacancies]
    asked = [one for number, row in numbered for one in _asked(number, row, skills)]
    fields = [{"vacancy_id": number, "field": field} for number, row in numbered for field in row["fields"]]
    parts = bring_parts(VacancySkill, "skills", "vacancy_id", owners, asked, key=("vacancy_id", "skill_id"))
    parts += bring_parts(VacancyField, "fields", "vacancy_id", owners, fields, key=("vacancy_id", "field"))
    return Changes(changes.added, changes.changed + renewed, changes.unchanged - renewed), parts


def _place(row: Row, pattern: Row, companies: Mapping[str, Organisation], places: Mapping[str, int]) -> dict[str, Any]:
    return {
        "company_id": companies[row["company"]].id,
        "place_id": places[row["place"]],
        "hours_per_week": row["hours"],
        "days_per_week": row["days"],
        "source_url": pattern["source_url"],
        "source_note": f"{NOTE} Wat de bron steunt: {pattern['checked']}.",
        "checked_on": REVIEWED_ON,
        "is_example": True,
        **{column: row[column] for column in SAME},
    }


def _period(row: Row, number: int, today: date) -> dict[str, Any]:
    """When a place is shown and lasts, told from today; `number` spreads the days of publication."""
    starts_on = first_of_month(today, row["start_in_months"])
    published = today - timedelta(days=1 + number % (7 * WEEKS_OF_NEWS))
    return {
        "status": VacancyStatus.PUBLISHED,
        "starts_on": starts_on,
        "ends_on": first_of_month(starts_on, row["lasts_months"]) - timedelta(days=1),
        "closes_on": min(starts_on - CLOSES_BEFORE, today + SHOWN_AT_MOST),
        "published_at": datetime.combine(published, time(9), AMSTERDAM),
    }


def first_of_month(day: date, months: int) -> date:
    """The first day of the month so many months after that of `day`."""
    for _ in range(months):
        day = day.replace(day=1) + timedelta(days=monthrange(day.year, day.month)[1])
    return day.replace(day=1)


def _is_over(vacancy: Vacancy, today: date) -> bool:
    """Whether only time has closed it."""
    by_hand = {"status", "closes_on"} & set(vacancy.edited_fields or [])
    return vacancy.closes_on < today and vacancy.status in (VacancyStatus.PUBLISHED, VacancyStatus.CLOSED) and not by_hand


def _asked(number: int, row: Row, skills: Mapping[str, int]) -> list[Row]:
    asked = [(slug, True) for slug in row["must"]] + [(slug, False) for slug in row["nice"]]
    return [{"vacancy_id": number, "skill_id": skills[slug], "must": must} for slug, must in asked]
