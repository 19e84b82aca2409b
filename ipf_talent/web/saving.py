"""Saving what a form asks for: kept at once, or refused beside the field with everything that was typed."""

from collections.abc import Callable

from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.web.forms import Form


def saved(form: Form, deed: Callable[[], object]) -> bool:
    """Do it and commit; after a refusal nothing is kept, and the form says why."""
    try:
        deed()
        session.commit()
    except DomainError as error:
        session.rollback()
        form.reject(error)
        return False
    return True
