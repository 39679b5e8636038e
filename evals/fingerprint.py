"""What a suite's figures depend on, as one hash: while it stays, they stay."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from evals.options import Options
from ingest.documents import corpus_hash, corpus_root
from rag.version import software_version

ROOT = Path(__file__).resolve().parents[1]
#: Code and labelled data of the project itself.
ROOMS = ("ingest", "rag", "app", "evals")


def fingerprint(suite: str, options: Options) -> str:
    """Changes with the options that bear on figures, and with any byte of code, corpus, labels or brought data."""
    told = (suite, options.half, options.limit, options.seed, options.nli, options.model, options.judge)
    parts = [repr(told), software_version(), corpus_hash(options.corpus or corpus_root())]
    digest = hashlib.sha256("\n".join(parts).encode())
    for file in _files(options.data):
        digest.update(str(file.name).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _files(data: Path | None) -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted(
            file for file in (ROOT / room).rglob("*") if file.suffix in (".py", ".yaml", ".jsonl", ".tsv")
        )
    if data is not None and data.is_dir():
        yield from sorted(file for file in data.rglob("*") if file.is_file())
