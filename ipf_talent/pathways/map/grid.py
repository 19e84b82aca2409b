"""The upright lines of a picture: where each lane of the country's rules runs, and where each column of stations stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ipf_talent.pathways.map.drawing import EDGE, Size
from ipf_talent.pathways.map.scheme import Lane, Scheme


@dataclass(frozen=True)
class Grid:
    """
    What is fixed before anything has a height.

    Attributes:
        bands: number of each band, by key.
        slots: place of each lane, from the left.
        zone: right end of the lanes.
        spine: where the lines of each column run.
        room: width of the words of a station.
    """

    bands: Mapping[str, int]
    slots: Mapping[str, int]
    zone: float
    spine: Sequence[float]
    room: float
    lane: float

    def lane_x(self, lane: Lane) -> float:
        """Where a lane runs."""
        return round(EDGE + (self.slots[lane.key] + 0.5) * self.lane, 1)

    def start_of(self, lane: Lane) -> int:
        """Number of the band that a lane starts from; -1 for a starting point."""
        return -1 if lane.band is None else self.bands[lane.band]


def grid(scheme: Scheme, size: Size) -> Grid:
    """The grid of a picture."""
    bands = {band.key: at for at, band in enumerate(scheme.bands)}
    slots = _slots(scheme, bands)
    zone = EDGE + (max(slots.values(), default=-1) + 1) * size.lane + 6
    left = zone + size.beside + 6 * bool(size.beside)
    pitch = (size.width - left - EDGE) / size.columns
    spine = tuple(round(left + at * pitch + size.gutter - size.mark, 1) for at in range(size.columns))
    return Grid(bands, slots, zone, spine, pitch - size.gutter - 12, size.lane)


def _slots(scheme: Scheme, bands: Mapping[str, int]) -> dict[str, int]:
    """The place of each lane from the left: one that has ended leaves its place to one that starts higher."""
    ends: list[int] = []
    found: dict[str, int] = {}
    for lane in sorted(scheme.lanes, key=lambda lane: -1 if lane.band is None else bands[lane.band]):
        start = -1 if lane.band is None else bands[lane.band]
        ruled = [rule.band for rule in scheme.rules if lane.key in rule.lanes]
        end = max([start, *(bands[band] for band in (*dict(lane.calls), *ruled) if band in bands)])
        free = len(ends) if lane.band is None else next((at for at, last in enumerate(ends) if last < start), len(ends))
        ends[free:] = [end, *ends[free + 1 :]]
        found[lane.key] = free
    return found
