"""``Answer``, version 1: the one shape the command line, the API, the chat page and the evaluations use."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from rag.case.models import Case
from rag.criteria.determination import Determination, Effective, Status, Strict

SCHEMA_VERSION = "1"


class Kind(StrEnum):
    DETERMINATION = "determination"
    GUIDELINE = "guideline"
    REFUSAL = "refusal"


class Audience(StrEnum):
    CLINICIAN = "clinician"
    REVIEWER = "reviewer"
    PATIENT = "patient"


class ClaimBasis(StrEnum):
    """What a sentence rests on: a policy's words, other documents, the record given, or the criteria check itself."""

    POLICY = "policy"
    EVIDENCE = "evidence"
    CASE = "case"
    CHECK = "check"


class CaseQuote(Strict):
    """Words of the case: ``case.text[start:end] == quote``."""

    start: int
    end: int
    quote: str


class Claim(Strict):
    """One sentence with its basis. ``citations`` are reference numbers; ``criteria`` are criterion ids."""

    text: str
    basis: ClaimBasis
    citations: tuple[int, ...] = ()
    case_quotes: tuple[CaseQuote, ...] = ()
    criteria: tuple[str, ...] = ()


class Section(Strict):
    id: str
    heading: str
    claims: tuple[Claim, ...]


class Reference(Strict):
    """A numbered citation: ``quote`` stands at ``start:end`` of the text of section ``anchor`` of the document."""

    n: int
    document_id: str
    anchor: str
    title: str
    publisher: str
    version: str
    effective: Effective
    last_checked: date
    url: str
    quote: str
    start: int
    end: int
    page: int | None = None


class ConflictSide(Strict):
    """What one document says on a point of conflict; ``quote`` as in ``Reference``, ``says`` in own words.

    ``kind`` of the document; ``basis``: how this section of its digest was confirmed.
    """

    document_id: str
    anchor: str
    title: str
    publisher: str
    kind: str
    basis: str
    version: str
    quote: str
    start: int
    end: int
    says: str


class ConflictNote(Strict):
    """A point on which guidelines, evidence or safety documents and the policies decided do not say the same."""

    id: str
    point: str
    sides: tuple[ConflictSide, ...]


class Verdict(Strict):
    """``basis`` says in words what the status was decided on."""

    status: Status
    headline: str
    basis: str


class Review(Strict):
    status: Literal["submitted", "under_review", "approved"] = "submitted"
    reviewer: str | None = None
    at: datetime | None = None


class ModelUse(Strict):
    """What was asked of a language model, and what became of it.

    ``proposed`` sentences were judged, ``kept`` stand in the article, ``repaired`` of them after a second try;
    ``refused`` counts the others by the policy that refused them. ``fallbacks``: the template's sections, and why.
    ``tokens_estimated``: the server counted none. ``seconds``: the sum over the calls.
    """

    calls: int
    input_tokens: int
    output_tokens: int
    tokens_estimated: bool
    seconds: float
    proposed: int
    kept: int
    repaired: int
    refused: dict[str, int]
    fallbacks: tuple[str, ...]


class Provenance(Strict):
    """``writer``: ``template``, or ``model`` where a sentence of one stands; ``model``: the one asked, if any."""

    corpus_hash: str
    index_hash: str
    software_version: str
    writer: str
    model: str | None
    model_use: ModelUse | None = None
    embedding_model: str


class Answer(Strict):
    """A finished article. ``last_updated`` is the only field that differs between two runs on the same input.

    ``hypothesis``: what ``case`` supposes beyond the record, in words; such an article is about no real request.
    """

    schema_version: Literal["1"] = "1"
    question: str
    hypothesis: str | None = None
    kind: Kind
    audience: Audience
    verdict: Verdict | None
    case: Case
    determinations: tuple[Determination, ...]
    sections: tuple[Section, ...]
    references: tuple[Reference, ...]
    conflicts: tuple[ConflictNote, ...] = ()
    follow_ups: tuple[str, ...]
    limitations: tuple[str, ...]
    disclaimer: str
    review: Review
    last_updated: datetime
    provenance: Provenance
