"""The corpus that came with the software and the documents a user added, as one corpus folder.

Added documents live apart, so that an update of the software cannot lose them. The folder is written again when either
side changed; only files that differ are touched, so that an index of it stays incremental.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ingest.adding import copy_corpus, relative
from ingest.cache import make_folder, write_atomically
from ingest.documents import corpus_hash
from ingest.errors import CorpusError, CorpusErrors
from ingest.placing import MARKER, REPLACES, STAGING, added_folders, find_folder, not_writable, staging

STAMP = ".assembled"
#: Faults of the corpus at a path which holds added documents of these ids.
CheckAll = Callable[[Path, Sequence[str]], Sequence[CorpusError]]


def assemble(*, shipped: Path, added: Path, target: Path, check: CheckAll) -> tuple[str, ...]:
    """Bring `target` in step; sentences for the user about added documents that had to be left out.

    The caller holds the lock. Raises CorpusErrors when the shipped corpus itself has faults.
    """
    make_folder(target)
    fingerprint = _fingerprint(shipped, added)
    stamp = _read_stamp(target)
    if stamp.get("fingerprint") == fingerprint and stamp.get("hash") == corpus_hash(target):
        return tuple(stamp["notices"])
    with staging(_staging(target)) as folder:
        staged, notices = _stage(shipped, added_folders(added), folder, check)
        _mirror(staged, target)
    stamp = {"fingerprint": fingerprint, "hash": corpus_hash(target), "notices": notices}
    write_atomically(target / STAMP, json.dumps(stamp))
    return tuple(notices)


def disassemble(target: Path) -> None:
    """Remove it with whatever a kill left of it. The caller holds the lock."""
    for folder in (target, _staging(target)):
        shutil.rmtree(folder, ignore_errors=True)


def _staging(target: Path) -> Path:
    return target.with_name(f".{target.name}{STAGING}")


def _stage(shipped: Path, folders: dict[str, Path], place: Path, check: CheckAll) -> tuple[Path, list[str]]:
    """Leave out added documents, the faulty first, until the rest loads."""
    notices: list[str] = []
    kept = _without_shadowed(shipped, folders, notices)
    for attempt in range(len(kept) + 1):
        staged = place / f"corpus-{attempt}"
        _build(shipped, kept, staged)
        faults = check(staged, tuple(kept))
        if not faults:
            return staged, notices
        blamed = _blamed(faults, kept, staged)
        if not blamed:
            raise CorpusErrors(relative(fault, staged) for fault in faults)
        for document_id, fault in blamed.items():
            del kept[document_id]
            notices.append(
                f"The added document {document_id} was left out: it does not fit the corpus. {relative(fault, staged)}"
            )
        shutil.rmtree(staged)
    raise AssertionError("every attempt leaves out a document or ends")


def _without_shadowed(shipped: Path, folders: dict[str, Path], notices: list[str]) -> dict[str, Path]:
    kept = {}
    for document_id, folder in folders.items():
        wanted = (folder / MARKER).read_text(encoding="utf-8").strip() == REPLACES
        if find_folder(shipped, document_id) and not wanted:
            notices.append(
                f"The added document {document_id} was left out: the software now comes with one of that id. "
                "Remove yours, or add it again and ask for the other to be replaced."
            )
        else:
            kept[document_id] = folder
    return kept


def _build(shipped: Path, folders: dict[str, Path], staged: Path) -> None:
    copy_corpus(shipped, staged, without=folders)
    for document_id, folder in folders.items():
        shutil.copytree(folder, staged / folder.parent.name / document_id)


def _blamed(faults: Sequence[CorpusError], kept: dict[str, Path], staged: Path) -> dict[str, CorpusError]:
    """Added documents a fault lies in; if it lies elsewhere, those that replace a shipped one; then any."""
    inside = {
        document_id: fault
        for fault in reversed(faults)
        for document_id, folder in kept.items()
        if fault.file.is_relative_to(staged / folder.parent.name / document_id)
    }
    replacing = [name for name, folder in kept.items() if (folder / MARKER).read_text(encoding="utf-8") == REPLACES]
    return inside or dict.fromkeys(replacing or kept, faults[0])


def _mirror(source: Path, target: Path) -> None:
    """Make the files of `target` those of `source`, each replaced as a whole; a kill may have left parts of some."""
    wanted = {file.relative_to(source): file for file in source.rglob("*") if file.is_file() and file.name != MARKER}
    try:
        for name, file in wanted.items():
            place = target / name
            if not place.is_file() or place.read_bytes() != file.read_bytes():
                place.parent.mkdir(parents=True, exist_ok=True)
                write_atomically(place, file.read_text(encoding="utf-8"))
        for place in sorted(target.rglob("*"), reverse=True):
            name = place.relative_to(target)
            if place.is_dir() and not any(place.iterdir()):
                place.rmdir()
            elif place.is_file() and name not in wanted and name.name != STAMP:
                place.unlink()
                if place.parent != target and not any(place.parent.iterdir()):
                    place.parent.rmdir()
    except OSError as error:
        raise not_writable(target, error) from None


def _fingerprint(shipped: Path, added: Path) -> str:
    marks = [(name, (folder / MARKER).read_text(encoding="utf-8")) for name, folder in added_folders(added).items()]
    parts = [corpus_hash(shipped), corpus_hash(added), *map(str, marks)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _read_stamp(target: Path) -> dict[str, Any]:
    try:
        found = json.loads((target / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and isinstance(found.get("notices"), list) else {}
