"""What ``verify`` is given: a claim with what it cites, or a file of claims."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pydantic import Field

from app.given import LONGEST_TEXT, STDIN, given_text
from ingest.documents import load_documents
from ingest.errors import CorpusError
from ingest.front_matter import CorpusModel, Text
from ingest.json_lines import json_lines
from rag.errors import UnknownName, UserError
from rag.guard.judging import section_evidence
from rag.guard.support.models import Evidence
from rag.knowledge.payers import load_payers


@dataclass(frozen=True)
class GivenPair:
    """``line``: where it stands in a file, from 1; None for a pair given by options."""

    claim: str
    evidence: tuple[Evidence, ...]
    line: int | None = None


class PairLine(CorpusModel):
    """One line of a file. ``names``: what names the passage's document, so that a claim may say it."""

    claim: Text = Field(max_length=LONGEST_TEXT)
    passage: Text = Field(max_length=LONGEST_TEXT)
    names: str = Field(default="", max_length=LONGEST_TEXT)


def given_pair(
    claim: str | None, *, passages: Sequence[str], sources: Sequence[str], names: str | None, root: Path
) -> GivenPair:
    """The pair of the options. Raises UserError for what is missing, UnknownName for a source that is not there."""
    if claim is None or not (passages or sources):
        raise UserError("Give a --claim with a --passage or a --source, or a --file of both.")
    if [claim, *passages].count(STDIN) > 1:
        raise UserError("Only one text can come from stdin. Give the others as arguments.")
    words = given_text(claim, what="claim")
    quoted = [Evidence(given_text(passage, what="passage"), names or "") for passage in passages]
    return GivenPair(words, (*quoted, *_cited(sources, root)))


def pairs_of_file(name: str) -> Iterator[GivenPair | CorpusError]:
    """Each line of a JSON Lines file as it is read, ``-`` being stdin; a fault stands for a line that is no pair.

    Raises UserError where the file cannot be read or holds no line at all.
    """
    if name == STDIN:
        yield from _some(_pairs(sys.stdin.buffer, "stdin"), "stdin")
        return
    try:
        with Path(name).open("rb") as lines:
            yield from _some(_pairs(lines, name), name)
    except OSError as error:
        raise UserError(f"{name} cannot be read ({error.strerror}). Give --file a file of JSON Lines.") from None


def _cited(sources: Sequence[str], root: Path) -> list[Evidence]:
    if not sources:
        return []
    documents, payers = load_documents(root), load_payers(root)
    found = []
    for source in sources:
        document_id, _, anchor = source.partition("#")
        document = documents.get(document_id)
        if document is None:
            raise UnknownName("document", document_id, list(documents))
        section = document.section(anchor)
        if section is None:
            raise UnknownName(f"section of {document_id}", anchor, [one.anchor for one in document.sections])
        found.append(section_evidence(document, section, payers))
    return found


def _pairs(lines: BinaryIO, name: str) -> Iterator[GivenPair | CorpusError]:
    for number, row in json_lines(PairLine, lines, file=name):
        if isinstance(row, CorpusError):
            yield row
        else:
            yield GivenPair(row.claim, (Evidence(row.passage, row.names),), number)


def _some(pairs: Iterator[GivenPair | CorpusError], name: str) -> Iterator[GivenPair | CorpusError]:
    empty = True
    for pair in pairs:
        empty = False
        yield pair
    if empty:
        raise UserError(f'{name} holds no line. Write one a line: {{"claim": "...", "passage": "..."}}.')
