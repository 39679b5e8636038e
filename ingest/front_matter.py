"""The block of facts about a document that stands above its text."""

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Kind = Literal["policy", "guideline", "evidence", "safety", "regulation"]
Basis = Literal["publisher", "secondary", "unconfirmed"]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
DocumentId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]

#: The corpus folder each kind lives in.
FOLDERS: dict[str, Kind] = {
    "policies": "policy",
    "guidelines": "guideline",
    "evidence": "evidence",
    "safety": "safety",
    "regulation": "regulation",
}


class CorpusModel(BaseModel):
    """Base of everything read from the corpus: unknown keys refused, values frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Codes(CorpusModel):
    """Codes a document speaks about; an empty list says nothing about that code system."""

    cpt: tuple[Text, ...] = ()
    icd10cm: tuple[Text, ...] = ()


class Effective(CorpusModel):
    """Days a document is in force, both ends included; None is an open or unknown end."""

    start: datetime.date | None = Field(alias="from")
    end: datetime.date | None = Field(alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> "Effective":
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"`from` {self.start} lies after `to` {self.end}")
        return self

    def covers(self, day: datetime.date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


class FrontMatter(CorpusModel):
    """What a citation, a filter and a reader need to know about a document."""

    id: DocumentId
    title: Text
    publisher: Text
    kind: Kind
    url: Text
    jurisdiction: Text
    codes: Codes
    version: Text
    effective: Effective
    last_checked: datetime.date
    basis: Basis
    copyright: Text
    payer: Text | None = None
    states: tuple[Text, ...] = ()
    basis_note: Text | None = None
    effective_note: Text | None = None
    abbreviations: dict[Text, Text] = Field(default_factory=dict)
