"""What follows on writing a place: publishing, pausing, closing, copying, its numbers, and the look at its words."""

import secrets
from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.accounts.services import refuse_example
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.vacancies import checks, counting, policy, posting, posting_pages, posting_queries, services
from ipf_talent.vacancies.kinds import VacancyStatus
from ipf_talent.vacancies.models import Vacancy
from ipf_talent.vacancies.posting_forms import ExtendForm, PressForm, TemplateForm
from ipf_talent.vacancies.words import WORDS, way_to
from ipf_talent.web.access import allow

bp = Blueprint("posted", __name__, url_prefix="/posting")
STATISTIC_DAYS = 90


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


@bp.post("/<slug:slug>/publish")
@allow(policy.manages, load=posting_queries.whole, deny=404)
def publish(vacancy: Vacancy) -> ResponseReturnValue:
    """Put it online; what fails is named, and what can go is published."""
    try:
        refuse_example(_me(), of=vacancy.company)
        found = services.publish(vacancy, by_id=_me().id, now=clock.now())
    except services.NotReady as refusal:
        session.rollback()
        return posting_pages.overview(posting_queries.whole(vacancy.slug), refusal.reasons), 422
    except DomainError as error:
        session.rollback()
        flash(error.message, "warning")
        return redirect(url_for("posting.show", slug=vacancy.slug), 303)
    session.commit()
    _say_published(vacancy, found)
    return redirect(url_for("posting.show", slug=vacancy.slug), 303)


def _say_published(vacancy: Vacancy, found: checks.Verdict) -> None:
    if vacancy.status is VacancyStatus.IN_REVIEW:
        flash(_("A person looks at the words you set aside. You hear from us within two working days."), "info")
    elif found.left_out:
        named = {"shown": ", ".join(found.crebos), "left": ", ".join(found.left_out)}
        flash(_("It is online for crebo %(shown)s. Not for %(left)s: your address is not recognised for it.", **named), "warning")
    else:
        flash(_("The place is online."))


def _deed(vacancy: Vacancy, act: Callable[[], object], words: str, *, to: str = "posting.show") -> ResponseReturnValue:
    """Do it, keep it and go back; a refusal is said there, with every reason."""
    try:
        refuse_example(_me(), of=vacancy.company)
        act()
        session.commit()
    except DomainError as error:
        session.rollback()
        reasons = [one.message for one in getattr(error, "reasons", ())]
        flash(" ".join([error.message, *reasons]), "warning")
    else:
        flash(words)
    return redirect(url_for(to) if to == ".review" else url_for(to, slug=vacancy.slug), 303)


@bp.post("/<slug:slug>/pause")
@allow(policy.manages, load=posting_queries.whole, deny=404)
def pause(vacancy: Vacancy) -> ResponseReturnValue:
    """Hide it for a while."""
    return _deed(vacancy, lambda: services.pause(vacancy, by_id=_me().id), _("The place is paused. Responses that you have stay."))


@bp.post("/<slug:slug>/resume")
@allow(policy.manages, load=posting_queries.whole, deny=404)
def resume(vacancy: Vacancy) -> ResponseReturnValue:
    """Show it again."""
    return _deed(vacancy, lambda: services.resume(vacancy, by_id=_me().id, now=clock.now()), _("The place is online again."))


@bp.post("/<slug:slug>/withdraw")
@allow(policy.manages, load=posting_queries.whole, deny=404)
def withdraw(vacancy: Vacancy) -> ResponseReturnValue:
    """Take it back before anybody looked at it."""
    return _deed(vacancy, lambda: services.withdraw(vacancy, by_id=_me().id), _("It is a draft again."))


@bp.post("/<slug:slug>/close")
@allow(policy.manages, load=posting_queries.whole, deny=404)
def close(vacancy: Vacancy) -> ResponseReturnValue:
    """End it; whoever responded hears why."""
    words = _("The place is closed. Whoever responded hears it.")
    return _deed(vacancy, lambda: services.close(vacancy, by_id=_me().id, now=clock.now()), words)


@bp.post("/<slug:slug>/extend")
@allow(policy.manages, load=posting_queries.whole, deny=404)
def extend(vacancy: Vacancy) -> ResponseReturnValue:
    """Show it longer."""
    form = ExtendForm()
    if not form.submitted() or form.until.data is None:
        flash(_("Choose the day until which it is shown."), "warning")
        return redirect(url_for("posting.show", slug=vacancy.slug), 303)
    until = form.until.data
    return _deed(
        vacancy, lambda: services.extend(vacancy, until=until, by_id=_me().id, today=clock.today()), _("It is shown longer.")
    )


@bp.post("/<slug:slug>/copy")
@allow(policy.manages, load=posting_queries.whole, deny=404)
def copy(vacancy: Vacancy) -> ResponseReturnValue:
    """A draft with the same content."""
    return _copied(vacancy, PressForm(), None, _("This is a copy. Look at its period and dates."))


@bp.post("/<slug:slug>/template")
@allow(policy.manages, load=posting_queries.whole, deny=404)
def template(vacancy: Vacancy) -> ResponseReturnValue:
    """Keep its content as a template."""
    form = TemplateForm()
    return _copied(vacancy, form, str(form.name.data or ""), _("The template is kept."))


def _copied(vacancy: Vacancy, form: PressForm, name: str | None, words: str) -> ResponseReturnValue:
    try:
        if not form.submitted():
            raise DomainError(next((errors[0] for errors in form.errors.values() if errors), _("Please try again.")))
        key = str(form.key.data or "")[:32] or secrets.token_hex(16)
        made = posting.copy(vacancy, by=_me(), key=key, today=clock.today(), template=name)
    except DomainError as error:
        session.rollback()
        flash(error.message, "warning")
        return redirect(url_for("posting.show", slug=vacancy.slug), 303)
    session.commit()
    flash(words)
    return redirect(url_for("posting.index") if name else url_for("posting.show", slug=made.slug), 303)


@bp.post("/<slug:slug>/remove")
@allow(policy.manages, load=posting_queries.whole, deny=404)
def remove(vacancy: Vacancy) -> ResponseReturnValue:
    """Take a draft or a template away."""
    try:
        posting.remove(vacancy, by=_me())
    except DomainError as error:
        session.rollback()
        flash(error.message, "warning")
        return redirect(url_for("posting.show", slug=vacancy.slug), 303)
    session.commit()
    flash(_("It is taken away."))
    return redirect(url_for("posting.index"), 303)


@bp.get("/<slug:slug>/statistics")
@allow(policy.manages, load=posting_queries.whole, deny=404)
def statistics(vacancy: Vacancy) -> str:
    """How often it was seen, and what became of the responses; nobody is named."""
    today = clock.today()
    seen = counting.seen(vacancy.id, today, days=STATISTIC_DAYS)
    by_day = counting.by_day(vacancy.id, today, days=STATISTIC_DAYS)
    view = {"seen": seen, "by_day": list(reversed(by_day))[:28], "days": STATISTIC_DAYS}
    return render_template("vacancies/edit_statistics.html", vacancy=vacancy, words=WORDS, **view)


@bp.get("/review")
@allow(policy.reviews_places)
def review() -> str:
    """Places whose words a person looks at."""
    return render_template("vacancies/edit_review.html", rows=posting_queries.in_review())


@bp.get("/<slug:slug>/review")
@allow(policy.may_review, load=posting_queries.whole, deny=404)
def look(vacancy: Vacancy) -> str:
    """One place as its readers would see it, and the words that were set aside."""
    found = services.judged(vacancy, clock.today())
    aside = {hint.code: hint.reason for hint in vacancy.hints}
    view = {"found": found, "aside": aside, "way": way_to(vacancy).value}
    return render_template("vacancies/edit_look.html", vacancy=vacancy, words=WORDS, **view)


@bp.post("/<slug:slug>/approve")
@allow(policy.may_review, load=posting_queries.whole, deny=404)
def approve(vacancy: Vacancy) -> ResponseReturnValue:
    """Let it pass."""
    return _deed(
        vacancy, lambda: services.approve(vacancy, by_id=_me().id, now=clock.now()), _("The place is online."), to=".review"
    )


@bp.post("/<slug:slug>/return")
@allow(policy.may_review, load=posting_queries.whole, deny=404)
def send_back(vacancy: Vacancy) -> ResponseReturnValue:
    """Give it back to the company as a draft."""
    words = _("It is a draft of the company again.")
    return _deed(vacancy, lambda: services.send_back(vacancy, by_id=_me().id), words, to=".review")
