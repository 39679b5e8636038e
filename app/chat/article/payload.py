"""From an answer to what the page shows of it. Words come from the blocks every renderer shares."""

from __future__ import annotations

from collections.abc import Sequence

from app.chat.article.changes import changes_of
from app.chat.article.checks import checklist_data, comparison, disagreements
from app.chat.article.guideline_conflicts import guideline_conflicts
from app.chat.article.models import (
    ArticleData,
    ChecklistData,
    ClaimData,
    PolicyLine,
    ReferenceData,
    SectionData,
    StatusBanner,
    VerdictCard,
)
from app.chat.article.passages import Passages
from app.chat.article.record import Spans, record_data
from app.chat.article.text import safe
from app.sources import labels_of
from rag.article.blocks import Banner, Blocks, Bullets, Checklist, PolicyTable, References, Sentences
from rag.article.copied import copied_claim, copied_section
from rag.article.determination_blocks import policy_table
from rag.article.layout import answer_blocks
from rag.article.models import Answer, Claim, Reference, Review, Section
from rag.article.words import Labels, published, writer_words
from rag.criteria.determination import Status
from rag.followup.models import Turn
from rag.knowledge.library import Knowledge


def payload(
    answer: Answer, knowledge: Knowledge, *, focus: Sequence[str] = (), turn: Turn | None = None
) -> ArticleData:
    """All the component needs; ``model_dump(mode="json")`` of it is what the browser gets.

    ``focus``: sections that come first and stand open, the others fold; with none, all stand open in their order.
    """
    labels, passages, spans = labels_of(knowledge), Passages(knowledge), Spans(answer)
    blocks = answer_blocks(answer, labels)
    references = _references(blocks, passages)
    policies = _policies(blocks)
    checklists = _checklists(blocks, answer, labels, passages)
    conflicts = guideline_conflicts(answer.conflicts, passages)
    return ArticleData(
        question=safe(answer.question),
        hypothesis=safe(answer.hypothesis) if answer.hypothesis else None,
        banner=_banner(answer.review),
        verdict=_verdict(blocks),
        policies=policies,
        set_aside=_set_aside(answer, labels),
        changes=changes_of(turn, knowledge),
        sections=_sections(blocks, answer, spans, focus),
        references=references,
        sources={safe(key): source for key, source in passages.sources.items()},
        passages=passages.found,
        record=record_data(answer, knowledge, labels, spans),
        checklists=checklists,
        comparison=comparison(policies, checklists),
        disagreements=disagreements(answer.determinations, checklists, labels),
        guideline_conflicts=conflicts,
        limitations=tuple(safe(item) for item in answer.limitations),
        footer=_footer(answer),
    )


def _references(blocks: Blocks, passages: Passages) -> tuple[ReferenceData, ...]:
    listed = (block for block in blocks if isinstance(block, References))
    return tuple(
        _reference(entry, passages, said=entry.quote in block.said) for block in listed for entry in block.entries
    )


def _reference(reference: Reference, passages: Passages, *, said: bool) -> ReferenceData:
    page = f", page {reference.page}" if reference.page else ""
    cited = f"{reference.title}. {published(reference)}, last checked {reference.last_checked}{page}."
    return ReferenceData(n=reference.n, passage=passages.cited(reference), cited=safe(cited), said=said)


def _banner(review: Review) -> StatusBanner:
    by = safe(review.reviewer or "a reviewer")
    on = f"{review.at:%Y-%m-%d %H:%M}" if review.at else "a date not recorded"
    words, detail = {
        "submitted": ("For education, pending human review", "No person has reviewed this article yet."),
        "under_review": ("For education, under human review", f"Under review by {by} since {on}."),
        "approved": ("For education, reviewed by a person", f"Approved by {by} on {on}."),
    }[review.status]
    return StatusBanner(review=review.status, words=words, detail=detail)


def _verdict(blocks: Blocks) -> VerdictCard:
    banner = next(block for block in blocks if isinstance(block, Banner))
    words = banner.words[:1].upper() + banner.words[1:]
    return VerdictCard(status=banner.status, words=words, headline=safe(banner.headline), basis=safe(banner.basis))


def _policies(blocks: Blocks) -> tuple[PolicyLine, ...]:
    rows = [row for block in blocks if isinstance(block, PolicyTable) for row in block.rows]
    return tuple(
        PolicyLine(
            policy_id=row.policy_id,
            title=safe(row.title),
            payer=safe(row.payer),
            version=safe(row.version),
            window=row.window,
            status=row.status,
            words=row.words,
            reason=safe(row.reason),
        )
        for row in rows
    )


def _set_aside(answer: Answer, labels: Labels) -> tuple[str, ...]:
    lists = (block for block in policy_table(answer.determinations, labels) if isinstance(block, Bullets))
    return tuple(safe(item) for block in lists for item in block.items)


def _checklists(blocks: Blocks, answer: Answer, labels: Labels, passages: Passages) -> tuple[ChecklistData, ...]:
    decided = {found.policy_id: found for found in answer.determinations if found.status is not Status.NOT_APPLICABLE}
    return tuple(
        checklist_data(block, decided[block.policy_id], case=answer.case, labels=labels, passages=passages)
        for block in blocks
        if isinstance(block, Checklist)
    )


def _sections(blocks: Blocks, answer: Answer, spans: Spans, focus: Sequence[str]) -> tuple[SectionData, ...]:
    shown = [section for section in answer.sections if section.claims]
    bodies = [block for block in blocks if isinstance(block, Sentences)]
    wanted = {section_id: place for place, section_id in enumerate(focus)}
    standing = wanted.keys() & {section.id for section in shown}
    sections = [
        _section(section, body, answer, spans, is_open=not standing or section.id in standing)
        for section, body in zip(shown, bodies, strict=True)
    ]
    return tuple(sorted(sections, key=lambda section: wanted.get(section.id, len(wanted))))


def _section(section: Section, body: Sentences, answer: Answer, spans: Spans, *, is_open: bool) -> SectionData:
    claims = tuple(
        _claim(claim, answer, spans, checked=sentence.checked)
        for claim, sentence in zip(section.claims, body.sentences, strict=True)
    )
    heading, copied = safe(section.heading), copied_section(section, answer)
    return SectionData(id=section.id, heading=heading, open=is_open, claims=claims, copied=copied)


def _claim(claim: Claim, answer: Answer, spans: Spans, *, checked: bool) -> ClaimData:
    return ClaimData(
        text=safe(claim.text),
        basis=claim.basis.value,
        citations=claim.citations,
        spans=spans.of_quotes(claim.case_quotes),
        checked=checked,
        criteria=claim.criteria,
        copied=copied_claim(claim, answer),
    )


def _footer(answer: Answer) -> tuple[str, ...]:
    updated = f"Written {answer.last_updated:%Y-%m-%d %H:%M %Z}".rstrip() + "."
    return tuple(safe(words) for words in (answer.disclaimer, *writer_words(answer.provenance), updated))
