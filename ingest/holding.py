"""Who reads a store: every reader holds a lock of its own, so that no store is removed under a reader's eyes.

The system lets go of a lock when its process ends, however it ends; a file left behind says nothing without it.
"""

import os
import secrets
import weakref
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

_PREFIX = "reader-"
#: Whoever looks after dead readers holds a lock for a moment only.
_WAIT_SECONDS = 5


class Hold:
    """One reader of one store, until it is released or forgotten. Where no lock can be written, it protects nothing."""

    def __init__(self, directory: Path, store: str) -> None:
        # Released by whichever thread forgets it last.
        lock = FileLock(directory / f"{_PREFIX}{store}-{secrets.token_hex(4)}", thread_local=False)
        with suppress(OSError, Timeout):
            lock.acquire(timeout=_WAIT_SECONDS)
        self.release = weakref.finalize(self, _release, lock, os.getpid())


def held_stores(directory: Path) -> set[str]:
    """Names of the stores that somebody reads; what dead readers left is cleared away."""
    return {
        file.name.removeprefix(_PREFIX).rpartition("-")[0] for file in directory.glob(f"{_PREFIX}*") if _is_locked(file)
    }


def _is_locked(file: Path) -> bool:
    lock = FileLock(file)
    try:
        with lock.acquire(timeout=0):
            file.unlink(missing_ok=True)
    except Timeout:
        return True
    except OSError:
        return False
    return False


def _release(lock: FileLock, process: int) -> None:
    if os.getpid() != process:
        return  # a fork: the lock is its parent's
    with suppress(OSError):
        Path(lock.lock_file).unlink(missing_ok=True)
        lock.release()
