"""Errors a user can mend: each message says what happened, where, and what to do."""


class UserError(Exception):
    """Something in the request cannot be used as given."""


class UnknownName(UserError):
    """A payer, policy, state or document that is not known; the message lists the known ones."""

    def __init__(self, what: str, given: str, known: list[str]) -> None:
        super().__init__(f"There is no {what} {given!r}. Known: {', '.join(known)}.")
