"""Posting a place: the list of pages, each page with its clinic, and the preview."""

import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from flask import Blueprint, Flask, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role
from ipf_talent.db import session
from ipf_talent.errors import DomainError, NotFound
from ipf_talent.i18n import _
from ipf_talent.organisations import recognitions
from ipf_talent.organisations import signals as organisations
from ipf_talent.organisations.models import Establishment
from ipf_talent.organisations.recognition import APPLY_URL
from ipf_talent.skills import queries as catalogue
from ipf_talent.vacancies import asking, clinic, counting, equivalents, policy, posting, posting_pages, posting_queries, services
from ipf_talent.vacancies.agreement_forms import WageForm
from ipf_talent.vacancies.kinds import MBO, WAGED, VacancyKind, VacancyStatus
from ipf_talent.vacancies.models import Vacancy
from ipf_talent.vacancies.posting_fields import TaskForm
from ipf_talent.vacancies.posting_forms import FORMS, NewForm, named
from ipf_talent.vacancies.tasks import LABELS, Task, following
from ipf_talent.vacancies.words import WORDS, way_to
from ipf_talent.web.access import allow
from ipf_talent.web.forms import choices

bp = Blueprint("posting", __name__, url_prefix="/posting")
_WITH_CLINIC = (Task.TEXT, Task.TRANSLATION, Task.SKILLS)


class Page(NamedTuple):
    """One page of the posting of one vacancy."""

    vacancy: Vacancy
    task: Task


def init(app: Flask) -> None:
    """Hide places whose recognition is lost, and write what was counted once a reader has the page; read the table of crebos."""
    equivalents.read(Path(app.config["EQUIVALENTS"]))  # a faulty one must not wait for its first reader

    @organisations.recognition_lost.connect
    def hide(establishment_id: int, crebo: str, **_more: Any) -> None:
        services.lose_recognition(establishment_id, crebo=crebo)

    app.extensions["hide_places"] = hide  # the signal itself holds its listeners weakly

    @app.after_request
    def write_counts(response: Response) -> Response:
        if counting.is_due() and not app.testing:
            counting.write()
        return response


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


def _page(slug: str, task: str) -> Page:
    if task not in set(Task):
        raise NotFound(_("There is no such page."))
    return Page(posting_queries.whole(slug), Task(task))


def _may_write(user: User, page: Page) -> bool:
    return policy.manages(user, page.vacancy)


_may_write.__name__ = policy.manages.__name__


@bp.get("")
@allow(policy.offers_places)
def index() -> str:
    """All places, drafts and templates of one's own companies."""
    rows = posting_queries.rows(_me().organisation_ids(Role.COMPANY_MANAGER))
    places = [row for row in rows if row.status is not VacancyStatus.DRAFT]
    drafts = [row for row in rows if row.status is VacancyStatus.DRAFT and row.template_name is None]
    templates = [row for row in rows if row.template_name is not None]
    view = {"places": places, "drafts": drafts, "templates": templates, "key": secrets.token_hex(16)}
    return render_template("vacancies/edit_index.html", words=WORDS, **view)


@bp.route("/new", methods=["GET", "POST"])
@allow(policy.offers_places)
def new() -> ResponseReturnValue:
    """What one offers and where; the draft begins here."""
    places = {str(one.id): one for one in posting_queries.establishments(_me().organisation_ids(Role.COMPANY_MANAGER))}
    form = NewForm(**_asked(places))
    form.establishment.choices = choices({number: named(one) for number, one in places.items()})
    if not form.key.data:
        form.key.data = secrets.token_hex(16)
    if form.submitted():
        try:
            where = places[str(form.establishment.data)]
            kind, title, language = VacancyKind(form.kind.data), str(form.title.data), str(form.text_language.data)
            made = posting.start(
                company_id=where.organisation_id, establishment=where, kind=kind, title=title, language=language, by=_me(),
                key=str(form.key.data)[:32], today=clock.today(), description=_idea(form, places, language),
            )  # fmt: skip
        except DomainError as error:
            session.rollback()
            form.reject(error)
        else:
            session.commit()
            return redirect(url_for(".task", slug=made.slug, task=Task.TEXT), 303)
    return render_template("vacancies/edit_new.html", form=form, places=places), 422 if form.errors else 200


def _asked(places: Mapping[str, Establishment]) -> dict[str, str]:
    """What the address asks for: a kind, and the company of whose open interest it is made."""
    kind, slug = (request.args.get(name, "") for name in ("kind", "interest"))
    asked = {"kind": kind} if kind in set(VacancyKind) else {}
    home = next((number for number, one in places.items() if one.organisation.slug == slug), None)
    return asked | ({"interest": slug, "establishment": home} if home else {})


def _idea(form: NewForm, places: Mapping[str, Establishment], language: str) -> str:
    """What the company wrote under open interest, in the language of the draft where it did so in it."""
    own = (one.organisation for one in places.values() if one.organisation.slug == form.interest.data)
    company = next((one for one in own if one.open_interest), None)
    said = (company.interest_nl, company.interest_en) if company else ("", "")
    return next((text for text in (said if language == "nl" else said[::-1]) if text), "")


@bp.get("/<slug:slug>")
@allow(policy.manages, load=posting_queries.whole, deny=404)
def show(vacancy: Vacancy) -> str:
    """The list of pages with how far each is, and what can be done."""
    return posting_pages.overview(vacancy)


@bp.route("/<slug:slug>/task/<slug:task>", methods=["GET", "POST"])
@allow(_may_write, load=_page, deny=404)
def task(page: Page) -> ResponseReturnValue:
    """One page: kept as it is, with what the clinic says of it; with `check` it is only read, not kept."""
    vacancy = page.vacancy
    form = _form(page)
    if request.method == "POST" and "check" in request.form:
        return _checked(page, form)
    if form.submitted():
        try:
            _save(page, form)
        except posting.Changed as changed:
            session.rollback()
            return _conflict(page, form, changed)
        except services.NotReady as refusal:
            session.rollback()
            form.form_errors.extend(one.message for one in refusal.reasons)
        except DomainError as error:
            session.rollback()
            form.reject(error)
        else:
            session.commit()
            return redirect(_next(page), 303)
    return _task(page, form, clinic.read(vacancy, _typed(form)) if page.task in _WITH_CLINIC else None)


def _form(page: Page) -> TaskForm:
    kind = WageForm if page.task is Task.PAY and page.vacancy.kind in WAGED else FORMS[page.task]
    form = kind.of(page.vacancy)
    if page.task is Task.WHAT:
        form.offer(page.vacancy, establishments=posting_queries.establishments({page.vacancy.company_id}))
    return form


def _typed(form: TaskForm) -> dict[str, str] | None:
    """The texts as they stand in the form, where they were posted."""
    return form.chosen if form.is_submitted() and hasattr(form, "NAMES") and type(form) is FORMS[Task.TEXT] else None


def _save(page: Page, form: TaskForm) -> None:
    values = form.chosen | (_skills_sent(form) if page.task is Task.SKILLS else {})
    posting.save(page.vacancy, page.task, values, version=form.seen, by=_me(), now=clock.now())
    for deed, act in _DEEDS.items():
        if deed in request.form:
            act(page.vacancy, request.form[deed])


def _skills_sent(form: TaskForm) -> dict[str, dict[str, bool]]:
    """The skills of the page with what was chosen for each, and those that were typed."""
    prefix = "skill-"
    sent = {name.removeprefix(prefix): value for name, value in request.form.items() if name.startswith(prefix)}
    asked = {slug: value == "must" for slug, value in sent.items() if value in ("must", "wish")}
    pieces = [piece.strip() for piece in str(form.values["words"] or "").split(",") if piece.strip()]
    for piece in pieces:
        found = catalogue.suggest(piece, 1)
        if not found:
            raise DomainError(_("We do not know “%(words)s”. Try another word for it.", words=piece), field="words")
        asked.setdefault(found[0].slug, False)
    return {"skills": asked}


def _ask(must: bool) -> Callable[[Vacancy, str], None]:
    def act(vacancy: Vacancy, slug: str) -> None:
        words = next((one.words for one in clinic.read(vacancy).skills if one.concept.slug == slug), ())
        asking.ask_skill(vacancy, slug, must=must, words=", ".join(words))

    return act


def _aside(vacancy: Vacancy, code: str) -> None:
    asking.set_aside(vacancy, code, " ".join(request.form.get(f"reason-{code}", "").split()), by=_me(), now=clock.now())


_DEEDS: dict[str, Callable[[Vacancy, str], None]] = {
    "must": _ask(must=True),
    "wish": _ask(must=False),
    "strike": lambda vacancy, slug: asking.strike_skill(vacancy, slug, by=_me(), now=clock.now()),
    "aside": _aside,
    "again": asking.take_up,
}
"""Buttons of the clinic: they keep the page, and then do what they say."""


def _next(page: Page) -> str:
    if any(deed in request.form for deed in (*_DEEDS, "stay")):
        return url_for(".task", slug=page.vacancy.slug, task=page.task, _anchor="clinic")
    after = following(page.task)
    if "on" in request.form and after is not None:
        return url_for(".task", slug=page.vacancy.slug, task=after)
    return url_for(".show", slug=page.vacancy.slug)


def _checked(page: Page, form: TaskForm) -> ResponseReturnValue:
    """What the clinic says of the text as it is typed; nothing is kept."""
    form.validate()
    read = clinic.read(page.vacancy, _typed(form))
    if request.headers.get("HX-Request") == "true":
        return render_template("vacancies/_edit_clinic.html", clinic=read, vacancy=page.vacancy, task=page.task, labels=LABELS)
    return _task(page, form, read)


def _conflict(page: Page, form: TaskForm, changed: DomainError) -> ResponseReturnValue:
    """Somebody else was quicker: what was typed stays in the form, theirs stands beside it, and the next press decides."""
    now = posting_queries.whole(page.vacancy.slug)
    theirs = FORMS[page.task].of(now).read(now) if page.task is not Task.PAY else _form(Page(now, page.task)).read(now)
    form.version.data = str(now.version)
    form.version.raw_data = None
    form.form_errors.append(changed.message)
    differing = [(field, theirs[name]) for name, field in form._fields.items() if name in theirs and _differs(field, theirs[name])]
    read = clinic.read(now, _typed(form)) if page.task in _WITH_CLINIC else None
    return _task(Page(now, page.task), form, read, differing=differing, status=409)


def _differs(field: Any, theirs: Any) -> bool:
    return field.name not in ("version", "csrf_token") and str(field.data or "") != str(theirs or "")


def _task(
    page: Page, form: TaskForm, read: clinic.Clinic | None, *, differing: list[tuple[Any, Any]] | None = None, status: int = 0
) -> ResponseReturnValue:
    held = recognitions.verified(page.vacancy.establishment_id) if _asks_crebos(page) and page.vacancy.establishment_id else None
    view = {"task": page.task, "labels": LABELS, "clinic": read, "recognised": held, "differing": differing or []}
    html = render_template(
        f"vacancies/edit_{page.task.value}.html", vacancy=page.vacancy, form=form, words=WORDS, apply_url=APPLY_URL, mbo=MBO,
        following=following(page.task), **view,
    )  # fmt: skip
    return html, status or (422 if form.errors else 200)


def _asks_crebos(page: Page) -> bool:
    return page.task is Task.TARGET and page.vacancy.kind in MBO


@bp.get("/<slug:slug>/preview")
@allow(policy.manages, load=posting_queries.whole, deny=404)
def preview(vacancy: Vacancy) -> str:
    """The page as students will see it, and what keeps it from them."""
    found = services.judged(vacancy, clock.today())
    view = {"found": found, "labels": LABELS, "way": way_to(vacancy).value, "apply_url": APPLY_URL}
    return render_template("vacancies/edit_preview.html", vacancy=vacancy, words=WORDS, **view)
