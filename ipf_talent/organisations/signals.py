"""What organisations tell the domains above them; these listen, organisations know none of them."""

from blinker import Namespace

_ours = Namespace()

recognition_lost = _ours.signal("recognition-lost")
"""
`recognition_lost.send(establishment_id, crebo=…, reason=…)`: a recognition was suspended, revoked or has lapsed, in the transaction
that writes it down; `reason` is the `RecognitionStatus` it has now. Who listens pauses the places that depend on it (R1).
"""
