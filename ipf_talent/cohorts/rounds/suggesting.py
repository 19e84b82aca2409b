"""The places of a round in the order of the matcher, for the student alone: a help for their own list."""

from collections.abc import Sequence
from dataclasses import replace

from ipf_talent.cohorts.rounds.models import RoundPlace
from ipf_talent.matching import indexes
from ipf_talent.matching.ranking import query_of
from ipf_talent.profiles import queries as profiles
from ipf_talent.skills import queries as skills


def in_order(student_id: int, places: Sequence[RoundPlace], wish: str | None = None) -> list[tuple[RoundPlace, float]]:
    """
    Places with their fit, 0 to 1, the best first; equal ones in the order in which they were given.

    Args:
        wish: a learning wish in place of the one in the profile; then nothing but that wish is read.

    Returns:
        Nothing where there is no index, or where neither skills nor a wish are known.
    """
    taxonomy = skills.taxonomy()
    held = indexes.places(taxonomy)
    card = profiles.card_of(student_id)
    if wish is not None:
        card = replace(card, wish=wish, skills=())
    query = query_of(card, skills.recogniser().find)
    if held.matcher is None or not (query.concepts or query.text.strip()):
        return []
    scores = held.matcher.scores(query)
    known = {slug: float(score) for slug, score in zip(held.matcher.ids_, scores, strict=True)}
    fits = [(place, known.get(place.vacancy.slug, 0.0)) for place in places]
    return sorted(fits, key=lambda one: -one[1])
