"""A recognition is lost: what runs is interrupted, what has not begun needs a new check."""

from ipf_talent import clock
from ipf_talent.db import session
from ipf_talent.organisations import recognitions
from ipf_talent.organisations.recognition import RecognitionSource, RecognitionStatus
from ipf_talent.placements import keeping_time, queries
from ipf_talent.placements.kinds import CheckOutcome, PlacementStatus, Reason
from tests.factories.accounts import make_user
from tests.factories.placements import make_placement, make_sides

S = PlacementStatus


def lose(sides):
    recognitions.decide(
        sides.recognition, RecognitionStatus.REVOKED, source=RecognitionSource.STAGEMARKT, source_url=None, note="SBB",
        by_id=sides.coordinator.id, school_id=sides.school.id, today=clock.today(),
    )  # fmt: skip


def test_r20_a_running_placement_is_interrupted_with_the_reason(sides):
    placement = make_placement(sides, status=S.RUNNING)
    lose(sides)
    assert (placement.status, placement.reason) == (S.INTERRUPTED, Reason.RECOGNITION)
    assert placement.recognition_outcome is CheckOutcome.NOT_RECOGNISED


def test_a_signed_one_does_not_start_any_more(sides):
    placement = make_placement(sides, status=S.SIGNED)
    lose(sides)
    assert placement.status is S.SIGNED
    placement.starts_on = clock.today()
    session.commit()
    done = keeping_time.keep(clock.now())
    assert (done.started, done.held_up) == (0, 1)
    assert queries.by_key(placement.key).status is S.SIGNED


def test_other_companies_and_other_qualifications_stay_as_they_are(sides):
    placement, elsewhere = make_placement(sides, status=S.RUNNING), make_placement(make_sides(), status=S.RUNNING)
    other = make_placement(sides, status=S.RUNNING, student_id=make_user().id)
    other.crebo = "25345"
    lose(sides)
    assert placement.status is S.INTERRUPTED
    assert (elsewhere.status, other.status) == (S.RUNNING, S.RUNNING)
