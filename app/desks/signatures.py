"""Whether files may have changed, told by their stat alone: some ten microseconds a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

#: Of each file: its path, inode, size, and the times of its content and of its entry, in nanoseconds.
Signature = tuple[tuple[str, int, int, int, int], ...]


def signature(root: Path) -> Signature:
    """Of the files that ``ingest.documents.corpus_hash`` reads. Empty where there are none."""
    return tuple(sorted(_stats(str(root))))


def _stats(folder: str) -> Iterator[tuple[str, int, int, int, int]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return  # taken away, perhaps for a moment: the next look tells
    for entry in entries:
        if entry.name.startswith(".") or entry.name.endswith("~"):
            continue
        if entry.is_dir():
            yield from _stats(entry.path)
            continue
        try:
            found = entry.stat()
        except OSError:
            continue
        yield entry.path, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
