"""What a suite's figures depend on, as one hash: while it stays, they stay."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from evals.options import Options
from ingest.documents import corpus_hash
from rag.version import software_version

ROOT = Path(__file__).resolve().parents[1]
#: Code and labelled data of the project itself.
ROOMS = ("ingest", "rag", "app", "evals")


def fingerprint(suite: str, options: Options) -> str:
    """Changes with the options that bear on figures, and with any byte of code, corpus, labels or brought data."""
    told = (suite, options.half, options.limit, options.seed, options.nli, options.model, options.judge)
    parts = [repr(told), software_version(), corpus_hash(options.root)]
    digest = hashlib.sha256("\n".join(parts).encode())
    for root, file in _files(options):
        digest.update(str(file.relative_to(root)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _files(options: Options) -> Iterator[tuple[Path, Path]]:
    """Each with the folder its name is told from."""
    for room in ROOMS:
        kinds = (".py", ".yaml", ".jsonl", ".tsv")
        yield from ((ROOT, file) for file in sorted((ROOT / room).rglob("*")) if file.suffix in kinds)
    if options.data is not None and options.data.is_dir():
        yield from ((options.data, file) for file in sorted(options.data.rglob("*")) if file.is_file())
    for choice in (options.model, options.judge):
        if choice is not None and choice.replay is not None and choice.replay.is_file():
            yield choice.replay.parent, choice.replay
