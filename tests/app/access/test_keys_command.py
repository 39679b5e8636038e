"""``guideline-qa keys``: what it prints where, and what it refuses."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from app.access.keys import Keys
from app.access.models import Scope
from app.commands.keys import keys
from app.store.database import open_database
from app.store.errors import NotFound, StoreError
from tests.app.store.databases import raises_in_words

cli = typer.Typer()
cli.command()(keys)


def run(url: str, *arguments: str) -> Result:
    """An error that the program's outermost edge puts into words is raised."""
    result = CliRunner().invoke(cli, [*arguments, "--database", url])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def create(url: str, *arguments: str) -> str:
    """The credential that a new key prints."""
    made = run(url, "create", "--name", "The EHR", "--scope", "read", "--scope", "write", *arguments)
    assert made.exit_code == 0
    return made.stdout.strip()


def who(url: str, credential: str) -> object:
    with open_database(url) as database:
        return Keys(database).find(credential)


def test_a_new_key_stands_alone_on_stdout_and_opens_what_it_says(sqlite_url: str) -> None:
    made = run(sqlite_url, "create", "--name", "The EHR", "--scope", "read", "--scope", "write", "--tenant", "north")
    credential = made.stdout.strip()
    with open_database(sqlite_url) as database:
        found = Keys(database).find(credential)
    assert found is not None
    assert (found.tenant, found.scopes) == ("north", frozenset({Scope.READ, Scope.WRITE}))
    assert "of the tenant north, for read, write; no end" in made.stderr
    assert "only a hash of it is stored" in made.stderr
    assert credential not in made.stderr


def test_a_new_key_as_json_says_all_of_it(sqlite_url: str) -> None:
    said = json.loads(create(sqlite_url, "--days", "30", "--format", "json"))
    assert said["key"].startswith(f"gqa_{said['id']}_")
    assert (said["name"], said["tenant"], said["scopes"]) == ("The EHR", "local", ["read", "write"])
    assert said["created_at"] < said["expires_at"]
    assert said["revoked_at"] is said["previous_until"] is None


def test_the_list_shows_every_key_and_no_secret(sqlite_url: str) -> None:
    made = [create(sqlite_url), create(sqlite_url, "--tenant", "north", "--days", "2")]
    run(sqlite_url, "revoke", made[0][4:16])
    listed = run(sqlite_url, "list").stdout
    first, second = listed.splitlines()
    assert first.startswith(f"{made[0][4:16]} revoked local read,write 'The EHR'; revoked on ")
    assert second.startswith(f"{made[1][4:16]} active  north read,write 'The EHR'; until ")
    as_json = run(sqlite_url, "list", "--format", "json").stdout
    assert [key["state"] for key in json.loads(as_json)] == ["revoked", "active"]
    assert not any(credential[17:] in listed + as_json for credential in made)


def test_no_key_is_said_beside_an_empty_list(sqlite_url: str) -> None:
    open_database(sqlite_url).close()
    listed = run(sqlite_url, "list")
    assert (listed.stdout, "no key yet" in listed.stderr) == ("", True)


def test_a_rotated_key_keeps_its_old_secret_for_the_grace_and_says_until_when(sqlite_url: str) -> None:
    old = create(sqlite_url)
    rotated = run(sqlite_url, "rotate", old[4:16], "--grace-hours", "0.5")
    assert "The secret it had works until" in rotated.stderr
    assert who(sqlite_url, old) == who(sqlite_url, rotated.stdout.strip()) is not None
    assert "the secret before the last rotation works until" in run(sqlite_url, "list").stdout
    run(sqlite_url, "rotate", old[4:16], "--grace-hours", "0")
    assert who(sqlite_url, rotated.stdout.strip()) is None


def test_a_revoked_key_opens_nothing(sqlite_url: str) -> None:
    credential = create(sqlite_url)
    assert "is revoked" in run(sqlite_url, "revoke", credential[4:16]).stdout
    assert who(sqlite_url, credential) is None
    said = json.loads(run(sqlite_url, "revoke", credential[4:16], "--format", "json").stdout)
    assert said[0]["state"] == "revoked"


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("burn",),
        ("create",),
        ("create", "--name", "x"),
        ("create", "--scope", "read"),
        ("create", "--name", "x", "--scope", "everything"),
        ("create", "--name", "x", "--scope", "read", "--days", "0"),
        ("create", "--name", "x", "--scope", "read", "--days", "99999999999"),
        ("create", "--name", "x", "--scope", "read", "--grace-hours", "1"),
        ("create", "0123456789ab", "--name", "x", "--scope", "read"),
        ("list", "0123456789ab"),
        ("list", "--tenant", "north"),
        ("rotate",),
        ("rotate", "0123456789ab", "--grace-hours", "-1"),
        ("rotate", "0123456789ab", "--grace-hours", "nan"),
        ("revoke",),
        ("revoke", "0123456789ab", "--grace-hours", "1"),
        ("revoke", "0123456789ab", "--name", "x"),
    ],
)
def test_a_command_that_makes_no_sense_is_refused(sqlite_url: str, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert run(sqlite_url, *arguments).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_is_put_into_words(sqlite_url: str) -> None:
    with raises_in_words(StoreError, "small letters"):
        create(sqlite_url, "--tenant", "North Clinic")
    with raises_in_words(NotFound, "no key 'nobody'"):
        run(sqlite_url, "revoke", "nobody")


@pytest.mark.parametrize("arguments", [("list",), ("rotate", "0123456789ab"), ("revoke", "0123456789ab")])
def test_looking_makes_no_database(sqlite_url: str, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    with raises_in_words(StoreError, "There is no store"):
        run(sqlite_url, *arguments)
    assert list(tmp_path.iterdir()) == []
