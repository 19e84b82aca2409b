"""Imports of a school: every file that was sent, what it would do or did, and what each feed named last."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from ipf_talent import clock
from ipf_talent.accounts.models import User
from ipf_talent.db import Base
from ipf_talent.exchange.kinds import Format, RunStatus
from ipf_talent.organisations.models import Organisation

LONGEST_NAME = 40


class ImportFeed(Base):
    """A file that comes again and again, and what it named when it was applied last."""

    __tablename__ = "import_feed"
    __table_args__ = (UniqueConstraint("school_id", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    rows: Mapped[int] = mapped_column(default=0)
    """Good rows of the last import; 0 before the first."""
    named: Mapped[list[str]] = mapped_column(default=list)
    """Keys of these rows, so that the next import can say which are missing."""
    applied_at: Mapped[datetime | None]


class ImportRun(Base):
    """One file, from the dry run to what became of it. An import never publishes and never changes a decided status."""

    __tablename__ = "import_run"
    __table_args__ = (
        CheckConstraint("(status = 'applied') = (applied_at IS NOT NULL)", name="applied"),
        CheckConstraint("size >= 0", name="size"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(16), unique=True)
    """For addresses."""
    once: Mapped[str] = mapped_column(String(32), unique=True)
    """Key of the form that made it, so that pressing twice makes one."""
    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    feed_id: Mapped[int] = mapped_column(ForeignKey("import_feed.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"), index=True)
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    """The second person, for one that was held."""
    applied_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    format: Mapped[Format]
    label: Mapped[str] = mapped_column(String(80))
    """The name of the file, cleaned."""
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    data: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    """The file, until it is applied, put aside or a month old."""
    status: Mapped[RunStatus] = mapped_column(index=True)
    added: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    left: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    report: Mapped[dict[str, Any]] = mapped_column(default=dict, deferred=True)
    """Row by row, as `report` makes it."""
    fingerprint: Mapped[str] = mapped_column(String(64), default="")
    """Of the plan that the report shows: another plan is shown first before it is carried out."""
    without_refused: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whoever applied it left the refused rows out on purpose."""
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    applying_since: Mapped[datetime | None]
    applied_at: Mapped[datetime | None]
    broken_at: Mapped[datetime | None]
    """When applying it last failed; everything stayed as it was."""
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    school: Mapped[Organisation] = relationship()
    feed: Mapped[ImportFeed] = relationship()
    by: Mapped[User | None] = relationship(foreign_keys=by_id)
    released_by: Mapped[User | None] = relationship(foreign_keys=released_by_id)
    applied_by: Mapped[User | None] = relationship(foreign_keys=applied_by_id)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 as SQLAlchemy declares it

    @property
    def standing(self) -> str:
        """Its status; of one that is ready and would do nothing `nothing`, or `all_refused`."""
        if self.status is not RunStatus.READY or self.added or self.changed:
            return self.status.value
        return "all_refused" if self.refused and not self.left else "nothing"

    @property
    def rows(self) -> int:
        """Rows of the file."""
        return self.added + self.changed + self.left + self.refused
