"""A student's rounds: ranking places or stating a learning wish, and answering what is proposed."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.accounts.policy import is_signed_in
from ipf_talent.cohorts import certificate
from ipf_talent.cohorts.rounds import answering, facts, personal_data, policy, queries, telling, wishing
from ipf_talent.cohorts.rounds.forms import ActForm, LearningForm, numbers
from ipf_talent.cohorts.rounds.kinds import Answer, RoundStatus
from ipf_talent.cohorts.rounds.models import RoundStudent
from ipf_talent.cohorts.rounds.words import WORDS
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _, ngettext
from ipf_talent.web.access import allow

bp = Blueprint("my_rounds", __name__)


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


@bp.get("/my-rounds")
@allow(is_signed_in)
def index() -> ResponseReturnValue:
    """The rounds in which one takes part."""
    return render_template("cohorts/my_rounds.html", rounds=queries.of_student(_me().id), words=WORDS)


@bp.get("/my-rounds.json")
@allow(is_signed_in)
def export() -> ResponseReturnValue:
    """All that rounds keep of the person at the screen, as a file."""
    return personal_data.export(_me().id), 200, {"Content-Disposition": 'attachment; filename="rounds.json"'}


@bp.get("/my-rounds/<slug:slug>")
@allow(policy.takes_part, load=queries.entry, deny=404)
def show(one: RoundStudent) -> ResponseReturnValue:
    """One's own list, or what came of it."""
    return _page(one, LearningForm(formdata=None, learning_wish=one.learning_wish))


def _page(one: RoundStudent, form: LearningForm) -> ResponseReturnValue:
    placing_round = one.placing_round
    commitment = certificate.commitment(placing_round.seed)
    if placing_round.status is RoundStatus.WISHES:
        own, others = telling.choices(one)
        page = render_template(
            "cohorts/my_round_wishes.html", one=one, own=own, others=others, form=form, press=ActForm(formdata=None), words=WORDS,
            open=wishing.takes_wishes(one, clock.today()), commitment=commitment,
        )  # fmt: skip
        return page, 422 if form.errors else 200
    shown = one.shown
    line = telling.of_student(one, facts.gather_for(one)) if shown else None
    told = telling.told(placing_round) if shown else None
    return render_template(
        "cohorts/my_round_result.html", one=one, line=line, told=told, press=ActForm(formdata=None), words=WORDS,
        open=placing_round.status is RoundStatus.PROPOSED and clock.today() <= placing_round.answer_until, commitment=commitment,
    )  # fmt: skip


@bp.post("/my-rounds/<slug:slug>/wishes")
@allow(policy.takes_part, load=queries.entry, deny=404)
def wishes(one: RoundStudent) -> ResponseReturnValue:
    """Keep the numbers of the page; a button moves a place as well."""
    form = ActForm()
    if not form.submitted():
        raise DomainError(_("This request did not arrive well"))
    given, move = numbers(request.form, "rank-", 999), str(form.part.data or "")
    try:
        wishing.rank(one, wishing.moved(given, move) if move else given, now=clock.now())
        session.commit()
    except DomainError as error:
        session.rollback()
        flash(error.message, "warning")
    else:
        if not move:
            flash(_("Your list is kept. You can change it until the last day."))
    return redirect(url_for(".show", slug=one.key, _anchor="list"), 303)


@bp.post("/my-rounds/<slug:slug>/learning")
@allow(policy.takes_part, load=queries.entry, deny=404)
def learning(one: RoundStudent) -> ResponseReturnValue:
    """State a learning wish; the list follows from it, and can be changed."""
    form = LearningForm()
    if form.submitted():
        try:
            number = wishing.learn(one, form.learning_wish.data or "", now=clock.now())
            session.commit()
        except DomainError as error:
            session.rollback()
            form.reject(error)
        else:
            flash(
                ngettext(
                    "%(num)d place has to do with your wish. It stands at the end of your list.",
                    "%(num)d places have to do with your wish. They stand at the end of your list, the best fit first.",
                    number,
                )
            )
            return redirect(url_for(".show", slug=one.key, _anchor="list"), 303)
    return _page(one, form)


@bp.post("/my-rounds/<slug:slug>/answer")
@allow(policy.takes_part, load=queries.entry, deny=404)
def answer(one: RoundStudent) -> ResponseReturnValue:
    """Say yes or no to what is proposed."""
    form = ActForm()
    said = next((each for each in Answer if each.value == form.deed.data), None)
    if not form.submitted() or said is None:
        raise DomainError(_("This request did not arrive well"))
    try:
        answering.answer(one, said, by=_me(), now=clock.now())
        session.commit()
    except DomainError as error:
        session.rollback()
        flash(error.message, "warning")
    else:
        words = {
            Answer.ACCEPTED: _("You said yes. Your school looks at it now: when it approves, it makes the agreement."),
            Answer.DECLINED: _("You said no. Your internship coordinator looks for something else with you."),
        }
        flash(words[said])
    return redirect(url_for(".show", slug=one.key), 303)
