"""What vacancies tell the domains above them, in the transaction of the deed."""

from blinker import Namespace

_ours = Namespace()

changed = _ours.signal("vacancy-changed")
"""`changed.send(vacancy, tasks=[…])`: target, pay, placing mode or requirements of a published vacancy changed (4.2)."""

closed = _ours.signal("vacancy-closed")
"""`closed.send(vacancy, reason="full" | "period")`: it closed; open responses end with this reason."""

paused = _ours.signal("vacancy-paused")
"""`paused.send(vacancy, reason="company" | "recognition")`: it is hidden; open responses stay."""
