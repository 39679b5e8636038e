"""A corpus of few documents, and a server of it: for proofs that are not about what the corpus says."""

from __future__ import annotations

import atexit
import tempfile
from functools import cache
from pathlib import Path

from tests.app.api.conftest import NewServer
from tests.app.api.servers import Server
from tests.app.desks.corpora import few_documents


@cache
def small_corpus() -> Path:
    """One for all tests of a process, so that it is embedded once; nobody may edit it."""
    folder = tempfile.TemporaryDirectory(prefix="small-corpus-")
    atexit.register(folder.cleanup)
    return few_documents(Path(folder.name) / "corpus")


@cache
def small_server(new_server: NewServer) -> Server:
    """Started on the first call, and shared: a test keeps to tenants of its own."""
    server = new_server()
    server.start("--corpus", str(small_corpus()))
    return server
