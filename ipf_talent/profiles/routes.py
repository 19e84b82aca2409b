"""Where are you now: level, skills, wishes; for guests and people with an account alike."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue

from ipf_talent import clock
from ipf_talent.accounts import signals
from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.i18n import _, pick
from ipf_talent.organisations import queries as organisations
from ipf_talent.profiles import current, forms, labels, queries
from ipf_talent.profiles.card import MOST_SKILLS, Card, KnownSkill
from ipf_talent.profiles.skill_words import understand
from ipf_talent.programmes import queries as programmes
from ipf_talent.programmes.levels import StartingPoint
from ipf_talent.skills import queries as catalogue
from ipf_talent.web.access import public
from ipf_talent.web.text import local_path

bp = Blueprint("profiles", __name__, url_prefix="/profile")
REMOVED = "removed_skill"
SURE = 0.75
"""Recognised skills from this certainty on are ticked beforehand."""


def init(app: Flask) -> None:
    """Let what a guest said move into the account that they sign in to."""
    signals.signed_in.connect(_move_in)


def _move_in(user: User) -> None:
    if current.move_in(user):
        flash(_("What you filled in before is in your profile now."))


def _keep(card: Card) -> None:
    current.keep(card)
    session.commit()


@bp.route("", methods=["GET", "POST"])
@public
def edit() -> ResponseReturnValue:
    """Level, programme and year; a post with the level alone keeps the rest."""
    card = current.card()
    form = forms.PointForm(data={"point": card.point, "programme": card.programme or "", "year": str(card.year or "")})
    form.offer(programmes.choices())
    if form.submitted():
        _keep(replace(card, **_sent(form, card)))
        return redirect(url_for(".skills"), 303)
    return render_template("profiles/edit.html", form=form), 422 if form.errors else 200


def _sent(form: forms.PointForm, card: Card) -> dict[str, Any]:
    """What was sent; another level without a programme beside it makes the former programme and year say nothing any more."""
    point = StartingPoint(form.point.data)
    moved = point is not card.point
    programme = (form.programme.data or None) if "programme" in request.form else None if moved else card.programme
    year = int(form.year.data) if form.year.data and "year" in request.form else None
    return {"point": point, "programme": programme, "year": year if "year" in request.form or moved else card.year}


@bp.get("/skills")
@public
def skills() -> ResponseReturnValue:
    """What someone can: what they said, a field to say more, and skills that go with their programme."""
    removed = cookie.pop(REMOVED, None)
    return _skills(forms.WordsForm(formdata=None), removed=removed)


def _skills(form: forms.WordsForm, *, removed: str | None = None, unknown: tuple[str, ...] = ()) -> ResponseReturnValue:
    card, taxonomy = current.card(), catalogue.taxonomy()
    held = [(taxonomy.concepts[known.slug], known.words) for known in card.skills if known.slug in taxonomy]
    near = [(piece, [concept for concept in catalogue.suggest(piece, 4) if concept.slug not in card.slugs]) for piece in unknown]
    page = render_template(
        "profiles/skills.html",
        form=form,
        text_form=forms.TextForm(formdata=None),
        held=held,
        full=len(card.skills) >= MOST_SKILLS,
        most=MOST_SKILLS,
        near=near,
        removed=taxonomy.concepts.get(removed or ""),
        usual=[concept for slug in queries.usual_skills(card) if (concept := taxonomy.concepts.get(slug))],
    )
    return page, 422 if form.errors else 200


@bp.post("/skills/add")
@public
def add_skill() -> ResponseReturnValue:
    """Add skills: one or more by their `slug`, or a typed list in `words`; what we do not know stays in the field."""
    if slugs := request.form.getlist("slug"):
        known = [slug for slug in slugs[:MOST_SKILLS] if slug in catalogue.taxonomy()]
        return _added(current.card(), [KnownSkill(slug) for slug in known])
    form = forms.WordsForm()
    if not form.submitted():
        return _skills(form)
    found = understand(str(form.words.data), catalogue.recogniser().find, catalogue.suggest)
    if not found.unknown:
        return _added(current.card(), list(found.skills))
    _keep(current.card().adding(*found.skills))
    form.words.data = ", ".join(found.unknown)
    form.words.errors = [_("We do not know this yet: %(words)s. Try another word, or choose below.", words=form.words.data)]
    return _skills(form, unknown=found.unknown[:5])


def _added(card: Card, new: list[KnownSkill]) -> ResponseReturnValue:
    concepts, fuller = catalogue.taxonomy().concepts, card.adding(*new)
    _keep(fuller)
    if len({*card.slugs, *(skill.slug for skill in new)}) > len(current.card().skills):
        flash(_("Your profile is full. Remove a skill to add another."), "warn")
    elif len(fuller.skills) > len(card.skills):
        names = [pick(concepts[slug], "label") for slug in fuller.slugs[len(card.skills) :] if slug in concepts]
        flash(_("Added: %(names)s.", names=", ".join(names)))
    return redirect(local_path(request.form.get("next")) or url_for(".skills"), 303)


@bp.post("/skills/remove")
@public
def remove_skill() -> ResponseReturnValue:
    """Take a skill out; the next page offers to put it back."""
    slug = request.form.get("slug", "")
    if slug in current.card().slugs:
        _keep(current.card().without(slug))
        cookie[REMOVED] = slug
    return redirect(url_for(".skills"), 303)


@bp.get("/skills/suggest")
@public
def suggest() -> ResponseReturnValue:
    """Skills that a word may mean: the part of the page that is renewed while someone types."""
    piece = request.args.get("words", "")[: forms.LONGEST_LIST].split(",")[-1].strip()
    found = catalogue.suggest(piece) if len(piece) > 1 else []
    return render_template(
        "profiles/_suggestions.html", found=[concept for concept in found if concept.slug not in current.card().slugs]
    )


@bp.post("/skills/read")
@public
def read_text() -> ResponseReturnValue:
    """Look for skills in a pasted text and show which words showed them; the text is not kept."""
    form = forms.TextForm()
    taxonomy, found = catalogue.taxonomy(), []
    if form.submitted():
        had = current.card().slugs
        read = catalogue.recogniser().find(str(form.text.data))
        found = [(taxonomy.concepts[one.slug], one.words, one.certainty >= SURE) for one in read if one.slug not in had]
    return render_template("profiles/found.html", form=form, found=found), 422 if form.errors else 200


@bp.route("/wishes", methods=["GET", "POST"])
@public
def wishes() -> ResponseReturnValue:
    """What someone looks for: kind of place, period, languages, travel."""
    card = current.card()
    form = forms.WishesForm(data=labels.form_values(card))
    form.offer([place.name for place in organisations.places()], clock.today(), card)
    if form.submitted():
        values = form.values
        km = int(values["travel_km"]) if values["travel_km"] else None
        chosen = {"kinds": tuple(values["kinds"] or ()), "languages": tuple(values["languages"] or ())}
        _keep(replace(card, **values | chosen | {"wish": values["wish"] or "", "travel_km": km, "place": values["place"] or None}))
        return redirect(url_for(".show"), 303)
    return render_template("profiles/wishes.html", form=form), 422 if form.errors else 200


@bp.get("/overview")
@public
def show() -> ResponseReturnValue:
    """All that someone said, where we keep it, and what would help still."""
    card, taxonomy = current.card(), catalogue.taxonomy()
    held = [concept for slug in card.slugs if (concept := taxonomy.concepts.get(slug))]
    programme = programmes.by_slugs([card.programme]).get(card.programme) if card.programme else None
    return render_template("profiles/show.html", card=card, held=held, programme=programme, facts=labels.facts(card, programme))


@bp.post("/forget")
@public
def forget() -> ResponseReturnValue:
    """Forget all that someone said."""
    _keep(Card())
    flash(_("Your profile is empty again."))
    return redirect(url_for(".edit"), 303)
