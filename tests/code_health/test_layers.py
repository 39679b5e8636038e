"""Data flows one way: corpus -> ingest -> rag -> app; evals look on from outside."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("ingest", "rag", "app", "evals")


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative imports hide their layer"
            yield node.module or ""


def breaches(folder: str, forbidden: tuple[str, ...]) -> list[str]:
    return [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in modules(folder)
        for name in imports(file)
        if name.startswith(forbidden)
    ]


@pytest.mark.parametrize(
    ("folder", "forbidden"),
    [
        ("ingest", ("rag", "app", "evals", "tests")),
        ("rag", ("app", "evals", "tests")),
        ("app", ("evals.", "tests")),
        ("evals", ("tests",)),
    ],
)
def test_nothing_imports_against_the_flow(folder: str, forbidden: tuple[str, ...]) -> None:
    assert modules(folder), f"{folder} has no modules: the test looks at nothing"
    assert breaches(folder, forbidden) == []


def test_criteria_import_nothing_of_the_project_but_themselves() -> None:
    own = {
        f"{file.relative_to(ROOT)} imports {name}"
        for file in modules("rag/criteria")
        for name in imports(file)
        if name.split(".")[0] in ROOMS and not name.startswith("rag.criteria")
    }
    assert own == set()


def test_criteria_read_no_clock_and_no_files() -> None:
    effects = ("time", "os", "pathlib", "io", "random", "socket", "requests", "httpx", "logging")
    assert [
        f"{file.name} imports {name}"
        for file in modules("rag/criteria")
        for name in imports(file)
        if name.split(".")[0] in effects
    ] == []
    for file in modules("rag/criteria"):
        text = file.read_text(encoding="utf-8")
        for call in ("today(", "now(", "open("):
            assert call not in text, f"{file.name} calls {call}"
