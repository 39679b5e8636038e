"""The methods inside a process: a request in, what is compared of its answer out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from evals.audience.request import Request
from evals.baselines.plain import LexicalPipeline, PlainPipeline
from evals.frame.methods import LEXICAL, PLAIN, SYSTEM
from evals.repeatability.trace import Trace
from rag.article.models import Answer
from rag.chain import ask
from rag.conversation import Desk
from rag.model.options import ModelOptions

Answering = Callable[[Request], Trace]

#: Fields of an answer that tell when and how long, and nothing of what.
CLOCKED: Any = {"last_updated": True, "provenance": {"model_use": {"seconds"}}}


def methods_of(desk: Desk, model: ModelOptions | None) -> Mapping[str, Answering]:
    """By name; the model's under its own."""
    documents = desk.knowledge.documents
    found: dict[str, Answering] = {
        SYSTEM: partial(asked, desk=desk),
        PLAIN: partial(quoted, pipeline=PlainPipeline(documents, desk.searcher.index.encoder)),
        LEXICAL: partial(quoted, pipeline=LexicalPipeline(documents)),
    }
    if model is not None:
        found[model.model.name] = partial(asked, desk=replace(desk, model=model))
    return found


def asked(request: Request, desk: Desk) -> Trace:
    return trace_of(
        ask(
            request.question,
            options=request.options(desk.knowledge),
            knowledge=desk.knowledge,
            searcher=desk.searcher,
            model=desk.model,
        )
    )


def trace_of(answer: Answer) -> Trace:
    """All of it but the time."""
    decided = [answer.verdict and answer.verdict.model_dump(mode="json")]
    decided += [one.model_dump(mode="json") for one in answer.determinations]
    cited = [(one.n, one.document_id, one.anchor, one.start, one.end) for one in answer.references]
    return Trace(
        answer=answer.model_dump_json(exclude=CLOCKED),
        case=answer.case.model_dump_json(),
        determination=json.dumps(decided),
        passages=json.dumps(cited),
    )


def quoted(request: Request, pipeline: PlainPipeline | LexicalPipeline) -> Trace:
    """A plain pipeline reads no case and decides nothing."""
    said = pipeline.answer(request.question)
    found = pipeline.retrieve(request.question)
    return Trace(
        answer=json.dumps([(one.text, one.source) for one in said.sentences]),
        passages=json.dumps([(one.source, one.score) for one in found]),
    )
