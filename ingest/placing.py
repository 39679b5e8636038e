"""Document folders put in place and taken away as a whole, so that a kill leaves the old one or the new one."""

import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.documents import FILE_NAME
from ingest.errors import CorpusError, CorpusErrors, IndexBusyError
from ingest.front_matter import FOLDERS

#: Hidden, so that neither the loader nor the corpus's hash sees it. Holds `replaces` when the document stands in for
#: one that came with the software.
MARKER = ".added"
REPLACES = "replaces"
_LOCK = ".lock"
_PARTIAL, _ASIDE = ".partial", ".aside"
#: Where a corpus is tried out before anything is put in place.
STAGING = ".staging"
#: Seconds. Checking a corpus takes some ten; another writer is done by then.
LOCK_TIMEOUT_SECONDS = 120


@contextmanager
def exclusive(root: Path) -> Iterator[None]:
    """One writer at a time in `root`, which is created; what a kill left half done is mended first."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        lock = FileLock(root / _LOCK)
        lock.acquire(timeout=LOCK_TIMEOUT_SECONDS)
    except Timeout:
        raise IndexBusyError(f"Another process has held {root} for over 2 minutes. End it, then try again.") from None
    except OSError as error:
        raise not_writable(root, error) from None
    try:
        _recover(root)
        yield
    finally:
        lock.release()


def was_written(root: Path) -> bool:
    """Whether anybody ever wrote in `root`, who may have been killed over it."""
    return (root / _LOCK).exists()


@contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """The folder, empty at first and gone afterwards: what a kill leaves goes with the next. The caller locks."""
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise not_writable(folder, error) from None
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def put(files: Mapping[str, str], place: Path, *, marker: str) -> None:
    """Make `place` a folder of these files; one that is there is kept aside until the new one is in place."""
    partial = place.with_name(f".{place.name}.{secrets.token_hex(4)}{_PARTIAL}")
    try:
        partial.mkdir(parents=True)
        for name, text in {**files, MARKER: marker}.items():
            (partial / name).write_text(text, encoding="utf-8")
        if place.exists():
            aside = _aside(place)
            place.rename(aside)
            partial.rename(place)
            shutil.rmtree(aside, ignore_errors=True)
        else:
            partial.rename(place)
    except OSError as error:
        shutil.rmtree(partial, ignore_errors=True)
        _restore(place)
        raise not_writable(place, error) from None


def take_away(place: Path) -> None:
    """Remove the folder: first out of sight as a whole, then its files."""
    gone = place.with_name(f".{place.name}.{secrets.token_hex(4)}{_PARTIAL}")
    try:
        place.rename(gone)
    except OSError as error:
        raise not_writable(place, error) from None
    shutil.rmtree(gone, ignore_errors=True)


def added_folders(root: Path) -> dict[str, Path]:
    """Folders of added documents by id."""
    folders = (folder for kind in FOLDERS for folder in sorted((root / kind).glob("*")) if folder.name[0] != ".")
    return {folder.name: folder for folder in folders if (folder / MARKER).is_file()}


def find_folder(root: Path, document_id: str) -> Path | None:
    """The folder of a document, of whatever kind."""
    places = (root / kind / document_id for kind in FOLDERS)
    return next((place for place in places if (place / FILE_NAME).is_file()), None)


def not_writable(place: Path, error: OSError) -> CorpusErrors:
    problem = f"cannot be written ({error.strerror or error})"
    return CorpusErrors([CorpusError(place, 0, problem, "Name a folder you may write to, or free some space")])


def _aside(place: Path) -> Path:
    return place.with_name(f".{place.name}{_ASIDE}")


def _restore(place: Path) -> None:
    aside = _aside(place)
    if aside.is_dir() and not place.exists():
        aside.rename(place)


def _recover(root: Path) -> None:
    """A kill between two renames leaves the old folder aside; any other leaves a partial one nobody sees."""
    shutil.rmtree(root / STAGING, ignore_errors=True)
    for kind in FOLDERS:
        for aside in (root / kind).glob(f".*{_ASIDE}"):
            _restore(aside.with_name(aside.name.removeprefix(".").removesuffix(_ASIDE)))
            shutil.rmtree(aside, ignore_errors=True)
        for partial in (root / kind).glob(f".*{_PARTIAL}"):
            shutil.rmtree(partial, ignore_errors=True)
