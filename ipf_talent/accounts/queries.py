"""Reading people."""

from collections.abc import Sequence

from sqlalchemy import Row, select
from sqlalchemy.orm import selectinload

from ipf_talent.accounts.models import Membership, User
from ipf_talent.accounts.roles import Role
from ipf_talent.db import session
from ipf_talent.organisations.models import Organisation


def by_email(email: str) -> User | None:
    """The person with this address, fresh from the database; capitals do not matter."""
    query = select(User).where(User.email == email.strip().lower()).options(selectinload(User.memberships))
    return session.scalar(query.execution_options(populate_existing=True))


def organisation_names() -> Sequence[str]:
    """Names that a password may not be made of."""
    return session.scalars(select(Organisation.name).order_by(Organisation.id)).all()


def people_of(organisation_id: int) -> Sequence[Row[int, int, str, str, Role]]:
    """Who holds which role at an organisation: membership id, name, address, role, by name."""
    columns = select(Membership.id, User.id.label("user_id"), User.display_name, User.email, Membership.role).join(Membership.user)
    here = columns.where(Membership.organisation_id == organisation_id)
    return session.execute(here.order_by(User.display_name, Membership.id)).all()
