"""Saying that a place or programme is read wrongly, and the list of what was said for whoever can mend it."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts import proving
from ipf_talent.accounts.attempts import TooManyTries
from ipf_talent.accounts.forms import ChosenForm
from ipf_talent.accounts.policy import is_cluster_office
from ipf_talent.db import session
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.i18n import _, current_language
from ipf_talent.matching import correction_queries, corrections, indexes, policy
from ipf_talent.matching.corrections import Subject
from ipf_talent.matching.forms import CorrectionForm
from ipf_talent.matching.kinds import ABOUT_LABELS, KIND_LABELS, STATUS_LABELS, CorrectionAbout, CorrectionKind
from ipf_talent.programmes import queries as programmes
from ipf_talent.skills import queries as skills
from ipf_talent.vacancies import policy as places
from ipf_talent.vacancies import queries as vacancies
from ipf_talent.web.access import allow, public
from ipf_talent.web.paging import paginate

bp = Blueprint("corrections", __name__)
SAID = "said_wrong"
"""Numbers of what this browser said, so that the same is not taken in twice."""
MOST_SAID = 20
"""As many as are taken in of one thing in a day; a cookie has to hold them."""
WORDS = {"abouts": ABOUT_LABELS, "kinds": KIND_LABELS, "statuses": STATUS_LABELS}
"""What templates read stored codes with."""


@bp.route("/match/places/<slug:slug>/wrong", methods=["GET", "POST"])
@public
def place(slug: str) -> ResponseReturnValue:
    """Something is wrong in how a place is read."""
    vacancy = vacancies.get(slug)
    own = places.may_try(current_user, vacancy)
    if not own and not places.was_seen(vacancy):
        raise NotFound(_("There is no such place."))
    return _form(Subject.of_place(vacancy), url_for("matching.check" if own else "matching.place", slug=slug))


@bp.route("/match/programmes/<slug:slug>/wrong", methods=["GET", "POST"])
@public
def programme(slug: str) -> ResponseReturnValue:
    """Something is wrong in how a programme is read."""
    return _form(Subject.of_programme(programmes.get(slug)), url_for("matching.programme", slug=slug))


def _form(subject: Subject, back: str) -> ResponseReturnValue:
    form = CorrectionForm(about=request.args.get("about"), skill=request.args.get("skill", ""))
    form.offer(subject.skills, skills.taxonomy())
    status, headers = 200, {}
    if form.submitted():
        try:
            _report(subject, form)
        except DomainError as error:
            session.rollback()
            form.reject(error)
        except TooManyTries as error:
            session.rollback()
            form.form_errors.append(_("There were many tries in a short time. Wait a few minutes and try again."))
            status, headers = 429, {"Retry-After": str(error.seconds)}
        else:
            session.commit()
            flash(_("Thank you. Whoever keeps this page can see now what you wrote."))
            return redirect(back, 303)
    page = render_template("matching/wrong.html", form=form, subject=subject, back=back)
    return make_response(page, 422 if form.errors and status == 200 else status, headers)


def _report(subject: Subject, form: CorrectionForm) -> None:
    """Counts the try first: over an account, or for guests over the thing, since a class shares one network."""
    known = current_user.is_authenticated
    proving.count("report", current_user.email if known else f"{subject.kind.value}/{subject.thing.slug}")
    held = (indexes.places if subject.kind is CorrectionKind.PLACE else indexes.programmes)()
    row = corrections.report(
        subject,
        about=CorrectionAbout(form.about.data),
        skill=form.skill.data or None,
        text=form.text.data or "",
        language=current_language(),
        reporter_id=current_user.id if known else None,
        versions=held.matcher.versions_ if held.matcher else None,
        now=clock.now(),
        earlier=cookie.get(SAID, ()),
    )
    cookie[SAID] = [*cookie.get(SAID, ()), row.id][-MOST_SAID:]


@bp.get("/corrections")
@allow(policy.reads_corrections)
def index() -> ResponseReturnValue:
    """What was said of the places and programmes of one's own organisations; everything for the cluster office."""
    page = paginate(correction_queries.listed(current_user))
    return render_template(
        "matching/corrections.html", page=page, form=ChosenForm(), office=is_cluster_office(current_user), words=WORDS
    )


@bp.post("/corrections/settle")
@allow(policy.reads_corrections)
def settle() -> ResponseReturnValue:
    """Note that one of them is looked at."""
    correction = correction_queries.get(ChosenForm().number_sent())
    if not policy.may_settle(current_user, correction):
        raise NotFound(_("There is no such line."))
    try:
        corrections.settle(correction, by=current_user, now=clock.now())
    except DomainError as error:
        session.rollback()
        flash(error.message, "warning")
    else:
        session.commit()
        flash(_("It is settled."))
    return redirect(url_for(".index"), 303)
