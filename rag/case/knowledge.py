"""What the reader needs to know, as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from rag.case.context import ContextRules, load_context
from rag.case.phrases import Phrases, load_phrases
from rag.knowledge.codes import CodeBook, load_codes
from rag.knowledge.payers import Payer, load_payers
from rag.knowledge.vocabulary import Vocabulary, load_vocabulary


class ReadingKnowledge(Protocol):
    """Anything that carries these can be read with."""

    @property
    def vocabulary(self) -> Vocabulary: ...
    @property
    def codes(self) -> CodeBook: ...
    @property
    def payers(self) -> Mapping[str, Payer]: ...
    @property
    def phrases(self) -> Phrases: ...
    @property
    def context(self) -> ContextRules: ...


@dataclass(frozen=True)
class Lexicon:
    """The plain carrier."""

    vocabulary: Vocabulary
    codes: CodeBook
    payers: Mapping[str, Payer]
    phrases: Phrases
    context: ContextRules


def load_reading_knowledge(corpus: Path, *, lazy: bool = False) -> Lexicon:
    """Load all five files; ``lazy`` as in ``load_phrases``. Raises ``CorpusErrors`` or ``CorpusError`` for faults."""
    vocabulary = load_vocabulary(corpus)
    phrases = load_phrases(corpus, vocabulary, lazy=lazy)
    context = load_context(corpus, phrases.compiler, lazy=lazy)
    return Lexicon(vocabulary, load_codes(corpus, vocabulary), load_payers(corpus), phrases, context)
