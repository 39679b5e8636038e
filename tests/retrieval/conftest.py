"""A searcher over the small corpus."""

from pathlib import Path

import pytest

from ingest.index import open_index
from rag.retrieval import Searcher
from tests.conftest import WordEncoder


@pytest.fixture
def searcher(small_corpus: Path, word_encoder: WordEncoder, tmp_path: Path) -> Searcher:
    return Searcher(open_index(small_corpus, encoder=word_encoder, directory=tmp_path / "index"))
