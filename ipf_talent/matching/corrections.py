"""What readers say is wrong: taking it in, settling it, and forgetting it in time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, or_

from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.matching import correction_queries
from ipf_talent.matching.engine import Versions
from ipf_talent.matching.kinds import CorrectionAbout, CorrectionKind, CorrectionStatus
from ipf_talent.matching.models import Correction
from ipf_talent.notifications import letters
from ipf_talent.programmes.models import Programme
from ipf_talent.vacancies.models import Vacancy

KEPT = timedelta(days=365)
"""How long a correction stays once it is settled."""

KEPT_OPEN = timedelta(days=730)
"""How long it stays at most when nobody looks at it."""


@dataclass(frozen=True)
class Subject:
    """
    What a correction is about.

    Attributes:
        thing: has the titles.
        organisation_id: whoever owns it.
        skills: slugs of the skills that are read in it.
    """

    kind: CorrectionKind
    thing: Vacancy | Programme
    organisation_id: int
    skills: tuple[str, ...]

    @classmethod
    def of_place(cls, vacancy: Vacancy) -> "Subject":
        """A place, with the skills it asks."""
        return cls(CorrectionKind.PLACE, vacancy, vacancy.company_id, tuple(asked.skill.slug for asked in vacancy.skills))

    @classmethod
    def of_programme(cls, programme: Programme) -> "Subject":
        """A programme, with the skills it teaches."""
        taught = tuple(taught.skill.slug for taught in programme.skills)
        return cls(CorrectionKind.PROGRAMME, programme, programme.institution_id, taught)


def report(
    subject: Subject,
    *,
    about: CorrectionAbout,
    skill: str | None,
    text: str,
    language: str,
    reporter_id: int | None,
    versions: Versions | None,
    now: datetime,
    earlier: Collection[int] = (),
) -> Correction:
    """
    Take in that something is wrong; the first one that waits is told to the managers of the owner by mail.

    Args:
        skill: slug of a skill of the taxonomy.
        reporter_id: None for a guest.
        versions: of the index that the page was made with; None where there was none.
        earlier: numbers of what this reader said before; a guest has no other way to be known again.

    Raises:
        DomainError: what is needed to understand it is not there, or the reader said the same before and it still waits.
    """
    _refuse_unclear(subject, about, skill, text)
    first = not correction_queries.open_at(subject.organisation_id)
    row = Correction(
        created_at=now, kind=subject.kind, slug=subject.thing.slug, organisation_id=subject.organisation_id, about=about,
        skill=skill if about in (CorrectionAbout.NOT_ASKED, CorrectionAbout.MISSING) else None, text=text,
        reporter_id=reporter_id, language=language,
    )  # fmt: skip
    if any(_says_the_same(row, other) for other in correction_queries.said_before(row, earlier)):
        raise DomainError(_("You already told us this; it waits for an answer."))
    if versions:
        row.model, row.background, row.taxonomy = versions.model, versions.background, versions.taxonomy
    session.add(row)
    session.flush()
    audit.record(reporter_id, "report_wrong", "correction", row.id, kind=row.kind.value, about=row.about.value)
    if first:
        _tell_managers(subject.organisation_id)
    return row


def _says_the_same(row: Correction, other: Correction) -> bool:
    """Whether two about one thing complain of the same; where no skill nor the level is meant, the words decide."""
    if (row.about, row.skill) != (other.about, other.skill):
        return False
    named = row.skill is not None or row.about is CorrectionAbout.LEVEL
    return named or row.text.casefold().split() == other.text.casefold().split()


def _refuse_unclear(subject: Subject, about: CorrectionAbout, skill: str | None, text: str) -> None:
    if about is CorrectionAbout.NOT_ASKED and skill not in subject.skills:
        raise DomainError(_("Choose the skill that does not belong here."), field="skill")
    if about is CorrectionAbout.MISSING and skill in subject.skills:
        raise DomainError(_("This skill stands here already. Choose another one."), field="skill")
    if about is CorrectionAbout.MISSING and not skill and not text:
        raise DomainError(_("Choose the skill that is missing, or name it in your own words below."), field="skill")
    if about in (CorrectionAbout.LEVEL, CorrectionAbout.OTHER) and not text:
        raise DomainError(_("Say in a few words what is wrong."), field="text")


def _tell_managers(organisation_id: int) -> None:
    link: letters.Link = ("corrections.index", {})
    for manager in correction_queries.managers_of(organisation_id):
        values = {"name": manager.display_name, "organisation": manager.organisation}
        letters.write("correction", to=manager.email, language=manager.language, link=link, values=values)


def settle(correction: Correction, *, by: User, now: datetime) -> None:
    """
    Note that somebody has looked at it.

    Raises:
        DomainError: somebody did so already.
    """
    if correction.status is CorrectionStatus.SETTLED:
        raise DomainError(_("This is settled already."))
    correction.status, correction.settled_at, correction.settled_by_id = CorrectionStatus.SETTLED, now, by.id
    session.flush()
    audit.record(by.id, "settle_correction", "correction", correction.id)


def sweep(now: datetime) -> int:
    """Forget what was settled a year ago, and what nobody looked at in two; gives how many."""
    waiting = and_(Correction.settled_at.is_(None), Correction.created_at < now - KEPT_OPEN)
    old = delete(Correction).where(or_(Correction.settled_at < now - KEPT, waiting))
    return session.execute(old).rowcount  # type: ignore[attr-defined,no-any-return]
