"""Record what the API answers to its example requests: python tools/api_examples.py

Starts a server with data of its own, plays app/api/examples/requests.yaml in order and writes responses.json beside
it. Long answers are cut, but keep their shape. Ids, times and hashes stay as they came.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import httpx

from app.api.examples import RESPONSES, Example, load_requests, operation_of, resolved

#: Links in answers begin with it, whatever port the server listens at.
BASE_URL: Final = "https://guideline-qa.example.org"
PORT: Final = 8799
#: Elements of a list, words of a list of words, and characters of a text that are shown.
MOST_ELEMENTS: Final = 2
MOST_WORDS: Final = 6
MOST_CHARACTERS: Final = 300
MOST_SECONDS: Final = 120.0


@dataclass(frozen=True)
class Played:
    """A request of ``operation`` and its answer; ``path`` is the template's."""

    name: str
    path: str
    operation: Mapping[str, Any]
    response: httpx.Response

    @property
    def content(self) -> Any:
        """JSON, or text; None for nothing."""
        if not self.response.content:
            return None
        return self.response.json() if "json" in self.response.headers["content-type"] else self.response.text


def play(client: httpx.Client, description: Mapping[str, Any]) -> Iterator[Played]:
    """Each example request in order, with what earlier answers gave put in. Raises ``KeyError`` for what none gave."""
    places = {
        operation["operationId"]: (method, path, operation)
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
    }
    answers: dict[str, Any] = {}
    for name, example in load_requests().items():
        method, path, operation = places[operation_of(name)]
        response = _sent_until(client, method, path, operation, example, answers)
        played = Played(name, path, operation, response)
        answers[name] = played.content
        yield played


def _sent_until(
    client: httpx.Client,
    method: str,
    path: str,
    operation: Mapping[str, Any],
    example: Example,
    answers: Mapping[str, Any],
) -> httpx.Response:
    deadline = time.monotonic() + MOST_SECONDS
    while True:
        response = client.send(_request(client, method, path, operation, example, answers))
        if not example.until or response.is_error or example.until.items() <= response.json().items():
            return response
        if time.monotonic() > deadline:
            raise TimeoutError(f"{path} did not become {example.until}: {response.text}")
        time.sleep(0.2)


def _request(
    client: httpx.Client,
    method: str,
    path: str,
    operation: Mapping[str, Any],
    example: Example,
    answers: Mapping[str, Any],
) -> httpx.Request:
    given = resolved(example.parameters, answers)
    by_place: dict[str, dict[str, Any]] = {"path": {}, "query": {}, "header": {}}
    for parameter in operation.get("parameters", []):
        if parameter["name"] in given:
            by_place[parameter["in"]][parameter["name"]] = given[parameter["name"]]
    body = resolved(example.request, answers)
    sent = _multipart(body) if body and "multipart/form-data" in operation["requestBody"]["content"] else {"json": body}
    return client.build_request(
        method.upper(),
        path.format(**by_place["path"]),
        params=by_place["query"],
        headers=by_place["header"],
        **(sent if body else {}),
    )


def _multipart(body: dict[str, Any]) -> dict[str, Any]:
    files = [("files", (f"file-{number}.txt", text)) for number, text in enumerate(body["files"])]
    fields = {name: value if isinstance(value, str) else json.dumps(value) for name, value in body.items()}
    fields.pop("files")
    return {"files": files, "data": fields}


def shortened(value: Any) -> Any:
    """The same shape with less in it."""
    if isinstance(value, dict):
        return {name: shortened(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [shortened(inner) for inner in value[: MOST_WORDS if _plain(value) else MOST_ELEMENTS]]
    if isinstance(value, str) and len(value) > MOST_CHARACTERS:
        return value[:MOST_CHARACTERS] + " ..."
    return value


def _plain(values: list[Any]) -> bool:
    return not any(isinstance(value, dict | list) for value in values)


@contextmanager
def _server() -> Iterator[httpx.Client]:
    with tempfile.TemporaryDirectory() as folder:
        program = [sys.executable, "-m", "app"]
        environment = {**os.environ, "XDG_DATA_HOME": folder}
        scopes = [word for scope in ("read", "write", "review", "admin") for word in ("--scope", scope)]
        asked = [*program, "keys", "create", "--name", "examples", "--tenant", "example", *scopes, "--format", "json"]
        made = subprocess.run(asked, env=environment, check=True, capture_output=True)
        key = json.loads(made.stdout)["key"]
        process = subprocess.Popen([*program, "serve", "--port", str(PORT), "--base-url", BASE_URL], env=environment)
        headers = {"Authorization": f"Bearer {key}"}
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{PORT}", headers=headers, timeout=60) as client:
                _wait(client)
                yield client
        finally:
            process.terminate()
            process.wait()


def _wait(client: httpx.Client) -> None:
    deadline = time.monotonic() + MOST_SECONDS
    while time.monotonic() < deadline:
        try:
            if client.get("/readyz").is_success:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise TimeoutError("the server did not become ready")


def main() -> None:
    recorded: dict[str, Any] = {}
    with _server() as client:
        for played in play(client, client.get("/openapi.json").json()):
            if played.response.is_error:
                raise SystemExit(f"{played.name}: {played.response.status_code} {played.response.text}")
            if played.content is not None and "#" not in played.name:
                media_type = played.response.headers["content-type"].partition(";")[0]
                recorded[played.name] = {"media_type": media_type, "content": shortened(played.content)}
    RESPONSES.write_text(json.dumps(recorded, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{len(recorded)} answers in {RESPONSES}")


if __name__ == "__main__":
    main()
