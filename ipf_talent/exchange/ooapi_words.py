"""The values that OOAPI and we have different words for."""

import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from ipf_talent.programmes.levels import Level, Mode, ProgrammeType

CONSUMER = "x-ipf-talent"
ZONE = ZoneInfo("Europe/Amsterdam")
LEVELS: Mapping[str, Level] = {
    "secondary vocational education 1": Level.MBO_1,
    "secondary vocational education 2": Level.MBO_2,
    "secondary vocational education 3": Level.MBO_3,
    "secondary vocational education 4": Level.MBO_4,
    "associate degree": Level.AD,
    "master": Level.MASTER,
    "doctoral": Level.ENGD_PHD,
    "post doctoral": Level.ENGD_PHD,
    "undefined": Level.NONE,
    "undivided": Level.NONE,
}
LEVEL_WORDS: Mapping[Level, str] = {
    Level.MBO_1: "secondary vocational education 1",
    Level.MBO_2: "secondary vocational education 2",
    Level.MBO_3: "secondary vocational education 3",
    Level.MBO_4: "secondary vocational education 4",
    Level.AD: "associate degree",
    Level.HBO_BACHELOR: "bachelor",
    Level.WO_BACHELOR: "bachelor",
    Level.MASTER: "master",
    Level.ENGD_PHD: "doctoral",
    Level.NONE: "undefined",
}
"""As version 5 writes them; version 6 has underscores for the spaces."""
SECTORS: Mapping[Level, str] = {
    Level.MBO_1: "secondary vocational education",
    Level.MBO_2: "secondary vocational education",
    Level.MBO_3: "secondary vocational education",
    Level.MBO_4: "secondary vocational education",
    Level.AD: "higher professional education",
    Level.HBO_BACHELOR: "higher professional education",
    Level.WO_BACHELOR: "university education",
    Level.ENGD_PHD: "university education",
}
TYPE_OF_LEVEL: Mapping[Any, ProgrammeType] = {
    **dict.fromkeys((Level.MBO_1, Level.MBO_2, Level.MBO_3, Level.MBO_4), ProgrammeType.MBO_DIPLOMA),
    Level.AD: ProgrammeType.AD,
    **dict.fromkeys((Level.HBO_BACHELOR, Level.WO_BACHELOR), ProgrammeType.BACHELOR),
    Level.MASTER: ProgrammeType.MASTER,
    Level.ENGD_PHD: ProgrammeType.PHD,
    Level.NONE: ProgrammeType.COURSE,
}
"""What a programme is where only its level is said."""
TYPES: Mapping[str, ProgrammeType] = {
    "minor": ProgrammeType.MINOR,
    "micro_credential_certificate": ProgrammeType.MICROCREDENTIAL,
    "certificate": ProgrammeType.MBO_CERTIFICATE,
    "testimonial": ProgrammeType.PRACTICE_STATEMENT,
}
DOCUMENTS: Mapping[ProgrammeType, str] = {
    ProgrammeType.MBO_CERTIFICATE: "certificate",
    ProgrammeType.ELECTIVE: "certificate",
    ProgrammeType.PRACTICE_STATEMENT: "testimonial",
    ProgrammeType.MICROCREDENTIAL: "micro_credential_certificate",
    ProgrammeType.PREMASTER: "no_official_document",
    ProgrammeType.MINOR: "no_official_document",
    ProgrammeType.COURSE: "no_official_document",
}
"""Version 6; every other kind ends with a diploma."""
AWARDS: Mapping[ProgrammeType, tuple[str, str]] = {
    ProgrammeType.AD: ("AD", "associate_degree"),
    ProgrammeType.BACHELOR: ("BSc", "bachelor"),
    ProgrammeType.MASTER: ("MSc", "master"),
    ProgrammeType.PHD: ("Phd", "doctoral"),
    ProgrammeType.MBO_DIPLOMA: ("None", "vocational_diploma"),
    ProgrammeType.MBO_CERTIFICATE: ("None", "certificate"),
}
COURSES = frozenset({ProgrammeType.COURSE, ProgrammeType.ELECTIVE, ProgrammeType.MICROCREDENTIAL})
"""Kinds that are a course and no programme in OOAPI."""
MODES_MBO: Mapping[str, Mode] = {
    "full-time": Mode.BOL, "dual-training": Mode.BBL, "part-time": Mode.DERDE_LEERWEG, "self-paced": Mode.OWN_PACE,
}  # fmt: skip
MODES_HIGHER: Mapping[str, Mode] = {
    "full-time": Mode.FULLTIME, "dual-training": Mode.DUAL, "part-time": Mode.PARTTIME, "self-paced": Mode.OWN_PACE,
}  # fmt: skip
MODE_WORDS: Mapping[Mode, str] = {
    Mode.BOL: "full-time",
    Mode.FULLTIME: "full-time",
    Mode.BBL: "dual training",
    Mode.DUAL: "dual training",
    Mode.DERDE_LEERWEG: "part-time",
    Mode.PARTTIME: "part-time",
    Mode.OWN_PACE: "self-paced",
    Mode.ONLINE: "self-paced",
}
LANGUAGES: Mapping[str, str] = {
    "nld": "nl", "dut": "nl", "nl": "nl", "fry": "fy", "fy": "fy", "eng": "en", "en": "en", "deu": "de", "ger": "de", "de": "de",
}  # fmt: skip
LANGUAGE_WORDS: Mapping[str, str] = {"nl": "nld", "fy": "fry", "en": "eng", "de": "deu"}
_DURATION = re.compile(r"P(?:([0-9]{1,3})Y)?(?:([0-9]{1,4})M)?(?:([0-9]{1,5})([DW]))?(?:T.*)?")


def language_texts(value: Any) -> dict[str, str]:
    """Per language (nl, en) the first text; other languages are passed over."""
    found: dict[str, str] = {}
    for one in value if isinstance(value, list) else []:
        if isinstance(one, dict) and isinstance(one.get("value"), str):
            language = str(one.get("language") or "")[:2].lower()
            if language in ("nl", "en") and one["value"].strip():
                found.setdefault(language, one["value"])
    return found


def months(duration: Any) -> int | None:
    """The months of an ISO 8601 duration; None where it says none. Days and weeks count as parts of a month, rounded up."""
    found = _DURATION.fullmatch(duration) if isinstance(duration, str) else None
    if found is None:
        return None
    years, rest = int(found[1] or 0), int(found[2] or 0)
    days_in = int(found[3] or 0) * (7 if found[4] == "W" else 1)
    return years * 12 + rest + -(-days_in // 31) or None


def days(moment: Any) -> Any:
    """The day of a date or a moment as it is in the Netherlands, as text; what is no moment stays for the reader to refuse."""
    text = str(moment or "").strip()
    if len(text) > 10:
        try:
            read = datetime.fromisoformat(text)
        except ValueError:
            return text
        return (read.astimezone(ZONE) if read.tzinfo else read).date().isoformat()
    return text or None


def one_of(kind: type[StrEnum], value: Any) -> bool:
    """Whether a value is one of an enumeration."""
    return isinstance(value, str) and value in {one.value for one in kind}
