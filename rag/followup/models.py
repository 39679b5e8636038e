"""A conversation about one case after another: turns, each with the case as it stood after it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from rag.article.models import Answer, Audience
from rag.case.models import Case
from rag.criteria.determination import CriterionStatus, Record, Status, Strict


class TurnKind(StrEnum):
    """What a message does."""

    QUESTION = "question"
    """Opens a case: nothing said before belongs to it."""
    ADDITION = "addition"
    """Adds facts to the record."""
    CORRECTION = "correction"
    """Puts facts in the place of others."""
    FORM = "form"
    """Values filled in under a question; they replace what the form said before."""
    HYPOTHETICAL = "hypothetical"
    """Supposes facts; the record stays as it is."""
    SELECTION = "selection"
    """Changes payer, policy, state, date of service or how the record is read."""
    AUDIENCE = "audience"
    """The same article in other words."""
    EXPLANATION = "explanation"
    """Asks about the determination as it stands: why, what is missing, what would change it."""
    TOPIC = "topic"
    """Asks what the documents say on something about the case: safety, alternatives, evidence."""
    NEW_CASE = "new_case"
    """Puts the case away; the next message opens another."""
    REFUSAL = "refusal"
    """Out of scope."""
    UNCLEAR = "unclear"
    """Says nothing the case could use; nothing changed."""


class Selection(Strict):
    """What a request fixes beside its words; as ``rag.options.AskOptions``, without facts."""

    on: date
    payer: str | None = None
    policy: str | None = None
    state: str | None = None
    record: Record = Record.OPEN
    audience: Audience = Audience.CLINICIAN


class CaseFile(Strict):
    """The record of one case. ``case.text`` joins all that was said of it; the facts' offsets count in it.

    ``question`` is the question that stands. Suppositions never enter it.
    """

    question: str
    case: Case
    selection: Selection


class FactChange(Strict):
    """A fact that a turn changed, with its values in words; ``None``: not documented. ``fact`` is its id."""

    fact: str
    label: str
    before: str | None
    after: str | None


class CriterionChange(Strict):
    id: str
    label: str
    before: CriterionStatus | None
    after: CriterionStatus | None


class StatusChange(Strict):
    """A policy's status before and after, and the criteria behind it. ``None``: the policy was not decided then."""

    policy_id: str
    before: Status | None
    after: Status | None
    criteria: tuple[CriterionChange, ...] = ()


class Turn(Strict):
    """One message and what came of it.

    ``said``: the user's words, or what was filled in. ``reply``: a sentence or two on what the message did.
    ``answer``: the article it led to, if any (a hypothetical's names its supposition). ``focus``: ids of the sections
    that answer the message, first things first; empty for the whole article. ``case_file``: the record after it;
    ``supposed``: the same with what a hypothetical supposes.
    """

    said: str
    kind: TurnKind
    reply: str
    answer: Answer | None = None
    focus: tuple[str, ...] = ()
    facts: tuple[FactChange, ...] = ()
    statuses: tuple[StatusChange, ...] = ()
    case_file: CaseFile | None = None
    supposed: CaseFile | None = None

    @property
    def hypothetical(self) -> bool:
        return self.kind is TurnKind.HYPOTHETICAL


class Message(Strict):
    """What a user sends. ``note`` is a clinical note that goes with the text.

    ``facts``: values by fact id, as in a facts file (the form); with ``correct`` they replace what the record says.
    ``selection``: what the pickers say, ``None`` to leave it as it is.
    """

    text: str = ""
    note: str | None = None
    facts: dict[str, object] | None = None
    correct: bool = False
    selection: Selection | None = None


__all__ = [
    "CaseFile",
    "CriterionChange",
    "FactChange",
    "Message",
    "Selection",
    "StatusChange",
    "Turn",
    "TurnKind",
]
