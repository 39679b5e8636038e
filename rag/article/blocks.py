"""The parts a rendered article is made of: what is shown, in which order, with no say on how it looks."""

from __future__ import annotations

from collections.abc import Iterable
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
    """A claim with its support: reference numbers, words of the record, and whether it rests on the criteria check.

    ``criteria`` are those the check is about.
    """

    text: str
    markers: tuple[int, ...] = ()
    said: tuple[str, ...] = ()
    checked: bool = False
    criteria: tuple[str, ...] = ()


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
    """A criterion, or at ``depth`` 1 a part of the one above it. ``remarks`` are short phrases.

    ``binding``: it holds the verdict up as long as it is open. ``alternative_to``: the criterion it can stand in for.
    """

    id: str
    label: str
    status: CriterionStatus
    words: str
    source: str
    depth: int
    binding: bool
    alternative_to: str | None
    remarks: tuple[str, ...]


Group = tuple[CheckRow, ...]


def grouped(rows: Iterable[CheckRow]) -> list[Group]:
    """Each criterion with the parts that follow it."""
    groups: list[list[CheckRow]] = []
    for row in rows:
        if row.depth and groups:
            groups[-1].append(row)
        else:
            groups.append([row])
    return [tuple(group) for group in groups]


def has_failed(group: Group) -> bool:
    """Whether a binding criterion, or a part of it, is not met: worth reading even while the criterion is open."""
    return group[0].binding and any(row.status is CriterionStatus.NOT_MET for row in group)


@dataclass(frozen=True)
class Note:
    """A lead-in and what it introduces. One that is ``essential`` is shown however little room there is."""

    lead: str
    items: tuple[str, ...]
    essential: bool = False


@dataclass(frozen=True)
class Checklist:
    """All criteria of one policy. A renderer with little room may leave out rows that are met or do not apply."""

    policy_id: str
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
    """The bibliography. ``said``: quotes that stand as sentences of the article, and need no repeating."""

    entries: tuple[Reference, ...]
    said: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Item:
    """An item of a numbered list, with what is said of it below."""

    text: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Numbered:
    """A list whose items are spoken of by number, from 1."""

    items: tuple[Item, ...]


@dataclass(frozen=True)
class Signature:
    """Lines left blank for a person to fill in by hand, each with its name."""

    fields: tuple[str, ...]


Block = (
    Heading
    | Paragraph
    | Quotation
    | Banner
    | Sentences
    | PolicyTable
    | Checklist
    | Bullets
    | Numbered
    | References
    | Signature
)
Blocks = tuple[Block, ...]
