"""The fonts of the PDF, and any text in them: as plain text, never as markup, and no sign lost for want of a glyph."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from rag.article.words import clean

REGULAR, BOLD, ITALIC, BOLD_ITALIC = "article", "article-bold", "article-italic", "article-bold-italic"

#: Bitstream Vera comes with reportlab, so the document looks the same wherever it is made.
_FILES = {REGULAR: "Vera.ttf", BOLD: "VeraBd.ttf", ITALIC: "VeraIt.ttf", BOLD_ITALIC: "VeraBI.ttf"}
#: Signs without a glyph that look the same as one with a glyph.
_LOOK_ALIKE = str.maketrans({"\u2010": "-", "\u2011": "-", "\u03bc": "\u00b5", "\u2126": "\u03a9", "\u212b": "\u00c5"})
_FOLLOWED = re.compile(r"https?://", re.IGNORECASE)


@cache
def glyphs() -> frozenset[int]:
    """Code points that all four fonts can show. The first call registers the fonts with reportlab."""
    folder = Path(reportlab.__file__).parent / "fonts"
    fonts = [TTFont(name, str(folder / file)) for name, file in _FILES.items()]
    for font in fonts:
        pdfmetrics.registerFont(font)
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD_ITALIC)
    return frozenset.intersection(*(_drawn(font) for font in fonts))


def _drawn(font: TTFont) -> frozenset[int]:
    """Glyph 0 of a font is the box that stands for all it has not."""
    return frozenset(point for point, glyph in font.face.charToGlyph.items() if glyph)


def shown(text: str) -> str:
    """``text`` on one line, as the fonts can show it: signs without a glyph become their code points.

    >>> shown("\u4e2d\u6587")
    '[U+4E2D U+6587]'
    """
    line = " ".join(unicodedata.normalize("NFC", clean(text)).split())
    known = glyphs()
    if all(ord(sign) in known for sign in line):
        return line
    runs = groupby(line.translate(_LOOK_ALIKE), key=lambda sign: ord(sign) in known)
    return "".join("".join(run) if drawn else _code_points(run) for drawn, run in runs)


def _code_points(signs: Iterable[str]) -> str:
    return f"[{' '.join(f'U+{ord(sign):04X}' for sign in signs)}]"


def markup(text: str) -> str:
    """``text`` as reportlab's paragraphs read it: every sign of it is shown, none is a tag or an entity."""
    return escape(shown(text))


def link(url: str) -> str:
    """``url`` as text that can be followed; anything but a web address is only shown."""
    address = clean(url).strip()
    if not _FOLLOWED.match(address):
        return markup(address)
    return f'<a href={quoteattr(_encoded(address))} color="#1f4e8c">{markup(address)}</a>'


def _encoded(address: str) -> str:
    """Spaces and what is not ASCII would end the address in some readers."""
    return "".join(
        sign if "!" <= sign <= "~" else "".join(f"%{byte:02X}" for byte in sign.encode()) for sign in address
    )
