"""A real browser, and pages served by a process of their own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from evals.prose.questions import DAY, EXAMPLE
from ingest.index import open_index
from rag.article.models import Answer
from rag.chain import ask
from rag.followup.models import Turn
from rag.knowledge.library import Knowledge, load_knowledge
from rag.options import AskOptions
from rag.retrieval.searcher import Searcher

ROOT = Path(__file__).resolve().parents[3]
CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
STREAMLIT = (
    "--server.headless=true --browser.gatherUsageStats=false --server.fileWatcherType=none --server.address=127.0.0.1"
).split()
PATIENCE = 30.0
ARTICLE_PAGE = Path(__file__).with_name("article_page.py")

Serve = Callable[..., str]
Open = Callable[..., Page]
Show = Callable[..., Page]
AskAbout = Callable[..., Answer]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="session")
def ask_about(knowledge: Knowledge) -> AskAbout:
    """Asks a question on the day of the evaluation; one asked before is not asked again."""
    searcher = Searcher(open_index())

    @cache
    def asked(question: str, **options: object) -> Answer:
        chosen = AskOptions(**({"on": date.fromisoformat(DAY)} | options))
        return ask(question, options=chosen, knowledge=knowledge, searcher=searcher)

    return asked


@pytest.fixture(scope="session")
def example(ask_about: AskAbout) -> Answer:
    return ask_about(EXAMPLE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium of the machine."""
    if not Path(CHROMIUM).exists():
        pytest.fail(f"{CHROMIUM} is missing: install Debian's package chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, headless=True)
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens an address in a browser session of its own; options as for ``Browser.new_context``."""
    with ExitStack() as sessions:

        def opened(address: str, *, width: int = 1280, height: int = 900, **options: object) -> Page:
            context = browser.new_context(viewport={"width": width, "height": height}, **options)  # type: ignore[arg-type]
            sessions.callback(context.close)
            page = context.new_page()
            page.goto(address)
            return page

        yield opened


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Serves a Streamlit script and gives its address; further environment as keywords."""
    with ExitStack() as servers:

        def served(script: Path, **environment: str) -> str:
            return servers.enter_context(_server(script, environment))

        yield served


@pytest.fixture(scope="session")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("articles")


@pytest.fixture(scope="session")
def article_address(serve: Serve, articles: Path) -> str:
    return serve(ARTICLE_PAGE, ARTICLES=str(articles))


@pytest.fixture
def show(articles: Path, article_address: str, open_page: Open) -> Show:
    """Shows an answer, and comes back when it stands; browser options as keywords."""

    def shown(answer: Answer, *, turn: Turn | None = None, focus: str = "", **options: object) -> Page:
        name = f"{len(list(articles.iterdir()))}"
        (articles / f"{name}.json").write_text(answer.model_dump_json(), encoding="utf-8")
        if turn is not None:
            (articles / f"{name}.turn.json").write_text(turn.model_dump_json(), encoding="utf-8")
        page = open_page(f"{article_address}/?article={name}&focus={focus}", **options)
        page.locator(".article").wait_for()
        return page

    return shown


@contextmanager
def _server(script: Path, environment: dict[str, str]) -> Iterator[str]:
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}", *STREAMLIT]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            out = process.stdout.read().decode() if process.stdout else ""
            pytest.fail(f"the page's server ended: {out}")
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"no answer from {address} within {PATIENCE:g} s")
