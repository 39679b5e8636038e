"""The shipped corpus, its real index and real embeddings, shared by the tests of a session."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from evals.prose.questions import EXAMPLE
from ingest.index import open_index
from rag.article.models import Answer
from rag.chain import ask
from rag.knowledge.library import Knowledge, load_knowledge
from rag.model.options import ModelOptions
from rag.options import AskOptions
from rag.retrieval.searcher import Searcher

DAY = date(2026, 11, 22)

__all__ = ["DAY", "EXAMPLE", "Ask"]

Ask = Callable[..., Answer]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="session")
def searcher() -> Iterator[Searcher]:
    yield Searcher(open_index())


@pytest.fixture(scope="session")
def ask_about(knowledge: Knowledge, searcher: Searcher) -> Ask:
    def asked(question: str, *, model: ModelOptions | None = None, **options: object) -> Answer:
        chosen = AskOptions(**({"on": DAY} | options))
        return ask(question, options=chosen, knowledge=knowledge, searcher=searcher, model=model)

    return asked


@pytest.fixture(scope="session")
def example(ask_about: Ask) -> Answer:
    return ask_about(EXAMPLE)
