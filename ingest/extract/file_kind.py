"""What a file is, told by its content; its name only confirms."""

from __future__ import annotations

import io
import re
import zipfile

from ingest.extract.errors import ExtractError
from ingest.extract.models import Kind

READABLE = "plain text, PDF, DOCX or FHIR JSON"

#: What a name promises. Any other ending promises nothing.
_ENDINGS = {
    ".txt": Kind.TEXT,
    ".text": Kind.TEXT,
    ".md": Kind.TEXT,
    ".markdown": Kind.TEXT,
    ".pdf": Kind.PDF,
    ".docx": Kind.DOCX,
    ".json": Kind.JSON,
}
#: How formats begin that are known and not read, each with the way out.
_NOT_READ = (
    (b"\xd0\xcf\x11\xe0", "an old Office file (such as .doc)", "Open it in Word and save it as .docx"),
    (rb"{\rtf", "rich text (RTF)", "Open it in a word processor and save it as .docx"),
    (b"\x89PNG", "a picture", "Run text recognition (OCR) on it, or type the text in"),
    (b"\xff\xd8\xff", "a picture", "Run text recognition (OCR) on it, or type the text in"),
    (b"II*\x00", "a picture", "Run text recognition (OCR) on it, or type the text in"),
    (b"MM\x00*", "a picture", "Run text recognition (OCR) on it, or type the text in"),
    (b"GIF8", "a picture", "Run text recognition (OCR) on it, or type the text in"),
)
_HTML = re.compile(rb"\s*(?:<!doctype\s+html|<html)", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml", re.IGNORECASE)
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*[{\[]\s*[\"{\[\]}]")
#: A PDF may begin behind some other bytes; readers look this far.
_PDF_SEARCHED = 1024


def kind_of(name: str, content: bytes) -> Kind:
    """Raises ExtractError for a kind that is not read, and for a name that promises another kind."""
    kind = _by_content(name, content)
    promised = next((kind_ for ending, kind_ in _ENDINGS.items() if _bare(name).endswith(ending)), None)
    # An export of JSON is often named .txt; text named .json is no JSON at all.
    if promised not in (None, kind) and (promised, kind) != (Kind.TEXT, Kind.JSON):
        assert promised is not None
        problem = f"by its name it is {promised.in_words}, by its content {kind.in_words}"
        raise ExtractError(name, problem, "Check that it is the right file, then export it again or rename it")
    return kind


def _bare(name: str) -> str:
    return name.strip().lower().removesuffix(".gz")


def _by_content(name: str, content: bytes) -> Kind:
    for beginning, what, remedy in _NOT_READ:
        if content.startswith(beginning):
            raise ExtractError(name, f"it is {what}, which is not read", remedy)
    if _HTML.match(content) or _XML.match(content):
        what = "a web page" if _HTML.match(content) else "XML"
        raise ExtractError(name, f"it is {what}, which is not read", f"Save it as {READABLE}")
    if b"%PDF-" in content[:_PDF_SEARCHED]:
        return Kind.PDF
    if content.startswith(b"PK\x03\x04"):
        return _of_zip(name, content)
    return Kind.JSON if _JSON.match(content) else Kind.TEXT


def _of_zip(name: str, content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise ExtractError(name, "the file is damaged or cut off", "Save or download it again") from None
    if "word/document.xml" in parts:
        return Kind.DOCX
    raise ExtractError(name, "it is a zip file, but no Word document", f"Unpack it and upload {READABLE}")
