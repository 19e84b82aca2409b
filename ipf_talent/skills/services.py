"""Bringing the taxonomy into the tables: our own reviewed subset."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import delete, insert, select, update

from ipf_talent.db import Base, session
from ipf_talent.skills import queries
from ipf_talent.skills.files import DATA, Row, Subset, read_subset
from ipf_talent.skills.models import Occupation, OccupationSkill, Skill, SkillLink, TaxonomyVersion

OFFICIAL = "esco-official"
"""Labels of an official release, in Dutch too."""

OFFICIAL_EN = "esco-official-en"
"""English labels of an official release; the Dutch ones are ours."""


class Changes(NamedTuple):
    """Rows that a load touched, over all tables; a link that was taken away counts as changed."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: object) -> "Changes":
        if not isinstance(other, Changes):
            return NotImplemented
        return Changes(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


def load_taxonomy(folder: Path = DATA) -> Changes:
    """
    Bring our own subset into the tables; a second time writes nothing.

    Labels of an official release that was imported stay, and our own words are then synonyms. Skills, links and needs that came
    from elsewhere stay too; our own links that are no longer in the files go.

    Raises:
        FaultyFile: the files are not whole; nothing was written.
    """
    subset = read_subset(folder)
    changes = _load_skills(subset.skills)
    ids = queries.ids_by_slug()
    changes += _load_links(subset, ids)
    changes += _load_occupations(subset.occupations)
    changes += _load_needs(subset.needs, ids)
    settle()
    return changes


def settle() -> None:
    """Write down which taxonomy the tables now hold, so that every process reads it again if it changed."""
    digest = queries.read_taxonomy().version
    kept = session.get(TaxonomyVersion, 1)
    if kept is None:
        session.add(TaxonomyVersion(id=1, digest=digest))
    elif kept.digest != digest:
        kept.digest = digest
    session.flush()


def store(table: type[Base], wanted: Mapping[str, Row]) -> Changes:
    """
    Make the rows of a table with a slug like the wanted ones, and leave other rows alone.

    Args:
        wanted: columns by slug; every row with the same columns.
    """
    if not wanted:
        return Changes()
    names = list(next(iter(wanted.values())))
    columns = [getattr(table, name) for name in ("id", "slug", *names)]
    stored = {slug: (id_, values) for id_, slug, *values in session.execute(select(*columns)) if slug in wanted}
    new = [{"slug": slug, **row} for slug, row in wanted.items() if slug not in stored]
    known = [(*stored[slug], row) for slug, row in wanted.items() if slug in stored]
    changed = [{"id": id_, **row} for id_, values, row in known if values != list(row.values())]
    _write(table, new, changed)
    return Changes(len(new), len(changed), len(wanted) - len(new) - len(changed))


def _write(table: type[Base], new: Sequence[Row], changed: Sequence[Row]) -> None:
    if new:
        session.execute(insert(table).execution_options(render_nulls=True), new)
    if changed:
        session.execute(update(table), changed)


def joined(first: Iterable[str], more: Iterable[str], *, but: str) -> list[str]:
    """Synonyms of both lists, each once whatever its case, and not the label itself."""
    found = {but.casefold(): but}
    for word in (*first, *more):
        found.setdefault(word.casefold(), word)
    return list(found.values())[1:]


def _load_skills(rows: Sequence[Row]) -> Changes:
    names = ("slug", "label_source", "label_nl", "label_en", "alts_nl", "alts_en")
    query = select(*(getattr(Skill, name) for name in names)).where(Skill.label_source.in_((OFFICIAL, OFFICIAL_EN)))
    official = {row.slug: dict(row._mapping) for row in session.execute(query)}
    return store(Skill, {row["slug"]: _keeping(_columns(row), official.get(row["slug"])) for row in rows})


def _columns(row: Row) -> Row:
    kept = ("uri", "type", "field", "label_nl", "label_fy", "label_en", "label_source")
    return {name: row[name] for name in kept} | {f"alts_{lang}": row[f"alt_{lang}"] for lang in ("nl", "fy", "en")}


def _keeping(ours: Row, official: Row | None) -> Row:
    """Our columns, with the labels of an official release where one was imported; what is ours becomes a synonym there."""
    if official is None:
        return ours
    kept = {"label_source": official["label_source"]}
    for lang in ("nl", "en"):
        label = official[f"label_{lang}"]
        if lang == "nl" and official["label_source"] == OFFICIAL_EN:
            label = ours["label_nl"]
        kept |= {f"label_{lang}": label}
        kept |= {f"alts_{lang}": joined(official[f"alts_{lang}"], [ours[f"label_{lang}"], *ours[f"alts_{lang}"]], but=label)}
    return ours | kept


def _load_links(subset: Subset, ids: Mapping[str, int]) -> Changes:
    wanted = {(ids[skill], ids[other]): kind for (skill, other), kind in subset.links().items()}
    ours = {ids[row["slug"]] for row in subset.skills}
    columns = (SkillLink.skill_id, SkillLink.other_id, SkillLink.kind)
    stored = {(skill, other): kind for skill, other, kind in session.execute(select(*columns)) if skill in ours and other in ours}
    rows = {key: {"skill_id": key[0], "other_id": key[1], "kind": kind} for key, kind in wanted.items()}
    return _store_pairs(SkillLink, rows, {key: {"kind": kind} for key, kind in stored.items()}, names=("skill_id", "other_id"))


def _load_occupations(rows: Sequence[Row]) -> Changes:
    kept = ("uri", "isco", "label_nl", "label_fy", "label_en", "description_nl", "description_en")
    renamed = {"levels": "level", "alts_nl": "alt_nl", "alts_en": "alt_en"}
    columns = dict(zip(kept, kept, strict=True)) | renamed
    return store(Occupation, {row["slug"]: {name: row[cell] for name, cell in columns.items()} for row in rows})


def _load_needs(rows: Sequence[Row], ids: Mapping[str, int]) -> Changes:
    jobs = queries.occupation_ids_by_slug()
    wanted = {}
    for row in rows:
        key = (jobs[row["occupation"]], ids[row["skill"]])
        values = {"essential": row["relation"] == "essential", "source": row["source"]}
        wanted[key] = {"occupation_id": key[0], "skill_id": key[1], **values}
    query = select(OccupationSkill.occupation_id, OccupationSkill.skill_id, OccupationSkill.essential, OccupationSkill.source)
    stored = {
        (job, skill): {"essential": essential, "source": source}
        for job, skill, essential, source in session.execute(query)
        if source in ("esco", "own") or (job, skill) in wanted
    }
    return _store_pairs(OccupationSkill, wanted, stored, names=("occupation_id", "skill_id"))


Pair = tuple[int, int]


def _store_pairs(table: type[Base], wanted: Mapping[Pair, Row], stored: Mapping[Pair, Row], *, names: tuple[str, str]) -> Changes:
    """Make the links that are ours like the wanted ones; `stored` holds the other columns of each."""
    new = [row for key, row in wanted.items() if key not in stored]
    changed = [row for key, row in wanted.items() if key in stored and not stored[key].items() <= row.items()]
    gone = [key for key in stored if key not in wanted]
    first, second = (getattr(table, name) for name in names)
    for one, other in gone:
        session.execute(delete(table).where(first == one, second == other))
    _write(table, new, changed)
    return Changes(len(new), len(changed) + len(gone), len(wanted) - len(new) - len(changed))
