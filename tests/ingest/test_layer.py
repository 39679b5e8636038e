"""Data flows one way: nothing under ingest knows of rag, app or evals."""

import ast
from pathlib import Path

import ingest


def imported_modules(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return {name.split(".")[0] for name in names}


def test_ingest_imports_nothing_that_stands_above_it() -> None:
    files = list(Path(ingest.__file__).parent.rglob("*.py"))
    assert len(files) > 10
    imports = {file.name: imported_modules(file) & {"rag", "app", "evals", "tests"} for file in files}
    assert {name for name, above in imports.items() if above} == set()
