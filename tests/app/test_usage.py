"""Help, and what happens to a command that cannot be carried out: exit code 2, a sentence, no traceback."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer.core
import typer.main

from app.cli import EXAMPLES, NAME, cli
from app.commands.ask import Reader
from app.given import LONGEST_TEXT
from rag.article.models import Audience
from tests.app.conftest import QUESTION, Run

COMMANDS = sorted(command.__name__ for command in EXAMPLES)


def assert_refused(run: Run, *arguments: str, says: str, stdin: str = "") -> None:
    """Exit code 2, nothing on stdout, and a message on stderr that holds ``says``."""
    result = run(*arguments, stdin=stdin)
    assert (result.code, result.out) == (2, "")
    assert says in " ".join(result.err.split())
    assert "Traceback" not in result.err


def test_help_names_every_command(run: Run) -> None:
    result = run("--help")
    assert (result.code, result.err) == (0, "")
    assert [name for name in COMMANDS if not re.search(rf"^  {name} ", result.out, re.M)] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_each_command_shows_an_example(run: Run, command: str) -> None:
    result = run(command, "--help")
    assert result.code == 0
    assert f"Example:\n    {NAME} {command}" in result.out.replace("\n  Example", "\nExample")


def test_help_loads_nothing_that_answering_needs(environment: dict[str, str]) -> None:
    program = "import sys; from app.cli import main; main(['--help']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True)
    loaded = {name.partition(".")[0] for name in done.stderr.split()}
    assert "typer" in loaded
    assert loaded.isdisjoint(
        {"pydantic", "rich", "numpy", "chromadb", "langchain_core", "onnxruntime", "torch", "yaml"}
    )


def test_no_summary_in_the_list_of_commands_is_cut(run: Run) -> None:
    assert "..." not in run("--help").out.partition("Commands:")[2]


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=COMMANDS)
def test_every_example_is_a_command_that_parses(example: str) -> None:
    program, name, *arguments = shlex.split(example)
    assert program == NAME
    group = cli_group()
    command = group.commands[name]
    assert command.make_context(name, list(arguments)).params


def cli_group() -> typer.core.TyperGroup:
    group = typer.main.get_command(cli)
    assert isinstance(group, typer.core.TyperGroup)
    return group


def test_the_audiences_offered_are_those_of_an_answer() -> None:
    assert [reader.value for reader in Reader] == [audience.value for audience in Audience]


def test_the_version_is_one_line(run: Run) -> None:
    result = run("--version")
    assert result.code == 0
    assert re.fullmatch(rf"{NAME} \S.*\n", result.out)


def test_no_command_at_all_shows_the_help(run: Run) -> None:
    result = run()
    assert result.code in (0, 2)
    assert "Commands:" in result.out + result.err


def test_an_unknown_command_is_bad_usage(run: Run) -> None:
    assert_refused(run, "aks", says="No such command")


def test_an_unknown_option_is_bad_usage(run: Run) -> None:
    assert_refused(run, "policies", "--colour", says="No such option")


@pytest.mark.parametrize("command", ["ask", "read", "search"])
@pytest.mark.parametrize("text", ["", "   ", "\t\n"])
def test_an_empty_text_is_refused_with_what_to_do(run: Run, command: str, text: str) -> None:
    assert_refused(run, command, text, says="is empty. Write it in quotes")


def test_an_empty_stdin_is_refused(run: Run) -> None:
    assert_refused(run, "ask", "-", says="The question is empty")


def test_a_text_that_is_too_long_is_refused_with_both_numbers(run: Run) -> None:
    text = "a" * (LONGEST_TEXT + 1)
    assert_refused(run, "ask", "-", stdin=text, says=f"{LONGEST_TEXT + 1:,} characters; at most {LONGEST_TEXT:,}")


def test_question_and_facts_cannot_both_come_from_stdin(run: Run) -> None:
    assert_refused(run, "ask", "-", "--facts", "-", says="cannot both come from stdin")


@pytest.mark.parametrize("day", ["2026-02-30", "02/12/2026", "yesterday", "2026-2", ""])
def test_a_date_that_is_none_is_refused_with_the_form_to_use(run: Run, day: str) -> None:
    assert_refused(run, "ask", QUESTION, "--date", day, says="Write it as 2026-02-12")


@pytest.mark.parametrize("command", [("ask", QUESTION), ("decide", "--facts", "-")])
def test_an_unknown_payer_lists_the_known_ones(run: Run, command: tuple[str, ...]) -> None:
    says = "There is no payer 'Nobody'. Known: medicare (Medicare), aetna (Aetna)"
    assert_refused(run, *command, "--payer", "Nobody", stdin='procedure.code: ["62321"]', says=says)


def test_an_unknown_policy_lists_the_known_ones(run: Run) -> None:
    assert_refused(run, "policies", "no-such-policy", says="There is no policy 'no-such-policy'. Known: aetna-cpb-0016")


def test_an_unknown_state_lists_the_known_ones(run: Run, facts_file: Path) -> None:
    says = "There is no state 'ZZ'. Known: "
    assert_refused(run, "decide", "--facts", str(facts_file), "--state", "ZZ", says=says)


def test_an_unknown_search_filter_value_lists_the_known_ones(run: Run, ready: None) -> None:
    assert_refused(run, "search", "relief", "--kind", "rumour", says="Known values: evidence, guideline")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("prior_injection.releif: 40 %", "Did you mean prior_injection.relief"),
        ('prior_injection.relief: "much"', "'much' is not a percent"),
        ("prior_injection.given: perhaps", "true, false or null"),
        ("- 62321", "expected a mapping of fact ids to values"),
        ("{procedure.code: [", "not valid YAML"),
        ("pain.score: 1\npain.score: 2", "pain.score"),
    ],
)
def test_a_facts_file_that_cannot_be_used_is_refused_with_the_place_and_what_would_do(
    run: Run, tmp_path: Path, content: str, says: str
) -> None:
    file = tmp_path / "facts.yaml"
    file.write_text(content)
    assert_refused(run, "decide", "--facts", str(file), says=says)
    assert_refused(run, "decide", "--facts", "-", stdin=content, says=says)


def test_a_facts_file_that_is_not_there_is_named(run: Run, tmp_path: Path) -> None:
    assert_refused(run, "decide", "--facts", str(tmp_path / "none.yaml"), says="none.yaml")


def test_a_format_that_does_not_exist_lists_those_that_do(run: Run) -> None:
    assert_refused(run, "policies", "--format", "pdf", says="'markdown'")
