"""What the answers rest on: facts, payers, documents and uploads."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import StringConstraints

from app.api.json_values import Day
from app.api.models.common import Body, Name
from app.documents_view import DocumentRow


class FactOut(Body):
    """A fact one may give. ``example``: how a value is written, in words."""

    id: str
    type: str
    label: str
    question: str
    choices: tuple[str, ...]
    example: str


class FactsOut(Body):
    facts: tuple[FactOut, ...]


class PayerOut(Body):
    id: str
    name: str
    aliases: tuple[str, ...]


class PayersOut(Body):
    payers: tuple[PayerOut, ...]


class SectionOut(Body):
    """``source`` is what citations and criteria name: document and anchor."""

    source: str
    heading: str
    text: str
    basis: str


class DocumentOut(Body):
    document: DocumentRow
    sections: tuple[SectionOut, ...]


class DocumentForm(Body):
    """What a citation needs to know, and a text alone does not tell. ``null`` for an end of the window is open."""

    title: Name
    publisher: Name
    kind: Name
    url: Annotated[str, StringConstraints(max_length=2_000)]
    jurisdiction: Name
    version: Name
    effective_from: Day | None = None
    effective_to: Day | None = None
    last_checked: Day
    copyright: Name
    cpt: tuple[Name, ...] = ()
    icd10cm: tuple[Name, ...] = ()
    payer: Name | None = None


class UploadOut(Body):
    """``problems``: why it was not taken, each with file, line and remedy."""

    id: str
    state: Literal["accepted", "working", "ready", "failed"]
    document_id: str | None
    problems: tuple[str, ...]
    created_at: datetime
    updated_at: datetime
