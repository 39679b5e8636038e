"""Starting and ending the server."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable

from tests.app.chat.pages.conftest import READY, Server
from tests.app.conftest import Run


def test_a_port_in_use_is_said_with_the_way_out(server: Server, run: Run) -> None:
    result = run("chat", "--no-open", "--port", str(server.port))
    assert result.code == 2
    assert f"Port {server.port} of 127.0.0.1 cannot be used" in result.err
    assert f"--port {server.port + 1}" in result.err


def test_an_unusable_database_is_said_before_anything_starts(run: Run) -> None:
    result = run("chat", "--no-open", "--port", "0", "--database", "mysql://x/y")
    assert result.code == 2
    assert "There is no store for 'mysql' databases" in result.err


def test_the_server_ends_quietly(new_server: Callable[[], Server]) -> None:
    server = new_server()
    server.start()
    with urllib.request.urlopen(f"{server.address}/_stcore/health") as health:
        assert health.read() == b"ok"
    code, said = server.interrupt()
    assert code in (0, 130)
    assert [line for line in said.splitlines() if not line.endswith("...")] == [
        f"{READY}{server.address} (Ctrl-C ends it)."
    ]
