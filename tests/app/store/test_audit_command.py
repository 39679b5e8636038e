"""``guideline-qa audit``: what it says of a whole trail and of a broken one, and its exit codes."""

import json
from pathlib import Path

import pytest
import typer
from sqlalchemy import text
from typer.testing import CliRunner

from app.commands.audit import audit
from app.store.database import Database
from app.store.errors import StoreError
from app.store.threads import Threads
from app.store.verify import AuditReport, verify
from tests.app.store.databases import attacked, raises_in_words, thread_with

cli = typer.Typer()
cli.command()(audit)


def address(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


def run(*arguments: str) -> tuple[int, str]:
    """Exit code and output. An error that the program's outermost edge puts into words is raised."""
    result = CliRunner().invoke(cli, arguments)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


@pytest.fixture
def trail(database: Database) -> Database:
    thread_with(database, "Zyxomma", "and more")
    return database


def test_a_whole_trail_says_so_with_its_last_hash(trail: Database) -> None:
    code, out = run("verify", "--database", address(trail))
    assert code == 0
    assert "3 entries, 2 stored turns and review steps checked" in out
    assert "The audit trail is whole" in out
    assert f"Last hash: {verify(trail).head}" in out


def test_a_broken_trail_names_the_entry_and_what_to_do(trail: Database) -> None:
    attacked(trail, "UPDATE audit SET actor = 'nobody' WHERE seq = 2")
    code, out = run("verify", "--database", address(trail))
    assert code == 1
    assert "Entry 2: changed; its hash does not fit what it says." in out
    assert "Nothing from entry 2 on is vouched for." in out
    assert "backup" in out


def test_stored_words_that_were_changed_are_named_and_not_shown(trail: Database) -> None:
    with trail.writing() as connection:
        connection.execute(text("UPDATE turns SET body = replace(body, 'Zyxomma', 'Xylomma') WHERE number = 1"))
    code, out = run("verify", "--database", address(trail))
    assert code == 1
    assert "/turn:1 (entry 2): changed after it was stored." in out
    assert "omma" not in out


def test_a_hash_noted_earlier_can_be_asked_for(trail: Database) -> None:
    assert run("verify", "--database", address(trail), "--known", verify(trail).head)[0] == 0
    code, out = run("verify", "--database", address(trail), "--known", "a" * 64)
    assert code == 1
    assert "rewritten" in out


def test_the_report_as_json_is_the_report(trail: Database) -> None:
    code, out = run("verify", "--database", address(trail), "--format", "json")
    assert code == 0
    assert AuditReport.model_validate_json(out) == verify(trail)


def test_the_entries_are_shown_in_order_and_without_words(trail: Database) -> None:
    thread_id = Threads(trail).recent()[0].id
    code, out = run("show", "--database", address(trail))
    lines = out.splitlines()
    assert code == 0
    assert [line.split()[3:5] for line in lines] == [
        ["thread.created", f"thread:{thread_id}"],
        ["turn.stored", f"thread:{thread_id}/turn:1"],
        ["turn.stored", f"thread:{thread_id}/turn:2"],
    ]
    assert "Zyxomma" not in out
    assert run("show", "--last", "1", "--database", address(trail))[1].splitlines() == lines[-1:]


def test_the_entries_as_json_are_complete(trail: Database) -> None:
    _, out = run("show", "--database", address(trail), "--format", "json")
    found = json.loads(out)
    assert [entry["seq"] for entry in found] == [1, 2, 3]
    assert found[1]["previous"] == found[0]["hash"]


@pytest.mark.parametrize(("arguments"), [("verify", "--last", "3"), ("show", "--known", "a"), ("burn",), ()])
def test_a_command_that_makes_no_sense_is_refused(arguments: tuple[str, ...]) -> None:
    assert run(*arguments)[0] == 2


def test_looking_makes_no_database(tmp_path: Path) -> None:
    with raises_in_words(StoreError, "There is no store"):
        run("verify", "--database", f"sqlite:///{tmp_path}/none.db")
    assert list(tmp_path.iterdir()) == []
