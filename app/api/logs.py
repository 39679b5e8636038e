"""Logs as JSON, one object a line, without what people wrote.

An exception's message may quote a patient, and so may whatever a library logs: of an exception the type and the
places in this project are kept, of a library's line who wrote it and where. Lines of this project and of the web
server are kept whole, for they are written here or known: they quote nothing.
"""

from __future__ import annotations

import logging
import logging.config
import sys
import threading
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from pythonjsonlogger.core import RESERVED_ATTRS, merge_record_extra
from pythonjsonlogger.json import JsonFormatter

from app.api.middleware import request_id

WITHHELD: Final = "withheld: a library's own words may quote what was asked"
_ROOT: Final = Path(__file__).resolve().parents[2]
_OWN: Final = ("app", "ingest", "rag", "evals")
#: Loggers whose words are kept.
_TRUSTED: Final = frozenset({*_OWN, "guideline-qa", "uvicorn"})
#: What every record has, and what uvicorn adds for terminals: colours.
_NOT_LOGGED: Final = {*RESERVED_ATTRS, "color_message", "taskName"}
#: Of an exception; an endless recursion has a thousand.
_MOST_PLACES: Final = 20
_unexpected: Final = logging.getLogger("app.api.unexpected")


def logging_config(level: str = "INFO") -> dict[str, Any]:
    """For ``logging.config.dictConfig`` and uvicorn's ``log_config``: everything to the error stream, in one form."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "app.api.logs.PlainFormatter"}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "level": level,
                "formatter": "json",
                "stream": "ext://sys.stderr",
            }
        },
        "root": {"level": "WARNING", "handlers": ["stderr"]},
        "loggers": {
            **{name: {"level": level} for name in sorted(_TRUSTED)},
            "uvicorn.error": {"level": level},
            "uvicorn.access": {"handlers": [], "propagate": False},
        },
    }


def configure(level: str = "INFO") -> None:
    """Send everything through the one form, also warnings and what nobody catches in a thread."""
    logging.config.dictConfig(logging_config(level))
    # A fault in a line of log would else be told with the line's values.
    logging.raiseExceptions = False
    logging.captureWarnings(True)
    threading.excepthook = _of_thread
    sys.unraisablehook = _of_finaliser


class PlainFormatter(JsonFormatter):
    """One line: when, how grave, who, what, in which request, and for this project's own lines what goes with it."""

    def format(self, record: logging.LogRecord) -> str:
        data: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if record.name.partition(".")[0] in _TRUSTED:
            data["message"] = record.getMessage().strip()
            merge_record_extra(record, data, reserved=_NOT_LOGGED)
        else:
            data |= {"message": WITHHELD, "place": f"{record.module}:{record.lineno}"}
        data.setdefault("request_id", request_id.current())
        if record.exc_info and record.exc_info[1] is not None:
            data["exception"] = describe(record.exc_info[1])
        return self.serialize_log_record(data)


def describe(error: BaseException | None) -> list[dict[str, Any]]:
    """Type and places of an exception and its causes, outermost first; no message, no value."""
    found: list[dict[str, Any]] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        found.append({"type": _type_name(error), "places": _places(error)})
        error = _before(error)
    return found


def _before(error: BaseException) -> BaseException | None:
    """What the exception came of; of a group, its first."""
    if isinstance(error, BaseExceptionGroup):
        return error.exceptions[0]
    return error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _type_name(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _places(error: BaseException) -> list[str]:
    """Frames in this project as ``file:line function``, the last being where it was raised; else the last frame."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if _is_own(frame.filename)] or frames[-1:]
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in own[-_MOST_PLACES:]]


def _is_own(file: str) -> bool:
    path = Path(file)
    return path.is_relative_to(_ROOT) and path.relative_to(_ROOT).parts[0] in _OWN


def _short(file: str) -> str:
    path = Path(file)
    return path.relative_to(_ROOT).as_posix() if _is_own(file) else path.name


def _of_thread(arguments: threading.ExceptHookArgs) -> None:
    if arguments.exc_value is not None:
        _unexpected.error("A thread ended in an exception.", exc_info=arguments.exc_value)


def _of_finaliser(arguments: sys.UnraisableHookArgs) -> None:
    if arguments.exc_value is not None:
        _unexpected.error("An exception could not be raised.", exc_info=arguments.exc_value)
