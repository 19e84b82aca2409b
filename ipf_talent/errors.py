"""What can go wrong in a way that a person at the screen can mend."""


class DomainError(Exception):
    """A refusal with a sentence for the person at the screen; `field` names the form field it belongs to, if any."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotFound(DomainError):
    """The thing asked for is not there, or not for this person."""
