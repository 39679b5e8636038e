"""Loaded by schemathesis: each of its connections comes from another address of this machine."""

from __future__ import annotations

from itertools import count
from typing import Any

from urllib3.connection import HTTPConnection

_numbers = count()
_made = HTTPConnection.__init__


def _from_another_address(connection: HTTPConnection, *arguments: Any, **options: Any) -> None:
    number = next(_numbers) % (250 * 250)
    address = f"127.9.{number // 250 + 1}.{number % 250 + 1}"
    _made(connection, *arguments, **{**options, "source_address": (address, 0)})


HTTPConnection.__init__ = _from_another_address  # type: ignore[method-assign, assignment]
