"""Searches judged by hand over places that were written for it, with a near-miss beside each; the real taxonomy, no database."""

import pytest

from ipf_talent.skills.files import read_subset, taxonomy_of
from ipf_talent.skills.recognition import Recogniser
from ipf_talent.vacancies.finding import Index
from ipf_talent.vacancies.search_terms import EVERYTHING, Sheet, Text

# fmt: off
PLACES = {
    "welder": ("Leerbaan lasser", "Je last stalen frames en leert MIG/MAG en TIG.", "Staalbouw Noord", "Drachten", ["welding"]),
    "robot": ("Robotcellen bouwen", "Je bouwt mee aan robots die dozen stapelen.", "Grijpkracht", "Drachten", ["robotics"]),
    "plc": ("PLC-programmeur in opleiding", "Je schrijft besturingen.", "Inpak BV", "Gorredijk", ["plc-programming"]),
    "gas": ("Onderhoud aan gasketels", "Je meet druk en vervangt kleppen in gasleidingen.", "Warmte Groep", "Sneek", []),
    "axle": ("Een as draaien", "Je draait een as op de draaibank en meet na.", "Draaiwerk", "Heerenveen", []),
    "mechatronics": ("Stage mechatronica", "Je monteert op mbo niveau 4.", "Module", "Leeuwarden", ["mechatronics"]),
    "vision": ("Afstuderen: zien", "Een camera en machine vision.", "Oogpunt", "Groningen", ["machine-vision"]),
    "software": ("Stage embedded software", "Je programmeert microcontrollers in C++.", "Print", "Drachten", ["embedded-systems"]),
    "water": ("Onderzoek waterzuivering", "Je test membranen op een proefopstelling.", "Waterlab", "Leeuwarden", []),
    "service": ("Servicemonteur machines", "Je verhelpt storingen bij klanten.", "Machinehulp", "Sneek", ["troubleshooting"]),
    "office": ("Stage inkoop", "Je belt leveranciers en vergelijkt prijzen.", "Grijpkracht", "Assen", []),
}
# fmt: on
ENGLISH = {
    "robot": "You help build robotics cells that stack boxes.",
    "vision": "Graduation project: a camera that sees faults, as good as a person.",
    "water": "Research into membranes.",
}
JUDGED = [
    ("lasser", {"welder"}),
    ("lassen", {"welder"}),
    ("laser", set()),
    ("welder", {"welder"}),
    ("welding", {"welder"}),
    ("laskje", {"welder"}),
    ("robotica", {"robot"}),
    ("robotics", {"robot"}),
    ("robots", {"robot"}),
    ("robotcel", {"robot"}),
    ("robotikca", {"robot"}),
    ("plc programmeur", {"plc"}),
    ("plc programeur", {"plc"}),
    ("PLC-programmeur", {"plc"}),
    ("plc's programmeren", {"plc"}),
    ("plc programming", {"plc"}),
    ("as", {"axle"}),
    ("gas", {"gas"}),
    ("assen", {"axle", "office"}),
    ("glas", set()),
    ("gasketel", {"gas"}),
    ("draaibank", {"axle"}),
    ("mechatronica", {"mechatronics"}),
    ("mechatronika", {"mechatronics"}),
    ("mechatronics", {"mechatronics"}),
    ("mechatr", {"mechatronics"}),
    ("machine vision", {"vision"}),
    ("afstuderen camera", {"vision"}),
    ("camera drachten", set()),
    ("robot drachten", {"robot"}),
    ("robot leeuwarden", set()),
    ("drachten", {"welder", "robot", "software"}),
    ("grijpkracht", {"robot", "office"}),
    ("grijpkracht inkoop", {"office"}),
    ("c++", {"software"}),
    ("c#", set()),
    ("embedded software", {"software"}),
    ("microcontroler", {"software"}),
    ("storingen", {"service"}),
    ("storing", {"service"}),
    ("monteur", {"service"}),
    ("service monteur", {"service"}),
    ("membraan", {"water"}),
    ("membranes", {"water"}),
    ("ik zoek een plek als lasser in Drachten", {"welder"}),
    ("niveau 4", {"mechatronics"}),
    ("niveau 2", set()),
    ("bakker", set()),
    ("kapper", set()),
    ("lassie", set()),
    ("robijn", set()),
    ("kok", set()),
    ("piano", set()),
    ("tandarts", set()),
    ("verpleegkundige", set()),
    ("prijs", {"office"}),
    ("prijzen vergelijken", {"office"}),
    ("drop table", set()),
]  # fmt: skip


@pytest.fixture(scope="module")
def index():
    taxonomy = taxonomy_of(read_subset())
    made = Index(taxonomy, Recogniser(taxonomy))
    for number, sheet in enumerate(PLACES.values()):
        made.put(_sheet(number, *sheet, english=ENGLISH.get(list(PLACES)[number], "")))
    return made


def _sheet(number, title, body, company, town, skills, english=""):
    texts = [Text(title, "nl", 4.0), Text(body, "nl", 1.0), Text(company, "", 3.0), Text(town, "", 3.0), Text(english, "en", 1.0)]
    return Sheet(number, [text for text in texts if text.text], skills)


def names(found):
    return {list(PLACES)[number] for number in found.scores}


@pytest.mark.parametrize(("typed", "meant"), JUDGED, ids=[typed for typed, _meant in JUDGED])
def test_a_search_finds_what_is_meant_and_nothing_beside_it(index, typed, meant):
    assert names(index.find(typed)) == meant


def test_there_are_enough_judged_searches_and_as_many_that_must_stay_empty():
    assert len(JUDGED) >= 40
    assert sum(not meant for _typed, meant in JUDGED) >= 14


def test_it_says_what_a_misspelt_word_was_taken_for(index):
    assert index.find("leverancires").instead == (("leverancires", "leveranciers"),)
    assert index.find("mechatronika").instead == (("mechatronika", "mechatronica"),)
    assert index.find("mechatronica").instead == ()


def test_it_says_which_other_names_were_looked_for(index):
    assert index.find("robotica").also == ("robotics",)
    assert index.find("drachten").also == ()


def test_it_says_which_word_is_nowhere_and_what_looks_like_it(index):
    found = index.find("robot piano")
    assert found.scores == {} and found.missing == ("piano",)
    near = index.find("kleppem")
    assert near.instead == (("kleppem", "kleppen"),) or near.meant == (("kleppem", "kleppen"),)


def test_nothing_asked_is_answered_by_everything(index):
    assert index.find("") is EVERYTHING and index.find(" , ;").scores is None


def test_words_that_say_nothing_count_only_when_there_is_no_other(index):
    assert names(index.find("in de drachten")) == names(index.find("drachten"))
    assert index.find("een").scores is not None


def test_a_title_counts_more_than_running_text():
    taxonomy = taxonomy_of(read_subset())
    made = Index(taxonomy, Recogniser(taxonomy))
    made.put(_sheet(1, "Inkoop", "Je vervangt kleppen.", "Een", "Sneek", []))
    made.put(_sheet(2, "Kleppen", "Je doet de inkoop niet.", "Twee", "Sneek", []))
    scores = made.find("kleppen").scores
    assert scores[2] > scores[1] > 0


def test_the_same_search_gives_the_same_answer_whatever_the_order_of_the_sheets():
    taxonomy = taxonomy_of(read_subset())
    recogniser = Recogniser(taxonomy)
    sheets = [_sheet(number, *sheet) for number, sheet in enumerate(PLACES.values())]
    one, other = Index(taxonomy, recogniser), Index(taxonomy, recogniser)
    for sheet in sheets:
        one.put(sheet)
    for sheet in reversed(sheets):
        other.put(sheet)
        other.put(sheet)
    for typed, _meant in JUDGED:
        assert one.find(typed) == other.find(typed)


def test_a_sheet_that_is_taken_out_or_changed_is_found_as_it_is_now():
    taxonomy = taxonomy_of(read_subset())
    made = Index(taxonomy, Recogniser(taxonomy))
    made.put(_sheet(1, "Kleppen vervangen", "", "Een", "Sneek", []))
    made.put(_sheet(2, "Kleppen meten", "", "Twee", "Sneek", []))
    made.put(_sheet(1, "Pompen vervangen", "", "Een", "Sneek", []))
    assert made.find("kleppen").scores.keys() == {2} and made.find("pompen").scores.keys() == {1}
    made.drop(2)
    assert made.find("kleppen").scores == {} and made.find("sneek").scores.keys() == {1} and len(made) == 1
    made.drop(1)
    assert made.find("sneek").missing == ("sneek",) and not made._postings and not made._forms


@pytest.mark.parametrize("typed", ["%", "🙂", "a" * 5000, "\u202eabc", "' OR 1=1 --", "ß" * 200, "٣٣٣", "-" * 300, "a b " * 900])
def test_odd_searches_are_answered_quickly(index, typed):
    assert index.find(typed).scores == {} or index.find(typed).scores is not None
