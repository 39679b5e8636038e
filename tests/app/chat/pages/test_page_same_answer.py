"""One question, asked everywhere: page, command line, API and MCP give the same answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters

from app.store.database import open_database
from app.store.threads import Threads
from tests.app.api.servers import Server as Api
from tests.app.chat.pages.conftest import Server, Visit
from tests.app.chat.pages.steps import ask
from tests.app.conftest import Run

QUESTIONS = (
    "Is 62321 medically necessary under Aetna for radiculopathy (M54.12) after a cervical ESI with minimal relief?",
    "Is it safe to inject particulate steroid above C7?",
    "Will it rain in Cleveland tomorrow?",
)


def content(answer: Any) -> Any:
    """All but the one field that differs between two runs."""
    found = answer if isinstance(answer, dict) else json.loads(answer)
    return {name: value for name, value in found.items() if name != "last_updated"}


@pytest.fixture(scope="module")
def api(
    environment: dict[str, str], program: list[str], ready: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Api]:
    folder = tmp_path_factory.mktemp("api")
    server = Api(program, environment | {"XDG_DATA_HOME": str(folder)}, folder)
    server.start()
    yield server
    server.end()


def on_the_page(server: Server, visit: Visit, question: str) -> Any:
    page = visit()
    ask(page, question)
    thread_id = parse_qs(urlsplit(page.url).query)["thread"][0]
    with open_database(server.environment["GUIDELINE_QA_DATABASE"]) as database:
        answer = Threads(database).get(thread_id).turns[0].answer
    assert answer is not None
    return content(answer.model_dump_json(by_alias=True))


def over_http(api: Api, question: str) -> Any:
    headers = {"Authorization": f"Bearer {api.key('read')}"}
    return content(httpx.post(f"{api.url}/v1/answers", json={"question": question}, headers=headers, timeout=60).text)


def over_mcp(environment: dict[str, str], program: list[str], folder: Path, question: str) -> Any:
    command, *arguments = [*program, "mcp"]
    server = StdioServerParameters(command=command, args=arguments, env=environment, cwd=folder)

    async def asked() -> Any:
        async with Client(server) as client:
            return await client.call_tool("ask", {"question": question})

    # The browser's driver has an event loop in this thread already.
    with ThreadPoolExecutor(1) as elsewhere:
        return content(elsewhere.submit(lambda: asyncio.run(asked())).result().structured_content)


@pytest.mark.parametrize("question", QUESTIONS)
def test_page_command_line_api_and_mcp_give_the_same_answer(
    question: str,
    server: Server,
    visit: Visit,
    api: Api,
    run: Run,
    environment: dict[str, str],
    program: list[str],
    tmp_path: Path,
) -> None:
    printed = content(run("ask", "--format", "json", question).out)
    assert printed["question"] == question
    assert over_http(api, question) == printed
    assert over_mcp(environment, program, tmp_path, question) == printed
    assert on_the_page(server, visit, question) == printed
