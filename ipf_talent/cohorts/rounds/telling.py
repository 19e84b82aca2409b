"""What pages tell of a round: who got what and why, in words; for a student their own list alone."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ipf_talent.cohorts.assignment import Why
from ipf_talent.cohorts.criteria import Limit
from ipf_talent.cohorts.rounds import facts, suggesting
from ipf_talent.cohorts.rounds.computing import Trial
from ipf_talent.cohorts.rounds.facts import Known
from ipf_talent.cohorts.rounds.kinds import Answer
from ipf_talent.cohorts.rounds.models import Round, RoundPlace, RoundStudent


@dataclass(frozen=True)
class Lost:
    """A place that a student did not get, and what took it."""

    place: RoundPlace
    why: Why
    limit: Limit | None


@dataclass(frozen=True)
class Line:
    """
    One student in a round that was placed.

    Attributes:
        number: where the place stands on their list, from 1; None for a place beside the list, or none.
        others: places with a free seat that they could have had and did not list.
        limits: where hard limits forbid every place of the round, which ones they are.
    """

    one: RoundStudent
    got: RoundPlace | None
    number: int | None
    lost: Sequence[Lost]
    others: Sequence[RoundPlace]
    limits: Sequence[Limit] = ()

    @property
    def name(self) -> str:
        """As the school calls the student."""
        return self.one.enrolment.name if self.one.enrolment else self.one.code


def of_trial(placing_round: Round, now: Trial) -> list[Line]:
    """How it would come out now: those without a place first, then by name."""
    missed = {code: [(miss.place, miss.why, miss.limit) for miss in found] for code, found in now.placing.missed.items()}
    inside = [one for one in placing_round.students if one.code in now.placing.pairs]
    codes = {place.code: place for place in placing_round.places}
    got = {one.code: codes.get(now.placing.pairs[one.code] or "") for one in inside}
    return _lines(placing_round, inside, got, missed, now.placing.free, now.known)


def of_result(placing_round: Round, known: Known) -> list[Line]:
    """How it came out."""
    took_part = {student["code"] for student in json.loads(placing_round.certificate)["input"]["students"]}
    inside = [one for one in placing_round.students if one.code in took_part]
    codes = {place.id: place for place in placing_round.places}
    got = {one.code: codes.get(one.got_id or 0) for one in inside}
    return _lines(placing_round, inside, got, placing_round.result["missed"], placing_round.result["free"], known)


def of_student(one: RoundStudent, known: Known) -> Line:
    """What a student hears of their own part."""
    placing_round = one.placing_round
    codes = {place.id: place for place in placing_round.places}
    missed, free = placing_round.result.get("missed", {}), placing_round.result.get("free", {})
    return _line(placing_round, one, codes.get(one.got_id or 0), missed.get(one.code, ()), free, known)


def _lines(
    placing_round: Round,
    inside: Iterable[RoundStudent],
    got: Mapping[str, RoundPlace | None],
    missed: Mapping[str, Iterable[Sequence[Any]]],
    free: Mapping[str, int],
    known: Known,
) -> list[Line]:
    lines = [_line(placing_round, one, got[one.code], missed.get(one.code, ()), free, known) for one in inside]
    return sorted(lines, key=lambda line: (line.got is not None, line.name.casefold(), line.one.id))


def _line(
    placing_round: Round,
    one: RoundStudent,
    got: RoundPlace | None,
    missed: Iterable[Sequence[Any]],
    free: Mapping[str, int],
    known: Known,
) -> Line:
    codes = {place.code: place for place in placing_round.places}
    listed = {wish.round_place_id: wish.rank for wish in one.wishes}
    lost = [Lost(codes[place], Why(why), Limit(limit) if limit else None) for place, why, limit in missed if place in codes]
    if got is not None:
        return Line(one, got, listed.get(got.id), lost, ())
    barred = {place.code: known.barred(one, place) for place in placing_round.places}
    others = [codes[code] for code in free if code in codes and codes[code].id not in listed and barred[code] is None]
    limits = [limit for limit in Limit if limit in barred.values()] if all(barred.values()) else []
    return Line(one, got, None, lost, others, limits)


def share_first(lines: Iterable[Line], most: int = 1) -> int:
    """How many got one of the first so many places of their own list."""
    return sum(line.number is not None and line.number <= most for line in lines)


@dataclass(frozen=True)
class Told:
    """
    What a student hears of the round as a whole: counts, codes, and nobody's name.

    Attributes:
        locks: of each fixed pair the student's code, and the codes of those whom it hurts.
    """

    counts: Mapping[str, int]
    input_sha256: str
    seed: str
    locks: Sequence[Mapping[str, Any]]


def told(placing_round: Round) -> Told:
    """The round as it was published."""
    document = json.loads(placing_round.certificate)
    locks = placing_round.result.get("locks", [])
    return Told(document["counts"], document["input_sha256"], document["seed"], locks)


@dataclass(frozen=True)
class Choice:
    """A place as a student sees it while ranking: its number on the list, its fit, and the limit that forbids it."""

    place: RoundPlace
    number: int | None
    fit: float
    limit: Limit | None


def choices(one: RoundStudent) -> tuple[list[Choice], list[Choice]]:
    """The student's list in order, and the other places: in the order of the matcher, forbidden ones last."""
    known = facts.gather_for(one)
    places = one.placing_round.places
    fits = suggesting.in_order(one.student_id or 0, places)
    order = [place for place, _fit in fits] or list(places)
    fit = {place.id: score for place, score in fits}
    listed = {wish.round_place_id: wish.rank for wish in one.wishes}
    every = [Choice(place, listed.get(place.id), fit.get(place.id, 0.0), known.barred(one, place)) for place in order]
    own = sorted((each for each in every if each.number is not None), key=lambda each: each.number or 0)
    return own, sorted((each for each in every if each.number is None), key=lambda each: each.limit is not None)


@dataclass(frozen=True)
class Count:
    """Figures of a round for its coordinator."""

    students: int
    wished: int
    seats: int
    placed: int
    accepted: int
    declined: int


def count(placing_round: Round) -> Count:
    """The figures of a round as it stands."""
    students = placing_round.students
    return Count(
        students=len(students),
        wished=sum(one.wished_at is not None for one in students),
        seats=sum(place.seats for place in placing_round.places),
        placed=sum(one.got_id is not None for one in students),
        accepted=sum(one.answer is Answer.ACCEPTED for one in students),
        declined=sum(one.answer is Answer.DECLINED for one in students),
    )
