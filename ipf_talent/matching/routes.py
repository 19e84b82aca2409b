"""Places and programmes that fit, and why. The order is for the person at the screen; nobody ranks people here."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from flask import Blueprint, Flask, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ipf_talent.errors import NotFound
from ipf_talent.i18n import _
from ipf_talent.matching import around, closing, figures, goals, indexes, queries, reader, sheet, trying
from ipf_talent.matching.engine import Explanation
from ipf_talent.matching.engine.concepts import met
from ipf_talent.matching.filters import Wanted, usual_levels, within_reach
from ipf_talent.matching.forms import Chip, ExampleFilter, GoalFilter, PlaceFilter, chips
from ipf_talent.matching.kinds import EXAMPLE_LABELS
from ipf_talent.matching.ranking import FAINT, Search, fitting, movers
from ipf_talent.programmes.levels import LEVEL_LABELS, STANDING_LABELS, TYPE_LABELS, Level
from ipf_talent.vacancies import policy as places_policy
from ipf_talent.vacancies import queries as vacancies
from ipf_talent.vacancies import reader as told
from ipf_talent.vacancies.kinds import KIND_LABELS
from ipf_talent.vacancies.models import Vacancy
from ipf_talent.web.access import allow, public
from ipf_talent.web.paging import paginate_list

bp = Blueprint("matching", __name__, url_prefix="/match")
SIZE = 10
WEAK = 0.2
"""Below this fit of the best place the page says that nothing fits well."""
WORDS = {"levels": LEVEL_LABELS, "kinds": KIND_LABELS, "standings": STANDING_LABELS, "types": TYPE_LABELS}
"""What templates read stored codes with."""


def init(app: Flask) -> None:
    """Let the pages of a place and of a programme, which know nothing of matching, show what lies around them."""
    told.tell(app, fits=reader.fits)
    app.jinja_env.globals.update(around_place=around.of_place, around_programme=around.of_programme, match_words=WORDS)


@bp.get("/places")
@public
def places() -> ResponseReturnValue:
    """Places in the order of their fit; by date for who said nothing yet, or where there is no index."""
    filters = PlaceFilter.read()
    me = reader.read(filters)
    used = chips(me.wanted)
    view = {"me": me, "filters": filters, "chips": used, **_spoken(me)}
    if me.search is None:
        page = paginate_list(me.by_date, size=SIZE)
        return render_template("matching/places.html", page=page, **view)
    page = paginate_list(me.search.ranking.ids, size=SIZE)
    shown = [fitting(me.search, slug, me.taxonomy) for slug in page]
    up, n_fitting = filters.step_up(me.card.level), me.search.count_fitting(me.wanted)
    more = me.search.count_fitting(replace(me.wanted, levels=up)) - n_fitting if up else 0
    view |= {"instead": None if page.total else _instead(me.search, used), "n_fitting": n_fitting, "more": more}
    view |= {"all_away": dict.fromkeys((chip.name for chip in used), "all"), "weak": WEAK, "faint": FAINT}
    return render_template("matching/places.html", page=page, shown=shown, **view)


def _instead(search: Search, used: Iterable[Chip]) -> tuple[list[tuple[Chip, int]], int]:
    """Where the filters leave nothing: what taking each one away would leave, as far as that is anything, and all of them."""
    counts = [(chip, search.count(search.wanted.without(chip.name))) for chip in used]
    return [(chip, count) for chip, count in counts if count], search.count(Wanted())


@bp.get("/places/<slug:slug>")
@public
def place(slug: str) -> ResponseReturnValue:
    """One place: every line of its fit, what is missing, who teaches it, and what learning it would do."""
    me = reader.read(PlaceFilter.read())
    row = me.rows.get(slug)
    if row is None:
        if queries.was_shown(slug):
            return redirect(url_for("vacancies.show", slug=slug), 303)
        raise NotFound(_("There is no such place."))
    return render_template("matching/place.html", me=me, row=row, sheet=sheet.read(me, row), **_spoken(me))


@bp.get("/places/<slug:slug>/check")
@allow(places_policy.may_try, load=vacancies.get, deny=404)
def check(vacancy: Vacancy) -> ResponseReturnValue:
    """The sheet of one's own place as an example student sees it, and how its text is read; no person is in it."""
    tried = trying.read(vacancy, ExampleFilter.read().example)
    return render_template("matching/check.html", vacancy=vacancy, tried=tried, examples=EXAMPLE_LABELS, **_spoken(tried.me))


@bp.get("/programmes")
@public
def programmes() -> ResponseReturnValue:
    """Programmes by how much of what is missing they teach, and in what time."""
    filters, me = GoalFilter.read(), reader.read(PlaceFilter())
    occupations = queries.occupations(filters.occupation.data)
    filters.offer(occupations)
    goal = goals.chosen(me, **filters.goal, occupations=occupations)
    level = Level(filters.level.data) if filters.level.data else None
    rows = queries.teaching(level=level) if goal.missing else []
    relations = closing.taught_by(me.taxonomy)
    found = closing.ranked(rows, goal.missing, relations, _fits(me), reach=partial(within_reach, me.card))
    page = paginate_list(found, size=SIZE)
    placed = bool(usual_levels(me.card))
    return render_template("matching/programmes.html", me=me, filters=filters, goal=goal, page=page, placed=placed, **_spoken(me))


@bp.get("/programmes/<slug:slug>")
@public
def programme(slug: str) -> ResponseReturnValue:
    """One programme: what it would close, what is known already, and which places would fit better after it."""
    row, taught = queries.programme(slug)
    filters, me = GoalFilter.read(), reader.read(PlaceFilter())
    named = queries.occupations(filters.occupation.data) if filters.occupation.data else []
    goal = goals.chosen(me, **filters.goal, occupations=named)
    had = met(me.card.slugs, me.taxonomy.relations)
    return render_template(
        "matching/programme.html",
        me=me,
        row=row,
        goal=goal,
        taught=taught,
        known=[skill for skill in taught if skill in had],
        one=closing.closing(row, taught, goal.missing, closing.taught_by(me.taxonomy), reach=partial(within_reach, me.card)),
        movers=movers(me.search, taught) if me.search and taught else [],
        **_spoken(me),
    )


@bp.get("/report")
@public
def report() -> ResponseReturnValue:
    """How good the order is, where it errs, whether it is fair, what it costs, and what nobody measured."""
    found = figures.shipped()
    matcher = indexes.places().matcher
    other = found is not None and matcher is not None and found.versions.get("model") != matcher.versions_.model
    tests = found.collections if found else ()
    return render_template(
        "matching/report.html",
        report=found,
        other=other,
        ahead=figures.ahead(tests),
        clearly=figures.clearly_ahead(tests),
        title_of=figures.title_of,
        words=figures.WORDS,
    )


def _spoken(me: reader.Reader) -> dict[str, Any]:
    """
    How templates say skills and programmes.

    `label` says one skill, `linked` and `had` several with links, `through` one that something taught comes near to, `musts_of` the
    must-haves of an explanation, `later` why a programme is no next step, `load` its size.
    """
    label = sheet.labels(me.taxonomy)

    def linked(slugs: Iterable[str]) -> list[dict[str, str]]:
        return [{"label": label(slug), "url": url_for("skills.show", slug=slug)} for slug in slugs]

    def had(slugs: Iterable[str]) -> list[dict[str, str]]:
        return [{"label": one(slug), "url": url_for("skills.show", slug=slug)} for slug in slugs]

    def one(slug: str) -> str:
        return sheet.had_label(slug, me.card.slugs, me.taxonomy)

    def musts_of(why: Explanation) -> list[dict[str, str | bool]]:
        met_ones: list[dict[str, str | bool]] = [{"label": one(slug), "met": True} for slug in why.musts_met]
        return met_ones + [{"label": label(slug), "met": False} for slug in why.musts_open]

    def through(slug: str, taught: Collection[str]) -> str:
        return sheet.had_label(slug, taught, me.taxonomy)

    said = {"label": label, "linked": linked, "had": had, "through": through, "musts_of": musts_of, "words": WORDS}
    return said | {"later": partial(sheet.later, me.card), "load": sheet.load}


def _fits(me: reader.Reader) -> dict[str, float]:
    """How well each programme fits what the person brings; it settles only what is equal otherwise."""
    matcher = indexes.programmes(me.taxonomy).matcher
    if matcher is None or me.search is None:
        return {}
    return dict(zip(matcher.ids_, matcher.scores(me.search.query).tolist(), strict=True))
