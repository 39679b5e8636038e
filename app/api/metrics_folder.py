"""Where several worker processes keep their metrics, so that any of them can tell those of all.

Apart from ``metrics``, for ``prometheus_client`` decides at its import whether there is such a folder.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

_VARIABLE: Final = "PROMETHEUS_MULTIPROC_DIR"
_LIVE: Final = re.compile(r"gauge_live[a-z]*_(?P<process>[0-9]+)\.db")


def use_folder(folder: Path) -> None:
    """Make and empty the folder, and name it to the processes started from here on. Before any worker starts."""
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob("*.db"):
        left.unlink(missing_ok=True)
    os.environ[_VARIABLE] = str(folder)


def folder_in_use() -> Path | None:
    named = os.environ.get(_VARIABLE)
    return Path(named) if named else None


def gone_workers(folder: Path) -> set[int]:
    """Processes that left a gauge of what they were doing, and no longer run."""
    found = (_LIVE.fullmatch(file.name) for file in folder.glob("gauge_live*.db"))
    return {process for match in found if match and not _runs(process := int(match["process"]))}


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
