"""One server of two workers for all proofs of who is let in, behind a proxy that says where a request comes from."""

from __future__ import annotations

import atexit
import json
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from typing import Any

from tests.app.access.issuing import Published, issuers_file, key_set, publishing
from tests.app.api.conftest import NewServer
from tests.app.api.servers import Server

#: An issuer that is trusted and does not publish its keys where it should.
AWAY = "https://away.example.org"
#: Requests of one key in a minute.
RATE = 100
#: An issuer that says of its people which tenant they belong to, what they may do, and their name.
ENTRY: Mapping[str, Any] = {
    "algorithms": ["RS256"],
    "tenant": {"claim": "organisation", "allowed": ["clinic-a", "clinic-b"]},
    "scopes": {
        "claim": "roles",
        "map": {"reader": "read", "author": "write", "reviewer": "review", "keeper": "admin"},
    },
    "name_claim": "name",
}


@dataclass(frozen=True)
class Guarded:
    """``issuer`` is asked for its keys; a request of ``address()`` comes from where none came from before."""

    server: Server
    issuer: Published
    _addresses: count[int] = field(default_factory=lambda: count(1))

    def address(self) -> dict[str, str]:
        number = next(self._addresses)
        return {"X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}


@cache
def guarded_server(new_server: NewServer) -> Guarded:
    """Started on the first call; ended with the others of its maker."""
    held = ExitStack()
    atexit.register(held.close)
    issuer = held.enter_context(publishing())
    issuer.pages["/keys"] = (200, json.dumps(key_set()).encode())
    server = new_server()
    away = {**ENTRY, "issuer": AWAY, "jwks": f"{issuer.url}/away"}
    file = issuers_file(server.folder, {**ENTRY, "jwks": f"{issuer.url}/keys"}, away)
    temporary = server.folder / "temporary"
    temporary.mkdir()
    server.environment = server.environment | {"TMPDIR": str(temporary)}
    options = ("--workers", "2", "--rate", f"{RATE}/minute", "--trust-proxy", "127.0.0.1", "--issuers", str(file))
    server.start(*options)
    return Guarded(server, issuer)
