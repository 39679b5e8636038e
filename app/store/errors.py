"""What can go wrong with the store; each message says what happened, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from rag.errors import UserError


class StoreError(UserError):
    """The database cannot be used, or cannot do what was asked of it."""


class Conflict(StoreError):
    """Somebody else was first; nothing was changed."""


class NotFound(StoreError):
    """No such thread, review, upload or key, or no longer."""


class Unusable(StoreError):
    """What is to be kept cannot be; nothing was changed."""


class Unreadable(StoreError):
    """Something stored is not in a shape that this version reads."""


#: Words in a driver's message, and the remedy that goes with them; the first that fits counts.
_REMEDIES = (
    ("database is locked", "Another program holds it. Wait until it is done, then try again"),
    ("lock timeout", "Another program holds it. Wait until it is done, then try again"),
    ("database or disk is full", "Free some space, then try again"),
    ("no space left", "Free some space on the server, then try again"),
    ("readonly database", "Give yourself the right to write the file and its folder, or name another database"),
    ("unable to open", "Give yourself the right to write the file and its folder, or name another database"),
    ("not a database", "The file is something else or is damaged. Restore a backup, or name another database"),
    ("malformed", "The file is damaged. Restore a backup, or name another database"),
    ("authentication failed", "Check the user and the password in the URL"),
    ("no password supplied", "Check the user and the password in the URL"),
    ("does not exist", "Create it, or check the name in the URL"),
    ("permission denied", "Give the user of the URL the right to do this"),
)
_ELSE = "Check that the server is running and that its URL is right"


@contextmanager
def as_store_errors(where: str, *, secret: str = "") -> Iterator[None]:
    """Turn a driver's error into a ``StoreError`` about ``where``; ``secret`` never shows in it.

    The statement and its values, which may be words of a patient, stay out as well.
    """
    try:
        yield
    except DBAPIError as error:
        raise StoreError(_in_words(where, str(error.orig), secret)) from None
    except SQLAlchemyError as error:
        raise StoreError(_in_words(where, type(error).__name__, secret)) from None


def _in_words(where: str, said: str, secret: str) -> str:
    first_line = (said.strip().splitlines() or ["no message"])[0][:200].rstrip(". ")
    shown = first_line.replace(secret, "***") if secret else first_line
    remedy = next((remedy for words, remedy in _REMEDIES if words in said.lower()), _ELSE)
    return f"The database {where} cannot be used: {shown}. {remedy}."
