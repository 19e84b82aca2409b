"""Searching open places: one index per process, kept as new as the tables, of which only what changed is read again."""

import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, bindparam, func, literal, select, union_all
from sqlalchemy.orm import joinedload

from ipf_talent.db import session
from ipf_talent.i18n import LANGUAGES, speaking
from ipf_talent.organisations.models import Organisation
from ipf_talent.programmes.levels import LEVEL_LABELS, Level
from ipf_talent.skills import queries as skills
from ipf_talent.skills.fields import LABELS as FIELD_LABELS
from ipf_talent.skills.models import Skill, SkillLink, TaxonomyVersion
from ipf_talent.vacancies.finding import Index
from ipf_talent.vacancies.kinds import KIND_LABELS, VacancyStatus
from ipf_talent.vacancies.models import Vacancy, VacancyCrebo, VacancyField, VacancySkill
from ipf_talent.vacancies.search_terms import EVERYTHING, Found, Sheet, Text

TITLE, NAME, KIND, BODY = 4.0, 3.0, 2.0, 1.0
"""What a word counts in a title, in a name, skill or number, in a kind or level, and in running text."""
_lock = threading.Lock()
_kept: list["_Kept"] = []


class _Mark(NamedTuple):
    """What shows that a sheet has to be read again."""

    version: int
    changed_at: Any
    company_version: int
    skills: int
    skill_sum: int | None


class _Kept:
    """The index, what state of the tables it is of, and the mark of each of its sheets."""

    def __init__(self, state: Any, taxonomy_state: Any) -> None:
        self.state, self.taxonomy_state = state, taxonomy_state
        self.index = Index(skills.taxonomy(), skills.recogniser())
        self.marks: dict[int, _Mark] = {}


def look(q: str) -> Found:
    """
    What a search means and which published places answer it, open or not: one statement when nothing changed, a few when
    something did. A search that says nothing is answered by everything.
    """
    if not q.strip(" ,;"):
        return EVERYTHING
    state, taxonomy_state = _states()
    with _lock:
        if not _kept or _kept[0].taxonomy_state != taxonomy_state:
            _kept[:] = [_Kept(None, taxonomy_state)]
        kept = _kept[0]
        if kept.state != state:
            _renew(kept)
            kept.state = state
        return kept.index.find(q)


def among(found: Found) -> list[ColumnElement[bool]]:
    """The condition that a place answers the search; none where everything does."""
    if found.scores is None:
        return []
    numbers: BindParameter[Any] = bindparam("found", sorted(found.scores), expanding=True, literal_execute=True, unique=True)
    return [Vacancy.id.in_(numbers)]


def forget() -> None:
    """Have the next search read the tables again."""
    with _lock:
        _kept.clear()


def _states() -> tuple[Any, Any]:
    def one(*columns: Any, of: Any = None, where: Any = None) -> list[Any]:
        queries = [select(column) if of is None else select(column).select_from(of) for column in columns]
        return [(query if where is None else query.where(where)).scalar_subquery() for query in queries]

    published = Vacancy.status == VacancyStatus.PUBLISHED
    places = (func.count(Vacancy.id), func.sum(Vacancy.id), func.max(Vacancy.changed_at), func.sum(Vacancy.version))
    row = session.execute(
        select(
            *one(func.max(TaxonomyVersion.digest), func.count(Skill.id), func.max(Skill.id)),
            *one(func.count(), of=SkillLink),
            *one(*places, where=published),
            *one(func.count(), func.sum(VacancySkill.skill_id), of=VacancySkill),
            *one(func.count(), of=VacancyField),
            *one(func.count(), of=VacancyCrebo),
            *one(func.count(Organisation.id), func.sum(Organisation.version)),
        )
    ).one()
    return tuple(row[4:]), tuple(row[:4])


def _renew(kept: _Kept) -> None:
    asked = select(func.count()).where(VacancySkill.vacancy_id == Vacancy.id).correlate(Vacancy)
    sums = select(func.sum(VacancySkill.skill_id)).where(VacancySkill.vacancy_id == Vacancy.id).correlate(Vacancy)
    own = (Vacancy.id, Vacancy.version, Vacancy.changed_at, Organisation.version)
    query = (
        select(*own, asked.scalar_subquery(), sums.scalar_subquery())
        .join(Vacancy.company)
        .where(Vacancy.status == VacancyStatus.PUBLISHED)
    )
    marks = {number: _Mark(*mark) for number, *mark in session.execute(query)}
    for number in kept.marks.keys() - marks.keys():
        kept.index.drop(number)
    changed = [number for number, mark in marks.items() if kept.marks.get(number) != mark]
    for sheet in _sheets(changed):
        kept.index.put(sheet)
    kept.marks = marks


def _sheets(numbers: Collection[int]) -> Iterator[Sheet]:
    if not numbers:
        return
    chosen: BindParameter[Any] = bindparam("numbers", sorted(numbers), expanding=True, literal_execute=True)
    query = select(Vacancy).where(Vacancy.id.in_(chosen)).order_by(Vacancy.id)
    vacancies = session.scalars(query.options(joinedload(Vacancy.company), joinedload(Vacancy.place))).all()
    said, hanging = _labels(), _hanging(chosen)
    for vacancy in vacancies:
        own = hanging.get(vacancy.id, [])
        texts = [text for text in _texts(vacancy, own, said) if text.text]
        yield Sheet(vacancy.id, texts, [one.code for one in own if one.what == "skill"])


class _Hanging(NamedTuple):
    """A skill, field or crebo of a place."""

    what: str
    code: str
    label_nl: str
    label_fy: str
    label_en: str


def _hanging(chosen: BindParameter[Any]) -> dict[int, list[_Hanging]]:
    """What hangs on these places, in one statement."""
    labels = (Skill.slug, Skill.label_nl, Skill.label_fy, Skill.label_en)
    none = (literal(""), literal(""), literal(""))
    parts = (
        select(VacancySkill.vacancy_id, literal("skill"), *labels)
        .join(VacancySkill.skill)
        .where(VacancySkill.vacancy_id.in_(chosen)),
        select(VacancyField.vacancy_id, literal("field"), VacancyField.field, *none).where(VacancyField.vacancy_id.in_(chosen)),
        select(VacancyCrebo.vacancy_id, literal("crebo"), VacancyCrebo.crebo, *none).where(VacancyCrebo.vacancy_id.in_(chosen)),
    )
    found: dict[int, list[_Hanging]] = {}
    for number, *values in session.execute(union_all(*parts)):
        found.setdefault(number, []).append(_Hanging(*values))
    return found


def _texts(vacancy: Vacancy, own: Sequence[_Hanging], said: Mapping[str, Mapping[Any, str]]) -> Iterator[Text]:
    for lang in ("nl", "en"):
        for name in ("title", "catchy_title"):
            yield Text(getattr(vacancy, f"{name}_{lang}"), lang, TITLE)
        for name in ("description", "learn", "bring", "offer"):
            yield Text(getattr(vacancy, f"{name}_{lang}"), lang, BODY)
    yield Text(vacancy.company.name, "", NAME)
    yield Text(vacancy.place.name if vacancy.place else "", "", NAME)
    yield from (Text(one.code, "", NAME) for one in own if one.what == "crebo")
    for lang, labels in said.items():
        yield Text(labels[vacancy.kind], lang, KIND)
        yield Text(labels[vacancy.level] if vacancy.level is not Level.NONE else "", lang, KIND)
        yield from (Text(labels.get(one.code, ""), lang, BODY) for one in own if one.what == "field")
        yield from (Text(getattr(one, f"label_{lang}"), lang, NAME) for one in own if one.what == "skill")


def _labels() -> dict[str, dict[Any, str]]:
    """The words for kinds, levels and fields in each language: someone who reads English may type Dutch."""
    found: dict[str, dict[Any, str]] = {}
    for lang in LANGUAGES:
        with speaking(lang):
            kinds: dict[Any, str] = {code: str(label) for code, label in (*KIND_LABELS.items(), *LEVEL_LABELS.items())}
            found[lang] = kinds | {str(code): str(label) for code, label in FIELD_LABELS.items()}
    return found
