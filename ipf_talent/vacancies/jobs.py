"""Closing places whose time is over, and telling people of new ones."""

from ipf_talent import clock, db, jobs
from ipf_talent.vacancies import alerts, company_recognising, services


@jobs.job(every="7")
def close_places() -> int:
    """Close what is no longer shown, and archive what closed two years ago; gives how many."""
    with db.transaction():
        return services.sweep(clock.now())


@jobs.job(every="23")
def tell_new_places() -> int:
    """Mail whoever keeps a search what is new in it; gives how many mails."""
    return alerts.send(clock.now())


@jobs.job(every="41")
def tell_declared() -> int:
    """Tell schools which recognitions companies declared, so that somebody looks them up; gives how many letters."""
    with db.transaction():
        return company_recognising.tell_declared(clock.now())
