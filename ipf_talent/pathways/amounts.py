"""Time, money, load and distance in the reader's words."""

from datetime import date

from babel.numbers import format_currency
from flask_babel import format_date, format_decimal, get_locale

from ipf_talent.i18n import _, ngettext

YEAR = 12


def duration(months: int) -> str:
    """Months as years and months."""
    years, rest = divmod(months, YEAR)
    in_years = str(ngettext("%(num)d year", "%(num)d years", years)) if years else ""
    in_months = str(ngettext("%(num)d month", "%(num)d months", rest)) if rest or not years else ""
    both = _("%(years)s and %(months)s", years=in_years, months=in_months)
    return str(both) if years and rest else in_years or in_months


def euros(amount: int) -> str:
    """Whole euros."""
    return str(format_currency(amount, "EUR", format="¤\xa0#,##0", locale=get_locale(), currency_digits=False))


def cost(fee: int, unknown: int, steps: int) -> str:
    """
    What is paid in all.

    Args:
        fee: euros that are known.
        unknown: steps of which nobody tells the cost.
        steps: all of them.
    """
    if not steps:
        return str(_("Nothing"))
    if not unknown:
        return euros(fee) if fee else str(_("No fee"))
    if unknown == steps:
        return str(_("Nobody tells the cost"))
    told = euros(fee) if fee else str(_("no fee"))
    untold = ngettext(
        "of %(num)d of %(all)s steps nobody tells the cost",
        "of %(num)d of %(all)s steps nobody tells the cost",
        unknown,
        all=steps,
    )
    return str(_("%(cost)s; %(unknown)s", cost=told, unknown=untold))


def load(ects: int | None, sbu: int | None) -> str:
    """Study load: credits and hours of study stand apart, for the one is no part of the other."""
    parts = [_("%(credits)s EC", credits=format_decimal(ects))] if ects else []
    parts += [_("%(hours)s hours (SBU)", hours=format_decimal(sbu))] if sbu else []
    return " + ".join(parts) or str(_("Not told"))


def far(km: float | None) -> str:
    """Whole kilometres as the crow flies."""
    if km is None:
        return str(_("Not known"))
    return str(_("%(km)s km", km=format_decimal(round(km))))


def month(day: date) -> str:
    """The month of a day."""
    return str(format_date(day, "LLLL y"))
