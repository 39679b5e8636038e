"""The text of any file that is read: the one way in."""

from __future__ import annotations

from ingest.extract import limits
from ingest.extract.cleaning import cleaned
from ingest.extract.errors import ExtractError
from ingest.extract.file_kind import READABLE, kind_of
from ingest.extract.json_text import check_depth
from ingest.extract.models import Extracted, Kind
from ingest.extract.packed import GZIP_MARK, check_zip, gunzipped
from ingest.extract.plain import plain_text
from ingest.extract.worker import extract_apart


def extract_text(name: str, content: bytes, *, seconds: float = limits.MOST_SECONDS) -> Extracted:
    """The text of the file ``name``: plain text, PDF, DOCX or JSON, the last as it stands; each may be gzipped.

    The content decides what it is. Raises ExtractError with what is wrong and what to do: for an empty, damaged,
    encrypted, hostile or over-long file, one without text, and one whose name promises another kind. ``seconds``
    bounds the time a PDF or DOCX may take.
    """
    if len(content) > limits.MOST_BYTES:
        size, largest = len(content) / limits.MEGABYTE, limits.MOST_BYTES // limits.MEGABYTE
        problem = f"the file has {size:,.1f} MB; at most {largest} MB are read"
        raise ExtractError(name, problem, "Save the part that matters as a file of its own")
    if content.startswith(GZIP_MARK):
        content = gunzipped(name, content)
    if not content.strip(b"\x00\t\n\r "):
        raise ExtractError(name, "the file is empty", f"Upload {READABLE}")
    kind = kind_of(name, content)
    extracted = _extracted(name, content, kind, seconds)
    if not extracted.text.strip():
        raise ExtractError(name, "the file holds no text", f"Upload {READABLE}")
    most = limits.MOST_JSON_CHARACTERS if kind is Kind.JSON else limits.MOST_CHARACTERS
    if len(extracted.text) > most:
        problem = f"the file has {len(extracted.text):,} characters; at most {most:,} are read"
        raise ExtractError(name, problem, "Save the part that matters as a file of its own")
    return extracted


def _extracted(name: str, content: bytes, kind: Kind, seconds: float) -> Extracted:
    if kind is Kind.DOCX:
        check_zip(name, content)
    if kind in (Kind.PDF, Kind.DOCX):
        return extract_apart(name, content, kind, seconds=seconds)
    text, notices = plain_text(name, content)
    if kind is Kind.JSON:
        check_depth(name, text)
        return Extracted(text=text.removeprefix("\ufeff"), kind=kind, notices=notices)
    return Extracted(text=cleaned(text), kind=kind, notices=notices)
