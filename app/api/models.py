"""What the API is given and gives, beside the models of the core."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from app.api.json_values import Day, Whole, YesOrNo
from app.api.problems import Problem
from app.documents_view import DocumentRow
from app.given import LONGEST_TEXT
from app.review.given import LONGEST_NAME
from app.review.given import LONGEST_TEXT as LONGEST_WORDS
from app.review.models import Approval, EventKind, State
from rag.article.models import Answer, Audience
from rag.case.models import Case
from rag.criteria.determination import Determination, Record
from rag.followup.models import Turn
from rag.retrieval.searcher import Hit

#: Facts of a case; the vocabulary declares fewer.
MOST_FACTS = 500
MOST_REQUESTS = 100

# `\S` somewhere: what is all space says nothing.
Words = Annotated[str, StringConstraints(max_length=LONGEST_TEXT, pattern=r"\S")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Id = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Facts = Annotated[
    dict[str, JsonValue],
    Field(
        max_length=MOST_FACTS,
        description="Values by fact id, as in a facts file: true, a choice, a list of codes, null for unknown, or a "
        'quantity as text ("40 %", "10 weeks", ">= 50 %", "50-60 %"). `GET /v1/vocabulary` lists the facts.',
    ),
]


class Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Choosing(Body):
    """Which policies decide, in which version, and how the record is read."""

    payer: Name | None = Field(default=None, description="Only this payer's policies; an id, a name or an alias.")
    policy: Name | None = Field(default=None, description="Only this policy.")
    state: Name | None = Field(default=None, description="US state of the service; picks the Medicare contractor.")
    on: Day | None = Field(default=None, description="Date of service; selects versions. Default: today.")
    record: Record = Field(default=Record.OPEN, description="closed: what the record does not say is not shown.")


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


class ThreadLine(Body):
    """``title``: its first words; ``null`` before the first message."""

    id: str
    title: str | None
    updated_at: datetime
    turns: int


class NumberedTurn(Body):
    """A turn of a thread; they count from 1."""

    thread_id: str
    number: int
    turn: Turn


class ThreadOut(Body):
    id: str
    title: str | None
    created_at: datetime
    updated_at: datetime
    turns: tuple[NumberedTurn, ...]


class TitleRequest(Body):
    title: Annotated[str, StringConstraints(max_length=500, pattern=r"\w")]


class SelectionRequest(Choosing):
    """What is left out stays as it stands in the thread; ``null`` takes a choice back."""

    audience: Audience = Field(default=Audience.CLINICIAN, description="Changes words, never facts.")


class MessageRequest(Body):
    """What a user sends: words, a note, values of a form, or a selection; at least one of them."""

    text: Annotated[str, StringConstraints(max_length=LONGEST_TEXT)] = ""
    note: Annotated[str, StringConstraints(max_length=LONGEST_TEXT)] | None = None
    facts: Facts | None = None
    correct: YesOrNo = Field(default=False, description="The facts replace what the record says.")
    selection: SelectionRequest | None = Field(default=None, description="Payer, policy, state, date, reader.")


class ReviewRequest(Body):
    thread_id: Id
    turn: Whole = Field(ge=1, le=1_000_000, description="The turn whose article is to be reviewed.")


class ResubmitRequest(Body):
    turn: Whole = Field(ge=1, le=1_000_000)


Reviewer = Annotated[
    str | None,
    StringConstraints(max_length=LONGEST_NAME),
    Field(description="The person's name. A token that speaks for a person brings it; then leave it out."),
]
Seen = Annotated[
    str, StringConstraints(max_length=64), Field(description="`content_hash` of the article the person has read.")
]
Said = Annotated[str, StringConstraints(max_length=LONGEST_WORDS, pattern=r"\w")]


class TakeUp(Body):
    step: Literal["take_up"]
    reviewer: Reviewer = None


class Approve(Body):
    step: Literal["approve"]
    reviewer: Reviewer = None
    seen: Seen


class SendBack(Body):
    step: Literal["send_back"]
    reviewer: Reviewer = None
    comment: Said


class Comment(Body):
    step: Literal["comment"]
    reviewer: Reviewer = None
    comment: Said


class Strike(Body):
    step: Literal["strike"]
    reviewer: Reviewer = None
    seen: Seen
    section: Id
    sentence: Whole = Field(ge=1, le=10_000, description="Counts from 1 in its section.")
    reason: Said


StepRequest = Annotated[TakeUp | Approve | SendBack | Comment | Strike, Field(discriminator="step")]


class ReviewLine(Body):
    id: str
    thread_id: str
    title: str | None
    state: State
    reviewer: str | None
    at: datetime
    revision: int


class EventOut(Body):
    number: int
    at: datetime
    kind: EventKind
    state: State
    revision: int
    person: str | None
    text: str | None
    approval: Approval | None


class ReviewOut(Body):
    """``article`` says what has become of it; ``content_hash`` is what an approval of it names as ``seen``."""

    id: str
    thread_id: str
    state: State
    reviewer: str | None
    at: datetime
    revision: int
    turn: int
    on: date | None
    content_hash: str
    article: Answer
    history: tuple[EventOut, ...]


class WhoOut(Body):
    id: str
    tenant: str
    scopes: tuple[str, ...]
    name: str | None


class SchemaLine(Body):
    name: str
    version: str
    url: str


class SchemasOut(Body):
    schemas: tuple[SchemaLine, ...]


class LiveOut(Body):
    status: Literal["ok"]
    version: str


class ReadyOut(Body):
    """The hashes tell what is answered from; ``notices``: how many the log has on the corpus."""

    status: Literal["ok"]
    version: str
    corpus_hash: str
    index_hash: str
    notices: int
