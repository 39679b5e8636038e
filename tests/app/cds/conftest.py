"""The shipped corpus, loaded once."""

import pytest

from rag.knowledge.library import Knowledge
from tests.app.cds.hooks import shipped


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return shipped()
