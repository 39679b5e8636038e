"""A small worksheet on the shipped corpus, and raters who fill it in."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from evals.worksheet.cells import COLUMNS
from evals.worksheet.export import csv_text
from evals.worksheet.making import Found, sheet_of
from evals.worksheet.sheet import Worksheet
from rag.article.sentences import first_sentence
from rag.knowledge.library import Knowledge, load_knowledge

#: Cells to fill in by row id: column and text.
Filling = Mapping[str, Mapping[str, str]]
Fill = Callable[..., Path]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge(lazy=True)


@pytest.fixture(scope="session")
def sheet(knowledge: Knowledge) -> Worksheet:
    """Twelve rows: a copied sentence each, one that begins as a formula does, one on two sections."""
    found = []
    for number, document in enumerate(list(knowledge.documents.values())[:12]):
        first, second = document.sections[:2]
        sources = (f"{document.id}#{first.anchor}", f"{document.id}#{second.anchor}")[: 1 + (number == 1)]
        quotes = tuple(first_sentence(section.text) for section in (first, second))[: len(sources)]
        sentence = quotes[0] if number else f'=HYPERLINK("{quotes[0]}")<b>'
        found.append(Found(f"Question {number // 2}?", sentence, sources, quotes, copied=number > 0))
    return sheet_of(found, knowledge, rows=12, seed=0)


@pytest.fixture
def fill(sheet: Worksheet, tmp_path: Path) -> Fill:
    """A worksheet as a rater saves it; ``cells`` for one row, ``every`` for all. Returns the file."""

    def filled(
        cells: Filling | None = None,
        *,
        rater: str = "anna",
        every: Mapping[str, str] | None = None,
        separator: str = ",",
        encoding: str = "utf-8-sig",
    ) -> Path:
        rows = list(csv.DictReader(io.StringIO(csv_text(sheet), newline="")))
        for row in rows:
            row.update({**(every or {}), **(cells or {}).get(row["id"], {})})
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, COLUMNS, delimiter=separator)
        writer.writeheader()
        writer.writerows(rows)
        file = tmp_path / f"{rater}.csv"
        file.write_bytes(out.getvalue().encode(encoding, errors="replace"))
        return file

    return filled
