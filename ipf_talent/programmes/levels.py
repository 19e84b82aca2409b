"""Levels, starting points, and kinds of programme, in the order in which people climb them."""

from enum import StrEnum

from ipf_talent.i18n import lazy


class Level(StrEnum):
    """The level of a programme or place, from mbo 1 to doctorate."""

    MBO_1 = "mbo_1"
    MBO_2 = "mbo_2"
    MBO_3 = "mbo_3"
    MBO_4 = "mbo_4"
    AD = "ad"
    HBO_BACHELOR = "hbo_bachelor"
    WO_BACHELOR = "wo_bachelor"
    MASTER = "master"
    ENGD_PHD = "engd_phd"
    NONE = "none"

    @property
    def nlqf(self) -> int | None:
        """NLQF level; None where there is none."""
        return NLQF.get(self)


NLQF = {
    Level.MBO_1: 1,
    Level.MBO_2: 2,
    Level.MBO_3: 3,
    Level.MBO_4: 4,
    Level.AD: 5,
    Level.HBO_BACHELOR: 6,
    Level.WO_BACHELOR: 6,
    Level.MASTER: 7,
    Level.ENGD_PHD: 8,
}


class StartingPoint(StrEnum):
    """The answers to "Where are you now?"."""

    NONE = "none"
    VMBO_BB = "vmbo_bb"
    VMBO_KB = "vmbo_kb"
    VMBO_GL_TL = "vmbo_gl_tl"
    HAVO = "havo"
    VWO = "vwo"
    MBO_1 = "mbo_1"
    MBO_2 = "mbo_2"
    MBO_3 = "mbo_3"
    MBO_4 = "mbo_4"
    AD = "ad"
    HBO_PROPEDEUSE = "hbo_propedeuse"
    HBO_BACHELOR = "hbo_bachelor"
    WO_BACHELOR = "wo_bachelor"
    MASTER = "master"
    WORKING = "working"
    JOB_SEEKING = "job_seeking"

    @property
    def level(self) -> Level:
        """The level of the places and people at this point; NONE before mbo and for those at work."""
        return _LEVEL_OF.get(self, Level.NONE)


_LEVEL_OF = {point: Level(point.value) for point in StartingPoint if point.value in set(Level)} | {
    StartingPoint.HBO_PROPEDEUSE: Level.HBO_BACHELOR
}


class ProgrammeType(StrEnum):
    """What kind of programme it is."""

    MBO_DIPLOMA = "mbo_diploma"
    MBO_CERTIFICATE = "mbo_certificate"
    PRACTICE_STATEMENT = "practice_statement"
    ELECTIVE = "elective"
    AD = "ad"
    BACHELOR = "bachelor"
    PREMASTER = "premaster"
    MASTER = "master"
    ENGD = "engd"
    PHD = "phd"
    MICROCREDENTIAL = "microcredential"
    MINOR = "minor"
    COURSE = "course"


class Mode(StrEnum):
    """How one follows a programme."""

    BOL = "bol"
    BBL = "bbl"
    DERDE_LEERWEG = "derde_leerweg"
    FULLTIME = "fulltime"
    PARTTIME = "parttime"
    DUAL = "dual"
    OWN_PACE = "own_pace"
    ONLINE = "online"


class Track(StrEnum):
    """The three tracks of the mission."""

    COMPANY_SCHOOL = "company_school"
    INSTRUMENT_COURSE = "instrument_course"
    AUTONOMOUS_SYSTEMS = "autonomous_systems"


class Standing(StrEnum):
    """Whether a programme can be followed."""

    RUNNING = "running"
    PLANNED = "planned"
    REFERENCE = "reference"


_MBO_MODES = frozenset({Mode.BOL, Mode.BBL, Mode.DERDE_LEERWEG})
_HIGHER_MODES = frozenset({Mode.FULLTIME, Mode.PARTTIME, Mode.DUAL, Mode.OWN_PACE, Mode.ONLINE})
_DOCTORATE_MODES = frozenset({Mode.FULLTIME, Mode.PARTTIME, Mode.DUAL})
_PART_MODES = _HIGHER_MODES - {Mode.DUAL}
MODES_OF = {
    ProgrammeType.MBO_DIPLOMA: _MBO_MODES,
    ProgrammeType.MBO_CERTIFICATE: _MBO_MODES,
    ProgrammeType.PRACTICE_STATEMENT: _MBO_MODES,
    ProgrammeType.ELECTIVE: _MBO_MODES | _PART_MODES,
    ProgrammeType.AD: _HIGHER_MODES,
    ProgrammeType.BACHELOR: _HIGHER_MODES,
    ProgrammeType.PREMASTER: _HIGHER_MODES,
    ProgrammeType.MASTER: _HIGHER_MODES,
    ProgrammeType.ENGD: _DOCTORATE_MODES,
    ProgrammeType.PHD: _DOCTORATE_MODES,
    ProgrammeType.MICROCREDENTIAL: _PART_MODES,
    ProgrammeType.MINOR: _PART_MODES,
    ProgrammeType.COURSE: _PART_MODES,
}
"""The ways in which each kind can be followed: mbo has ways of its own."""
LEVEL_LABELS = {
    Level.MBO_1: lazy("mbo 1"),
    Level.MBO_2: lazy("mbo 2"),
    Level.MBO_3: lazy("mbo 3"),
    Level.MBO_4: lazy("mbo 4"),
    Level.AD: lazy("associate degree"),
    Level.HBO_BACHELOR: lazy("hbo bachelor"),
    Level.WO_BACHELOR: lazy("wo bachelor"),
    Level.MASTER: lazy("master"),
    Level.ENGD_PHD: lazy("EngD / PhD"),
    Level.NONE: lazy("no fixed level"),
}
START_LABELS = {
    StartingPoint.NONE: lazy("No diploma yet"),
    StartingPoint.VMBO_BB: lazy("vmbo basis"),
    StartingPoint.VMBO_KB: lazy("vmbo kader"),
    StartingPoint.VMBO_GL_TL: lazy("vmbo gl or tl (mavo)"),
    StartingPoint.HAVO: lazy("havo"),
    StartingPoint.VWO: lazy("vwo"),
    StartingPoint.MBO_1: lazy("mbo 1 (entree)"),
    StartingPoint.MBO_2: lazy("mbo 2"),
    StartingPoint.MBO_3: lazy("mbo 3"),
    StartingPoint.MBO_4: lazy("mbo 4"),
    StartingPoint.AD: lazy("associate degree"),
    StartingPoint.HBO_PROPEDEUSE: lazy("hbo, first year done"),
    StartingPoint.HBO_BACHELOR: lazy("hbo bachelor"),
    StartingPoint.WO_BACHELOR: lazy("wo bachelor"),
    StartingPoint.MASTER: lazy("master"),
    StartingPoint.WORKING: lazy("At work"),
    StartingPoint.JOB_SEEKING: lazy("Looking for work"),
}
TYPE_LABELS = {
    ProgrammeType.MBO_DIPLOMA: lazy("mbo diploma"),
    ProgrammeType.MBO_CERTIFICATE: lazy("mbo certificate"),
    ProgrammeType.PRACTICE_STATEMENT: lazy("practice statement"),
    ProgrammeType.ELECTIVE: lazy("elective module"),
    ProgrammeType.AD: lazy("associate degree"),
    ProgrammeType.BACHELOR: lazy("bachelor"),
    ProgrammeType.PREMASTER: lazy("pre-master"),
    ProgrammeType.MASTER: lazy("master"),
    ProgrammeType.ENGD: lazy("EngD"),
    ProgrammeType.PHD: lazy("PhD"),
    ProgrammeType.MICROCREDENTIAL: lazy("microcredential"),
    ProgrammeType.MINOR: lazy("minor"),
    ProgrammeType.COURSE: lazy("course"),
}
MODE_LABELS = {
    Mode.BOL: lazy("bol (at school)"),
    Mode.BBL: lazy("bbl (work and school)"),
    Mode.DERDE_LEERWEG: lazy("third way (derde leerweg)"),
    Mode.FULLTIME: lazy("full time"),
    Mode.PARTTIME: lazy("part time"),
    Mode.DUAL: lazy("dual"),
    Mode.OWN_PACE: lazy("own pace"),
    Mode.ONLINE: lazy("online"),
}
TRACK_LABELS = {
    Track.COMPANY_SCHOOL: lazy("Company school"),
    Track.INSTRUMENT_COURSE: lazy("Instrument courses"),
    Track.AUTONOMOUS_SYSTEMS: lazy("Institute for Autonomous Systems"),
}
STANDING_LABELS = {
    Standing.RUNNING: lazy("Running"),
    Standing.PLANNED: lazy("Planned"),
    Standing.REFERENCE: lazy("Reference"),
}
