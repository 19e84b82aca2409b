"""Who has to do with guidance: the company's managers and the trainer of a student; at school as `policy` says."""

from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role
from ipf_talent.placements import policy
from ipf_talent.placements.guidance.models import ReplacementTask
from ipf_talent.placements.guidance.queries import SEEN
from ipf_talent.placements.models import Placement


def may_look_after(user: User, placement: Placement) -> bool:
    """Managers of the company and the trainer of this student, once it runs; twin of `guidance_queries.followed_by_company`."""
    if not user.is_authenticated or placement.status not in SEEN or placement.erased_at is not None:
        return False
    manages = placement.establishment.organisation_id in user.organisation_ids(Role.COMPANY_MANAGER)
    return manages or placement.trainer_id == user.id


def may_find_place(user: User, task: ReplacementTask) -> bool:
    """The coordinators of the school whose task it is."""
    return policy.places_students(user) and task.placement.school_id in user.organisation_ids(Role.COORDINATOR)
