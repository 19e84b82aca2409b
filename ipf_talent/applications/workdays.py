"""Working days in the Netherlands: Monday to Friday without the public holidays, reckoned without asking anyone."""

from datetime import date, timedelta

_DAY = timedelta(days=1)


def easter(year: int) -> date:
    """Easter Sunday (Gregorian calendar, anonymous algorithm)."""
    golden, century = year % 19, year // 100
    leap = century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15
    moon = leap % 30
    moon -= (moon // 28) * (1 - (moon // 28) * (29 // (moon + 1)) * ((21 - golden) // 11))
    sunday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    offset = moon - sunday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4))


def holidays(year: int) -> frozenset[date]:
    """The public holidays; Liberation Day once in five years, King's Day a day earlier when it falls on a Sunday."""
    sunday = easter(year)
    king = date(year, 4, 27)
    days = {
        date(year, 1, 1),
        sunday + _DAY,
        king - _DAY if king.weekday() == 6 else king,
        sunday + timedelta(days=39),
        sunday + timedelta(days=50),
        date(year, 12, 25),
        date(year, 12, 26),
    }
    return frozenset(days | ({date(year, 5, 5)} if year % 5 == 0 else set()))


def is_workday(day: date) -> bool:
    """Whether people are at work."""
    return day.weekday() < 5 and day not in holidays(day.year)


def after(day: date, number: int) -> date:
    """The day that lies so many working days after `day`; the day itself does not count."""
    while number > 0:
        day += _DAY
        number -= is_workday(day)
    return day


def between(first: date, last: date) -> int:
    """How many working days have passed since `first`, up to and including `last`; 0 where `last` is not later."""
    return sum(is_workday(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))
