"""The project's own queries, judged section by section of its corpus."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field

from evals.citations.halves import half_of
from evals.frame.metric import Item
from evals.frame.models import Half
from evals.retrieval.judged import Judged, JudgedSet, document_of
from evals.retrieval.rows import Identified, Judgement, RetrievalError, Rows, by_query, read_judgements, read_rows
from ingest.documents import Document
from ingest.errors import CorpusError
from ingest.front_matter import CorpusModel, Text

OWN_FOLDER = Path(__file__).resolve().parents[1] / "data" / "retrieval"
NAME = "own"

#: The best grade, and the lowest that counts as right: the section answers. A 1 bears on the question.
ANSWERS = 2

Documents = Mapping[str, Document]


class Wording(CorpusModel):
    """``wording``: near the documents' words, far from them, or shortened as in a note."""

    payer: Literal["named", "not named"]
    wording: Literal["near", "far", "abbreviated"]


class OwnQuery(Identified):
    id: Text = Field(alias="_id")
    text: Text
    metadata: Wording


def read_own(documents: Documents, *, half: Half, folder: Path = OWN_FOLDER) -> JudgedSet:
    """The queries of one half. Raises RetrievalError, for a query that no section answers too."""
    file = folder / "queries.jsonl"
    queries = read_rows(OwnQuery, file)
    qrels = folder / "qrels.tsv"
    judgements = read_judgements(qrels, queries=queries.by_id, knows=lambda unit: _is_section(unit, documents))
    faults = [*_twice(judgements, qrels), *_beyond(judgements, qrels), *_unanswered(queries, judgements, file)]
    if faults:
        raise RetrievalError(faults)
    grades = by_query(judgements)
    items = [_item(query, grades[id_], documents) for id_, query in queries.by_id.items() if half_of(id_) == half]
    return JudgedSet(NAME, items)


def _item(query: OwnQuery, grades: Mapping[str, int], documents: Documents) -> Item[Judged]:
    right = frozenset(document_of(unit) for unit, grade in grades.items() if grade >= ANSWERS)
    tags = {
        "kind": tuple(sorted({documents[name].kind for name in right})),
        "payer": (query.metadata.payer,),
        "wording": (query.metadata.wording,),
    }
    return Item(id=query.id, text=query.text, label=Judged(grades, ANSWERS, right), tags=tags)


def _is_section(unit: str, documents: Documents) -> bool:
    name, mark, anchor = unit.partition("#")
    return bool(mark) and name in documents and documents[name].section(anchor) is not None


def _twice(judgements: Iterable[Judgement], file: Path) -> list[CorpusError]:
    seen: set[tuple[str, str]] = set()
    faults = []
    for one in judgements:
        if (one.query, one.unit) in seen:
            faults.append(CorpusError(file, one.line, f"{one.unit!r} is judged twice for {one.query!r}", "Keep one"))
        seen.add((one.query, one.unit))
    return faults


def _beyond(judgements: Iterable[Judgement], file: Path) -> list[CorpusError]:
    remedy = f"Scores run from 0 to {ANSWERS}"
    return [CorpusError(file, one.line, f"the score {one.grade}", remedy) for one in judgements if one.grade > ANSWERS]


def _unanswered(queries: Rows[OwnQuery], judgements: Iterable[Judgement], file: Path) -> list[CorpusError]:
    answered = {one.query for one in judgements if one.grade >= ANSWERS}
    remedy = f"Judge one {ANSWERS} at least; what has no source belongs among the refusals"
    return [
        CorpusError(file, line, f"no section answers the query {id_!r}", remedy)
        for id_, line in queries.lines.items()
        if id_ not in answered
    ]
