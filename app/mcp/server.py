"""The server over stdin and stdout: nothing but the protocol on stdout, everything else on stderr."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import Any

import anyio
import anyio.to_thread
import mcp_types as types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel.server import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError

from app.mcp.catalogue import TOOLS
from app.mcp.errors import words_of
from app.mcp.garbage import answering_garbage
from app.mcp.sources import Sources
from rag.version import software_version

NAME = "guideline-qa"
INSTRUCTIONS = (
    "Questions about coverage policies and clinical guidelines, answered with citations and a verdict that code "
    "decides. Use `ask` for a question in words, `decide` when you have facts, `search` for passages and `policies` "
    "for what a policy demands. A status is never a denial of care: a person decides."
)
#: Calls that run at once; further ones wait. A call that was cancelled counts until its thread is done.
CALLS_AT_ONCE = 8

_Context = ServerRequestContext[Any, Any]


def build_server(sources: Sources) -> Server[Any]:
    limiter = anyio.CapacityLimiter(CALLS_AT_ONCE)
    in_thread = partial(anyio.to_thread.run_sync, abandon_on_cancel=True, limiter=limiter)

    async def list_tools(context: _Context, params: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        listed = await in_thread(partial(_listed, sources))
        sources.begin()
        return types.ListToolsResult(tools=listed)

    async def call_tool(context: _Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        if params.name not in TOOLS:
            known = ", ".join(TOOLS)
            raise MCPError(code=types.INVALID_PARAMS, message=f"There is no tool of that name. Known: {known}.")
        return await in_thread(partial(_called, params.name, params.arguments, sources))

    return Server(
        NAME,
        version=software_version(),
        title="Guideline and coverage-policy questions",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


async def serve(sources: Sources) -> None:
    """Serve one client until it closes stdin."""
    server = build_server(sources)
    async with stdio_server() as (incoming, outgoing), answering_garbage(incoming, outgoing) as readable:
        await server.run(readable, outgoing, server.create_initialization_options())


def _listed(sources: Sources) -> list[types.Tool]:
    """A corpus that cannot be loaded costs the list of facts; a call says what is wrong with it."""
    vocabulary = None
    with suppress(Exception):
        vocabulary = sources.knowledge().vocabulary
    return [tool.listed(vocabulary) for tool in TOOLS.values()]


def _called(name: str, given: dict[str, Any] | None, sources: Sources) -> types.CallToolResult:
    try:
        outcome = TOOLS[name].run(given, sources)
    except Exception as error:  # a caller is told; a traceback would be of no use to it
        return types.CallToolResult(content=[_text(words_of(error, tool=name))], is_error=True)
    structured = outcome.result.model_dump(mode="json", by_alias=True)
    return types.CallToolResult(content=[_text(outcome.text)], structured_content=structured)


def _text(words: str) -> types.TextContent:
    return types.TextContent(type="text", text=words)
