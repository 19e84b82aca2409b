"""Mail to those who follow a programme: what changed, each thing once. Doing it twice does it once."""

from datetime import datetime

import structlog
from sqlalchemy import select

from ipf_talent import db
from ipf_talent.accounts.models import User
from ipf_talent.db import session
from ipf_talent.i18n import pick, speaking
from ipf_talent.notifications import letters
from ipf_talent.programmes import following
from ipf_talent.programmes.listing_models import ListingNews, ProgrammeFollow
from ipf_talent.programmes.models import Programme
from ipf_talent.programmes.news_words import sentence

log = structlog.get_logger()


def send(now: datetime) -> int:
    """Tell whoever follows something that changed, each in a transaction of their own; gives how many mails were written."""
    with db.transaction():
        waiting = following.due(now)
    written = 0
    for user_id, programme_id in waiting:
        try:
            with db.transaction():
                written += _send_one(user_id, programme_id, now)
        except Exception as error:  # one that fails must not hold up the others; it is tried again in an hour
            log.error("follow_mail_failed", programme=programme_id, error=type(error).__name__)
    return written


def _send_one(user_id: int, programme_id: int, now: datetime) -> int:
    follow = session.get(ProgrammeFollow, (user_id, programme_id), populate_existing=True)
    if follow is None:
        return 0
    after = follow.told_until
    news = select(ListingNews).where(ListingNews.programme_id == programme_id, ListingNews.at > after, ListingNews.at <= now)
    found = session.scalars(news.order_by(ListingNews.at, ListingNews.id)).all()
    if not found or not following.claim(user_id, programme_id, after, now):
        return 0
    user, programme = session.get_one(User, user_id), session.get_one(Programme, programme_id)
    if user.confirmed_at is None or user.closed_at is not None:
        return 0
    with speaking(user.language):
        title = pick(programme, "title")
        sentences = list(dict.fromkeys(sentence(one) for one in found))
    values = {
        "name": user.display_name,
        "programme": title,
        "news": sentences,
        "stop": letters.address_of("following.index", {}),
    }
    link = ("programmes.show", {"slug": programme.slug})
    letters.write("programme_news", to=user.email, language=user.language, link=link, values=values)
    return 1
