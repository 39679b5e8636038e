"""Blocks as the flowing parts of a PDF."""

from __future__ import annotations

import re
from functools import singledispatch
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, HRFlowable, Paragraph, Spacer

from rag.article import blocks
from rag.article.markdown import checked_words
from rag.article.models import Reference
from rag.article.pdf import styles, tables
from rag.article.pdf.citing import Citing
from rag.article.pdf.glyphs import link, markup, shown
from rag.article.words import published

Parts = list[Flowable]

#: A heading stays on a page only with this much room below it, in points.
_ROOM = {1: 120, 2: 80, 3: 90}
_BULLET = "\u2022"
#: The time to lay out one paragraph grows with the square of its length; longer texts are laid out in parts.
_PIECE = re.compile(r".{1,3000}(?:\s+|$)|.{3000}")


@singledispatch
def render(block: blocks.Block, citing: Citing) -> Parts:
    """The parts that show ``block``; a heading among them is an entry of the outline."""
    raise TypeError(f"no PDF for {type(block).__name__}")


@render.register
def _(block: blocks.Heading, citing: Citing) -> Parts:
    if block.level == 1:
        return [_outlined(block.text, styles.TITLE, level=0)]
    level = min(block.level, 3)
    return [CondPageBreak(_ROOM[level]), _outlined(block.text, styles.HEADINGS[level], level=level - 2)]


@render.register
def _(block: blocks.Paragraph, citing: Citing) -> Parts:
    return _long(block.text, styles.BODY)


@render.register
def _(block: blocks.Quotation, citing: Citing) -> Parts:
    return [Paragraph(markup(block.lead), styles.NOTE), *_long(block.text, styles.QUOTATION)]


@render.register
def _(block: blocks.Banner, citing: Citing) -> Parts:
    colour = styles.STATUS_COLOUR[block.status] if block.status else "#17365d"
    words = block.words[:1].upper() + block.words[1:]
    inside = [Paragraph(f'<font color="{colour}">Status: {markup(words)}</font>', styles.STATUS)]
    if block.basis:
        inside.append(Paragraph(markup(block.basis), styles.CELL))
    title = _outlined(block.headline or words, styles.HEADLINE, level=0)
    return [title, tables.boxed(inside, ground=styles.GROUND, edge=HexColor(colour))]


@render.register
def _(block: blocks.Sentences, citing: Citing) -> Parts:
    texts = [_sentence(sentence, citing) for sentence in block.sentences]
    if len(texts) == 1:
        return [Paragraph(texts[0], styles.BODY)]
    return [Paragraph(text, styles.BULLET, bulletText=_BULLET) for text in texts]


@render.register
def _(block: blocks.PolicyTable, citing: Citing) -> Parts:
    return [tables.policies(block.rows)]


@render.register
def _(block: blocks.Checklist, citing: Citing) -> Parts:
    title = _outlined(f"{block.title}: {block.words}", styles.HEADINGS[3], level=1)
    parts: Parts = [CondPageBreak(_ROOM[3]), title, tables.criteria(block)]
    for note in block.notes:
        parts += [CondPageBreak(40), Paragraph(f"{markup(note.lead)}:", styles.NOTE)]
        parts += [Paragraph(markup(item), styles.NOTE_ITEM, bulletText=_BULLET) for item in note.items]
    return parts


@render.register
def _(block: blocks.Bullets, citing: Citing) -> Parts:
    return [Paragraph(markup(item), styles.BULLET, bulletText=_BULLET) for item in block.items]


@render.register
def _(block: blocks.Numbered, citing: Citing) -> Parts:
    parts: Parts = []
    for number, item in enumerate(block.items, start=1):
        parts += [CondPageBreak(40), Paragraph(f"<b>{markup(item.text)}</b>", styles.NUMBERED, bulletText=f"{number}.")]
        parts += [Paragraph(markup(detail), styles.DETAIL, bulletText="\u2013") for detail in item.details]
    return parts


@render.register
def _(block: blocks.Signature, citing: Citing) -> Parts:
    parts: Parts = []
    for name in block.fields:
        rule = HRFlowable(width=260, thickness=0.6, color=styles.INK, hAlign="LEFT", spaceAfter=1)
        parts += [Spacer(1, 24), rule, Paragraph(markup(name), styles.CELL)]
    return parts


@render.register
def _(block: blocks.References, citing: Citing) -> Parts:
    return [Paragraph(_reference(entry, citing), styles.REFERENCE) for entry in block.entries]


def _long(text: str, style: ParagraphStyle) -> Parts:
    """A text of any length, such as a note somebody pasted."""
    return [Paragraph(escape(piece), style) for piece in _PIECE.findall(shown(text))]


def _outlined(text: str, style: ParagraphStyle, *, level: int) -> Flowable:
    """A heading; ``outline`` is read when it is placed."""
    heading = Paragraph(markup(text), style)
    heading.outline = (text, level)
    return heading


def _sentence(sentence: blocks.Sentence, citing: Citing) -> str:
    support = (*sentence.said, *([checked_words(sentence)] if sentence.checked else []))
    quiet = "".join(f' <font color="#55616e"><i>({markup(words)})</i></font>' for words in support)
    return f"{markup(sentence.text)}{citing.markers(sentence.markers)}{quiet}"


def _reference(entry: Reference, citing: Citing) -> str:
    source = f"{entry.document_id}#{entry.anchor}"
    page = f", page {entry.page}" if entry.page else ""
    basis = f"; basis of the digest: {citing.bases[source]}" if source in citing.bases else ""
    about = f"{published(entry)}, last checked {entry.last_checked}{page}{basis}."
    quote = f"<i>\u201c{markup(entry.quote)}\u201d</i> ({markup(source)})"
    return f"{citing.label(entry.n)} <b>{markup(entry.title)}.</b> {markup(about)} {quote}<br/>{link(entry.url)}"
