"""
What is usual in the whole country: when a programme starts, until when one applies, what a year costs, and where one earns.

A school's own dates and prices win over these. What no rule of the country fixes is left open: the fee of part-time and dual higher
education (a school sets it, from 1,506 to 2,530 euro), every fee where the way of study is not known, the deadline of a master, the
fee and start of a PhD, the start of an EngD, and all of pre-masters, minors, courses, microcredentials, electives, certificates and
practice statements. A start in February is a school's own choice, so it is not usual. We found no fee of a later school year than
`SCHOOL_YEAR`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ipf_talent.programmes.levels import Level, Mode, ProgrammeType

CHECKED = date(2026, 11, 27)
"""The day on which the sources were read, as stored copies; a page may say something newer today."""
SCHOOL_YEAR = "2024-2025"
"""The school year of every fee here."""

Day = tuple[int, int]
"""Month and day of any year."""


@dataclass(frozen=True)
class Source:
    """A public page, and the day on which it was read."""

    url: str
    title: str
    checked_on: date = CHECKED


@dataclass(frozen=True)
class Usual:
    """The dates and costs of a kind of programme; what is left open is not fixed for the whole country."""

    starts: tuple[Day, ...] = ()
    """First days of the school or academic year; lessons begin up to a month later. Empty: no fixed day."""
    apply_by: Day | None = None
    """The last day on which applying gives a right to be admitted; after it a school may refuse."""
    fee: int | None = None
    """Euro a year, from 18 years on in mbo; for a first study at that level with an EEA nationality in higher education."""
    earns: bool = False
    """One follows it with a job, and has a wage; of PhDs the source says so of most, not of all."""
    sources: tuple[Source, ...] = ()


YEAR = Source("https://www.cbs.nl/nl-nl/onze-diensten/methoden/begrippen/studiejaar", "CBS: Studiejaar")
MBO_APPLYING = Source(
    "https://www.rijksoverheid.nl/onderwerpen/middelbaar-beroepsonderwijs/aanmelden-en-toelaten-mbo",
    "Rijksoverheid: Aanmelden en toelaten mbo",
)
MBO_FEES = Source(
    "https://scalda.nl/mbo-onderwijs/financien-en-verzekeringen/schoolkosten/les-cursusgeld",
    "Scalda: Les- en cursusgeld 2024-2025",
)
BACHELOR_APPLYING = Source(
    "http://info.studielink.nl/nl/studenten/stappenplanstudielink/Pages/Zorg%20dat%20je%20op%20tijd%20bent.aspx",
    "Studielink: Zorg dat je op tijd bent!",
)
AD_APPLYING = Source(
    "https://onderwijs-informatie.nl/blogs/hbo-categorie/aanmelden-voor-het-hbo/", "Onderwijs-informatie: Aanmelden voor het hbo"
)
HIGHER_FEES = Source(
    "https://www.rijksoverheid.nl/onderwerpen/hoger-onderwijs/vraag-en-antwoord/hoogte-van-het-collegegeld-hogeschool-universiteit",
    "Rijksoverheid: Wat is de hoogte van het collegegeld op de hogeschool of de universiteit?",
)
BBL_JOB = Source("https://www.cumela.nl/nieuws/bbl-leerling-als-werknemer-dienst", "Cumela: Bbl-leerling als werknemer in dienst")
DUAL_JOB = Source(
    "https://recruitastudent.nl/blog/studie/parttime-of-fulltime-werken-naast-je-studie",
    "Recruit a Student: Parttime of fulltime werken naast je studie?",
)
ENGD_JOB = Source(
    "https://www.academictransfer.com/en/career-navigator/academia-pdeng/facts-figures/",
    "AcademicTransfer: EngD, facts and figures",
)
ENGD_FEE = Source("https://www.tue.nl/en/working-at-tue/phdpdeng/academic-perspectives/", "TU Eindhoven: Academic perspectives")
PHD_JOB = Source("https://hetpnn.nl/en/2018/11/03/arbeidsvoorwaarden/", "Promovendi Netwerk Nederland: Appointment forms")

SELECTION_APPLY_BY: Day = (1, 15)
"""Where a bachelor has a fixed number of places and selects (numerus fixus), in place of 1 May; `BACHELOR_APPLYING` says so."""

_MBO_STARTS: tuple[Day, ...] = ((8, 1),)
_HIGHER_STARTS: tuple[Day, ...] = ((9, 1),)
_MBO_APPLY_BY: Day = (4, 1)
_APPLY_BY: Mapping[ProgrammeType, Day] = {ProgrammeType.AD: (5, 1), ProgrammeType.BACHELOR: (5, 1)}
_APPLYING = {ProgrammeType.AD: AD_APPLYING, ProgrammeType.BACHELOR: BACHELOR_APPLYING}
_LESGELD = 1419
"""Lesgeld, for bol."""
_CURSUSGELD: Mapping[Level, int] = {Level.MBO_1: 295, Level.MBO_2: 295, Level.MBO_3: 715, Level.MBO_4: 715}
"""Cursusgeld, for bbl and part-time mbo."""
_COLLEGEGELD = 2530
"""Wettelijk collegegeld, full time; halving it for first years ended with the school year 2024-2025."""


def usual(level: Level, type: ProgrammeType, mode: Mode | None) -> Usual:
    """
    What is usual for a kind of programme.

    Args:
        mode: None where it is not known.
    """
    if type is ProgrammeType.MBO_DIPLOMA:
        return _mbo(level, mode)
    if type in (ProgrammeType.AD, ProgrammeType.BACHELOR, ProgrammeType.MASTER):
        return _higher(type, mode)
    if type is ProgrammeType.ENGD:
        return Usual(fee=0, earns=True, sources=(ENGD_JOB, ENGD_FEE))  # one university says it, under the older name PDEng
    if type is ProgrammeType.PHD:
        return Usual(earns=True, sources=(PHD_JOB,))
    return Usual(earns=mode in _JOB, sources=_job(mode))


def _mbo(level: Level, mode: Mode | None) -> Usual:
    fee = _LESGELD if mode is Mode.BOL else _CURSUSGELD.get(level) if mode in (Mode.BBL, Mode.PARTTIME) else None
    paid = (MBO_FEES,) if fee is not None else ()
    return Usual(_MBO_STARTS, _MBO_APPLY_BY, fee, mode in _JOB, (YEAR, MBO_APPLYING, *paid, *_job(mode)))


def _higher(type: ProgrammeType, mode: Mode | None) -> Usual:
    fee = _COLLEGEGELD if mode is Mode.FULLTIME else None
    applying = (_APPLYING[type],) if type in _APPLYING else ()
    paid = (HIGHER_FEES,) if mode in (Mode.FULLTIME, Mode.PARTTIME, Mode.DUAL) else ()
    return Usual(_HIGHER_STARTS, _APPLY_BY.get(type), fee, mode in _JOB, (YEAR, *applying, *paid, *_job(mode)))


_JOB: Mapping[Mode | None, Source] = {Mode.BBL: BBL_JOB, Mode.DUAL: DUAL_JOB}
"""Ways of study that are a job as well."""


def _job(mode: Mode | None) -> tuple[Source, ...]:
    return (_JOB[mode],) if mode in _JOB else ()
