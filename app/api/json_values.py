"""Values as JSON means them. Left alone, pydantic would take a number for a day, and a text for a number or a yes."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Final

from pydantic import BeforeValidator, Field

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(value: object) -> object:
    if isinstance(value, date) or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise ValueError("a day is written as in 2026-11-02")


def _whole(value: object) -> object:
    """8.0 is a whole number to JSON Schema, so it is one here."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("a whole number is needed")
    return value


def _flag(value: object) -> object:
    if isinstance(value, bool) or value in ("true", "false"):
        return value
    raise ValueError("true or false is needed")


Day = Annotated[date, BeforeValidator(_day)]
Whole = Annotated[int, BeforeValidator(_whole)]
YesOrNo = Annotated[bool, Field(strict=True)]
#: A yes or no in a form, where every value is a text.
Flag = Annotated[bool, BeforeValidator(_flag)]
