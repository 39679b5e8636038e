"""``eval``: suites on labelled data, their report, two runs beside each other, and what is said about what is amiss."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest

from app.commands.eval import Half
from evals import Report
from evals.frame.models import Half as FrameHalf
from tests.app.conftest import Run

#: The quickest suite.
SUITE = "identifiers"
SMALL = ("eval", SUITE, "--limit", "3", "--half", "calibrate")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with pairs somebody brought, enough for both halves."""
    rows = [
        {
            "claim": f"Relief lasted {weeks} weeks.",
            "passage": f"In trial {trial} relief lasted 3 weeks.",
            "label": label,
        }
        for trial in "abcdefghijkl"
        for weeks, label in ((3, "supported"), (9, "contradicted"))
    ]
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "mine.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return tmp_path


@pytest.fixture(scope="module")
def reports(run: Run, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two reports of the same run, in new folders, and one of another."""
    folder = tmp_path_factory.mktemp("reports")
    for name, limit in (("first", "3"), ("second", "3"), ("other", "4")):
        done = run("eval", SUITE, "--half", "calibrate", "--limit", limit, "--output", str(folder / "new" / name))
        assert done.code == 0
        assert "report.html" in done.err
    return {name: folder / "new" / name / "report.json" for name in ("first", "second", "other")}


def test_the_report_is_the_same_to_the_byte(reports: dict[str, Path]) -> None:
    for file in ("report.json", "report.html"):
        first, second = (reports[name].with_name(file).read_bytes() for name in ("first", "second"))
        assert first == second != b""


def test_json_is_the_report_and_nothing_else(run: Run, reports: dict[str, Path]) -> None:
    report = Report.model_validate_json(run(*SMALL, "--format", "json").out)
    assert report == Report.model_validate_json(reports["first"].read_bytes())
    assert [suite.suite for suite in report.suites] == [SUITE]
    methods = [row.method for row in report.suites[0].measures[0].rows]
    assert methods[:2] == ["guideline-qa", "null"]
    assert "lexical" in methods


def test_a_figure_under_its_floor_ends_with_exit_code_1(run: Run) -> None:
    held = run(*SMALL, "--fail-under", "identifiers.identifiers-removed=0.01")
    broken = run(*SMALL, "--fail-under", "identifiers.identifiers-removed=1.01")
    assert (held.code, broken.code) == (0, 1)
    assert "identifiers-removed" in broken.out


def test_a_metric_that_does_not_exist_holds_no_floor(run: Run) -> None:
    assert run(*SMALL, "--fail-under", "identifiers.identifier-removed=0").code == 1


def test_two_runs_are_compared_and_equal_ones_called_identical(run: Run, reports: dict[str, Path]) -> None:
    same = run("eval", "compare", str(reports["first"]), str(reports["second"]))
    other = run("eval", "compare", str(reports["first"]), str(reports["other"]))
    assert same.code == other.code == 0
    assert "identical" in same.out
    assert "only" in other.out


def test_an_earlier_report_is_shown_beside_the_new_one(run: Run, reports: dict[str, Path]) -> None:
    result = run(*SMALL, "--against", str(reports["first"]))
    assert result.code == 0
    assert "identical" in result.out


def test_sets_that_are_not_there_are_named(run: Run, data: Path) -> None:
    result = run("eval", "citations", "--data", str(data), "--half", "calibrate", "--limit", "1")
    for name in ("SciFact", "NLI4CT", "HealthVer", "ExpertQA"):
        assert f"{name} is not measured." in " ".join(result.out.split())


def test_a_worksheet_is_made_and_its_blanks_are_no_judgements(run: Run, tmp_path: Path) -> None:
    made = run("eval", "worksheet", str(tmp_path), "--limit", "1")
    assert made.code == 0
    sheets = [Path(line) for line in made.out.splitlines() if line.endswith(".csv")]
    assert sheets and all(sheet.is_file() for sheet in sheets)
    judged = run("eval", "judge", str(sheets[0]))
    assert judged.code == 2
    assert "Traceback" not in judged.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("citation",), "There is no suite 'citation'. Suites: verdicts, facts, citations"),
        (("citations", "--data", "nowhere"), "There is no folder nowhere."),
        (("citations", "--limit", "0"), "--limit"),
        (("citations", "--failures", "-1"), "--failures"),
        (("citations", "--half", "test"), "'report'"),
        (("facts", "--fail-under", "facts"), "Write it like"),
        (("facts", "--fail-under", "verdicts.no-false-met=1"), "that suite is not run"),
        (("facts", "--resume"), "--output"),
        (("facts", "--against", "nowhere.json"), "nowhere.json cannot be read"),
        (("facts", "--record", "a", "--replay", "b"), "exclude each other"),
        (("compare", "a.json"), "compare takes two files"),
        (("compare", "a.json", "b.json"), "a.json cannot be read"),
        (("judge", "a.csv", "--output", "b"), "--output has no meaning for `eval judge`"),
        (("facts", "--record", "a"), "--record needs --model or --judge"),
        (("worksheet",), "worksheet takes the folder"),
        (("judge",), "judge takes filled-in worksheets"),
        (("judge", "nowhere.csv"), "nowhere.csv"),
    ],
)
def test_what_cannot_be_done_is_refused_with_what_to_do(run: Run, arguments: tuple[str, ...], says: str) -> None:
    result = run("eval", *arguments)
    assert (result.code, result.out) == (2, "")
    assert says in " ".join(result.err.split())
    assert "Traceback" not in result.err


def test_a_bad_line_of_a_set_is_named_with_its_file(run: Run, data: Path) -> None:
    file = data / "claims" / "mine.jsonl"
    with file.open("a") as lines:
        lines.write('\n{"claim": "x", "passage": "y", "label": "true"}')
    result = run("eval", "citations", "--data", str(data))
    assert (result.code, result.out) == (2, "")
    assert f"{file}:25: `label` is 'true'. Use one of" in result.err


def test_the_halves_are_those_of_the_labelled_data() -> None:
    assert {half.value for half in Half} == set(get_args(FrameHalf))


@pytest.fixture
def tiny_model(tmp_path: Path) -> Path:
    """A cross-encoder of seven words and one thin layer, with the labels of an NLI model."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    folder = tmp_path / "model"
    folder.mkdir()
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join(("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "relief", "sleep")))
    labels = {0: "contradiction", 1: "entailment", 2: "neutral"}
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=7,
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=1,
        intermediate_size=8,
        id2label=labels,
        label2id={label: number for number, label in labels.items()},
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizer(str(vocabulary)).save_pretrained(folder)
    return folder


def test_a_language_inference_model_stands_beside_the_guard_alone_and_with_it(run: Run, tiny_model: Path) -> None:
    result = run(
        "eval", "citations", "--half", "calibrate", "--limit", "3", "--nli", str(tiny_model), "--format", "json"
    )
    methods = [row["method"] for row in json.loads(result.out)["suites"][0]["measures"][0]["rows"]]
    assert methods[-2:] == ["NLI", "guideline-qa with NLI"]


def test_a_language_inference_model_that_is_not_there_is_a_fault_with_a_remedy(run: Run, tmp_path: Path) -> None:
    result = run("eval", "citations", "--limit", "1", "--nli", str(tmp_path / "none"))
    assert (result.code, result.out) == (1, "")
    assert "none cannot be loaded" in result.err
    assert "Traceback" not in result.err
