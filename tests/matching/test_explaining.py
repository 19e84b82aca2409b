"""One pair taken apart as each of the two matchers ranks it, and printed."""

from math import fsum

import pytest

from ipf_talent.matching import printing, services
from ipf_talent.matching.collections import Entry
from ipf_talent.matching.engine import Document, Query
from ipf_talent.matching.explaining import as_pages, as_rank
from ipf_talent.matching.pair_files import Given
from ipf_talent.matching.ranked_files import matcher_of, rank
from ipf_talent.skills.lexicon import MOST_ITEMS, Lexicon
from ipf_talent.skills.lexicon.files import Named
from ipf_talent.skills.taxonomy import Concept, Taxonomy

TAXONOMY = Taxonomy.of(
    [
        Concept("automation", "skill", "automation", "automatisering", "automation"),
        Concept("plc-programming", "skill", "automation", "plc's programmeren", "PLC programming", alts_nl=("PLC",)),
        Concept("siemens-plc", "tool", "automation", "Siemens-PLC", "Siemens PLC"),
        Concept("scada", "tool", "automation", "SCADA-systemen", "SCADA systems"),
        Concept("cad", "skill", "design", "CAD-tekenen", "CAD drawing"),
    ],
    [("siemens-plc", "plc-programming"), ("plc-programming", "automation"), ("scada", "automation")],
    [],
)
LEXICON = Lexicon.of([Named("7", {"en": ("weld metal",), "nl": ("metaal lassen",)})], TAXONOMY)
STUDENT = Given("me", "Ik wil robots programmeren", ("siemens-plc",), lang="nl")
PLACE = Given("cell", "Robots programmeren bij ons", musts=("plc-programming", "cad"), wanted=("scada",), lang="nl")
LISTING = Given("list", "Robots. Wij vragen: plc's programmeren; CAD-tekenen; metaal lassen.", lang="nl")
OTHERS = [
    Entry("weld", "Lassen op een werf", ("metaal lassen",), "nl"),
    Entry("draw", "Tekenen met CAD", ("CAD-tekenen",), "nl"),
    Entry("cook", "Koken in een keuken", lang="nl"),
]


@pytest.mark.parametrize("others", [[], OTHERS, [*OTHERS, Entry("list", "an older text")]], ids=["alone", "added", "in its place"])
@pytest.mark.parametrize(
    "person",
    [
        Given("me", "werken met robots", ("plc-programming",)),
        Given("me", "robots", ("PLC", "metaal lasen", "onzin"), lang="nl"),
        Given("me", "I like robots and weld metal", lang="en"),
        Given("me"),
    ],
    ids=["slug", "typed", "English", "nothing"],
)
def test_explain_gives_the_score_and_the_place_that_rank_gives(person, others):
    documents = [LISTING.entry if one.id == "list" else one for one in others]
    if LISTING.entry not in documents:
        documents.append(LISTING.entry)
    [(_, found)] = rank(matcher_of(documents, LEXICON), [person.entry], LEXICON, 10)
    told = as_rank(person, LISTING, others, TAXONOMY, LEXICON)
    assert told.why.score == pytest.approx(dict(zip(found.ids, found.scores, strict=True)).get("list", 0.0), abs=1e-12)
    assert fsum(line.value for line in told.why.contributions) == pytest.approx(told.why.score, abs=1e-9)
    if others:
        assert (told.rank, told.of) == (found.ids.index("list") + 1 if "list" in found.ids else None, len(documents))


def test_what_is_learnt_gets_the_rank_that_rank_gives_to_who_typed_it():
    person = Given("me", "werken", ("CAD-tekenen",), lang="nl")
    told = as_rank(person, LISTING, OTHERS, TAXONOMY, LEXICON)
    assert {step.concept for step in told.steps} == {"plc-programming", "esco:7"}
    for step in told.steps:
        learnt = Given("me", "werken", ("CAD-tekenen", told.names[step.concept]), lang="nl")
        [(_, found)] = rank(matcher_of([*OTHERS, LISTING.entry], LEXICON), [learnt.entry], LEXICON, 10)
        assert (found.ids[step.rank - 1], found.scores[step.rank - 1]) == ("list", pytest.approx(step.score))


def test_recognised_skills_are_told_as_had_and_missing_with_their_names():
    told = as_rank(Given("me", skills=("PLC", "onzin"), lang="en"), LISTING, [], TAXONOMY, LEXICON)
    assert (told.had, set(told.missing), told.unknown) == (("plc-programming",), {"cad", "esco:7"}, ("onzin",))
    assert (told.names["plc-programming"], told.names["esco:7"]) == ("PLC programming", "weld metal")
    assert (told.absent, told.steps, told.of, told.counted_on) == ((), (), 0, "this place alone")


def test_unknown_skills_are_looked_for_among_those_that_are_read():
    told = as_rank(Given("me", skills=tuple(f"zz{number}qx" for number in range(1_000))), LISTING, [], TAXONOMY, LEXICON)
    assert len(told.unknown) == MOST_ITEMS and told.why.score == 0


def test_what_rarity_was_counted_on_is_told():
    assert as_rank(STUDENT, LISTING, OTHERS, TAXONOMY, LEXICON).counted_on == "3 documents and this place"
    assert as_rank(STUDENT, LISTING, [Entry("list")], TAXONOMY, LEXICON).counted_on == "1 document, this place one of them"


def test_the_pages_fit_is_that_of_an_index():
    matcher = services.fitted([Document("cell", PLACE.text, PLACE.musts, PLACE.wanted, "nl")], TAXONOMY)
    told = as_pages(STUDENT, PLACE, [], TAXONOMY)
    assert told.why.score == matcher.scores(Query(STUDENT.text, STUDENT.skills, "nl"))[0] > 0
    assert (told.had, set(told.missing), told.why.musts_open) == (("plc-programming",), {"scada", "cad"}, ("cad",))
    assert as_pages(Given("me", skills=("automation",)), PLACE, [], TAXONOMY).partly == ("plc-programming", "scada")


def test_the_pages_tell_the_rank_among_others_and_what_learning_would_do():
    others = [
        Given("draw", "Tekenen", wanted=("cad",), lang="nl"),
        Given("cell", "an older text"),
        Given("plc", "Robots", musts=("siemens-plc",), lang="nl"),
    ]
    told = as_pages(STUDENT, PLACE, others, TAXONOMY)
    assert (told.rank, told.of) == (2, 3)
    assert {step.concept: (step.rank, step.before, step.of) for step in told.steps}["cad"] == (1, 2, 3)


def test_what_is_printed_adds_up_and_names_every_skill():
    told = as_pages(STUDENT, PLACE, [], TAXONOMY)
    said = list(printing.lines(told))
    points = [float(line.split("%")[0]) for line in said[1:] if line.startswith(" ")]
    assert said[0] == f"fit {sum(points):.1f}%" and len(points) == 4
    assert sum("programmeren → programmeren" in line for line in said) == 1
    shared = next(line for line in said if "siemens-plc → plc-programming" in line)
    assert shared.endswith("(siemens-plc: Siemens-PLC; plc-programming: plc's programmeren)")
    assert any(", through automation (automatisering)" in line for line in said)
    assert "gate musts: × 0.75  cad (CAD-tekenen)" in said
    assert "missing  cad (CAD-tekenen), a must" in said
    assert f"model {told.why.versions.model}, background {told.why.versions.background}, taxonomy {TAXONOMY.version}" in said


def test_what_is_printed_adds_up_where_there_are_more_lines_than_are_printed():
    words = " ".join(f"woord{number:02}x" for number in range(40))
    said = list(printing.lines(as_rank(Given("me", words), Given("long", words), [], TAXONOMY, LEXICON)))
    points = [float(line.split("%")[0]) for line in said[1:] if line.startswith(" ")]
    assert said[0] == f"fit {sum(points):.1f}%" and any("16 smaller lines" in line for line in said)


def test_what_keeps_a_fit_at_nothing_is_told():
    said = list(printing.lines(as_pages(Given("me", "koken", ("cad",)), Given("x", "lassen", musts=("scada",)), [], TAXONOMY)))
    assert said[0] == "fit 0.0%"
    assert "gate stray: × 0.00  no skill is shared, and the texts are too little alike" in said
    said = list(printing.lines(as_pages(Given("me", "lassen"), Given("x", "lassen"), [], TAXONOMY)))
    assert "gate musts: × 0.50  the profile names no skill, which counts for every place alike" in said
    assert "absent   the profile names no skills, so only words count" in said


def test_a_long_row_is_cut_with_its_number():
    assert printing.listed(["a", "b"]) == "a, b"
    assert printing.listed([str(n) for n in range(2_000)], 2) == "0, 1 and 1,998 more"
