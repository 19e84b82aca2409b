"""Writing a vacancy: starting one, keeping a page of it, copying it, keeping it as a template, taking a draft away."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm.exc import StaleDataError

from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.accounts.services import refuse_example
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.organisations.models import Establishment
from ipf_talent.programmes.levels import Level
from ipf_talent.vacancies import services, signals
from ipf_talent.vacancies.kinds import (
    HBO,
    MBO,
    WAGED,
    WO,
    Minors,
    Ownership,
    PlacingMode,
    VacancyKind,
    VacancyStatus,
)
from ipf_talent.vacancies.models import (
    Vacancy,
    VacancyCrebo,
    VacancyField,
    VacancyHint,
    VacancyRequirement,
    VacancySkill,
)
from ipf_talent.vacancies.tasks import SENSITIVE, Task
from ipf_talent.vacancies.writing import WRITERS

MOST_DRAFTS = 200
"""Drafts and templates of one company."""
SHOWN = timedelta(days=90)
"""How long a place is shown unless the company chooses otherwise."""
RESERVED = {"new", "review"}
"""Addresses of pages of their own."""
NOT_COPIED = frozenset(
    {"id", "slug", "status", "taken", "published_at", "created_at", "changed_at", "version", "template_name", "made_with",
     "paused_for", "closed_at", "source_url", "source_note", "checked_on", "edited_fields"}
)  # fmt: skip


class Changed(DomainError):
    """Somebody else saved this vacancy in the meantime; nothing was overwritten."""

    def __init__(self) -> None:
        super().__init__(_("Somebody at your company changed this place while you were typing. Nothing of theirs is overwritten."))


def start(
    *, company_id: int, establishment: Establishment, kind: VacancyKind, title: str, language: str, by: User, key: str, today: date,
    description: str = "",
) -> Vacancy:  # fmt: skip
    """
    Begin a draft, with what is usual for its kind filled in; the same key gives the same draft.

    Args:
        description: what to begin the text with, such as what the company wrote under open interest.

    Raises:
        DomainError: the company has too many drafts, or it is an example account.
    """
    refuse_example(by, of=establishment.organisation)
    if (known := _made_with(key, company_id)) is not None:
        return known
    _refuse_more(company_id)
    usual = _usual(kind)
    vacancy = Vacancy(
        slug=free_slug(title), company_id=company_id, establishment_id=establishment.id, place_id=establishment.place_id, kind=kind,
        text_language=language, title_nl="", description_nl="", hours_per_week=32, days_per_week=4,
        starts_on=_next_start(today), ends_on=None, places=1, expenses=None, allowance_month_eur=None, minors=Minors.YES,
        closes_on=today + SHOWN, work_languages=["nl"] if language == "nl" else ["en"], made_with=key, answer_days=10,
        is_example=establishment.organisation.is_example,
        **usual,
    )  # fmt: skip
    setattr(vacancy, f"title_{language}", title)
    setattr(vacancy, f"description_{language}", description)
    session.add(vacancy)
    session.flush()
    audit.record(by.id, "draft_vacancy", "vacancy", vacancy.id, kind=kind.value)
    return vacancy


def save(vacancy: Vacancy, task: Task, values: Mapping[str, Any], *, version: int, by: User, now: datetime) -> None:
    """
    Keep one page of a vacancy. A draft may stay unfinished; what is online must still pass the checks.

    Args:
        version: what the person saw when they began to type.

    Raises:
        Changed: somebody saved it since.
        NotReady: it is online, and would not pass so.
    """
    refuse_example(by, of=vacancy.company)
    if vacancy.version != version:
        raise Changed
    if vacancy.status in (VacancyStatus.CLOSED, VacancyStatus.ARCHIVED):
        raise DomainError(_("This place is closed. Make a copy to use its text again."))
    if vacancy.status is VacancyStatus.IN_REVIEW:
        services.withdraw(vacancy, by_id=by.id)
    online = vacancy.status is not VacancyStatus.DRAFT
    try:
        WRITERS[task](vacancy, values)
        vacancy.tasks_done = sorted({*(vacancy.tasks_done or []), task.value})
        vacancy.changed_at = now
        session.flush()
        if online:
            _recheck(vacancy, now)
        session.flush()
    except StaleDataError:
        raise Changed from None
    audit.record(by.id, "edit_vacancy", "vacancy", vacancy.id, page=task.value)
    if online and task in SENSITIVE:
        signals.changed.send(vacancy, tasks=[task])


def copy(vacancy: Vacancy, *, by: User, key: str, today: date, template: str | None = None) -> Vacancy:
    """
    Make a draft with the same content; the same key gives the same draft. Its dates are moved to the future.

    Args:
        template: a name, to keep it as a template that is never published itself.

    Raises:
        DomainError: the company has too many drafts, or it is an example account.
    """
    refuse_example(by, of=vacancy.company)
    if (known := _made_with(key, vacancy.company_id)) is not None:
        return known
    _refuse_more(vacancy.company_id)
    columns = {name: getattr(vacancy, name) for name in Vacancy.__mapper__.columns.keys() if name not in NOT_COPIED}  # noqa: SIM118
    again = Vacancy(**columns, slug=free_slug(vacancy.title_nl or vacancy.title_en), made_with=key, template_name=template)
    _move(again, today)
    again.skills = [VacancySkill(skill_id=one.skill_id, must=one.must, words=one.words) for one in vacancy.skills]
    again.fields = [VacancyField(field=one.field) for one in vacancy.fields]
    again.crebos = [VacancyCrebo(crebo=one.crebo) for one in vacancy.crebos]
    again.requirements = [
        VacancyRequirement(kind=one.kind, reason=one.reason, detail=one.detail, legal_ground=one.legal_ground)
        for one in vacancy.requirements
    ]
    again.hints = [VacancyHint(code=one.code, reason=one.reason, by_id=by.id) for one in vacancy.hints]
    session.add(again)
    session.flush()
    audit.record(by.id, "copy_vacancy", "vacancy", again.id, source=vacancy.id, template=template is not None)
    return again


def remove(vacancy: Vacancy, *, by: User) -> None:
    """
    Take a draft or a template away.

    Raises:
        DomainError: it was online once, so it can only be closed.
    """
    refuse_example(by, of=vacancy.company)
    if vacancy.status is not VacancyStatus.DRAFT or vacancy.published_at is not None:
        raise DomainError(_("This place was online, so it can be closed but not taken away."))
    audit.record(by.id, "remove_vacancy", "vacancy", vacancy.id)
    session.delete(vacancy)
    session.flush()


def free_slug(title: str) -> str:
    """The title as an address, with a number behind it where it is taken."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "place"
    taken = set(session.scalars(select(Vacancy.slug).where(Vacancy.slug.startswith(stem, autoescape=True))))
    taken |= RESERVED
    return next(slug for n in range(1, len(taken) + 2) if (slug := stem if n == 1 else f"{stem}-{n}") not in taken)


def _made_with(key: str, company_id: int) -> Vacancy | None:
    return session.scalar(select(Vacancy).where(Vacancy.made_with == key, Vacancy.company_id == company_id))


def _refuse_more(company_id: int) -> None:
    drafts = select(func.count()).where(Vacancy.company_id == company_id, Vacancy.status == VacancyStatus.DRAFT)
    if (session.scalar(drafts) or 0) >= MOST_DRAFTS:
        raise DomainError(_("Your company has %(number)s drafts. Take some away first.", number=MOST_DRAFTS))


def _usual(kind: VacancyKind) -> dict[str, Any]:
    level = Level.MBO_4 if kind in MBO else Level.HBO_BACHELOR if kind in HBO or kind is VacancyKind.DUAL else Level.NONE
    if kind in WO:
        level = Level.MASTER
    if kind is VacancyKind.ENGD_POSITION:
        level = Level.ENGD_PHD
    mode = PlacingMode.SCHOOL_PLACES if kind is VacancyKind.BOL_INTERNSHIP else PlacingMode.COMPANY_CHOOSES
    owner = Ownership.COMPANY if kind in WAGED else Ownership.STUDENT
    return {"level": level, "placing_mode": mode, "ownership": owner}


def _next_start(today: date) -> date:
    """The first of September or February that is at least six weeks away."""
    starts = (date(year, month, 1) for year in (today.year, today.year + 1, today.year + 2) for month in (2, 9))
    return next(day for day in starts if day >= today + timedelta(weeks=6))


def _move(vacancy: Vacancy, today: date) -> None:
    """Dates of a copy: as long as before, and none in the past."""
    vacancy.closes_on, vacancy.respond_by = today + SHOWN, None
    if vacancy.starts_on >= today:
        return
    later = _next_start(today) - vacancy.starts_on
    vacancy.starts_on += later
    vacancy.starts_until = vacancy.starts_until + later if vacancy.starts_until else None
    vacancy.ends_on = vacancy.ends_on + later if vacancy.ends_on else None
    vacancy.tasks_done = [name for name in vacancy.tasks_done if name != Task.PERIOD]


def _recheck(vacancy: Vacancy, now: datetime) -> None:
    """What is online must pass; the crebos it is shown for follow what is recognised now."""
    found = services.judged(vacancy, now.date())
    if found.reasons:
        raise services.NotReady(found.reasons)
    if found.flagged:
        raise DomainError(_("Words that a rule does not allow cannot be put into a place that is online. Write it in other words."))
    services.show_for(vacancy, found)
    services.fit_places(vacancy)
