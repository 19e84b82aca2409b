"""What accounts tell the domains above them; these listen, accounts know none of them."""

from blinker import Namespace

_ours = Namespace()

signed_in = _ours.signal("signed-in")
"""`signed_in.send(user)`: a session of this person has just begun, inside the request that commits afterwards."""

closing = _ours.signal("closing")
"""`closing.send(user)`: the account is about to be deleted, in the transaction that does so."""

letter = _ours.signal("letter")
"""`letter.send(name, to=…, language=…, values={…})`: a mail is wanted; whoever listens writes it down in this transaction."""
