"""The file of one policy's labelled cases, as it is written. See ``evals/data/verdicts/README.md``."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from ingest.front_matter import CorpusModel, Text
from rag.criteria.determination import Status


class Statement(CorpusModel):
    """A value as in a facts file, and the sentence of a clinical text that says just that."""

    value: Any
    words: Text


Statements = dict[str, Statement]


class TableRow(CorpusModel):
    """``set`` replaces or adds statements of the base, ``without`` takes them out."""

    name: Text
    status: Status
    on: date | None = None
    set: Statements = Field(default_factory=dict)
    without: tuple[Text, ...] = ()


class Table(CorpusModel):
    """A scenario table: one question, a row for each value that matters. ``because``: the policy's words behind it."""

    name: Text
    because: Text
    base: Text
    rows: tuple[TableRow, ...] = Field(min_length=1)


class Note(CorpusModel):
    """A case written by hand; ``facts`` are all the facts its text states."""

    name: Text
    because: Text
    text: Text
    facts: dict[str, Any]
    status: Status
    on: date | None = None


class CaseFile(CorpusModel):
    policy: Text
    on: date
    bases: dict[str, Statements] = Field(default_factory=dict)
    tables: tuple[Table, ...] = ()
    notes: tuple[Note, ...] = ()
