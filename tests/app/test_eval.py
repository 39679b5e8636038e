"""``eval``: a suite on labelled data, its report, and what is said about data that is not there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest

from app.commands.eval import Half
from evals.citations.pair import Half as PairHalf
from tests.app.conftest import Run


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
    (tmp_path / "mine.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return tmp_path


@pytest.mark.parametrize("output", ["text", "json"])
def test_the_report_is_the_same_to_the_byte(run: Run, data: Path, output: str) -> None:
    options = ("--half", "calibrate", "--limit", "3", "--failures", "1", "--format", output)
    arguments = ("eval", "citations", "--data", str(data), *options)
    first, second = run(*arguments), run(*arguments)
    assert first.code == 0
    assert first.out == second.out != ""


def test_json_is_the_report_and_nothing_else_with_the_guard_and_four_baselines(run: Run, data: Path) -> None:
    result = run("eval", "citations", "--data", str(data), "--limit", "3", "--half", "calibrate", "--format", "json")
    report = json.loads(result.out)
    assert (report["suite"], report["half"], report["limit"]) == ("citations", "calibrate", 3)
    mine = next(one for one in report["sets"] if one["name"] == "mine.jsonl")
    methods = [one["method"] for one in mine["slices"][0]["methods"]]
    assert methods == ["guard", "accept all", "reject all", "words in common", "similarity alone"]


def test_sets_that_are_not_there_are_named_on_stderr(run: Run, data: Path) -> None:
    result = run("eval", "citations", "--data", str(data), "--half", "calibrate", "--limit", "1")
    for name in ("SciFact", "NLI4CT", "HealthVer", "ExpertQA"):
        assert f"{name} is not measured." in result.err


def test_without_data_the_projects_pairs_are_measured(run: Run) -> None:
    result = run("eval", "citations", "--half", "calibrate", "--limit", "2")
    assert result.code == 0
    assert "own: all pairs, 2 " in result.out
    assert "only the project's own pairs are measured" in result.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("citation",), "There is no suite 'citation'. Known: citations, followups."),
        (("citations", "--data", "nowhere"), "There is no folder nowhere."),
        (("citations", "--limit", "0"), "--limit"),
        (("citations", "--failures", "-1"), "--failures"),
        (("citations", "--half", "test"), "'report'"),
        ((), "SUITE"),
    ],
)
def test_what_cannot_be_measured_is_refused_with_what_to_do(run: Run, arguments: tuple[str, ...], says: str) -> None:
    result = run("eval", *arguments)
    assert (result.code, result.out) == (2, "")
    assert says in " ".join(result.err.split())
    assert "Traceback" not in result.err


def test_a_bad_line_of_a_set_is_named_with_its_file(run: Run, data: Path) -> None:
    with (data / "mine.jsonl").open("a") as file:
        file.write('\n{"claim": "x", "passage": "y", "label": "true"}')
    result = run("eval", "citations", "--data", str(data))
    assert (result.code, result.out) == (2, "")
    assert f"{data / 'mine.jsonl'}:25: `label` is 'true'. Use one of" in result.err


def test_the_halves_offered_are_those_of_the_pairs() -> None:
    assert {half.value for half in Half} == set(get_args(PairHalf))


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
    methods = [one["method"] for one in json.loads(result.out)["sets"][0]["slices"][0]["methods"]]
    assert methods[-2:] == ["NLI alone", "guard with NLI"]


def test_a_language_inference_model_that_is_not_there_is_a_fault_with_a_remedy(run: Run, tmp_path: Path) -> None:
    result = run("eval", "citations", "--limit", "1", "--nli", str(tmp_path / "none"))
    assert (result.code, result.out) == (1, "")
    assert "none cannot be loaded" in result.err
    assert "Traceback" not in result.err
