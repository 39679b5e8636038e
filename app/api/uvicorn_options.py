"""How uvicorn is run: each option that protects the server, and why it has the value it has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from app.api.connections import GuardedProtocol
from app.api.logs import logging_config

#: Open connections of one worker; beyond them new ones get 503 at once. An idle one costs about 30 kB.
CONNECTIONS: Final = 512
#: Seconds in which answers that were begun are finished after the signal to stop.
GRACE_SECONDS: Final = 30


def uvicorn_options(
    *, trusted_proxies: Sequence[str] = (), connections: int = CONNECTIONS, level: str = "INFO"
) -> dict[str, Any]:
    """Keyword arguments for ``uvicorn.Config``, beyond the app, the host, the port and the number of workers.

    ``trusted_proxies``: addresses or networks whose ``X-Forwarded-For`` and ``X-Forwarded-Proto`` are believed;
    nobody's by default, for a sender could name any address and so escape the limits that go by address.
    """
    return {
        # Deadlines for headers and readers, a limit on headers; llhttp refuses repeated or conflicting lengths.
        "http": GuardedProtocol,
        # No route speaks it, so nobody shall upgrade to it.
        "ws": "none",
        # An idle connection is closed; longer than a client's pause between two requests, shorter than a proxy's 60.
        "timeout_keep_alive": 15,
        # Refuses before work is done; a proxy tries another worker.
        "limit_concurrency": connections,
        # Connections the kernel keeps while the worker is busy; more would wait longer than their senders do.
        "backlog": 512,
        "timeout_graceful_shutdown": GRACE_SECONDS,
        # A worker that is silent for so long is replaced; one that is busy on a busy machine may be, for some seconds.
        "timeout_worker_healthcheck": 30,
        # Neither program nor version is anybody's business.
        "server_header": False,
        "proxy_headers": bool(trusted_proxies),
        "forwarded_allow_ips": list(trusted_proxies),
        # Lines of access come from AccessLog, without paths and queries.
        "access_log": False,
        "log_config": logging_config(level),
        # A task starts without the context of another request, such as its id.
        "reset_contextvars": True,
    }
