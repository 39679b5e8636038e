"""The parts a rendered article is made of: what is shown, in which order, with no say on how it looks."""

from __future__ import annotations

from dataclasses import dataclass

from rag.article.models import Reference
from rag.criteria.determination import CriterionStatus, Status


@dataclass(frozen=True)
class Heading:
    """``level`` counts from 1, as in Markdown."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Quotation:
    """Words of the user, shown as theirs; ``lead`` says what they are."""

    text: str
    lead: str = "Question"


@dataclass(frozen=True)
class Banner:
    """The verdict: what a reader sees first. ``status`` is None where nothing was decided."""

    status: Status | None
    words: str
    headline: str
    basis: str


@dataclass(frozen=True)
class Sentence:
    """A claim with its support: reference numbers, words of the record, and what the check was about."""

    text: str
    markers: tuple[int, ...] = ()
    support: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sentences:
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class PolicyRow:
    """One policy's decision in a line or two."""

    policy_id: str
    title: str
    payer: str
    version: str
    window: str
    status: Status
    words: str
    reason: str


@dataclass(frozen=True)
class PolicyTable:
    rows: tuple[PolicyRow, ...]


@dataclass(frozen=True)
class CheckRow:
    """A criterion, or at ``depth`` 1 a part of the one above it. ``remarks`` are short phrases."""

    id: str
    label: str
    status: CriterionStatus
    words: str
    source: str
    depth: int
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Note:
    """A lead-in and what it introduces."""

    lead: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Checklist:
    """All criteria of one policy. A renderer with little room may leave out rows that are met or do not apply."""

    title: str
    status: Status
    words: str
    rows: tuple[CheckRow, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True)
class References:
    entries: tuple[Reference, ...]


Block = Heading | Paragraph | Quotation | Banner | Sentences | PolicyTable | Checklist | Bullets | References
Blocks = tuple[Block, ...]
