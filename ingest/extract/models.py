"""The text of a file, with what is known of its shape."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Kind(StrEnum):
    """What a file is by its content."""

    TEXT = "text"
    PDF = "pdf"
    DOCX = "docx"
    JSON = "json"

    @property
    def in_words(self) -> str:
        return {Kind.TEXT: "plain text", Kind.PDF: "a PDF", Kind.DOCX: "a Word document", Kind.JSON: "JSON"}[self]


class Heading(BaseModel):
    """A heading of the document: ``text[start:end]``; ``level`` counts from 1, the outermost."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: int
    end: int
    level: int


class Extracted(BaseModel):
    """``pages`` maps page numbers from 1 to the offset in ``text`` they begin at; only a PDF has any.

    ``headings`` come from the styles of a DOCX; other kinds have none. ``notices`` are sentences for the user about
    what could not be read as it stands.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    pages: dict[int, int] = {}
    kind: Kind
    headings: tuple[Heading, ...] = ()
    notices: tuple[str, ...] = ()

    def page_at(self, offset: int) -> int | None:
        """The page the character at ``offset`` stands on; None without pages."""
        return max((page for page, start in self.pages.items() if start <= offset), default=None)
