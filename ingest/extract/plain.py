"""Bytes to text: Unicode by its mark, else UTF-8, else what Windows wrote for decades."""

from __future__ import annotations

import codecs

from ingest.extract.errors import ExtractError

#: Share of control characters beyond which bytes are no text.
MOST_CONTROLS = 0.05

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TEXT_CONTROLS = frozenset("\t\n\r\x0b\x0c\x1a")
REMEDY = "Save it as UTF-8 text, PDF or DOCX, then upload that"


def plain_text(name: str, content: bytes) -> tuple[str, tuple[str, ...]]:
    """The text, and a notice when its encoding had to be assumed. Raises ExtractError for bytes that are no text."""
    text, notices = _decoded(name, content)
    controls = sum(1 for letter in text if letter < " " and letter not in _TEXT_CONTROLS)
    if controls > MOST_CONTROLS * len(text):
        raise ExtractError(name, "the file is of a kind that cannot be read", REMEDY)
    return text, notices


def _decoded(name: str, content: bytes) -> tuple[str, tuple[str, ...]]:
    marked = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None)
    try:
        return content.decode(marked or "utf-8"), ()
    except UnicodeDecodeError:
        if marked:
            raise ExtractError(name, "the file begins as Unicode but is damaged or cut off", REMEDY) from None
    # Five bytes mean nothing in Windows-1252; a text that holds one is shown with a mark in its place.
    text = content.decode("cp1252", "replace")
    return text, ("The text was read as Windows-1252: check its accents, dashes and signs.",)
