"""Small real things to test with: a corpus in a temporary folder, and an encoder that needs no model."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from ingest.encoder import Vectors

FRONT_MATTER = """\
---
id: {id}
title: {title}
publisher: Example Health Plan
kind: {kind}
url: https://example.org/{id}
jurisdiction: US commercial
codes: {codes}
version: "2025-01-01"
effective: {effective}
last_checked: 2025-02-01
basis: secondary
copyright: "(c) Example Health Plan; digest in own words"
{extra}---
"""

FOLDER_OF_KIND = {
    "policy": "policies",
    "guideline": "guidelines",
    "evidence": "evidence",
    "safety": "safety",
    "regulation": "regulation",
}


def write_document(
    root: Path,
    document_id: str,
    body: str,
    *,
    kind: str = "policy",
    title: str = "Example document",
    codes: str = "{cpt: [], icd10cm: []}",
    effective: str = "{from: 2025-01-01, to: null}",
    extra: str = "",
) -> Path:
    """Write one valid document into a corpus; `extra` is further front matter. Returns its file."""
    folder = root / FOLDER_OF_KIND[kind] / document_id
    folder.mkdir(parents=True, exist_ok=True)
    front = FRONT_MATTER.format(id=document_id, title=title, kind=kind, codes=codes, effective=effective, extra=extra)
    file = folder / "document.md"
    file.write_text(front + body, encoding="utf-8")
    return file


class WordEncoder:
    """Each word has its own direction; a text points to the mean of its words. Counts what it encodes."""

    key = "words/1"
    dimension = 64

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded.extend(texts)
        return np.stack([self._vector(text) for text in texts]).astype(np.float32)

    def count_pieces(self, text: str) -> int:
        return len(text.split())

    def _vector(self, text: str) -> Vectors:
        words = text.lower().split() or [""]
        total = np.sum([_direction(word.strip(".,:;?"), self.dimension) for word in words], axis=0)
        return np.asarray(total / np.linalg.norm(total), dtype=np.float32)


def _direction(word: str, dimension: int) -> Vectors:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
    return np.random.default_rng(seed).normal(size=dimension).astype(np.float32)


@pytest.fixture
def small_corpus(tmp_path: Path) -> Path:
    """Three documents of three kinds and two payers."""
    root = tmp_path / "corpus"
    write_document(
        root,
        "plan-a-epidural",
        "# Epidural injections\n\n"
        "## Repeat injections {#repeat use=policy}\n\nA repeat needs half the pain gone for two weeks.\n\n"
        "## Imaging guidance {#guidance region=cervical approach=interlaminar}\n\nFluoroscopy with contrast.\n",
        title="Plan A epidural steroid injections",
        codes='{cpt: ["62320", "62321"], icd10cm: ["M54.1"]}',
        extra="payer: plan-a\n",
    )
    write_document(
        root,
        "plan-b-facet",
        "## Facet joints {#facet region=lumbar}\n\nTwo diagnostic blocks come before an ablation.\n",
        title="Plan B facet joint interventions",
        codes='{cpt: ["64493"], icd10cm: []}',
        effective="{from: 2023-01-01, to: 2023-12-31}",
        extra="payer: plan-b\n",
    )
    write_document(
        root,
        "warning",
        "## Neurologic harm {#harm use=safety,pitfalls}\n\nStroke and paralysis were reported after injection.\n",
        kind="safety",
        title="Safety communication",
    )
    return root


@pytest.fixture
def word_encoder() -> WordEncoder:
    return WordEncoder()
