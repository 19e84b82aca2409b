"""Mails about a round: to its students, and to the companies whose places take part. What came out stands on the page alone."""

from collections.abc import Iterable

from ipf_talent.accounts.roles import Role
from ipf_talent.applications.queries import managers_of
from ipf_talent.cohorts.rounds.models import Round, RoundStudent
from ipf_talent.notifications import letters


def tell_students(placing_round: Round, students: Iterable[RoundStudent], what: str) -> int:
    """
    Write to students of a round; gives to how many.

    Args:
        what: `open`, `remind`, `proposed`, `none`, `lapsed` (closed before they answered) or `ended` (without a result).
    """
    number = 0
    for one in students:
        if one.student is None:
            continue
        values = {
            "what": what,
            "name": one.student.display_name,
            "round": placing_round.name,
            "school": placing_round.school.name,
            "wishes_until": placing_round.wishes_until,
            "answer_until": placing_round.answer_until,
        }
        link: letters.Link = ("my_rounds.show", {"slug": one.key})
        letters.write("round", to=one.student.email, language=one.student.language, link=link, values=values)
        number += 1
    return number


def ask_companies(placing_round: Round, company_ids: Iterable[int]) -> int:
    """Ask the managers of companies by which facts their places go; gives to how many people."""
    number = 0
    for company_id in sorted(set(company_ids)):
        for row in managers_of(company_id, Role.COMPANY_MANAGER):
            values = {"name": row.display_name, "round": placing_round.name, "school": placing_round.school.name}
            letters.write("round_priorities", to=row.email, language=row.language, link=("priorities.index", {}), values=values)
            number += 1
    return number
