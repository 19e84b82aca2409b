"""Which kinds of place suit someone first, by where they stand. It orders a list and leaves nothing out."""

from ipf_talent.programmes.levels import Level, StartingPoint
from ipf_talent.vacancies.kinds import VacancyKind as Kind

_MBO = (Kind.BOL_INTERNSHIP, Kind.BBL_APPRENTICESHIP)
_HBO = (Kind.HBO_INTERNSHIP, Kind.HBO_GRADUATION, Kind.DUAL)
_WO = (Kind.WO_INTERNSHIP, Kind.WO_DESIGN, Kind.WO_THESIS)
_BY_LEVEL = {
    Level.MBO_1: (*_MBO, Kind.PRACTICE_CERTIFICATE),
    Level.MBO_2: (*_MBO, Kind.PRACTICE_CERTIFICATE),
    Level.MBO_3: _MBO,
    Level.MBO_4: _MBO,
    Level.AD: _HBO,
    Level.HBO_BACHELOR: _HBO,
    Level.WO_BACHELOR: _WO,
    Level.MASTER: (Kind.ENGD_POSITION, *_WO),
}
_AT_WORK = (Kind.BBL_APPRENTICESHIP, Kind.DUAL, Kind.PRACTICE_CERTIFICATE)


def suiting(point: StartingPoint | None) -> tuple[Kind, ...]:
    """The kinds of place that suit this starting point; none when it was not said."""
    if point is None:
        return ()
    if point in (StartingPoint.WORKING, StartingPoint.JOB_SEEKING):
        return _AT_WORK
    return _BY_LEVEL.get(point.level, (Kind.ORIENTATION, Kind.BBL_APPRENTICESHIP, Kind.PRACTICE_CERTIFICATE))


def in_order(point: StartingPoint | None) -> list[Kind]:
    """Every kind of place: those that suit first, the others behind them in their usual order."""
    return list(dict.fromkeys((*suiting(point), *Kind)))
