"""API keys in words and as JSON, without their secrets but for the one just made."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from app.access.keys import Issued
from app.access.models import Scope
from app.access.stored_keys import KeyState, StoredKey


def issued_as_json(issued: Issued, key: StoredKey) -> str:
    return json.dumps({"key": issued.text, **_fields(key)}, indent=2, ensure_ascii=False)


def issued_in_words(key: StoredKey) -> str:
    """What goes beside a new secret, which is printed by itself."""
    lines = [f"Key {key.id} of the tenant {key.tenant}, for {_scopes(key)}; {_end(key)}."]
    if key.previous_until is not None:
        lines.append(f"The secret it had works until {_moment(key.previous_until)}.")
    return "\n".join(
        [*lines, "The key is shown this once: only a hash of it is stored. Keep it as you keep a password."]
    )


def keys_as_json(keys: Sequence[StoredKey], now: datetime) -> str:
    found = [{"state": key.state(now).value, **_fields(key)} for key in keys]
    return json.dumps(found, indent=2, ensure_ascii=False)


def key_in_words(key: StoredKey, now: datetime) -> str:
    """One line."""
    line = f"{key.id} {key.state(now).value:<7} {key.tenant} {','.join(_names(key))} {key.name!r}; {_end(key)}"
    until = key.previous_until
    if until is None or now >= until or key.state(now) is not KeyState.ACTIVE:
        return line
    return f"{line}; the secret before the last rotation works until {_moment(until)}"


def _fields(key: StoredKey) -> dict[str, object]:
    moments = {name: getattr(key, name) for name in ("created_at", "expires_at", "revoked_at", "previous_until")}
    return {
        "id": key.id,
        "name": key.name,
        "tenant": key.tenant,
        "scopes": _names(key),
        **{name: at and at.isoformat() for name, at in moments.items()},
    }


def _names(key: StoredKey) -> list[str]:
    return [scope.value for scope in Scope if scope in key.scopes]


def _scopes(key: StoredKey) -> str:
    return ", ".join(_names(key))


def _end(key: StoredKey) -> str:
    if key.revoked_at is not None:
        return f"revoked on {_moment(key.revoked_at)}"
    return "no end" if key.expires_at is None else f"until {_moment(key.expires_at)}"


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
