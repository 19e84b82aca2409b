"""The board of a school: who has no place, who has to act and by when; nudging; and the same as a file."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from flask import Blueprint, Flask, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.cohorts.board import nudging, queries
from ipf_talent.cohorts.board.forms import ORDERS, BoardFilter, NudgeForm
from ipf_talent.cohorts.board.lines import Order, Row, in_order, value_of
from ipf_talent.cohorts.board.models import NudgeTo
from ipf_talent.cohorts.board.standing import ACT_LABELS, ACTOR_LABELS, MARKS, STANDING_LABELS, Standing, days_left, within
from ipf_talent.db import session
from ipf_talent.enrolments import policy
from ipf_talent.enrolments.kinds import WHO_PLACES
from ipf_talent.enrolments.models import InternshipPeriod
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _, ngettext
from ipf_talent.tables import Cell, as_csv
from ipf_talent.web.access import allow
from ipf_talent.web.paging import paginate_list
from ipf_talent.web.text import local_path

bp = Blueprint("board", __name__)
LINES_A_PAGE = 60
FILTERS = ("period", "group", "state", "actor", "weeks")
WORDS = {"standings": STANDING_LABELS, "actors": ACTOR_LABELS, "acts": ACT_LABELS, "modes": WHO_PLACES}


def init(app: Flask) -> None:
    """Let the start page of a school, which knows nothing of the board, show its figures."""
    app.jinja_env.globals.update(board_figures=board_figures)


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


class PeriodTold(NamedTuple):
    """A period with how many of its students stand where."""

    one: InternshipPeriod
    counts: Counter[Standing]
    days: int
    """Until it begins; negative once it has."""

    @property
    def need(self) -> int:
        """How many need a place."""
        return self.counts.total() - self.counts[Standing.EXCUSED]


class Board(NamedTuple):
    """All that one coordinator can look at, and what of it was asked."""

    form: BoardFilter
    periods: Sequence[InternshipPeriod]
    every: Sequence[Row]
    rows: Sequence[Row]


def _board(today: date) -> Board:
    schools = policy.schools_of(_me())
    periods = queries.periods_now([one.id for one in schools], today)
    every = queries.rows(periods, today)
    form = BoardFilter.read()
    classes = {
        str(row.class_id): row.class_name for row in sorted(every, key=lambda row: row.class_name.casefold()) if row.class_id
    }
    form.offer({one.slug: one.name for one in periods}, classes)
    wanted = form.wanted
    for name in FILTERS:
        values = (value_of(row, name, today) for row in every if wanted.takes(row, today, but=name))
        form.number({name: Counter(value for found in values for value in found)})
    taken = in_order((row for row in every if wanted.takes(row, today)), form.order)
    return Board(form, periods, every, taken)


@bp.get("/board")
@allow(policy.coordinates)
def index() -> ResponseReturnValue:
    """Who has no place: counts per period, the lists of 8 and 4 weeks, and every student with who has to act and by when."""
    today = clock.today()
    board = _board(today)
    asked: dict[str, Any] = {one.name: one.value for one in board.form.chosen}
    if board.form.order is not Order.DUE:
        asked["sort"] = board.form.order.value
    view = {
        "asked": asked,
        "orders": ORDERS,
        "without_period": queries.without_period([one.id for one in policy.schools_of(_me())]),
        "told": [_told(one, board.every, today) for one in board.periods],
        "page": paginate_list(board.rows, size=LINES_A_PAGE),
        "lists": {weeks: _unplaced(board.every, today, weeks) for weeks in MARKS},
        "names": {one.id: one.name for one in board.periods},
        "export_url": url_for(".export", **asked),
    }
    return render_template("cohorts/board.html", form=board.form, words=WORDS, today=today, To=NudgeTo, **view)


def _told(period: InternshipPeriod, rows: Sequence[Row], today: date) -> PeriodTold:
    counts = Counter(row.step.standing for row in rows if row.period_id == period.id)
    return PeriodTold(period, counts, days_left(period.starts_on, today))


def _unplaced(rows: Sequence[Row], today: date, weeks: int) -> int:
    return sum(row.unplaced and within(row.starts_on, today, weeks) for row in rows)


@bp.get("/board.csv")
@allow(policy.coordinates)
def export() -> ResponseReturnValue:
    """The students that one looks at, as a file for a spreadsheet in which no cell is ever computed."""
    board, today = _board(clock.today()), clock.today()
    names = {one.id: one.name for one in board.periods}
    header = [_("Student number"), _("Name"), _("Class"), _("Internship period"), _("First day"), _("State"), _("Who has to act")]
    header += [_("What"), _("By when"), _("Too late"), _("Company"), _("Last contact")]
    lines = [_cells(row, names[row.period_id], today) for row in board.rows]
    audit.record(_me().id, "export_board", "user", _me().id, rows=len(board.rows))
    session.commit()
    answer = Response(as_csv([header, *lines]), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="board-{today.isoformat()}.csv"'
    return answer


def _cells(row: Row, period: str, today: date) -> list[Cell]:
    step = row.step
    words = (str(STANDING_LABELS[step.standing]), str(ACTOR_LABELS[step.actor]), str(ACT_LABELS[step.act]))
    late = str(_("yes")) if step.is_late(today) else ""
    return [row.number, row.name, row.class_name, period, row.starts_on, *words, step.due, late, row.company, row.last_contact]


@bp.post("/board/nudge")
@allow(policy.coordinates)
def nudge() -> ResponseReturnValue:
    """Nudge about the students that were ticked, each at most once a day."""
    form, me, now = NudgeForm(), _me(), clock.now()
    back = local_path(form.back.data) or url_for(".index")
    receiver = form.receiver
    if not form.submitted() or receiver is None:
        raise DomainError(_("This request did not arrive well"))
    schools = policy.schools_of(me)
    periods = queries.periods_now([one.id for one in schools], clock.today())
    owner = {one.id: one.school_id for one in periods}
    if form.every.data:
        chosen = list(_board(clock.today()).rows)
    else:
        chosen = [row for row in queries.rows(periods, clock.today()) if row.key in form.chosen]
    if not chosen:
        flash(_("Tick the students it is about first."), "warning")
        return redirect(back, 303)
    total = nudging.Nudged()
    try:
        for school in schools:
            theirs = [row for row in chosen if owner[row.period_id] == school.id]
            done = nudging.nudge(theirs, receiver, school, by=me, now=now) if theirs else nudging.Nudged()
            total = nudging.Nudged(total.sent + done.sent, total.before + done.before, total.nobody + done.nobody)
        session.commit()
    except DomainError as error:
        session.rollback()
        flash(error.message, "warning")
    else:
        flash(_said(total), "message" if total.sent else "warning")
    return redirect(back, 303)


def _said(done: nudging.Nudged) -> str:
    parts = [ngettext("%(num)d nudge is on its way.", "%(num)d nudges are on their way.", done.sent)]
    if done.before:
        parts.append(ngettext("%(num)d was given today already.", "%(num)d were given today already.", done.before))
    if done.nobody:
        words = ngettext("For %(num)d nobody has to be written to.", "For %(num)d nobody has to be written to.", done.nobody)
        parts.append(words)
    return " ".join(parts)


def board_figures(school_id: int) -> queries.Figures | None:
    """The figures of one school for its coordinators; None for others."""
    own = {one.id for one in policy.schools_of(current_user)} if policy.coordinates(current_user) else set()
    return queries.figures(school_id, clock.today()) if school_id in own else None
