"""Desks over a corpus of few documents, shared by the tests of a file: to load one takes seconds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desks.desks import Desks
from tests.app.desks.corpora import few_documents
from tests.conftest import WordEncoder


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Holds `corpus`, and `data` for what tenants add; the cache is here as well."""
    root = tmp_path_factory.mktemp("desks")
    few_documents(root / "corpus")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GUIDELINE_QA_HOME", str(root / "cache"))
        # Most of the time of loading a corpus goes into its patterns, the same each time.
        patch.setattr(re, "_MAXCACHE", 100_000)
        yield root


@pytest.fixture(scope="module")
def desks(place: Path) -> Desks:
    opened = Desks(place / "corpus", None, place / "data", encoder=WordEncoder())
    opened.open()
    return opened
