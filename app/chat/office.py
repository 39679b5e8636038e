"""What the sessions of one server share: the corpus as it is answered from, and the store."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rag.errors import UserError

if TYPE_CHECKING:
    from app.chat.examples import Example
    from app.library import Library
    from app.review.reviews import Reviews
    from app.store.database import Database
    from app.store.threads import Threads
    from rag.article.words import Labels
    from rag.conversation import Desk
    from rag.knowledge.library import Knowledge


@dataclass(frozen=True)
class Office:
    """Everything a page needs. Frozen: a session that took it keeps its corpus until its next run."""

    library: Library
    desk: Desk
    labels: Labels
    examples: tuple[Example, ...]
    database: Database
    threads: Threads
    reviews: Reviews

    @property
    def knowledge(self) -> Knowledge:
        return self.desk.knowledge


class _Holder:
    """One office per process."""

    def __init__(self) -> None:
        self.office: Office | None = None


_HOLDER = _Holder()


def open_office(office: Office) -> None:
    """From now on every run of a page takes this one; runs under way keep theirs."""
    _HOLDER.office = office


def the_office() -> Office:
    if _HOLDER.office is None:
        raise UserError("The page was not started by its own command. Start it with `guideline-qa chat`.")
    return _HOLDER.office


def replace_desk(desk: Desk, *, labels: Labels, examples: tuple[Example, ...]) -> None:
    """Put a new corpus and index in the place of the old ones."""
    open_office(replace(the_office(), desk=desk, labels=labels, examples=examples))
