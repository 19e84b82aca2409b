"""Which lines belong to which programme, and whether the lines of one programme agree with each other."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ipf_talent.exchange.columns import BY_FIELD
from ipf_talent.exchange.faults import Refusal
from ipf_talent.exchange.kinds import Part, Refused
from ipf_talent.exchange.listings import Line, Listed, Names, Values, at, day, ident_of
from ipf_talent.exchange.wording import named, plain
from ipf_talent.programmes.checks import level_fits, mode_fits

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


def join(lines: Sequence[Line], listed: Mapping[str, Listed], names: Names) -> Together:
    """Find the programme of each line and refuse the lines that cannot be."""
    found = _Finder(listed).find_all(lines)
    refused: list[Refusal] = []
    groups: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        target, wrong = found[line.row]
        line, away = _called(line, names)
        refused += [*wrong, *away]
        if not (wrong or away):
            groups[target].append(line)
    joined: list[Joined] = []
    for target, whole in groups.items():
        group, wrong = _apart(whole)
        refused += wrong
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


def _called(line: Line, names: Names) -> tuple[Line, list[Refusal]]:
    """The line with its place, skills and modules as they are called here."""
    wrong, programme, place = list[Refusal](), dict(line.programme), line.place
    if place:
        place = names.places.get(plain(place), "")
        if not place:
            wrong.append(Refusal(line.row, "place", Refused.UNKNOWN_PLACE, {"found": line.place[:80]}))
    for name, known, unknown, several in (
        ("skills", names.skills, Refused.UNKNOWN_SKILL, Refused.SEVERAL_SKILLS),
        ("electives", names.electives, Refused.UNKNOWN_ELECTIVE, Refused.SEVERAL_ELECTIVES),
    ):
        slugs: set[str] = set()
        for one in programme.get(name, ()):
            found = known.get(named(one), frozenset())
            slugs |= found
            if len(found) != 1:
                said: dict[str, str | int] = {"found": one[:80], "several": ", ".join(sorted(found)[:5])}
                wrong.append(Refusal(line.row, name, several if found else unknown, said))
        if name in programme:
            programme[name] = sorted(slugs)
    return replace(line, place=place, programme=programme), wrong


def _apart(lines: Sequence[Line]) -> tuple[list[Line], list[Refusal]]:
    """The lines of one programme without those of which nobody can tell which is right; of twins that say the same one stays."""
    titled: dict[str, Line] = {}
    for line in lines:
        if title := line.programme.get("title_nl"):
            titled.setdefault(plain(title), line)
    if len(titled) > 1 and all(one.programme.get("code") and not one.listing for one in titled.values()):
        return [], [_same_code(line, list(titled.values())) for line in lines]
    spots: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines:
        spots[_spot(line), day(line.starts_on) if line.has_start else ""].append(line)
    refused: dict[int, Refusal] = {}
    for first, *others in spots.values():
        differ = any(replace(one, row=first.row) != first for one in others)
        for one in [first, *others] if differ else others:
            other = others[0].row if one is first else first.row
            refused[one.row] = Refusal(one.row, "", Refused.TWICE, {"other": other})
    return [line for line in lines if line.row not in refused], list(refused.values())


def _same_code(line: Line, titled: Sequence[Line]) -> Refusal:
    mine = plain(line.programme.get("title_nl") or "")
    other = next(one for one in titled if plain(one.programme["title_nl"]) != mine)
    values: dict[str, str | int] = {"code": other.programme["code"], "found": other.programme["title_nl"][:80], "other": other.row}
    return Refusal(line.row, "code", Refused.SAME_CODE, values)


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
    good, wrong = _fitting(good, known)
    refused += wrong
    return (_gathered(good, known), refused) if known else _whole(good, refused)


def _fitting(lines: list[Joined], known: Listed | None) -> tuple[list[Joined], list[Refusal]]:
    """The lines whose level and mode go with the kind of the programme, as it would be then."""
    held = known.kept if known else frozenset()
    before = known.values if known else {}
    together = {name: value for one in lines for name, value in one.programme.items() if name not in held}
    kind, level = (together.get(name, before.get(name)) for name in ("type", "level"))
    if kind is None or level is None:
        return lines, []
    moves = any(name in together and together[name] != before.get(name) for name in ("type", "level"))
    if moves and not level_fits(kind, level):
        says = [one for one in lines if not known or {"type", "level"} & one.line.programme.keys()]
        rows = {one.line.row for one in says}
        return [one for one in lines if one.line.row not in rows], [Refusal(row, "level", Refused.LEVEL) for row in sorted(rows)]
    there = known.offers if known else {}
    wrong = {
        one.line.row
        for one in lines
        if one.line.mode and (one.line.place, one.line.mode) not in there and not mode_fits(kind, one.line.mode)
    }
    return [one for one in lines if one.line.row not in wrong], [Refusal(row, "mode", Refused.MODE) for row in sorted(wrong)]


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
