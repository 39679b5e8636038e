"""``guideline-qa keys``: who may use the API, and for what."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from app.access.models import Scope
from app.options import TextOrJson, TextOrJsonOption

if TYPE_CHECKING:
    from app.access.keys import Issued, Keys
    from app.store.database import Database

_HOUR = 3600
_A_DAY = 24
_LONGEST_DAYS = 3650
_LONGEST_GRACE = 24 * 90


class What(StrEnum):
    CREATE = "create"
    LIST = "list"
    ROTATE = "rotate"
    REVOKE = "revoke"


def keys(
    what: Annotated[
        What, typer.Argument(metavar="create|list|rotate|revoke", help="Make a key, list all, renew or end one.")
    ],
    key_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Of the key to rotate or revoke.", show_default=False)
    ] = None,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="What a new key is for.")] = None,
    scope: Annotated[
        list[Scope] | None,
        typer.Option("--scope", help="What a new key may do; may be repeated. None of them implies another."),
    ] = None,
    tenant: Annotated[
        str | None,
        typer.Option("--tenant", metavar="TENANT", help="Whose threads, reviews and documents. Default: local."),
    ] = None,
    days: Annotated[
        int | None,
        typer.Option("--days", metavar="N", min=1, max=_LONGEST_DAYS, help="Ends a new key. Default: it has no end."),
    ] = None,
    grace_hours: Annotated[
        float | None,
        typer.Option(
            "--grace-hours",
            metavar="N",
            min=0,
            max=_LONGEST_GRACE,
            help=f"How long the secret before a rotation still works. Default: {_A_DAY}; 0 where it may be known.",
        ),
    ] = None,
    database: Annotated[
        str | None,
        typer.Option("--database", metavar="URL", help="SQLite or PostgreSQL. Default: the one of the chat page."),
    ] = None,
    output: TextOrJsonOption = TextOrJson.TEXT,
) -> None:
    """Make, list, rotate and revoke the keys of the API.

    A new key, or a new secret, is printed once: only its hash is stored. With --format text it stands alone on stdout.
    """
    from app.access.keys import Keys
    from app.store.database import open_database

    _check(what, key_id, of_new=(name, scope, tenant, days), grace_hours=grace_hours)
    with open_database(database, create=what is What.CREATE) as opened:
        held = Keys(opened)
        if what is What.LIST:
            _list(held, output)
        elif what is What.REVOKE:
            _revoke(held, str(key_id), output)
        elif what is What.ROTATE:
            grace = _A_DAY if grace_hours is None else grace_hours
            _show(held, held.rotate(str(key_id), grace * _HOUR), output)
        else:
            _show(held, _create(held, opened, str(name), tenant, scope or [], days), output)


def _check(what: What, key_id: str | None, *, of_new: tuple[object, ...], grace_hours: float | None) -> None:
    """Every word of the command has to mean something to it."""
    if what is not What.CREATE and any(of_new):
        raise typer.BadParameter("--name, --scope, --tenant and --days go with create; a key keeps what it has.")
    if what is not What.ROTATE and grace_hours is not None:
        raise typer.BadParameter("--grace-hours goes with rotate.")
    if what in (What.ROTATE, What.REVOKE) and key_id is None:
        raise typer.BadParameter(f"{what.value} needs the ID of a key, as `keys list` shows it.")
    if what in (What.CREATE, What.LIST) and key_id is not None:
        raise typer.BadParameter(f"{what.value} takes no ID.")
    if what is What.CREATE and not all(of_new[:2]):
        raise typer.BadParameter("create needs --name NAME and at least one --scope.")


def _create(
    held: Keys, database: Database, name: str, tenant: str | None, scopes: list[Scope], days: int | None
) -> Issued:
    from app.store.author import LOCAL

    expires_at = None if days is None else database.clock() + timedelta(days=days)
    return held.issue(name, tenant or LOCAL, scopes, expires_at)


def _show(held: Keys, issued: Issued, output: TextOrJson) -> None:
    from app.keys_view import issued_as_json, issued_in_words
    from app.output import note, print_json

    key = held.get(issued.id)
    if output is TextOrJson.JSON:
        print_json(issued_as_json(issued, key))
    else:
        typer.echo(issued.text)
        note(issued_in_words(key))


def _list(held: Keys, output: TextOrJson) -> None:
    from app.keys_view import key_in_words, keys_as_json
    from app.output import note, print_json

    found, now = held.all(), held.database.clock()
    if output is TextOrJson.JSON:
        print_json(keys_as_json(found, now))
        return
    for key in found:
        typer.echo(key_in_words(key, now))
    if not found:
        note("There is no key yet; `guideline-qa keys create` makes one.")


def _revoke(held: Keys, key_id: str, output: TextOrJson) -> None:
    from app.keys_view import keys_as_json
    from app.output import print_json

    held.revoke(key_id)
    if output is TextOrJson.JSON:
        print_json(keys_as_json([held.get(key_id)], held.database.clock()))
    else:
        typer.echo(f"The key {key_id} is revoked; nothing is opened by it any more.")
