"""Taking a file in, and carrying out what its dry run showed: all of it or nothing."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from sqlalchemy import delete, or_, update

from ipf_talent import clock
from ipf_talent.accounts import audit
from ipf_talent.accounts.models import User
from ipf_talent.accounts.services import refuse_example
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.exchange import comparing, lacking, letters, ooapi, queries, reading, report
from ipf_talent.exchange.comparing import Plan
from ipf_talent.exchange.kinds import Deed, Format, Hold, RunStatus
from ipf_talent.exchange.listings import Listed
from ipf_talent.exchange.models import LONGEST_NAME, ImportFeed, ImportRun
from ipf_talent.exchange.reading import Read
from ipf_talent.exchange.row_writing import Tell, write
from ipf_talent.i18n import _
from ipf_talent.organisations.models import Organisation
from ipf_talent.uploads import MOST_BYTES, read_upload

MOST_ROWS = 5_000
"""All of them are written in one transaction, while others wait: at most 20 s of processor time (`bench.imports`)."""
LONG = 500
"""Above so many rows a job applies the file, and the page shows how far it is."""
STALE = timedelta(minutes=15)
"""Who applies for so long was broken off; nothing was changed, and one may try again."""
KEEP_FILE = timedelta(days=30)
KEEP_RUN = timedelta(days=731)


class Differs(Exception):
    """The listings changed since the dry run, so that another plan would be carried out than the one shown."""

    def __init__(self, plan: Plan, gone: Sequence[str]) -> None:
        super().__init__("the plan is another one now")
        self.plan, self.gone = plan, gone


@dataclass(frozen=True)
class Parsed:
    """A file that was read, with its form."""

    format: Format
    read: Read
    source: dict[str, str]


def parse(data: bytes, filename: str) -> Parsed:
    """Read a file; needs no database, and may take some seconds."""
    if filename.rpartition(".")[2].lower() == "json":
        found = ooapi.read(data, most=MOST_ROWS)
        return Parsed(Format.OOAPI_6 if found.version == 6 else Format.OOAPI_5, found.read, {})
    upload = read_upload(data, filename, most_rows=MOST_ROWS)
    source = {"encoding": upload.encoding, "separator": upload.separator, "sheet": upload.sheet}
    return Parsed(Format.CSV if upload.separator else Format.XLSX, reading.read(upload), source)


@dataclass(frozen=True)
class Sent:
    """
    What somebody sent.

    Attributes:
        feed: name of the file that comes again and again, whose former import this one is laid beside.
        once: key of the form.
    """

    data: bytes
    filename: str
    school_id: int
    feed: str
    once: str


def take_in(parsed: Parsed, sent: Sent, *, by: User, now: datetime) -> ImportRun:
    """
    Keep a file that was read, with what it would do; nothing of the listings changes.

    The same form again gives the import that is there.

    Raises:
        DomainError: an example person sends it for a school that is none.
    """
    if there := queries.sent_with(sent.once):
        return there
    refuse_example(by, of=session.get_one(Organisation, sent.school_id))
    data = sent.data
    feed = _feed(sent.school_id, sent.feed)
    run = ImportRun(
        key=token_hex(8), once=sent.once, school_id=sent.school_id, feed_id=feed.id, by_id=by.id, format=parsed.format,
        label=label_of(sent.filename), size=len(data), sha256=hashlib.sha256(data).hexdigest(), data=None, status=RunStatus.SPOILT,
        created_at=now,
    )  # fmt: skip
    run.feed = feed
    if parsed.read.spoilt or len(data) > MOST_BYTES:
        run.report = report.spoilt(parsed.read.refused, strange=parsed.read.strange, source=parsed.source)
    else:
        run.data = data
        listed = queries.listed(queries.programmes_of(sent.school_id))
        plan = _plan(parsed.read, listed, sent.school_id)
        hold = [Hold.SHRINKS] if comparing.shrinks(feed.rows, plan) else []
        _show(run, plan, parsed.read.strange, parsed.source, comparing.missing(feed.named, plan, listed), hold)
    session.add(run)
    session.flush()
    found = {"format": run.format.value, "status": run.status.value, "rows": run.rows, "refused": run.refused}
    audit.record(by.id, "send_import", "import_run", run.id, **found)
    if run.status is RunStatus.HELD:
        letters.held(run)
    return run


def label_of(filename: str) -> str:
    """The name of a file as a label: no folder, no odd sign, at most 80."""
    name = unicodedata.normalize("NFC", re.split(r"[\\/]", filename)[-1])
    name = "".join(sign for sign in name if sign.isalnum() or sign in " -_.()")
    return " ".join(name.split())[-80:].strip() or "import"


def _feed(school_id: int, name: str) -> ImportFeed:
    name = " ".join(name.split())[:LONGEST_NAME]
    feed = queries.feed(school_id, name)
    if feed is None:
        feed = ImportFeed(school_id=school_id, name=name, rows=0, named=[])
        session.add(feed)
        session.flush()
    return feed


def _plan(read: Read, listed: Mapping[str, Listed], school_id: int) -> Plan:
    return lacking.told(comparing.compare(read, listed, queries.names(school_id)), listed, clock.today())


def _show(
    run: ImportRun, plan: Plan, strange: Sequence[str], source: dict[str, str], gone: Sequence[str], hold: Sequence[Hold] = ()
) -> None:
    """Write the plan into the run, as what is shown and what will be carried out, perhaps after a second person looked."""
    hold = [*hold, Hold.WEIGHTY] if plan.weighty else hold
    run.status = RunStatus.HELD if hold else RunStatus.READY
    run.released_by_id = None if hold else run.released_by_id
    run.report = report.of(plan, strange=strange, missing=gone, source=source) | {"hold": [one.value for one in hold]}
    run.fingerprint = report.fingerprint(plan)
    run.added, run.changed = len(plan.of(Deed.ADDED)), len(plan.of(Deed.CHANGED))
    run.left, run.refused = len(plan.of(Deed.LEFT)), len(plan.of(Deed.REFUSED))


def release(run: ImportRun, *, by: User) -> None:
    """
    A second person finds that a file with far fewer rows is right.

    Raises:
        DomainError: it does not wait for that, or it is the same person.
    """
    if run.by_id == by.id:
        raise DomainError(_("You sent this file yourself. Somebody else has to look."))
    if run.status is not RunStatus.HELD:
        raise DomainError(_("This import does not wait for a second person."))
    run.status, run.released_by_id = RunStatus.READY, by.id
    session.flush()
    audit.record(by.id, "release_import", "import_run", run.id)


def discard(run: ImportRun, *, by: User) -> None:
    """
    Put a file aside; nothing was changed by it.

    Raises:
        DomainError: it was applied already.
    """
    if run.status not in (RunStatus.READY, RunStatus.HELD):
        raise DomainError(_("This import cannot be removed any more."))
    run.status, run.data = RunStatus.DISCARDED, None
    session.flush()
    audit.record(by.id, "discard_import", "import_run", run.id)


def begin(run: ImportRun, *, by: User, without_refused: bool, now: datetime) -> bool:
    """
    Take an import to carry it out; False when somebody has it already, so that pressing twice applies it once.

    Raises:
        DomainError: it cannot be applied, or rows are refused and nobody said to leave them out.
    """
    if run.status in (RunStatus.APPLIED, RunStatus.DISCARDED, RunStatus.SPOILT) or run.data is None:
        if run.status is RunStatus.APPLIED:
            return False
        raise DomainError(_("This import cannot be applied. Send the file again."))
    if run.status is RunStatus.HELD:
        raise DomainError(_("A second person has to look at this import first."))
    if run.refused and not without_refused:
        raise DomainError(
            _("Say that the refused rows may stay out, or mend them and send the file again."), field="without_refused"
        )
    free = or_(
        ImportRun.status == RunStatus.READY, (ImportRun.status == RunStatus.APPLYING) & (ImportRun.applying_since < now - STALE)
    )
    values = {
        "status": RunStatus.APPLYING, "applying_since": now, "applied_by_id": by.id, "without_refused": without_refused,
        "broken_at": None, "version": ImportRun.version + 1,
    }  # fmt: skip
    taken = session.execute(
        update(ImportRun).where(ImportRun.id == run.id, free).values(values).execution_options(synchronize_session=False)
    )
    session.refresh(run)
    return bool(taken.rowcount)  # type: ignore[attr-defined]


def carry_out(run: ImportRun, read: Read, *, now: datetime, tell: Tell = lambda _done: None) -> None:
    """
    Write everything that the dry run showed, in the caller's transaction.

    Raises:
        Differs: the listings changed meanwhile; nothing was written.
        DomainError: the listings refuse a row; the caller rolls back.
    """
    programmes = queries.programmes_of(run.school_id)
    listed = queries.listed(programmes)
    plan = _plan(read, listed, run.school_id)
    if report.fingerprint(plan) != run.fingerprint:
        raise Differs(plan, comparing.missing(run.feed.named, plan, listed))
    targets = write(plan, programmes, run, tell)
    run.feed.rows, run.feed.named, run.feed.applied_at = len(plan.good), sorted(comparing.named(plan, targets)), now
    run.status, run.applied_at, run.data = RunStatus.APPLIED, now, None
    session.flush()
    done = {"added": run.added, "changed": run.changed, "left": run.left, "refused": run.refused}
    audit.record(run.applied_by_id, "apply_import", "import_run", run.id, **done)


def is_stuck(run: ImportRun, now: datetime) -> bool:
    """Whether who applied it was broken off; everything is as it was."""
    return run.status is RunStatus.APPLYING and run.applying_since is not None and run.applying_since < now - STALE


def show_anew(run: ImportRun, differs: Differs) -> None:
    """Put the plan as it is now into the run, for somebody to look at again."""
    before = run.report
    _free(run)
    _show(run, differs.plan, before.get("strange", []), before.get("source", {}), differs.gone)
    session.flush()


def give_up(run: ImportRun, *, now: datetime) -> None:
    """It could not be carried out; everything is as it was, and one may try again."""
    run.broken_at = now
    _free(run)


def _free(run: ImportRun) -> None:
    run.status, run.applying_since, run.applied_by_id, run.without_refused = RunStatus.READY, None, None, False
    session.flush()


def sweep(now: datetime) -> int:
    """Forget files a month old that nobody applied, and whole imports after two years; gives how many."""
    old = ImportRun.created_at < now - KEEP_FILE
    waiting: Any = ImportRun.status.in_((RunStatus.READY, RunStatus.HELD))
    aside = update(ImportRun).where(old, waiting).values(status=RunStatus.DISCARDED, data=None, version=ImportRun.version + 1)
    gone = delete(ImportRun).where(ImportRun.created_at < now - KEEP_RUN)
    without_sync = {"synchronize_session": False}
    return sum(session.execute(one, execution_options=without_sync).rowcount for one in (aside, gone))  # type: ignore[attr-defined]
