"""The shipped corpus, loaded once."""

import pytest

from rag.knowledge.library import Knowledge, load_knowledge


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge(lazy=True)
