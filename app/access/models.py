"""Who asks, and what that one may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """Independent of one another: none implies another."""

    READ = "read"
    WRITE = "write"
    REVIEW = "review"
    ADMIN = "admin"


@dataclass(frozen=True)
class Principal:
    """Whoever a credential stands for.

    ``id``: of the key (``key:...``) or a hash of issuer and subject (``token:...``); never a name, for it stays in
    the audit trail. ``name``: of the person a token speaks for, who may then review under no other.
    """

    id: str
    tenant: str
    scopes: frozenset[Scope]
    name: str | None = None
