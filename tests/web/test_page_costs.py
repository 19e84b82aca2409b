"""What a page costs: statements, bytes, and nothing from outside, for every page a guest can open."""

import gzip
import re
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import event
from sqlalchemy.engine import Engine

from ipf_talent.profiles.card import Card, KnownSkill
from ipf_talent.programmes.levels import StartingPoint
from tests.web.pages import public_addresses

STATIC = Path(__file__).parents[2] / "static"
CARD = Card(
    point=StartingPoint.MBO_4,
    skills=tuple(KnownSkill(slug) for slug in ("plc-programming", "cad", "mechatronics")),
    wish="Ik wil leren hoe je robots programmeert.",
    place="Drachten",
    travel_km=60,
)
LISTS = ("/programmes", "/vacancies", "/companies", "/institutions", "/skills", "/occupations")


@pytest.fixture
def known_visitor(visitor):
    """A guest who has said where they stand."""
    with visitor.session_transaction() as cookie:
        cookie["card"] = CARD.as_json()
    return visitor


def counted(client, address):
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        if not statement.lstrip().upper().startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA", "BEGIN")):
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        return client.get(address), seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_no_page_takes_more_than_twelve_statements_or_fifty_kilobytes(app, known_visitor):
    costs = {}
    for address in public_addresses(app):
        answer, statements = counted(known_visitor, address)
        assert answer.status_code in (200, 303, 404, 410), address
        size = len(gzip.compress(answer.data, 6))
        if len(statements) > 12 or size > 50_000 or (address in LISTS and len(statements) > 6):
            costs[address] = (len(statements), size)
    assert costs == {}


def test_every_page_answers_in_three_languages_and_says_which(app, known_visitor):
    for address in public_addresses(app):
        for language in ("nl", "fy", "en"):
            answer = known_visitor.get(f"{address}{'&' if '?' in address else '?'}lang={language}")
            assert answer.status_code in (200, 303, 404, 410), (address, answer.status_code)
            if answer.status_code == 200:
                assert f'<html lang="{language}"' in answer.text, address


def test_every_page_is_whole(app, known_visitor):
    """One heading of the first rank, no inline code, no foreign resource, no id twice, no link that leads nowhere."""
    for address in public_addresses(app):
        answer = known_visitor.get(address)
        if answer.status_code != 200:
            continue
        page = BeautifulSoup(answer.text, "html.parser")
        assert len(page.find_all("h1")) == 1, address
        assert page.title.text.endswith("– IPF Talent"), address
        assert not page.find_all(style=True), address
        assert not [tag for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)], address
        assert not [tag for tag in page.find_all("script") if not tag.get("src") and tag.get("type") != "application/ld+json"], (
            address
        )
        asked = [tag.get("src") or tag.get("href") for tag in page.find_all(["script", "img", "link"])]
        hosts = [url for url in asked if url and url.startswith("http") and not url.startswith("http://localhost")]
        assert hosts == [], address
        ids = [tag["id"] for tag in page.find_all(id=True)]
        assert sorted(ids) == sorted(set(ids)), address
        assert not page.find_all("a", href=re.compile(r"^#?$")), address
        levels = [int(tag.name[1]) for tag in page.find_all(re.compile(r"^h[1-6]$"))]
        assert all(later - earlier <= 1 for earlier, later in pairwise(levels)), (address, levels)


def test_internal_links_lead_somewhere(app, known_visitor):
    links = set()
    for address in public_addresses(app):
        page = BeautifulSoup(known_visitor.get(address).text, "html.parser")
        links |= {
            tag["href"].partition("#")[0] for tag in page.select("main a[href^='/'], footer a[href^='/'], header a[href^='/']")
        }
    plain = sorted(link for link in links if link and "?" not in link and not link.startswith("/static"))
    broken = {link: status for link in plain if (status := known_visitor.get(link).status_code) not in (200, 302, 303, 410)}
    assert broken == {}
    assert len(plain) > 100


def test_styles_and_scripts_stay_under_eighty_kilobytes():
    vendored = (STATIC / "vendor").glob("*/*.min.*")
    own = [*(STATIC / "css").glob("*.css"), *(STATIC / "js").glob("*.js")]
    assert sum(len(gzip.compress(path.read_bytes(), 6)) for path in [*vendored, *own]) < 80_000
