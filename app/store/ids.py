"""Ids: made at random, so that who does not know one does not find what it names."""

from __future__ import annotations

import re
import secrets

_ID_BYTES = 16
_SHAPE = re.compile(r"[A-Za-z0-9_-]{1,64}")


def new_id() -> str:
    """128 random bits; fit for a URL."""
    return secrets.token_urlsafe(_ID_BYTES)


def could_be_id(given: str) -> bool:
    """Whether it has the shape of an id. What has not may hold signs that no database takes as text."""
    return _SHAPE.fullmatch(given) is not None
