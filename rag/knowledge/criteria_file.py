"""The shape of a ``criteria.yaml`` (see corpus/README.md), before it is joined with the rest of the corpus."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from ingest.front_matter import CorpusModel
from rag.criteria.policy import Basis, Decides


class RawWindow(CorpusModel):
    start: date | None = Field(alias="from")
    end: date | None = Field(alias="to")


class RawException(CorpusModel):
    label: str
    rule: Any
    source: str | None = None
    quote: str | None = None


class RawCriterion(CorpusModel):
    id: str
    label: str
    source: str
    quote: str
    basis: Basis | None = None
    when: Any = None
    decides: Decides = Decides.ALWAYS
    excludes: bool = False
    alternative_to: str | None = None
    exception: RawException | None = None
    note: str | None = None
    rule: Any


class RawConfirmed(CorpusModel):
    basis: Basis
    ids: tuple[str, ...]


class RawVersion(CorpusModel):
    version: str
    effective: RawWindow
    complete: bool
    complete_note: str | None = None
    like: str | None = None
    without: tuple[str, ...] = ()
    confirmed: RawConfirmed | None = None
    criteria: tuple[RawCriterion, ...] = ()


class RawDifference(CorpusModel):
    point: str
    text: str
    source: str


class RawPolicy(CorpusModel):
    payer: str
    codes: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    family: str | None = None
    differences: tuple[RawDifference, ...] = ()
    versions: tuple[RawVersion, ...]
