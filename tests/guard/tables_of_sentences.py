"""The sentence tables beside the guard tests, read strictly."""

from __future__ import annotations

from pathlib import Path

from ingest.strict_yaml import load_yaml

TABLES = Path(__file__).parent / "tables"


def table(name: str) -> list[tuple[str, str]]:
    """(group, sentence) of ``tables/<name>.yaml``, in its order."""
    data = load_yaml(TABLES / f"{name}.yaml").data
    return [(group, sentence) for group, sentences in data.items() for sentence in sentences]


def sentences(*names: str) -> list[str]:
    """The sentences of several tables, without their groups."""
    return [sentence for name in names for _, sentence in table(name)]
