"""Which database: a URL given, the environment's, or a file in the user's data folder."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from app.store.errors import StoreError

VARIABLE = "GUIDELINE_QA_DATABASE"
FILE_NAME = "guideline-qa.db"

_HOW = f"Write sqlite:////folder/{FILE_NAME} or postgresql://user:password@host/database, as an option or in {VARIABLE}"
_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
_NO_ACCESS_FOR_OTHERS = 0o077


def data_home() -> Path:
    """The folder of what must not be lost, unlike a cache: XDG_DATA_HOME's ``guideline-qa``. Not created here."""
    base = Path(os.environ.get("XDG_DATA_HOME", ""))
    # A relative path is to be ignored, says the XDG base directory specification.
    return (base if base.is_absolute() else Path.home() / ".local" / "share") / "guideline-qa"


def database_url(given: str | None) -> URL:
    """The URL to use. Raises ``StoreError`` for one that names no database this can keep things in."""
    text = given or os.environ.get(VARIABLE)
    if not text:
        return URL.create("sqlite", database=str(data_home() / FILE_NAME))
    try:
        url = make_url(text)
    except ArgumentError:
        raise StoreError(f"The database URL cannot be read. {_HOW}.") from None
    driver = _DRIVERS.get(url.get_backend_name())
    if driver is None:
        raise StoreError(f"There is no store for {url.get_backend_name()!r} databases. {_HOW}.")
    if "@" in (url.host or ""):
        raise StoreError("The database URL is ambiguous: in a user or a password, write @ as %40 and / as %2F.")
    return _file_url(url) if driver == "sqlite" else url.set(drivername=driver)


def _file_url(url: URL) -> URL:
    if not url.database or url.database == ":memory:" or url.database.startswith("file:") or url.host or url.query:
        raise StoreError(f"The database URL names no file of its own, so nothing would be kept. {_HOW}.")
    return URL.create("sqlite", database=str(Path(url.database).expanduser().absolute()))


def shown(url: URL) -> str:
    """The URL for a message: a file's path, or a server without password and options."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return url.set(query={}, drivername="postgresql").render_as_string(hide_password=True)


def make_file(path: Path, *, own_folder: bool) -> None:
    """An empty file only its owner can read, unless it exists; folders made on the way are the owner's too.

    ``own_folder``: the folder is this program's alone, so that it and the file are closed to others in any case.
    Raises ``StoreError``.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if own_folder:
            _close(path.parent)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        if own_folder:
            _close(path)
    except OSError as error:
        remedy = f"Make the folder yours to write, or name another database in {VARIABLE}"
        raise StoreError(f"The database {path} cannot be made ({error.strerror}). {remedy}.") from None


def _close(path: Path) -> None:
    mode = path.stat().st_mode
    if mode & _NO_ACCESS_FOR_OTHERS:
        path.chmod(mode & ~_NO_ACCESS_FOR_OTHERS & 0o7777)
