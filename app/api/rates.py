"""How much one caller may ask in how long: counted over all workers of the server."""

from __future__ import annotations

import ipaddress
import logging
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import time
from typing import Final

from limits import RateLimitItem, parse
from limits.errors import ConfigurationError, StorageError
from limits.storage import Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter

from app.api.rate_storage import SCHEME
from rag.errors import UserError

_log: Final = logging.getLogger(__name__)


class BadLimit(UserError):
    """A limit, or the place its counters are kept in, cannot be used as written."""


@dataclass(frozen=True)
class Decision:
    """``limit`` in ``window_seconds``; ``remaining`` until the counter begins anew in ``reset_seconds``."""

    allowed: bool
    limit: int
    remaining: int
    reset_seconds: int
    window_seconds: int

    def headers(self, name: str = "requests") -> dict[str, str]:
        """After the IETF draft "RateLimit header fields for HTTP"; ``Retry-After`` where it was refused."""
        told = {
            "RateLimit-Policy": f'"{name}";q={self.limit};w={self.window_seconds}',
            "RateLimit": f'"{name}";r={self.remaining};t={self.reset_seconds}',
        }
        return told if self.allowed else told | {"Retry-After": str(self.reset_seconds)}


class Rates:
    """One limit, like ``"600/minute"``. A window begins with a caller's first request; ``name`` keeps limits apart.

    When the counters cannot be reached everything is allowed, and the log says so: a fault there shall not become one
    of the whole server.
    """

    def __init__(self, limit: str, *, storage: Storage, name: str = "requests") -> None:
        self._item = _parse(limit)
        self._strategy = FixedWindowRateLimiter(storage)
        self._name = name

    def hit(self, key: str, *, cost: int = 1) -> Decision:
        """Count a request of ``cost``, and say whether it is within the limit."""
        try:
            allowed = self._strategy.hit(self._item, self._name, key, cost=cost)
            return self._decision(key, allowed)
        except StorageError as error:
            return self._unreached(error)

    def look(self, key: str) -> Decision:
        """Whether a request would be within the limit; nothing is counted."""
        try:
            return self._decision(key, self._strategy.test(self._item, self._name, key))
        except StorageError as error:
            return self._unreached(error)

    def _decision(self, key: str, allowed: bool) -> Decision:
        stats = self._strategy.get_window_stats(self._item, self._name, key)
        seconds = max(1, -int(-(stats.reset_time - time()) // 1))
        return self._made(allowed, stats.remaining, min(seconds, self._item.get_expiry()))

    def _unreached(self, error: StorageError) -> Decision:
        _log.warning("The counters of the rate limit cannot be reached: every request is allowed.", exc_info=error)
        return self._made(True, self._item.amount, self._item.get_expiry())

    def _made(self, allowed: bool, remaining: int, seconds: int) -> Decision:
        return Decision(
            allowed=allowed,
            limit=self._item.amount,
            remaining=remaining,
            reset_seconds=seconds,
            window_seconds=self._item.get_expiry(),
        )


def open_storage(place: str | Path) -> Storage:
    """Counters in a file (a path), or wherever the ``limits`` library can keep them (``redis://...``). ``BadLimit``."""
    uri = place if isinstance(place, str) and "://" in place else f"{SCHEME}:{place}"
    try:
        storage = storage_from_string(uri, wrap_exceptions=True)
    except (ConfigurationError, OSError, sqlite3.Error) as error:
        raise BadLimit(
            f"The counters of the rate limit cannot be kept in {_named(place)} ({type(error).__name__}). Name a folder "
            "that can be written, or install what that storage needs."
        ) from None
    assert isinstance(storage, Storage)
    return storage


def _named(place: str | Path) -> str:
    """An address without what follows its scheme, which may be a password."""
    scheme, separator, _ = str(place).partition("://")
    return f"{scheme}://..." if separator else scheme


def first_use(storage: Storage) -> Callable[[str, int], bool]:
    """A check that a thing is used once: (its key, seconds to remember it) -> whether this is the first use.

    Raises ``StorageError`` when the counters cannot be reached; whoever asks then has to refuse.
    """

    def is_first(key: str, seconds: int) -> bool:
        return storage.incr(f"once/{key}", seconds) == 1

    return is_first


def address_key(host: str | None) -> str:
    """What an address is counted by: IPv6 by its /64, for one sender has all of those."""
    try:
        address = ipaddress.ip_address((host or "").partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def _parse(limit: str) -> RateLimitItem:
    try:
        found = parse(limit)
    except ValueError:
        found = None
    if found is None or found.amount < 1:
        raise BadLimit(f"The limit {limit!r} is not one. Write it like 600/minute or 20/10 seconds.")
    return found
