"""The protocol on the wire: what starts, what ends, and what a client library would never send."""

from __future__ import annotations

import signal
import socket
import threading
import time
from pathlib import Path

import pytest

from tests.app.conftest import QUESTION, Run
from tests.app.mcp.conftest import NewWire, opened, text_of


def test_the_handshake_needs_no_index(new_wire: NewWire, tmp_path: Path) -> None:
    home = tmp_path / "home"
    wire = new_wire(GUIDELINE_QA_HOME=str(home))
    assert wire.initialize()["result"]["serverInfo"]["name"] == "guideline-qa"
    wire.request(2, "ping")
    assert wire.receive()["id"] == 2
    assert not home.exists()
    assert wire.close() == 0


UNREADABLE: list[tuple[bytes, int | None]] = [
    (b'{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"search","arguments":{"query":"a\\ud800"}}}', 7),
    (b'{"jsonrpc":"2.0","id":8}', 8),
    (b"no JSON", None),
    (b"\xff\xfe\x00", None),
    (b"[" * 100_000, None),
    (b'{"jsonrpc":"2.0","id":[9],"method":"ping\\udfff"}', None),
]


def test_lines_that_are_no_message_are_answered_and_do_no_harm(new_wire: NewWire, ready: None, tmp_path: Path) -> None:
    wire = new_wire()
    wire.initialize()
    for line, identifier in UNREADABLE:
        wire.send(line)
        answer = wire.receive()
        assert (answer["id"], answer["error"]["code"]) == (identifier, -32700)
        assert "one JSON-RPC 2.0 message a line" in answer["error"]["message"]
    wire.send(b"\n \n")
    wire.request(10, "tools/call", name="search", arguments={"query": "\x00\u2028" + QUESTION})
    answer = wire.receive()
    assert (answer["id"], answer["result"].get("isError", False)) == (10, False)
    assert wire.close() == 0
    assert (tmp_path / "log").read_text() == ""


def test_an_interrupt_ends_a_server_that_waits(new_wire: NewWire) -> None:
    wire = new_wire()
    wire.initialize()
    wire.process.send_signal(signal.SIGINT)
    assert wire.process.wait(timeout=10) == -signal.SIGINT


@pytest.fixture
def silent_model() -> socket.socket:
    """Listens as a model's server would, and never says a word."""
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(60)
    return listening


def test_a_cancelled_call_is_given_up_and_the_others_go_on(
    new_wire: NewWire, ready: None, silent_model: socket.socket
) -> None:
    address = f"http://127.0.0.1:{silent_model.getsockname()[1]}/v1"
    wire = new_wire("--model", "openai:silent", OPENAI_BASE_URL=address)
    wire.initialize()
    wire.request(5, "tools/call", name="ask", arguments={"question": QUESTION, "payer": "aetna"})
    connection, _ = silent_model.accept()
    wire.send({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 5}})
    wire.request(6, "tools/call", name="policies", arguments={})
    assert wire.receive()["id"] == 6
    started = time.monotonic()
    assert wire.close() == 0
    assert time.monotonic() - started < 5
    connection.close()
    silent_model.close()


def test_a_client_that_stops_waiting_may_go_on_asking(
    command: list[str], environment: dict[str, str], ready: None, silent_model: socket.socket, tmp_path: Path
) -> None:
    address = f"http://127.0.0.1:{silent_model.getsockname()[1]}/v1"
    changed = environment | {"OPENAI_BASE_URL": address}
    with opened([*command, "--model", "openai:silent"], changed, tmp_path / "log") as session:
        asking = session.portal.start_task_soon(
            session.client.call_tool, "ask", {"question": QUESTION, "payer": "aetna"}
        )
        connection, _ = silent_model.accept()
        asking.cancel()
        assert not session.call("policies").is_error
    connection.close()
    silent_model.close()


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_both_generations_of_the_protocol_are_served(
    command: list[str], environment: dict[str, str], ready: None, tmp_path: Path, mode: str
) -> None:
    with opened(command, environment, tmp_path / "log", mode=mode) as session:
        assert "ask" in session.tools()
        assert session.call("policies", policy="carelon-esi").structured_content["detail"]


def test_a_corpus_with_faults_costs_the_calls_and_not_the_server(
    command: list[str], environment: dict[str, str], tmp_path: Path
) -> None:
    with opened([*command, "--corpus", str(tmp_path / "nowhere")], environment, tmp_path / "log") as session:
        assert len(session.tools()) == 4
        result = session.call("policies")
        assert result.is_error
        assert "nowhere" in text_of(result)


def test_options_that_exclude_each_other_are_told_before_a_client_waits(run: Run, tmp_path: Path) -> None:
    result = run("mcp", "--record", str(tmp_path / "a"), "--replay", str(tmp_path / "b"))
    assert (result.code, result.out) == (2, "")
    assert "--record and --replay exclude each other" in result.err


def test_calls_at_the_same_time_are_all_answered(new_wire: NewWire, ready: None) -> None:
    wire = new_wire()
    wire.initialize()
    for identifier in range(20, 32):
        wire.request(identifier, "tools/call", name="search", arguments={"query": f"relief {identifier}"})
    found: list[int] = []
    reading = threading.Thread(target=lambda: found.extend(wire.receive()["id"] for _ in range(12)))
    reading.start()
    reading.join(timeout=60)
    assert sorted(found) == list(range(20, 32))
