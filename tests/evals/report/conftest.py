"""The page in a real browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")

Seen = TypeVar("Seen")
#: Opens HTML with options as for ``Browser.new_context``, and gives what a function sees in the page.
Look = Callable[..., Any]


@pytest.fixture(scope="module")
def thread() -> Iterator[ThreadPoolExecutor]:
    """Playwright allows one of its own to each thread, and other tests of this process may have theirs."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        yield pool


@pytest.fixture(scope="module")
def browser(thread: ThreadPoolExecutor) -> Iterator[Browser]:
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.fail("Chromium is missing: install Debian's package chromium, or name one in the variable CHROMIUM")
    driver = thread.submit(lambda: sync_playwright().start()).result()
    launched = thread.submit(
        lambda: driver.chromium.launch(executable_path=program, args=list(FLAGS), headless=True)
    ).result()
    yield launched
    thread.submit(launched.close).result()
    thread.submit(driver.stop).result()


@pytest.fixture
def look(browser: Browser, thread: ThreadPoolExecutor, tmp_path: Path) -> Look:
    """A page that complains on its console, or asks for anything but itself, fails the test."""

    def looked(html: str, see: Callable[[Page], Seen], *, width: int = 1280, **options: Any) -> Seen:
        file = tmp_path / "report.html"
        file.write_text(html, encoding="utf-8")
        return thread.submit(_visit, browser, file.as_uri(), see, width, options).result()

    return looked


def _visit(browser: Browser, address: str, see: Callable[[Page], Seen], width: int, options: dict[str, Any]) -> Seen:
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)
    asked: list[str] = []
    said: list[str] = []
    try:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address)
        seen = see(page)
    finally:
        context.close()
    assert [url for url in asked if not url.startswith("data:")] == [address]
    assert said == []
    return seen
