"""Who may see and settle what readers say is wrong."""

from ipf_talent.accounts.models import User
from ipf_talent.accounts.policy import is_cluster_office, works_at
from ipf_talent.accounts.roles import STAFF
from ipf_talent.matching.models import Correction


def reads_corrections(user: User) -> bool:
    """Whoever works at some organisation, and the cluster office."""
    return bool(user.is_authenticated) and (is_cluster_office(user) or user.has_role(*STAFF))


def may_settle(user: User, correction: Correction) -> bool:
    """The people who work at the organisation that owns it, and the cluster office; the twin of `correction_queries.visible_to`."""
    return works_at(user, correction.organisation_id) or is_cluster_office(user)
