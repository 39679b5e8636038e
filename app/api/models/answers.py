"""Questions, cases, determinations, searches and forms."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from app.api.json_values import Day, Whole
from app.api.models.common import MOST_REQUESTS, Body, Choosing, Facts, Id, Name, Words
from app.api.problems import Problem
from rag.article.models import Audience
from rag.case.models import Case
from rag.criteria.determination import Determination, Record
from rag.retrieval.searcher import Hit


class AnswerRequest(Choosing):
    question: Words = Field(description="The question in plain words; a note may be part of it.")
    audience: Audience = Field(default=Audience.CLINICIAN, description="Changes words, never facts.")
    facts: Facts | None = Field(default=None, description="Facts beside those the question states.")


class CaseRequest(Body):
    text: Words = Field(description="A question or a clinical note.")


class ConflictOut(Body):
    """Support that contradicts itself makes the fact unknown; ``question`` asks which holds."""

    fact: str
    question: str


class CaseOut(Body):
    case: Case
    conflicts: tuple[ConflictOut, ...]


class DeterminationRequest(Choosing):
    facts: Facts


class DeterminationsOut(Body):
    """One for each policy, in order of id."""

    determinations: tuple[Determination, ...]


class BatchItem(DeterminationRequest):
    id: Id = Field(description="The caller's name for this request; it comes back with the result.")


class BatchRequest(Body):
    requests: Annotated[tuple[BatchItem, ...], Field(min_length=1, max_length=MOST_REQUESTS)]


class BatchResult(Body):
    """Either determinations or a problem: one request that cannot be used does not spoil the others."""

    id: str
    determinations: tuple[Determination, ...] | None = None
    problem: Problem | None = None


class BatchOut(Body):
    results: tuple[BatchResult, ...]


class QuestionnaireRequest(Body):
    policy: Name
    facts: Facts
    on: Day | None = Field(default=None, description="Date of service; selects the version. Default: today.")
    record: Record = Field(default=Record.OPEN, description="closed: what the record does not say is not shown.")


class ResponseOut(Body):
    """``notices``: what the sender should know of how the form was decided."""

    case: Case
    determinations: tuple[Determination, ...]
    notices: tuple[str, ...]


class SearchRequest(Body):
    query: Words
    k: Whole = Field(default=8, ge=1, le=100, description="How many passages at most.")
    code: tuple[Name, ...] = Field(default=(), max_length=50, description="CPT, HCPCS or ICD-10-CM.")
    payer: tuple[Name, ...] = Field(default=(), max_length=50, description="Ids of payers.")
    region: tuple[Name, ...] = Field(default=(), max_length=50)
    kind: tuple[Name, ...] = Field(default=(), max_length=50)
    on: Day | None = Field(default=None, description="Only what is in force on this day.")


class SearchOut(Body):
    """Best first; empty where nothing in the corpus is near enough to be cited."""

    hits: tuple[Hit, ...]
