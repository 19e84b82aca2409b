"""A coordinator's rounds: making one, its places and limits, a dry run, fixed pairs, publishing, the certificate."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role
from ipf_talent.cohorts import certificate, checker
from ipf_talent.cohorts.assignment import Cost
from ipf_talent.cohorts.rounds import computing, facts, locking, policy, preparing, queries, services
from ipf_talent.cohorts.rounds import telling as round_telling
from ipf_talent.cohorts.rounds.forms import ActForm, LockForm, RoundForm, SettingsForm, numbers
from ipf_talent.cohorts.rounds.kinds import RoundStatus
from ipf_talent.cohorts.rounds.models import Round
from ipf_talent.cohorts.rounds.words import WORDS
from ipf_talent.db import session
from ipf_talent.enrolments import queries as enrolments
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _, ngettext
from ipf_talent.web.access import allow
from ipf_talent.web.paging import paginate
from ipf_talent.web.saving import saved

bp = Blueprint("rounds", __name__)


def init(app: Flask) -> None:
    """Let the start page, which knows nothing of rounds, say in which round a student has something to do."""
    app.jinja_env.globals.update(
        round_waiting=lambda: queries.waiting_for(_me().id), round_runner=lambda: policy.runs_rounds(current_user)
    )


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


@bp.get("/rounds")
@allow(policy.runs_rounds)
def index() -> ResponseReturnValue:
    """The rounds of one's own schools, the newest first."""
    return render_template("cohorts/round_index.html", page=paginate(queries.of_school(_me())), words=WORDS)


@bp.route("/rounds/new", methods=["GET", "POST"])
@allow(policy.runs_rounds)
def new() -> ResponseReturnValue:
    """Make a round for a period."""
    periods = {one.slug: one for one in enrolments.periods_of(*_me().organisation_ids(Role.COORDINATOR))}
    form = RoundForm(period=request.args.get("period"))
    form.offer({slug: one.name for slug, one in periods.items()})
    made: list[Round] = []

    def make() -> None:
        period = periods[str(form.period.data)]
        made.append(preparing.make(period, **form.said, by_id=_me().id, now=clock.now()))

    if form.submitted() and saved(form, make):
        return redirect(url_for(".show", slug=made[0].key), 303)
    page = render_template("cohorts/round_new.html", form=form, periods=periods)
    return page, 422 if form.errors else 200


@bp.get("/rounds/<slug:slug>")
@allow(policy.may_run, load=queries.get, deny=404)
def show(placing_round: Round) -> ResponseReturnValue:
    """A round: where it stands, what comes next, and its students."""
    view: dict[str, Any] = {"lines": [], "verdict": None}
    if placing_round.certificate:
        view["lines"] = round_telling.of_result(placing_round, facts.gather(placing_round))
        view["verdict"] = checker.check_text(placing_round.certificate)
    return render_template(
        "cohorts/round_show.html",
        one=placing_round,
        count=round_telling.count(placing_round),
        early=placing_round.status is RoundStatus.WISHES and computing.would_be_early(placing_round, clock.now()),
        form=ActForm(formdata=None),
        words=WORDS,
        commitment=certificate.commitment(placing_round.seed),
        **view,
    )


@bp.route("/rounds/<slug:slug>/settings", methods=["GET", "POST"])
@allow(policy.may_run, load=queries.get, deny=404)
def settings(placing_round: Round) -> ResponseReturnValue:
    """Days and hard limits."""
    form = SettingsForm(obj=placing_round)
    change = preparing.change
    if form.submitted() and saved(form, lambda: change(placing_round, **form.said, by_id=_me().id, now=clock.now())):
        flash(_("The round is changed."))
        return redirect(url_for(".show", slug=placing_round.key), 303)
    page = render_template("cohorts/round_settings.html", form=form, one=placing_round)
    return page, (409 if "version" in form.errors else 422) if form.errors else 200


@bp.route("/rounds/<slug:slug>/places", methods=["GET", "POST"])
@allow(policy.may_run, load=queries.get, deny=404)
def places(placing_round: Round) -> ResponseReturnValue:
    """Which places take part, and with how many seats."""
    form, today = ActForm(), clock.today()
    seats = {place.vacancy.slug: place.seats for place in placing_round.places}
    if form.submitted():
        seats = numbers(request.form, "seats-", 99)
        choose = preparing.choose_places
        if saved(form, lambda: choose(placing_round, seats, by_id=_me().id, today=today)):
            flash(ngettext("%(num)d place takes part.", "%(num)d places take part.", len(seats)))
            return redirect(url_for(".show", slug=placing_round.key), 303)
    free = preparing.free_seats(placing_round, today)
    said = queries.priorities_of([vacancy.id for vacancy, _number in free])
    page = render_template(
        "cohorts/round_places.html", form=form, one=placing_round, free=free, seats=seats, said_by=said, words=WORDS
    )
    return page, 422 if form.errors else 200


@bp.post("/rounds/<slug:slug>/act")
@allow(policy.may_run, load=queries.get, deny=404)
def act(placing_round: Round) -> ResponseReturnValue:
    """One step of a round, or a letter to those who have said nothing."""
    form = ActForm()
    if not form.submitted():
        raise DomainError(_("This request did not arrive well"))
    deed = str(form.deed.data or "")
    try:
        said = _done(placing_round, deed, early=bool(form.early.data))
        session.commit()
    except DomainError as error:
        session.rollback()
        flash(error.message, "warning")
    else:
        flash(said)
        if deed == "remove":
            return redirect(url_for(".index"), 303)
    return redirect(url_for(".show", slug=placing_round.key), 303)


def _done(placing_round: Round, deed: str, *, early: bool) -> str:
    by_id, now = _me().id, clock.now()
    telling: dict[str, Callable[[], str]] = {
        "open": lambda: _told(services.open_wishes(placing_round, by_id=by_id, now=now)),
        "remind": lambda: _told(services.remind(placing_round, by_id=by_id, now=now)),
        "ask": lambda: _told(preparing.ask_companies(placing_round, by_id=by_id)),
        "take_in": lambda: _taken_in(services.take_in_late(placing_round, by_id=by_id)),
        "compute": lambda: _computed(computing.compute(placing_round, by_id=by_id, now=now, early=early).without),
        "publish": lambda: _told(services.publish(placing_round, by_id=by_id, now=now)),
    }
    silent = {
        "reopen": (computing.reopen, _("Students can change their lists again.")),
        "close": (services.close, _("The round is closed.")),
        "remove": (preparing.remove, _("The round is taken away.")),
    }
    if deed in telling:
        return telling[deed]()
    if deed not in silent:
        raise DomainError(_("This is not possible now: the round has moved on. Look at the page again."))
    do, words = silent[deed]
    do(placing_round, by_id=by_id, now=now)
    return str(words)


def _told(number: int) -> str:
    return str(ngettext("%(num)d person gets a mail.", "%(num)d people get a mail.", number))


def _taken_in(number: int) -> str:
    return str(ngettext("%(num)d student is new in the round.", "%(num)d students are new in the round.", number))


def _computed(without: tuple[str, ...]) -> str:
    if not without:
        return str(_("Computed and checked: everybody has a place."))
    return str(
        ngettext(
            "Computed and checked. %(num)d student has no place; the reason stands beside it.",
            "Computed and checked. %(num)d students have no place; the reason stands beside each.",
            len(without),
        )
    )


@bp.get("/rounds/<slug:slug>/trial")
@allow(policy.may_run, load=queries.get, deny=404)
def trial(placing_round: Round) -> ResponseReturnValue:
    """How it would come out now; nothing is kept, and nobody hears of it."""
    if not placing_round.students:
        raise DomainError(_("There are no students in this round yet: open it first."))
    now = computing.trial(placing_round)
    lines = round_telling.of_trial(placing_round, now)
    return render_template("cohorts/round_trial.html", one=placing_round, lines=lines, now=now, words=WORDS)


@bp.route("/rounds/<slug:slug>/locks", methods=["GET", "POST"])
@allow(policy.may_run, load=queries.get, deny=404)
def locks(placing_round: Round) -> ResponseReturnValue:
    """Fixed pairs: what each costs, whom it hurts; trying one before it is fixed."""
    form = LockForm(student=request.args.get("student", ""), place=request.args.get("place", ""))
    form.offer(
        {one.code: one.enrolment.name for one in placing_round.students if one.enrolment},
        {place.code: f"{place.vacancy.title_nl} ({place.vacancy.company.name})" for place in placing_round.places},
    )
    chosen = (str(form.student.data or ""), str(form.place.data or ""))
    if form.submitted():
        lock = locking.lock
        if saved(form, lambda: lock(placing_round, *chosen, form.note.data or "", by_id=_me().id, now=clock.now())):
            flash(_("The pair is fixed."))
            return redirect(url_for(".locks", slug=placing_round.key), 303)
    tried = _tried(placing_round, *chosen, form) if all(chosen) and not form.errors else None
    held = computing.costs(placing_round, computing.trial(placing_round)) if placing_round.students else []
    page = render_template(
        "cohorts/round_locks.html", form=form, one=placing_round, held=held, tried=tried, names=_names(placing_round), words=WORDS
    )
    return page, 422 if form.errors and form.is_submitted() else 200


def _tried(placing_round: Round, student: str, place: str, form: LockForm) -> Cost | None:
    try:
        return locking.cost_of(placing_round, student, place)
    except DomainError as error:
        form.reject(error)
        return None


def _names(placing_round: Round) -> dict[str, str]:
    return {one.code: one.enrolment.name if one.enrolment else one.code for one in placing_round.students}


@bp.post("/rounds/<slug:slug>/unlock")
@allow(policy.may_run, load=queries.get, deny=404)
def unlock(placing_round: Round) -> ResponseReturnValue:
    """Let a fixed pair go."""
    form = ActForm()
    if not form.submitted():
        raise DomainError(_("This request did not arrive well"))
    locking.unlock(placing_round, str(form.part.data or ""), by_id=_me().id, now=clock.now())
    session.commit()
    flash(_("The pair is let go."))
    return redirect(url_for(".locks", slug=placing_round.key), 303)


@bp.get("/rounds/<slug:slug>/certificate.json")
@allow(policy.may_run, load=queries.get, deny=404)
def download(placing_round: Round) -> ResponseReturnValue:
    """The certificate, to keep and to let anybody check; people are codes in it."""
    if not placing_round.certificate:
        raise DomainError(_("There is no certificate yet: the round is not computed."))
    headers = {"Content-Disposition": f'attachment; filename="placing-{placing_round.key}.json"'}
    return Response(placing_round.certificate, mimetype="application/json", headers=headers)
