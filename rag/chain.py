"""The chain: question -> case -> determinations -> passages -> draft -> guards -> answer, as a LangChain runnable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rag.article import template
from rag.article.assemble import assemble
from rag.article.draft import Draft
from rag.article.material import Material
from rag.article.models import Answer, Kind, Provenance, Review, Verdict
from rag.article.verdict import make_verdict
from rag.article.wording import DISCLAIMER
from rag.evidence import gather
from rag.guard.guards import guard
from rag.intake import Intake, take_in
from rag.knowledge.library import Knowledge
from rag.options import AskOptions
from rag.refusal import Reason, no_policy, no_source, refusal_draft, scope_reason
from rag.retrieval.searcher import Hit, Searcher
from rag.version import software_version

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

Passages = Mapping[str, tuple[Hit, ...]]


@dataclass(frozen=True)
class Request:
    question: str
    options: AskOptions


@dataclass(frozen=True)
class Decided:
    """A request that was read and decided; ``reason`` is set when it is refused."""

    intake: Intake
    reason: Reason | None


@dataclass(frozen=True)
class Found:
    """The same with its passages."""

    intake: Intake
    passages: Passages
    reason: Reason | None


@dataclass(frozen=True)
class Written:
    """The same with its draft and, for a determination, its verdict."""

    found: Found
    draft: Draft
    verdict: Verdict | None


def build_chain(knowledge: Knowledge, searcher: Searcher) -> Runnable[Request, Answer]:
    """The steps as one runnable; each is a plain function that can be called alone."""
    from langchain_core.runnables import RunnableLambda

    def read_and_decide(request: Request) -> Decided:
        return decide_request(request, knowledge)

    def retrieve(decided: Decided) -> Found:
        return find_passages(decided, knowledge, searcher)

    def write(found: Found) -> Written:
        return write_draft(found, knowledge)

    def check(written: Written) -> Answer:
        return check_and_assemble(written, knowledge, searcher)

    return RunnableLambda(read_and_decide) | RunnableLambda(retrieve) | RunnableLambda(write) | RunnableLambda(check)


def ask(question: str, *, options: AskOptions, knowledge: Knowledge, searcher: Searcher) -> Answer:
    """Answer one question. Raises ``rag.errors.UserError`` for options that name nothing known.

    LangChain's tracing stays off whatever the environment says: it would send the question to a server.
    """
    from langsmith import tracing_context

    with tracing_context(enabled=False):
        return build_chain(knowledge, searcher).invoke(Request(question, options))


def decide_request(request: Request, knowledge: Knowledge) -> Decided:
    """Read the case, choose the policies, decide; say at once when the request is out of scope."""
    intake = take_in(request.question, request.options, knowledge)
    refusal = knowledge.scope.refusal_of(request.question)
    if refusal is not None:
        return Decided(intake, scope_reason(refusal))
    return Decided(intake, no_policy(intake, knowledge) if intake.kind is Kind.REFUSAL else None)


def find_passages(decided: Decided, knowledge: Knowledge, searcher: Searcher) -> Found:
    """Passages for each part; a guideline question that finds nothing relevant is refused."""
    intake, reason = decided.intake, decided.reason
    if reason is not None:
        return Found(intake, {}, reason)
    passages = gather(intake, knowledge, searcher)
    if intake.kind is Kind.GUIDELINE and not any(passages.values()):
        return Found(intake, {}, no_source(knowledge))
    return Found(intake, passages, None)


def write_draft(found: Found, knowledge: Knowledge) -> Written:
    if found.reason is not None:
        return Written(found, refusal_draft(found.reason), None)
    intake = found.intake
    deciding = intake.kind is Kind.DETERMINATION
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
    )
    return Written(found, template.write(material), make_verdict(material) if deciding else None)


def check_and_assemble(written: Written, knowledge: Knowledge, searcher: Searcher) -> Answer:
    """Guards first; what passes is numbered."""
    intake = written.found.intake
    refused = written.found.reason is not None
    draft, _ = guard(written.draft, case=intake.case, documents=knowledge.documents, verdict=written.verdict)
    sections, references = assemble(draft, knowledge.documents)
    return Answer(
        question=intake.question,
        kind=Kind.REFUSAL if refused else intake.kind,
        audience=intake.options.audience,
        verdict=written.verdict,
        case=intake.case,
        determinations=intake.determinations if written.verdict else (),
        sections=sections,
        references=references,
        follow_ups=draft.follow_ups,
        limitations=draft.limitations,
        disclaimer=DISCLAIMER,
        review=Review(),
        last_updated=datetime.now(UTC).replace(microsecond=0),
        provenance=Provenance(
            corpus_hash=knowledge.corpus_hash,
            index_hash=searcher.index.index_hash,
            software_version=software_version(),
            writer=template.NAME,
            model=None,
            embedding_model=searcher.index.model_key,
        ),
    )
