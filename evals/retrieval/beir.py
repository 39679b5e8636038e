"""Outsiders' sets in BEIR layout: ``corpus.jsonl``, ``queries.jsonl``, and ``qrels/*.tsv`` or ``qrels.tsv``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import ConfigDict, Field

from evals.citations.halves import half_of
from evals.frame.metric import Item
from evals.frame.models import Half
from evals.retrieval.judged import Judged, JudgedSet
from evals.retrieval.rows import Identified, Judgement, by_query, read_judgements, read_rows
from ingest.front_matter import Text
from rag.errors import UserError

CORPUS, QUERIES, QRELS = "corpus.jsonl", "queries.jsonl", "qrels"


class PublicText(Identified):
    """Of data others published only what is used is read; further keys are theirs."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: Text = Field(alias="_id")
    text: Text


class PublicDocument(PublicText):
    title: str = ""


@dataclass(frozen=True)
class BeirFolder:
    """One collection; each of its files of judgements makes a set."""

    name: str
    folder: Path

    @cached_property
    def documents(self) -> Mapping[str, PublicDocument]:
        """Raises RetrievalError."""
        return read_rows(PublicDocument, self.folder / CORPUS).by_id

    def sets(self, *, half: Half | None) -> list[JudgedSet]:
        """Queries of a half, or all. Raises RetrievalError."""
        queries = read_rows(PublicText, self.folder / QUERIES).by_id
        files = qrels_files(self.folder)
        return [
            _set(
                self.name if len(files) == 1 else f"{self.name}-{file.stem}",
                {id_: query.text for id_, query in queries.items() if half is None or half_of(id_) == half},
                read_judgements(file, queries=queries, knows=self.documents.__contains__),
            )
            for file in files
        ]


def beir_folders(data: Path | None) -> list[BeirFolder]:
    """The folder itself and those in it, at any depth. Raises UserError for a folder that is not there."""
    found = [folder for folder in _collections(data) if qrels_files(folder)]
    names = Counter(folder.resolve().name for folder in found)
    return [BeirFolder(_name(folder, data or folder, names), folder) for folder in found]


def unjudged_folders(data: Path | None) -> list[Path]:
    """Those with documents and queries, but without judgements."""
    return [folder for folder in _collections(data) if not qrels_files(folder)]


def _collections(data: Path | None) -> list[Path]:
    if data is None:
        return []
    if not data.is_dir():
        raise UserError(f"There is no folder {data}. Give --data a folder that exists, or leave it out.")
    return sorted(file.parent for file in data.rglob(CORPUS) if (file.parent / QUERIES).is_file())


def _name(folder: Path, data: Path, names: Counter[str]) -> str:
    """Its own name, or the whole way to it where another has the same."""
    own = folder.resolve().name
    return own if names[own] == 1 else "-".join((data.resolve().name, *folder.relative_to(data).parts))


def qrels_files(folder: Path) -> list[Path]:
    single = folder / f"{QRELS}.tsv"
    return [*([single] if single.is_file() else []), *sorted((folder / QRELS).glob("*.tsv"))]


def _set(name: str, texts: Mapping[str, str], judgements: list[Judgement]) -> JudgedSet:
    """What nobody judged, or nothing is right for, can be answered by no method and is left out."""
    grades = by_query(judgements)
    judged = {id_: text for id_, text in texts.items() if id_ in grades}
    items = [
        Item(id=f"{name}/{id_}".replace("|", "%7C"), text=text, label=_label(grades[id_]))
        for id_, text in judged.items()
        if any(grades[id_].values())
    ]
    return JudgedSet(name, items, tuple(_notes(name, judgements, texts, left_out=len(judged) - len(items))))


def _label(grades: Mapping[str, int]) -> Judged:
    return Judged(grades, 1, frozenset(unit for unit, grade in grades.items() if grade))


def _notes(name: str, judgements: list[Judgement], texts: Mapping[str, str], *, left_out: int) -> Iterator[str]:
    if left_out:
        yield f"{name}: queries left out because nothing is judged right for them: {left_out}."
    differing = len({(one.query, one.unit, one.grade) for one in judgements if one.query in texts}) - len(
        {(one.query, one.unit) for one in judgements if one.query in texts}
    )
    if differing:
        yield f"{name}: judgements that differ from an earlier one on the same document: {differing}; the later counts."
