"""Made-up schemes of a map, and what a picture of one must never do."""

from collections.abc import Iterator
from itertools import combinations, pairwise

from hypothesis import strategies as st

from ipf_talent.pathways.map.drawing import Picture
from ipf_talent.pathways.map.scheme import Band, Lane, Line, Rule, Scheme, Sign, Station

WORDS = ["Mechatronica", "Research", "instrumentmaker", "Electrical", "and", "Engineering", "Werktuigbouwkunde", "(BSc)", "ICT",
         "w", "W" * 40, "doorstroomminor/premaster", "Technische-bedrijfskunde-deeltijd", "–", "ŷĳ", "漢字"]  # fmt: skip


def titles(most: int = 9) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(WORDS), min_size=1, max_size=most).map(" ".join)


@st.composite
def schemes(draw) -> Scheme:
    """A map with up to nine bands, eight lines and forty stations, and rules of every sort between them."""
    bands = [Band(f"b{at}", draw(titles(3)), apart=at == 0 and draw(st.booleans())) for at in range(draw(st.integers(1, 9)))]
    names = st.tuples(titles(6), st.sampled_from(["", "Planned"]))
    lines = [
        Line(f"l{at}", name, at, under=under) for at, (name, under) in enumerate(draw(st.lists(names, min_size=1, max_size=8)))
    ]
    place = st.tuples(titles(), st.sampled_from(lines), st.sampled_from(bands), st.sampled_from([(), ("Planned",)]))
    counts = st.sampled_from([None, 0, 7, 12, 345])
    found = [
        Station(f"s{at}", title, line.key, band.key, notes, draw(counts))
        for at, (title, line, band, notes) in enumerate(draw(st.lists(place, max_size=40)))
    ]
    stations = sorted(found, key=lambda one: (one.band, one.line))
    keys = [band.key for band in bands]
    signs = st.sampled_from(list(Sign))
    starts = [Lane(f"p{at}", draw(titles(4)), None, calls(draw, keys, signs)) for at in range(draw(st.integers(0, 8)))]
    above = [Lane(key, "", key, calls(draw, keys[at + 1 :], signs)) for at, key in enumerate(keys) if draw(st.booleans())]
    lanes = (*starts, *above)
    rules = tuple(rule for _ in range(draw(st.integers(0, 12))) if (rule := any_rule(draw, stations, lanes, keys, signs)))
    here = draw(st.sampled_from([None, *(lane.key for lane in lanes)]))
    way = draw(st.lists(st.sampled_from([*keys, *(one.key for one in stations)]), max_size=5, unique=True))
    return Scheme(tuple(bands), tuple(lines), tuple(stations), lanes, rules, here, tuple(way))


def calls(draw, keys, signs):
    return tuple((key, draw(signs)) for key in keys if draw(st.booleans()))


def any_rule(draw, stations, lanes, keys, signs) -> Rule | None:
    """A rule to a station or to what stands around it, from another station or from lanes below."""
    if not stations:
        return None
    target = draw(st.sampled_from(stations))
    below = [lane.key for lane in lanes if lane.band is None or keys.index(lane.band) <= keys.index(target.band)]
    if below and draw(st.booleans()):
        some = tuple(draw(st.lists(st.sampled_from(below), min_size=1, max_size=4, unique=True)))
        return Rule(draw(signs), target.line, target.band, some, target=draw(st.sampled_from([None, target.key])))
    start = draw(st.sampled_from(stations))
    return Rule(draw(signs), target.line, target.band, station=start.key, target=target.key) if start != target else None


def faults(picture: Picture) -> Iterator[str]:
    """Texts that overlap or are cut off, edges through texts or stations that are not theirs, stations out of their band."""
    yield from _of_texts(picture)
    yield from _of_edges(picture)
    bands = {stripe.band.key: stripe for stripe in picture.stripes if stripe.band}
    for mark in picture.marks:
        stripe = bands[mark.station.band]
        if not stripe.top <= mark.box[1] < mark.y < mark.box[3] <= stripe.bottom + 1:
            yield f"{mark.station.key} stands out of its band"


def _of_texts(picture: Picture) -> Iterator[str]:
    boxes = [(text, text.box) for text in picture.texts]
    for (one, a), (other, b) in combinations(boxes, 2):
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]:
            yield f"{one.lines} overlaps {other.lines}"
    for text, (left, top, right, bottom) in boxes:
        if left < 0 or top < 0 or right > picture.size.width or bottom > picture.height:
            yield f"{text.lines} is cut off"


def _of_edges(picture: Picture) -> Iterator[str]:
    """A count stands in its own station, so lines may run behind it; the leads of starting points end before their names."""
    boxes = [(str(text.lines), text.box) for text in picture.texts if text.role != "count"]
    for (x0, y0, x1, y1), name in _edges(picture):
        for words, (left, top, right, bottom) in boxes:
            if x0 < right and left < x1 and y0 < bottom and top < y1:
                yield f"{name} runs through {words}"
    for track in picture.tracks:
        ends = {track.run.start.y, track.run.end.y}
        for mark in picture.marks:
            own = f"station:{mark.station.key}" in ends or (track.run.kind == "line" and track.run.line == mark.station.line)
            near = [box for box in map(_stretch, pairwise(track.points)) if _touches(box, mark.x, mark.y, picture.size.mark - 3)]
            if near and not own:
                yield f"{track.run} runs through {mark.station.key}"


def _edges(picture: Picture) -> Iterator[tuple[tuple[float, float, float, float], str]]:
    for track in picture.tracks:
        yield from ((_stretch(pair), str(track.run)) for pair in pairwise(track.points))
    for lane in picture.lanes:
        yield _stretch(((lane.x, lane.start), (lane.x, lane.end))), lane.lane.key
        if lane.texts:
            yield _stretch(((lane.x, lane.start), (picture.zone, lane.start))), "lead of " + lane.lane.key
    for head in picture.heads:
        yield _stretch(((head.x - 7, head.top), (head.x + 7, head.top))), head.line.key
        yield _stretch(((head.x, head.top), (head.x, head.bottom))), head.line.key


def _stretch(pair) -> tuple[float, float, float, float]:
    """What a straight part covers, two to each side."""
    (a, b), (c, d) = pair
    return min(a, c) - 2, min(b, d) - 2, max(a, c) + 2, max(b, d) + 2


def _touches(box, x: float, y: float, half: float) -> bool:
    return box[0] < x + half and x - half < box[2] and box[1] < y + half and y - half < box[3]
