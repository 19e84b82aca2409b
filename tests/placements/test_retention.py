"""What is kept of a person, how long, and what happens when they leave."""

from datetime import timedelta

from sqlalchemy import select

from ipf_talent import clock
from ipf_talent.accounts import services as accounts
from ipf_talent.accounts.models import User
from ipf_talent.applications import storage
from ipf_talent.db import session
from ipf_talent.placements import personal_data, retention
from ipf_talent.placements.guidance.kinds import HoursState
from ipf_talent.placements.guidance.models import HoursEntry
from ipf_talent.placements.kinds import PlacementStatus
from ipf_talent.placements.models import Agreement, AgreementSheet, Placement, PlacementEvent, Signature, SignatureScan
from tests.factories.guidance import make_hours, make_running
from tests.factories.placements import make_agreed, make_placement, make_sides

S = PlacementStatus


def over(sides, days_ago):
    placement = make_placement(sides, status=S.SIGNED)
    placement.status, placement.ended_on = S.COMPLETED, clock.today() - timedelta(days=days_ago)
    placement.parent_name, placement.parent_email, placement.note = "Anna", "anna@thuis.example", "Een notitie"
    session.commit()
    return placement


def test_r16_two_years_after_the_end_nothing_says_who_it_was(sides):
    old, young = over(sides, 732), over(make_sides(), 700)
    assert retention.sweep(clock.now()) == 1
    assert retention.sweep(clock.now()) == 0
    session.commit()
    session.expire_all()
    assert (old.student_id, old.trainer_name, old.parent_email, old.note, old.agreements) == (None, "", "", "", [])
    assert (old.status, old.hours) == (S.COMPLETED, 640)
    assert young.student_id is not None
    assert session.query(Agreement).count() == 1
    assert session.query(Signature).count() == 3


def test_the_guidance_of_a_placement_is_forgotten_with_it(app_context, session):
    old, young, leaves = make_running(), make_running(), make_running()
    for placement in (old, young, leaves):
        make_hours(placement, [clock.today() - timedelta(days=7)], state=HoursState.SUBMITTED)
    old.status, old.ended_on = S.COMPLETED, clock.today() - timedelta(days=732)
    session.commit()
    retention.sweep(clock.now())
    retention.forget(leaves.student, now=clock.now())
    session.commit()
    assert session.scalars(select(HoursEntry.placement_id)).all() == [young.id]


def test_what_still_runs_is_never_swept(sides):
    placement = make_placement(sides, status=S.RUNNING)
    placement.starts_on, placement.ends_on = clock.today() - timedelta(days=900), clock.today() - timedelta(days=800)
    session.commit()
    assert retention.sweep(clock.now()) == 0


def test_a_scan_that_no_row_names_goes_after_an_hour_and_a_named_one_stays(sides):
    make_agreed(make_placement(sides, status=S.APPROVED))
    named = session.query(SignatureScan).one()
    lonely = storage.put(b"left behind", retention.ROOM)
    assert retention.sweep_files(clock.now()) == 0
    assert retention.sweep_files(clock.now() + timedelta(hours=2)) >= 1
    assert storage.path_of(named.name, retention.ROOM).is_file()
    try:
        storage.path_of(lonely, retention.ROOM)
    except FileNotFoundError:
        return
    raise AssertionError("the lonely scan is still there")


def test_everything_that_is_kept_of_a_student_is_in_the_export_and_nothing_of_another(sides):
    make_placement(sides, status=S.SIGNED)
    make_placement(make_sides(), status=S.SIGNED)
    found = personal_data.export(sides.student.id)
    assert len(found["placements"]) == 1
    one = found["placements"][0]
    assert one["company"] == "Voorbeeld BV"
    assert one["agreements"][0]["sheets"][0]["content"]["student"] == "Jildou Hoekstra"
    assert [line["party"] for line in found["signatures"]] == ["student"]
    assert personal_data.export(sides.manager.id)["placements"] == []
    assert [line["party"] for line in personal_data.export(sides.manager.id)["signatures"]] == ["company"]


def test_who_leaves_before_the_start_frees_the_place_and_leaves_no_name(sides):
    placement, number = make_placement(sides, status=S.SIGNED), sides.student.id
    assert sides.place.taken == 1
    accounts.close(sides.student)
    session.commit()
    session.expire_all()
    kept = session.get(Placement, placement.id)
    assert (kept.status, kept.student_id, sides.place.taken) == (S.CANCELLED, None, 0)
    assert session.query(AgreementSheet).count() == 0
    assert session.query(PlacementEvent).filter_by(user_id=number).count() == 0
    assert session.get(User, number) is None


def test_a_trainer_or_supervisor_who_leaves_is_taken_out_and_the_placement_stays(sides):
    placement = make_placement(sides, status=S.RUNNING)
    for user in (sides.trainer, sides.supervisor):
        personal_data.erase(user.id)
    session.commit()
    session.refresh(placement)
    assert (placement.trainer_name, placement.trainer_id, placement.supervisor_id) == ("", None, None)
    assert placement.student_id == sides.student.id
