"""``guideline-qa audit``: is the audit trail whole, and what stands in it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from app.options import TextOrJson, TextOrJsonOption

if TYPE_CHECKING:
    from app.store.database import Database


class What(StrEnum):
    VERIFY = "verify"
    SHOW = "show"


def audit(
    what: Annotated[What, typer.Argument(metavar="verify|show", help="Check the trail, or list its entries.")],
    database: Annotated[
        str | None,
        typer.Option("--database", metavar="URL", help="SQLite or PostgreSQL. Default: the one of the chat page."),
    ] = None,
    known: Annotated[
        str | None,
        typer.Option("--known", metavar="HASH", help="A hash noted earlier; it has to be in the chain still."),
    ] = None,
    last: Annotated[
        int | None, typer.Option("--last", metavar="N", min=1, help="Show only the N newest entries.")
    ] = None,
    output: TextOrJsonOption = TextOrJson.TEXT,
) -> None:
    """Check the audit trail of threads and reviews, or show it.

    Exit code 1 when an entry was changed, removed or put elsewhere, or when what is stored does not fit it.
    """
    from app.store.database import open_database

    if what is What.VERIFY and last is not None:
        raise typer.BadParameter("verify always checks the whole trail; --last goes with show.")
    if what is What.SHOW and known is not None:
        raise typer.BadParameter("show checks nothing; --known goes with verify.")
    with open_database(database, create=False) as opened:
        if what is What.SHOW:
            _show(opened, last=last, output=output)
        else:
            _verify(opened, known=known, output=output)


def _verify(database: Database, *, known: str | None, output: TextOrJson) -> None:
    from app.audit_view import report_in_words
    from app.output import print_json
    from app.store.verify import verify

    report = verify(database, known=known)
    if output is TextOrJson.JSON:
        print_json(report.model_dump_json(indent=2))
    else:
        typer.echo(report_in_words(report))
    if not report.whole:
        raise typer.Exit(1)


def _show(database: Database, *, last: int | None, output: TextOrJson) -> None:
    from pydantic import TypeAdapter

    from app.audit_view import entry_in_words
    from app.output import print_json
    from app.store.audit import Entry, entries

    with database.reading() as connection:
        found = list(entries(connection, last=last))
    if output is TextOrJson.JSON:
        print_json(TypeAdapter(list[Entry]).dump_json(found, indent=2).decode())
    else:
        for entry in found:
            typer.echo(entry_in_words(entry))
