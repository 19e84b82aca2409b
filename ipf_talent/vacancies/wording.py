"""Words in the text of a place that a rule speaks of, in Dutch and English: each with its rule and what to write instead."""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from ipf_talent.i18n import lazy


class Weight(StrEnum):
    """What a finding does."""

    STOPS = "stops"
    """It is not published so, unless a person at the platform looked at the company's reason."""
    ADVISES = "advises"


class Finding(NamedTuple):
    """Words that were found; `start` and `end` count characters of the text."""

    code: str
    rule: str
    weight: Weight
    words: str
    start: int
    end: int
    why: str
    instead: str


class _Entry(NamedTuple):
    code: str
    rule: str
    weight: Weight
    patterns: tuple[str, ...]
    why: str
    instead: str


_STOPS, _ADVISES = Weight.STOPS, Weight.ADVISES
_AGE = r"(?:\d{2}|twintig|dertig|veertig|twenty|thirty|forty)"
LIST = (
    _Entry(
        "origin", "R5", _STOPS,
        (
            r"nederlandse (?:nationaliteit|afkomst|achtergrond)", r"(?:nationaliteit|afkomst|etniciteit|huidskleur)", r"autochtoon",
            r"autochtone?", r"allochto(?:on|ne)n?", r"native (?:dutch|english)(?: speakers?)?", r"nationality", r"ethnic(?:ity)?",
            r"dutch (?:citizens?|nationals?|origin)", r"eu[- ]citizens? only", r"moedertaal", r"mother tongue",
            r"geen buitenlanders?", r"no foreigners?", r"buitenlandse (?:naam|achtergrond)", r"foreign (?:name|background)",
            r"blanke (?:kandidaat|kandidaten|student(?:en)?|mensen|mannen|vrouwen)",
        ),
        lazy("Origin and nationality may not decide who gets a place."),
        lazy("Ask the language and the level that the work needs, with the reason, or leave it out."),
    ),
    _Entry(
        "age", "R5", _STOPS,
        (
            rf"(?:maximaal|hooguit|tot|niet ouder dan|onder de|jonger dan) {_AGE} jaar(?: oud)?", rf"tussen {_AGE} en {_AGE} jaar",
            rf"(?:under|below|up to) {_AGE}(?: years)?(?: old| of age)", rf"(?:not older|younger) than {_AGE}(?: years(?: old)?)?",
            rf"aged? {_AGE} to {_AGE}",
            r"jonge honden?", r"jong(?:e)? (?:talent|kandidaat|kandidaten|collega'?s?|medewerkers?)", r"jeugdige?",
            r"(?:je|jij|u|hij|zij|ze|student|kandidaat) (?:bent|is|was) (?:te|nog te) (?:oud|jong)",
            r"\A(?:te|too) (?:oud|jong|old|young)",
            r"(?:you|student|candidate) (?:are|is|was) too (?:old|young)",
            r"(?:vanwege|om|door) (?:je|jouw|uw|de|zijn|haar) leeftijd", r"because of (?:your|their|his|her) age",
            r"digital natives?", r"young (?:talent|candidates?|colleagues?|professionals?|and dynamic)",
        ),
        lazy("Age may not decide who gets a place; only safety of people under 18 may, and that has its own page."),
        lazy("Say what somebody learns or can do, for example “you are in your third year”."),
    ),
    _Entry(
        "sex", "R5", _STOPS,
        (
            r"(?:een |enkel |alleen )?(?:mannen|vrouwen) (?:gezocht|gevraagd|alleen)",
            r"(?:alleen|uitsluitend) (?:mannen|vrouwen|jongens|meisjes)",
            r"(?:zoeken|zoekt|willen|liever) (?:een )?(?:jongens?|meisjes?|man|mannen|vrouw|vrouwen)",
            r"geen (?:jongens|meisjes|mannen|vrouwen)", r"no (?:men|women|boys|girls)",
            r"(?:looking for|prefer) (?:an? )?(?:man|men|woman|women|boys?|girls?)",
            r"(?:only|just) (?:men|women|boys|girls|males?|females?)", r"(?:male|female)s? (?:only|candidates?|students?)",
            r"(?:stoere|sterke|handige|flinke|nette) (?:kerels?|mannen|jongens?|vent|dames?|meiden)", r"geslacht",
            r"gender preference",
        ),
        lazy("Sex and gender may not decide who gets a place."),
        lazy("Write what the work asks, for example “you lift up to 20 kg with a hoist”."),
    ),
    _Entry(
        "belief", "R5", _STOPS,
        (
            r"(?:christelijke|islamitische|joodse|gereformeerde) (?:achtergrond|levensovertuiging|identiteit|student)",
            r"geloofsovertuiging",
            r"levensovertuiging", r"hoofddoek(?:en|je|jes)?", r"headscar(?:f|ves)", r"religio(?:n|us belief)s?",
            r"christian (?:background|students?)",
        ),
        lazy("Religion and belief may not decide who gets a place."),
        lazy("Leave it out. Clothes that safety asks can be named as such."),
    ),
    _Entry(
        "health", "R5", _STOPS,
        (
            r"(?:in )?goede gezondheid", r"volledig gezond", r"geen (?:lichamelijke |fysieke )?(?:beperking(?:en)?|handicaps?)",
            r"zonder (?:beperking(?:en)?|handicaps?)", r"niet geschikt voor (?:mensen|studenten) met een beperking",
            r"(?:in )?good health", r"physically fit", r"able[- ]bodied", r"no disabilit(?:y|ies)", r"psychisch stabiel",
        ),
        lazy("Health and disability may not be asked."),
        lazy("Describe the work itself, for example “you stand most of the day”, so that each can judge."),
    ),
    _Entry(
        "family", "R5", _STOPS,
        (
            r"(?:geen|zonder) (?:gezin|kinderen|kinderwens)", r"(?:alleenstaand|ongehuwd|getrouwd|gehuwd)e?", r"burgerlijke staat",
            r"zwanger(?:schap)?", r"no (?:children|family obligations)", r"(?:un)?married", r"pregnan(?:t|cy)", r"marital status",
            r"heteroseksue(?:el|le)", r"sexual orientation",
        ),
        lazy("Family, marriage and orientation may not decide who gets a place."),
        lazy("Name the hours and days of the work instead."),
    ),
    _Entry(
        "fee", "R7", _STOPS,
        (
            r"eigen bijdrage", r"inschrijf(?:geld|kosten)", r"bemiddelings(?:kosten|vergoeding)", r"(?:je|u) betaalt een borg",
            r"registration fee", r"placement fee", r"(?:you|students?) pay(?:s)? (?:a )?(?:deposit|fee)",
        ),
        lazy("A student never pays for a place."),
        lazy("Take the costs on yourself and leave this out."),
    ),
    _Entry(
        "no-school", "R15", _STOPS,
        (
            r"(?:geen|zonder) (?:inschrijving|schoolinschrijving|opleiding) (?:nodig|vereist)",
            r"(?:pas|net|recent|onlangs) afgestudeerden?",
            r"werkervarings?pla(?:ats|atsen|ek)", r"(?:ook )?als je niet (?:meer )?studeert", r"tussenjaar",
            r"(?:recent|fresh) graduates?", r"no (?:school|university) (?:enrolment|enrollment|registration) (?:needed|required)",
            r"gap year", r"traineeships?",
        ),
        lazy("An internship belongs to a programme. For somebody without a school it is a job, with a wage."),
        lazy("Offer the job on a page for jobs, or ask for students of a programme."),
    ),
    _Entry(
        "gendered", "R5", _ADVISES,
        (
            r"(?:hij|zij) (?:moet|kan|zal|gaat|werkt|heeft|krijgt)", r"(?:vakman|vaklui|timmerman|monteur \(m\)|zijn collega'?s)",
            r"(?:he|she) (?:must|can|will|has|works)", r"his or her", r"his/her", r"he/she", r"s/he", r"(?:hij/zij|zijn/haar)",
            r"(?:craftsman|foreman|chairman|handyman|manpower)", r"(?:guys|girls)", r"rockstars?", r"ninjas?", r"krachtpatser",
        ),
        lazy("These words make some readers feel that it is not for them."),
        lazy("Speak to the reader: “you” instead of “he” or “she”, and a name of the work without a sex."),
    ),
    _Entry(
        "nights", "R8", _ADVISES,
        (
            r"nacht(?:dienst|werk|ploeg)(?:en)?", r"(?:bereikbaarheids|consignatie|oproep)dienst(?:en)?", r"overwerken",
            r"night shifts?",
            r"on[- ]call", r"overtime", r"5[- ]ploegendienst", r"vijfploegendienst",
        ),
        lazy("Somebody under 18 may not work at night, be on call or work overtime."),
        lazy("Say that this does not hold for people under 18, or choose “from 18 years” on the page about safety."),
    ),
)  # fmt: skip
"""Each entry stops or advises; patterns are of whole words, in lower case."""

JOB_WORDS = r"stage(?:plek|plaats|vergoeding)?|stagiaire?s?|stagiair|internships?|interns?"
"""What a position with a wage after a degree is not called (R15)."""
_JOB = _Entry(
    "stage-label", "R15", _STOPS, (JOB_WORDS,),
    lazy("An EngD position is a job with a wage, so it is not called an internship."),
    lazy("Write “position”, “designer” or “trainee designer”."),
)  # fmt: skip


def findings(text: str, *, is_job: bool = False) -> list[Finding]:
    """
    What a rule says of the words of a text, in their order; words inside longer found words are not told twice.

    Args:
        is_job: the place is a position with a wage after a degree, so it is no internship, and R15 reads it the other way round.
    """
    entries = [entry for entry in LIST if not (is_job and entry.code == "no-school")] + ([_JOB] if is_job else [])
    found = sorted((one for entry in entries for one in _found(entry, text)), key=lambda one: (one.start, -one.end))
    kept: list[Finding] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _found(entry: _Entry, text: str) -> Iterator[Finding]:
    for hit in _pattern(entry.patterns).finditer(text):
        start, end = hit.span()
        words = hit.group()
        code = f"wording:{entry.code}:{' '.join(words.lower().split())}"[:80]
        yield Finding(code, entry.rule, entry.weight, words, start, end, entry.why, entry.instead)


@lru_cache(maxsize=64)
def _pattern(patterns: tuple[str, ...]) -> re.Pattern[str]:
    spaced = (pattern.replace(" ", r"\s+") for pattern in patterns)
    return re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)", re.IGNORECASE)
