"""The timetable of a matchmaking day: held against brute force, against a theorem, and against an independent checker."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from scipy.optimize import linprog

from ipf_talent.cohorts.timetable import timetabling
from ipf_talent.cohorts.timetable.checker import below, faults
from ipf_talent.cohorts.timetable.colouring import coloured
from ipf_talent.cohorts.timetable.question import Company, Interest, Question, Student, Talk
from ipf_talent.cohorts.timetable.reasons import Cause, reasons
from ipf_talent.cohorts.timetable.timetabling import Contradiction

YES, MAYBE, OPEN = Interest.YES, Interest.MAYBE, Interest.OPEN


def asked(wishes, *, rounds=3, least=1, most=3, tables=None, **more):
    """A question from `{"s1": {"A": YES}}`."""
    companies = sorted({code for own in wishes.values() for code in own} | set(tables or ()))
    return Question(
        rounds, least, most, tuple(Student(code, own) for code, own in wishes.items()),
        tuple(Company(code, (tables or {}).get(code, 1)) for code in companies), **more,
    )  # fmt: skip


@some.composite
def questions(draw, students=4, companies=3, rounds=3, away=True, fixed=True):
    """Small days of every sort."""
    number = draw(some.integers(1, rounds))
    who = [f"s{n}" for n in range(draw(some.integers(1, students)))]
    whom = [f"C{n}" for n in range(draw(some.integers(1, companies)))]
    gone = some.frozensets(some.integers(1, number), max_size=1) if away else some.just(frozenset())
    interest = some.sampled_from([None, None, OPEN, MAYBE, YES])
    people = []
    for code in who:
        drawn = {company: draw(interest) for company in whom}
        people.append(Student(code, {c: level for c, level in drawn.items() if level is not None}, draw(gone)))
    hosts = [Company(c, draw(some.integers(1, 2)), draw(some.sampled_from([None, None, 1, 2])), draw(gone)) for c in whom]
    least = draw(some.integers(0, number))
    question = Question(number, least, draw(some.integers(least, number)), tuple(people), tuple(hosts))
    slots = timetabling.possible(question)
    if fixed and slots and draw(some.booleans()):
        talk = draw(some.sampled_from(slots))
        if question.most and all(host.talks != 0 for host in hosts):
            question = replace(question, fixed=frozenset({talk}))
    return question


def every_plan(question):
    """All timetables there are, one by one; for small days only."""
    slots = timetabling.possible(question)
    pairs = sorted({(talk.student, talk.company) for talk in slots})
    ways = [[None, *(talk for talk in slots if (talk.student, talk.company) == pair)] for pair in pairs]
    for chosen in product(*ways):
        talks = [talk for talk in chosen if talk is not None]
        if not faults(question, talks):
            yield talks


def worth(question, talks):
    """What a plan is worth, the first aim first; smaller is better."""
    interests = {one.code: one.interests for one in question.students}
    had = [sum(talk.student == one.code for talk in talks) for one in question.students]
    level = [interests[talk.student].get(talk.company, OPEN) for talk in talks]
    return (
        sum(max(0, question.least - number) for number in had),
        -len(question.former.intersection(talks)),
        -sum(one > OPEN for one in level),
        -sum(one is YES for one in level),
        sum(one is OPEN for one in level),
        sum(number**2 for number in had),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questions(students=3, companies=2, rounds=3))
def test_no_plan_is_better_than_the_one_that_is_made(question):
    made = timetabling.plan(question)
    assert faults(question, made.talks) == []
    assert worth(question, made.talks) == min(worth(question, talks) for talks in every_plan(question))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questions(students=7, companies=4, rounds=4))
def test_an_independent_check_finds_nothing_wrong_and_the_shortage_is_the_one_that_is_told(question):
    made = timetabling.plan(question)
    assert faults(question, made.talks) == []
    assert below(question, made.talks) == sorted(made.short)
    assert made.wished == -worth(question, made.talks)[2]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questions(students=8, companies=4, rounds=4, away=False, fixed=False))
def test_where_nobody_is_away_the_timetable_costs_not_one_talk_of_the_choice_of_pairs(question):
    """König: pairs that fit the tables fit the rounds; the best choice of pairs is a linear program with a whole solution."""
    least = replace(question, least=0)
    pairs = sorted({(talk.student, talk.company) for talk in timetabling.possible(question)})
    wished = [pair for pair in pairs if next(s for s in question.students if s.code == pair[0]).interests[pair[1]] > OPEN]
    made = timetabling.plan(least)
    if not wished:
        assert made.wished == 0
        return
    rows = [[float(pair[0] == one.code) for pair in wished] for one in question.students]
    rows += [[float(pair[1] == one.code) for pair in wished] for one in question.companies]
    room = [float(question.most)] * len(question.students)
    room += [float(timetabling.room_of(one, question.rounds)) for one in question.companies]
    best = linprog(-np.ones(len(wished)), A_ub=rows, b_ub=room, bounds=(0, 1))
    assert made.wished == round(-best.fun)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questions(students=7, companies=4, rounds=4, away=False, fixed=False))
def test_pairs_first_and_rounds_afterwards_is_worth_as_much_as_all_at_once(question):
    pairs, rounds = timetabling.plan(question), timetabling.in_rounds(question)
    assert faults(question, pairs.talks) == faults(question, rounds.talks) == []
    assert worth(question, pairs.talks) == worth(question, rounds.talks)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questions(students=7, companies=4, rounds=4))
def test_pairs_that_fit_the_rounds_in_which_both_are_there_are_worth_as_much_as_all_at_once(question):
    pairs, rounds = timetabling.plan(question), timetabling.in_rounds(question)
    assert faults(question, pairs.talks) == faults(question, rounds.talks) == []
    assert worth(question, pairs.talks) == worth(question, rounds.talks)


def test_where_the_best_pairs_do_not_fit_the_rounds_the_plan_is_made_in_rounds():
    """Both students have one round left, and it is the same one: the company can have two talks, but not at once."""
    away = frozenset({1, 2})
    people = (Student("s1", {"A": YES}, away), Student("s2", {"A": YES, "B": MAYBE}, away))
    question = Question(3, 0, 3, people, (Company("A"), Company("B")))
    made = timetabling.plan(question)
    assert {(talk.student, talk.company) for talk in made.talks} == {("s1", "A"), ("s2", "B")}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(some.integers(1, 5), some.integers(1, 6), some.integers(1, 4), some.randoms())
def test_pairs_that_fit_the_tables_are_coloured_without_a_clash(rounds, students, companies, chance):
    who, whom = [f"s{n}" for n in range(students)], [f"C{n}" for n in range(companies)]
    tables = {code: chance.randint(1, 2) for code in whom}
    pairs, had = [], dict.fromkeys((*who, *whom), 0)
    for student, company in chance.sample([(s, c) for s in who for c in whom], students * companies):
        if had[student] < rounds and had[company] < rounds * tables[company]:
            pairs.append((student, company))
            had[student] += 1
            had[company] += 1
    found = coloured(pairs, rounds)
    assert sorted(one[:2] for one in found) == sorted(pairs)
    people = tuple(Student(code, dict.fromkeys(whom, YES)) for code in who)
    question = Question(rounds, 0, rounds, people, tuple(Company(code, tables[code]) for code in whom))
    assert faults(question, [Talk(*one) for one in found]) == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questions(students=4, companies=2, rounds=2, fixed=False), some.data())
def test_a_changed_plan_keeps_as_much_as_any_plan_could(question, data):
    former = timetabling.plan(question).talks
    gone = data.draw(some.sampled_from([one.code for one in question.companies]))
    left = tuple(replace(one, away=one.away | {1}) if one.code == gone else one for one in question.companies)
    again = replace(question, companies=left, former=frozenset(former))
    made = timetabling.plan(again)
    assert worth(again, made.talks) == min(worth(again, talks) for talks in every_plan(again))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questions(students=6, companies=3, rounds=3))
def test_the_reasons_explain_every_talk_that_misses(question):
    missing = sum(timetabling.plan(question).short.values())
    found = reasons(question)
    assert sum(one.missing for one in found) == missing
    assert all(one.missing > 0 for one in found)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questions(students=7, companies=4, rounds=3, away=False, fixed=False))
def test_without_absence_and_fixed_talks_students_and_groups_explain_everything(question):
    assert {one.cause for one in reasons(question)} <= {Cause.FEW_MARKED, Cause.TABLES}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questions(students=6, companies=4, rounds=3), some.randoms())
def test_the_order_of_asking_decides_nothing(question, chance):
    students, companies = list(question.students), list(question.companies)
    chance.shuffle(students)
    chance.shuffle(companies)
    shuffled = replace(question, students=tuple(students), companies=tuple(companies))
    assert repr(timetabling.plan(shuffled)) == repr(timetabling.plan(question))


def test_the_minimum_goes_before_the_number_of_talks():
    question = asked({"s1": {"A": YES, "B": YES}, "s2": {"A": MAYBE}}, rounds=2, tables={"A": 1}, least=1, most=2)
    question = replace(question, companies=(Company("A", talks=1), Company("B")))
    made = timetabling.plan(question)
    assert {(talk.student, talk.company) for talk in made.talks} == {("s1", "B"), ("s2", "A")}


def test_a_talk_that_nobody_marked_is_planned_only_where_the_minimum_needs_it():
    made = timetabling.plan(asked({"s1": {"A": YES, "B": OPEN}, "s2": {"A": YES, "B": OPEN}}, rounds=2, least=1, most=2))
    assert {(talk.student, talk.company) for talk in made.talks} == {("s1", "A"), ("s2", "A")}
    made = timetabling.plan(asked({"s1": {"A": YES, "B": OPEN}}, rounds=2, least=2, most=2))
    assert len(made.talks) == 2


def test_talks_are_spread_evenly_where_their_number_is_the_same():
    companies = (Company("A", talks=2), Company("B", talks=2))
    wishes = {code: {"A": YES, "B": YES} for code in ("s1", "s2", "s3", "s4")}
    made = timetabling.plan(replace(asked(wishes, rounds=4, least=0, most=4), companies=companies))
    assert sorted(talk.student for talk in made.talks) == ["s1", "s2", "s3", "s4"]


def test_a_fixed_talk_stays_even_where_it_is_in_the_way():
    fixed = Talk("s2", "A", 1)
    question = asked({"s1": {"A": YES}, "s2": {"B": YES}}, rounds=1, least=1, most=1, fixed=frozenset({fixed}))
    made = timetabling.plan(question)
    assert made.talks == (fixed,)
    assert [one.cause for one in reasons(question)] == [Cause.FIXED]


@pytest.mark.parametrize(
    "talks",
    [
        {Talk("s1", "A", 1), Talk("s1", "B", 1)},
        {Talk("s1", "A", 1), Talk("s1", "A", 2)},
        {Talk("s1", "A", 1), Talk("s2", "A", 1)},
        {Talk("s1", "A", 4)},
        {Talk("s1", "Z", 1)},
        {Talk("s1", "A", 1), Talk("s1", "B", 2), Talk("s1", "C", 3)},
    ],
)
def test_fixed_talks_that_contradict_each_other_are_refused(talks):
    wishes = {"s1": {"A": YES, "B": YES, "C": YES}, "s2": {"A": YES}}
    with pytest.raises(Contradiction):
        timetabling.plan(asked(wishes, least=0, most=2, fixed=frozenset(talks)))


def test_a_fixed_talk_in_a_round_in_which_somebody_is_away_is_refused():
    question = Question(2, 0, 2, (Student("s1", {"A": YES}, frozenset({1})),), (Company("A"),), frozenset({Talk("s1", "A", 1)}))
    with pytest.raises(Contradiction):
        timetabling.plan(question)


def test_when_a_company_cancels_the_other_talks_stay_in_their_rounds():
    wishes = {f"s{n}": {"A": YES, "B": YES, "C": MAYBE} for n in range(6)}
    question = asked(wishes, rounds=4, least=1, most=3, tables={"A": 1, "B": 1, "C": 1})
    first = timetabling.plan(question)
    left = tuple(one for one in question.companies if one.code != "B")
    again = timetabling.plan(replace(question, companies=left, former=frozenset(first.talks)))
    stay = [talk for talk in first.talks if talk.company != "B"]
    assert set(stay) <= set(again.talks)
    assert again.kept == len(stay)
    assert again.short == {}


def test_a_talk_moves_when_the_guaranteed_minimum_needs_its_place():
    companies = (Company("A"), Company("B", away=frozenset({1})))
    students = (Student("s1", {"A": YES, "B": YES}), Student("s2", {"A": YES}, frozenset({2})))
    former = frozenset({Talk("s1", "A", 1)})
    made = timetabling.plan(Question(2, 1, 1, students, companies, former=former))
    assert made.short == {}
    assert Talk("s2", "A", 1) in made.talks


def test_a_reason_names_the_group_that_the_tables_are_too_few_for():
    wishes = {code: {"A": YES, "B": YES} for code in ("s1", "s2", "s3")} | {"s4": {"C": YES, "D": MAYBE}}
    question = replace(
        asked(wishes, rounds=4, least=2, most=4),
        companies=(Company("A", talks=2), Company("B", talks=2), Company("C"), Company("D")),
    )
    (reason,) = reasons(question)
    assert reason.cause is Cause.TABLES
    assert (reason.students, reason.companies) == (("s1", "s2", "s3"), ("A", "B"))
    assert (reason.needed, reason.possible) == (6, 4)


def test_a_reason_tells_who_marked_too_few_and_who_is_there_too_short():
    students = (Student("s1", {"A": YES}), Student("s2", {"A": YES, "B": YES}, frozenset({2, 3})))
    found = reasons(Question(3, 2, 3, students, (Company("A", 2), Company("B", 2))))
    assert [(one.cause, one.students, one.possible) for one in found] == [
        (Cause.FEW_MARKED, ("s1",), 1),
        (Cause.FEW_ROUNDS, ("s2",), 1),
    ]


def test_rounds_in_which_people_miss_each_other_are_a_reason_of_their_own():
    students = (Student("s1", {"A": YES}, frozenset({1})), Student("s2", {"A": YES}, frozenset({1})))
    question = Question(2, 1, 1, students, (Company("A"),))
    assert [(one.cause, one.missing) for one in reasons(question)] == [(Cause.AWAY, 1)]


def test_nobody_there_is_no_plan_and_no_error():
    assert timetabling.plan(Question(3, 1, 3, (), ())).talks == ()
    assert timetabling.plan(asked({"s1": {}}, least=2)).short == {"s1": 2}
    assert [one.cause for one in reasons(asked({"s1": {}}, least=2))] == [Cause.FEW_MARKED]


@pytest.mark.parametrize(
    "change",
    [
        lambda talks: [*talks, talks[0]],
        lambda talks: [*talks, Talk(talks[0].student, "C", talks[0].round)],
        lambda talks: [*talks, Talk("s9", "A", 1)],
        lambda talks: [talks[0]._replace(round=9), *talks[1:]],
        lambda talks: talks[1:],
    ],
)
def test_the_checker_finds_what_is_wrong(change):
    wishes = {"s1": {"A": YES, "B": YES, "C": YES}, "s2": {"A": YES, "B": YES}}
    question = asked(wishes, rounds=3, least=2, most=3)
    talks = list(timetabling.plan(question).talks)
    question = replace(question, fixed=frozenset({talks[0]}))
    assert faults(question, talks) == []
    assert faults(question, change(talks))
