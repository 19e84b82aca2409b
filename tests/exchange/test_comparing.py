from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipf_talent.exchange import comparing
from ipf_talent.exchange.kinds import Deed, Note, Part, Refused
from ipf_talent.exchange.listings import Line, Listed, Names, Offer, Start, keys
from ipf_talent.exchange.reading import Read
from ipf_talent.exchange.wording import plain
from ipf_talent.programmes.levels import Level, Mode, ProgrammeType
from ipf_talent.programmes.listing import ListingStatus

TOWNS = Names({plain(name): name for name in ("Drachten", "Groningen")})
NEW = {"title_nl": "Mechatronica", "type": ProgrammeType.MBO_DIPLOMA, "level": Level.MBO_4, "code": "25744"}
BOL, BBL = ("Drachten", Mode.BOL), ("Drachten", Mode.BBL)
SEPTEMBER = date(2027, 9, 1)


def line(row, **more):
    return Line(row, **{"programme": NEW, "place": "Drachten", "mode": Mode.BOL} | more)


def compare(*lines, here=()):
    return comparing.compare(Read(tuple(lines)), {one.slug: one for one in here}, TOWNS)


def known(**more):
    offers = {
        BOL: Offer({"school_days": 4, "work_days": 1}, starts={SEPTEMBER: Start({"capacity": 24, "apply_until": date(2027, 4, 1)})})
    }
    return Listed(**{"slug": "mechatronica", "values": NEW, "offers": offers} | more)


def why(plan):
    return [(one.row, refusal.column, refusal.why) for one in plan.of(Deed.REFUSED) for refusal in one.refused]


def test_a_new_programme_brings_its_offering_and_start_in_one_row():
    (one,) = compare(line(2, has_start=True, starts_on=SEPTEMBER, intake={"capacity": 24})).outcomes
    assert (one.deed, one.adds, one.title) == (Deed.ADDED, (Part.PROGRAMME, Part.OFFERING, Part.INTAKE), "Mechatronica")
    assert one.programme == NEW and one.intake == {"capacity": 24}


def test_bol_and_bbl_are_two_offerings_of_one_programme():
    plan = compare(line(2), line(3, mode=Mode.BBL, offering={"school_days": 1, "work_days": 4}))
    assert [one.adds for one in plan.outcomes] == [(Part.PROGRAMME, Part.OFFERING), (Part.OFFERING,)]
    assert {one.target for one in plan.outcomes} == {"+25744"}


def test_the_first_row_of_something_new_holds_what_all_its_rows_say():
    plan = compare(
        line(2, has_start=True, starts_on=SEPTEMBER),
        line(3, programme={"code": "25744", "sbu": 6400}, has_start=True, starts_on=date(2028, 2, 1), offering={"costs_eur": 350}),
    )
    assert plan.outcomes[0].programme == NEW | {"sbu": 6400}
    assert plan.outcomes[0].offering == {"costs_eur": 350}
    assert (plan.outcomes[1].programme, plan.outcomes[1].offering, plan.outcomes[1].adds) == ({}, {}, (Part.INTAKE,))


def test_a_field_that_differs_changes_and_one_that_is_not_said_stays():
    plan = compare(line(2, programme={"code": "25744", "sbu": 6400}, offering={"work_days": 2}), here=[known()])
    (one,) = plan.outcomes
    assert one.deed is Deed.CHANGED
    assert [(c.part, c.field, c.old, c.new) for c in one.changes] == [
        (Part.PROGRAMME, "sbu", None, 6400),
        (Part.OFFERING, "work_days", 1, 2),
    ]


def test_what_a_person_edited_stays_and_is_named():
    kept = frozenset({"title_nl", "Drachten/bol/work_days", "Drachten/bol/2027-09-01.capacity"})
    row = line(2, programme=NEW | {"title_nl": "Anders"}, offering={"work_days": 2}, has_start=True, starts_on=SEPTEMBER,
               intake={"capacity": 30})  # fmt: skip
    (one,) = compare(row, here=[known(kept=kept)]).outcomes
    assert (one.deed, one.changes) == (Deed.LEFT, ())
    assert [change.field for change in one.kept] == ["title_nl", "work_days", "capacity"]


def test_what_was_decided_stays():
    archived = known(status=ListingStatus.ARCHIVED)
    assert compare(line(2, offering={"work_days": 2}), here=[archived]).outcomes[0].notes == (Note.PROGRAMME_CLOSED,)
    offer = replace(known().offers[BOL], status=ListingStatus.CANCELLED)
    row = line(2, offering={"work_days": 2}, has_start=True, starts_on=date(2028, 9, 1))
    (one,) = compare(row, here=[known(offers={BOL: offer})]).outcomes
    assert (one.deed, one.notes, one.adds) == (Deed.LEFT, (Note.OFFERING_CLOSED,), ())
    cancelled = Offer({}, starts={SEPTEMBER: Start({"capacity": 24}, cancelled=True)})
    row = line(2, has_start=True, starts_on=SEPTEMBER, intake={"capacity": 1})
    (one,) = compare(row, here=[known(offers={BOL: cancelled})]).outcomes
    assert (one.deed, one.notes) == (Deed.LEFT, (Note.INTAKE_CANCELLED,))


def test_a_programme_is_found_by_listing_then_code_then_title():
    twin = Listed("twin", NEW | {"title_nl": "Robotica", "code": "99999"})
    here = [known(), twin]
    by_listing = compare(line(2, listing="twin", programme={"title_nl": "Mechatronica"}), here=here)
    assert by_listing.outcomes[0].target == "twin"
    assert compare(line(2, programme={"code": "25744"}), here=here).outcomes[0].target == "mechatronica"
    assert compare(line(2, programme={"title_nl": "ROBOTICA "}), here=here).outcomes[0].target == "twin"


def test_a_code_that_two_programmes_have_asks_which_one():
    twin = Listed("twin", NEW | {"title_nl": "Mechatronica verkort"})
    here = [known(), twin]
    assert why(compare(line(2, programme={"code": "25744"}), here=here)) == [(2, "listing", Refused.SEVERAL)]
    narrowed = compare(line(2, programme={"code": "25744", "title_nl": "mechatronica verkort"}), here=here)
    assert narrowed.outcomes[0].target == "twin"


def test_rows_with_and_without_the_code_are_one_programme_in_any_order():
    with_code, without = line(2), line(3, mode=Mode.BBL, programme={"title_nl": "Mechatronica"})
    for rows in ((with_code, without), (replace(without, row=2), replace(with_code, row=3))):
        assert {one.target for one in compare(*rows).good} == {"+25744"}
    known_without = known(values=NEW | {"code": None})
    assert compare(with_code, here=[known_without]).outcomes[0].target == "mechatronica"


def test_rows_that_cannot_be_are_refused_and_their_neighbours_stay():
    plan = compare(
        line(2),
        line(3),
        line(4, mode=Mode.BBL, programme=NEW | {"level": Level.MBO_3}),
        line(5, place="Atlantis"),
        line(6, listing="elders"),
        line(7, mode=Mode.PARTTIME, offering={"school_days": 5, "work_days": 3}),
        line(8, mode=Mode.DUAL, has_start=True, starts_on=SEPTEMBER, intake={"apply_until": date(2027, 10, 1)}),
        line(9, mode=Mode.FULLTIME, has_start=True, starts_on=SEPTEMBER,
             intake={"apply_from": date(2027, 4, 1), "apply_until": date(2027, 3, 1)}),
        line(10, programme={"title_nl": "Nieuw"}),
    )  # fmt: skip
    assert why(plan) == [
        (3, "", Refused.TWICE),
        (4, "level", Refused.CONTRADICTS),
        (5, "place", Refused.UNKNOWN_PLACE),
        (6, "listing", Refused.UNKNOWN_LISTING),
        (7, "school_days", Refused.WEEK),
        (8, "apply_until", Refused.APPLY_LATE),
        (9, "apply_until", Refused.APPLY_ORDER),
        (10, "type", Refused.NEEDED),
        (10, "level", Refused.NEEDED),
    ]
    assert [one.row for one in plan.good] == [2]


def test_a_date_that_a_person_keeps_counts_when_the_order_is_looked_at():
    here = known(kept=frozenset({"Drachten/bol/2027-09-01.apply_until"}))
    row = line(2, has_start=True, starts_on=SEPTEMBER, intake={"apply_from": date(2027, 5, 1), "apply_until": date(2027, 6, 1)})
    assert why(compare(row, here=[here])) == [(2, "apply_until", Refused.APPLY_ORDER)]


def test_rows_that_the_former_file_had_are_missing_only_while_they_are_listed():
    plan = compare(line(2), here=[known()])
    here = {"mechatronica": known()}
    assert comparing.missing(sorted(keys(known())), plan, here) == ["mechatronica/Drachten/bol/2027-09-01"]
    assert comparing.missing(["gone/Drachten/bol"], plan, here) == []


def test_a_file_shrinks_when_more_than_a_fifth_is_gone():
    spots = [(place, mode) for place in ("Drachten", "Groningen") for mode in (Mode.BOL, Mode.BBL)]
    plan = compare(*(line(row, place=place, mode=mode) for row, (place, mode) in enumerate(spots, start=2)))
    assert len(plan.good) == 4
    assert [comparing.shrinks(before, plan) for before in (0, 4, 5, 6)] == [False, False, False, True]


def test_one_code_under_two_names_is_refused_everywhere_and_a_twin_that_says_the_same_only_once():
    other = NEW | {"title_nl": "Robotica"}
    plan = compare(
        line(2), line(3, programme=other, mode=Mode.BBL), line(4, programme=NEW | {"code": "25299", "title_nl": "Lassen"})
    )
    assert why(plan) == [(2, "code", Refused.SAME_CODE), (3, "code", Refused.SAME_CODE)]
    assert [dict(plan.outcomes[row].refused[0].values) for row in (0, 1)] == [
        {"code": "25744", "found": "Robotica", "other": 3}, {"code": "25744", "found": "Mechatronica", "other": 2},
    ]  # fmt: skip
    differ = compare(line(2, offering={"costs_eur": 1}), line(3, offering={"costs_eur": 2}), line(4, mode=Mode.BBL))
    assert why(differ) == [(2, "", Refused.TWICE), (3, "", Refused.TWICE)]
    assert why(compare(line(2), line(3))) == [(3, "", Refused.TWICE)]


def test_a_way_that_does_not_go_with_the_kind_is_refused_unless_it_stands_here_already():
    course = NEW | {"type": ProgrammeType.COURSE, "level": Level.NONE}
    assert why(compare(line(2, programme=course))) == [(2, "mode", Refused.MODE)]
    assert why(compare(line(2, programme=course, mode=Mode.PARTTIME))) == []
    assert why(compare(line(2, programme=course), here=[known(values=course)])) == []


def test_a_level_that_stays_as_it_is_does_not_spoil_a_row_about_something_else():
    odd = NEW | {"level": Level.MASTER}
    assert why(compare(line(2, programme={"code": "25744", "sbu": 6400}), here=[known(values=odd)])) == []
    assert why(compare(line(2, programme=NEW | {"level": Level.AD}), here=[known()])) == [(2, "level", Refused.LEVEL)]
    kept = known(kept=frozenset({"level"}))
    assert why(compare(line(2, programme=NEW | {"level": Level.AD}), here=[kept])) == []


titles = st.sampled_from(["Mechatronica", "Robotica", "Fijnmechanica"])
days = st.dates(date(2027, 1, 1), date(2027, 12, 31))
programmes = st.fixed_dictionaries(
    {"title_nl": titles, "type": st.just(ProgrammeType.MBO_DIPLOMA), "level": st.sampled_from([Level.MBO_3, Level.MBO_4])},
    optional={"code": st.sampled_from(["25744", "25299", None]), "sbu": st.one_of(st.none(), st.integers(1, 9000)),
              "languages": st.sampled_from([["nl"], ["nl", "en"], []]), "description_nl": st.text(max_size=5)},
)  # fmt: skip
offerings = st.fixed_dictionaries(
    {},
    optional={
        "school_days": st.integers(0, 7),
        "work_days": st.one_of(st.none(), st.integers(0, 7)),
        "costs_eur": st.integers(0, 9),
    },
)
intakes = st.fixed_dictionaries(
    {},
    optional={
        "apply_from": days,
        "apply_until": days,
        "capacity": st.one_of(st.none(), st.integers(0, 9)),
        "numerus_fixus": st.booleans(),
    },
)
modes = st.sampled_from([Mode.BOL, Mode.BBL])
places = st.sampled_from(["Drachten", "Groningen", ""])
slugs = st.sampled_from(["a", "b", "c", "d"])
states = st.sampled_from(ListingStatus)
offers = st.dictionaries(
    st.tuples(places, modes),
    st.builds(
        Offer, values=offerings, status=states,
        starts=st.dictionaries(st.one_of(st.none(), days), st.builds(Start, values=intakes, cancelled=st.booleans()), max_size=2),
    ),
    max_size=3,
)  # fmt: skip
kept = st.frozensets(st.sampled_from(["title_nl", "sbu", "Drachten/bol/costs_eur", "Groningen/bbl/school_days"]), max_size=3)
schools = st.dictionaries(
    slugs, st.builds(Listed, slug=st.just(""), values=programmes, status=states, offers=offers, kept=kept), max_size=3
).map(lambda found: {slug: replace(one, slug=slug) for slug, one in found.items()})
lines = st.builds(
    Line, row=st.just(0), listing=st.one_of(st.just(""), slugs), programme=programmes, place=places,
    mode=modes, offering=offerings, has_start=st.booleans(), starts_on=st.one_of(st.none(), days),
    intake=intakes,
)  # fmt: skip
files = st.lists(lines, max_size=8).map(
    lambda found: [replace(one, row=row, intake=one.intake if one.has_start else {}) for row, one in enumerate(found, start=2)]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(schools, files)
def test_what_was_applied_is_applied_no_second_time(school, rows):
    """A row that was refused may be clear afterwards; one that was taken brings nothing anew."""
    plan = comparing.compare(Read(tuple(rows)), school, TOWNS)
    again = comparing.compare(Read(tuple(rows)), comparing.after(school, plan), TOWNS)
    taken = {one.row for one in plan.good}
    assert [one for one in again.outcomes if one.row in taken and (one.adds or one.changes)] == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(schools, files)
def test_every_row_has_one_outcome_and_nobody_is_published_or_lost(school, rows):
    plan = comparing.compare(Read(tuple(rows)), school, TOWNS)
    assert sorted(one.row for one in plan.outcomes) == [row.row for row in rows]
    after = comparing.after(school, plan)
    for slug, one in school.items():
        assert after[slug].status is one.status
        assert set(one.offers) <= set(after[slug].offers)
        assert all(after[slug].offers[where].status is offer.status for where, offer in one.offers.items())
    added = [one for slug, one in after.items() if slug not in school]
    assert all(one.status is ListingStatus.IN_REVIEW for one in added)
