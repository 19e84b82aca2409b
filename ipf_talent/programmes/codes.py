"""What the number of a programme means, and what it is still good for."""

from ipf_talent.i18n import _

NEWER_CREBOS = frozenset({"25919", "25998"})
"""Numbers of national qualifications seen in a source later than the regulation of 2015."""


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
