"""Kinds of organisation."""

from enum import StrEnum

from ipf_talent.i18n import lazy


class OrganisationKind(StrEnum):
    """What an organisation is for."""

    COMPANY = "company"
    SCHOOL = "school"
    COMPANY_SCHOOL = "company_school"
    INSTITUTE = "institute"
    PARTNER = "partner"


LABELS = {
    OrganisationKind.COMPANY: lazy("Company"),
    OrganisationKind.SCHOOL: lazy("School"),
    OrganisationKind.COMPANY_SCHOOL: lazy("Company school"),
    OrganisationKind.INSTITUTE: lazy("Institute"),
    OrganisationKind.PARTNER: lazy("Partner"),
}

TEACHING = (OrganisationKind.SCHOOL, OrganisationKind.COMPANY_SCHOOL, OrganisationKind.INSTITUTE)
"""Kinds that can offer programmes."""
