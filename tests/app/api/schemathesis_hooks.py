"""Loaded by schemathesis: each connection comes from an address of its own, and what succeeded is written down."""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path
from typing import Any

import schemathesis
from urllib3.connection import HTTPConnection

_numbers = count()
_made = HTTPConnection.__init__


def _from_another_address(connection: HTTPConnection, *arguments: Any, **options: Any) -> None:
    number = next(_numbers) % (250 * 250)
    address = f"127.9.{number // 250 + 1}.{number % 250 + 1}"
    _made(connection, *arguments, **{**options, "source_address": (address, 0)})


HTTPConnection.__init__ = _from_another_address  # type: ignore[method-assign, assignment]


@schemathesis.hook
def after_call(
    context: schemathesis.HookContext, case: schemathesis.Case[Any], response: schemathesis.Response
) -> None:
    """A line for each success into the file that DONE names: ``METHOD /path/{of}/the/template``."""
    if 200 <= response.status_code < 300:
        with Path(os.environ["DONE"]).open("a", encoding="utf-8") as done:
            done.write(f"{case.operation.label}\n")
