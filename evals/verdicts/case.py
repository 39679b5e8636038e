"""A labelled case: a record in words and in facts, a policy, a day, and the status the policy's words give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from evals.citations.halves import half_of
from evals.frame.models import Half
from rag.criteria.determination import Status


@dataclass(frozen=True)
class Sentence:
    """A sentence of the text form, and the one fact it states."""

    fact: str
    value: object
    words: str


@dataclass(frozen=True)
class VerdictCase:
    """``group``: cases of one table, or a note; they share a half. ``facts`` as in a facts file, ``None`` where the
    case has no facts form; ``text`` likewise. ``base``: what the base says that the row leaves out.

    ``source``: the file it was brought in; "" for the project's own. ``sentences``: the text in parts; empty for a
    text written by hand.
    """

    id: str
    group: str
    policy: str
    on: date
    status: Status
    because: str
    text: str | None
    facts: Mapping[str, object] | None
    sentences: tuple[Sentence, ...] = ()
    left_out: tuple[Sentence, ...] = ()
    source: str = ""

    @property
    def half(self) -> Half:
        return half_of(self.group)

    @property
    def written(self) -> str:
        """How it was made: a row of a table, or a note by hand."""
        return "table" if self.sentences else "by hand"

    @property
    def said(self) -> str:
        """The case in words, for the reader of a failure."""
        return self.text or "; ".join(f"{name} = {value}" for name, value in (self.facts or {}).items())
