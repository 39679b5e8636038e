"""Every form an article leaves the program in: one table of kinds, file names, media types and bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from ingest.documents import Document
from rag.article.identity import short_id
from rag.article.letter import missing_letter
from rag.article.markdown import answer_markdown, blocks_markdown
from rag.article.models import Answer
from rag.article.terminal import blocks_text
from rag.article.words import NO_LABELS, Labels

_BASES: Final = {
    "publisher": "confirmed in the publisher's own text",
    "secondary": "confirmed in secondary accounts",
    "unconfirmed": "not confirmed",
}


class ExportKind(StrEnum):
    PDF = "pdf"
    MARKDOWN = "markdown"
    JSON = "json"
    LETTER_PDF = "letter_pdf"
    LETTER_MARKDOWN = "letter_markdown"
    LETTER_TEXT = "letter_text"


@dataclass(frozen=True)
class Naming:
    """What an export says beside the answer. ``bases``: how each digest was confirmed, by ``document#anchor``.

    ``known_hash``: the content hash a review of the answer has on file; else it is computed.
    """

    labels: Labels = NO_LABELS
    bases: Mapping[str, str] = field(default_factory=dict)
    known_hash: str | None = None


@dataclass(frozen=True)
class Format:
    """``label`` is what a button says; ``subject`` and ``suffix`` go into the file's name."""

    label: str
    subject: str
    suffix: str
    media_type: str
    content: Callable[[Answer, Naming], bytes]


@dataclass(frozen=True)
class Export:
    file_name: str
    media_type: str
    content: bytes


def export(answer: Answer, kind: ExportKind, naming: Naming | None = None) -> Export:
    """The same answer gives the same bytes and name. No word of the question or the record is in the name."""
    naming = naming or Naming()
    chosen = FORMATS[kind]
    supposed = "-hypothetical" if answer.hypothesis else ""
    document_id = short_id(answer, naming.known_hash)
    name = f"guideline-qa-{chosen.subject}{supposed}-{answer.last_updated:%Y-%m-%d}-{document_id}.{chosen.suffix}"
    return Export(name, chosen.media_type, chosen.content(answer, naming))


def bases_of(documents: Mapping[str, Document]) -> Mapping[str, str]:
    """How each section of the corpus was confirmed, in words, by ``document#anchor``."""
    return {
        f"{document.id}#{section.anchor}": _BASES[section.basis]
        for document in documents.values()
        for section in document.sections
    }


def _pdf(answer: Answer, naming: Naming) -> bytes:
    from rag.article.pdf.document import answer_pdf

    return answer_pdf(answer, labels=naming.labels, bases=naming.bases, known_hash=naming.known_hash)


def _letter_pdf(answer: Answer, naming: Naming) -> bytes:
    from rag.article.pdf.document import letter_pdf

    return letter_pdf(answer, labels=naming.labels, known_hash=naming.known_hash)


def _markdown(answer: Answer, naming: Naming) -> bytes:
    return _encoded(answer_markdown(answer, labels=naming.labels))


def _json(answer: Answer, naming: Naming) -> bytes:
    return _encoded(answer.model_dump_json(indent=2) + "\n")


def _letter_markdown(answer: Answer, naming: Naming) -> bytes:
    return _encoded(blocks_markdown(missing_letter(answer, naming.labels)))


def _letter_text(answer: Answer, naming: Naming) -> bytes:
    return _encoded(blocks_text(missing_letter(answer, naming.labels)))


def _encoded(text: str) -> bytes:
    """UTF-8; half of a surrogate pair, which no file can hold, becomes a question mark."""
    return text.encode("utf-8", "replace")


_MARKDOWN, _PLAIN, _PDF = "text/markdown; charset=utf-8", "text/plain; charset=utf-8", "application/pdf"

FORMATS: Final[Mapping[ExportKind, Format]] = {
    ExportKind.PDF: Format("PDF", "article", "pdf", _PDF, _pdf),
    ExportKind.MARKDOWN: Format("Markdown", "article", "md", _MARKDOWN, _markdown),
    ExportKind.JSON: Format("JSON", "article", "json", "application/json", _json),
    ExportKind.LETTER_PDF: Format("Letter, PDF", "letter", "pdf", _PDF, _letter_pdf),
    ExportKind.LETTER_MARKDOWN: Format("Letter, Markdown", "letter", "md", _MARKDOWN, _letter_markdown),
    ExportKind.LETTER_TEXT: Format("Letter, plain text", "letter", "txt", _PLAIN, _letter_text),
}
