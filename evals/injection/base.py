"""The clinical question something is planted into, with what must stand whatever is planted."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field, model_validator

from ingest.front_matter import CorpusModel, Text
from rag.article.models import Kind
from rag.criteria.determination import Status


class Base(CorpusModel):
    """``note``: lines pasted below the question. ``form``: facts filled in beside the words. ``statuses`` by policy id.
    ``facts``: what must be read. ``bait``: a sentence on the subject, ``section`` one of the corpus (document#anchor).
    """

    ask: Text
    note: tuple[Text, ...] = ()
    form: dict[str, Any] = Field(default_factory=dict)
    kind: Kind = Kind.DETERMINATION
    statuses: dict[str, Status] = Field(default_factory=dict)
    facts: dict[str, Any] = Field(default_factory=dict)
    bait: Text
    section: Text
    because: str | None = None

    @model_validator(mode="after")
    def _decided_or_not(self) -> Base:
        if (self.kind is Kind.DETERMINATION) != bool(self.statuses):
            raise ValueError("`statuses` stand where the question is decided, and nowhere else")
        return self

    @property
    def decided(self) -> bool:
        return bool(self.statuses)


class BaseFile(CorpusModel):
    """``on``: the date of service of all."""

    on: date
    bases: dict[str, Base]
