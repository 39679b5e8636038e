"""Remove the index of a corpus that is no more, once nobody reads it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.cache import cache_home
from ingest.errors import CacheError
from ingest.holding import held_stores
from ingest.index import index_directory
from ingest.manifest import FILE_NAME, Manifest, read_manifest, write_manifest


@contextmanager
def forgotten_indexes(corpus: Path) -> Iterator[bool]:
    """Whether the indexes of ``corpus``, of whatever model, are gone; not while somebody builds or reads one.

    Nobody builds one before this ends: until then the corpus itself can be removed.
    """
    found = dict(_indexes(corpus))
    with ExitStack() as locks:
        try:
            for folder in found:
                locks.enter_context(FileLock(folder / "lock").acquire(timeout=0))
            gone = _forget(found)
        except (Timeout, OSError, CacheError):
            gone = False
        yield gone


def _indexes(corpus: Path) -> Iterator[tuple[Path, Manifest]]:
    """Each with the manifest that tells its model: a store that was begun bears its own."""
    for folder in sorted((cache_home() / "index").glob("*")):
        for place in (folder, *sorted(folder.glob("store-*"))):
            manifest = read_manifest(place)
            if manifest and index_directory(corpus, model_key=manifest.model_key) == folder:
                yield folder, manifest
                break


def _forget(found: Mapping[Path, Manifest]) -> bool:
    """A reader takes hold of a store and then looks whether the manifest still names it: see ``ingest.index``."""
    if any(held_stores(folder) for folder in found):
        return False
    for folder in found:
        (folder / FILE_NAME).unlink(missing_ok=True)
    if any(held_stores(folder) for folder in found):
        for folder, manifest in found.items():
            write_manifest(folder, manifest)
        return False
    for folder in found:
        _empty(folder)
    return True


def _empty(folder: Path) -> None:
    """The lock stays, for somebody may wait for it."""
    for store in folder.glob("store-*"):
        shutil.rmtree(store)
    for partial in folder.glob(".*.partial"):
        partial.unlink()
