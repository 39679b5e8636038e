"""Whatever is typed, the answer is an answer or a sentence."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.cli import main

UNHURRIED = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ARGUMENT = st.text(max_size=60).filter(lambda text: "\0" not in text)


@pytest.fixture(autouse=True)
def same_home(ready: None, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIDELINE_QA_HOME", environment["GUIDELINE_QA_HOME"])
    monkeypatch.delenv("GUIDELINE_QA_DEBUG", raising=False)


def outcome(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    printed = capsys.readouterr()
    return code, printed.out, printed.err


@UNHURRIED
@given(ARGUMENT)
@example("\udcff\udcfe broken bytes")
@example("62321 " * 400)
@example("\x1b[2J[red]62321[/red] ; rm -rf / ; {{7*7}} ${HOME}")
def test_any_question_gets_an_answer_or_a_sentence(capsys: pytest.CaptureFixture[str], question: str) -> None:
    code, out, err = outcome(capsys, "ask", "--", question)
    assert code in (0, 2)
    assert bool(out) is (code == 0)
    assert bool(err) is (code == 2)
    assert "Traceback" not in err
    assert "fault in the program" not in err
    assert "\x1b" not in out


@UNHURRIED
@given(st.lists(ARGUMENT, max_size=4))
def test_any_arguments_end_with_an_exit_code(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    code, _, err = outcome(capsys, *arguments)
    assert code in (0, 2)
    assert "fault in the program" not in err


@UNHURRIED
@given(st.sampled_from(["--payer", "--policy", "--state", "--date", "--format", "--audience"]), ARGUMENT)
def test_any_option_value_is_used_or_refused(capsys: pytest.CaptureFixture[str], option: str, value: str) -> None:
    code, out, err = outcome(capsys, "ask", "Is 62321 necessary after minimal relief?", f"{option}={value}")
    assert code in (0, 2)
    assert bool(out) is (code == 0)
    assert "fault in the program" not in err
