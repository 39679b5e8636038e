"""The text of a DOCX: paragraphs, lists and tables in their order; headers, footers and comments are skipped.

Text inserted under change tracking is read and text deleted is not, as the document would be printed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.extract.cleaning import cleaned
from ingest.extract.errors import ExtractError
from ingest.extract.models import Extracted, Heading, Kind

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
#: Deleted and moved text, and the second copy that old programs get of a text box.
_SKIPPED = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", f"{_W}instrText", _FALLBACK})
_HEADING_STYLE = re.compile(r"heading (\d)", re.IGNORECASE)
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CHANGES = frozenset({f"{_W}ins", f"{_W}del", f"{_W}moveFrom", f"{_W}moveTo"})


@dataclass(frozen=True)
class Line:
    """A paragraph or a table row; ``level`` is 0 where it is no heading."""

    text: str
    level: int = 0


def docx_text(name: str, content: bytes) -> Extracted:
    """Raises ExtractError for what is hostile or without text, and whatever python-docx raises for what is damaged."""
    import docx

    _refuse_declarations(name, content)
    document = docx.Document(io.BytesIO(content))
    styles = {style.style_id: style.name or "" for style in document.styles}
    body = document.element.body
    lines = list(_lines(body, styles))
    tracked = any(element.tag in _CHANGES for element in body.iter())
    return _joined(name, lines, tracked=tracked)


def _refuse_declarations(name: str, content: bytes) -> None:
    """No Word document declares entities: one that does means to read files or to fill the memory."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            if part.endswith((".xml", ".rels")) and _DECLARATION.search(archive.read(part)):
                problem = "the file declares XML entities, which no Word document does"
                raise ExtractError(name, problem, "Do not trust it; ask for a PDF or for plain text")


def _lines(container: Any, styles: dict[str, str]) -> Iterator[Line]:
    for element in container:
        if element.tag == f"{_W}p":
            yield _paragraph(element, styles)
        elif element.tag == f"{_W}tbl":
            yield Line("")
            yield from (Line(_row(row)) for row in element.iter(f"{_W}tr"))
            yield Line("")
        elif element.tag not in _SKIPPED:  # a content control, an insertion: what is in it counts
            yield from _lines(element, styles)


def _paragraph(element: Any, styles: dict[str, str]) -> Line:
    found = element.find(f"{_W}pPr/{_W}pStyle")
    style = styles.get(found.get(f"{_W}val"), "") if found is not None else ""
    heading = _HEADING_STYLE.match(style)
    listed = element.find(f"{_W}pPr/{_W}numPr") is not None or style.startswith("List")
    text = cleaned("".join(_words(element))).strip()
    if heading:
        return Line(" ".join(text.split()), int(heading[1]) or 1)
    return Line(f"- {text}" if listed and text else text, 1 if style == "Title" else 0)


def _row(row: Any) -> str:
    cells = [" ".join("".join(_words(cell)).split()) for cell in row.iter(f"{_W}tc")]
    return " | ".join(cell for cell in cells if cell)


def _words(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag == f"{_W}tab":
            yield "\t"
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif child.tag not in _SKIPPED and isinstance(child.tag, str):
            yield from _words(child)
            if child.tag == f"{_W}p":
                yield "\n"


def _joined(name: str, lines: list[Line], *, tracked: bool) -> Extracted:
    text, headings = "", []
    for line in lines:
        if line.text and line.level:
            text += "\n" if text and not text.endswith("\n\n") else ""
            headings.append(Heading(start=len(text), end=len(text) + len(line.text), level=line.level))
        text += f"{line.text}\n" if line.text or not text.endswith("\n\n") else ""
    if not text.strip():
        problem = "the Word document holds no text; it may consist of pictures"
        raise ExtractError(name, problem, "Type the text in, or run text recognition (OCR) on it")
    notice = "The document has tracked changes: insertions were read, deletions were not."
    return Extracted(
        text=text.rstrip("\n"), kind=Kind.DOCX, headings=tuple(headings), notices=(notice,) if tracked else ()
    )
