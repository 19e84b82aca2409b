"""Bringing the taxonomy into the tables: our own reviewed subset, and the words of an official release of ESCO."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select

from ipf_talent.db import session
from ipf_talent.skills import queries
from ipf_talent.skills.esco import EscoSkill, Release, read_release
from ipf_talent.skills.files import DATA, Row, Subset, read_subset
from ipf_talent.skills.models import Occupation, OccupationSkill, Skill, SkillLink, TaxonomyVersion
from ipf_talent.skills.recognition.tokens import fold
from ipf_talent.skills.tables import Changes, joined, store, store_pairs

LONGEST_SLUG = 72
"""Characters of a slug made from a label; a number may follow."""

OFFICIAL = "esco-official"
"""Labels of an official release, in Dutch too."""

OFFICIAL_EN = "esco-official-en"
"""English labels of an official release; the Dutch ones are ours."""


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


def import_esco(folder: Path, languages: Sequence[str] = ("nl", "en"), *, add: bool = False) -> Changes:
    """
    Take the labels and synonyms of an official release for the skills that we have; what they were called becomes a synonym.

    Args:
        languages: `nl`, `en` or both; the others keep their words.
        add: also take the skills that the release links to our occupations, with these links and those to wider skills. What we
            reviewed ourselves, links and needs between concepts of our own files, stays as it is.

    Raises:
        FaultyFile: the release is not whole; nothing was written.
    """
    release = read_release(folder, languages)
    changes = _load_official_words(release)
    if add:
        ours = {row["slug"] for row in read_subset().skills}
        changes += _add_within_reach(release)
        changes += _load_official_links(release, ours)
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
    return store_pairs(SkillLink, rows, {key: {"kind": kind} for key, kind in stored.items()}, names=("skill_id", "other_id"))


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
    return store_pairs(OccupationSkill, wanted, stored, names=("occupation_id", "skill_id"))


def _load_official_words(release: Release) -> Changes:
    names = ("slug", "uri", "label_source", "label_nl", "label_en", "alts_nl", "alts_en")
    rows: list[Row] = [dict(row._mapping) for row in session.execute(select(*(getattr(Skill, name) for name in names)))]
    known = [(row, release.skills[row["uri"]]) for row in rows if row["uri"] in release.skills]
    return store(Skill, {row["slug"]: _renamed(row, skill) for row, skill in known})


def _renamed(row: Mapping[str, Any], skill: EscoSkill) -> Row:
    official = OFFICIAL if "nl" in skill.words or row["label_source"] == OFFICIAL else OFFICIAL_EN
    found: Row = {"label_source": official}
    for lang in ("nl", "en"):
        label, alts = row[f"label_{lang}"], row[f"alts_{lang}"]
        if words := skill.words.get(lang):
            alts = joined(words.alts, [label, *alts], but=words.label)
            label = words.label
        found |= {f"label_{lang}": label, f"alts_{lang}": alts}
    return found


def _add_within_reach(release: Release) -> Changes:
    """Skills that our occupations need and that we lack, in the field of most of what those occupations need."""
    known = set(session.scalars(select(Skill.uri).where(Skill.uri.is_not(None))))
    fields = _fields_of_occupations()
    asked: dict[str, Counter[str]] = {}
    for job, skill in sorted(release.needs):
        if job in fields and skill not in known:
            asked.setdefault(skill, Counter()).update(fields[job])
    taken = set(queries.ids_by_slug())
    rows: dict[str, Row] = {}
    for uri, found in asked.items():
        row = _row(release.skills[uri], max(sorted(found), key=lambda field: found[field]))
        rows[_free_slug(row["label_en"], taken | rows.keys())] = row
    return store(Skill, rows)


def _fields_of_occupations() -> dict[str, Counter[str]]:
    query = select(Occupation.uri, Skill.field).select_from(OccupationSkill)
    query = query.join(OccupationSkill.occupation).join(OccupationSkill.skill).where(Occupation.uri.is_not(None))
    fields: dict[str, Counter[str]] = {}
    for uri, field in session.execute(query):
        fields.setdefault(str(uri), Counter())[field] += 1
    return fields


def _row(skill: EscoSkill, field: str) -> Row:
    first = next(iter(skill.words.values()))
    row: Row = {"uri": skill.uri, "type": skill.type, "field": field, "label_fy": "", "alts_fy": []}
    for lang in ("nl", "en"):
        words = skill.words.get(lang, first)
        row |= {f"label_{lang}": words.label, f"alts_{lang}": list(words.alts)}
    return row | {"label_source": OFFICIAL if "nl" in skill.words else OFFICIAL_EN}


def _free_slug(label: str, taken: Collection[str]) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", fold(label))[:LONGEST_SLUG].strip("-") or "skill"
    return next(one for one in (slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3))) if one not in taken)


def _load_official_links(release: Release, ours: Collection[str]) -> Changes:
    """Links to wider skills, and needs of occupations, of the skills that are not in our own files."""
    rows = session.execute(select(Skill.uri, Skill.id, Skill.slug)).all()
    skills = {uri: id_ for uri, id_, _ in rows if uri in release.skills}
    added = {id_ for uri, id_, slug in rows if uri in release.skills and slug not in ours}
    return _load_official_broader(release, skills, added) + _load_official_needs(release, skills, added)


def _load_official_broader(release: Release, skills: Mapping[str, int], added: Collection[int]) -> Changes:
    pairs = [(skills[child], skills[above]) for child, above in release.broader if child in skills and above in skills]
    wanted = {pair: {"skill_id": pair[0], "other_id": pair[1], "kind": "broader"} for pair in sorted(pairs) if pair[0] in added}
    query = select(SkillLink.skill_id, SkillLink.other_id, SkillLink.kind)
    found = session.execute(query.where(SkillLink.kind == "broader"))
    stored = {(one, other): {"kind": kind} for one, other, kind in found if one in added and other in skills.values()}
    return store_pairs(SkillLink, wanted, stored, names=("skill_id", "other_id"))


def _load_official_needs(release: Release, skills: Mapping[str, int], added: Collection[int]) -> Changes:
    jobs = {uri: id_ for uri, id_ in session.execute(select(Occupation.uri, Occupation.id)) if uri}
    pairs = {
        (jobs[job], skills[skill]): essential
        for (job, skill), essential in release.needs.items()
        if job in jobs and skills.get(skill) in added
    }
    query = select(OccupationSkill.occupation_id, OccupationSkill.skill_id, OccupationSkill.essential, OccupationSkill.source)
    known = {(job, skill): {"essential": essential, "source": source} for job, skill, essential, source in session.execute(query)}
    stored = {pair: values for pair, values in known.items() if values["source"] == "release"}
    wanted = {
        (job, skill): {"occupation_id": job, "skill_id": skill, "essential": essential, "source": "release"}
        for (job, skill), essential in sorted(pairs.items())
        if (job, skill) in stored or (job, skill) not in known
    }
    return store_pairs(OccupationSkill, wanted, stored, names=("occupation_id", "skill_id"))
