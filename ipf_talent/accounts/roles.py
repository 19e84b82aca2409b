"""The roles of the field (one person can hold several)."""

from enum import StrEnum

from ipf_talent.i18n import lazy
from ipf_talent.organisations.kinds import TEACHING, OrganisationKind


class Role(StrEnum):
    """What a person is, at one organisation or on the platform."""

    STUDENT = "student"
    PARENT = "parent"
    COMPANY_MANAGER = "company_manager"
    WORKPLACE_TRAINER = "workplace_trainer"
    COMPANY_SUPERVISOR = "company_supervisor"
    SIGNER = "signer"
    PROGRAMME_MANAGER = "programme_manager"
    COORDINATOR = "coordinator"
    SCHOOL_SUPERVISOR = "school_supervisor"
    CLUSTER_OFFICE = "cluster_office"
    PLATFORM_ADMIN = "platform_admin"


LABELS = {
    Role.STUDENT: lazy("Student"),
    Role.PARENT: lazy("Parent"),
    Role.COMPANY_MANAGER: lazy("Company manager"),
    Role.WORKPLACE_TRAINER: lazy("Workplace trainer"),
    Role.COMPANY_SUPERVISOR: lazy("Company supervisor"),
    Role.SIGNER: lazy("Signer"),
    Role.PROGRAMME_MANAGER: lazy("Programme manager"),
    Role.COORDINATOR: lazy("Internship coordinator"),
    Role.SCHOOL_SUPERVISOR: lazy("School supervisor"),
    Role.CLUSTER_OFFICE: lazy("Cluster office"),
    Role.PLATFORM_ADMIN: lazy("Platform administrator"),
}

AT_COMPANY = frozenset({Role.COMPANY_MANAGER, Role.WORKPLACE_TRAINER, Role.COMPANY_SUPERVISOR, Role.SIGNER})
AT_SCHOOL = frozenset({Role.PROGRAMME_MANAGER, Role.COORDINATOR, Role.SCHOOL_SUPERVISOR, Role.SIGNER})
WITHOUT_ORGANISATION = frozenset({Role.STUDENT, Role.PARENT, Role.CLUSTER_OFFICE, Role.PLATFORM_ADMIN})
"""Roles that can be held on the platform itself."""
MANAGING = frozenset({Role.COMPANY_MANAGER, Role.PROGRAMME_MANAGER})
"""Roles that answer for an organisation; one of them always remains."""

STAFF = AT_COMPANY | AT_SCHOOL
"""Roles held at an organisation by the people who work there."""


def fitting(kind: OrganisationKind) -> list[Role]:
    """The roles that people can have at an organisation of this kind; the one that may most comes last."""
    allowed = AT_SCHOOL if kind in TEACHING else AT_COMPANY
    return sorted((role for role in Role if role in allowed), key=lambda role: role in MANAGING)


def manager_of(kind: OrganisationKind) -> Role:
    """The role that answers for an organisation of this kind."""
    return Role.PROGRAMME_MANAGER if kind in TEACHING else Role.COMPANY_MANAGER
