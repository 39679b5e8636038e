"""Small files in each format."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file of a folder: text as it is, objects as JSON Lines."""

    def write_file(name: str, *content: str | dict[str, Any]) -> Path:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        lines = (line if isinstance(line, str) else json.dumps(line) for line in content)
        file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return file

    return write_file
