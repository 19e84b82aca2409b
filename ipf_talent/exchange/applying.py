"""From pressing the button to the end: the file is read before the transaction that writes it begins."""

from collections.abc import Callable

import structlog
from flask import Flask, current_app
from sqlalchemy import select
from sqlalchemy.orm import undefer

from ipf_talent import clock, db, jobs
from ipf_talent.db import session
from ipf_talent.errors import DomainError
from ipf_talent.exchange import services
from ipf_talent.exchange.kinds import Format, RunStatus
from ipf_talent.exchange.models import ImportRun

log = structlog.get_logger()
ENDINGS = {Format.CSV: "csv", Format.XLSX: "xlsx", Format.OOAPI_5: "json", Format.OOAPI_6: "json"}


def progress_name(number: int) -> str:
    """Under which name the queue keeps how many rows are done."""
    return f"import-{number}"


@jobs.job()
def apply_import(number: int) -> None:
    """Carry out an import behind the page, which asks `progress` how far it is."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    finish(number, tell=lambda done: jobs.tell(app, progress_name(number), done))


def finish(number: int, *, tell: Callable[[int], None] = lambda _done: None) -> RunStatus:
    """
    Carry out an import that was begun, in one transaction of its own; gives where it stands then.

    Whatever goes wrong, the listings are as they were and the import can be applied again.
    """
    run = _get(number)
    if run is None or run.status is not RunStatus.APPLYING or run.data is None:
        return run.status if run else RunStatus.DISCARDED
    data, name = run.data, f"import.{ENDINGS[run.format]}"
    session.commit()
    parsed = services.parse(data, name)
    try:
        with db.transaction():
            run = _get(number)
            if run is not None and run.status is RunStatus.APPLYING:
                services.carry_out(run, parsed.read, now=clock.now(), tell=tell)
    except services.Differs as differs:
        _after(number, differs)
    except DomainError as error:
        log.warning("import_refused", number=number, field=error.field)
        _after(number, None)
    except Exception:
        log.exception("import_failed", number=number)
        _after(number, None)
    run = _get(number)
    return run.status if run else RunStatus.DISCARDED


def _get(number: int) -> ImportRun | None:
    query = select(ImportRun).where(ImportRun.id == number).options(undefer(ImportRun.data), undefer(ImportRun.report))
    return session.scalar(query.execution_options(populate_existing=True))


def _after(number: int, differs: services.Differs | None) -> None:
    with db.transaction():
        run = _get(number)
        if run is None:
            return
        if differs:
            services.show_anew(run, differs)
        else:
            services.give_up(run, now=clock.now())
