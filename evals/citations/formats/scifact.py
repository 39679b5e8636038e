"""SciFact: claims on biomedical abstracts. The passage is the whole abstract, without its title.

The abstract and not the sentences marked in it: a citation of ours names a section, and the guard has to find the
words in it. Abstracts stand in a BEIR corpus beside the claims or one folder up (``CORPORA``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from evals.citations.formats.reading import PairsError, PublicRow, read_json_lines
from evals.citations.halves import place
from evals.citations.pair import Pair, Unplaced
from ingest.errors import CorpusError
from ingest.front_matter import Text

#: Where the abstracts are looked for, seen from the folder of the claims.
CORPORA = ("corpus.jsonl", "retrieval/scifact-train/corpus.jsonl", "../retrieval/scifact-train/corpus.jsonl")


class ScifactRow(PublicRow):
    claim_id: int
    claim: Text
    doc_id: int
    label: Literal["SUPPORT", "CONTRADICT", "NOT_ENOUGH_INFO"]


class Abstract(PublicRow):
    id: Annotated[Text, Field(alias="_id")]
    text: Text


def read_scifact(file: Path) -> tuple[Pair, ...]:
    """Raises PairsError; also where the abstracts, or one of them, are not to be found."""
    rows = read_json_lines(ScifactRow, file)
    corpus = next((found for name in CORPORA if (found := file.parent / name).is_file()), None)
    if corpus is None:
        remedy = f"Put them at one of: {', '.join(CORPORA)}, seen from the folder of this file"
        raise PairsError([CorpusError(file, 0, "the abstracts it speaks about are not there", remedy)])
    texts = {abstract.id: abstract.text for _, abstract in read_json_lines(Abstract, corpus)}
    if faults := [
        CorpusError(file, line, f"document {row.doc_id} is not in {corpus.name}", "Bring the corpus of these claims")
        for line, row in rows
        if str(row.doc_id) not in texts
    ]:
        raise PairsError(faults)
    return place([_pair(line, row, texts[str(row.doc_id)]) for line, row in rows])


def _pair(line: int, row: ScifactRow, abstract: str) -> Unplaced:
    return Unplaced(
        id=f"{row.claim_id}-{row.doc_id}-{line}",
        claim=row.claim,
        passage=abstract,
        supported=row.label == "SUPPORT",
        kind=row.label,
        documents=(str(row.doc_id),),
        contradicted=row.label == "CONTRADICT",
    )
