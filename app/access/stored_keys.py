"""A key as it is stored: everything but its secret."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Row

from app.access.models import Principal, Scope


class KeyState(StrEnum):
    ACTIVE = "active"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True)
class StoredKey:
    """``previous_until``: until when the secret before the last rotation works beside the present one."""

    id: str
    name: str
    tenant: str
    scopes: frozenset[Scope]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    previous_until: datetime | None

    def state(self, at: datetime) -> KeyState:
        if self.revoked_at is not None:
            return KeyState.REVOKED
        over = self.expires_at is not None and at >= self.expires_at
        return KeyState.EXPIRED if over else KeyState.ACTIVE

    @property
    def principal(self) -> Principal:
        """Whom it stands for. The name of a key is no person's name."""
        return Principal(id=f"key:{self.id}", tenant=self.tenant, scopes=self.scopes)


def stored_key(row: Row[tuple[object, ...]]) -> StoredKey:
    return StoredKey(
        id=row.id,
        name=row.name,
        tenant=row.tenant,
        scopes=frozenset(Scope(scope) for scope in row.scopes.split()),
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        previous_until=row.previous_until,
    )
