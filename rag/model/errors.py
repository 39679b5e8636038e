"""What can go wrong with a language model. No message holds words of a prompt or a reply: messages are logged."""

from __future__ import annotations

from rag.errors import UserError


class ModelSetupError(UserError):
    """The model that was asked for cannot be opened: a name, a key, an address or a package."""


class ModelFailure(Exception):
    """The model was asked and gave nothing usable; the article goes on without it. The message says why, in words.

    ``seconds``: how long that took.
    """

    def __init__(self, why: str, *, seconds: float = 0.0) -> None:
        super().__init__(why)
        self.seconds = seconds


class BudgetSpent(ModelFailure):
    """The tokens or seconds allowed for this answer are used up."""
