"""The examples of the API in README.md and docs/api.md are run as they stand, and show what comes."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from typer.core import TyperGroup
from typer.main import get_command

from app.access.issuers import load_issuers
from app.api.application import ROUTERS
from app.api.routing import scope_of
from app.cli import NAME, cli
from tests.app.api.conftest import NewServer
from tests.app.api.readme_curl import ADDRESS, DETAILS, ROOT, START, Ran, blocks, commands, examples, run, section
from tests.app.api.servers import Server

TOOLS = ("bash", "curl", "jq")
EXAMPLES = examples()


def made_by_make(port: int) -> list[str]:
    """What `make serve` would run, without installing anything for it."""
    # Under `make test` the outer make would speak up, and hand its own flags on.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    command = ["make", "--no-print-directory", "-n", "serve", f"PORT={port}"]
    told = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=60)
    return shlex.split(told.stdout.splitlines()[-1])


def start(server: Server, arguments: Sequence[str]) -> None:
    with (server.folder / "log").open("ab") as log:
        server.process = subprocess.Popen(
            [*server.command, *arguments], env=server.environment, cwd=server.folder, stdout=log, stderr=log
        )
    server.wait_until_ready()


@pytest.fixture(scope="module")
def ran(new_server: NewServer, tmp_path_factory: pytest.TempPathFactory) -> Sequence[Ran]:
    """All examples, run in one shell against a server of their own that was started as the README says."""
    absent = [tool for tool in (*TOOLS, "make") if shutil.which(tool) is None]
    if absent:
        pytest.skip(f"the examples need {' and '.join(absent)}")
    server = new_server()
    start(server, made_by_make(server.port)[1:])
    folder = tmp_path_factory.mktemp("reader")
    (folder / "docs").symlink_to(ROOT / "docs")
    for name, words in ((NAME, server.command), ("python", server.command[:1])):
        shim = folder / "bin" / name
        shim.parent.mkdir(exist_ok=True)
        shim.write_text(f'#!/bin/sh\nexec {shlex.join(words)} "$@"\n')
        shim.chmod(0o755)
    path = f"{folder / 'bin'}:{server.environment['PATH']}"
    return run(EXAMPLES, server.url, environment=server.environment | {"PATH": path}, folder=folder)


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_an_example_prints_what_stands_under_it(number: int, ran: Sequence[Ran]) -> None:
    one = ran[number]
    assert one.output == (one.block.shown or ""), "run `python -m tests.app.api.readme_curl URL`, read what changed"


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_an_example_succeeds_unless_it_shows_a_problem(number: int, ran: Sequence[Ran]) -> None:
    one = ran[number]
    shown = tuple(int(status) for status in re.findall(r'^  "status": (\d{3})', one.block.shown or "", re.M))
    called = "$API" in one.block.script and one.block.language == "sh"
    assert bool(one.statuses) == called
    assert one.statuses == shown if shown else all(200 <= status < 300 for status in one.statuses)
    assert not re.search(r"error|Traceback|not found", one.said), one.said


def test_the_examples_show_every_part_of_the_api() -> None:
    scripts = "".join(block.script for block in EXAMPLES)
    parts = ("answers", "determinations", "cases", "search", "policies", "threads", "reviews", "documents")
    assert [part for part in (*parts, "questionnaires") if f"/v1/{part}" not in scripts] == []
    assert all(words in scripts for words in ("/cds-services/", "/diff", "Idempotency-Key", "event-stream", "approve"))


def test_the_readme_starts_the_server_by_make_at_the_address_it_calls() -> None:
    assert blocks(section())[0].script == START
    words = made_by_make(8700)
    assert words[0].endswith(NAME)
    assert words[1:] == ["serve", "--port", "8700"]
    assert sum(block.script.count(ADDRESS) for block in EXAMPLES) == 1


@pytest.mark.parametrize("line", commands())
def test_a_command_line_of_the_details_parses(line: str) -> None:
    group = get_command(cli)
    assert isinstance(group, TyperGroup)
    _, name, *arguments = shlex.split(line)
    assert group.commands[name].make_context(name, arguments).params


def test_the_table_of_routes_is_that_of_the_routes() -> None:
    table = re.findall(r"^\| `([A-Z]+) (\S+)` \| (\w+) \|", DETAILS.read_text(encoding="utf-8"), re.M)
    found = [
        (method, route.path, scope_of(route))  # type: ignore[arg-type, attr-defined]
        for router in ROUTERS
        for route in router.routes
        for method in route.methods  # type: ignore[attr-defined]
    ]
    assert sorted(table) == sorted(found)


def test_the_file_of_issuers_in_the_details_can_be_read(tmp_path: Path) -> None:
    found = re.search(r"^```yaml\n(.*?)^```$", DETAILS.read_text(encoding="utf-8"), re.M | re.S)
    assert found
    file = tmp_path / "issuers.yaml"
    file.write_text(found[1], encoding="utf-8")
    assert [issuer.issuer for issuer in load_issuers(file)] == [
        one["issuer"] for one in yaml.safe_load(found[1])["issuers"]
    ]


def test_the_entry_for_assistants_names_a_command_that_exists() -> None:
    entries = [json.loads(block) for block in re.findall(r"^```json\n(.*?)^```$", DETAILS.read_text(), re.M | re.S)]
    (entry,) = [one["mcpServers"]["guideline-qa"] for one in entries if "mcpServers" in one]
    group = get_command(cli)
    assert isinstance(group, TyperGroup)
    assert Path(entry["command"]).name == NAME
    assert set(entry["args"]) <= set(group.commands)


def test_the_links_of_the_details_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", DETAILS.read_text(encoding="utf-8")):
        assert (DETAILS.parent / target).exists(), target


def test_every_place_in_the_details_that_the_readme_names_is_there() -> None:
    headings = re.findall(r"^#+ (.+)$", DETAILS.read_text(encoding="utf-8"), re.M)
    anchors = {heading.lower().replace(" ", "-").replace(",", "") for heading in headings}
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\]\(docs/api\.md#([^)]+)\)", readme)) <= anchors
