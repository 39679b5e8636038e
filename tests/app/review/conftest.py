"""The databases of ``tests.app.store.databases`` as fixtures, and the shipped corpus."""

import pytest

from rag.knowledge.library import Knowledge, load_knowledge
from tests.app.store.databases import database, kind, migrated_file, postgresql, sqlite_url, url

__all__ = ["database", "kind", "migrated_file", "postgresql", "sqlite_url", "url"]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge(lazy=True)
