"""A pair as the guard would meet it: with the names and the basis of its document, where the corpus has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from evals.citations.pair import Pair
from ingest.documents import Document
from rag.guard.judging import section_evidence
from rag.guard.support.models import Evidence
from rag.knowledge.payers import Payer


@dataclass(frozen=True)
class CorpusEvidence:
    """Calls with a pair. A passage that is from no document of the corpus, or no longer stands there, is bare words."""

    documents: Mapping[str, Document]
    payers: Mapping[str, Payer]

    def __call__(self, pair: Pair) -> Evidence:
        document_id, _, anchor = (pair.source or "").partition("#")
        document = self.documents.get(document_id)
        section = document.section(anchor) if document else None
        if document is None or section is None or pair.passage not in section.text:
            return Evidence(pair.passage)
        return replace(section_evidence(document, section, self.payers), text=pair.passage)
