"""Every question put to every writer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from evals.citations.articles.article import Article
from evals.citations.articles.questions import Question
from evals.citations.articles.writers import Writer
from evals.frame.metric import Item, Played
from ingest.progress import Progress
from rag.model.recording import RecordingError

#: By name of the writer, in the order of the questions.
Written = Mapping[str, Sequence[Played[Question, Article]]]


def write_all(items: Sequence[Item[Question]], writers: Mapping[str, Writer], progress: Progress) -> Written:
    """A writer that breaks has failed that question. Raises RecordingError: a file that lacks an exchange is no fault
    of what is measured.
    """
    return {name: list(_written(items, name, writer, progress)) for name, writer in writers.items()}


def _written(
    items: Sequence[Item[Question]], name: str, writer: Writer, progress: Progress
) -> Iterator[Played[Question, Article]]:
    for number, item in enumerate(items, start=1):
        yield _played(item, writer)
        progress(number, len(items), f"articles of {name}")


def _played(item: Item[Question], writer: Writer) -> Played[Question, Article]:
    try:
        return Played(item, writer(item.label))
    except RecordingError:
        raise
    except Exception as error:
        return Played(item, None, f"{type(error).__name__}: {error}")
