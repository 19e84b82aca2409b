"""Many at once: a deed in threads and transactions of their own, on a database that they use for real (`busy_app`)."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask

from ipf_talent import db
from ipf_talent.errors import DomainError


def all_at_once(app: Flask, deed: Callable[[Any], Any], arguments: Sequence[Any]) -> list[Any]:
    """Do it for each argument in a thread and a transaction of its own, starting together; what a refusal gives is its class."""
    gate = threading.Barrier(len(arguments))

    def run(argument: Any) -> Any:
        with app.test_request_context():
            gate.wait(timeout=30)
            try:
                with db.transaction():
                    return deed(argument)
            except DomainError as error:
                return type(error)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(run, arguments))
