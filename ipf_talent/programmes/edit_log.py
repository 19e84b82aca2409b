"""Where the edits of listings are written down: each at once, or those of an import together."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Insert, Select, bindparam, insert, select, update
from sqlalchemy.orm.exc import StaleDataError

from ipf_talent import clock
from ipf_talent.accounts import audit
from ipf_talent.accounts.models import AuditEntry, User
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.i18n import _
from ipf_talent.organisations.models import Place
from ipf_talent.programmes.levels import Mode, ProgrammeType
from ipf_talent.programmes.listing import ListingStatus
from ipf_talent.programmes.listing_models import FieldSource, ListingField, Submission
from ipf_talent.programmes.models import Offering, Programme
from ipf_talent.skills.models import Skill

RESERVED = frozenset({"new", "edges", "open-days", "import", "export", "review", "following"})
"""Addresses of pages of their own."""
TOGETHER = 300
"""Edits of an import that are written in one go."""


class Changed(DomainError):
    """Somebody else saved this listing in the meantime; nothing was overwritten."""

    def __init__(self) -> None:
        super().__init__(_("Somebody at your school changed this while you were typing. Nothing of theirs is overwritten."))


class EditLog:
    """Writes every edit down at once."""

    def kept(self, programme: Programme) -> frozenset[str]:
        """Names of the fields that a person edited last, as `editing` tells."""
        return frozenset(_kept([programme.id])[programme.id])

    def free_slug(self, title: str, school: str) -> str:
        """School and title as an address, with a number behind it where it is taken."""
        stem = stem_of(title, school)
        taken = set(session.scalars(select(Programme.slug).where(Programme.slug.startswith(stem, autoescape=True)))) | RESERVED
        return next(slug for n in range(1, len(taken) + 2) if (slug := numbered(stem, n)) not in taken)

    def skills(self, slugs: Collection[str]) -> dict[str, int]:
        """Numbers of the skills that there are, by slug."""
        return _numbers(select(Skill.slug, Skill.id).where(Skill.slug.in_(slugs)))

    def electives(self, school_id: int, slugs: Collection[str]) -> dict[str, int]:
        """Numbers of the elective modules of a school, by slug."""
        return _numbers(_electives(school_id).where(Programme.slug.in_(slugs)))

    def note(self, programme: Programme, offering: Offering | None, fields: Iterable[str], by: User | None) -> None:
        """Write down who edited these fields last."""
        number = offering.id if offering else None
        same = ListingField.offering_id == number if number is not None else ListingField.offering_id.is_(None)
        query = select(ListingField).where(ListingField.programme_id == programme.id, same)
        held = {one.field: one for one in session.scalars(query)}
        source = FieldSource.PERSON if by else FieldSource.IMPORT
        for field in sorted(fields):
            row = held.get(field)
            if row is None:
                row = ListingField(programme_id=programme.id, offering_id=number, field=field)
                session.add(row)
            row.edited_by_id, row.source, row.at = (by.id if by else None), source, clock.now()
        session.flush()

    def record(self, by: User | None, action: str, programme: Programme, **detail: Any) -> None:
        """Add a line to the audit trail; a row in `detail` stands there by its number."""
        audit.record(by.id if by else None, action, "programme", programme.id, **_plain(detail))

    def flush(self) -> None:
        """
        Write the rows themselves.

        Raises:
            Changed: somebody else changed one of them in the same moment.
        """
        flush()


class GatheredLog(EditLog):
    """
    The edits of an import of one school, by `editing` as always, and written together; `write` ends it.

    What does not depend on a row is read once, in the beginning. Nobody else may edit the school's listings meanwhile, and the
    session must not flush by itself.

    Args:
        programmes: those of the school, with all that hangs on them.
        by_id: who applies it, and so is no second person for what it brings.
    """

    def __init__(self, school_id: int, programmes: Iterable[Programme], *, by_id: int | None) -> None:
        self._by_id, self._now = by_id, clock.now()
        numbers = [one.id for one in programmes]
        self._kept = _kept(numbers)
        self._taken = set(session.scalars(select(Programme.slug))) | RESERVED
        self._next: dict[str, int] = {}
        self._skills = _numbers(select(Skill.slug, Skill.id))
        self._electives = _numbers(_electives(school_id))
        self._held = _held(numbers)
        self._notes: list[tuple[Programme, Offering | None, str]] = []
        self._lines: list[tuple[str, Programme, dict[str, Any]]] = []
        self._handed: list[tuple[Programme, Offering | None, int | None]] = []
        self._edits = 0

    def kept(self, programme: Programme) -> frozenset[str]:
        return frozenset(self._kept.get(programme.id, ()))

    def free_slug(self, title: str, school: str) -> str:
        stem = stem_of(title, school)
        number = self._next.get(stem, 1)
        while (slug := numbered(stem, number)) in self._taken:
            number += 1
        self._next[stem] = number + 1
        self._taken.add(slug)
        return slug

    def skills(self, slugs: Collection[str]) -> dict[str, int]:
        return {slug: self._skills[slug] for slug in slugs if slug in self._skills}

    def electives(self, school_id: int, slugs: Collection[str]) -> dict[str, int]:
        return {slug: self._electives[slug] for slug in slugs if slug in self._electives}

    def note(self, programme: Programme, offering: Offering | None, fields: Iterable[str], by: User | None) -> None:
        self._notes += [(programme, offering, field) for field in sorted(fields)]

    def record(self, by: User | None, action: str, programme: Programme, **detail: Any) -> None:
        self._lines.append((action, programme, detail))

    def hand_in(self, programme: Programme, offering: Offering | None, by_id: int | None) -> None:
        """Let something new (without an offering the programme itself) wait for a second person, who is not the one named."""
        (offering or programme).status = ListingStatus.IN_REVIEW
        self._handed.append((programme, offering, by_id))

    def flush(self) -> None:
        self._edits += 1
        if self._edits >= TOGETHER:
            self.write()

    def write(self) -> None:
        """
        Write down what was gathered.

        Raises:
            Changed: somebody else changed one of the rows in the same moment.
        """
        flush()
        _many(
            insert(Submission),
            [
                {"programme_id": one.id, "offering_id": offering.id if offering else None, "by_id": by_id, "at": self._now}
                for one, offering, by_id in self._handed
            ],
        )
        self._write_notes()
        _many(
            insert(AuditEntry),
            [
                {"actor_id": None, "action": action, "thing": "programme", "thing_id": one.id, "detail": _plain(detail)}
                for action, one, detail in self._lines
            ],
        )
        self._handed, self._notes, self._lines, self._edits = [], [], [], 0

    def _write_notes(self) -> None:
        said = {"edited_by_id": self._by_id, "source": FieldSource.IMPORT, "at": self._now}
        fresh, again = [], []
        for programme, offering, field in self._notes:
            key = (programme.id, offering.id if offering else None, field)
            if key not in self._held:
                self._held[key] = None
                fresh.append({"programme_id": key[0], "offering_id": key[1], "field": field, **said})
            elif (number := self._held[key]) is not None:
                again.append({"number": number, **said})
        _many(insert(ListingField), fresh)
        if again:
            table: Any = ListingField.__table__
            session.connection().execute(update(table).where(table.c.id == bindparam("number")), again)


def flush() -> None:
    """
    Write what waits in the session.

    Raises:
        Changed: somebody else changed one of the rows in the same moment.
    """
    try:
        session.flush()
    except StaleDataError:
        raise Changed from None


def stem_of(title: str, school: str) -> str:
    """School and title as an address."""
    plain = unicodedata.normalize("NFKD", f"{school} {title}").encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:70].strip("-") or "programme"


def numbered(stem: str, number: int) -> str:
    """An address with a number behind it, from the second on."""
    return stem if number == 1 else f"{stem}-{number}"


def spot(place: str | None, mode: Mode) -> str:
    """How an offering is called in the names of kept fields."""
    return f"{place or ''}/{mode.value}"


def _numbers(query: Select[str, int]) -> dict[str, int]:
    return {row[0]: row[1] for row in session.execute(query)}


def _electives(school_id: int) -> Select[str, int]:
    query = select(Programme.slug, Programme.id)
    return query.where(Programme.institution_id == school_id, Programme.type == ProgrammeType.ELECTIVE)


def _kept(numbers: Collection[int]) -> dict[int, set[str]]:
    query = select(ListingField.programme_id, ListingField.field, Offering.mode, Place.name, ListingField.offering_id)
    query = query.join(Offering, Offering.id == ListingField.offering_id, isouter=True).join(Offering.place, isouter=True)
    query = query.where(ListingField.source == FieldSource.PERSON)
    found: dict[int, set[str]] = defaultdict(set)
    for some in _some(numbers):
        for number, field, mode, place, offering in session.execute(query.where(ListingField.programme_id.in_(some))):
            found[number].add(field if offering is None else f"{spot(place, mode)}/{field}")
    return found


def _held(numbers: Collection[int]) -> dict[tuple[int, int | None, str], int | None]:
    query = select(ListingField.programme_id, ListingField.offering_id, ListingField.field, ListingField.id)
    return {
        (programme, offering, field): number
        for some in _some(numbers)
        for programme, offering, field, number in session.execute(query.where(ListingField.programme_id.in_(some)))
    }


def _some(numbers: Collection[int]) -> Iterable[list[int]]:
    """A few at a time: a statement takes so many values."""
    every = sorted(numbers)
    return (every[start : start + 500] for start in range(0, len(every), 500))


def _many(statement: Insert, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(statement, rows)


def _plain(detail: Mapping[str, Any]) -> dict[str, Any]:
    return {name: getattr(value, "id", value) for name, value in detail.items()}
