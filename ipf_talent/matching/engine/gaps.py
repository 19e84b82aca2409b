"""How much of a student's gap a programme closes."""

from collections.abc import Collection
from dataclasses import dataclass

from .concepts import COVERS, Relations, met
from .documents import slugs


@dataclass(frozen=True, slots=True)
class Gap:
    """
    What is closed and what stays open: "closes `len(closed)` of your `len(closed) + len(open)` missing skills".

    Attributes
    ----------
    closed, open : tuple of str
        The missing concepts, by slug.
    share : float
        Closed part of the missing concepts, 0 to 1; 0 where nothing is missing.
    per_month : float or None
        Share per month of the programme; None where its duration is not known.
    """

    closed: tuple[str, ...]
    open: tuple[str, ...]
    share: float
    per_month: float | None


def gap(
    missing: Collection[str],
    taught: Collection[str],
    relations: Relations | None = None,
    *,
    months: float | None = None,
    covers: float = COVERS,
) -> Gap:
    """
    Compare what is missing with what is taught.

    A taught concept closes itself and what it is a narrower form of (`relations[taught][missing] >= covers`): who
    learns a Siemens PLC learns PLCs. A broader or related concept closes nothing.

    Raises
    ------
    ValueError
        `months` is not above 0.
    """
    if months is not None and not months > 0:
        raise ValueError(f"A programme takes more than {months} months.")
    learnt = met(slugs(taught), relations or {}, covers)
    asked = slugs(missing)
    closed = tuple(slug for slug in asked if slug in learnt)
    share = len(closed) / len(asked) if asked else 0.0
    return Gap(closed, tuple(s for s in asked if s not in learnt), share, share / months if months else None)
