"""Faults and interruptions: one line, the right exit code, never a traceback."""

import signal
import subprocess
import time
from pathlib import Path

import pytest

from app.cli import BROKEN_PIPE, INTERRUPTED, main
from app.faults import CORPUS_FAULTS_SHOWN, report
from ingest.errors import CorpusError, CorpusErrors, ModelError
from rag.errors import UserError
from tests.app.conftest import Run


def test_a_corpus_folder_that_does_not_exist_is_a_fault_with_its_name(run: Run, tmp_path: Path) -> None:
    for command in (["policies"], ["search", "relief"], ["ingest"], ["check"]):
        result = run(*command, "--corpus", str(tmp_path / "nowhere"))
        assert result.code == 1
        assert "nowhere" in result.err + result.out
        assert "Traceback" not in result.err


def test_a_cache_that_cannot_be_written_is_a_fault_that_names_the_variable(run: Run, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    result = run("ingest", GUIDELINE_QA_HOME=str(blocked / "home"))
    assert (result.code, result.out) == (1, "")
    assert "GUIDELINE_QA_HOME" in result.err
    assert "Traceback" not in result.err


def test_doctor_names_a_cache_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    result = run("doctor", GUIDELINE_QA_HOME=str(blocked))
    assert result.code == 1
    line = next(line for line in result.out.splitlines() if " cache:" in line)
    assert line.startswith("problem")
    assert "Set GUIDELINE_QA_HOME" in line


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (UserError("Name a payer."), 2, "qa: Name a payer."),
        (ModelError("No model. Reinstall it."), 1, "qa: No model. Reinstall it."),
        (OSError(28, "No space left on device", "/some/file"), 1, "qa: No space left on device: /some/file."),
        (KeyError("x\ny"), 1, "a fault in the program (KeyError: 'x\\ny'). Set DEBUG=1 to see where."),
    ],
)
def test_each_kind_of_fault_has_its_code_and_one_line(
    capsys: pytest.CaptureFixture[str], error: Exception, code: int, says: str
) -> None:
    assert report(error, name="qa", debug="DEBUG") == code
    printed = capsys.readouterr()
    assert printed.out == ""
    assert says in printed.err
    assert printed.err.count("\n") == 1


def test_of_many_faults_of_a_corpus_the_first_are_shown_and_the_rest_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    faults = [CorpusError("f.yaml", line, "wrong", "mend it") for line in range(1, CORPUS_FAULTS_SHOWN + 4)]
    assert report(CorpusErrors(faults), name="qa", debug="DEBUG") == 1
    printed = capsys.readouterr().err
    assert printed.count("f.yaml:") == CORPUS_FAULTS_SHOWN
    assert "... and 3 more. `qa check` lists every fault." in printed


def test_a_bug_is_one_line_and_a_trace_only_when_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(root: Path | None, *, lazy: bool) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("rag.knowledge.library.load_knowledge", broken)
    monkeypatch.delenv("GUIDELINE_QA_DEBUG", raising=False)
    assert main(["policies"]) == 1
    expected = "guideline-qa: a fault in the program (RuntimeError: a bug). Set GUIDELINE_QA_DEBUG=1 to see where.\n"
    assert capsys.readouterr().err == expected
    monkeypatch.setenv("GUIDELINE_QA_DEBUG", "1")
    with pytest.raises(RuntimeError, match="a bug"):
        main(["policies"])


def test_a_reader_that_goes_away_is_no_fault(environment: dict[str, str], program: list[str]) -> None:
    with subprocess.Popen(
        [*program, "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == BROKEN_PIPE


def hear_interrupts() -> None:
    """A process started in the background inherits deafness to Ctrl-C; after this it hears again."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_ends_a_command_without_a_word(environment: dict[str, str], program: list[str]) -> None:
    with subprocess.Popen(
        [*program, "read", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        preexec_fn=hear_interrupts,
    ) as process:
        assert process.stdin is not None
        # More than a pipe holds: once this returns, the command is reading. It is then left to wait for more.
        process.stdin.write(b"a" * 200_000)
        process.stdin.flush()
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        code = process.wait(timeout=30)
        assert process.stdout is not None
        assert process.stderr is not None
        assert (code, process.stdout.read(), process.stderr.read()) == (INTERRUPTED, b"", b"")
