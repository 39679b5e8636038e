"""Outsiders' documents through the project's own code: cut, embedded, stored and searched as the corpus is."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from evals.retrieval.beir import BeirFolder, PublicDocument
from ingest.documents import Document, Section
from ingest.encoder import Encoder
from ingest.front_matter import Codes, Effective
from ingest.index import Index, open_index
from ingest.progress import Progress

#: An index wants a title and a heading; where a set has none, the same word for each tells nothing.
UNTITLED, HEADING = "Document", "Text"
ANCHOR = "text"


@contextmanager
def temporary_index(folder: BeirFolder, encoder: Encoder, progress: Progress) -> Iterator[Index]:
    """Gone when left; the index of the user's own corpus is never touched."""
    documents = as_documents(folder.documents)
    with tempfile.TemporaryDirectory(prefix="retrieval-", ignore_cleanup_errors=True) as place:
        yield open_index(folder.folder, encoder=encoder, directory=Path(place), documents=documents, progress=progress)


def as_documents(documents: Mapping[str, PublicDocument]) -> Mapping[str, Document]:
    """Under ids the project's documents may have: ``text-1``, ``text-2``, ... in order."""
    ids = ids_of(documents)
    return {new: _document(new, documents[old]) for new, old in ids.items()}


def ids_of(documents: Mapping[str, PublicDocument]) -> Mapping[str, str]:
    """The set's own id of each document, by the id it goes under here."""
    return {f"text-{number}": id_ for number, id_ in enumerate(documents, 1)}


def _document(id_: str, public: PublicDocument) -> Document:
    section = Section(anchor=ANCHOR, heading=HEADING, text=public.text, line=1, basis="publisher")
    return Document(
        id=id_,
        title=public.title.strip() or UNTITLED,
        publisher="not known",
        kind="evidence",
        url="not known",
        jurisdiction="not known",
        codes=Codes(),
        version="not known",
        effective=Effective.model_validate({"from": None, "to": None}),
        last_checked=datetime.date.min,
        basis="publisher",
        copyright="its owners'",
        sections=(section,),
        file=Path("corpus.jsonl"),
    )
