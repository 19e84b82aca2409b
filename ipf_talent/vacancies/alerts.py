"""Mail about new places of a saved search: daily or weekly, each place once. Doing it twice does it once."""

from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

import structlog
from flask import current_app
from sqlalchemy.orm import joinedload

from ipf_talent import clock, db
from ipf_talent.db import session
from ipf_talent.i18n import pick, speaking
from ipf_talent.notifications import letters
from ipf_talent.vacancies import catalogue, reader, saved_services
from ipf_talent.vacancies.filters import Alert
from ipf_talent.vacancies.forms import VacancyFilter
from ipf_talent.vacancies.saved_models import SavedSearch

log = structlog.get_logger()
MOST_NAMED = 10
"""Places that a mail names; of more it tells how many."""
ROUND = timedelta(minutes=90)
"""A round may come a little earlier than the one of the day before."""


def send(now: datetime) -> int:
    """Tell whoever waits what is new, each search in a transaction of its own; gives how many mails were written."""
    with db.transaction():
        numbers = saved_services.due(now - timedelta(days=1) + ROUND, now - timedelta(days=7) + ROUND)
    written = 0
    for number in numbers:
        try:
            with db.transaction():
                written += _send_one(number, now)
        except Exception as error:  # one that fails must not hold up the others; it is tried again in an hour
            log.error("alert_failed", search=number, error=type(error).__name__)
    return written


def _send_one(number: int, now: datetime) -> int:
    search = session.get(SavedSearch, number, options=[joinedload(SavedSearch.user)], populate_existing=True)
    if search is None or search.alert is Alert.NONE:
        return 0
    after = search.told_until
    if not saved_services.claim(number, after, now):
        return 0
    with speaking(search.language):
        asked = replace(VacancyFilter.of(search.query).asked, adult_on=reader.adult_on(search.user_id))
        total, rows = catalogue.published_between(asked, clock.today(), after, now, most=MOST_NAMED)
        places = [
            (pick(row, "title"), row.company, row.place, letters.address_of("vacancies.show", {"slug": row.slug})) for row in rows
        ]
    if not total or search.user.confirmed_at is None:
        return 0
    token = saved_services.stop_token(search, str(current_app.config["SECRET_KEY"]))
    values = {
        "name": search.user.display_name,
        "search": search.name,
        "places": places,
        "more": total - len(places),
        "total": total,
        "weekly": search.alert is Alert.WEEKLY,
        "stop": letters.address_of("saved.stop", {"token": token}),
    }
    link = ("vacancies.index", dict(parse_qsl(search.query)))
    letters.write("search_alert", to=search.user.email, language=search.language, link=link, values=values)
    return 1
