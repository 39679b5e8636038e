"""The figures on a model's prose are counted from its answers, and unusable options are said."""

import json
from collections.abc import Iterator

import pytest

from evals.prose.__main__ import main
from evals.prose.questions import QUESTIONS
from tests.model.servers import Server, parrots, serving


@pytest.fixture
def parrot(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with serving(parrots) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.address)
        yield server


def test_sentences_judged_kept_and_their_cost_are_counted(parrot: Server, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--model", "openai:parrot", "--first", "1"]
    assert main([*options, "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    (asked,) = report["asked"]
    assert (report["model"], asked["question"], asked["same_verdict"]) == ("openai:parrot", QUESTIONS[0][0], True)
    assert asked["use"]["kept"] == asked["use"]["proposed"] > 10
    assert asked["use"]["calls"] == len(parrot.requests)
    assert main(options) == 0
    words = capsys.readouterr().out
    assert f"{asked['use']['kept']} of {asked['use']['proposed']} sentences judged kept" in words
    assert "No section fell back" in words


def test_without_a_model_it_says_what_to_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "--model" in capsys.readouterr().err
