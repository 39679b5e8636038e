"""A request as it is asked again and again: for several readers, in several processes."""

from __future__ import annotations

from datetime import date
from typing import Any

from ingest.front_matter import CorpusModel, Text
from rag.article.models import Audience
from rag.case.facts_file import read_facts
from rag.criteria.determination import Record
from rag.knowledge.library import Knowledge
from rag.options import AskOptions


class Request(CorpusModel):
    """``facts``: as in a facts file. What is not named is left open; ``on`` is the date of service."""

    name: Text
    question: Text
    on: date
    payer: str | None = None
    policy: str | None = None
    state: str | None = None
    record: Record = Record.OPEN
    facts: dict[str, Any] | None = None

    def options(self, knowledge: Knowledge, audience: Audience = Audience.CLINICIAN) -> AskOptions:
        """Raises FactsError for facts that cannot be."""
        return AskOptions(
            on=self.on,
            payer=self.payer,
            policy=self.policy,
            state=self.state,
            record=self.record,
            audience=audience,
            facts=read_facts(self.facts, knowledge.vocabulary) if self.facts else None,
        )


class RequestFile(CorpusModel):
    requests: tuple[Request, ...]
