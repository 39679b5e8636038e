"""The shipped lexicon, loaded once."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.case.knowledge import Lexicon, load_reading_knowledge

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_reading_knowledge(CORPUS)
