"""What can go wrong in a way that a person at the screen can mend."""

from collections.abc import Sequence


class DomainError(Exception):
    """A refusal with a sentence for the person at the screen; `field` names the form field it belongs to, if any."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Refusals(DomainError):
    """Everything that is refused at once, so that nobody mends one thing to meet the next; never empty."""

    def __init__(self, found: Sequence[DomainError]) -> None:
        super().__init__(found[0].message, found[0].field)
        self.found = tuple(found)


class NotFound(DomainError):
    """The thing asked for is not there, or not for this person."""
