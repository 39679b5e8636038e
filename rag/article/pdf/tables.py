"""The table of policies and the checklists: they wrap, split over pages, and repeat their column headings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportlab.platypus import Flowable, Paragraph, Table

from rag.article.blocks import Checklist, CheckRow, PolicyRow
from rag.article.pdf import styles
from rag.article.pdf.glyphs import markup

#: Width of the text on the page, in points.
WIDTH = 500
_POLICY_WIDTHS = (150, 86, 92, 172)
_CHECK_WIDTHS = (78, 282, 140)
#: A row is split over pages only where at least this much of it, in points, stands on each.
_LEAST_OF_A_ROW = 30


def policies(rows: Iterable[PolicyRow]) -> Flowable:
    cells = [
        (
            _cell(f"<b>{markup(row.payer)}</b><br/>{markup(row.title)} ({markup(row.policy_id)})"),
            _cell(_coloured(row.words, styles.STATUS_COLOUR[row.status])),
            _cell(f"{markup(row.version)}<br/>{markup(row.window)}"),
            _cell(markup(row.reason)),
        )
        for row in rows
    ]
    return _table(("Policy", "Status", "Version and window", "Why"), cells, _POLICY_WIDTHS)


def criteria(block: Checklist) -> Flowable:
    cells = [
        (
            _cell(_coloured(row.words, styles.ROW_COLOUR[row.status])),
            Paragraph(_criterion(row), styles.CELL_PART if row.depth else styles.CELL),
            _cell(markup(row.source)),
        )
        for row in block.rows
    ]
    return _table(("Status", "Criterion", "Source"), cells, _CHECK_WIDTHS)


def pairs(rows: Iterable[tuple[str, str]]) -> Flowable:
    """Names and their values, as on the head of a form."""
    cells = [(Paragraph(markup(name), styles.CELL_HEAD), _cell(markup(value))) for name, value in rows]
    look = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.4, styles.LINE), *_padding(2.5)]
    return _fitted(Table(cells, colWidths=(92, WIDTH - 92), style=look, splitInRow=_LEAST_OF_A_ROW))


def boxed(parts: Sequence[Flowable], *, ground: object, edge: object) -> Flowable:
    """``parts`` one under another on a tinted ground with a strong edge at the left."""
    look = [
        ("BACKGROUND", (0, 0), (-1, -1), ground),
        ("LINEBEFORE", (0, 0), (0, -1), 3, edge),
        ("LEFTPADDING", (0, 0), (-1, -1), 10),
        ("RIGHTPADDING", (0, 0), (-1, -1), 8),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]
    return _fitted(Table([(part,) for part in parts], colWidths=(WIDTH,), style=look, splitInRow=_LEAST_OF_A_ROW))


def _criterion(row: CheckRow) -> str:
    part = "Part: " if row.depth else ""
    remarks = f" <i>({markup('; '.join(row.remarks))})</i>" if row.remarks else ""
    return f"{part}{markup(row.label)}{remarks}"


def _table(header: Sequence[str], rows: Sequence[Sequence[Flowable]], widths: Sequence[int]) -> Flowable:
    head = [Paragraph(markup(name), styles.CELL_HEAD) for name in header]
    look = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (-1, 0), styles.STRONG),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, styles.LINE),
        ("LINEABOVE", (0, 0), (-1, 0), 0.8, styles.HEAD),
        *_padding(3),
    ]
    table = Table([head, *rows], colWidths=widths, repeatRows=1, style=look, splitInRow=_LEAST_OF_A_ROW)
    return _fitted(table)


def _fitted(table: Flowable) -> Flowable:
    table.hAlign = "LEFT"
    table.spaceAfter = 6
    return table


def _padding(points: float) -> list[tuple[object, ...]]:
    everywhere = ((0, 0), (-1, -1))
    sides = [("LEFTPADDING", *everywhere, 4), ("RIGHTPADDING", *everywhere, 4)]
    return [*sides, ("TOPPADDING", *everywhere, points), ("BOTTOMPADDING", *everywhere, points)]


def _cell(text: str) -> Flowable:
    return Paragraph(text, styles.CELL)


def _coloured(words: str, colour: str) -> str:
    return f'<font color="{colour}"><b>{markup(words)}</b></font>'
