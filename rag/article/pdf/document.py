"""Blocks and their sheet as the bytes of a PDF. The same answer gives the same bytes: nothing here reads a clock."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, KeepTogether, PageTemplate, Spacer

from rag.article.blocks import Blocks, Signature
from rag.article.layout import answer_blocks
from rag.article.letter import missing_letter
from rag.article.models import Answer
from rag.article.pdf import tables
from rag.article.pdf.citing import Citing
from rag.article.pdf.glyphs import REGULAR, glyphs
from rag.article.pdf.page import PAPER, draw_page, text_frame
from rag.article.pdf.render import Parts, render
from rag.article.pdf.sheet import Sheet, article_sheet, letter_sheet
from rag.article.words import NO_LABELS, Labels, clean

_NOTHING: Mapping[str, str] = MappingProxyType({})
_LANGUAGE = "en"
_PROGRAM = "guideline-qa"


def answer_pdf(
    answer: Answer,
    *,
    labels: Labels = NO_LABELS,
    bases: Mapping[str, str] = _NOTHING,
    known_hash: str | None = None,
) -> bytes:
    """The article. ``bases``: how each digest was confirmed, in words, by source (``document#anchor``).

    ``known_hash``: the content hash a review of the answer has on file; else it is computed.
    """
    return blocks_pdf(answer_blocks(answer, labels), article_sheet(answer, known_hash=known_hash), bases=bases)


def letter_pdf(answer: Answer, *, labels: Labels = NO_LABELS, known_hash: str | None = None) -> bytes:
    """The letter of missing documentation."""
    return blocks_pdf(missing_letter(answer, labels), letter_sheet(answer, known_hash=known_hash))


def blocks_pdf(blocks: Blocks, sheet: Sheet, *, bases: Mapping[str, str] = _NOTHING) -> bytes:
    """``blocks`` on pages with head and foot; the first block is followed by the details of the sheet."""
    glyphs()
    total = _built(blocks, sheet, bases, total=0)[0]
    return _built(blocks, sheet, bases, total=total)[1]


def _built(blocks: Blocks, sheet: Sheet, bases: Mapping[str, str], *, total: int) -> tuple[int, bytes]:
    """The number of pages, and the file, in which each page says it is one of ``total``."""
    file = io.BytesIO()
    outline = _Outline()
    document = BaseDocTemplate(file, pagesize=PAPER, allowSplitting=1, **_metadata(sheet))
    document.afterFlowable = lambda flowable: outline.note(document.canv, flowable)
    frames = [text_frame(sheet)]
    document.addPageTemplates(
        PageTemplate(frames=frames, onPage=lambda canvas, _: draw_page(canvas, sheet, canvas.getPageNumber(), total))
    )
    document.build(_parts(blocks, sheet, bases), canvasmaker=lambda *args, **options: _canvas(sheet, *args, **options))
    return document.page, file.getvalue()


def _parts(blocks: Blocks, sheet: Sheet, bases: Mapping[str, str]) -> Parts:
    citing = Citing.of(blocks, bases)
    parts: Parts = []
    for place, block in enumerate(blocks):
        parts += render(block, citing)
        if place == 0 and sheet.details:
            parts += [tables.pairs(sheet.details), Spacer(1, 4)]
        if isinstance(block, Signature):
            parts = _never_alone(parts)
    return parts


def _never_alone(parts: Parts) -> Parts:
    """What is signed stands on the page of the signature: its part of the text, from the last heading on."""
    start = max((place for place, part in enumerate(parts) if hasattr(part, "outline")), default=0)
    return [*parts[:start], KeepTogether(parts[start:])]


def _canvas(sheet: Sheet, *args: Any, **options: Any) -> Canvas:
    """A canvas that makes the same file again, and knows no other time than the answer's."""
    given = options | {"invariant": 1, "pageCompression": 1, "lang": _LANGUAGE, "initialFontName": REGULAR}
    canvas = Canvas(*args, **given)
    canvas.setDateFormatter(lambda *_: _date(sheet.written))
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.showOutline()
    return canvas


def _metadata(sheet: Sheet) -> dict[str, str]:
    title = clean(f"{'HYPOTHETICAL: ' if sheet.mark else ''}{sheet.title}").strip()
    said = {"title": title, "subject": sheet.subject, "keywords": f"document {sheet.document_id}"}
    return said | {"author": _PROGRAM, "creator": _PROGRAM, "producer": _PROGRAM}


def _date(at: datetime) -> str:
    known = at.astimezone(UTC) if at.tzinfo else at
    return f"D:{known:%Y%m%d%H%M%S}Z"


class _Outline:
    """Entries for the headings as they are placed; a level never jumps by more than one."""

    def __init__(self) -> None:
        self._count = 0
        self._level = -1

    def note(self, canvas: Canvas, flowable: Flowable) -> None:
        entry = getattr(flowable, "outline", None)
        if entry is None:
            return
        text, level = entry
        self._level = min(level, self._level + 1)
        self._count += 1
        key = f"part-{self._count}"
        canvas.bookmarkHorizontal(key, 0, flowable.height)
        canvas.addOutlineEntry(" ".join(clean(text).split()), key, self._level, closed=self._level > 0)
