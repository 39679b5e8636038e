"""A desk that is ready to answer: corpus and index of one and the same state, and warm."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field
from typing import Final

from app.chat.examples import load_examples
from app.chat.opening import warm
from app.library import Library
from app.sources import labels_of
from ingest.documents import corpus_hash
from ingest.encoder import Encoder
from ingest.errors import CorpusErrors
from ingest.index import Index
from ingest.progress import Progress, silent
from ingest.sync import Notice
from rag.article.words import Labels
from rag.conversation import Desk
from rag.errors import UserError
from rag.knowledge.library import Knowledge
from rag.model.options import ModelOptions
from rag.retrieval.searcher import Searcher

#: Whoever edits a corpus, or adds to it, is done within some seconds.
_ATTEMPTS: Final = 20
_PAUSE_SECONDS: Final = 0.5
GETTING_READY: Final = "Getting ready"


@dataclass(frozen=True)
class Serving:
    """``library`` holds the documents of the tenant. ``stamp``: another one wherever an answer could be another."""

    desk: Desk
    labels: Labels
    library: Library
    stamp: str

    @property
    def knowledge(self) -> Knowledge:
        return self.desk.knowledge


@dataclass(frozen=True)
class Opener:
    """What all desks of a process share."""

    encoder: Encoder
    model: ModelOptions | None
    progress: Progress = field(default=silent, repr=False)
    notice: Notice = field(default=lambda message: None, repr=False)

    def open(self, library: Library, before: Serving | None = None) -> Serving:
        """Load and warm what the library holds now; ``before`` itself when that answers from just this.

        Raises CorpusErrors, ModelError, CacheError, IndexBusyError; UserError when the corpus does not come to rest.
        """
        if before is not None and _is_current(before, library):
            return before
        index, knowledge = self._of_one_state(library, before.knowledge if before else None)
        desk = Desk(knowledge, Searcher(index), self.model)
        self.progress(0, 1, GETTING_READY)
        warm(desk, [example.question for example in load_examples(knowledge.root)[:1]])
        self.progress(1, 1, GETTING_READY)
        return Serving(desk, labels_of(knowledge), library, _stamp(knowledge, index))

    def _of_one_state(self, library: Library, known: Knowledge | None) -> tuple[Index, Knowledge]:
        """The hash is taken before and after loading: files that were edited meanwhile are loaded again."""
        for _ in range(_ATTEMPTS):
            corpus = library.corpus
            before = corpus_hash(corpus)
            try:
                index = library.index(progress=self.progress, notice=self.notice, encoder=self.encoder)
                same = known is not None and (known.root, known.corpus_hash) == (corpus, before)
                knowledge = known if known and same else _whole(library.load())
            except CorpusErrors:
                if corpus_hash(library.corpus) == before:
                    raise
            else:
                if knowledge.corpus_hash == index.corpus_hash == before and knowledge.root == corpus:
                    return index, knowledge
            time.sleep(_PAUSE_SECONDS)
        raise UserError("The corpus changes again and again. Wait until whoever edits it is done, then try again.")


def _whole(knowledge: Knowledge) -> Knowledge:
    """With the parts that are read from its files on first use: later, the files may be others."""
    _ = knowledge.guard_rules, knowledge.follow_up_rules, knowledge.conflicts
    return knowledge


def _is_current(serving: Serving, library: Library) -> bool:
    corpus = library.corpus
    known = serving.knowledge
    if (known.root, known.corpus_hash) != (corpus, corpus_hash(corpus)):
        return False
    return serving.desk.searcher.index.is_present


def _stamp(knowledge: Knowledge, index: Index) -> str:
    return hashlib.sha256(f"{knowledge.corpus_hash}\0{index.index_hash}".encode()).hexdigest()[:32]
