"""The work processes that can be learnt at a placement: what the company is recognised for, and what the place names."""

from sqlalchemy import select

from ipf_talent.db import session
from ipf_talent.organisations.models import Recognition
from ipf_talent.organisations.recognition import RecognitionStatus
from ipf_talent.placements.models import Placement


def offered(placement: Placement) -> list[str]:
    """Those of the recognition, and codes of the place that it does not have; none for hbo and university."""
    if not placement.is_mbo:
        return []
    there = (Recognition.establishment_id == placement.establishment_id, Recognition.crebo == placement.crebo)
    query = select(Recognition.work_processes).where(*there, Recognition.status == RecognitionStatus.VERIFIED)
    found = list(dict.fromkeys(session.scalar(query) or ()))
    return found + [code for code in _named(placement) if not any(_carries(one, code) for one in found)]


def begun_with(placement: Placement) -> list[str]:
    """Those that the place names, in the words of the recognition where that has them."""
    return [one for one in offered(placement) if any(_carries(one, code) for code in _named(placement))]


def _named(placement: Placement) -> list[str]:
    return list(dict.fromkeys(placement.vacancy.work_processes)) if placement.vacancy is not None else []


def _carries(words: str, code: str) -> bool:
    return words == code or words.startswith(f"{code} ")
