"""The text of a file: plain text, PDF, DOCX and JSON, within limits, whatever the file does."""

from ingest.extract.errors import ExtractError
from ingest.extract.file_text import extract_text
from ingest.extract.models import Extracted, Heading, Kind

__all__ = ["ExtractError", "Extracted", "Heading", "Kind", "extract_text"]
