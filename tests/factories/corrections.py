"""What readers say is wrong."""

from ipf_talent import clock
from ipf_talent.db import session
from ipf_talent.matching.kinds import CorrectionAbout, CorrectionKind
from ipf_talent.matching.models import Correction
from ipf_talent.organisations.models import Organisation
from tests.factories.organisations import make_organisation


def make_correction(owner: Organisation | None = None, **overrides) -> Correction:
    """A guest says that the level of a place is wrong; it waits."""
    values = {"created_at": clock.now(), "kind": CorrectionKind.PLACE, "slug": "robot-cell", "about": CorrectionAbout.LEVEL,
              "text": "This is work for mbo 3.", "language": "en"}  # fmt: skip
    row = Correction(organisation_id=(owner or make_organisation()).id, **values | overrides)
    session.add(row)
    session.commit()
    return row
