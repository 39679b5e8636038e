"""All knowledge in one frozen object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ingest.documents import Document, Section, corpus_hash, corpus_root, load_documents
from rag.case.context import ContextRules, load_context
from rag.case.phrases import Phrases, load_phrases
from rag.criteria.policy import Policy
from rag.followup.rules import FollowUpRules, load_follow_up_rules
from rag.guard.labels import labels_of
from rag.guard.rules import GuardRules, load_guard_rules
from rag.knowledge.codes import CodeBook, load_codes
from rag.knowledge.conflict import Conflict
from rag.knowledge.conflicts import load_conflicts
from rag.knowledge.payers import Payer, load_payers
from rag.knowledge.policies import load_policies
from rag.knowledge.scope import Scope, load_scope
from rag.knowledge.vocabulary import Vocabulary, load_vocabulary


@dataclass(frozen=True)
class Knowledge:
    """The corpus, loaded and checked. ``corpus_hash`` changes with any byte of it."""

    root: Path
    documents: Mapping[str, Document]
    vocabulary: Vocabulary
    codes: CodeBook
    phrases: Phrases
    context: ContextRules
    scope: Scope
    payers: Mapping[str, Payer]
    policies: Mapping[str, Policy]
    corpus_hash: str

    @cached_property
    def guard_rules(self) -> GuardRules:
        """Loaded when an article is checked: to decide takes none. Raises ``CorpusErrors``."""
        labels = labels_of(self.vocabulary, self.policies.values())
        return load_guard_rules(self.root, self.documents, labels=labels)

    @cached_property
    def follow_up_rules(self) -> FollowUpRules:
        """Loaded when a conversation goes on. Raises ``CorpusErrors``."""
        return load_follow_up_rules(self.root, self.vocabulary)

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Where guidelines and policies disagree; loaded when an article is written. Raises ``CorpusErrors``."""
        return load_conflicts(self.root, self.documents, self.vocabulary, self.codes)

    def section(self, source: str) -> tuple[Document, Section]:
        """The document and section of ``document-id#anchor``. The loader has checked those that criteria cite."""
        document_id, _, anchor = source.partition("#")
        document = self.documents[document_id]
        section = document.section(anchor)
        if section is None:
            raise KeyError(source)
        return document, section


def load_knowledge(root: Path | None = None, *, lazy: bool = False) -> Knowledge:
    """Load the corpus at ``root`` (default: the one that comes with the software).

    ``lazy``: phrase patterns are compiled when first used; a faulty one raises its ``CorpusError`` then, not here.
    Raises ``ingest.errors.CorpusErrors`` with file, line and remedy of every fault.
    """
    root = root or corpus_root()
    documents = load_documents(root)
    vocabulary = load_vocabulary(root)
    payers = load_payers(root)
    phrases = load_phrases(root, vocabulary, lazy=lazy)
    return Knowledge(
        root=root,
        documents=documents,
        vocabulary=vocabulary,
        codes=load_codes(root, vocabulary),
        phrases=phrases,
        context=load_context(root, phrases.compiler, lazy=lazy),
        scope=load_scope(root),
        payers=payers,
        policies=load_policies(root, documents, vocabulary, payers),
        corpus_hash=corpus_hash(root),
    )
