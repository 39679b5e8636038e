"""No number, id or fact of a policy stands in Python: adding a policy is adding files."""

import ast
import re
from pathlib import Path

import pytest

from rag.knowledge.library import load_knowledge

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [file for folder in ("ingest", "rag", "app", "evals") for file in sorted((ROOT / folder).rglob("*.py"))]


def strings(file: Path) -> list[str]:
    """String literals that are not docstrings."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    docstrings = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body
            if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
                docstrings.add(id(body[0].value))
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            docstrings.add(id(node.value))
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]


@pytest.fixture(scope="module")
def named_in_corpus() -> set[str]:
    """Ids of documents, payers and criteria, and every code: what only the corpus may name."""
    knowledge = load_knowledge()
    names = set(knowledge.documents) | set(knowledge.payers)
    names |= {c.id for p in knowledge.policies.values() for v in p.versions for c in v.criteria}
    names |= set(knowledge.codes.procedures)
    return names | {code for group in knowledge.codes.groups for code in group.codes if not code.endswith("x")}


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: str(file.relative_to(ROOT)))
def test_nothing_of_the_corpus_is_named_in_code(file: Path, named_in_corpus: set[str]) -> None:
    shown = "app/" in str(file.relative_to(ROOT))  # a help text may show an example
    text = "" if shown else " \n ".join(strings(file))
    words = set(re.findall(r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*", text))
    assert words & named_in_corpus == set()


def numbers(file: Path) -> list[float]:
    return [
        node.value
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool)
    ]


# What the engine itself counts with: ends of scales (a percentage, a pain score) and the calendar.
ENGINE_NUMBERS = {0, 1, 2, 3, 4, 7, 10, 12, 100, 365, 366}


CALENDAR = {28, 31, 59, 62, 89, 92, 120, 123, 150, 153, 181, 184, 212, 215, 242, 245, 273, 276, 303, 306, 334, 337}
# Beside those: days of whole months, and what the search for changes weighs its steps with.
OWN_NUMBERS = {"values.py": CALENDAR, "calendars.py": CALENDAR, "change.py": {5, 20, 1000}}


@pytest.mark.parametrize("file", sorted((ROOT / "rag/criteria").glob("*.py")), ids=lambda file: file.name)
def test_the_engine_holds_no_threshold(file: Path) -> None:
    allowed = ENGINE_NUMBERS | OWN_NUMBERS.get(file.name, set())
    assert [number for number in numbers(file) if number not in allowed] == []
