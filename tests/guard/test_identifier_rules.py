"""identifiers.yaml is read strictly: every fault names its file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ingest.documents import corpus_root
from ingest.errors import CorpusErrors
from rag.guard.identifiers import load_identifiers, remove_identifiers

FILES = ("identifiers.yaml", "identifier_words.yaml", "payers.yaml")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in FILES:
        shutil.copy(corpus_root() / name, tmp_path / name)
    return tmp_path


def replace_line(file: Path, begins: str, line: str) -> int:
    """Puts a line in the place of the first that begins so; returns its number."""
    lines = file.read_text(encoding="utf-8").splitlines()
    number = next(at for at, one in enumerate(lines) if one.strip().startswith(begins))
    lines[number] = line
    file.write_text("\n".join(lines), encoding="utf-8")
    return number + 1


@pytest.mark.parametrize(
    ("begins", "line", "problem"),
    [
        ("- {kind: url", "  - {kind: url, pattern: '(unclosed'}", "not a regular expression"),
        ("- {kind: url", "  - {kind: web, pattern: 'x'}", "kind"),
        ("- {kind: url", "  - {kind: url, pattern: 'x', because: y}", "because"),
        ("- {kind: name, side: before", "  - {kind: name, side: left, sure: true, pattern: 'x'}", "side"),
        ("- {kind: name, side: before", "  - {kind: name, side: before, sure: true, pattern: '[a-'}", "expression"),
    ],
)  # fmt: skip
def test_a_fault_names_file_line_and_what_is_wrong(root: Path, begins: str, line: str, problem: str) -> None:
    file = root / "identifiers.yaml"
    number = replace_line(file, begins, line)
    with pytest.raises(CorpusErrors) as caught:
        load_identifiers(root)
    assert f"{file}:{number}: " in str(caught.value)
    assert problem in str(caught.value)


@pytest.mark.parametrize("name", FILES[:2])
def test_an_unknown_key_is_refused(root: Path, name: str) -> None:
    file = root / name
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{text}\nextra: x\n", encoding="utf-8")
    with pytest.raises(CorpusErrors, match="extra") as caught:
        load_identifiers(root)
    assert f"{file}:{len(text.splitlines()) + 2}: " in str(caught.value)


def test_a_payer_added_to_the_corpus_is_no_name(root: Path) -> None:
    text = "She has Quorvex coverage."
    assert remove_identifiers(text, load_identifiers(root)).text == "She has [name] coverage."
    payers = root / "payers.yaml"
    payers.write_text(payers.read_text(encoding="utf-8") + '\n  - {id: quorvex, name: "Quorvex"}\n', encoding="utf-8")
    assert remove_identifiers(text, load_identifiers(root)).text == text
