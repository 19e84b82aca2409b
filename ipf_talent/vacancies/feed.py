"""Open places as an Atom 1.0 feed (RFC 4287)."""

import re
from collections.abc import Sequence
from datetime import datetime
from xml.etree import ElementTree as ET

from ipf_talent.i18n import current_language, language_of, pick
from ipf_talent.programmes.queries import AnyRow

ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ET.register_namespace("", ATOM)


def atom(rows: Sequence[AnyRow], *, title: str, page: str, own: str, updated: datetime, places: str) -> bytes:
    """
    The feed in the reader's language; the same rows give the same bytes.

    Args:
        rows: lines of `queries.rows()` with `changed_at` and `published_at`.
        page: address of the list as a page; also the feed's id, since it never changes.
        own: address of the feed itself.
        updated: when there are no rows.
        places: address of a place, without its slug.
    """
    feed = ET.Element(f"{{{ATOM}}}feed", {_LANG: current_language()})
    _text(feed, "id", own)
    _text(feed, "title", title)
    _text(feed, "updated", _moment(max((row.changed_at for row in rows), default=updated)))
    _link(feed, "self", own, "application/atom+xml")
    _link(feed, "alternate", page, "text/html")
    _text(ET.SubElement(feed, f"{{{ATOM}}}author"), "name", "IPF Talent")
    for row in rows:
        _entry(feed, row, f"{places}{row.slug}")
    body: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return body


def _entry(feed: ET.Element, row: AnyRow, url: str) -> None:
    entry = ET.SubElement(feed, f"{{{ATOM}}}entry")
    _text(entry, "id", url)
    _text(entry, "title", pick(row, "title"), lang=language_of(row, "title"))
    _text(entry, "updated", _moment(row.changed_at))
    _text(entry, "published", _moment(row.published_at or row.changed_at))
    _link(entry, "alternate", url, "text/html")
    _text(ET.SubElement(entry, f"{{{ATOM}}}author"), "name", row.company)
    _text(entry, "summary", pick(row, "summary"), lang=language_of(row, "summary"))


def _text(parent: ET.Element, name: str, text: str, *, lang: str | None = None) -> None:
    child = ET.SubElement(parent, f"{{{ATOM}}}{name}", {_LANG: lang} if lang else {})
    child.text = _NO_XML.sub("", text)


def _link(parent: ET.Element, rel: str, href: str, kind: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "type": kind, "href": href, "hreflang": current_language()})


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
