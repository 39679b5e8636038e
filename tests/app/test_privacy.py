"""Nothing that is asked leaves the machine."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.app.conftest import QUESTION, Run
from tests.model.servers import parrots, serving


class Listener(ThreadingHTTPServer):
    """A tracing service that writes down what it is sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Hear)
        self.heard: list[str] = []


class Hear(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Listener)
        self.server.heard.append(self.path)
        self.rfile.read(int(self.headers.get("content-length") or 0))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def do_GET(self) -> None:
        self.do_POST()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name http.server calls
        pass


@pytest.fixture
def listener() -> Iterator[Listener]:
    with Listener() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.mark.parametrize("variable", ["LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"])
def test_a_tracing_service_named_in_the_environment_hears_nothing(
    run: Run, ready: None, listener: Listener, variable: str
) -> None:
    address = f"http://127.0.0.1:{listener.server_port}"
    tracing = {variable: "true", "LANGSMITH_API_KEY": "key", "LANGSMITH_ENDPOINT": address}
    result = run("ask", QUESTION, **tracing)
    assert result.code == 0
    assert listener.heard == []


def test_neither_does_it_when_a_model_is_asked(run: Run, ready: None, listener: Listener) -> None:
    address = f"http://127.0.0.1:{listener.server_port}"
    tracing = {"LANGSMITH_TRACING": "true", "LANGSMITH_API_KEY": "key", "LANGSMITH_ENDPOINT": address}
    with serving(parrots) as model:
        result = run("ask", QUESTION, "--model", "openai:parrot", OPENAI_BASE_URL=model.address, **tracing)
        assert result.code == 0, result.err
        assert model.requests
    assert listener.heard == []
