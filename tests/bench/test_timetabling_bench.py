"""The bench of the timetable: both ways agree, and a small run tells every figure. No time is asserted."""

import json

from bench import timetabling as bench


def test_a_small_run_finds_no_faults_and_both_ways_agree(capsys):
    bench.main(["--students", "10", "--companies", "4", "--rounds", "4", "--days", "3", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert found["faults"] == 0
    assert found["agree"] == "3 of 3"
    assert {row["way"] for row in found["rows"]} >= {"plan", "in rounds", "away", "changed"}
