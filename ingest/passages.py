"""Sections into passages: what is embedded, found, and cited."""

import datetime
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping

from pydantic import BaseModel, ConfigDict

from ingest.documents import Document, Section

#: Word pieces the default encoder reads; its tokenizer adds two of them, one at each end.
MAX_PIECES = 256
SPECIAL_PIECES = 2
#: A title prefix may take this share of them at most, so that the text itself is what is embedded.
MAX_PREFIX_PIECES = 48

#: Borders to cut at, best first: blocks, lines, sentences, clauses, words.
_BORDERS = (r"\n\n", r"\n", r"(?<=[.!?])\s+(?=[A-Z0-9(\"'“])", r"(?<=[;:,])\s+", r"\s+")

CountPieces = Callable[[str], int]
Span = tuple[int, int]


class Passage(BaseModel):
    """`section.text[start:end] == text`. Empty `codes`, `regions`, `approaches`, `uses`: not restricted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    document_id: str
    anchor: str
    start: int
    end: int
    text: str
    heading: str
    title: str
    kind: str
    payer: str | None
    codes: tuple[str, ...]
    regions: tuple[str, ...]
    approaches: tuple[str, ...]
    uses: tuple[str, ...]
    basis: str
    effective_from: datetime.date | None
    effective_to: datetime.date | None
    flagged: bool

    @property
    def prefix(self) -> str:
        return prefix(self.title, self.heading)

    @property
    def embedded_text(self) -> str:
        """What the encoder reads: a passage alone often does not name its subject."""
        return self.prefix + self.text


def prefix(title: str, heading: str) -> str:
    return f"{title}. {heading}: "


def passages_of(documents: Mapping[str, Document], *, count_pieces: CountPieces) -> tuple[Passage, ...]:
    """All passages in document and text order. `count_pieces` counts word pieces without special ones."""
    return tuple(
        passage
        for document in documents.values()
        for section in document.sections
        for passage in _section_passages(document, section, count_pieces)
    )


def split_spans(text: str, *, limit: int, count_pieces: CountPieces) -> list[Span]:
    """Half-open spans of at most `limit` word pieces, cut at the best borders, together holding every word."""

    # A word piece is at least one character, so a short span needs no count.
    def fits(span: Span) -> bool:
        return span[1] - span[0] <= limit or count_pieces(text[slice(*span)]) <= limit

    return list(_spans(text, (0, len(text)), limit, fits, _BORDERS)) if text else []


def _section_passages(document: Document, section: Section, count_pieces: CountPieces) -> Iterator[Passage]:
    used = min(count_pieces(prefix(document.title, section.heading)), MAX_PREFIX_PIECES)
    limit = MAX_PIECES - SPECIAL_PIECES - used
    for start, end in split_spans(section.text, limit=limit, count_pieces=count_pieces):
        yield _passage(document, section, start, end)


def _passage(document: Document, section: Section, start: int, end: int) -> Passage:
    text = section.text[start:end]
    content = "\0".join((document.title, section.heading, str(start), text))
    return Passage(
        id=f"{document.id}#{section.anchor}:{hashlib.sha256(content.encode()).hexdigest()[:12]}",
        document_id=document.id,
        anchor=section.anchor,
        start=start,
        end=end,
        text=text,
        heading=section.heading,
        title=document.title,
        kind=document.kind,
        payer=document.payer,
        codes=document.codes.cpt + document.codes.icd10cm,
        regions=section.regions,
        approaches=section.approaches,
        uses=section.uses,
        basis=section.basis,
        effective_from=document.effective.start,
        effective_to=document.effective.end,
        flagged=section.flagged,
    )


def _spans(text: str, span: Span, limit: int, fits: Callable[[Span], bool], borders: tuple[str, ...]) -> Iterator[Span]:
    """Cut at the first kind of border; join neighbours while they fit; cut what is still too long further."""
    if fits(span):
        yield span
        return
    if not borders:  # one unbroken run longer than the encoder reads: cut where it must be cut
        yield from ((cut, min(cut + limit, span[1])) for cut in range(*span, limit))
        return
    joined: Span | None = None
    for part in _cut(text, span, borders[0]):
        if joined is not None and fits((joined[0], part[1])):
            joined = (joined[0], part[1])
            continue
        if joined is not None:
            yield joined
        joined = part if fits(part) else None
        if joined is None:
            yield from _spans(text, part, limit, fits, borders[1:])
    if joined is not None:
        yield joined


def _cut(text: str, span: Span, border: str) -> Iterator[Span]:
    cursor, end = span
    for match in re.compile(border).finditer(text, cursor, end):
        if match.start() > cursor:
            yield cursor, match.start()
        cursor = match.end()
    if cursor < end:
        yield cursor, end
