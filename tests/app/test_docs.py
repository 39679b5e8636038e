"""The README cannot rot: what it shows exists and works, and what exists is in it."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
import yaml
from typer.core import TyperGroup
from typer.main import get_command

from app.cli import EXAMPLES, NAME, cli
from ingest.documents import corpus_root
from rag.case.facts_file import read_facts
from rag.knowledge.check import check_policy_cases
from rag.knowledge.library import load_knowledge
from tests.app.conftest import Run
from tests.app.readme_output import WIDTH, arguments, beginning, shown

ROOT = Path(__file__).resolve().parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
NEW_POLICY = "meadow-esi"


def commands() -> TyperGroup:
    group = get_command(cli)
    assert isinstance(group, TyperGroup)
    return group


def section(heading: str) -> str:
    """The README's text from one second-level heading to the next."""
    return README.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def fenced(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.M | re.S)


def file_block(path: str) -> str:
    """The block that stands under the name of its file."""
    found = re.search(rf"^`{re.escape(path)}`\n\n```\w+\n(.*?)^```$", README, re.M | re.S)
    assert found, path
    return found[1]


def shown_commands() -> list[str]:
    lines = [line for block in fenced(README, "sh") for line in block.splitlines()]
    return [line for line in lines if line.startswith(f"{NAME} ")]


def test_the_readme_begins_with_the_two_commands() -> None:
    assert [line.split("#")[0].strip() for line in fenced(README, "sh")[0].splitlines()] == ["make ask", "make test"]


def test_the_make_targets_of_the_readme_exist() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M)
    assert {"ask", "test", "check"} <= set(re.findall(r"`?make ([a-z]+)", README)) <= set(targets)


def test_every_command_is_in_the_readme() -> None:
    table = section("Commands")
    assert [name for name in commands().commands if not re.search(rf"^\| `{name}\b", table, re.M)] == []


def test_every_option_of_every_command_is_in_the_readme() -> None:
    table = section("Commands")
    options = {name for command in commands().commands.values() for param in command.params for name in param.opts}
    assert {option for option in options if option.startswith("--") and f"{option}`" not in table} - {
        "--model"
    } == set()
    assert "`--model " in table


def test_the_readme_names_no_option_that_does_not_exist() -> None:
    params = [param for command in commands().commands.values() for param in command.params]
    known = {name for param in params for name in (*param.opts, *param.secondary_opts)}
    known |= {name for param in commands().params for name in param.opts} | {"--help"}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", section("Commands"))) <= known


@pytest.mark.parametrize("line", shown_commands())
def test_every_command_line_of_the_readme_parses(line: str) -> None:
    _, name, *arguments = shlex.split(line)
    assert commands().commands[name].make_context(name, arguments).params


def test_the_readme_shows_more_than_one_command_line() -> None:
    assert {shlex.split(line)[1] for line in shown_commands()} >= {"ask", "read", "decide", "search", "policies"}


def test_every_command_of_the_program_has_an_example() -> None:
    assert {command.__name__ for command in EXAMPLES} == set(commands().commands)


def test_the_facts_file_of_the_readme_can_be_read() -> None:
    vocabulary = load_knowledge().vocabulary
    block = next(block for block in fenced(section("Commands"), "yaml") if "procedure.code" in block)
    given = yaml.safe_load(block)
    assert {fact.id for fact in read_facts(given, vocabulary).facts} == {
        name for name in given if given[name] is not None
    }


def test_the_smallest_policy_of_the_readme_loads_and_passes_its_own_cases(tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    shutil.copytree(corpus_root(), root)
    folder = root / "policies" / NEW_POLICY
    folder.mkdir()
    for name in ("document.md", "criteria.yaml", "cases.yaml"):
        (folder / name).write_text(file_block(f"corpus/policies/{NEW_POLICY}/{name}"), encoding="utf-8")
    line = fenced(README, "yaml")[-1]
    payers = root / "payers.yaml"
    payers.write_text(payers.read_text(encoding="utf-8").replace("\npayers:\n", f"\npayers:\n{line}"), encoding="utf-8")
    knowledge = load_knowledge(root)
    faults, cases = check_policy_cases(knowledge, knowledge.policies[NEW_POLICY])
    assert [str(fault) for fault in faults] == []
    assert cases == 3


def test_the_links_of_the_readme_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target


def test_the_folders_of_the_readme_are_those_of_the_house() -> None:
    top, folders = ROOT, []
    for indent, names in re.findall(r"^(\s*)([a-z]+/(?:, [a-z]+/)*) ", section("The house"), re.M):
        found = [(top if indent else ROOT) / name.strip("/") for name in names.split(", ")]
        top = top if indent else found[0]
        folders += found
    assert {folder.name for folder in folders if folder.parent == ROOT} == {
        "corpus",
        "ingest",
        "rag",
        "app",
        "evals",
        "tests",
    }
    assert [folder for folder in folders if not folder.is_dir()] == []


def test_the_output_the_readme_shows_is_what_make_ask_prints(run: Run, ready: None) -> None:
    printed = run(*arguments(), COLUMNS=WIDTH).out
    assert shown() == beginning(printed), "run `python -m tests.app.readme_output` and read what changed"
