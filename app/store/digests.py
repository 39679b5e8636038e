"""Hashes: of an audit entry, and of content with a key that deletion destroys."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets

#: What the first entry follows.
ZEROS = "0" * 64
_KEY_BYTES = 32


def new_key() -> bytes:
    return secrets.token_bytes(_KEY_BYTES)


def canonical(value: object) -> bytes:
    """The one JSON text of ``value`` (lists, strings, numbers, ``None``) that is hashed.

    Anything else, as bytes that somebody put where a text was, hashes to something rather than stops a check.
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, default=repr)
    return text.encode(errors="backslashreplace")


def sha256(value: object) -> str:
    """In hexadecimal, of the canonical JSON."""
    return hashlib.sha256(canonical(value)).hexdigest()


def digest(key: bytes, *content: object) -> str:
    """HMAC-SHA256 in hexadecimal. Without the key nobody can try out whether it is of some text."""
    return hmac.new(key, canonical(content), hashlib.sha256).hexdigest()
