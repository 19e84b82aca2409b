"""Which lines belong to which programme, and whether the lines of one programme agree with each other."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ipf_talent.exchange.cells import plain
from ipf_talent.exchange.columns import BY_FIELD
from ipf_talent.exchange.faults import Refusal
from ipf_talent.exchange.kinds import Part, Refused
from ipf_talent.exchange.listings import Line, Listed, Values, at, day, ident_of

NEEDED = ("title_nl", "type", "level")
"""What a new programme cannot be without."""


@dataclass(frozen=True)
class Joined:
    """
    A line with the programme it is about.

    Attributes:
        target: its listing, or for a new programme a name that all its lines share.
        programme, offering: values that this line is the first to state; for a new programme or offering all of them together.
    """

    line: Line
    target: str
    known: Listed | None
    title: str
    programme: Values = field(default_factory=dict)
    offering: Values = field(default_factory=dict)


@dataclass(frozen=True)
class Together:
    """Lines that can be used, and what is wrong with the others."""

    lines: tuple[Joined, ...]
    refused: tuple[Refusal, ...]


def join(lines: Sequence[Line], listed: Mapping[str, Listed], places: Mapping[str, str]) -> Together:
    """Find the programme of each line and refuse the lines that cannot be."""
    found = _Finder(listed).find_all(lines)
    refused: list[Refusal] = []
    groups: dict[str, list[Line]] = defaultdict(list)
    seen: dict[tuple[str, ...], int] = {}
    for line in lines:
        target, wrong = found[line.row]
        if line.place:
            line, away = _placed(line, places)
            wrong = [*wrong, *away]
        if not wrong:
            name = (target, _spot(line), day(line.starts_on) if line.has_start else "")
            if (other := seen.setdefault(name, line.row)) != line.row:
                wrong = [Refusal(line.row, "", Refused.TWICE, {"other": other})]
        refused += wrong
        if not wrong:
            groups[target].append(line)
    joined: list[Joined] = []
    for target, group in groups.items():
        good, wrong = _group(target, group, listed.get(target))
        joined += good
        refused += wrong
    return Together(tuple(joined), tuple(refused))


Finding = tuple[str, list[Refusal]]


class _Finder:
    """
    Finds the programme of each line: by its listing, else by its code, else by its title; else it is a new one.

    Lines that say more are looked at first, and what they say of codes and titles counts for the lines that say less: so the order
    of a file makes no difference, and the same file finds the same programmes once it was applied.
    """

    def __init__(self, listed: Mapping[str, Listed]) -> None:
        self.listed = listed
        self.by_ident = {ident_of(slug): slug for slug in listed}
        self.by_code: dict[str, set[str]] = defaultdict(set)
        self.by_title: dict[str, set[str]] = defaultdict(set)
        for slug, one in listed.items():
            self._learn(slug, one.values)

    def _learn(self, target: str, values: Values) -> None:
        if values.get("code"):
            self.by_code[values["code"]].add(target)
        if values.get("title_nl"):
            self.by_title[plain(values["title_nl"])].add(target)

    def find_all(self, lines: Sequence[Line]) -> dict[int, Finding]:
        """Per row the programme that it is about."""
        found: dict[int, Finding] = {}
        for way in (self._by_listing, self._by_code, self._by_title):
            for line in lines:
                if line.row not in found and (answer := way(line)) is not None:
                    found[line.row] = answer
                    if not answer[1]:
                        self._learn(answer[0], line.programme)
        return found

    def _by_listing(self, line: Line) -> Finding | None:
        if line.listing:
            unknown = Refusal(line.row, "listing", Refused.UNKNOWN_LISTING, {"found": line.listing[:80]})
            return line.listing, [] if line.listing in self.listed else [unknown]
        slug = self.by_ident.get(line.ident)
        return (slug, []) if slug else None

    def _by_code(self, line: Line) -> Finding | None:
        code, title = line.programme.get("code"), plain(line.programme.get("title_nl") or "")
        if not code:
            return None
        found = self.by_code[code]
        if not found:
            found = {slug for slug in self.by_title[title] & self.listed.keys() if not self.listed[slug].values.get("code")}
        elif len(found) > 1 and title:
            found = (found & self.by_title[title]) or found
        return self._only(line, found, code, f"+{code}")

    def _by_title(self, line: Line) -> Finding | None:
        title = line.programme.get("title_nl") or ""
        return self._only(line, self.by_title[plain(title)], title, f"+{plain(title)}")

    def _only(self, line: Line, found: set[str], name: str, new: str) -> Finding:
        if len(found) > 1:
            return "", [Refusal(line.row, "listing", Refused.SEVERAL, {"number": len(found), "found": name[:80]})]
        return next(iter(found), new), []


def _placed(line: Line, places: Mapping[str, str]) -> tuple[Line, list[Refusal]]:
    name = places.get(plain(line.place))
    if name is None:
        return line, [Refusal(line.row, "place", Refused.UNKNOWN_PLACE, {"found": line.place[:80]})]
    return replace(line, place=name), []


def _group(target: str, lines: Sequence[Line], known: Listed | None) -> tuple[list[Joined], list[Refusal]]:
    """The lines of one programme: the first to state a value wins, a later one that says otherwise is refused."""
    stated: dict[tuple[str, ...], tuple[object, int]] = {}
    weeks: dict[str, Values] = {}
    refused: list[Refusal] = []
    good: list[Joined] = []
    for line in lines:
        wrong = [*_contradictions(line, stated), *_impossible(line, known, weeks)]
        refused += wrong
        if wrong:
            continue
        fresh: dict[Part, Values] = {Part.PROGRAMME: {}, Part.OFFERING: {}}
        for part, name, value, spot in _statements(line):
            if spot not in stated:
                stated[spot] = (value, line.row)
                fresh[part][name] = value
        title = known.title if known else str(line.programme.get("title_nl") or line.programme.get("code") or "")
        good.append(Joined(line, target, known, title, fresh[Part.PROGRAMME], fresh[Part.OFFERING]))
    return (_gathered(good, known), refused) if known else _whole(good, refused)


def _spot(line: Line) -> str:
    return at((line.place, line.mode)) if line.mode else ""


def _gathered(lines: Sequence[Joined], known: Listed | None) -> list[Joined]:
    """The first line that names a new offering holds what all of them say of it."""
    there = {at(where) for where in known.offers} if known else set()
    together: dict[str, Values] = defaultdict(dict)
    for one in lines:
        together[_spot(one.line)] |= one.offering
    return [one if _spot(one.line) in there else replace(one, offering=together.pop(_spot(one.line), {})) for one in lines]


def _statements(line: Line) -> Iterator[tuple[Part, str, object, tuple[str, ...]]]:
    for name, value in line.programme.items():
        yield Part.PROGRAMME, name, value, (name,)
    if line.mode:
        for name, value in line.offering.items():
            yield Part.OFFERING, name, value, (at((line.place, line.mode)), name)


def _contradictions(line: Line, stated: Mapping[tuple[str, ...], tuple[object, int]]) -> Iterator[Refusal]:
    for part, name, value, spot in _statements(line):
        said, row = stated.get(spot, (value, 0))
        if said != value:
            values: dict[str, str | int] = {"other": row, "found": _short(said)}
            yield Refusal(line.row, BY_FIELD[part, name].name, Refused.CONTRADICTS, values)


def _short(value: object) -> str:
    text = ";".join(value) if isinstance(value, list) else "" if value is None else str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"


def _impossible(line: Line, known: Listed | None, weeks: dict[str, Values]) -> Iterator[Refusal]:
    """Values that cannot be together, also with those that are here and stay; `weeks` holds what earlier lines said."""
    if line.mode is None:
        return
    held = known.kept if known else frozenset()
    spot = _spot(line)
    offer = known.offers.get((line.place, line.mode)) if known else None
    before = weeks.get(spot, offer.values if offer else {})
    week = {**before, **{name: value for name, value in line.offering.items() if f"{spot}/{name}" not in held}}
    if (week.get("school_days") or 0) + (week.get("work_days") or 0) > 7:
        yield Refusal(line.row, "school_days", Refused.WEEK)
        return
    weeks[spot] = week
    start = offer.starts.get(line.starts_on) if offer else None
    prefix = f"{spot}/{day(line.starts_on)}."
    intake = {
        **(start.values if start else {}),
        **{name: value for name, value in line.intake.items() if prefix + name not in held},
    }
    first, last = intake.get("apply_from"), intake.get("apply_until")
    if line.has_start and first and last and first > last:
        yield Refusal(line.row, "apply_until", Refused.APPLY_ORDER)
    if line.has_start and line.starts_on and last and last > line.starts_on:
        yield Refusal(line.row, "apply_until", Refused.APPLY_LATE)


def _whole(lines: Sequence[Joined], refused: list[Refusal]) -> tuple[list[Joined], list[Refusal]]:
    """The lines of a new programme, the first of them with all that they say together; none where something needed is missing."""
    together: Values = {}
    for one in lines:
        together |= one.programme
    if lacking := [name for name in NEEDED if not together.get(name)]:
        return [], refused + [Refusal(one.line.row, name, Refused.NEEDED) for one in lines for name in lacking]
    title = str(together["title_nl"])
    whole = [replace(one, title=title, programme={} if place else together) for place, one in enumerate(lines)]
    return _gathered(whole, None), refused
