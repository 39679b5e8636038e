"""The citation guard, ready to judge single sentences with the rules and the names of a corpus."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ingest.documents import Document, load_documents
from ingest.encoder import Encoder
from rag.guard.support.judge import Judge
from rag.guard.support.models import Entailment
from rag.guard.support.rules_file import load_support
from rag.knowledge.payers import load_payers


def open_judge(
    root: Path,
    *,
    encoder: Encoder,
    documents: Mapping[str, Document] | None = None,
    entailment: Entailment | None = None,
) -> Judge:
    """The guard for the corpus at ``root``. ``documents`` spares loading them when the caller has them."""
    loaded = documents if documents is not None else load_documents(root)
    payers = (name for payer in load_payers(root).values() for name in (payer.name, *payer.aliases))
    names = frozenset({*payers, *(document.publisher for document in loaded.values())})
    return Judge(load_support(root), encoder=encoder, entailment=entailment, names=names)
