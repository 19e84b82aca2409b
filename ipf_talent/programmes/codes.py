"""What the number of a programme means, and what it is still good for."""

import re

from ipf_talent.i18n import _
from ipf_talent.programmes.levels import ProgrammeType

NEWER_CREBOS = frozenset({"25919", "25998"})
"""Numbers of national qualifications seen in a source later than the regulation of 2015."""


def kind_of(code: str | None, type: ProgrammeType) -> str | None:
    """What sort of number a school gave: a crebo where an mbo programme has five digits; None where it could be anything."""
    is_mbo = type in (ProgrammeType.MBO_DIPLOMA, ProgrammeType.MBO_CERTIFICATE)
    return "crebo" if is_mbo and re.fullmatch(r"[0-9]{5}", code or "") else None


def meaning(kind: str | None) -> str:
    """What sort of number it is."""
    if kind == "crebo":
        return str(_("crebo: the number of an mbo qualification in the national register"))
    if kind == "croho":
        return str(_("CROHO: the number of a programme in the register of higher education"))
    return ""


def caution(code: str | None, *, national: bool) -> str:
    """What a reader must know before using the number of a national qualification; empty where nothing."""
    if not national or not code or code in NEWER_CREBOS:
        return ""
    return str(
        _("This number comes from the list of 2015, and many have changed since. Use it for existing diplomas, not to enrol.")
    )
