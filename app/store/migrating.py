"""Bringing a database to the shape this version uses."""

from __future__ import annotations

import threading
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from app.store.errors import StoreError

#: A name of its own: the database may hold tables of other programs, and they their migrations.
VERSION_TABLE = "guideline_qa_version"
#: The revision this version of the software works with: the last of ``migrations/versions``.
NEWEST = "0002"

_FOLDER = Path(__file__).parent / "migrations"
#: Alembic keeps what it works on in module globals.
_one_at_a_time = threading.Lock()


def is_new(connection: Connection) -> bool:
    """Whether there is nothing of this program yet."""
    return VERSION_TABLE not in inspect(connection).get_table_names()


def is_current(connection: Connection, where: str) -> bool:
    """Whether nothing is left to do. Changes nothing.

    Raises ``StoreError`` for a database made by a newer version, or by another program.
    """
    tables = set(inspect(connection).get_table_names())
    if VERSION_TABLE not in tables:
        if tables and connection.dialect.name == "sqlite":
            raise StoreError(f"The database {where} belongs to another program. Name another file; it was not touched.")
        return False
    found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    if found is not None and found not in _known():
        raise StoreError(
            f"The database {where} was made by a newer version of this software (step {found}, known up to {NEWEST}). "
            "Update the software, or name another database; this one was not touched."
        )
    return bool(found == NEWEST)


def migrate(connection: Connection, where: str) -> None:
    """Run the steps that are missing, in the transaction of ``connection``, which nobody else writes in."""
    from alembic import command
    from alembic.config import Config

    if is_current(connection, where):
        return
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes.update(connection=connection, version_table=VERSION_TABLE)
    with _one_at_a_time:
        command.upgrade(config, NEWEST)


def _known() -> set[str]:
    return {file.name.partition("_")[0] for file in (_FOLDER / "versions").glob("[0-9]*_*.py")}
