"""All a writer may use: the case, the determinations, and the passages found for each part of the article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rag.article.models import Audience
from rag.case.models import Case
from rag.case.values import Conflict
from rag.criteria.determination import Determination, Record, Status
from rag.criteria.values import Value
from rag.knowledge.library import Knowledge
from rag.knowledge.payers import Payer
from rag.retrieval.searcher import Hit


@dataclass(frozen=True)
class Material:
    """``passages``: hits by the part of the article they were sought for (an id of ``rag.article.plan.PARTS``).

    ``hypothesis``: what the case supposes beyond the record, in words.
    """

    question: str
    case: Case
    values: Mapping[str, Value]
    conflicts: tuple[Conflict, ...]
    determinations: tuple[Determination, ...]
    passages: Mapping[str, tuple[Hit, ...]]
    knowledge: Knowledge
    on: date
    record: Record
    audience: Audience
    payer: Payer | None = None
    state: str | None = None
    hypothesis: str | None = None

    @cached_property
    def decided(self) -> tuple[Determination, ...]:
        """The determinations of policies that govern the request."""
        return tuple(d for d in self.determinations if d.status is not Status.NOT_APPLICABLE)

    @cached_property
    def set_aside(self) -> tuple[Determination, ...]:
        return tuple(d for d in self.determinations if d.status is Status.NOT_APPLICABLE)

    def name(self, determination: Determination) -> str:
        """The policy as a sentence names it: payer and document id."""
        payer = self.knowledge.policies[determination.policy_id].payer_name
        return f"{payer} ({determination.policy_id})"

    def label(self, fact: str) -> str:
        return self.knowledge.vocabulary.facts[fact].label
