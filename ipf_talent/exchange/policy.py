"""Who imports and exports listings, and who looks a second time."""

from ipf_talent.accounts.models import User
from ipf_talent.accounts.policy import is_platform_admin
from ipf_talent.accounts.roles import Role
from ipf_talent.exchange.models import ImportRun


def exchanges_listings(user: User) -> bool:
    """The programme managers of some school; the platform, to look at what waits for a second person."""
    return bool(user.is_authenticated) and (user.has_role(Role.PROGRAMME_MANAGER) or is_platform_admin(user))


def may_see_import(user: User, run: ImportRun) -> bool:
    """The programme managers of its school, and the platform while it waits for a second person or after that one looked."""
    return is_manager(user, run.school_id) or (is_platform_admin(user) and _was_held(run))


def may_import(user: User, run: ImportRun) -> bool:
    """The programme managers of its school."""
    return is_manager(user, run.school_id)


def may_release(user: User, run: ImportRun) -> bool:
    """A second person: another programme manager of the school than the one who sent the file, or the platform."""
    return may_see_import(user, run) and user.id != run.by_id


def is_manager(user: User, school_id: int) -> bool:
    """Whether this person keeps the listings of a school."""
    return bool(user.is_authenticated) and school_id in user.organisation_ids(Role.PROGRAMME_MANAGER)


def _was_held(run: ImportRun) -> bool:
    return run.status.value == "held" or run.released_by_id is not None
