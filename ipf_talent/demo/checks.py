"""What must hold between the region's files, and of a row as a whole; each fault names file, row and column."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ipf_talent.sheets import Fault
from ipf_talent.vacancies.kinds import VacancyKind

Row = Mapping[str, Any]
Sheets = Mapping[str, Sequence[Row] | None]
"""Rows by name of the sheet; None where a file could not be read, so that nothing about it is known."""

MOST_SKILLS = 12
SHORTEST_BBL_WEEK = 20
"""Hours of work in a week of an apprenticeship."""
PAID = (VacancyKind.BBL_APPRENTICESHIP, VacancyKind.ENGD_POSITION)
"""Kinds with a wage in place of an allowance."""
LANGUAGES = frozenset({"nl", "fy", "en", "de"})


class Reference(NamedTuple):
    """A column whose values must stand in a column of other sheets."""

    sheet: str
    column: str
    targets: tuple[tuple[str, str], ...]


_TOWN = (("places", "name"),)
_SCHOOL = (("institutions", "slug"),)
_PROGRAMME = (("programmes", "slug"),)
REFERENCES = (
    Reference("institutions", "city", _TOWN),
    Reference("companies", "city", _TOWN),
    Reference("examples", "city", _TOWN),
    Reference("programmes", "institution", _SCHOOL),
    Reference("programmes", "city", _TOWN),
    Reference("progressions", "from_programme", _PROGRAMME),
    Reference("progressions", "to_programme", _PROGRAMME),
    Reference("progressions", "from_institution", _SCHOOL),
    Reference("progressions", "to_institution", _SCHOOL),
    Reference("patterns", "company_id", (("companies", "slug"),)),
    Reference("vacancies", "pattern_id", (("patterns", "id"),)),
    Reference("vacancies", "company", (("examples", "slug"), ("companies", "slug"))),
    Reference("vacancies", "place", _TOWN),
    Reference("vacancies", "programmes", (("programmes", "code"),)),
)
ORGANISATIONS = ("institutions", "companies", "partners", "examples")


def everything(
    sheets: Sheets, files: Mapping[str, str], *, skills: set[str], terms: Mapping[str, Sequence[str]]
) -> Iterator[Fault]:
    """All faults that reading one cell cannot find."""
    for reference in REFERENCES:
        known = _values(sheets, reference.targets)
        if known is not None:
            yield from _unknown(files, sheets, reference.sheet, reference.column, known)
    for column in ("must", "nice"):
        yield from _unknown(files, sheets, "vacancies", column, skills)
    yield from _unknown(files, sheets, "programmes", "skills_taught", set(terms))
    yield from _same_name(sheets, files)
    for sheet, rules in (("progressions", EDGE_RULES), ("vacancies", PLACE_RULES)):
        yield from _broken(files[sheet], sheets[sheet] or (), rules)
    yield from _real_companies(sheets, files["vacancies"])


def _values(sheets: Sheets, targets: Iterable[tuple[str, str]]) -> set[str] | None:
    found: set[str] = set()
    for sheet, column in targets:
        rows = sheets[sheet]
        if rows is None:
            return None
        found.update(row[column] for row in rows)
    return found


def _unknown(files: Mapping[str, str], sheets: Sheets, sheet: str, column: str, known: set[str]) -> Iterator[Fault]:
    for line, row in enumerate(sheets[sheet] or (), start=2):
        cell = row[column]
        for value in cell if isinstance(cell, list) else [cell]:
            if value and value not in known:
                yield Fault(files[sheet], line, column, f"{value!r} is not known")


def _same_name(sheets: Sheets, files: Mapping[str, str]) -> Iterator[Fault]:
    """Organisations of all files share one list of addresses."""
    seen: dict[str, str] = {}
    for sheet in ORGANISATIONS:
        for line, row in enumerate(sheets[sheet] or (), start=2):
            other = seen.setdefault(row["slug"], files[sheet])
            if other != files[sheet]:
                yield Fault(files[sheet], line, "slug", f"{row['slug']!r} stands in {other} too")


def _real_companies(sheets: Sheets, file: str) -> Iterator[Fault]:
    """A place stands at a real company only where the pattern is that company's own."""
    owners = {row["id"]: row["company_id"] for row in sheets["patterns"] or ()}
    real = {row["slug"] for row in sheets["companies"] or ()}
    for line, row in enumerate(sheets["vacancies"] or (), start=2):
        if row["company"] in real and row["pattern_id"] in owners and owners[row["pattern_id"]] != row["company"]:
            yield Fault(file, line, "company", f"{row['company']!r} is real, and the pattern is not its own")


class Rule(NamedTuple):
    """Something that holds of a row; `column` is where to look when it does not."""

    column: str
    holds: Callable[[Row], bool]
    message: str


def _broken(file: str, rows: Sequence[Row], rules: Sequence[Rule]) -> Iterator[Fault]:
    for line, row in enumerate(rows, start=2):
        yield from (Fault(file, line, rule.column, rule.message) for rule in rules if not rule.holds(row))


def _any(row: Row, prefix: str) -> bool:
    return any(value for name, value in row.items() if name.startswith(prefix))


EDGE_RULES = (
    Rule("from_point", lambda row: _any(row, "from_"), "the row does not say where one comes from"),
    Rule("to_level", lambda row: _any(row, "to_"), "the row does not say where one goes to"),
    Rule("months_meaning", lambda row: (row["months"] is None) == (row["months_meaning"] is None), "months need a meaning"),
    Rule("extra_en", lambda row: bool(row["extra_nl"]) == bool(row["extra_en"]), "extra_nl and extra_en belong together"),
)
PLACE_RULES = (
    Rule("must", lambda row: bool(row["must"]), "a place asks at least one skill"),
    Rule("nice", lambda row: len({*row["must"], *row["nice"]}) <= MOST_SKILLS, f"more than {MOST_SKILLS} skills"),
    Rule("nice", lambda row: not set(row["must"]) & set(row["nice"]), "a skill cannot be both a must and nice to have"),
    Rule("fields", lambda row: bool(row["fields"]), "a place belongs to at least one field"),
    Rule("hours", lambda row: row["kind"] is not VacancyKind.BBL_APPRENTICESHIP or row["hours"] >= SHORTEST_BBL_WEEK,
         f"an apprenticeship has at least {SHORTEST_BBL_WEEK} hours"),
    Rule("hours", lambda row: row["hours"] <= 9 * row["days"], "more than 9 hours a day"),
    Rule("expenses", lambda row: (row["kind"] in PAID) == (row["expenses"] is None), "either expenses or a wage"),
    Rule("allowance_month_eur", lambda row: row["kind"] not in PAID or row["allowance_month_eur"] is None,
         "a wage is no allowance"),
    Rule("pay_note_nl", lambda row: row["kind"] not in PAID or all(row[f"pay_note_{lang}"] for lang in ("nl", "en")),
         "the wage is not told"),
    Rule("work_languages", lambda row: bool(row["work_languages"]) and set(row["work_languages"]) <= LANGUAGES,
         f"one or more of {', '.join(sorted(LANGUAGES))}"),
)  # fmt: skip
