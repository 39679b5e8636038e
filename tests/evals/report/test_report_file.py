"""``report.json``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals.report.json_file import figures_hash, read, write
from rag.errors import UserError
from tests.evals.report.made import example, measure, report, seconds, suite


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    write(example(), tmp_path / "report.json")
    assert read(tmp_path / "report.json") == example()


def changed(**changes: Any) -> str:
    return json.dumps(json.loads(example().model_dump_json()) | changes)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("not JSON", "is no JSON"),
        ("[1, 2]", "is no report of an evaluation: it has no schema_version"),
        ('{"suites": []}', "is no report of an evaluation: it has no schema_version"),
        (changed(schema_version="2"), "is a report of version '2'; this program reads version '1'. Measure anew"),
        (changed(extra=1), "is no report of an evaluation: extra: Extra inputs are not permitted"),
        (changed(seed="7"), "is no report of an evaluation: seed: Input should be a valid integer"),
    ],
)
def test_another_file_is_refused_with_its_name_and_a_remedy(tmp_path: Path, content: str, words: str) -> None:
    file = tmp_path / "report.json"
    file.write_text(content)
    with pytest.raises(UserError) as refusal:
        read(file)
    assert str(refusal.value).startswith(f"{file} {words}")
    assert "guideline-qa eval" in str(refusal.value) or "Measure anew" in str(refusal.value)


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UserError, match="is no JSON"):
        read(tmp_path / "report.json")


def test_a_missing_file_and_a_missing_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"gone\.json cannot be read \(No such file or directory\)"):
        read(tmp_path / "gone.json")
    with pytest.raises(UserError, match=r"report\.json cannot be written \(No such file or directory\)"):
        write(example(), tmp_path / "gone" / "report.json")


def test_times_and_the_version_do_not_count_in_the_hash_of_figures() -> None:
    one, other = (
        report(suite("verdicts", measure("m", [1, 0])), suite("latency", seconds(value), timed=True))
        for value in (0.25, 0.5)
    )
    assert figures_hash(one) == figures_hash(other.model_copy(update={"software_version": "9"}))


def test_the_order_of_suites_does_not_count() -> None:
    first, second = suite("first", measure("m", [1])), suite("second", measure("m", [0]))
    assert figures_hash(report(first, second)) == figures_hash(report(second, first))


def test_every_judgement_and_text_counts() -> None:
    plain = suite("verdicts", measure("m", [1, 0]))
    others = [
        suite("verdicts", measure("m", [0, 1])),
        plain.model_copy(update={"items": {"case-0": "another text"}}),
        plain.model_copy(update={"limit": 2}),
    ]
    assert len({figures_hash(report(one)) for one in (plain, *others)}) == 4
