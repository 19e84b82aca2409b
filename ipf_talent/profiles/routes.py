"""Where are you now: level, skills, wishes; for guests and people with an account alike."""

from collections.abc import Iterable
from dataclasses import replace

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue

from ipf_talent import clock
from ipf_talent.accounts import signals
from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.i18n import _, ngettext, pick
from ipf_talent.organisations import queries as organisations
from ipf_talent.profiles import current, forms, labels, queries, supply
from ipf_talent.profiles.card import MOST_SKILLS, Card, KnownSkill
from ipf_talent.profiles.skill_words import pieces, understand
from ipf_talent.programmes import queries as programmes
from ipf_talent.skills import queries as catalogue
from ipf_talent.skills.taxonomy import Concept
from ipf_talent.vacancies import reader
from ipf_talent.web.access import public
from ipf_talent.web.text import local_path

bp = Blueprint("profiles", __name__, url_prefix="/profile")
REMOVED = "removed_skill"
SURE = 0.75
"""Recognised skills from this certainty on are ticked beforehand."""

MOST_NAMED = 5
"""Skills named in one message; of more only the number is said."""


def init(app: Flask) -> None:
    """Let what a guest said move into the account that they sign in to, and let a company see how many students are near."""
    signals.signed_in.connect(_move_in)
    reader.tell(app, adult_on=current.adult_on)
    app.jinja_env.globals.update(student_supply=supply.near)


def _move_in(user: User) -> None:
    if current.move_in(user):
        flash(_("What you filled in before is in your profile now."))


def _keep(card: Card) -> None:
    current.keep(card)
    session.commit()
    if len(current.card().skills) < len(card.skills):
        flash(_("Your browser can hold no more, so your last skills are left out. With an account all of them fit."), "warn")


@bp.route("", methods=["GET", "POST"])
@public
def edit() -> ResponseReturnValue:
    """Level, programme and year; what a post does not hold stays as it was."""
    card = current.card()
    form = forms.PointForm(data=labels.point_values(card))
    form.offer(programmes.choices(also=card.programme))
    if form.submitted():
        _keep(replace(card, **{name: value for name, value in form.said.items() if name in request.form}))
        return redirect(url_for(".skills"), 303)
    return render_template("profiles/edit.html", form=form), 422 if form.errors else 200


@bp.get("/skills")
@public
def skills() -> ResponseReturnValue:
    """What someone can: what they said, a field to say more, and skills that go with their programme."""
    return _skills(forms.WordsForm(formdata=None), removed=cookie.pop(REMOVED, ""))


def _skills(
    form: forms.WordsForm, *, removed: str = "", unknown: tuple[str, ...] = (), found: Iterable[Concept] = ()
) -> ResponseReturnValue:
    card, taxonomy = current.card(), catalogue.taxonomy()
    page = render_template(
        "profiles/skills.html",
        form=form,
        text_form=forms.TextForm(formdata=None),
        held=[taxonomy.concepts[slug] for slug in card.slugs if slug in taxonomy],
        most=MOST_SKILLS,
        near=[(piece, _not_yet(catalogue.suggest(piece, 4))) for piece in unknown],
        usual=[concept for slug in queries.usual_skills(card) if (concept := taxonomy.concepts.get(slug))],
        removed=taxonomy.concepts.get(removed),
        found=found,
    )
    return page, 422 if form.errors else 200


def _not_yet(concepts: Iterable[Concept]) -> list[Concept]:
    """Without those that the person at the screen has."""
    return [concept for concept in concepts if concept.slug not in current.card().slugs]


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
    fuller = card.adding(*new)
    _keep(fuller)
    if not {skill.slug for skill in new} <= set(fuller.slugs):
        flash(_("Your profile is full. Remove a skill to add another."), "warn")
    elif gained := current.card().slugs[len(card.skills) :]:
        flash(_gained(gained))
    return redirect(local_path(request.form.get("next")) or url_for(".skills"), 303)


def _gained(slugs: tuple[str, ...]) -> str:
    """The skills by name, or only how many: what is flashed has to fit in the cookie too."""
    if len(slugs) > MOST_NAMED:
        return str(ngettext("%(num)d skill added.", "%(num)d skills added.", len(slugs)))
    concepts = catalogue.taxonomy().concepts
    return str(_("Added: %(names)s.", names=", ".join(pick(concepts[slug], "label") for slug in slugs if slug in concepts)))


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
    """Skills that a word may mean: while someone types only that part of the page, otherwise the page with it."""
    words = request.args.get("words", "")[: forms.LONGEST_LIST]
    last = pieces(words)[-1:]
    found = _not_yet(catalogue.suggest(last[0])) if last else []
    if request.headers.get("HX-Request") == "true":
        return render_template("profiles/_suggestions.html", found=found)
    return _skills(forms.WordsForm(formdata=None, data={"words": words}), found=found)


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
    form = forms.WishesForm(data=labels.wish_values(card, clock.today()))
    form.offer([place.name for place in organisations.places()], clock.today(), card)
    if form.submitted():
        _keep(replace(card, **form.said))
        return redirect(url_for(".show"), 303)
    return render_template("profiles/wishes.html", form=form), 422 if form.errors else 200


@bp.get("/overview")
@public
def show() -> ResponseReturnValue:
    """All that someone said, where we keep it, and what would help still."""
    card, taxonomy = current.card(), catalogue.taxonomy()
    held = [concept for slug in card.slugs if (concept := taxonomy.concepts.get(slug))]
    programme = programmes.named(card.programme)
    said, open_ends = labels.facts(card, programme, clock.today()), labels.open_ends(card, programme)
    return render_template("profiles/show.html", card=card, held=held, facts=said, open_ends=open_ends)


@bp.post("/forget")
@public
def forget() -> ResponseReturnValue:
    """Forget all that someone said."""
    _keep(Card())
    flash(_("Your profile is empty again."))
    return redirect(url_for(".edit"), 303)
