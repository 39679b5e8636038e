"""The second half: passages for each part of the article, through the filters the case sets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rag.article import plan
from rag.article.models import Kind
from rag.criteria.determination import Determination, Status
from rag.criteria.values import OneOf
from rag.intake import Intake
from rag.knowledge.library import Knowledge
from rag.retrieval.filters import SearchFilters
from rag.retrieval.relevance import IN_CONTEXT, RULE, is_relevant
from rag.retrieval.searcher import Hit, Searcher

_GENERAL_KINDS = ("guideline", "evidence", "safety", "regulation")
_EXAMINED = 6
"""Hits looked at for each passage wanted: policy documents that do not decide are dropped from them."""

_PLACE_FACTS = {"region": "procedure.region", "approach": "procedure.approach"}


def gather(intake: Intake, knowledge: Knowledge, searcher: Searcher) -> dict[str, tuple[Hit, ...]]:
    """Hits by part id. For a guideline question: none at all when nothing relevant was found."""
    parts = plan.DETERMINATION_PARTS if intake.kind is Kind.DETERMINATION else plan.GUIDELINE_PARTS
    if intake.kind is not Kind.DETERMINATION and not _has_source(intake, searcher):
        return {}
    return {part.id: _hits(part, intake, knowledge, searcher) for part in parts}


def _has_source(intake: Intake, searcher: Searcher) -> bool:
    """Judged by the question's own words, even where the search is helped by what it is about."""
    found = searcher.search(intake.question, filters=_filters(intake, ()), k=plan.ANSWER.k)
    return is_relevant(found, rule=IN_CONTEXT if intake.about else RULE)


def _hits(part: plan.Part, intake: Intake, knowledge: Knowledge, searcher: Searcher) -> tuple[Hit, ...]:
    query = f"{part.words}: {intake.query}" if part.words else intake.query
    found = searcher.search(
        query, filters=_filters(intake, part.uses), k=_EXAMINED * part.k, max_per_document=part.per_document
    )
    allowed = _documents(intake, knowledge)
    usable = [hit for hit in found if hit.passage.kind != "policy" or hit.passage.document_id in allowed]
    return tuple(in_turn(usable) if part.spread else usable)[: part.k]


def in_turn(hits: Sequence[Hit]) -> Iterator[Hit]:
    """The best of every document first, then the second best of each: no document crowds the others out."""
    by_document: dict[str, list[Hit]] = {}
    for hit in hits:
        by_document.setdefault(hit.passage.document_id, []).append(hit)
    for turn in zip_longest(*by_document.values()):
        yield from (hit for hit in turn if hit is not None)


def _filters(intake: Intake, uses: tuple[str, ...]) -> SearchFilters:
    """Use, place and day. Codes are left out: they choose policies, and those are already chosen."""
    place = {
        key: tuple(sorted(value.options))
        for key, fact in _PLACE_FACTS.items()
        if isinstance(value := intake.values.get(fact), OneOf)
    }
    return SearchFilters.of({"use": uses, "on": intake.on, **place})


def _documents(intake: Intake, knowledge: Knowledge) -> set[str]:
    """Policy documents an article may draw on: those decided, with their families; else those of the payer, or all."""
    decided: list[Determination] = [d for d in intake.determinations if d.status is not Status.NOT_APPLICABLE]
    if not decided:
        return {p.id for p in knowledge.policies.values() if intake.payer is None or p.payer == intake.payer.id}
    named = {d.policy_id for d in decided}
    return named | {family for p in named if (family := knowledge.policies[p].family)}
