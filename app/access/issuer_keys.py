"""Public keys of an issuer: from the file or the address that whoever runs the server named, and nowhere else."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

import httpx
import jwt
from jwt import PyJWK, PyJWKClient, PyJWKSet

from app.access.issuers import DISCOVERY, Issuer, is_file
from app.address import is_loopback
from rag.errors import UserError

#: Seconds for one fetch; a token waits for it.
FETCH_SECONDS: Final = 5.0
#: Bytes; a set of keys has a few thousand.
LARGEST_SET: Final = 256 * 1024
#: Seconds after a fetch that failed, or that did not have the wanted key, before the next one: tokens with made-up
#: key names shall not make the server call its issuer at their pace.
PAUSE_SECONDS: Final = 30.0
#: Seconds a fetched set is used; a key that was withdrawn is believed that much longer.
LIFESPAN_SECONDS: Final = 300.0


class IssuerUnavailable(UserError):
    """The issuer's keys cannot be had now; the token may be good."""


class UnknownKey(Exception):
    """The issuer has no such key."""


class Keys(Protocol):
    """Where the keys of one issuer come from."""

    def key(self, name: str) -> PyJWK:
        """Raises ``UnknownKey`` or ``IssuerUnavailable``."""


def keys_of(issuer: Issuer) -> Keys:
    """Nothing is fetched before the first token."""
    return FileKeys(Path(issuer.jwks or "")) if is_file(issuer) else FetchedKeys(issuer)


class FileKeys:
    """Read again when the file changes, so that keys can be exchanged while the server runs."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._read_at: int | None = None
        self._keys: Mapping[str, PyJWK] = {}
        self._lock = threading.Lock()

    def key(self, name: str) -> PyJWK:
        with self._lock:
            try:
                self._refresh()
            except (OSError, ValueError, jwt.PyJWTError) as error:
                raise _unavailable("The file of the issuer's keys cannot be read.") from error
            found = self._keys.get(name)
        if found is None:
            raise UnknownKey
        return found

    def _refresh(self) -> None:
        changed = self._file.stat().st_mtime_ns
        if changed != self._read_at:
            keys = PyJWKSet.from_dict(_as_object(self._file.read_bytes())).keys
            self._keys = {key.key_id: key for key in keys if key.key_id and key.public_key_use in ("sig", None)}
            self._read_at = changed


class FetchedKeys(PyJWKClient):
    """PyJWT's client, with a limit on size, its own pause after a failure, and discovery."""

    def __init__(self, issuer: Issuer) -> None:
        self._issuer = issuer
        self._failed_at: float | None = None
        super().__init__(
            issuer.jwks or issuer.issuer,
            lifespan=LIFESPAN_SECONDS,
            timeout=FETCH_SECONDS,
            cooldown_duration=PAUSE_SECONDS,
        )

    def key(self, name: str) -> PyJWK:
        try:
            return self.get_signing_key(name)
        except jwt.PyJWKClientConnectionError as error:
            raise _unavailable("The issuer of the token cannot be asked for its keys now.") from error
        except jwt.PyJWTError as error:
            raise UnknownKey from error

    def fetch_data(self) -> Any:
        """As the parent's, which calls it with the lock held."""
        if self._failed_at is not None and time.monotonic() - self._failed_at < PAUSE_SECONDS:
            raise jwt.PyJWKClientConnectionError("waiting after a failed fetch")
        try:
            keys = _fetched(self._address())
            assert self.jwk_set_cache is not None
            self.jwk_set_cache.put(keys)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, jwt.PyJWTError) as error:
            self._failed_at = time.monotonic()
            raise jwt.PyJWKClientConnectionError("the keys cannot be fetched") from error
        self._failed_at = None
        self._last_successful_fetch = time.monotonic()
        return keys

    def _address(self) -> str:
        """The configured one; by discovery one of the issuer's own host, so that no document sends us elsewhere."""
        if self._issuer.jwks is not None:
            return self._issuer.jwks
        told = _fetched(self._issuer.issuer.rstrip("/") + DISCOVERY)
        address = told.get("jwks_uri")
        if told.get("issuer") != self._issuer.issuer or not isinstance(address, str):
            raise ValueError("the discovery document is of another issuer, or has no jwks_uri")
        if _origin(address) != _origin(self._issuer.issuer):
            raise ValueError("the discovery document names keys at another host; write its address into `jwks`")
        return address


def _fetched(address: str) -> dict[str, Any]:
    """A JSON object. Redirects are not followed; proxies of the environment are used, but not for this machine."""
    own = is_loopback(urlsplit(address).hostname or "")
    with (
        httpx.Client(timeout=FETCH_SECONDS, follow_redirects=False, trust_env=not own) as client,
        client.stream("GET", address, headers={"Accept": "application/json"}) as response,
    ):
        if response.status_code != httpx.codes.OK:
            raise ValueError(f"the issuer answered {response.status_code}")
        return _as_object(_limited(response))


def _limited(response: httpx.Response) -> bytes:
    """The time limit of httpx is one between two packets, so the whole is watched here."""
    ends = time.monotonic() + FETCH_SECONDS
    read = bytearray()
    for part in response.iter_bytes():
        read += part
        if len(read) > LARGEST_SET or time.monotonic() > ends:
            raise ValueError("the issuer's answer is too large or too slow")
    return bytes(read)


def _as_object(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except RecursionError as error:
        raise ValueError("not JSON") from error
    if not isinstance(found, dict):
        raise ValueError("not a JSON object")
    return found


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc


def _unavailable(what: str) -> IssuerUnavailable:
    return IssuerUnavailable(f"{what} Send the request again in a minute; if it lasts, tell whoever runs this server.")
