"""What the page is told of an article: data the browser sets as text, and nothing it could read as markup.

Offsets count UTF-16 units, as the browser does. ``passage`` and ``span`` are places in the lists of the payload.
"""

from __future__ import annotations

from typing import Literal

from rag.criteria.determination import CriterionStatus, Status, Strict


class StatusBanner(Strict):
    """What a reader must know before reading: who has reviewed the article, if anybody."""

    review: Literal["submitted", "under_review", "approved"]
    words: str
    detail: str


class VerdictCard(Strict):
    """``status`` is None where nothing was decided; ``words`` say what kind of answer it is then."""

    status: Status | None
    words: str
    headline: str
    basis: str


class PolicyLine(Strict):
    policy_id: str
    title: str
    payer: str
    version: str
    window: str
    status: Status
    words: str
    reason: str


class ClaimData(Strict):
    """A sentence. ``spans``: the words of the record it rests on; ``checked``: it rests on the criteria check.

    ``copied``: what goes to the clipboard.
    """

    text: str
    basis: str
    citations: tuple[int, ...]
    spans: tuple[int, ...]
    checked: bool
    criteria: tuple[str, ...]
    copied: str


class SectionData(Strict):
    id: str
    heading: str
    open: bool
    claims: tuple[ClaimData, ...]
    copied: str


class Source(Strict):
    """A section of a document, once, however many passages are cut from it. ``url`` is a web address or None.

    ``text`` is None where the corpus no longer holds the section: the quote is all there is to show then.
    """

    title: str
    publisher: str
    kind: str
    heading: str
    text: str | None
    last_checked: str
    basis: str
    basis_note: str | None
    url: str | None


class Passage(Strict):
    """Words of a source, as cited: they stand at ``start:end`` of its text, or nowhere in it any more (None)."""

    source: str
    version: str
    window: str
    quote: str
    start: int | None
    end: int | None
    page: int | None = None


class ReferenceData(Strict):
    """``cited`` is the entry as a bibliography prints it; ``said``: its quote stands as a sentence of the article."""

    n: int
    passage: int
    cited: str
    said: bool


class FactData(Strict):
    """A fact as read. ``span`` is None where it rests on no words of the record."""

    label: str
    value: str
    support: str
    quote: str | None
    span: int | None


class Segment(Strict):
    """A stretch of the record that lies in the same spans throughout."""

    text: str
    spans: tuple[int, ...]


class ConflictData(Strict):
    """Facts that contradict each other; ``facts`` are places in ``RecordData.facts``."""

    label: str
    question: str
    facts: tuple[int, ...]


class RecordData(Strict):
    segments: tuple[Segment, ...]
    facts: tuple[FactData, ...]
    conflicts: tuple[ConflictData, ...]


class CheckRowData(Strict):
    """``facts``: places in ``RecordData.facts`` of those used; ``unknown``: labels of what the record leaves out."""

    id: str
    label: str
    status: CriterionStatus
    words: str
    depth: int
    remarks: tuple[str, ...]
    facts: tuple[int, ...]
    unknown: tuple[str, ...]
    passage: int


class NoteData(Strict):
    lead: str
    items: tuple[str, ...]


class Count(Strict):
    status: CriterionStatus
    words: str
    count: int


class ChecklistData(Strict):
    policy_id: str
    name: str
    title: str
    status: Status
    words: str
    rows: tuple[CheckRowData, ...]
    counts: tuple[Count, ...]
    notes: tuple[NoteData, ...]
    would_change: tuple[str, ...]


class Cell(Strict):
    """A few items of a longer list; ``more``: how many are left out."""

    items: tuple[str, ...]
    more: int


class ComparisonRow(Strict):
    heading: str
    cells: tuple[Cell, ...]


class Comparison(Strict):
    """Policies side by side: a column for each of ``policies``, a cell of it in each row."""

    policies: tuple[PolicyLine, ...]
    rows: tuple[ComparisonRow, ...]


class Reading(Strict):
    """How one policy takes a fact."""

    policy: str
    criterion: str
    status: CriterionStatus
    words: str
    remarks: tuple[str, ...]
    passage: int


class Disagreement(Strict):
    """A fact that meets a criterion of one policy and fails one of another."""

    fact: str
    readings: tuple[Reading, ...]


class SideData(Strict):
    """What one document says; ``basis`` is None where the publisher's own text confirms it."""

    kind: str
    publisher: str
    title: str
    says: str
    quote: str
    basis: str | None
    passage: int


class GuidelineConflict(Strict):
    """A point on which guidelines and policies do not say the same."""

    point: str
    sides: tuple[SideData, ...]


class StatusWords(Strict):
    status: str
    words: str


class Move(Strict):
    """Something that changed; None where it was not there."""

    label: str
    before: StatusWords | None
    after: StatusWords | None


class PolicyMove(Strict):
    policy: Move
    criteria: tuple[Move, ...]


class Changes(Strict):
    """What the last message changed."""

    facts: tuple[Move, ...]
    policies: tuple[PolicyMove, ...]


class ArticleData(Strict):
    """All of it. ``sources`` by ``document#anchor``."""

    question: str
    hypothesis: str | None
    banner: StatusBanner
    verdict: VerdictCard
    policies: tuple[PolicyLine, ...]
    set_aside: tuple[str, ...]
    changes: Changes | None
    sections: tuple[SectionData, ...]
    references: tuple[ReferenceData, ...]
    sources: dict[str, Source]
    passages: tuple[Passage, ...]
    record: RecordData
    checklists: tuple[ChecklistData, ...]
    comparison: Comparison | None
    disagreements: tuple[Disagreement, ...]
    guideline_conflicts: tuple[GuidelineConflict, ...]
    limitations: tuple[str, ...]
    footer: tuple[str, ...]
