"""The support judge of a corpus, and the sections of its documents as evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ingest.documents import Document, Section
from ingest.encoder import Encoder
from rag.guard.support.judge import Judge
from rag.guard.support.models import Entailment, Evidence
from rag.guard.support.rules import SupportRules
from rag.knowledge.payers import Payer


def make_judge(
    rules: SupportRules,
    *,
    encoder: Encoder,
    documents: Mapping[str, Document],
    payers: Iterable[Payer],
    entailment: Entailment | None = None,
) -> Judge:
    """The judge that knows the corpus's payers and publishers by name."""
    names = {name for payer in payers for name in (payer.name, *payer.aliases)}
    names |= {document.publisher for document in documents.values()}
    return Judge(rules, encoder=encoder, entailment=entailment, names=frozenset(names))


def section_evidence(document: Document, section: Section, *, payer: Payer | None = None) -> Evidence:
    """The words of a section, what names its document and its payer, and whether anybody confirmed it."""
    names = [document.id, document.title, document.publisher, document.version]
    if payer is not None:
        names += [payer.name, *payer.aliases]
    return Evidence(section.text, "; ".join(names), confirmed=section.basis != "unconfirmed")
