"""Corpora to change while they are answered from: the one that comes along, with few documents, and edits of it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from ingest.documents import corpus_root


def few_documents(root: Path) -> Path:
    """The corpus that comes along with one policy, of no procedure family, and its safety documents: quick to load."""
    shutil.copytree(corpus_root(), root)
    alone = (folder for folder in sorted((root / "policies").iterdir()) if "like:" not in _criteria(folder))
    keep = next(folder for folder in alone if "family: null" in _criteria(folder))
    for folder in (root / "policies").iterdir():
        if folder != keep:
            shutil.rmtree(folder)
    for kind in ("guidelines", "evidence", "regulation"):
        shutil.rmtree(root / kind)
    (root / "conflicts.yaml").write_text("conflicts: []\n")  # they cite documents that are gone
    return root


def the_policy(root: Path) -> str:
    return next((root / "policies").iterdir()).name


def revise(root: Path, words: str) -> None:
    """Put words before the text of every section of every policy, so that each quote stands elsewhere than before."""
    for file in (root / "policies").glob("*/document.md"):
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r"(?m)^(## .*)\n+", rf"\1\n\n{words}\n\n", text), encoding="utf-8")


def spoil(root: Path) -> None:
    """A fault in the first policy: an anchor that is not there."""
    file = root / "policies" / the_policy(root) / "criteria.yaml"
    file.write_text(re.sub(r'source: "#\w[^"]*"', 'source: "#nowhere"', _criteria(file.parent), count=1))


def _criteria(folder: Path) -> str:
    return (folder / "criteria.yaml").read_text(encoding="utf-8")
