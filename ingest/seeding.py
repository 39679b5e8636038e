"""An index to begin with: the vectors of a corpus, taken over for one that holds it and more."""

import os
import shutil
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.index import index_directory
from ingest.manifest import read_manifest


def take_over_index(source: Path, target: Path, *, model_key: str) -> None:
    """Copy the index of corpus `source` for corpus `target` if that has none; nothing when it is not to be had."""
    old, new = (index_directory(corpus, model_key=model_key) for corpus in (source, target))
    manifest = read_manifest(old)
    if new.exists() or manifest is None or not manifest.complete:
        return
    partial = new.with_name(f".{new.name}.{os.getpid()}.partial")
    try:
        with FileLock(old / "lock", timeout=0):
            shutil.copytree(old, partial, ignore=shutil.ignore_patterns("lock"))
            partial.rename(new)
    except (Timeout, OSError):
        shutil.rmtree(partial, ignore_errors=True)  # it is built from the texts instead
