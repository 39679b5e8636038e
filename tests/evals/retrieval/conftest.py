"""A few queries over the small corpus, and a small set of outsiders."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

HEADER = "query-id\tcorpus-id\tscore"


def write_json_lines(file: Path, rows: Sequence[dict[str, Any]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")


def write_qrels(file: Path, *lines: str, header: str = HEADER) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(f"{line}\n" for line in (header, *lines)), encoding="utf-8")


def own_query(id_: str, text: str) -> dict[str, Any]:
    return {"_id": id_, "text": text, "metadata": {"payer": "not named", "wording": "near"}}


@pytest.fixture
def own_set(tmp_path: Path) -> Path:
    """Two queries in each half."""
    folder = tmp_path / "own"
    texts = {
        "repeat-pain": "a repeat needs half the pain gone",
        "stroke": "stroke and paralysis",
        "facet-blocks": "two diagnostic blocks before an ablation",
        "contrast": "fluoroscopy with contrast",
    }
    write_json_lines(folder / "queries.jsonl", [own_query(id_, text) for id_, text in texts.items()])
    write_qrels(
        folder / "qrels.tsv",
        "repeat-pain\tplan-a-epidural#repeat\t2",
        "repeat-pain\tplan-a-epidural#guidance\t1",
        "stroke\twarning#harm\t2",
        "facet-blocks\tplan-b-facet#facet\t2",
        "contrast\tplan-a-epidural#guidance\t2",
    )
    return folder


@pytest.fixture
def beir_set(tmp_path: Path) -> Path:
    """Four abstracts, one of them longer than a passage, and three queries, one of them without an answer."""
    folder = tmp_path / "data" / "abstracts"
    long = "Steroid injections were compared. " * 80 + "Numbness of the thumb improved."
    write_json_lines(
        folder / "corpus.jsonl",
        [
            {"_id": "7", "title": "Thumb", "text": long, "metadata": {"year": 2001}},
            {"_id": "PMC 9/b", "text": "Vitamin C and the common cold."},
            {"_id": "x", "title": "", "text": "Knee replacement in the old."},
            {"_id": "y", "title": "Tea", "text": "Green tea and sleep."},
        ],
    )
    write_json_lines(
        folder / "queries.jsonl",
        [
            {"_id": "1", "text": "numbness of the thumb", "metadata": {}},
            {"_id": "2|a", "text": "vitamin for a common cold"},
            {"_id": "3", "text": "is tea good for the knee"},
        ],
    )
    write_qrels(folder / "qrels" / "test.tsv", "1\t7\t3", "1\tx\t0", "2|a\tPMC 9/b\t1", "3\ty\t0", "1\ty\t1", "1\ty\t2")
    return folder
