"""Under which names the server answers, and to which pages.

A page of any site can make the reader's browser send requests to this machine. It cannot read the answers (CORS is
closed), unless its own name is pointed at this machine (DNS rebinding): hence the names. And where no key is asked
for, its requests would be carried out: hence the origins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.address import is_loopback
from app.api.middleware import request_id
from app.api.problems import ProblemError, Slug, response_of

_HOST: Final = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::[0-9]{1,5})?")
_HARMLESS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
#: What a browser says of a request that a page of this server made, or a person by typing the address.
_OWN_SITES: Final = frozenset({"same-origin", "none"})
_MALFORMED: Final = ProblemError(
    Slug.MALFORMED,
    "The request does not name one host.",
    where="header/Host",
    remedy="Send one `Host` header: a name or an address, and a port if it is not the usual one.",
)
_WRONG_HOST: Final = ProblemError(
    Slug.WRONG_HOST, "The `Host` header names a host that this server was not started for.", where="header/Host"
)
_WRONG_ORIGIN: Final = ProblemError(
    Slug.FORBIDDEN,
    "A page of another site may not change anything here.",
    where="header/Origin",
    remedy="Use the server from its own address, or start it with this origin allowed.",
)


class Hosts:
    """``loopback``: bound to this machine, so only its names and ``allowed`` ones are answered to.

    Elsewhere only ``allowed`` ones are, or all when there are none. ``origins``: pages that may send changes when
    ``check_origin`` is on, which it must be where no key is asked for.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        loopback: bool,
        allowed: Sequence[str] = (),
        origins: Sequence[str] = (),
        check_origin: bool = False,
    ) -> None:
        self.app = app
        self._loopback = loopback
        self._allowed = frozenset(name.casefold() for name in allowed)
        self._origins = frozenset(origin.casefold() for origin in origins)
        self._check_origin = check_origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope["method"], Headers(scope=scope))
        if refusal is None:
            await self.app(scope, receive, send)
            return
        await response_of(refusal, request_id=request_id.of(scope))(scope, receive, send)

    def _refusal(self, method: str, headers: Headers) -> ProblemError | None:
        hosts = headers.getlist("host")
        name = host_name(hosts[0]) if len(hosts) == 1 else None
        if name is None:
            return _MALFORMED
        if not self._answers_to(name):
            return _WRONG_HOST
        if self._check_origin and method not in _HARMLESS and not self._own_page(headers, hosts[0]):
            return _WRONG_ORIGIN
        return None

    def _answers_to(self, name: str) -> bool:
        if name in self._allowed:
            return True
        return is_loopback(name) if self._loopback else not self._allowed

    def _own_page(self, headers: Headers, host: str) -> bool:
        """Whether no page sent it (no browser), or a page of this server, or an allowed one."""
        origins = headers.getlist("origin")
        if not origins:
            return headers.get("sec-fetch-site", "none") in _OWN_SITES
        if len(origins) > 1:
            return False
        origin = origins[0].casefold()
        return origin in self._origins or _authority(origin) == host.casefold()


def host_name(host: str) -> str | None:
    """The name in a ``Host`` header without its port, in small letters; None if it is none."""
    found = _HOST.fullmatch(host)
    return found["name"].casefold().rstrip(".") or None if found else None


def _authority(origin: str) -> str | None:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return None
    return parts.netloc if parts.scheme in ("http", "https") else None
