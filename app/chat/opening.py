"""The office of a server that starts: corpus, index, model files and database, all ready before the first question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.chat.examples import load_examples
from app.chat.office import Office
from app.library import Library
from app.options import today
from app.progress import Reporter
from app.sources import labels_of
from ingest.encoder import OnnxEncoder
from ingest.progress import Progress, silent
from ingest.remembering import RememberingEncoder
from rag.conversation import Desk, reply
from rag.followup.models import Message, Selection
from rag.retrieval.searcher import Searcher

if TYPE_CHECKING:
    from ingest.encoder import Encoder
    from ingest.sync import Notice
    from rag.model.options import ModelOptions

#: Where a corpus offers no example, this much of a document's title is asked to warm up.
_A_QUESTION = "Is it safe?"


@dataclass(frozen=True)
class Given:
    """What the command line gave."""

    corpus: Path | None
    database: str | None
    model: ModelOptions | None


def prepare(given: Given, reporter: Reporter) -> Office:
    """Everything loaded and warmed. Raises ``UserError`` and the errors of corpus, index and model files."""
    from app.review.reviews import Reviews
    from app.store.database import open_database
    from app.store.threads import Threads

    database = open_database(given.database)
    library = Library(given.corpus)
    desk = open_desk(library, given.model, progress=reporter.progress, notice=reporter.notice)
    knowledge = desk.knowledge
    examples = load_examples(knowledge.root)
    reporter.progress(0, 1, "Getting ready")
    warm(desk, [example.question for example in examples[:1]])
    reporter.progress(1, 1, "Getting ready")
    return Office(
        library=library,
        desk=desk,
        labels=labels_of(knowledge),
        examples=examples,
        database=database,
        threads=Threads(database),
        reviews=Reviews(database),
    )


def open_desk(
    library: Library,
    model: ModelOptions | None,
    *,
    encoder: Encoder | None = None,
    progress: Progress = silent,
    notice: Notice = lambda message: None,
) -> Desk:
    """The corpus as it is now, and an index in step with it."""
    encoder = encoder or RememberingEncoder(OnnxEncoder(progress=progress))
    index = library.index(progress=progress, notice=notice, encoder=encoder)
    return Desk(library.load(), Searcher(index), model)


def warm(desk: Desk, questions: Sequence[str]) -> None:
    """Answer once without a model and keep nothing: guard rules, encoder and index are in memory after it."""
    quiet = Desk(desk.knowledge, desk.searcher)
    for question in questions or (_A_QUESTION,):
        reply(Message(text=question, selection=Selection(on=today())), (), desk=quiet)
