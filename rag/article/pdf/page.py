"""What is drawn round the text of every page: head, foot, and the mark of a hypothetical."""

from __future__ import annotations

from reportlab.lib.pagesizes import LETTER
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Frame

from rag.article.pdf import styles
from rag.article.pdf.glyphs import BOLD, REGULAR, shown
from rag.article.pdf.sheet import PURPOSE, Sheet
from rag.article.pdf.tables import WIDTH

PAPER = LETTER
_LEFT = (PAPER[0] - WIDTH) / 2
_RIGHT = _LEFT + WIDTH
_TOP, _BOTTOM = 54, 58
_SMALL, _LEADING = 6.8, 9
#: Lines of the mark of a hypothetical on each page; the first page has all of it in its text.
_MARK_LINES = 2
_MARK_HEIGHT = 32
_MORE = " ..."


def text_frame(sheet: Sheet) -> Frame:
    top = _TOP + (_MARK_HEIGHT if sheet.mark else 0)
    height = PAPER[1] - top - _BOTTOM
    return Frame(_LEFT, _BOTTOM, WIDTH, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)


def draw_page(canvas: Canvas, sheet: Sheet, number: int, total: int) -> None:
    """Head and foot of page ``number`` of ``total``."""
    canvas.saveState()
    _head(canvas, sheet)
    _foot(canvas, sheet, f"Page {number} of {total}")
    if sheet.mark:
        _mark(canvas, sheet.mark)
    canvas.restoreState()


def _head(canvas: Canvas, sheet: Sheet) -> None:
    line = PAPER[1] - 36
    canvas.setStrokeColor(styles.HEAD)
    canvas.setLineWidth(0.8)
    canvas.line(_LEFT, line - 5, _RIGHT, line - 5)
    canvas.setFillColor(styles.HEAD)
    canvas.setFont(BOLD, _SMALL + 0.7)
    canvas.drawString(_LEFT, line, shown(sheet.kind))
    canvas.setFillColor(styles.QUIET)
    canvas.setFont(REGULAR, _SMALL)
    canvas.drawRightString(_RIGHT, line, f"Document {sheet.document_id}")


def _foot(canvas: Canvas, sheet: Sheet, page: str) -> None:
    canvas.setStrokeColor(styles.LINE)
    canvas.setLineWidth(0.5)
    canvas.line(_LEFT, _BOTTOM - 12, _RIGHT, _BOTTOM - 12)
    canvas.setFillColor(styles.QUIET)
    canvas.setFont(REGULAR, _SMALL)
    first, second = _BOTTOM - 22, _BOTTOM - 22 - _LEADING
    canvas.drawString(_LEFT, first, PURPOSE)
    right = f"Document {sheet.document_id}, {sheet.written:%Y-%m-%d}. {page}"
    canvas.drawRightString(_RIGHT, second, right)
    room = WIDTH - stringWidth(right, REGULAR, _SMALL) - 12
    canvas.drawString(_LEFT, second, _lines(f"Review status: {sheet.reviewed}.", room, 1)[0])


def _mark(canvas: Canvas, mark: str) -> None:
    top = PAPER[1] - 46
    canvas.setFillColor(styles.WARNING_GROUND)
    canvas.setStrokeColor(styles.WARNING)
    canvas.rect(_LEFT, top - _MARK_HEIGHT + 6, WIDTH, _MARK_HEIGHT - 6, fill=1, stroke=1)
    canvas.setFillColor(styles.WARNING)
    canvas.setFont(BOLD, _SMALL + 0.7)
    for place, line in enumerate(_lines(mark, WIDTH - 16, _MARK_LINES, font=BOLD, size=_SMALL + 0.7)):
        canvas.drawString(_LEFT + 8, top - 10 - place * _LEADING, line)


def _lines(text: str, width: float, most: int, *, font: str = REGULAR, size: float = _SMALL) -> list[str]:
    """``text`` in at most ``most`` lines; what does not fit is left out, and three dots say so."""
    lines: list[str] = simpleSplit(shown(text), font, size, width) or [""]
    if len(lines) <= most and all(stringWidth(line, font, size) <= width for line in lines):
        return lines
    kept = lines[:most]
    while kept[-1] and stringWidth(kept[-1] + _MORE, font, size) > width:
        kept[-1] = kept[-1][:-1]
    return [*kept[:-1], kept[-1] + _MORE]
