"""Where the exported model and the index live: everything here can be deleted and is built again."""

import os
from pathlib import Path

from ingest.errors import CacheError

VARIABLE = "GUIDELINE_QA_HOME"


def cache_home() -> Path:
    """The cache folder: $GUIDELINE_QA_HOME, else the XDG cache folder's `guideline-qa`. Not created here."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named).expanduser().absolute()
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "guideline-qa"


def make_folder(folder: Path) -> Path:
    """Create `folder` with its parents. Raises CacheError with the way out."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CacheError(
            f"Cannot write to {folder} ({error.strerror}). Set {VARIABLE} to a folder you may write to."
        ) from None
    return folder


def write_atomically(file: Path, text: str) -> None:
    """Replace `file` as a whole: a reader, or a restart after a kill, sees the old text or the new."""
    partial = file.with_name(f".{file.name}.{os.getpid()}.partial")
    try:
        partial.write_text(text, encoding="utf-8")
        partial.replace(file)
    except OSError as error:
        raise CacheError(f"Cannot write {file} ({error.strerror}). Free some space or set {VARIABLE}.") from None
