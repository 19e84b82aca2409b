"""The documents of a student: keeping a new one, and taking one away."""

import hashlib
from datetime import datetime

from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.applications import queries, storage
from ipf_talent.applications.files import Checked
from ipf_talent.applications.kinds import Release, State
from ipf_talent.applications.models import Application, Document
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.vacancies.kinds import PlacingMode

MOST = 10
"""Documents of one person."""


def keep(user: User, checked: Checked, *, now: datetime) -> Document:
    """
    Keep a checked file; the same content again gives the row that is there.

    Raises:
        DomainError: the person has MOST already, or is an example that everyone shares.
    """
    if user.is_demo:
        raise DomainError(_("Everyone shares this example account, so no file of yours may stand here."), field="file")
    digest = hashlib.sha256(checked.data).hexdigest()
    held = queries.documents_of(user.id)
    if same := next((one for one in held if one.sha256 == digest), None):
        return same
    if len(held) >= MOST:
        raise DomainError(_("You have %(number)s documents. Take one away first.", number=MOST), field="file")
    document = Document(
        user_id=user.id, name=storage.put(checked.data), label=checked.label, kind=checked.kind, size=len(checked.data),
        sha256=digest, uploaded_at=now,
    )  # fmt: skip
    session.add(document)
    session.flush()
    audit.record(user.id, "add_document", "document", document.id, size=document.size)
    return document


def refuse_unless_asked(application: Application) -> None:
    """
    Whether a CV can go with this response now.

    Raises:
        DomainError: the school gives this place, so there is no CV (R4); or the company can see one already.
    """
    if application.mode is PlacingMode.SCHOOL_PLACES:
        raise DomainError(_("Your school places you here, so no CV is asked."), field="file")
    if application.state is not State.DRAFT and Release.CV in application.releases:
        raise DomainError(_("The company can see this CV already. Take it back first."), field="file")


def attach(application: Application, document: Document | None) -> None:
    """
    Choose the CV of a response, or none.

    Raises:
        DomainError: as `refuse_unless_asked`.
    """
    refuse_unless_asked(application)
    application.document = document
    session.flush()


def remove(user: User, number: int) -> None:
    """
    Take one's own document away; its file goes by the next round of tidying. Who could see it, sees it no more.

    Raises:
        DomainError: there is none of this person with this number.
    """
    document = next((one for one in queries.documents_of(user.id) if one.id == number), None)
    if document is None:
        raise DomainError(_("There is no such document."))
    audit.record(user.id, "remove_document", "document", document.id)
    session.delete(document)
    session.flush()
