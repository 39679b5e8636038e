"""How long work tells whoever draws it how far it is."""

from typing import Protocol


class Progress(Protocol):
    """Called with units done, units in all, and what is being done, in words for the user."""

    def __call__(self, done: int, total: int, what: str) -> None: ...


def silent(done: int, total: int, what: str) -> None:
    """Progress nobody watches."""
