"""Accounts, memberships, one-time links, counted attempts and the audit trail."""

from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from flask_login import UserMixin
from sqlalchemy import ForeignKey, Index, String, Table, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ipf_talent import clock
from ipf_talent.accounts import append_only
from ipf_talent.accounts.roles import Role
from ipf_talent.db import Base
from ipf_talent.organisations.models import Organisation

_NOWHERE = text("organisation_id IS NULL")


class User(UserMixin, Base):  # type: ignore[misc]
    """A person with an account; from 16 years (R8)."""

    __tablename__ = "user_account"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    """Lower case."""
    display_name: Mapped[str] = mapped_column(String(80))
    password_hash: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(2), default="nl")
    session_epoch: Mapped[int] = mapped_column(default=0)
    """Raised to end every open session of this person at its next request."""
    confirmed_at: Mapped[datetime | None]
    """When the address was confirmed; until then nobody can sign in."""
    closed_at: Mapped[datetime | None]
    is_demo: Mapped[bool] = mapped_column(default=False)
    """An example person, open to everyone in demo mode."""
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    memberships: Mapped[list["Membership"]] = relationship(back_populates="user", cascade="all, delete-orphan")

    def get_id(self) -> str:
        """What the session remembers: the row and the epoch, so that a raised epoch ends it."""
        return f"{self.id}.{self.session_epoch}"

    def has_role(self, *roles: Role) -> bool:
        """Whether this person holds one of the roles anywhere."""
        return any(m.role in roles for m in self.memberships)

    def organisation_ids(self, *roles: Role) -> set[int]:
        """Organisations where this person holds one of the roles (any role when none is named)."""
        held = (m for m in self.memberships if not roles or m.role in roles)
        return {m.organisation_id for m in held if m.organisation_id is not None}


class Membership(Base):
    """A person's role at an organisation, or on the platform when there is none."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("user_id", "organisation_id", "role"),
        Index("uq_membership_platform", "user_id", "role", unique=True, sqlite_where=_NOWHERE, postgresql_where=_NOWHERE),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    user: Mapped[User] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation | None] = relationship()


class Purpose(StrEnum):
    """What a one-time link is for."""

    CONFIRM = "confirm"
    RESET = "reset"
    CHANGE_EMAIL = "change_email"


class OneTimeLink(Base):
    """A link sent by mail; only a hash of its secret is kept, and it works once."""

    __tablename__ = "one_time_link"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[Purpose]
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    new_email: Mapped[str | None] = mapped_column(String(254))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    user: Mapped[User] = relationship()


class Invitation(Base):
    """A request by mail to take a role at an organisation; it works once, for whoever reads that address."""

    __tablename__ = "invitation"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    """Lower case."""
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role]
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    """When it was accepted or taken back."""
    organisation: Mapped[Organisation] = relationship()


class Attempt(Base):
    """One try at something that can be guessed or flooded; the key is a keyed hash of an address or a network address."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_window", "kind", "key", "at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class AuditEntry(Base):
    """Who did what to which thing, and when; rows are added and never changed."""

    __tablename__ = "audit_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    actor_id: Mapped[int | None] = mapped_column(index=True)
    """The person's number; no foreign key, so that the entry outlives the account."""
    action: Mapped[str] = mapped_column(String(60))
    thing: Mapped[str] = mapped_column(String(40))
    thing_id: Mapped[int | None]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Facts without personal text or secrets."""


append_only.guard(cast(Table, AuditEntry.__table__))
