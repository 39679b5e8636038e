"""``ingest``, ``check`` and ``doctor``."""

import json
import shutil
from pathlib import Path

import pytest

from app.health import Finding
from ingest.documents import corpus_root
from tests.app.conftest import Run


@pytest.fixture
def broken_corpus(tmp_path: Path) -> Path:
    """The corpus that comes along, with one digest whose front matter has a key too many."""
    root = tmp_path / "corpus"
    shutil.copytree(corpus_root(), root)
    file = sorted((root / "safety").glob("*/document.md"))[0]
    file.write_text(file.read_text().replace("\npublisher:", "\nopinion: 1\npublisher:", 1))
    return root


def test_ingest_embeds_once_and_says_so(run: Run, ready: None) -> None:
    again = run("ingest")
    assert (again.code, again.err) == (0, "")
    assert "all there already, nothing to embed" in again.out
    report = json.loads(run("ingest", "--format", "json").out)
    assert report["embedded"] == 0
    assert report["passages"] > report["documents"] > 0


def test_ingest_tells_its_progress_on_stderr_when_there_is_no_terminal(run: Run, small_corpus: Path) -> None:
    result = run("ingest", "--corpus", str(small_corpus), "--format", "json")
    assert json.loads(result.out)["embedded"] == json.loads(result.out)["passages"] == 4
    assert "embedding passages (4) ..." in result.err


def test_a_rebuild_embeds_everything_anew_to_the_same_index(run: Run, small_corpus: Path) -> None:
    first = json.loads(run("ingest", "--corpus", str(small_corpus), "--format", "json").out)
    second = json.loads(run("ingest", "--corpus", str(small_corpus), "--format", "json", "--rebuild").out)
    assert second["embedded"] == second["passages"]
    assert second["index_hash"] == first["index_hash"]


def test_check_finds_no_fault_in_the_corpus_that_comes_along(run: Run) -> None:
    result = run("check")
    assert result.out.splitlines()[-1].startswith("no fault in ")
    assert (result.code, result.err) == (0, "")


def test_check_names_file_line_problem_and_remedy_of_a_fault(run: Run, broken_corpus: Path) -> None:
    result = run("check", "--corpus", str(broken_corpus))
    assert result.code == 1
    first = result.out.splitlines()[0]
    assert first.startswith(f"{broken_corpus}/safety/")
    assert "document.md:" in first
    assert "unknown key `opinion`. " in first
    faults = json.loads(run("check", "--corpus", str(broken_corpus), "--format", "json").out)["faults"]
    assert [set(fault) for fault in faults] == [{"file", "line", "problem", "remedy"}]
    assert faults[0]["line"] > 1


def test_doctor_prints_a_line_for_each_thing_it_looks_at(run: Run, ready: None) -> None:
    result = run("doctor", "--format", "json")
    findings = {found.name: found for found in map(Finding.model_validate, json.loads(result.out))}
    assert {"python", "embedding model", "exported model", "corpus", "index", "cache"} <= set(findings)
    assert "hash verified" in findings["embedding model"].detail
    assert "current" in findings["index"].detail
    assert result.code == (0 if all(found.ok for found in findings.values()) else 1)


def test_doctor_gives_a_remedy_for_every_problem_and_for_nothing_else(run: Run, broken_corpus: Path) -> None:
    result = run("doctor", "--corpus", str(broken_corpus), "--format", "json")
    findings = [Finding.model_validate(item) for item in json.loads(result.out)]
    assert result.code == 1
    assert [found.name for found in findings if not found.ok and found.name == "corpus"] == ["corpus"]
    assert all((found.remedy is None) is found.ok for found in findings)
