"""Words that a rule speaks of: found in both languages, with their rule and what to write instead; near words stay alone."""

import pytest

from ipf_talent.vacancies.wording import LIST, Weight, findings

pytestmark = pytest.mark.usefixtures("app_context")
STOPPING = [
    ("Je hebt de Nederlandse nationaliteit.", "R5"),
    ("Nederlands is je moedertaal.", "R5"),
    ("Native Dutch speaker.", "R5"),
    ("Wij zoeken jonge honden.", "R5"),
    ("Je bent tussen 18 en 25 jaar.", "R5"),
    ("You are not older than 25 years.", "R5"),
    ("Alleen mannen.", "R5"),
    ("We zoeken sterke kerels.", "R5"),
    ("Je draagt geen hoofddoek.", "R5"),
    ("Je bent in goede gezondheid.", "R5"),
    ("No disabilities, please.", "R5"),
    ("You are unmarried.", "R5"),
    ("Te oud.", "R5"),
    ("Je bent te jong voor dit team.", "R5"),
    ("You are too old for this.", "R5"),
    ("Het lukt niet vanwege je leeftijd.", "R5"),
    ("Wij zoeken een jongen.", "R5"),
    ("We prefer a woman here.", "R5"),
    ("Geen buitenlanders.", "R5"),
    ("Er geldt een eigen bijdrage van € 50.", "R7"),
    ("Students pay a deposit.", "R7"),
    ("Ook voor net afgestudeerden.", "R15"),
    ("Geen schoolinschrijving nodig.", "R15"),
    ("For recent graduates.", "R15"),
]
INNOCENT = [
    "Je werkt in een team van jong en oud, en je leert lassen, meten en programmeren.",
    "De machine is 25 jaar oud en wordt onder de loep genomen.",
    "Je ontwerpt een manchet voor de vrouwenafdeling van een sportmerk.",
    "Je leest Nederlands op niveau B1, omdat de werkinstructies in die taal zijn.",
    "De besturing is te oud, dus je vervangt haar; het materiaal is te jong om het te weten.",
    "Je spuit een blanke lak en zoekt een manier om dat schoon te doen.",
    "We zoeken manschappen noch helden, maar iemand die meet voor hij zaagt.",
    "You trace the race conditions of a controller.",
    "Je volgt een opleiding in de mechatronica; een kind zou het snappen.",
    "The controller has a dependency graph, and the family of products is large.",
]


@pytest.mark.parametrize(("text", "rule"), STOPPING)
def test_what_excludes_people_stops_and_names_its_rule(text, rule):
    found = findings(text)
    assert [(one.rule, one.weight) for one in found] == [(rule, Weight.STOPS)], found
    assert str(found[0].why) and str(found[0].instead)
    assert text[found[0].start : found[0].end] == found[0].words


@pytest.mark.parametrize("text", INNOCENT)
def test_near_words_are_left_alone(text):
    assert findings(text) == []


def test_gendered_words_and_nights_only_advise():
    found = findings("Hij moet nachtdienst draaien, and he must be a good craftsman.")
    assert {(one.rule, one.weight) for one in found} == {("R5", Weight.ADVISES), ("R8", Weight.ADVISES)}


def test_the_same_words_have_one_code_however_they_are_written():
    assert findings("JONGE   HONDEN")[0].code == findings("jonge honden")[0].code
    assert findings("jonge honden")[0].code != findings("jeugdige")[0].code


def test_words_inside_longer_ones_are_told_once():
    assert [one.words for one in findings("Je hebt de Nederlandse nationaliteit")] == ["Nederlandse nationaliteit"]


def test_a_position_after_a_degree_is_no_internship_and_may_ask_graduates():
    text = "Een stageplek voor net afgestudeerden."
    assert [one.words for one in findings(text, is_job=True)] == ["stageplek"]
    assert [one.words for one in findings(text)] == ["net afgestudeerden"]


def test_every_entry_has_words_of_its_own_language_pair():
    assert len({entry.code for entry in LIST}) == len(LIST)
    assert {entry.rule for entry in LIST} == {"R5", "R7", "R8", "R15"}


def test_a_long_text_is_read_quickly():
    import time

    began = time.perf_counter()
    findings("niet ouder dan " * 2000)
    findings("a" * 50_000)
    assert time.perf_counter() - began < 1
