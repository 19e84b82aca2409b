"""Who may see and move a placement: its student and a minor's parent, the school that places, the company where it is."""

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.accounts.roles import Role
from ipf_talent.organisations.models import Organisation
from ipf_talent.placements.kinds import PlacementStatus, Who
from ipf_talent.placements.models import AgreementSheet, Placement, SignatureScan

AT_COMPANY = (Role.COMPANY_MANAGER, Role.SIGNER)


def places_students(user: User) -> bool:
    """The coordinators of a school."""
    return bool(user.is_authenticated) and user.has_role(Role.COORDINATOR)


def works_with_placements(user: User) -> bool:
    """Coordinators, and whoever guides students at school."""
    return bool(user.is_authenticated) and user.has_role(Role.COORDINATOR, Role.SCHOOL_SUPERVISOR)


def may_manage(user: User, placement: Placement) -> bool:
    """The coordinators of the school of this placement."""
    return places_students(user) and placement.school_id in user.organisation_ids(Role.COORDINATOR) and placement.erased_at is None


def may_see(user: User, placement: Placement) -> bool:
    """The coordinators of the school, and whoever guides this student; the twin of `queries.seen_by_school`."""
    guides = bool(user.is_authenticated) and placement.supervisor_id == user.id and placement.erased_at is None
    return guides or may_manage(user, placement)


def may_guide(user: User, placement: Placement) -> bool:
    """Who may interrupt it or let it go on: the coordinators, and the supervisor of this student (4.5)."""
    return may_see(user, placement)


def may_set_rules(user: User, school: Organisation) -> bool:
    """The coordinators of this school."""
    return places_students(user) and school.id in user.organisation_ids(Role.COORDINATOR)


def receives_placements(user: User) -> bool:
    """Whoever manages, signs or guides at a company."""
    return bool(user.is_authenticated) and user.has_role(*AT_COMPANY, Role.WORKPLACE_TRAINER, Role.COMPANY_SUPERVISOR)


def may_follow(user: User, placement: Placement) -> bool:
    """Managers and signers of the company, and who guides there; the twin of `queries.seen_by_company`."""
    shown = placement.status is not PlacementStatus.DECLINED and placement.erased_at is None
    return receives_placements(user) and shown and (_at_company(user, placement) or placement.trainer_id == user.id)


def may_act_for_company(user: User, placement: Placement) -> bool:
    """The managers and signers of the company."""
    return may_follow(user, placement) and _at_company(user, placement)


def _at_company(user: User, placement: Placement) -> bool:
    return placement.establishment.organisation_id in user.organisation_ids(*AT_COMPANY)


def has_placements(user: User) -> bool:
    """Students, and whoever has an account without a role."""
    return bool(user.is_authenticated) and (user.has_role(Role.STUDENT) or not user.memberships)


def is_own(user: User, placement: Placement) -> bool:
    """The student whose placement it is."""
    return bool(user.is_authenticated) and placement.student_id is not None and placement.student_id == user.id


def is_parent(user: User, placement: Placement) -> bool:
    """Whoever confirmed the address that the school noted for a parent, as long as the student is a minor."""
    known = bool(placement.parent_email) and user.email == placement.parent_email.strip().lower()
    return known and user.confirmed_at is not None and placement.is_minor(clock.today()) and placement.erased_at is None


def parties_of(user: User, placement: Placement) -> frozenset[Who]:
    """For which parties this person can sign and answer."""
    if not user.is_authenticated:
        return frozenset()
    found = {
        Who.STUDENT: is_own(user, placement),
        Who.PARENT: is_parent(user, placement),
        Who.SCHOOL: may_manage(user, placement) or _signs_for_school(user, placement),
        Who.COMPANY: may_act_for_company(user, placement),
    }
    return frozenset(side for side, holds in found.items() if holds)


def _signs_for_school(user: User, placement: Placement) -> bool:
    return placement.school_id in user.organisation_ids(Role.SIGNER) and placement.erased_at is None


def may_read_agreement(user: User, placement: Placement) -> bool:
    """The parties, and who guides the student at school or at the company."""
    return bool(parties_of(user, placement)) or may_see(user, placement) or may_follow(user, placement)


def may_read_sheet(user: User, sheet: AgreementSheet) -> bool:
    """Who may read the agreement may read each of its sheets."""
    return may_read_agreement(user, sheet.agreement.placement)


def may_see_scan(user: User, scan: SignatureScan) -> bool:
    """The coordinators of the school, who keep the paper."""
    return places_students(user) and scan.placement.school_id in user.organisation_ids(Role.COORDINATOR)
