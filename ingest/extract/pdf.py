"""The text of a PDF, page by page. Run by ``worker``: a hostile file can take time and memory without end."""

from __future__ import annotations

import io
import logging
from typing import Any

from ingest.extract import limits
from ingest.extract.cleaning import cleaned
from ingest.extract.errors import ExtractError
from ingest.extract.lines import unwrapped
from ingest.extract.models import Extracted, Kind

PAGE_BREAK = "\n\n"
END = b"%%EOF"
#: Bytes at the end in which a PDF's end is looked for; some programs write a little behind it.
END_SEARCHED = 2048


def pdf_text(name: str, content: bytes) -> Extracted:
    """Raises ExtractError for what is locked, cut off, too long or without text; for damage, what pypdf raises."""
    import pypdf
    from pypdf.errors import LimitReachedError

    if END not in content[-END_SEARCHED:]:
        raise ExtractError(name, "the PDF is cut off: its end is missing", "Download or export it again")
    complaints = _Complaints()
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        _unlock(name, reader)
        count = len(reader.pages)
        if count > limits.MOST_PAGES:
            problem = f"the PDF has {count:,} pages; at most {limits.MOST_PAGES:,} are read"
            raise ExtractError(name, problem, "Save the pages that matter as a PDF of their own")
        texts = [unwrapped(cleaned(page.extract_text())) for page in reader.pages]
    except LimitReachedError:
        problem = "the PDF unpacks to more than is read"
        raise ExtractError(name, problem, "Print the pages that matter to a new PDF") from None
    finally:
        complaints.close()
    return _joined(name, texts, damaged=complaints.heard)


class _Complaints(logging.Handler):
    """Notes that pypdf met something it had to guess, and keeps it from printing words of the file."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard = False
        self._logger = logging.getLogger("pypdf")
        self._logger.addHandler(self)
        self._logger.propagate = False

    def emit(self, record: logging.LogRecord) -> None:
        self.heard = True

    def close(self) -> None:
        self._logger.removeHandler(self)
        super().close()


def _unlock(name: str, reader: Any) -> None:
    """A PDF that only restricts printing opens with an empty password."""
    if not reader.is_encrypted:
        return
    try:
        opened = bool(reader.decrypt(""))
    except Exception:  # pypdf asks for another package when the cipher needs one
        opened = False
    if not opened:
        raise ExtractError(name, "the PDF is encrypted", "Save a copy without a password, then upload that")


def _joined(name: str, texts: list[str], *, damaged: bool) -> Extracted:
    if not any(texts) and damaged:
        problem = "the PDF is damaged: none of its text can be read"
        raise ExtractError(name, problem, "Export it again, or print it to a new PDF")
    if not any(texts):
        problem = "the PDF holds no text: its pages are pictures, probably a scan"
        raise ExtractError(name, problem, "Run text recognition (OCR) on it first, or type the text in")
    pages: dict[int, int] = {}
    text = ""
    for number, page in enumerate(texts, start=1):
        text += PAGE_BREAK if text and page else ""
        pages[number] = len(text)
        text += page
    return Extracted(text=text, pages=pages, kind=Kind.PDF, notices=(*_of_damage(damaged), *_of_empty_pages(texts)))


def _of_damage(damaged: bool) -> tuple[str, ...]:
    return ("The PDF is damaged in places: check that nothing is missing from its text.",) if damaged else ()


def _of_empty_pages(texts: list[str]) -> tuple[str, ...]:
    empty = [str(number) for number, text in enumerate(texts, start=1) if not text]
    if not empty:
        return ()
    listed = ", ".join(empty[:10]) + (", ..." if len(empty) > 10 else "")
    pages = f"page {listed}" if len(empty) == 1 else f"pages {listed}"
    return (f"No text was found on {pages} of {len(texts)}: blank, or a picture of text.",)
