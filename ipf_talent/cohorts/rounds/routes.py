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
from ipf_talent.cohorts.rounds.forms import ActForm, LockForm, RoundForm, SettingsForm, seats_form, seats_in
from ipf_talent.cohorts.rounds.kinds import RoundStatus
from ipf_talent.cohorts.rounds.models import Round
from ipf_talent.cohorts.rounds.words import WORDS
from ipf_talent.db import session
from ipf_talent.enrolments import queries as enrolments
from ipf_talent.errors import DomainError, NotFound
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
    before = _before(request.args.get("after", ""))
    form = RoundForm(period=before.period.slug if before else request.args.get("period"), name=_next_name(before))
    form.offer(periods, clock.today())
    made: list[Round] = []

    def make() -> None:
        period = periods[str(form.period.data)]
        made.append(preparing.make(period, **form.said, by_id=_me().id, now=clock.now()))
        if before is not None and not made[0].places and before.period_id == period.id:
            preparing.follow(made[0], before, by_id=_me().id, today=clock.today())

    if form.submitted() and saved(form, make):
        return redirect(url_for(".show", slug=made[0].key), 303)
    page = render_template("cohorts/round_new.html", form=form, periods=periods, before=before)
    return page, 422 if form.errors else 200


def _before(key: str) -> Round | None:
    """The round after which another one is made; None where there is none, or not for the person at the screen."""
    try:
        found = queries.get(key)
    except NotFound:
        return None
    return found if policy.may_run(current_user, found) else None


def _next_name(before: Round | None) -> str | None:
    return str(_("%(name)s, next round", name=before.name))[:80] if before else None


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
        prospect=services.prospect(placing_round) if placing_round.status is RoundStatus.DRAFT else None,
        lapsing=services.unanswered(placing_round),
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
    if placing_round.status is not RoundStatus.DRAFT:
        form.keep_limits(placing_round)
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
    today, choose = clock.today(), preparing.choose_places
    free = preparing.free_seats(placing_round, today)
    form = seats_form(free, {place.vacancy.slug: place.seats for place in placing_round.places})
    if form.submitted():
        seats = seats_in(form)
        if saved(form, lambda: choose(placing_round, seats, by_id=_me().id, today=today)):
            flash(ngettext("%(num)d place takes part.", "%(num)d places take part.", len(seats)))
            return redirect(url_for(".show", slug=placing_round.key), 303)
    said = queries.priorities_of([vacancy.id for vacancy, _number in free])
    page = render_template("cohorts/round_places.html", form=form, one=placing_round, free=free, said_by=said, words=WORDS)
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
        said = _done(placing_round, deed, early=bool(form.early.data), sure=bool(form.sure.data))
        session.commit()
    except DomainError as error:
        session.rollback()
        flash(error.message, "warning")
    else:
        flash(said)
        if deed == "remove":
            return redirect(url_for(".index"), 303)
    return redirect(url_for(".show", slug=placing_round.key), 303)


def _done(placing_round: Round, deed: str, *, early: bool, sure: bool) -> str:
    by_id, now = _me().id, clock.now()
    telling: dict[str, Callable[[], str]] = {
        "open": lambda: _told(services.open_wishes(placing_round, by_id=by_id, now=now)),
        "remind": lambda: _told(services.remind(placing_round, by_id=by_id, now=now)),
        "ask": lambda: _told(preparing.ask_companies(placing_round, by_id=by_id)),
        "take_in": lambda: _taken_in(services.take_in_late(placing_round, by_id=by_id)),
        "compute": lambda: _computed(computing.compute(placing_round, by_id=by_id, now=now, early=early).without),
        "publish": lambda: _told(services.publish(placing_round, by_id=by_id, now=now)),
        "close": lambda: _closed(services.close(placing_round, by_id=by_id, now=now, sure=sure)),
    }
    if deed in telling:
        return telling[deed]()
    if deed == "reopen":
        computing.reopen(placing_round, by_id=by_id, now=now)
        return str(_("Students can change their lists again."))
    if deed == "remove":
        preparing.remove(placing_round, by_id=by_id, now=now, sure=sure)
        return str(_("The round is taken away."))
    raise DomainError(_("This is not possible now: the round has moved on. Look at the page again."))


def _closed(told: int) -> str:
    closed = str(_("The round is closed."))
    return f"{closed} {_told(told)}" if told else closed


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
        flash(_("There are no students in this round yet: open it first."), "warning")
        return redirect(url_for(".show", slug=placing_round.key), 303)
    now = computing.trial(placing_round)
    lines = round_telling.of_trial(placing_round, now)
    return render_template("cohorts/round_trial.html", one=placing_round, lines=lines, now=now, words=WORDS)


@bp.route("/rounds/<slug:slug>/locks", methods=["GET", "POST"])
@allow(policy.may_run, load=queries.get, deny=404)
def locks(placing_round: Round) -> ResponseReturnValue:
    """Fixed pairs: what each costs, whom it hurts; trying one before it is fixed."""
    form = LockForm(student=request.args.get("student", ""), place=request.args.get("place", ""))
    fixed = {one.code: lock for one, lock in queries.locks_of(placing_round)}
    form.offer(
        {one.code: one.enrolment.name for one in placing_round.students if one.enrolment},
        {place.code: f"{place.vacancy.title_nl} ({place.vacancy.company.name})" for place in placing_round.places},
    )
    chosen = (str(form.student.data or ""), str(form.place.data or ""))
    if form.submitted():
        lock, again = locking.lock, chosen[0] in fixed
        if saved(form, lambda: lock(placing_round, *chosen, form.note.data or "", by_id=_me().id, now=clock.now())):
            flash(_("The fixed pair of this student is changed.") if again else _("The pair is fixed."))
            return redirect(url_for(".locks", slug=placing_round.key), 303)
    elif chosen[0] in fixed and not form.is_submitted():
        form.note.data = fixed[chosen[0]].note
    tried = _tried(placing_round, *chosen, form) if all(chosen) and not form.errors else None
    held = computing.costs(placing_round, computing.trial(placing_round)) if placing_round.students else []
    page = render_template(
        "cohorts/round_locks.html",
        form=form,
        one=placing_round,
        held=held,
        tried=tried,
        held_now=chosen[0] in fixed,
        names=_names(placing_round),
        words=WORDS,
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
    if placing_round.published_at is None:
        flash(_("There is no certificate yet: it tells the seed, so you get it once the places are proposed."), "warning")
        return redirect(url_for(".show", slug=placing_round.key), 303)
    headers = {"Content-Disposition": f'attachment; filename="placing-{placing_round.key}.json"'}
    return Response(placing_round.certificate, mimetype="application/json", headers=headers)
