"""What leads to a programme and onwards, as its school says it."""

from typing import NamedTuple

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.i18n import _
from ipf_talent.programmes import edge_editing, editing, listing_queries, policy, progressions, queries, rules
from ipf_talent.programmes.listing_forms import PressForm
from ipf_talent.programmes.listing_pages import WORDS
from ipf_talent.programmes.models import Programme, Progression
from ipf_talent.programmes.offering_forms import EdgeForm
from ipf_talent.programmes.passages import origins, targets
from ipf_talent.web.access import allow

bp = Blueprint("edges", __name__, url_prefix="/listings/<slug:slug>/edges")


class Written(NamedTuple):
    """A programme with a rule that its school wrote about it."""

    programme: Programme
    edge: Progression


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


def _written(slug: str, name: str) -> Written:
    programme, edge = listing_queries.whole(slug), listing_queries.edge(name)
    if programme.id not in (edge.from_programme_id, edge.to_programme_id):
        raise NotFound(_("There is no such rule."))
    return Written(programme, edge)


def _may_write(user: User, written: Written) -> bool:
    return policy.manages_listing(user, written.programme) and policy.manages_edge(user, written.edge)


_may_write.__name__ = policy.manages_edge.__name__


@bp.get("")
@allow(policy.manages_listing, load=listing_queries.whole, deny=404)
def index(programme: Programme) -> str:
    """All rules that hold for it; those that the school wrote itself can be changed."""
    own = {one.slug for one in listing_queries.edges_of([programme.institution_id])}
    before, after = progressions.around(programme)
    view = {"before": origins(before), "after": targets(after), "own": own}
    return render_template("programmes/edit_edges.html", programme=programme, words=WORDS, months_text=rules.months_text, **view)


@bp.route("/new", methods=["GET", "POST"])
@allow(policy.manages_listing, load=listing_queries.whole, deny=404)
def new(programme: Programme) -> ResponseReturnValue:
    """A rule of one's own."""
    return _edge(programme, None)


@bp.route("/<slug:name>", methods=["GET", "POST"])
@allow(_may_write, load=_written, deny=404)
def show(written: Written) -> ResponseReturnValue:
    """Change one."""
    return _edge(*written)


def _edge(programme: Programme, edge: Progression | None) -> ResponseReturnValue:
    form = EdgeForm.of(edge, programme)
    rows = queries.choices(national=False)
    form.offer({str(row.id): f"{row.title_nl} ({row.institution})" for row in rows if row.id != programme.id})
    status = 422
    if form.submitted():
        try:
            if edge is not None and form.seen != edge.version:
                raise editing.Changed
            edge_editing.put_edge(edge, programme, form.chosen, by=_me(), today=clock.today())
        except DomainError as error:
            session.rollback()
            form.reject(error)
            if isinstance(error, editing.Changed) and edge is not None:
                form.version.data, form.version.raw_data = str(listing_queries.edge(edge.slug).version), None
                status = 409
        else:
            session.commit()
            flash(_("Saved."))
            return redirect(url_for(".index", slug=programme.slug), 303)
    return render_template("programmes/edit_edge.html", programme=programme, edge=edge, form=form), status if form.errors else 200


@bp.post("/<slug:name>/remove")
@allow(_may_write, load=_written, deny=404)
def remove(written: Written) -> ResponseReturnValue:
    """Take one's own away."""
    programme, edge = written
    if PressForm().submitted():
        try:
            edge_editing.remove_edge(edge, programme, by=_me())
        except DomainError as error:
            session.rollback()
            flash(error.message, "warn")
        else:
            session.commit()
            flash(_("The rule is gone."))
    return redirect(url_for(".index", slug=programme.slug), 303)
