"""How the PDF looks: sizes in points, colours with a contrast of at least 4.5 to 1 on their ground."""

from __future__ import annotations

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.styles import ParagraphStyle

from rag.article.pdf.glyphs import BOLD, ITALIC, REGULAR
from rag.criteria.determination import CriterionStatus, Status

INK, QUIET, HEAD = HexColor("#1c2733"), HexColor("#55616e"), HexColor("#17365d")
LINE, GROUND, STRONG = HexColor("#c3ccd6"), HexColor("#f3f6f9"), HexColor("#e3eaf2")
WARNING, WARNING_GROUND = HexColor("#7a3e00"), HexColor("#fff3dc")

_GREEN, _RED, _AMBER = "#1b5e33", "#9b1c1c", "#7a4a00"
STATUS_COLOUR = {
    Status.MET: _GREEN,
    Status.NOT_MET: _RED,
    Status.NOT_COVERED: _RED,
    Status.DOCUMENTATION: _AMBER,
    Status.POLICY_CHECK: _AMBER,
    Status.NOT_APPLICABLE: "#55616e",
}
ROW_COLOUR = {
    CriterionStatus.MET: _GREEN,
    CriterionStatus.NOT_MET: _RED,
    CriterionStatus.NOT_DOCUMENTED: _AMBER,
    CriterionStatus.NOT_APPLICABLE: "#55616e",
}


def _style(name: str, size: float, *, font: str = REGULAR, colour: Color = INK, **more: object) -> ParagraphStyle:
    """Every style splits words that are wider than its column, and leaves no line of a paragraph alone on a page."""
    given: dict[str, object] = {"leading": size * 1.38, "bulletFontName": REGULAR, "bulletFontSize": size}
    given |= {"splitLongWords": 1, "allowWidows": 0, "allowOrphans": 0} | more
    return ParagraphStyle(name, fontName=font, fontSize=size, textColor=colour, **given)


BODY = _style("body", 8.8, spaceAfter=5)
BULLET = _style("bullet", 8.8, leftIndent=13, bulletIndent=3, spaceAfter=3.5)
NUMBERED = _style("numbered", 8.8, leftIndent=22, bulletIndent=0, spaceBefore=4, spaceAfter=2)
DETAIL = _style("detail", 7.6, colour=QUIET, leftIndent=32, bulletIndent=24, spaceAfter=1.5)
QUOTATION = _style("quotation", 8.8, font=ITALIC, leftIndent=10, rightIndent=6, spaceAfter=6)
TITLE = _style("title", 15, font=BOLD, colour=HEAD, spaceAfter=8)
HEADLINE = _style("headline", 12.5, font=BOLD, colour=HEAD, spaceBefore=5, spaceAfter=4)
HEADINGS = {
    2: _style("heading", 11, font=BOLD, colour=HEAD, spaceBefore=12, spaceAfter=5),
    3: _style("subheading", 9.2, font=BOLD, colour=INK, spaceBefore=9, spaceAfter=4),
}
CELL = _style("cell", 7.4)
CELL_PART = _style("part", 7.4, leftIndent=10)
CELL_HEAD = _style("column", 7.4, font=BOLD, colour=HEAD)
NOTE = _style("note", 7.8, font=BOLD, spaceBefore=4, spaceAfter=2)
NOTE_ITEM = _style("item", 7.8, leftIndent=12, bulletIndent=3, spaceAfter=1.5)
REFERENCE = _style("reference", 7.8, leftIndent=22, firstLineIndent=-22, spaceAfter=5)
STATUS = _style("status", 11.5, font=BOLD)
