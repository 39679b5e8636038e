"""One run of the server, from its start to the end of its client."""

from __future__ import annotations

import os
import signal
import sys
import threading

import anyio

from app.mcp.server import serve
from app.mcp.sources import Sources


def run(sources: Sources) -> None:
    """Serve until stdin is closed. Raises ``BrokenPipeError`` when the client is gone before that."""
    # A line that is waited for cannot be given up: Ctrl-C ends the process, which has nothing to put in order.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    gone = False
    try:
        anyio.run(serve, sources)
    except* BrokenPipeError:
        gone = True
    if gone:
        raise BrokenPipeError
    _leave_what_nobody_waits_for()


def _leave_what_nobody_waits_for() -> None:
    """A call given up in the middle of a model's reply would keep the process for minutes."""
    at_work = [thread for thread in threading.enumerate() if not thread.daemon]
    if at_work != [threading.main_thread()]:
        sys.stderr.flush()
        os._exit(0)
