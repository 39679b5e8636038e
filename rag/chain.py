"""The chain: question -> case -> determinations -> passages -> draft -> guards -> answer, as a LangChain runnable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.instructions import instructs_a_model
from rag.article import template
from rag.article.material import Material
from rag.article.models import Answer, Kind
from rag.article.prose.asked import ORDERS_FOUND
from rag.article.verdict import make_verdict
from rag.events import Event
from rag.evidence import gather
from rag.guard.guards import Guards
from rag.guard.judging import make_judge
from rag.intake import Intake, take_in
from rag.knowledge.library import Knowledge
from rag.model.options import ModelOptions
from rag.options import AskOptions, Known
from rag.refusal import Reason, no_policy, no_source, refusal_draft, scope_reason
from rag.retrieval.searcher import Hit, Searcher
from rag.writers import make_writer
from rag.writing import Drafted, write

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

Passages = Mapping[str, tuple[Hit, ...]]


@dataclass(frozen=True)
class Request:
    """``model``: the language model that may word the article, if any. ``known``: what a conversation knows already."""

    question: str
    options: AskOptions
    model: ModelOptions | None = None
    known: Known | None = None


@dataclass(frozen=True)
class Decided:
    """A request that was read and decided; ``reason`` is set when it is refused."""

    request: Request
    intake: Intake
    reason: Reason | None


@dataclass(frozen=True)
class Found:
    """The same with its passages."""

    request: Request
    intake: Intake
    passages: Passages
    reason: Reason | None


def build_chain(knowledge: Knowledge, searcher: Searcher) -> Runnable[Request, Event]:
    """The steps as one runnable; each is a plain function that can be called alone.

    Stream it: the events are the sections as they are done, then the answer.
    """
    from langchain_core.runnables import RunnableGenerator, RunnableLambda

    def read_and_decide(request: Request) -> Decided:
        return decide_request(request, knowledge)

    def retrieve(decided: Decided) -> Found:
        return find_passages(decided, knowledge, searcher)

    def write_and_check(requests: Iterator[Found]) -> Iterator[Event]:
        for found in requests:
            yield from write_answer(found, knowledge, searcher)

    return RunnableLambda(read_and_decide) | RunnableLambda(retrieve) | RunnableGenerator(write_and_check)


def stream(request: Request, *, knowledge: Knowledge, searcher: Searcher) -> Iterator[Event]:
    """The answer while it is written. Raises ``rag.errors.UserError`` for options that name nothing known.

    LangChain's tracing stays off whatever the environment says: it would send the question to a server.
    """
    from langsmith import tracing_context

    with tracing_context(enabled=False):
        yield from build_chain(knowledge, searcher).stream(request)


def ask(
    question: str,
    *,
    options: AskOptions,
    knowledge: Knowledge,
    searcher: Searcher,
    model: ModelOptions | None = None,
) -> Answer:
    """Answer one question: the last event of ``stream``."""
    *_, answer = stream(Request(question, options, model), knowledge=knowledge, searcher=searcher)
    assert isinstance(answer, Answer)
    return answer


def decide_request(request: Request, knowledge: Knowledge) -> Decided:
    """Read the case, choose the policies, decide; say at once when the request is out of scope."""
    intake = take_in(request.question, request.options, knowledge, request.known)
    refusal = knowledge.scope.refusal_of(request.question)
    if refusal is not None:
        return Decided(request, intake, scope_reason(refusal))
    return Decided(request, intake, no_policy(intake, knowledge) if intake.kind is Kind.REFUSAL else None)


def find_passages(decided: Decided, knowledge: Knowledge, searcher: Searcher) -> Found:
    """Passages for each part; a guideline question that finds nothing relevant is refused."""
    request, intake, reason = decided.request, decided.intake, decided.reason
    if reason is not None:
        return Found(request, intake, {}, reason)
    passages = gather(intake, knowledge, searcher)
    if intake.kind is Kind.GUIDELINE and not any(passages.values()):
        return Found(request, intake, {}, no_source(knowledge, intake.options.audience))
    return Found(request, intake, passages, None)


def write_answer(found: Found, knowledge: Knowledge, searcher: Searcher) -> Iterator[Event]:
    """Draft, writer and guards. A refusal has nothing a model could say better."""
    drafted = draft(found, knowledge)
    model = None if found.reason is not None else found.request.model
    guards = make_guards(drafted, knowledge, searcher)
    yield from write(drafted, writer=make_writer(model, knowledge), guards=guards, searcher=searcher)


def draft(found: Found, knowledge: Knowledge) -> Drafted:
    """The template's draft, and the verdict where something was decided."""
    intake = found.intake
    deciding = found.reason is None and intake.kind is Kind.DETERMINATION
    material = Material(
        question=intake.question,
        case=intake.case,
        values=intake.values,
        conflicts=intake.conflicts,
        determinations=intake.determinations if deciding else (),
        passages=found.passages,
        knowledge=knowledge,
        on=intake.on,
        record=intake.options.record,
        audience=intake.options.audience,
        payer=intake.payer,
        state=intake.state,
        hypothesis=intake.hypothesis,
    )
    if found.reason is not None:
        return Drafted(Kind.REFUSAL, material, refusal_draft(found.reason), None)
    written = template.write(material)
    if instructs_a_model(intake.question):
        written = replace(written, limitations=(*written.limitations, ORDERS_FOUND))
    return Drafted(intake.kind, material, written, make_verdict(material) if deciding else None)


def make_guards(drafted: Drafted, knowledge: Knowledge, searcher: Searcher) -> Guards:
    """The guards of one article."""
    judge = make_judge(
        knowledge.guard_rules.support,
        encoder=searcher.index.encoder,
        documents=knowledge.documents,
        payers=knowledge.payers.values(),
    )
    material = drafted.material
    return Guards(case=material.case, determinations=material.determinations, knowledge=knowledge, judge=judge)
