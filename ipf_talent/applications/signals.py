"""What responses tell the domains above them, in the transaction of the deed."""

from blinker import Namespace

_ours = Namespace()

placed = _ours.signal("response-placed")
"""`placed.send(application, by=…, now=…)`: it was accepted or confirmed, so the student has the place (4.3)."""
