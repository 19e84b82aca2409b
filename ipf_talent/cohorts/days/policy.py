"""Who may do what with a matchmaking day: the cluster office organises, companies and students take part for themselves."""

from ipf_talent.accounts.models import User
from ipf_talent.accounts.policy import is_cluster_office
from ipf_talent.accounts.roles import Role
from ipf_talent.applications.policy import may_respond
from ipf_talent.cohorts.days.kinds import SHOWN
from ipf_talent.cohorts.days.models import MatchDay


def organises_days(user: User) -> bool:
    """The cluster office; it sees counts and codes and no student's own data."""
    return is_cluster_office(user)


def organises(user: User, day: MatchDay) -> bool:
    """The cluster office, every day of the region."""
    return is_cluster_office(user)


def may_see(user: User, day: MatchDay) -> bool:
    """Everyone, once it is no draft any more."""
    return day.status in SHOWN or is_cluster_office(user)


def may_take_part(user: User, day: MatchDay) -> bool:
    """Students, for themselves, at a day that is shown."""
    return may_respond(user) and day.status in SHOWN


def may_bring_company(user: User, day: MatchDay) -> bool:
    """The managers of a company, at a day that is shown."""
    return bool(user.is_authenticated) and user.has_role(Role.COMPANY_MANAGER) and day.status in SHOWN
