"""Who may write and review listings, and follow programmes."""

from ipf_talent.accounts.models import User
from ipf_talent.accounts.policy import is_platform_admin
from ipf_talent.accounts.roles import Role
from ipf_talent.programmes.models import Offering, OpenDay, Programme, Progression


def lists_programmes(user: User) -> bool:
    """The programme managers of some school."""
    return bool(user.is_authenticated) and user.has_role(Role.PROGRAMME_MANAGER)


def manages_listing(user: User, programme: Programme) -> bool:
    """The programme managers of its school; a national qualification is nobody's."""
    own = bool(user.is_authenticated) and programme.institution_id in user.organisation_ids(Role.PROGRAMME_MANAGER)
    return own and not programme.national


def manages_offering(user: User, offering: Offering) -> bool:
    """Whoever may write its programme."""
    return manages_listing(user, offering.programme)


def manages_open_day(user: User, day: OpenDay) -> bool:
    """The programme managers of the school that shows itself."""
    return bool(user.is_authenticated) and day.institution_id in user.organisation_ids(Role.PROGRAMME_MANAGER)


def manages_edge(user: User, edge: Progression) -> bool:
    """The programme managers of the school that wrote it; rules of the country and of the region's data are not theirs."""
    return bool(user.is_authenticated) and edge.owner_id in user.organisation_ids(Role.PROGRAMME_MANAGER)


def reviews_listings(user: User) -> bool:
    """Whoever may look at what waits for a second person."""
    return lists_programmes(user) or is_platform_admin(user)


def may_see_listing(user: User, programme: Programme) -> bool:
    """Its own managers, and platform administration, which reviews."""
    return manages_listing(user, programme) or (is_platform_admin(user) and not programme.national)


def may_move_offering(user: User, offering: Offering) -> bool:
    """Whoever may see its programme; what each may do says the table of `listing`."""
    return may_see_listing(user, offering.programme)
