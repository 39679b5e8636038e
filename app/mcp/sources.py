"""Corpus, index and language model of the server: opened when first needed, and again when the corpus changed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from app.progress import Reporter
from app.sources import open_searcher
from ingest.documents import corpus_hash, corpus_root
from rag.knowledge.library import Knowledge, load_knowledge

if TYPE_CHECKING:
    from rag.model.options import ModelOptions
    from rag.retrieval.searcher import Searcher


class Sources:
    """Shared by the threads in which tools run. What cannot be opened is tried again by the next call.

    ``open_model`` is called once, when the first question comes.
    """

    def __init__(self, corpus: Path | None, reporter: Reporter, open_model: Callable[[], ModelOptions | None]) -> None:
        self.reporter = reporter
        self._root = corpus or corpus_root()
        self._open_model = open_model
        self._model: ModelOptions | None = None
        self._knowledge: Knowledge | None = None
        self._searcher: tuple[Knowledge, Searcher] | None = None
        self._model_is_open = False
        self._loading, self._indexing, self._modelling = (threading.Lock() for _ in range(3))
        self._begun = False

    def begin(self) -> None:
        """Open everything in the background, so that the first question waits less."""
        if not self._begun:
            self._begun = True
            threading.Thread(target=self._open_all, name="opening", daemon=True).start()

    def knowledge(self) -> Knowledge:
        """The corpus as it is now. Raises ``CorpusErrors``."""
        with self._loading:
            known = self._knowledge
            if known is None or corpus_hash(self._root) != known.corpus_hash:
                known = self._knowledge = load_knowledge(self._root, lazy=True)
            return known

    def searcher(self) -> tuple[Knowledge, Searcher]:
        """The corpus with its index. Raises what ``ingest.index.open_index`` raises."""
        with self._indexing:
            knowledge = self.knowledge()
            if self._searcher is None or self._searcher[0] is not knowledge:
                self._searcher = knowledge, open_searcher(knowledge, self.reporter)
            return self._searcher

    def model(self) -> ModelOptions | None:
        """The model that may word an article, if one was named. Raises ``UserError``."""
        with self._modelling:
            if not self._model_is_open:
                self._model = self._open_model()
                self._model_is_open = True
            return self._model

    def _open_all(self) -> None:
        for opening in (self.searcher, self.model):
            # Whoever calls a tool that needs it is told what is wrong; here nobody waits for an answer.
            with suppress(Exception):
                opening()
