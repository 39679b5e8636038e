"""``/v1/answers``: a question in, a cited article with a verdict out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from fastapi import Request
from starlette.responses import Response

from app.access.models import Scope
from app.api.faults import request_id
from app.api.models.answers import AnswerRequest
from app.api.negotiation import EVENTS, JSON, MARKDOWN, PDF, chosen
from app.api.routing import Caller, make_router, needs
from app.api.service import Service, ServiceOf
from app.api.streaming import events
from app.desks.desks import Serving
from rag.article.exports import ExportKind, Naming, bases_of, export
from rag.article.models import Answer
from rag.case.facts_file import read_facts
from rag.chain import Request as Asked
from rag.chain import stream
from rag.events import Event
from rag.options import AskOptions

router = make_router("/v1/answers", tag="answers")

OFFERED: Final = (JSON, MARKDOWN, PDF, EVENTS)
_FORMS: Final[dict[str, Any]] = {
    MARKDOWN: {"schema": {"type": "string"}},
    PDF: {"schema": {"type": "string", "format": "binary"}},
    EVENTS: {"schema": {"type": "string"}},
}
#: What an export answers, by its kind.
FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The file, named by `Content-Disposition`.",
        "content": {
            PDF: {"schema": {"type": "string", "format": "binary"}},
            MARKDOWN: {"schema": {"type": "string"}},
            "text/plain": {"schema": {"type": "string"}},
            JSON: {"schema": {"$ref": "#/components/schemas/Answer"}},
        },
    }
}


@router.post(
    "",
    operation_id="ask",
    summary="Answer a question",
    response_model=Answer,
    responses={200: {"description": "The article, in the form of `Accept`.", "content": _FORMS}},
    openapi_extra=needs(Scope.READ),
)
def ask(body: AnswerRequest, request: Request, service: ServiceOf, caller: Caller) -> Response:
    """Code decides the verdict under each policy. Nothing is kept: for follow-ups open a thread.

    As server-sent events: each `section` as soon as it is checked, then the `answer`, then `done` (or a `problem`).
    """
    form = chosen(request.headers.get("accept"), OFFERED)
    serving = service.desks.of(caller.tenant)
    asked = _asked(body, service, serving)
    if form == EVENTS:
        return events(lambda: _written(asked, serving), service=service, request_id=request_id(request), last="answer")
    with service.slots.taken():
        *_, answer = _written(asked, serving)
    assert isinstance(answer, Answer)
    service.count(answer.determinations)
    return represented(answer, form, serving)


def represented(answer: Answer, form: str, serving: Serving) -> Response:
    """The article as JSON, Markdown or PDF."""
    if form == JSON:
        return Response(answer.model_dump_json(), media_type=JSON, headers={"Vary": "Accept"})
    kind = ExportKind.MARKDOWN if form == MARKDOWN else ExportKind.PDF
    return exported(answer, kind, serving)


def exported(answer: Answer, kind: ExportKind, serving: Serving) -> Response:
    """The article as a file; its name tells nothing of the record."""
    made = export(answer, kind, Naming(serving.labels, bases_of(serving.desk.knowledge.documents)))
    disposition = f'attachment; filename="{made.file_name}"'
    headers = {"Content-Disposition": disposition, "Vary": "Accept"}
    return Response(made.content, media_type=made.media_type, headers=headers)


def _asked(body: AnswerRequest, service: Service, serving: Serving) -> Asked:
    vocabulary = serving.desk.knowledge.vocabulary
    options = AskOptions(
        on=body.on or service.today(),
        payer=body.payer,
        policy=body.policy,
        state=body.state,
        record=body.record,
        audience=body.audience,
        facts=read_facts(body.facts, vocabulary) if body.facts else None,
    )
    return Asked(body.question.strip(), options, serving.desk.model)


def _written(asked: Asked, serving: Serving) -> Iterator[Event]:
    return stream(asked, knowledge=serving.desk.knowledge, searcher=serving.desk.searcher)
