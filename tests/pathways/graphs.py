"""Small graphs and rules to find a way through."""

from hypothesis import strategies as st

from ipf_talent.pathways.graph import HERE, Entry, Graph, Stop


def stop(key, rank, months=12, **more):
    """A stop whose sort is its rank, unless named."""
    return Stop(key, **{"sort": f"rank-{rank}", "rank": rank, "months": months} | more)


def graph(stops, *entries, rank=0):
    """A graph from stops and triples of from, to and entry."""
    found = {}
    for before, after, entry in entries:
        found.setdefault(before, {})[after] = entry
    return Graph({HERE: Stop(HERE, HERE, rank), **{one.key: one for one in stops}}, found)


@st.composite
def graphs(draw, fields=("metal", "code")):
    """Up to seven stops on four ranks, some of them bridges, with entries of every kind between them."""
    stops = []
    for number in range(draw(st.integers(1, 7))):
        rank, bridge = draw(st.integers(1, 4)), draw(st.sampled_from([False, False, False, True]))
        stops.append(
            stop(
                f"s{number}", rank, draw(st.sampled_from([None, 6, 12, 24])), sort=f"{'bridge' if bridge else 'rank'}-{rank}",
                bridge=bridge, passable=draw(st.integers(0, 5)) > 0, offered=draw(st.booleans()),
                fields=frozenset(draw(st.sets(st.sampled_from(fields)))) if fields else frozenset(),
            )
        )  # fmt: skip
    keys = [HERE, *(one.key for one in stops)]
    entries = []
    for before in keys:
        for after in keys[1:]:
            if before != after and draw(st.integers(0, 2)) > 0:
                saves, added, named = draw(st.sampled_from([0, 0, 6])), draw(st.sampled_from([0, 0, 6])), draw(st.booleans())
                entry = Entry(f"{before}-{after}", draw(st.integers(0, 3)), added=added, saves=saves, named=named)
                entries.append((before, after, entry))
    return graph(stops, *entries, rank=draw(st.integers(0, 2)))
