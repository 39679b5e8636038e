"""API keys: shown once, stored as hashes, found in one read."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, insert, select, update

from app.access.models import Principal, Scope
from app.access.stored_keys import KeyState, StoredKey, stored_key
from app.store.audit import Action, key_subject, record
from app.store.database import Database
from app.store.errors import NotFound, StoreError
from app.store.ids import could_be_id
from app.store.tables import api_keys
from rag.article.words import clean

#: The role of whoever has the command line and the database.
OPERATOR = "operator"
LONGEST_NAME = 120

_ID_BYTES = 6
_SECRET_BYTES = 32
_TEXT = re.compile(r"gqa_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_TENANT = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
#: What a secret is compared with where there is no such key, so that the answer takes as long.
_NOBODYS = "0" * 64


@dataclass(frozen=True)
class Issued:
    """``text`` is the credential, ``gqa_<id>_<secret>``. It stands nowhere else; whoever loses it rotates the key."""

    id: str
    text: str = field(repr=False)


@dataclass(frozen=True)
class Keys:
    """The keys of all tenants. Every method is one transaction and raises ``StoreError``."""

    database: Database
    actor: str = OPERATOR

    def issue(self, name: str, tenant: str, scopes: Iterable[Scope], expires_at: datetime | None = None) -> Issued:
        """A new key, that works until ``expires_at``. ``name`` tells people what it is for."""
        row = {"name": _name(name), "tenant": _tenant(tenant), "scopes": _scopes(scopes), "expires_at": expires_at}
        now = self.database.clock()
        if expires_at is not None and expires_at <= now:
            raise StoreError("A key cannot expire before it is issued. Give a time to come.")
        key_id, secret = secrets.token_hex(_ID_BYTES), _new_secret()
        with self.database.writing() as connection:
            connection.execute(insert(api_keys).values(**row, id=key_id, secret_hash=_hash(secret), created_at=now))
            self._record(connection, now, Action.KEY_ISSUED, key_id)
        return _issued(key_id, secret)

    def find(self, text: str) -> Principal | None:
        """Whom a credential stands for; ``None`` for one that is malformed, unknown, expired, rotated or revoked."""
        parts = _TEXT.fullmatch(text)
        if parts is None:
            return None
        with self.database.reading() as connection:
            row = connection.execute(select(api_keys).where(api_keys.c.id == parts[1])).first()
        now = self.database.clock()
        if not _fits(row, _hash(parts[2]), now) or row is None:
            return None
        key = stored_key(row)
        return key.principal if key.state(now) is KeyState.ACTIVE else None

    def rotate(self, key_id: str, grace_seconds: float = 0) -> Issued:
        """Another secret for the same key. The one it had works for ``grace_seconds`` more; an older one no longer.

        Raises ``NotFound``, and ``StoreError`` for a key that nobody can use any more.
        """
        now, secret = self.database.clock(), _new_secret()
        with self.database.writing() as connection:
            row = _row(connection, key_id)
            state = stored_key(row).state(now)
            if state is not KeyState.ACTIVE:
                raise StoreError(
                    f"The key {key_id} is {state.value}; a new secret would open nothing. Issue a new key."
                )
            changes = {
                "secret_hash": _hash(secret),
                "previous_hash": row.secret_hash,
                "previous_until": now + timedelta(seconds=grace_seconds),
            }
            connection.execute(update(api_keys).where(api_keys.c.id == key_id).values(changes))
            self._record(connection, now, Action.KEY_ROTATED, key_id)
        return _issued(key_id, secret)

    def revoke(self, key_id: str) -> None:
        """No secret of the key works from now on. Raises ``NotFound``; once more changes nothing."""
        now = self.database.clock()
        with self.database.writing() as connection:
            if _row(connection, key_id).revoked_at is not None:
                return
            connection.execute(update(api_keys).where(api_keys.c.id == key_id).values(revoked_at=now))
            self._record(connection, now, Action.KEY_REVOKED, key_id)

    def get(self, key_id: str) -> StoredKey:
        """Raises ``NotFound``."""
        with self.database.reading() as connection:
            return stored_key(_row(connection, key_id))

    def all(self) -> tuple[StoredKey, ...]:
        """Every key there ever was, in the order of their making."""
        with self.database.reading() as connection:
            found = connection.execute(select(api_keys).order_by(api_keys.c.created_at, api_keys.c.id))
            return tuple(stored_key(row) for row in found)

    def _record(self, connection: Connection, at: datetime, action: Action, key_id: str) -> None:
        record(connection, at=at, actor=self.actor, action=action, subject=key_subject(key_id))


def _row(connection: Connection, key_id: str) -> Row[tuple[object, ...]]:
    query = select(api_keys).where(api_keys.c.id == key_id)
    row = connection.execute(query).first() if could_be_id(key_id) else None
    if row is None:
        raise NotFound(f"There is no key {clean(key_id)[:80]!r}. `guideline-qa keys list` shows those there are.")
    return row


def _fits(row: Row[tuple[object, ...]] | None, given: str, now: datetime) -> bool:
    """Whether the hash is that of the present secret, or of the one before in its grace. Always two comparisons."""
    present = hmac.compare_digest(row.secret_hash if row else _NOBODYS, given)
    previous = hmac.compare_digest((row and row.previous_hash) or _NOBODYS, given)
    return present or (previous and row is not None and row.previous_until is not None and now < row.previous_until)


def _new_secret() -> str:
    return secrets.token_urlsafe(_SECRET_BYTES)


def _hash(secret: str) -> str:
    # 256 random bits need no slow hash: nobody can try them out.
    return hashlib.sha256(secret.encode()).hexdigest()


def _issued(key_id: str, secret: str) -> Issued:
    return Issued(key_id, f"gqa_{key_id}_{secret}")


def _name(given: str) -> str:
    name = " ".join(clean(given).split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise StoreError(f"A key needs a name of 1 to {LONGEST_NAME} characters that says what it is for.")
    return name


def _tenant(given: str) -> str:
    if not _TENANT.fullmatch(given):
        raise StoreError(
            f"A tenant is 1 to 63 small letters, digits and hyphens, as north-clinic, not {clean(given)[:80]!r}."
        )
    return given


def _scopes(given: Iterable[Scope]) -> str:
    scopes = set(given)
    if not scopes:
        raise StoreError("A key without a scope opens nothing. Give at least one of read, write, review and admin.")
    return " ".join(scope.value for scope in Scope if scope in scopes)
