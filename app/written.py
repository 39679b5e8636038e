"""An answer while it is written: progress for whoever waits for a model, and the answer in the end."""

from __future__ import annotations

from collections.abc import Callable

from rag.article.models import Answer
from rag.chain import Request, stream
from rag.events import SectionDone
from rag.knowledge.library import Knowledge
from rag.retrieval.searcher import Searcher


def written(request: Request, *, knowledge: Knowledge, searcher: Searcher, notice: Callable[[str], None]) -> Answer:
    """The answer. A model takes its time, so each section it is done with is told; the template's come at once."""
    for event in stream(request, knowledge=knowledge, searcher=searcher):
        match event:
            case Answer():
                return event
            case SectionDone() if request.model is not None:
                notice(f"{request.model.model.name}: {event.section.heading.lower()} done")
    raise AssertionError("the chain ended without an answer")
