"""Bringing the region into the tables: what exists, and examples where they are shown."""

from datetime import date
from pathlib import Path

from ipf_talent import clock
from ipf_talent.demo import (
    classes,
    companies,
    days,
    enrolment,
    guidance,
    listings,
    organisations,
    placements,
    posting,
    programmes,
    responses,
    rounds,
    vacancies,
)
from ipf_talent.demo.files import REGION, read_region
from ipf_talent.skills import queries as skills
from ipf_talent.skills.services import load_taxonomy
from ipf_talent.skills.tables import Changes


def load(today: date | None = None, people: int = 40, examples: bool = True, folder: Path = REGION) -> dict[str, Changes]:
    """
    Bring taxonomy, region and examples up to date; the caller commits. A second time writes nothing.

    What people edited stays. Example places whose time is over get new dates, counted from `today`.

    Args:
        today: in local time; the clock's when left out.
        people: how many example students there are to be.
        examples: whether made-up companies, places and people come along.

    Returns:
        How many rows were added, changed and left, by what they are; parts are offerings, skills and fields.

    Raises:
        FaultyFile: a file is not whole; nothing was written but the taxonomy.
    """
    today = today or clock.today()
    counts = {"skills": load_taxonomy()}
    ids = skills.ids_by_slug()
    region = read_region(set(ids), folder)
    counts["places"] = organisations.load_places(region)
    towns = organisations.place_ids()
    real, counts["organisations"] = organisations.load_real(region)
    taught, counts["programmes"], counts["parts of programmes"] = programmes.load_programmes(region, real, towns, ids)
    counts["progressions"] = programmes.load_progressions(region, real, taught)
    if examples:
        made_up, counts["example organisations"] = organisations.load_examples(region)
        everyone = real | made_up
        counts["example places"], counts["parts of places"] = vacancies.load(region, everyone, towns, ids, today=today)
        counts["example people"] = enrolment.load(region, made_up, taught, towns, ids, count=people)
        counts["example programmes"] = listings.load(everyone, towns, ids, today=today)
        counts["example recognitions"] = companies.load_recognitions(region, everyone, today=today)
        counts["details of places"] = posting.load()
        counts["example responses"] = responses.load(today)
        counts["example class"] = classes.load(towns, today)
        counts["example guidance"] = guidance.load(everyone, today)
        counts["example placements"] = placements.load(everyone, today)
        counts["example days"] = days.load(today)
        counts["example rounds"] = rounds.load(today)
    companies.load_skills(real | made_up if examples else real, today)
    return counts
