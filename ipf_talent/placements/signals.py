"""What placements tell whoever listens, in the transaction that writes it down."""

from blinker import Namespace

_ours = Namespace()

interrupted = _ours.signal("placement-interrupted")
"""`interrupted.send(placement, reason=…)`: the student cannot go on there for now; `reason` is a `kinds.Reason` (R20)."""

ended = _ours.signal("placement-ended")
"""`ended.send(placement)`: it was completed, ended early or cancelled."""

started = _ours.signal("placement-started")
"""`started.send(placement)`: its first day has come and everything is there."""

completing = _ours.signal("placement-completing")
"""`completing.send(placement)`: somebody wants to complete it; who listens gives sentences about what is missing."""

reaching = _ours.signal("placement-reaching")
"""
`reaching.send(placement, side=…, what=…, name=…, email=…)`: somebody without an account is told something of the agreement.

Who listens gives what a link of their own lets them do (`sign`, `answer` or `read`) and that link, or nothing.
"""
