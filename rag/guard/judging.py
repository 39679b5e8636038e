"""The support judge of a corpus, and the sections of its documents as evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from ingest.documents import Document, Section, load_documents
from ingest.encoder import Encoder
from rag.guard.support.judge import Judge
from rag.guard.support.models import Entailment, Evidence
from rag.guard.support.rules import SupportRules
from rag.guard.support.rules_file import load_support
from rag.knowledge.payers import Payer, load_payers


def open_judge(
    root: Path,
    *,
    encoder: Encoder,
    documents: Mapping[str, Document] | None = None,
    entailment: Entailment | None = None,
) -> Judge:
    """The judge of the corpus at ``root``. ``documents`` spares loading them when the caller has them."""
    return make_judge(
        load_support(root),
        encoder=encoder,
        documents=documents if documents is not None else load_documents(root),
        payers=load_payers(root).values(),
        entailment=entailment,
    )


def make_judge(
    rules: SupportRules,
    *,
    encoder: Encoder,
    documents: Mapping[str, Document],
    payers: Iterable[Payer],
    entailment: Entailment | None = None,
) -> Judge:
    """The judge that knows payers and publishers by name."""
    names = {name for payer in payers for name in (payer.name, *payer.aliases)}
    names |= {document.publisher for document in documents.values()}
    return Judge(rules, encoder=encoder, entailment=entailment, names=frozenset(names))


def section_evidence(document: Document, section: Section, payers: Mapping[str, Payer]) -> Evidence:
    """The words of a section, what names its document and its payer, and whether anybody confirmed it.

    Aliases of a payer are left out: they name its contractors, and what one of them says is not what all say.
    """
    names = [document.id, document.title, document.publisher, document.version]
    payer = payers.get(document.payer) if document.payer else None
    if payer is not None:
        names.append(payer.name)
    return Evidence(section.text, "; ".join(names), confirmed=section.basis != "unconfirmed")
