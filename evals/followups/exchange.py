"""A message sent, and what came back."""

from __future__ import annotations

from dataclasses import dataclass

from evals.frame.metric import Check
from rag.followup.models import CaseFile, Turn


@dataclass(frozen=True)
class Exchange:
    """``before``: the case file as it stood. ``turn``: None where the conversation raised ``error``.

    A UserError or FactsError is ``told`` to the user, all else is a crash.
    """

    before: CaseFile | None
    turn: Turn | None
    error: str = ""
    told: bool = False


def missing(expected: str, exchange: Exchange, part: str = "") -> Check:
    """A turn that is not there fails each judgement."""
    return Check(0, expected, exchange.error or "no turn", part)
