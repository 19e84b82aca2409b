"""Skills and occupations: what teaches them, who asks for them."""

from collections import Counter

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from ipf_talent import clock
from ipf_talent.i18n import pick
from ipf_talent.programmes import queries as programmes
from ipf_talent.programmes.levels import LEVEL_LABELS, STANDING_LABELS
from ipf_talent.skills import queries as skills
from ipf_talent.skills.fields import LABELS as FIELD_LABELS
from ipf_talent.skills.fields import TYPE_LABELS
from ipf_talent.skills.taxonomy import Concept
from ipf_talent.vacancies import reader, skill_queries
from ipf_talent.vacancies.kinds import KIND_LABELS
from ipf_talent.vacancies.skill_forms import OccupationFilter, SkillFilter
from ipf_talent.web.access import public
from ipf_talent.web.paging import paginate_list

bp = Blueprint("skills", __name__)
WORDS = {
    "fields": FIELD_LABELS,
    "types": TYPE_LABELS,
    "levels": LEVEL_LABELS,
    "kinds": KIND_LABELS,
    "standings": STANDING_LABELS,
}
"""What templates read stored codes with."""

SHOWN = 8
"""Programmes and places on the page of a skill or occupation; the rest is counted."""


@bp.get("/skills")
@public
def index() -> ResponseReturnValue:
    """Skills, narrowed by what stands in the address."""
    filters = SkillFilter.read()
    found = _found(filters.q.data or "")
    chosen = filters.chosen
    field, kind = filters.field.data, filters.type.data
    by_field = Counter(one.field for one in found if kind in ("", one.type))
    filters.number({"field": by_field, "type": Counter(one.type for one in found if field in ("", one.field))})
    page = paginate_list([one for one in found if field in ("", one.field) and kind in ("", one.type)])
    slugs = [one.slug for one in page]
    view = {"taught": skill_queries.taught(slugs), "asked": skill_queries.asked(slugs, clock.today())}
    return render_template("skills/index.html", filters=filters, chosen=chosen, page=page, words=WORDS, **view)


def _found(search: str) -> list[Concept]:
    """The skills that a search finds, best first; all of them by name when nothing is asked."""
    concepts = skills.taxonomy().concepts
    if search:
        return [concepts[slug] for slug in skills.ranked(search) if slug in concepts]
    return sorted(concepts.values(), key=lambda concept: (pick(concept, "label").casefold(), concept.slug))


@bp.get("/skills/<slug:slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    """One skill: its words, its neighbours, who teaches it and who asks for it."""
    skill, taxonomy = skills.get(slug), skills.taxonomy()
    links = {name: getattr(taxonomy, name).get(slug, ()) for name in ("broader", "narrower", "related")}
    near = {name: [taxonomy.concepts[other] for other in others] for name, others in links.items()}
    teaching = programmes.teaching([skill.id])
    asking = skill_queries.asking([skill.id], clock.today(), reader.adult_on())
    view = {"near": near, "teaching": teaching, "asking": asking, "needing": skill_queries.needing(skill.id)}
    offered = programmes.offered([row.id for row in teaching[:SHOWN]])
    return render_template("skills/show.html", skill=skill, offered=offered, shown=SHOWN, words=WORDS, **view)


@bp.get("/occupations")
@public
def occupations() -> ResponseReturnValue:
    """Occupations, narrowed by what stands in the address."""
    filters = OccupationFilter.read()
    fields = skill_queries.fields_of_occupations()
    found = list(skill_queries.occupations(filters.q.data or ""))
    if not filters.q.data:
        found.sort(key=lambda row: pick(row, "label").casefold())
    chosen = filters.chosen
    level, field = filters.level.data, filters.field.data
    in_field = [row for row in found if not field or field in fields.get(row.id, ())]
    at_level = [row for row in found if not level or level in row.levels]
    by_level = Counter(code for row in in_field for code in row.levels)
    filters.number({"level": by_level, "field": Counter(code for row in at_level for code in fields.get(row.id, ()))})
    page = paginate_list([row for row in at_level if row in in_field])
    return render_template("skills/occupations.html", filters=filters, chosen=chosen, page=page, fields=fields, words=WORDS)


@bp.get("/occupations/<slug:slug>")
@public
def occupation(slug: str) -> ResponseReturnValue:
    """One occupation: what it needs, which programmes teach most of it, which places ask for it."""
    occupation = skills.get_occupation(slug)
    needed = skill_queries.needed(occupation.id)
    essential = [row.id for row in needed if row.essential]
    teaching, asking = skill_queries.teaching_most(essential), skill_queries.asking_most(essential, clock.today())
    offered = programmes.offered([share.row.id for share in teaching[:SHOWN]])
    view = {"needed": needed, "labels": {row.id: row for row in needed}, "teaching": teaching, "asking": asking}
    return render_template("skills/occupation.html", occupation=occupation, offered=offered, shown=SHOWN, words=WORDS, **view)
