"""The bench of keeping an index runs whole and tells every figure. No time is asserted."""

import json
from dataclasses import replace

import numpy as np
import pytest

from bench import keeping
from bench.corpus import places
from ipf_talent.matching.engine import Matcher
from ipf_talent.matching.engine.postings import Postings
from ipf_talent.matching.engine.terms import SparseVector, as_terms

pytest.importorskip("numba")


def test_it_prints_what_it_measured(capsys):
    keeping.main(["--documents", "60", "--queries", "3", "--rounds", "1", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert found["documents"] == 60
    assert set(found["change_ms"]) == {"add", "change", "remove"}
    assert set(found["cold_cpu_s"]) == {"product", "product_numpy", "pickled"}
    assert set(found["search_ms"]) == {"once", "once, floor", "10 times", "10 times, floor"}
    assert all(time > 0 for name in ("change_ms", "cold_cpu_s", "search_ms") for time in found[name].values())


def test_a_posting_counts_with_its_share_of_the_table():
    def vectors(*texts):
        terms = [np.sort(as_terms("word", text.split())) for text in texts]
        return Postings.build([SparseVector(one, np.ones(len(one))) for one in terms])

    part = Matcher().fit(places(3, 0)).index_.base
    small = replace(part, words=vectors("a b", "a"), concepts=vectors("c", "c"))
    postings, terms = 5, 3
    assert keeping.bytes_per_posting(small) == (postings * 6 + terms * 8 + (terms + 2) * 8) / postings
