"""The list of pages of a listing: how far each is, what is missing, and what can be done now."""

from collections.abc import Collection
from typing import Any

from flask import render_template

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.i18n import ngettext
from ipf_talent.programmes import checks, listing_queries, policy, services
from ipf_talent.programmes.filters import LANGUAGE_LABELS
from ipf_talent.programmes.levels import LEVEL_LABELS, MODE_LABELS, STANDING_LABELS, TRACK_LABELS, TYPE_LABELS
from ipf_talent.programmes.listing import CHANNEL_LABELS, INTAKE_LABELS, STATUS_LABELS, ListingStatus
from ipf_talent.programmes.listing_forms import StepForm
from ipf_talent.programmes.listing_tasks import GROUPS, LABELS, OPTIONAL, ListingTask, Missing, Part
from ipf_talent.programmes.models import Programme
from ipf_talent.programmes.news_words import moment
from ipf_talent.programmes.rules import RULE_LABELS
from ipf_talent.skills.fields import LABELS as FIELD_LABELS

WORDS = {
    "levels": LEVEL_LABELS,
    "types": TYPE_LABELS,
    "modes": MODE_LABELS,
    "standings": STANDING_LABELS,
    "tracks": TRACK_LABELS,
    "fields": FIELD_LABELS,
    "languages": LANGUAGE_LABELS,
    "rules": RULE_LABELS,
    "statuses": STATUS_LABELS,
    "channels": CHANNEL_LABELS,
    "intakes": INTAKE_LABELS,
}
"""What templates read stored codes with."""


def overview(programme: Programme, user: User, *, refused: Collection[Missing] = (), reason: StepForm | None = None) -> str:
    """The page; `refused` says why a step did not work just now."""
    today = clock.today()
    lacking = checks.missing(programme, today)
    by_page = {page: [one.message for one in lacking if one.page is page] for page in (*ListingTask, *Part)}
    states = {page: state(programme, page, by_page[page]) for page in (*ListingTask, *Part)}
    open_days = listing_queries.open_days(programme.institution_id, programme.id, since=clock.now())
    writes, authors = policy.manages_listing(user, programme), services.authors(programme)
    view: dict[str, Any] = {
        "groups": GROUPS, "labels": LABELS, "states": states, "missing": by_page, "lacking": lacking, "refused": refused,
        "steps": {line.name for line in services.steps(user, programme, authors)}, "writes": writes, "today": today,
        "waits_for_other": programme.status is ListingStatus.IN_REVIEW and services.is_author(user, programme, authors),
        "offering_steps": {one.id: {line.name for line in services.steps(user, one, authors)} for one in programme.offerings},
        "open_days": open_days,
        "followers": listing_queries.followers(programme.id), "told": _told(programme, len(open_days)),
        "step_form": reason or StepForm(formdata=None), "moment": moment,
    }  # fmt: skip
    return render_template("programmes/edit_show.html", programme=programme, words=WORDS, **view)


def _told(programme: Programme, open_days: int) -> dict[ListingTask | Part, str]:
    """How many there are, of pages of which none is a must."""
    electives = len(listing_queries.chosen_electives(programme.id))
    return {
        Part.OPEN_DAYS: str(ngettext("%(num)d open day", "%(num)d open days", open_days)) if open_days else "",
        ListingTask.ELECTIVES: str(ngettext("%(num)d module", "%(num)d modules", electives)) if electives else "",
    }


def state(programme: Programme, page: ListingTask | Part, missing: Collection[str]) -> str:
    """How far a page is: missing, done or optional."""
    if missing:
        return "started"
    if page in (Part.OPEN_DAYS, Part.EDGES):
        return "optional"
    if page in OPTIONAL:
        done = page is ListingTask.TRANSLATION and programme.title_en and programme.description_en
        return "done" if done else "optional"
    return "done"
